//! Everything by which publishing changes the disk, in one place: so that a test can refuse each
//! step in its turn.

use std::fs::{self, File, Metadata};
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

/// A new file with this content, and how it stands then.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    turn(path)?;
    let file = File::create_new(path)?;
    fill(path, &file, bytes)?;
    file.metadata()
}

/// What is in memory of a file, to the disk.
pub(super) fn flush(path: &Path) -> io::Result<()> {
    turn(path)?;
    File::open(path)?.sync_all()
}

/// A file with this content, whatever it held, on the disk when this returns.
pub(super) fn write_anew(path: &Path, bytes: &[u8]) -> io::Result<()> {
    turn(path)?;
    fill(path, &File::create(path)?, bytes)?;
    flush(path)
}

fn fill(path: &Path, mut file: &File, bytes: &[u8]) -> io::Result<()> {
    turn(path)?;
    file.write_all(bytes)
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

#[cfg(test)]
mod tests {
    //! Every change to the disk refused in its turn: the old site stays whole, and the next run heals.

    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use super::refusals;
    use crate::build::Site;
    use crate::model::SitePath;
    use crate::plan::OutputPath;
    use crate::publish::{Protected, PublishError, publish};

    type Files = BTreeMap<String, Vec<u8>>;

    /// A site of so many pages, of which every third is like that of another generation.
    fn generation(number: usize, pages: usize) -> Files {
        let page = |index: usize| {
            let text =
                if index.is_multiple_of(3) { "same".to_owned() } else { format!("{number}") };
            (format!("p{index}/index.html"), format!("{text} {index}").into_bytes())
        };
        let mut files: Files = (0..pages).map(page).collect();
        files.insert("index.html".to_owned(), format!("home {number}").into_bytes());
        files.insert(format!("only/{number}.json"), b"{}".to_vec());
        files
    }

    fn site(files: &Files) -> Site {
        let path = |path: &str| OutputPath::of(&SitePath::new(&format!("/{path}")).unwrap());
        let one = |(at, bytes): (&String, &Vec<u8>)| (path(at), Arc::from(bytes.as_slice()));
        Site { files: files.iter().map(one).collect(), ..Site::default() }
    }

    /// All files of a folder, but for those of somebody else.
    fn tree(folder: &Path) -> Files {
        let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        let of = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
            (path.replace('\\', "/"), fs::read(entry.path()).unwrap())
        };
        files.map(of).collect()
    }

    struct Scene {
        folder: tempfile::TempDir,
        real: PathBuf,
    }

    impl Scene {
        fn new() -> Self {
            // In memory, where the system has a disk for that: nothing has to be flushed.
            let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            let real = fs::canonicalize(folder.path()).unwrap();
            Self { folder, real }
        }

        fn output(&self) -> PathBuf {
            self.folder.path().join("public")
        }

        fn publish(&self, files: &Files) -> Result<(), PublishError> {
            let protected = Protected { project: self.folder.path().join("project"), home: None };
            publish(&site(files), &self.output(), &protected).map(drop)
        }
    }

    /// Publishes a second site over a first one, with every change refused in its turn: that one alone,
    /// or it and all that follow. `step` passes some turns over. Gives the number of runs that failed.
    fn refuse_each(pages: usize, step: usize, all_that_follow: bool) -> usize {
        let (old, new) = (generation(1, pages), generation(2, pages));
        let theirs = (".well-known/token".to_owned(), b"theirs".to_vec());
        let with_theirs = |files: &Files| {
            let mut files = files.clone();
            files.extend([theirs.clone()]);
            files
        };
        let mut failed = 0;
        for refused in (0..).step_by(step) {
            let scene = Scene::new();
            scene.publish(&old).unwrap();
            fs::create_dir_all(scene.output().join(".well-known")).unwrap();
            fs::write(scene.output().join(&theirs.0), &theirs.1).unwrap();

            let end = if all_that_follow { usize::MAX } else { refused + 1 };
            refusals::plan(&scene.real, refused..end);
            let result = scene.publish(&new);
            let turns = refusals::end(&scene.real);
            let expected = if result.is_ok() { &new } else { &old };
            assert_eq!(tree(&scene.output()), with_theirs(expected), "turn {refused}: {result:?}");

            scene.publish(&new).unwrap_or_else(|error| panic!("turn {refused}: {error}"));
            assert_eq!(tree(&scene.output()), with_theirs(&new), "turn {refused}, healed");
            let mut left: Vec<_> = fs::read_dir(&scene.real)
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect();
            left.sort();
            assert_eq!(left, [".public.convene-lock", ".public.convene-manifest", "public"]);
            if turns <= refused {
                assert!(result.is_ok(), "nothing was refused");
                return failed;
            }
            failed += usize::from(result.is_err());
        }
        failed
    }

    #[test]
    fn whatever_change_is_refused_the_site_is_whole() {
        let failed = refuse_each(9, 1, false);
        assert!(failed > 25, "only {failed} changes were refused");
    }

    #[test]
    fn a_disk_that_stays_full_leaves_the_old_site() {
        let failed = refuse_each(9, 1, true);
        assert!(failed > 25, "only {failed} changes were refused");
    }

    #[test]
    fn many_files_are_refused_as_few_are() {
        let failed = refuse_each(50, 7, true);
        assert!(failed > 15, "only {failed} changes were refused");
    }
}
