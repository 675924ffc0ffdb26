//! Knows when something in the project may have changed.
//!
//! Events only say where to look: what counts is the state of the files, by size, times, inode
//! and, while a file is young, content. So an editor that saves by renaming, a folder moved in as a
//! whole and a system that forgets events are all the same here. Where a look at what the events
//! name finds nothing, and every two seconds, everything is looked at.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::source::is_passed_over;

/// The folders that a build reads.
const FOLDERS: [&str; 2] = ["content", "themes"];
/// How long it must be quiet after an event: long enough for an editor to finish its save.
const QUIET: Duration = Duration::from_millis(8);
/// How long a busy folder may put off a look.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often everything is looked at without an event.
const SWEEP: Duration = Duration::from_secs(2);
/// A file that changed so short a time ago may change again without a new time: the clocks of some
/// file systems count whole seconds, or two. Until then its content counts.
const YOUNG: Duration = Duration::from_secs(3);

/// A watch over the folders that a build reads.
pub(super) struct Watch {
    root: PathBuf,
    /// The paths that an event names; none when everything is to be looked at.
    events: Receiver<Option<Vec<PathBuf>>>,
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched, as they were when that began.
    watched: BTreeMap<PathBuf, Identity>,
    /// Every file as it was last seen.
    seen: BTreeMap<PathBuf, Stamp>,
    /// The files that have just changed: when, and what was in them.
    young: BTreeMap<PathBuf, (Instant, u64)>,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    identity: Identity,
    /// When anything about it changed, also what keeps the time of modification (Unix alone).
    changed: (i64, i64),
}

/// Device and inode (Unix alone): a file that takes the place of another has its own.
type Identity = (u64, u64);

/// What a look has found.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    None,
    /// These files hold something else, or may; no other has come or gone.
    Content(Vec<PathBuf>),
    Any,
}

impl Change {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::None, one) | (one, Self::None) => one,
            (Self::Content(mut all), Self::Content(more)) => {
                all.extend(more);
                Self::Content(all)
            }
        }
    }
}

