//! The only writer of the output folder: what changed, files of our own only, all or nothing.
//!
//! The new folder is made whole beside the old one, unchanged files as hard links, and then the two
//! are exchanged in one step. Whoever reads sees the old site or the new one; a run that is killed
//! leaves the old one, and the next run clears up.

mod error;
mod exchange;
mod folder;
mod manifest;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

pub use error::PublishError;

use crate::build::Site;
use error::{Doing, at};
use folder::Existing;
use manifest::Manifest;

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Paths of files that are new or different.
    pub written: Vec<String>,
    /// Paths of files that are gone.
    pub removed: Vec<String>,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// False where the system cannot exchange two folders, so that files were replaced one by one.
    pub atomic: bool,
}

/// Puts a site into a folder. `keep_out` are folders that must never be the output: the project
/// and its content.
///
/// Files that begin with a dot at the top of the folder (`.nojekyll`, `.gitignore`) are somebody
/// else's, and stay.
///
/// # Errors
///
/// When the folder is not one to publish to, has files that are not ours, is being published to by
/// another run, or when the system refuses. Then the folder is as it was.
pub fn publish(
    site: &Site,
    output: &Path,
    keep_out: &[PathBuf],
) -> Result<Published, PublishError> {
    let places = Places::of(output)?;
    folder::refuse_dangerous(&places.output, keep_out)?;
    let _lock = Lock::take(&places.lock)?;
    clear(&places.staging)?;

    let manifest = Manifest::read(&places.manifest)?;
    let existing = Existing::read(&places.output)?;
    existing.refuse_foreign(&places.output, &manifest)?;
    let difference = compare(site, &existing);
    if difference.written.is_empty() && difference.removed.is_empty() {
        if manifest.files != names(site) {
            Manifest { files: names(site) }.write(&places.manifest)?;
        }
        return Ok(difference);
    }

    let result = stage(site, &existing, &difference, &places)
        .and_then(|()| {
            // Were this run killed between the exchange and its end, all files of both sites would
            // still be known as ours.
            let both = names(site).into_iter().chain(manifest.files).collect();
            Manifest { files: both }.write(&places.manifest)
        })
        .and_then(|()| exchange::exchange(&places.staging, &places.output, &difference));
    let cleared = clear(&places.staging);
    let atomic = result?;
    cleared?;
    Manifest { files: names(site) }.write(&places.manifest)?;
    Ok(Published { atomic, ..difference })
}

/// The folders and files of one output.
struct Places {
    output: PathBuf,
    staging: PathBuf,
    manifest: PathBuf,
    lock: PathBuf,
}

impl Places {
    /// All stand beside the output, on the same file system.
    fn of(output: &Path) -> Result<Self, PublishError> {
        let output = std::path::absolute(output).map_err(at(Doing::Find, output))?;
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(PublishError::Dangerous {
                path: output,
                why: "it is the root of the disk",
            });
        };
        let name = name.to_string_lossy();
        fs::create_dir_all(parent).map_err(at(Doing::Make, parent))?;
        let beside = |what: &str| parent.join(format!(".{name}.convene-{what}"));
        Ok(Self {
            staging: beside("new"),
            manifest: beside("manifest"),
            lock: beside("lock"),
            output: output.clone(),
        })
    }
}

/// Keeps other runs out; it ends with the process.
struct Lock {
    _file: File,
}

impl Lock {
    fn take(path: &Path) -> Result<Self, PublishError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(at(Doing::Lock, path))?;
        file.lock().map_err(at(Doing::Lock, path))?;
        Ok(Self { _file: file })
    }
}

fn names(site: &Site) -> BTreeSet<String> {
    site.files.keys().map(ToString::to_string).collect()
}

/// What a killed run left behind.
fn clear(staging: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(at(Doing::Remove, staging)(error))
        }
        _ => Ok(()),
    }
}

/// Compares every file, by size first.
fn compare(site: &Site, existing: &Existing) -> Published {
    let same: Vec<(String, bool)> = site
        .files
        .iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(path, bytes)| (path.to_string(), existing.holds(path.as_str(), bytes)))
        .collect();
    let unchanged = same.iter().filter(|(_, same)| *same).count();
    let written = same.into_iter().filter(|(_, same)| !same).map(|(path, _)| path).collect();
    let planned = names(site);
    let removed = existing.ours().filter(|path| !planned.contains(*path)).map(ToOwned::to_owned);
    Published { written, removed: removed.collect(), unchanged, atomic: true }
}

/// Makes the new folder whole.
fn stage(
    site: &Site,
    existing: &Existing,
    difference: &Published,
    places: &Places,
) -> Result<(), PublishError> {
    fs::create_dir(&places.staging).map_err(at(Doing::Make, &places.staging))?;
    let written: BTreeSet<&str> = difference.written.iter().map(String::as_str).collect();
    let folders: BTreeSet<PathBuf> = site
        .files
        .keys()
        .map(|path| Path::new(path.as_str()))
        .chain(existing.kept().map(Path::new))
        .filter_map(|path| path.parent().map(Path::to_path_buf))
        .collect();
    for folder in folders {
        let folder = places.staging.join(folder);
        fs::create_dir_all(&folder).map_err(at(Doing::Make, &folder))?;
    }
    site.files.iter().collect::<Vec<_>>().into_par_iter().try_for_each(|(path, bytes)| {
        let target = places.staging.join(path.as_str());
        let old = places.output.join(path.as_str());
        if !written.contains(path.as_str()) && fs::hard_link(&old, &target).is_ok() {
            return Ok(());
        }
        fs::write(&target, bytes).map_err(at(Doing::Write, &target))
    })?;
    for kept in existing.kept() {
        let (old, target) = (places.output.join(kept), places.staging.join(kept));
        if fs::hard_link(&old, &target).is_err() {
            fs::copy(&old, &target).map_err(at(Doing::Write, &target))?;
        }
    }
    exchange::flush(&places.staging)
}
