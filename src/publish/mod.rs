//! The only writer of the output folder: what changed, files of our own only, all or nothing.
//!
//! The new folder is made whole beside the old one, unchanged files as hard links, and then the two
//! are exchanged in one step. Whoever reads sees the old site or the new one; a run that is killed
//! leaves one of them, and the next run clears up.
//!
//! Beside `public` stand `.public.convene-manifest`, the list of files that are ours,
//! `.public.convene-memo`, what they were made from, and `.public.convene-lock`; while a run works, `.public.convene-new`.

mod disk;
mod error;
mod exchange;
mod folder;
mod lock;
mod manifest;
mod memo;
mod places;
mod stage;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

pub use error::{Doing, PublishError};
pub use memo::{Recalled, Remembered, recall};

use crate::build::{Files, OutputPath};
use error::at;
use folder::Existing;
use lock::Lock;
use manifest::Manifest;
use memo::Stamp;
use places::Places;
use stage::{Made, Stage};

/// Folders that a site must never replace.
#[derive(Clone, Debug)]
pub struct Protected {
    /// The project's folder, with its `content/` and `themes/`.
    pub project: PathBuf,
    /// The home folder of who runs this, if there is one.
    pub home: Option<PathBuf>,
}

/// What a publication did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Paths of files that are new or different, in order.
    pub written: Vec<String>,
    /// Paths of files that are gone, in order.
    pub removed: Vec<String>,
    /// How many files stayed as they were.
    pub unchanged: usize,
    /// False where the system cannot exchange two folders, so that files were replaced one by one.
    pub atomic: bool,
}

impl Published {
    /// True when there was nothing to do, and nothing was done.
    pub fn is_unchanged(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}

/// The path of every file that is to be there, in order.
type Wanted<'s> = [&'s str];

/// Puts a site into a folder.
///
/// Each file is made, compared with what is there, and forgotten. When nothing differs, nothing is
/// written at all. A file that changed, or is gone, is replaced or removed only if convene wrote it.
/// Names that begin with a dot at the top of the folder (`.gitkeep`, `.well-known/`) are somebody
/// else's, and stay; so do empty folders.
///
/// # Errors
///
/// When a file cannot be made, when the folder is not one to publish to, has files that are not
/// ours, is being published to by another run, or when the system refuses. Then the folder is as it
/// was; but for [`PublishError::Halfway`].
pub fn publish(
    site: &impl Files,
    output: &Path,
    protected: &Protected,
) -> Result<Published, PublishError> {
    publish_and_remember(site, output, protected, || None)
}

/// The same; what `remembered` gives when all is made is written down for [`recall`].
///
/// # Errors
///
/// As [`publish`].
pub fn publish_and_remember(
    site: &impl Files,
    output: &Path,
    protected: &Protected,
    remembered: impl FnOnce() -> Option<Remembered>,
) -> Result<Published, PublishError> {
    let wanted: Vec<&str> = site.paths().into_iter().map(OutputPath::as_str).collect();
    let places = Places::of(output, protected)?;
    if !places.lock.exists() {
        // It may be anybody's folder: look before anything is left beside it. But for another run
        // that was first just now.
        list(&places, &Manifest::read(&places.manifest)?, site, &wanted, output)
            .map(drop)
            .or_else(|error| if places.lock.exists() { Ok(()) } else { Err(error) })?;
    }
    disk::make_folders(&places.parent).map_err(at(Doing::Make, &places.parent))?;
    let _lock = Lock::take(&places.lock, output).map_err(|error| no_room(error, output))?;
    clear(&places.staging)?;
    Manifest::clear(&places.manifest)?;
    exchange::clear_loose(&places.output)?;

    let manifest = Manifest::read(&places.manifest)?;
    let existing = list(&places, &manifest, site, &wanted, output)?;
    let stage = Stage::new(&places, &existing);
    let made = match stage.make(site, &wanted) {
        Ok(made) => made,
        Err(error) => {
            // The fault is what there is to say; the next run clears up what this one cannot.
            let _ = clear(&places.staging);
            return Err(error);
        }
    };
    let difference = difference(&wanted, &made, &existing);
    let next: Manifest = wanted.iter().zip(&made).map(|(path, made)| (*path, made.hash)).collect();
    if difference.is_unchanged() {
        if manifest != next {
            next.write(&places.manifest)?;
        }
        if let Some(remembered) = remembered() {
            memo::remember(&places, &remembered, &stamped(&wanted, &made));
        }
        return Ok(difference);
    }
    let both = next.and(&manifest);
    let exchanged = stage
        .complete(site, &wanted, &made)
        // Were this run killed after the exchange and before its end, all files of both sites
        // would still be known as ours.
        .and_then(|()| both.write(&places.manifest))
        .and_then(|()| exchange::exchange(&places, &difference));
    if matches!(exchanged, Ok(true)) {
        rescue(&places, &existing);
    }
    // The site is in its place, or stayed in it. What cannot be cleared up now, the next run clears
    // up, or says why not; until then a manifest of both sites is as good.
    let _ = clear(&places.staging);
    let atomic = exchanged?;
    if both != next {
        let _ = next.write(&places.manifest);
    }
    // Where files were replaced one by one, they may have other stamps than those that were staged.
    if let Some(remembered) = remembered().filter(|_| atomic) {
        memo::remember(&places, &remembered, &stamped(&wanted, &made));
    }
    Ok(Published { atomic, ..difference })
}

