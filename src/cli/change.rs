//! Changes to content: checked before they are made, all made or none, nothing overwritten unasked.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::build::{self, Options};
use crate::diag::{Diagnostic, Severity};
use crate::scaffold::NewFile;
use crate::source::{SourceFile, Sources};

/// What is to be different in a project's folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Files to be written.
    pub files: Vec<NewFile>,
    /// Paths of files to be removed.
    pub removed: Vec<String>,
}

/// The project as it will be, and what the checks will say of it that they did not say before.
pub(super) struct Vetted {
    /// The project with the change.
    pub sources: Sources,
    /// New errors and warnings.
    pub news: Vec<Diagnostic>,
}

impl Vetted {
    /// True when the change brings an error.
    pub(super) fn is_bad(&self) -> bool {
        self.news.iter().any(|one| one.severity == Severity::Error)
    }
}

/// Checks the project with the change.
pub(super) fn vet(sources: &Sources, change: &Change, options: &Options) -> Vetted {
    let mut files: BTreeMap<String, SourceFile> =
        sources.iter().map(|(_, file)| (file.path.to_string(), file.clone())).collect();
    for path in &change.removed {
        files.remove(path);
    }
    files.extend(change.files.iter().map(|file| (file.path.clone(), file.as_source())));
    let changed = Sources::new(files.into_values().collect());
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for one in build::check(sources, options).diagnostics {
        *before.entry(fingerprint(sources, &one)).or_default() += 1;
    }
    let mut news = build::check(&changed, options).diagnostics;
    news.retain(|one| match before.get_mut(&fingerprint(&changed, one)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    });
    Vetted { sources: changed, news }
}

/// What makes two diagnostics the same, wherever in the file they stand.
fn fingerprint(sources: &Sources, one: &Diagnostic) -> String {
    format!("{} {} {}", sources.get(one.primary.span.file).path, one.code, one.message)
}

/// The world refused: the path and its words.
pub(super) type Refused = (PathBuf, io::Error);

/// Writes the files and removes what is to go. When one cannot be written, those before it are taken
/// back. A file that exists is replaced only when `replace` says so.
pub(super) fn make(root: &Path, change: &Change, replace: bool) -> Result<(), Refused> {
    let mut written: Vec<PathBuf> = Vec::new();
    for file in &change.files {
        let path = root.join(&file.path);
        let made = if replace { put(&path, &file.text) } else { write(&path, &file.text) };
        if let Err(error) = made {
            if !replace {
                for path in &written {
                    let _ = fs::remove_file(path);
                }
            }
            return Err((path, error));
        }
        written.push(path);
    }
    for path in &change.removed {
        let path = root.join(path);
        fs::remove_file(&path).map_err(|error| (path, error))?;
    }
    Ok(())
}

/// Writes a file that must not exist.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    let filled = file.write_all(text.as_bytes());
    if filled.is_err() {
        // Half a file is worse than none.
        let _ = fs::remove_file(path);
    }
    filled
}

/// Writes a file in the place of another, whole or not at all.
pub(super) fn put(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.convene-new"));
    let _ = fs::remove_file(&beside);
    write(&beside, text)?;
    fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))
}
