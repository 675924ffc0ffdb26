//! Which files of the output folder are ours. It stands beside the folder, not in it.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{Doing, PublishError, at};

/// Paths of files that convene wrote, one a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub files: BTreeSet<String>,
}

const HEAD: &str = "# The files that convene wrote. It replaces and removes only these.\n";

impl Manifest {
    /// The manifest at a path; an empty one when there is none.
    pub(super) fn read(path: &Path) -> Result<Self, PublishError> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let files = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
                Ok(Self { files: files.map(ToOwned::to_owned).collect() })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(at(Doing::Read, path)(error)),
        }
    }

    /// Writes the manifest, whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), PublishError> {
        let mut text = String::from(HEAD);
        for file in &self.files {
            text.push_str(file);
            text.push('\n');
        }
        let fresh = path.with_extension("convene-manifest-new");
        fs::write(&fresh, text).map_err(at(Doing::Write, &fresh))?;
        fs::rename(&fresh, path).map_err(at(Doing::Write, path))
    }
}
