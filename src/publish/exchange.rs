//! Puts the new folder in the place of the old one.

use std::fs;
use std::path::Path;

use super::Published;
use super::error::{Doing, PublishError, at};

/// Exchanges the two folders. True when it was one step.
pub(super) fn exchange(
    staging: &Path,
    output: &Path,
    difference: &Published,
) -> Result<bool, PublishError> {
    if !output.exists() {
        fs::rename(staging, output).map_err(at(Doing::Exchange, output))?;
        return Ok(true);
    }
    if swap(staging, output) {
        return Ok(true);
    }
    one_by_one(staging, output, difference)?;
    Ok(false)
}

/// Writes what is in memory to the disk, so that the exchange does not come first.
#[cfg(target_os = "linux")]
pub(super) fn flush(staging: &Path) -> Result<(), PublishError> {
    let folder = fs::File::open(staging).map_err(at(Doing::Write, staging))?;
    rustix::fs::syncfs(&folder).map_err(|error| at(Doing::Write, staging)(error.into()))
}

/// Elsewhere every rename is ordered after its data by the file system itself.
#[cfg(not(target_os = "linux"))]
pub(super) fn flush(_staging: &Path) -> Result<(), PublishError> {
    Ok(())
}

/// `renameat2` with `RENAME_EXCHANGE`; on macOS `renameatx_np` with `RENAME_SWAP`.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(staging: &Path, output: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, staging, CWD, output, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_staging: &Path, _output: &Path) -> bool {
    false
}

/// Where two folders cannot be exchanged, such as where the output is a mount: each file by a
/// rename. First what pages refer to, then pages, then what is gone.
fn one_by_one(staging: &Path, output: &Path, difference: &Published) -> Result<(), PublishError> {
    let is_page = |path: &&String| path.rsplit('.').next() == Some("html");
    let (pages, others): (Vec<_>, Vec<_>) = difference.written.iter().partition(is_page);
    for path in others.into_iter().chain(pages) {
        let (from, to) = (staging.join(path), output.join(path));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(at(Doing::Make, folder))?;
        }
        if fs::rename(&from, &to).is_err() {
            // The mount is another file system: copy beside the target, then rename there.
            let fresh = to.with_extension("convene-new");
            fs::copy(&from, &fresh).map_err(at(Doing::Write, &fresh))?;
            fs::rename(&fresh, &to).map_err(at(Doing::Write, &to))?;
        }
    }
    for path in &difference.removed {
        let path = output.join(path);
        fs::remove_file(&path).map_err(at(Doing::Remove, &path))?;
        // Folders that became empty go, too; the first one that is not ends this.
        let mut folder = path.parent();
        while let Some(empty) = folder.filter(|folder| *folder != output) {
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
    }
    Ok(())
}
