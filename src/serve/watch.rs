//! Knows when something in the project may have changed.
//!
//! Events only say "look": what counts is the state of the folder, by size, time and inode of every
//! file. So an editor that saves by renaming, a folder moved in as a whole and a system that
//! forgets events are all the same here.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

/// How long it must be quiet after an event: long enough for an editor to finish its save.
const QUIET: Duration = Duration::from_millis(8);
/// How long a busy folder may put off a look.
const PATIENCE: Duration = Duration::from_millis(400);
/// How often the folder is looked at without an event.
const SWEEP: Duration = Duration::from_secs(2);

/// A watch over the folders that a build reads.
pub(super) struct Watch {
    root: PathBuf,
    events: Receiver<()>,
    /// Ends the watching when it is dropped.
    _watcher: Option<RecommendedWatcher>,
    seen: BTreeMap<PathBuf, Stamp>,
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Watch {
    /// Begins to watch the project at `root`, which must be canonical. Where the system gives no
    /// events, the sweep alone finds changes.
    pub(super) fn new(root: &Path) -> Self {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |_event| {
            // The receiver is gone only when the program ends.
            let _ = sender.send(());
        })
        .and_then(|mut watcher| {
            watcher.watch(root, RecursiveMode::Recursive)?;
            Ok(watcher)
        })
        .ok();
        let mut watch =
            Self { root: root.to_path_buf(), events, _watcher: watcher, seen: BTreeMap::new() };
        watch.seen = watch.look();
        watch
    }

    /// Waits until a file that a build reads is new, different or gone.
    pub(super) fn wait_for_change(&mut self) {
        loop {
            match self.events.recv_timeout(SWEEP) {
                Ok(()) => self.settle(),
                Err(RecvTimeoutError::Timeout) => {}
                // No events on this system: the sweep is the clock.
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(SWEEP),
            }
            let now = self.look();
            if now != self.seen {
                self.seen = now;
                return;
            }
        }
    }

    /// Waits for the burst of events to end, but not for ever.
    fn settle(&self) {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE && self.events.recv_timeout(QUIET).is_ok() {
            waited += QUIET;
        }
    }

    fn look(&self) -> BTreeMap<PathBuf, Stamp> {
        ["content", "themes"]
            .iter()
            .flat_map(|folder| WalkDir::new(self.root.join(folder)).follow_links(false))
            .filter_map(Result::ok)
            .filter_map(|entry| {
                // A link counts by what it leads to.
                let metadata = std::fs::metadata(entry.path())
                    .or_else(|_| entry.metadata().map_err(io::Error::from));
                Some((entry.into_path(), stamp(&metadata.ok()?)))
            })
            .collect()
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    Stamp { bytes: metadata.len(), modified: metadata.modified().ok(), inode: inode(metadata) }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_metadata: &Metadata) -> u64 {
    0
}
