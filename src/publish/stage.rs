//! Makes the new folder whole, beside the old one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::disk;
use super::error::{Doing, PublishError, at};
use super::folder::Existing;
use super::places::Places;
use super::{Published, Wanted};

/// So many files are flushed one by one; more of them with the whole file system.
const FEW: usize = 32;

/// Makes the new folder: unchanged files as links to the old ones, all others anew, and what is
/// somebody else's. All of it is on the disk when this returns.
pub(super) fn stage(
    wanted: &Wanted<'_>,
    existing: &Existing,
    difference: &Published,
    places: &Places,
) -> Result<(), PublishError> {
    let Places { staging, output, .. } = places;
    disk::make_folder(staging).map_err(at(Doing::Make, staging))?;
    let files = wanted.keys().map(Path::new).chain(existing.kept().iter().map(PathBuf::as_path));
    let folders: BTreeSet<&Path> = files
        .filter_map(Path::parent)
        .chain(existing.empty_folders.iter().map(PathBuf::as_path))
        .collect();
    for folder in folders {
        let folder = staging.join(folder);
        disk::make_folders(&folder).map_err(at(Doing::Make, &folder))?;
    }
    let written: BTreeSet<&str> = difference.written.iter().map(String::as_str).collect();
    let few = written.len() <= FEW;
    wanted.iter().collect::<Vec<_>>().into_par_iter().try_for_each(|(path, bytes)| {
        let target = staging.join(path);
        let linked = !written.contains(path) && disk::link(&output.join(path), &target).is_ok();
        if linked {
            return Ok(());
        }
        disk::write_new(&target, bytes, few).map_err(at(Doing::Write, &target))
    })?;
    for kept in existing.kept() {
        let (old, target) = (output.join(kept), staging.join(kept));
        if disk::link(&old, &target).is_err() {
            disk::copy(&old, &target).map_err(at(Doing::Write, &target))?;
        }
    }
    if let Ok(metadata) = fs::metadata(output) {
        disk::set_permissions(staging, metadata.permissions())
            .map_err(at(Doing::Write, staging))?;
    }
    if few { Ok(()) } else { flush(staging) }
}

/// Writes what is in memory to the disk, so that the exchange does not come first.
#[cfg(target_os = "linux")]
fn flush(staging: &Path) -> Result<(), PublishError> {
    let folder = fs::File::open(staging).map_err(at(Doing::Write, staging))?;
    disk::turn(staging).map_err(at(Doing::Write, staging))?;
    rustix::fs::syncfs(&folder).map_err(|error| at(Doing::Write, staging)(error.into()))
}

/// Elsewhere a file system is flushed file by file; that one loses power just now, and does not
/// order its writes, is the rarer evil. The next build compares contents, and heals.
#[cfg(not(target_os = "linux"))]
fn flush(_staging: &Path) -> Result<(), PublishError> {
    Ok(())
}
