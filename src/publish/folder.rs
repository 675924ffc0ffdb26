//! What is in the output folder now, and whose it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Wanted;
use super::error::{Doing, PublishError, at};
use super::exchange::LOOSE;
use super::manifest::Manifest;
use super::memo::Stamp;
use crate::build::{Files, folded};

/// What is in the folder.
#[derive(Default)]
pub(super) struct Existing {
    /// How each file stands by its path, with forward slashes. None for what is not a plain file.
    files: BTreeMap<String, Option<Stamp>>,
    /// Files below a name that begins with a dot, at the top: somebody else's.
    kept: Vec<PathBuf>,
    /// Folders without a file: somebody else's, or nobody's.
    pub empty_folders: Vec<PathBuf>,
    /// As the disk writes names that it does not tell from ours.
    otherwise: BTreeSet<String>,
}

impl Existing {
    /// Lists the folder; an empty list when there is none.
    pub(super) fn read(
        output: &Path,
        manifest: &Manifest,
        wanted: &Wanted<'_>,
    ) -> Result<Self, PublishError> {
        let mut existing = Self::default();
        if !output.exists() {
            return Ok(existing);
        }
        for entry in WalkDir::new(output).min_depth(1) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(output).to_path_buf();
                at(Doing::Read, &path)(error.into_io_error().unwrap_or(ErrorKind::Other.into()))
            })?;
            let relative = entry.path().strip_prefix(output).unwrap_or(entry.path());
            if relative.starts_with(LOOSE) {
                continue;
            }
            if entry.file_type().is_dir() {
                let empty = fs::read_dir(entry.path()).is_ok_and(|mut all| all.next().is_none());
                if empty {
                    existing.empty_folders.push(relative.to_path_buf());
                }
                continue;
            }
            let path = slashed(relative);
            let hidden = path.starts_with('.');
            if hidden && !manifest.names(&path) && wanted.binary_search(&path.as_str()).is_err() {
                existing.kept.push(relative.to_path_buf());
            } else {
                let plain = entry.file_type().is_file();
                let metadata = plain.then(|| entry.metadata().ok()).flatten();
                existing.files.insert(path, metadata.map(|metadata| Stamp::of(&metadata)));
            }
        }
        existing.rename(output, manifest, wanted);
        Ok(existing)
    }

    /// Gives files our names, where the disk folds case and writes them otherwise: a folder that
    /// was there keeps its own case, and some disks write all names alike.
    fn rename(&mut self, output: &Path, manifest: &Manifest, wanted: &Wanted<'_>) {
        let is_ours = |path: &str| manifest.names(path) || wanted.binary_search(&path).is_ok();
        let strange: Vec<String> =
            self.files().filter(|path| !is_ours(path)).map(ToOwned::to_owned).collect();
        if strange.is_empty() {
            return;
        }
        let ours: BTreeMap<String, &str> = manifest
            .paths()
            .chain(wanted.iter().copied())
            .map(|path| (folded(path), path))
            .collect();
        for path in strange {
            let Some(&name) = ours.get(&folded(&path)) else { continue };
            // A disk that tells them apart lists both, or has no file of our name.
            if !self.files.contains_key(name) && fs::symlink_metadata(output.join(name)).is_ok() {
                let stamp = self.files.remove(&path).flatten();
                self.files.insert(name.to_owned(), stamp);
                self.otherwise.insert(path);
            }
        }
    }

    /// The files that are not carried over.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that are carried over.
    pub(super) fn kept(&self) -> &[PathBuf] {
        &self.kept
    }

    /// How the file stood when the folder was listed, when it has this content.
    pub(super) fn holds(&self, output: &Path, path: &str, bytes: &[u8]) -> Option<Stamp> {
        let stamp = self.files.get(path).copied().flatten()?;
        let same = u64::try_from(bytes.len()) == Ok(stamp.size)
            && fs::read(output.join(path)).is_ok_and(|old| old == bytes);
        same.then_some(stamp)
    }

    /// Refuses a folder with files that are not ours. One that is exactly as we would write it is
    /// as good as ours. `shown` is how the folder was named.
    pub(super) fn refuse_foreign(
        &self,
        output: &Path,
        shown: &Path,
        manifest: &Manifest,
        site: &impl Files,
    ) -> Result<(), PublishError> {
        let is_foreign = |path: &&str| {
            let plain = self.files.get(*path).copied().flatten().is_some();
            let same = || {
                let made = site.file(path).and_then(Result::ok);
                made.is_some_and(|bytes| self.holds(output, path, &bytes).is_some())
            };
            !plain || (!manifest.names(path) && !same())
        };
        let mut foreign = self.files().filter(is_foreign);
        match foreign.next() {
            None => Ok(()),
            Some(example) => Err(PublishError::Foreign {
                path: shown.to_path_buf(),
                example: example.to_owned(),
                count: 1 + foreign.count(),
            }),
        }
    }

    /// True when the folder had this file when it was listed.
    pub(super) fn has(&self, relative: &Path) -> bool {
        let path = slashed(relative);
        self.files.contains_key(&path)
            || self.otherwise.contains(&path)
            || self.kept.iter().any(|kept| kept == relative)
    }
}

/// A relative path with forward slashes.
fn slashed(relative: &Path) -> String {
    let parts: Vec<_> =
        relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
