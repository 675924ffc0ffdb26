//! Reads a project from disk.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::WalkDir;

use super::{Content, MAX_FILE_BYTES, SourceFile, Sources, Unread};

/// The world refused: the path, what was being done, and the system's words.
#[derive(Debug)]
pub struct LoadError {
    /// The path in question.
    pub path: PathBuf,
    /// The system's error.
    pub error: io::Error,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not read `{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for LoadError {}

/// Reads every file below `content/` and `themes/` of the project at `root`.
///
/// Hidden files and folders (a leading dot) and the traces that editors leave (`~`, `#…#`,
/// `.swp`) are passed over. A file that cannot be read becomes [`Content::Unread`], so that it is
/// reported beside all other faults.
///
/// # Errors
///
/// When `root` or its `content/` is missing or cannot be listed.
pub fn load(root: &Path) -> Result<Sources, LoadError> {
    let mut files = files_below(&root.join("content"), "content", root)?;
    let themes = root.join("themes");
    if themes.exists() {
        files.extend(files_below(&themes, "themes", root)?);
    }
    Ok(Sources::new(files))
}

/// Reads a project again of which nothing but the content of these files has changed; the others
/// are shared with what was read before.
///
/// None when that is in doubt, as it is with a file that is new or gone or is a link: then
/// everything has to be read. `root` and the paths in it must be canonical.
pub fn load_again(root: &Path, before: &Sources, changed: &[PathBuf]) -> Option<Sources> {
    let mut again = before.clone();
    for path in changed {
        let relative = path.strip_prefix(root).ok()?;
        let parts: Option<Vec<&str>> =
            relative.components().map(|part| part.as_os_str().to_str()).collect();
        let id = before.find(&parts?.join("/"))?;
        let was_read = !matches!(before.get(id).content, Content::Unread(_));
        // A folder on the way may have become a link.
        let is_plain = fs::canonicalize(path).is_ok_and(|real| real == *path)
            && fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
        if !was_read || !is_plain {
            return None;
        }
        again.set(id, read_plain(path));
    }
    Some(again)
}

/// Reads a content folder alone, whatever its name: what [`load`] finds in `content/`.
///
/// # Errors
///
/// When it is missing or cannot be listed.
pub fn load_content(folder: &Path) -> Result<Sources, LoadError> {
    files_below(folder, "content", folder).map(Sources::new)
}

/// Every file below a folder, which stands at `name` in the project. Links lead to files below
/// `root`.
fn files_below(top: &Path, name: &str, root: &Path) -> Result<Vec<SourceFile>, LoadError> {
    let real_root =
        fs::canonicalize(root).map_err(|error| LoadError { path: root.to_path_buf(), error })?;
    fs::read_dir(top).map_err(|error| LoadError { path: top.to_path_buf(), error })?;
    // What is found without a link in a folder of the project lies in the project.
    let inside = fs::canonicalize(top).is_ok_and(|real| real.starts_with(&real_root));
    let walk = WalkDir::new(top).follow_links(false).sort_by_file_name();
    let mut found = Vec::new();
    for entry in walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !passed_over(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => {
                let plain = inside && entry.file_type().is_file();
                found.push((entry.into_path(), Ok(plain)));
            }
            Err(error) => {
                let path = error.path().unwrap_or(top).to_path_buf();
                found.push((path, Err(error.to_string())));
            }
        }
    }
    let file = |path: &Path, content| {
        let relative = path.strip_prefix(top).unwrap_or(path).components();
        let parts = relative.map(|part| part.as_os_str().to_string_lossy().into_owned());
        let parts: Vec<String> = std::iter::once(name.to_owned()).chain(parts).collect();
        SourceFile { path: parts.join("/").into(), content }
    };
    let files = found.into_par_iter().map(|(path, found)| match found {
        Err(words) => file(&path, Content::Unread(Unread::Refused(words))),
        Ok(true) => file(&path, read_plain(&path)),
        Ok(false) => file(&path, read(&real_root, &path)),
    });
    Ok(files.collect())
}

fn passed_over(entry: &walkdir::DirEntry) -> bool {
    is_passed_over(&entry.file_name().to_string_lossy())
}

/// True for the name of a file or folder that no build reads: a hidden one, or the trace of an editor.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with(".swp")
}

/// A file, or a link to a file of this project. A link to a folder is refused: following it could
/// read a tree twice, or for ever.
fn read(real_root: &Path, path: &Path) -> Content {
    if path.to_str().is_none() {
        return Content::Unread(Unread::NameNotUnicode);
    }
    let Ok(real) = fs::canonicalize(path) else {
        return match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => Content::Unread(Unread::LinkBroken),
            Ok(_) => Content::Unread(Unread::Refused("it cannot be reached".to_owned())),
            Err(error) => Content::Unread(Unread::Refused(error.to_string())),
        };
    };
    if !real.starts_with(real_root) {
        return Content::Unread(Unread::LinkLeaves);
    }
    read_plain(&real)
}

/// What is known to lie in the project, and to be no link.
fn read_plain(path: &Path) -> Content {
    if path.to_str().is_none() {
        return Content::Unread(Unread::NameNotUnicode);
    }
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => Content::Unread(Unread::NotAFile),
        Ok(meta) if meta.len() > MAX_FILE_BYTES => Content::Unread(Unread::TooLarge(meta.len())),
        Ok(_) => match fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Content::Text(text.into()),
                Err(error) => Content::Binary(Arc::from(error.into_bytes())),
            },
            Err(error) => Content::Unread(Unread::Refused(error.to_string())),
        },
        Err(error) => Content::Unread(Unread::Refused(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{load, load_again};

    #[test]
    fn only_what_changed_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content/pages")).unwrap();
        for name in ["catalog.yaml", "pages/a.md", "pages/b.md"] {
            fs::write(root.join("content").join(name), "one").unwrap();
        }
        let before = load(&root).unwrap();
        let a = root.join("content/pages/a.md");
        fs::write(&a, "two").unwrap();
        let again = load_again(&root, &before, std::slice::from_ref(&a)).unwrap();
        assert_eq!(again.changed_since(&load(&root).unwrap()), Vec::<std::sync::Arc<str>>::new());
        assert_eq!(&*again.changed_since(&before)[0], "content/pages/a.md");
        // What is new or gone changes the list of files.
        let c = root.join("content/pages/c.md");
        assert!(load_again(&root, &before, std::slice::from_ref(&c)).is_none());
        fs::write(&c, "new").unwrap();
        assert!(load_again(&root, &before, &[c]).is_none());
        fs::remove_file(&a).unwrap();
        assert!(load_again(&root, &before, &[a]).is_none());
    }
}
