//! Everything by which publishing changes the disk, in one place: so that a test can refuse each
//! step in its turn.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// A new empty folder.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    turn(path)?;
    fs::create_dir(path)
}

/// A folder, and those above it, unless they are there.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    turn(path)?;
    fs::create_dir_all(path)
}

/// A new file with this content.
pub(super) fn write_new(path: &Path, bytes: &[u8], flushed: bool) -> io::Result<()> {
    turn(path)?;
    fill(path, File::create_new(path)?, bytes, flushed)
}

/// A file with this content, whatever it held, on the disk when this returns.
pub(super) fn write_anew(path: &Path, bytes: &[u8]) -> io::Result<()> {
    turn(path)?;
    fill(path, File::create(path)?, bytes, true)
}

fn fill(path: &Path, mut file: File, bytes: &[u8], flushed: bool) -> io::Result<()> {
    turn(path)?;
    file.write_all(bytes)?;
    if flushed {
        turn(path)?;
        file.sync_all()?;
    }
    Ok(())
}

/// The same file under another name.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    turn(to)?;
    fs::hard_link(from, to)
}

/// A second file with the same content.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    turn(to)?;
    fs::copy(from, to).map(drop)
}

/// Another name for a file or folder.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    turn(to)?;
    fs::rename(from, to)
}

/// Who may do what.
pub(super) fn set_permissions(path: &Path, permissions: fs::Permissions) -> io::Result<()> {
    turn(path)?;
    fs::set_permissions(path, permissions)
}

/// Removes a file.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    turn(path)?;
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    turn(path)?;
    fs::remove_dir(path)
}

/// Removes a folder with all that is in it.
pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    turn(path)?;
    fs::remove_dir_all(path)
}

/// Comes before every change: a test may refuse it.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "a test refuses it")]
pub(super) fn turn(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use refusals::turn;

#[cfg(test)]
pub(super) mod refusals {
    //! A disk that refuses.

    use std::collections::BTreeMap;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::Mutex;

    /// What happens below a folder.
    #[derive(Default)]
    struct Plan {
        turns: usize,
        refused: std::ops::Range<usize>,
    }

    static PLANS: Mutex<BTreeMap<PathBuf, Plan>> = Mutex::new(BTreeMap::new());

    /// From now on, changes below `folder` are counted from 0, and those in `refused` fail as on a
    /// full disk.
    pub(crate) fn plan(folder: &Path, refused: std::ops::Range<usize>) {
        PLANS.lock().unwrap().insert(folder.to_path_buf(), Plan { turns: 0, refused });
    }

    /// How many changes there were below `folder` since its plan. Nothing is refused any more.
    pub(crate) fn end(folder: &Path) -> usize {
        PLANS.lock().unwrap().remove(folder).map_or(0, |plan| plan.turns)
    }

    /// Counts a change.
    pub(crate) fn turn(path: &Path) -> io::Result<()> {
        let mut plans = PLANS.lock().unwrap();
        let Some((_, plan)) = plans.iter_mut().find(|(folder, _)| path.starts_with(folder)) else {
            return Ok(());
        };
        plan.turns += 1;
        if plan.refused.contains(&(plan.turns - 1)) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }
}
