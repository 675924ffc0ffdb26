//! Puts the new folder in the place of the old one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::Published;
use super::disk;
use super::error::{Doing, PublishError, at};
use super::places::Places;
use crate::build::folded;

/// A folder in the output for files on their way, where the output is a disk of its own. It is
/// ours, and there only while files are replaced one by one.
pub(super) const LOOSE: &str = ".convene-new";

/// Exchanges the two folders. True when it was one step.
pub(super) fn exchange(places: &Places, difference: &Published) -> Result<bool, PublishError> {
    let Places { staging, output, parent, .. } = places;
    let atomic = if !output.exists() {
        disk::rename(staging, output).map_err(at(Doing::Exchange, output))?;
        true
    } else if swap(staging, output).map_err(at(Doing::Exchange, output))? {
        true
    } else {
        one_by_one(staging, output, difference).map_err(|cause| PublishError::Halfway {
            path: output.clone(),
            cause: Box::new(cause),
        })?;
        false
    };
    // On the disk, too; what cannot be opened to be flushed is flushed in its time.
    if let Ok(folder) = fs::File::open(parent) {
        let _ = folder.sync_all();
    }
    Ok(atomic)
}

/// `renameat2` with `RENAME_EXCHANGE`; on macOS `renameatx_np` with `RENAME_SWAP`. False when these
/// two folders cannot be exchanged: one is a mount, or the file system does not know how.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(staging: &Path, output: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    disk::turn(output)?;
    match renameat_with(CWD, staging, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::BUSY | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_staging: &Path, _output: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Where two folders cannot be exchanged: each file by a rename. First what pages refer to, then
/// pages, then what is gone.
fn one_by_one(staging: &Path, output: &Path, difference: &Published) -> Result<(), PublishError> {
    let mut removed: BTreeSet<&str> = difference.removed.iter().map(String::as_str).collect();
    make_way(output, difference, &mut removed)?;
    rename_case(output, difference, &mut removed)?;
    let is_page = |path: &&String| path.ends_with(".html");
    let (pages, others): (Vec<_>, Vec<_>) = difference.written.iter().partition(is_page);
    for path in others.into_iter().chain(pages) {
        let (from, to) = (staging.join(path), output.join(path));
        if let Some(folder) = to.parent() {
            disk::make_folders(folder).map_err(at(Doing::Make, folder))?;
        }
        match disk::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let loose = output.join(LOOSE);
                disk::make_folders(&loose).map_err(at(Doing::Make, &loose))?;
                let fresh = loose.join("file");
                disk::copy(&from, &fresh).map_err(at(Doing::Write, &fresh))?;
                disk::rename(&fresh, &to)
            }
            renamed => renamed,
        }
        .map_err(at(Doing::Write, &to))?;
    }
    for path in removed {
        remove(output, path)?;
    }
    clear_loose(output)
}

/// Removes files where folders are to be, and folders where files are to be.
fn make_way(
    output: &Path,
    difference: &Published,
    removed: &mut BTreeSet<&str>,
) -> Result<(), PublishError> {
    for path in &difference.written {
        let ends = path.match_indices('/').map(|(at, _)| at);
        let above: Vec<&str> = ends.filter_map(|end| removed.take(&path[..end])).collect();
        let within: Vec<&str> = removed
            .range(path.as_str()..)
            .take_while(|below| below.starts_with(path.as_str()))
            .filter(|below| below[path.len()..].starts_with('/'))
            .copied()
            .collect();
        for path in above.into_iter().chain(within) {
            remove(output, path)?;
            removed.remove(path);
        }
    }
    Ok(())
}

/// Gives files whose names change in case alone the new name, before the new file takes it: a disk
/// that does not tell case apart would keep the old name, or take the new file for the old one.
fn rename_case(
    output: &Path,
    difference: &Published,
    removed: &mut BTreeSet<&str>,
) -> Result<(), PublishError> {
    if removed.is_empty() {
        return Ok(());
    }
    let old: BTreeMap<String, &str> = removed.iter().map(|path| (folded(path), *path)).collect();
    for new in &difference.written {
        let Some(&path) = old.get(&folded(new)) else { continue };
        let (from, to) = (output.join(path), output.join(new));
        if let Some(folder) = to.parent() {
            disk::make_folders(folder).map_err(at(Doing::Make, folder))?;
        }
        disk::rename(&from, &to).map_err(at(Doing::Write, &to))?;
        clear_empty(output, &from);
        removed.remove(path);
    }
    Ok(())
}

/// Removes a file, and the folders that become empty.
fn remove(output: &Path, path: &str) -> Result<(), PublishError> {
    let path = output.join(path);
    disk::remove_file(&path).map_err(at(Doing::Remove, &path))?;
    clear_empty(output, &path);
    Ok(())
}

/// Removes the folders above a path of the output that are empty.
fn clear_empty(output: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|folder| *folder != output) {
        if disk::remove_folder(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
}

/// Removes what a killed run left in the output.
pub(super) fn clear_loose(output: &Path) -> Result<(), PublishError> {
    let loose = output.join(LOOSE);
    if !loose.exists() {
        return Ok(());
    }
    disk::remove_tree(&loose).map_err(at(Doing::Remove, &loose))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::one_by_one;
    use crate::publish::Published;

    fn write(folder: &Path, files: &[&str], text: &str) {
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn tree(folder: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
        let entries = entries.into_iter().map(Result::unwrap);
        let path = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(folder).unwrap().display().to_string();
            if entry.file_type().is_dir() {
                path + "/"
            } else {
                format!("{path} {}", fs::read_to_string(entry.path()).unwrap())
            }
        };
        entries.map(path).collect()
    }

    #[track_caller]
    fn case(old: &[&str], written: &[&str], removed: &[&str], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let (staging, output) = (folder.path().join("new"), folder.path().join("old"));
        fs::create_dir_all(&output).unwrap();
        write(&output, old, "old");
        write(&staging, written, "new");
        let owned = |paths: &[&str]| paths.iter().map(ToString::to_string).collect();
        let difference = Published {
            written: owned(written),
            removed: owned(removed),
            unchanged: 0,
            atomic: false,
        };
        one_by_one(&staging, &output, &difference).unwrap();
        assert_eq!(tree(&output), expected);
    }

    #[test]
    fn files_are_replaced_and_removed_one_by_one() {
        case(
            &["a", "b/c", "d/e/f", ".keep"],
            &["a", "x/y"],
            &["d/e/f"],
            &[".keep old", "a new", "b/", "b/c old", "x/", "x/y new"],
        );
    }

    #[test]
    fn names_change_in_case_alone() {
        case(
            &["Files/a", "b/Plan.pdf", "c/C"],
            &["files/A", "b/plan.pdf"],
            &["Files/a", "b/Plan.pdf"],
            &["b/", "b/plan.pdf new", "c/", "c/C old", "files/", "files/A new"],
        );
    }

    #[test]
    fn files_and_folders_make_way_for_each_other() {
        case(&["a"], &["a/b/c"], &["a"], &["a/", "a/b/", "a/b/c new"]);
        case(
            &["a/b", "a/c/d", "a-b", "ab/c"],
            &["a"],
            &["a/b", "a/c/d"],
            &["a new", "a-b old", "ab/", "ab/c old"],
        );
    }
}