impl Watch {
    /// Begins to watch the project at `root`, which must be canonical. Where the system gives no
    /// events, the sweep alone finds changes.
    pub(super) fn new(root: &Path) -> Self {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let named = match event {
                // Reading is no change; ours would wake us after every build.
                Ok(event) if is_reading(event.kind) => return,
                Ok(event) if !event.need_rescan() => Some(event.paths),
                _ => None,
            };
            // The receiver is gone only when the program ends.
            let _ = sender.send(named);
        });
        let mut watch = Self {
            root: root.to_path_buf(),
            events,
            watcher: watcher.ok(),
            watched: BTreeMap::new(),
            seen: BTreeMap::new(),
            young: BTreeMap::new(),
        };
        watch.follow();
        watch.seen = look(root);
        watch
    }

    /// Waits until a file that a build reads is new, different or gone. Says which files are
    /// different, when that is all; else none.
    pub(super) fn wait_for_change(&mut self) -> Option<Vec<PathBuf>> {
        loop {
            let named = match self.events.recv_timeout(SWEEP) {
                Ok(named) => self.settle(named),
                Err(RecvTimeoutError::Timeout) => None,
                // No events on this system: the sweep is the clock.
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(SWEEP);
                    None
                }
            };
            let change = match named {
                Some(paths) if paths.iter().all(|path| self.is_file(path)) => {
                    // Each is looked at, also behind one that has changed.
                    paths.iter().fold(Change::None, |all, path| all.and(self.look_at(path)))
                }
                _ => {
                    self.follow();
                    self.look_at_all()
                }
            };
            match change {
                Change::None => {}
                Change::Content(paths) => return Some(paths),
                Change::Any => return None,
            }
        }
    }

    /// Waits for the burst of events to end, but not for ever.
    fn settle(&self, first: Option<Vec<PathBuf>>) -> Option<Vec<PathBuf>> {
        let mut all = first;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            let Ok(named) = self.events.recv_timeout(QUIET) else { break };
            all = all.zip(named).map(|(mut all, named)| {
                all.extend(named);
                all
            });
        }
        all.map(|mut all| {
            all.sort_unstable();
            all.dedup();
            all
        })
    }

    /// True for what is a file, or was one when it was last seen: not a folder, which stands for all
    /// that is in it, and not what has gone before it was seen at all.
    fn is_file(&self, path: &Path) -> bool {
        match fs::symlink_metadata(path) {
            Ok(metadata) => !metadata.is_dir(),
            Err(_) => self.seen.contains_key(path) || is_hidden(&self.root, path),
        }
    }

    /// Looks at one file: whether it has changed since it was last seen.
    fn look_at(&mut self, path: &Path) -> Change {
        let read = FOLDERS.iter().any(|folder| path.starts_with(self.root.join(folder)));
        if !read || is_hidden(&self.root, path) {
            return Change::None;
        }
        let now = stamp(path);
        if self.seen.get(path) == now.as_ref() && !self.is_other_than_it_was(path) {
            return Change::None;
        }
        self.note(path);
        let path = path.to_path_buf();
        match now.map(|stamp| self.seen.insert(path.clone(), stamp)) {
            Some(Some(_)) => Change::Content(vec![path]),
            Some(None) => Change::Any,
            None => {
                self.seen.remove(&path);
                Change::Any
            }
        }
    }

    /// Looks at everything: what has changed since it was last seen.
    fn look_at_all(&mut self) -> Change {
        let now = look(&self.root);
        self.young.retain(|_, (since, _)| since.elapsed() < YOUNG);
        let stamps = now.iter().filter(|(path, stamp)| self.seen.get(*path) != Some(*stamp));
        let young = self.young.keys().filter(|path| self.is_other_than_it_was(path));
        let changed: Vec<PathBuf> = stamps.map(|(path, _)| path).chain(young).cloned().collect();
        let gone = self.seen.keys().any(|path| !now.contains_key(path));
        let new = changed.iter().any(|path| !self.seen.contains_key(path));
        for path in &changed {
            self.note(path);
        }
        self.seen = now;
        match (gone || new, changed.is_empty()) {
            (true, _) => Change::Any,
            (false, true) => Change::None,
            (false, false) => Change::Content(changed),
        }
    }

    /// Remembers what is in a file that has just changed.
    fn note(&mut self, path: &Path) {
        self.young.insert(path.to_path_buf(), (Instant::now(), content(path)));
    }

    /// True when a young file holds something else than when it was last looked at.
    fn is_other_than_it_was(&self, path: &Path) -> bool {
        self.young.get(path).is_some_and(|(_, before)| *before != content(path))
    }

    /// Watches the project's folder for its `content` and `themes`, and these with all that is in
    /// them; nothing else of the project, which may be large. A folder that was removed and put
    /// back is watched anew.
    fn follow(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let folders = FOLDERS.map(|folder| (self.root.join(folder), RecursiveMode::Recursive));
        let all = std::iter::once((self.root.clone(), RecursiveMode::NonRecursive)).chain(folders);
        for (path, mode) in all {
            let there = fs::metadata(&path).ok().map(|metadata| identity(&metadata));
            if there == self.watched.get(&path).copied() {
                continue;
            }
            if self.watched.remove(&path).is_some() {
                // The system may have forgotten it already.
                let _ = watcher.unwatch(&path);
            }
            if let Some(identity) = there
                && watcher.watch(&path, mode).is_ok()
            {
                self.watched.insert(path, identity);
            }
        }
    }
}

/// True for an event that changes nothing.
fn is_reading(kind: EventKind) -> bool {
    let wrote = EventKind::Access(AccessKind::Close(AccessMode::Write));
    matches!(kind, EventKind::Access(_)) && kind != wrote
}

/// True for a file that no build reads, for its name or that of a folder in which it is.
fn is_hidden(root: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.components().any(|part| is_passed_over(&part.as_os_str().to_string_lossy()))
}

