//! Makes the new folder whole, beside the old one.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use blake3::Hash;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::disk;
use super::error::{Doing, PublishError, at};
use super::folder::Existing;
use super::memo::Stamp;
use super::places::Places;
use super::{Wanted, may_write};
use crate::build::Files;

/// So many files are flushed one by one; more of them with the whole file system.
const FEW: usize = 32;

/// The new folder, in which a file stands as soon as it differs from what is there.
pub(super) struct Stage<'p> {
    places: &'p Places,
    existing: &'p Existing,
    begun: Mutex<bool>,
}

/// A file that was made.
pub(super) struct Made {
    /// The hash of its content.
    pub hash: Hash,
    /// It is new or different, and stands in the new folder. Otherwise the old folder has it.
    pub staged: bool,
    /// How it stands on the disk.
    pub stamp: Stamp,
}

impl<'p> Stage<'p> {
    /// A stage on which nothing stands yet, and which is not on the disk.
    pub(super) fn new(places: &'p Places, existing: &'p Existing) -> Self {
        Self { places, existing, begun: Mutex::new(false) }
    }

    /// Makes every file, and stages those that differ from what is there.
    pub(super) fn make(
        &self,
        site: &impl Files,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<Made>, PublishError> {
        let refused = AtomicBool::new(false);
        let made: Vec<Result<Made, PublishError>> = wanted
            .into_par_iter()
            // Nobody waits for the rest when a disk is full.
            .filter(|_| !refused.load(Ordering::Relaxed))
            .map(|path| {
                let made = self.one(site, path);
                if matches!(&made, Err(error) if !matches!(error, PublishError::Faults(_))) {
                    refused.store(true, Ordering::Relaxed);
                }
                made
            })
            .collect();
        let mut all = Vec::with_capacity(made.len());
        let mut faults = Vec::new();
        for one in made {
            match one {
                Ok(made) => all.push(made),
                Err(PublishError::Faults(found)) => faults.extend(found),
                Err(error) => return Err(error),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(PublishError::Faults(faults)) }
    }

    fn one(&self, site: &impl Files, path: &str) -> Result<Made, PublishError> {
        let bytes = bytes_of(site, path)?;
        let old = self.existing.holds(&self.places.output, path, &bytes);
        let stamp = match old {
            Some(stamp) => stamp,
            None => self.write(path, &bytes)?,
        };
        Ok(Made { hash: blake3::hash(&bytes), staged: old.is_none(), stamp })
    }

    /// Adds what did not change, as links to the old files, and what is somebody else's. All of it
    /// is on the disk when this returns.
    pub(super) fn complete(
        &self,
        site: &impl Files,
        wanted: &Wanted<'_>,
        made: &[Made],
    ) -> Result<(), PublishError> {
        self.begin()?;
        let Places { staging, output, .. } = self.places;
        let kept = self.existing.kept();
        let kept_folders = kept.iter().filter_map(|path| path.parent());
        let empty = self.existing.empty_folders.iter().map(PathBuf::as_path);
        for folder in kept_folders.chain(empty).collect::<BTreeSet<&Path>>() {
            let folder = staging.join(folder);
            disk::make_folders(&folder).map_err(at(Doing::Make, &folder))?;
        }
        wanted.into_par_iter().zip(made).filter(|(_, made)| !made.staged).try_for_each(
            |(path, _)| {
                let (old, target) = (output.join(path), staging.join(path));
                match with_folder(&target, || disk::link(&old, &target)) {
                    Ok(()) => Ok(()),
                    Err(_) => self.write(path, &bytes_of(site, path)?).map(drop),
                }
            },
        )?;
        for kept in kept {
            let (old, target) = (output.join(kept), staging.join(kept));
            if disk::link(&old, &target).is_err() {
                disk::copy(&old, &target).map_err(at(Doing::Write, &target))?;
            }
        }
        if let Ok(metadata) = fs::metadata(output) {
            disk::set_permissions(staging, metadata.permissions())
                .map_err(at(Doing::Write, staging))?;
        }
        let written = wanted.iter().zip(made).filter(|(_, made)| made.staged);
        let written: Vec<PathBuf> = written.map(|(path, _)| staging.join(path)).collect();
        if written.len() > FEW {
            return flush(staging);
        }
        for file in written {
            disk::flush(&file).map_err(at(Doing::Write, &file))?;
        }
        Ok(())
    }

    /// Makes the new folder, when the first file stands in it.
    fn begin(&self) -> Result<(), PublishError> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if !*begun {
            may_write(&self.places.output)?;
            let staging = &self.places.staging;
            disk::make_folder(staging).map_err(at(Doing::Make, staging))?;
            *begun = true;
        }
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, PublishError> {
        self.begin()?;
        let target = self.places.staging.join(path);
        let written = with_folder(&target, || disk::write_new(&target, bytes));
        written.map(|metadata| Stamp::of(&metadata)).map_err(at(Doing::Write, &target))
    }
}

/// The content of a file. One that the plan names is always there.
fn bytes_of(site: &impl Files, path: &str) -> Result<Vec<u8>, PublishError> {
    let made = site.file(path).unwrap_or_else(|| Ok(Vec::new()));
    made.map_err(|fault| PublishError::Faults(vec![fault]))
}

/// Tries something in a folder, and again when the folder had to be made.
fn with_folder<T>(target: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match act() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = target.parent() {
                disk::make_folders(folder)?;
            }
            act()
        }
        done => done,
    }
}

/// Writes what is in memory to the disk, so that the exchange does not come first.
#[cfg(target_os = "linux")]
fn flush(staging: &Path) -> Result<(), PublishError> {
    let folder = File::open(staging).map_err(at(Doing::Write, staging))?;
    rustix::fs::syncfs(&folder).map_err(|error| at(Doing::Write, staging)(error.into()))
}

/// Elsewhere a file system is flushed file by file; that one loses power just now, and does not
/// order its writes, is the rarer evil. The next build compares contents, and heals.
#[cfg(not(target_os = "linux"))]
fn flush(_staging: &Path) -> Result<(), PublishError> {
    Ok(())
}
