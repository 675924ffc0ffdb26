//! Which files of the output folder are ours. It stands beside the folder, not in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use blake3::Hash;

use super::disk;
use super::error::{Doing, PublishError, at};

/// The files that convene wrote, each with the BLAKE3 hash of its content.
///
/// On disk it has the form of `b3sum`, so that anyone can verify a published folder:
/// `cd public && b3sum --check ../.public.convene-manifest`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<String, Hash>,
}

impl Manifest {
    /// The manifest at a path; an empty one when there is none.
    pub(super) fn read(path: &Path) -> Result<Self, PublishError> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let files = text.lines().filter_map(|line| line.split_once("  "));
                // A line that is none was not written by convene; the file that it names is nobody's.
                let known = |(hash, file): (&str, &str)| {
                    Some((file.to_owned(), Hash::from_hex(hash).ok()?))
                };
                Ok(Self { files: files.filter_map(known).collect() })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(at(Doing::Read, path)(error)),
        }
    }

    /// True for a file that convene wrote.
    pub(super) fn names(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// The files that convene wrote, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// This one, and what only the other has.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.clone());
        Self { files }
    }

    /// Writes the manifest, whole or not at all, and makes sure that it is on the disk.
    pub(super) fn write(&self, path: &Path) -> Result<(), PublishError> {
        let mut text = String::new();
        for (file, hash) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{hash}  {file}");
        }
        let fresh = fresh(path);
        if let Err(error) = disk::write_anew(&fresh, text.as_bytes()) {
            let _ = disk::remove_file(&fresh);
            return Err(at(Doing::Write, &fresh)(error));
        }
        disk::rename(&fresh, path).map_err(at(Doing::Write, path))
    }

    /// Removes what a run left behind that could not write its manifest.
    pub(super) fn clear(path: &Path) -> Result<(), PublishError> {
        let fresh = fresh(path);
        match disk::remove_file(&fresh) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(at(Doing::Remove, &fresh)(error))
            }
            _ => Ok(()),
        }
    }
}

/// Where a manifest is written before it takes its place.
fn fresh(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push("-new");
    path.with_file_name(name)
}

impl<'p> FromIterator<(&'p str, Hash)> for Manifest {
    fn from_iter<I: IntoIterator<Item = (&'p str, Hash)>>(files: I) -> Self {
        let files = files.into_iter();
        Self { files: files.map(|(path, hash)| (path.to_owned(), hash)).collect() }
    }
}