/// Every file as it stands on the disk.
fn stamped<'p>(wanted: &Wanted<'p>, made: &[Made]) -> Vec<(&'p str, Stamp)> {
    wanted.iter().zip(made).map(|(path, made)| (*path, made.stamp)).collect()
}

/// What is in the output folder, when all of it is ours or stays.
fn list(
    places: &Places,
    manifest: &Manifest,
    site: &impl Files,
    wanted: &Wanted<'_>,
    output: &Path,
) -> Result<Existing, PublishError> {
    let existing = Existing::read(&places.output, manifest, wanted)?;
    existing.refuse_foreign(&places.output, output, manifest, site)?;
    Ok(existing)
}

/// What is new or different, and what is gone.
fn difference(wanted: &Wanted<'_>, made: &[Made], existing: &Existing) -> Published {
    let written = wanted.iter().zip(made).filter(|(_, made)| made.staged);
    let written: Vec<String> = written.map(|(path, _)| (*path).to_owned()).collect();
    let removed = existing.files().filter(|path| wanted.binary_search(path).is_err());
    Published {
        removed: removed.map(ToOwned::to_owned).collect(),
        unchanged: wanted.len() - written.len(),
        written,
        atomic: true,
    }
}

/// What somebody put into the old folder while the new one was made goes into the new one.
fn rescue(places: &Places, existing: &Existing) {
    for entry in WalkDir::new(&places.staging).into_iter().filter_map(Result::ok) {
        let Ok(relative) = entry.path().strip_prefix(&places.staging) else { continue };
        if entry.file_type().is_dir() || existing.has(relative) {
            continue;
        }
        let target = places.output.join(relative);
        if !target.exists() {
            let _ = target.parent().map(disk::make_folders);
            let _ = disk::rename(entry.path(), &target);
        }
    }
}

/// Removes what a killed run left behind, or the old site.
fn clear(staging: &Path) -> Result<(), PublishError> {
    match disk::remove_tree(staging) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(at(Doing::Remove, staging)(error)),
        _ => Ok(()),
    }
}

/// A folder that may not be written is not replaced either, though the system would do it.
#[cfg(unix)]
fn may_write(output: &Path) -> Result<(), PublishError> {
    match rustix::fs::access(output, rustix::fs::Access::WRITE_OK) {
        Err(error) if error != rustix::io::Errno::NOENT => {
            Err(at(Doing::Write, output)(error.into()))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
fn may_write(_output: &Path) -> Result<(), PublishError> {
    Ok(())
}

/// Says what to do when the folder around the output cannot be written.
fn no_room(error: PublishError, output: &Path) -> PublishError {
    match error {
        PublishError::Io { doing: Doing::Lock, error, .. }
            if matches!(
                error.kind(),
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            PublishError::NoRoomBeside { path: output.to_path_buf(), error }
        }
        error => error,
    }
}
