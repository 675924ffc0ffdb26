//! What is in the output folder now, and whether it is one to publish to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::error::{Doing, PublishError, at};
use super::manifest::Manifest;

/// The files of the folder.
pub(super) struct Existing {
    output: PathBuf,
    /// Size by path, with forward slashes.
    files: BTreeMap<String, u64>,
    /// Files below a name that begins with a dot, at the top: somebody else's.
    kept: Vec<String>,
}

impl Existing {
    /// Lists the folder; an empty list when there is none.
    pub(super) fn read(output: &Path) -> Result<Self, PublishError> {
        let mut existing =
            Self { output: output.to_path_buf(), files: BTreeMap::new(), kept: Vec::new() };
        if !output.exists() {
            return Ok(existing);
        }
        for entry in WalkDir::new(output).min_depth(1) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(output).to_path_buf();
                at(Doing::Read, &path)(error.into())
            })?;
            if entry.file_type().is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(output).unwrap_or(entry.path());
            let parts: Vec<_> =
                relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let path = parts.join("/");
            if path.starts_with('.') {
                existing.kept.push(path);
            } else {
                let size = entry.metadata().map_or(u64::MAX, |metadata| metadata.len());
                existing.files.insert(path, size);
            }
        }
        Ok(existing)
    }

    /// The files that are not somebody else's.
    pub(super) fn ours(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that are carried over.
    pub(super) fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().map(String::as_str)
    }

    /// True when the folder has this file with this content.
    pub(super) fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        let size = u64::try_from(bytes.len()).ok();
        self.files.get(path).copied() == size
            && fs::read(self.output.join(path)).is_ok_and(|old| old == bytes)
    }

    /// Refuses a folder with files that are not in the manifest.
    pub(super) fn refuse_foreign(
        &self,
        output: &Path,
        manifest: &Manifest,
    ) -> Result<(), PublishError> {
        let mut foreign = self.ours().filter(|path| !manifest.files.contains(*path));
        match foreign.next() {
            None => Ok(()),
            Some(example) => Err(PublishError::Foreign {
                path: output.to_path_buf(),
                example: example.to_owned(),
                count: 1 + foreign.count(),
            }),
        }
    }
}

/// Refuses folders in which nobody wants a site to replace everything.
pub(super) fn refuse_dangerous(output: &Path, keep_out: &[PathBuf]) -> Result<(), PublishError> {
    let refuse = |why| Err(PublishError::Dangerous { path: output.to_path_buf(), why });
    match fs::symlink_metadata(output) {
        Ok(metadata) if metadata.is_symlink() => return refuse("it is a link to another folder"),
        Ok(metadata) if !metadata.is_dir() => return refuse("it is a file"),
        _ => {}
    }
    let real = real_path(output);
    if real.parent().is_none() {
        return refuse("it is the root of the disk");
    }
    if real.join(".git").exists() {
        return refuse("it is the root of a Git repository");
    }
    let home = std::env::home_dir().map(|home| real_path(&home));
    if home.is_some_and(|home| home.starts_with(&real)) {
        return refuse("your home folder is in it");
    }
    for folder in keep_out {
        let folder = real_path(folder);
        if folder.starts_with(&real) {
            return refuse("the project is in it");
        }
        let within = real.strip_prefix(&folder).ok().and_then(|rest| rest.components().next());
        let first = within.map(|part| part.as_os_str().to_string_lossy().into_owned());
        if matches!(first.as_deref(), Some("content" | "themes" | "src" | ".git")) {
            return refuse("it is part of the project's sources");
        }
    }
    Ok(())
}

/// The path without links, as far as it exists.
fn real_path(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real_path(parent).join(name),
        _ => path.to_path_buf(),
    }
}