/// Every file that a build reads, as it is now.
fn look(root: &Path) -> BTreeMap<PathBuf, Stamp> {
    let walk = |folder| WalkDir::new(root.join(folder)).follow_links(false);
    FOLDERS
        .into_iter()
        .flat_map(|folder| {
            walk(folder).into_iter().filter_entry(|entry| {
                entry.depth() == 0 || !is_passed_over(&entry.file_name().to_string_lossy())
            })
        })
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .filter_map(|entry| Some((entry.path().to_path_buf(), stamp(entry.path())?)))
        .collect()
}

/// A file as it is now; a link by what it leads to. None when there is none.
fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).or_else(|_| fs::symlink_metadata(path)).ok()?;
    Some(Stamp {
        bytes: metadata.len(),
        modified: metadata.modified().ok(),
        identity: identity(&metadata),
        changed: changed(&metadata),
    })
}

/// What is in a file; the same for all that cannot be read.
fn content(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    // A pipe would not end.
    let is_file = fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_file.then(|| fs::read(path).ok()).flatten().hash(&mut hasher);
    hasher.finish()
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(not(unix))]
fn changed(_metadata: &Metadata) -> (i64, i64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, Instant};

    use super::{Change, Watch};

    /// A watch over a project with one page, which gets no events.
    fn watch() -> (tempfile::TempDir, Watch) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/pages")).unwrap();
        fs::write(folder.path().join("content/pages/a.md"), "one").unwrap();
        let root = folder.path().canonicalize().unwrap();
        let mut watch = Watch::new(&root);
        watch.watcher = None;
        (folder, watch)
    }

    #[test]
    fn without_events_changes_are_found_all_the_same() {
        let (folder, mut watch) = watch();
        let page = folder.path().join("content/pages/a.md");
        fs::write(&page, "two").unwrap();
        watch.wait_for_change();
        fs::rename(folder.path().join("content/pages"), folder.path().join("content/more"))
            .unwrap();
        watch.wait_for_change();
        fs::rename(folder.path().join("content"), folder.path().join("away")).unwrap();
        watch.wait_for_change();
        fs::rename(folder.path().join("away"), folder.path().join("content")).unwrap();
        watch.wait_for_change();
    }

    #[test]
    fn what_nobody_reads_is_no_change() {
        let (folder, mut watch) = watch();
        fs::create_dir_all(folder.path().join("content/.git")).unwrap();
        for name in ["content/.git/index", "content/pages/a.md~", "content/pages/.a.md.swp", "x.md"]
        {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(watch.look_at_all(), Change::None);
    }

    /// A file system that counts whole seconds gives two saves in one second one time.
    #[test]
    fn a_second_save_at_the_same_time_is_told_by_its_content() {
        let (folder, mut watch) = watch();
        let page = folder.path().join("content/pages/a.md");
        fs::write(&page, "two").unwrap();
        assert_ne!(watch.look_at_all(), Change::None);
        let before = watch.seen.clone();
        let modified = fs::metadata(&page).unwrap().modified().unwrap();
        fs::write(&page, "six").unwrap();
        File::options().write(true).open(&page).unwrap().set_modified(modified).unwrap();
        // As if the system had no other times than that.
        let now = super::look(&watch.root);
        watch.seen = now;
        assert_eq!(before.len(), watch.seen.len());
        let page = page.canonicalize().unwrap();
        assert_eq!(watch.look_at_all(), Change::Content(vec![page]));
        assert_eq!(watch.look_at_all(), Change::None);
    }

    #[test]
    fn events_of_one_file_need_no_look_at_all_others() {
        let (folder, _) = watch();
        let root = folder.path().canonicalize().unwrap();
        let mut watch = Watch::new(&root);
        let begun = Instant::now();
        fs::write(root.join("content/pages/a.md"), "two").unwrap();
        assert_eq!(watch.wait_for_change(), Some(vec![root.join("content/pages/a.md")]));
        // Found by an event, or by the sweep where there are none; never later.
        assert!(begun.elapsed() < Duration::from_secs(20));
        assert_eq!(watch.look_at_all(), Change::None);
        fs::write(root.join("content/pages/b.md"), "new").unwrap();
        assert_eq!(watch.wait_for_change(), None);
    }
}
