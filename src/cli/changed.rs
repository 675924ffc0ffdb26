//! `convene build --list-changed`: what has to be uploaded, and what has to be removed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::publish::Published;

/// What is to be uploaded, one path a line.
const WRITTEN: &str = "written.txt";
/// What is to be removed where it was uploaded.
const REMOVED: &str = "removed.txt";

/// Adds what a build changed to the lists in a folder. What stands in them has not been uploaded
/// yet, so it stays; the path of a list that could not be written comes with the error.
pub(super) fn list(folder: &Path, published: &Published) -> Result<(), (PathBuf, io::Error)> {
    let paths = [folder.join(WRITTEN), folder.join(REMOVED)];
    let [mut written, mut removed] = [BTreeSet::new(), BTreeSet::new()];
    for (path, list) in paths.iter().zip([&mut written, &mut removed]) {
        *list = read(path).map_err(|error| (path.clone(), error))?;
    }
    for path in &published.written {
        removed.remove(path);
        written.insert(path.clone());
    }
    for path in &published.removed {
        written.remove(path);
        removed.insert(path.clone());
    }
    fs::create_dir_all(folder).map_err(|error| (folder.to_path_buf(), error))?;
    for (path, list) in paths.iter().zip([&written, &removed]) {
        write(path, list).map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

fn read(path: &Path) -> io::Result<BTreeSet<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().map(ToOwned::to_owned).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

/// The old list or the new one, never a part.
fn write(path: &Path, list: &BTreeSet<String>) -> io::Result<()> {
    let text: String = list.iter().map(|path| format!("{path}\n")).collect();
    let fresh = path.with_extension("txt-new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::list;
    use crate::publish::Published;

    #[test]
    fn lists_grow_until_they_are_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("new");
        let owned = |paths: &[&str]| paths.iter().map(ToString::to_string).collect();
        let build = |written: &[&str], removed: &[&str]| {
            let (written, removed) = (owned(written), owned(removed));
            list(&folder, &Published { written, removed, unchanged: 0, atomic: true }).unwrap();
            ["written.txt", "removed.txt"]
                .map(|name| fs::read_to_string(folder.join(name)).unwrap())
        };
        assert_eq!(build(&["b", "a"], &["c"]), ["a\nb\n", "c\n"]);
        assert_eq!(build(&[], &[]), ["a\nb\n", "c\n"]);
        assert_eq!(build(&["c"], &["a"]), ["b\nc\n", "a\n"]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(build(&[], &[]), ["", ""]);
    }
}
