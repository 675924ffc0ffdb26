//! What a site was made from, and how its files stood when it was published: so that a build of the
//! same sources has nothing to make and nothing to write.
//!
//! The memo stands beside the output. It is believed only whole: its checksum, the key of what the
//! site was made from, the time for which that holds, and the size, time and inode of every file and
//! folder must all be right. Otherwise the site is made anew; a memo that is lost costs time alone.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::ops::Range;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Protected;
use super::disk;
use super::places::Places;

/// The first bytes of a memo of this form.
const FORM: &[u8; 16] = b"convene memo 1\n\n";

/// How a file or folder stands on the disk, as far as can be told without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    /// How many bytes a file has; 0 for a folder.
    pub size: u64,
    /// When it was last written, in nanoseconds of the Unix time.
    modified: u128,
    inode: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let since = |time: std::time::SystemTime| time.duration_since(UNIX_EPOCH).ok();
        Self {
            size: if metadata.is_dir() { 0 } else { metadata.len() },
            modified: metadata.modified().ok().and_then(since).map_or(0, |since| since.as_nanos()),
            inode: inode(metadata),
        }
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_metadata: &Metadata) -> u64 {
    0
}

/// What is to be remembered of a build besides its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// What the site was made from.
    pub key: [u8; 32],
    /// For which moments it holds, in seconds of the Unix time.
    pub holds: Range<i64>,
    /// What there was to say, in a form of the caller's own.
    pub notes: Vec<u8>,
}

/// What a folder still is, though nothing was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// What there was to say.
    pub notes: Vec<u8>,
    /// The path of every file.
    pub files: Vec<String>,
}

/// Says whether the output is, file by file, what a build by this key would write at a moment. None
/// when that is not known for sure. Nothing is changed.
pub fn recall(output: &Path, protected: &Protected, key: &[u8; 32], now: i64) -> Option<Recalled> {
    let places = Places::of(output, protected).ok()?;
    let bytes = fs::read(&places.memo).ok()?;
    let body = bytes.strip_prefix(FORM)?;
    let (checksum, body) = body.split_at_checked(32)?;
    if blake3::hash(body).as_bytes() != checksum {
        return None;
    }
    let mut reader = Reader(body);
    if reader.take(32)? != key {
        return None;
    }
    let (from, until) = (reader.number()?, reader.number()?);
    if now < i64::from_le_bytes(from) || now >= i64::from_le_bytes(until) {
        return None;
    }
    let notes = reader.text()?.to_vec();
    let count = usize::try_from(u64::from_le_bytes(reader.number()?)).ok()?;
    let mut entries = Vec::with_capacity(count.min(body.len()));
    for _ in 0..count {
        let path = std::str::from_utf8(reader.text()?).ok()?;
        let size = u64::from_le_bytes(reader.number()?);
        let modified = u128::from_le_bytes(reader.take(16)?.try_into().ok()?);
        let inode = u64::from_le_bytes(reader.number()?);
        entries.push((path, Stamp { size, modified, inode }));
    }
    let stands = |(path, stamp): &(&str, Stamp)| {
        let metadata = fs::symlink_metadata(places.output.join(path));
        metadata.is_ok_and(|metadata| {
            !metadata.is_symlink()
                && metadata.is_dir() == is_folder(path)
                && Stamp::of(&metadata) == *stamp
        })
    };
    if !reader.0.is_empty() || !entries.par_iter().all(stands) {
        return None;
    }
    let files = entries.iter().filter(|(path, _)| !is_folder(path));
    Some(Recalled { notes, files: files.map(|(path, _)| (*path).to_owned()).collect() })
}

/// Folders are written with a slash at the end; the output itself is `/`.
fn is_folder(path: &str) -> bool {
    path.is_empty() || path.ends_with('/')
}

/// Writes the memo of a site that has just been published. What cannot be remembered is no fault.
pub(super) fn remember(places: &Places, remembered: &Remembered, files: &[(&str, Stamp)]) {
    let mut folders: BTreeSet<&str> = BTreeSet::from([""]);
    for (path, _) in files {
        folders.extend(path.match_indices('/').map(|(at, _)| &path[..=at]));
    }
    let mut body = Vec::with_capacity(files.len() * 96 + remembered.notes.len());
    body.extend_from_slice(&remembered.key);
    body.extend_from_slice(&remembered.holds.start.to_le_bytes());
    body.extend_from_slice(&remembered.holds.end.to_le_bytes());
    text(&mut body, &remembered.notes);
    body.extend_from_slice(&((folders.len() + files.len()) as u64).to_le_bytes());
    let mut entry = |path: &str, stamp: Stamp| {
        text(&mut body, path.as_bytes());
        body.extend_from_slice(&stamp.size.to_le_bytes());
        body.extend_from_slice(&stamp.modified.to_le_bytes());
        body.extend_from_slice(&stamp.inode.to_le_bytes());
    };
    let stamp =
        |folder: &&str| Some(Stamp::of(&fs::symlink_metadata(places.output.join(folder)).ok()?));
    let folders: Vec<&str> = folders.into_iter().collect();
    let Some(stamps) = folders.par_iter().map(stamp).collect::<Option<Vec<_>>>() else { return };
    folders.iter().zip(stamps).for_each(|(folder, stamp)| entry(folder, stamp));
    for (path, stamp) in files {
        entry(path, *stamp);
    }
    let mut bytes = FORM.to_vec();
    bytes.extend_from_slice(blake3::hash(&body).as_bytes());
    bytes.extend_from_slice(&body);
    // A memo that is cut short has a wrong checksum.
    let _ = disk::write_anew(&places.memo, &bytes);
}

fn text(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(&(text.len() as u64).to_le_bytes());
    out.extend_from_slice(text);
}

/// The rest of a memo.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<[u8; 8]> {
        self.take(8)?.try_into().ok()
    }

    fn text(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(u64::from_le_bytes(self.number()?)).ok()?;
        self.take(length)
    }
}
