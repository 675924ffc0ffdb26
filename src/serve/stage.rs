//! What browsers see at the moment: the last good site, and the errors that lie over it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::message;
use crate::build::{Preview, Site};
use crate::diag::Diagnostic;
use crate::plan::OutputPath;
use crate::source::Sources;

/// A site without errors, what it was made of, and what there was to say about that.
pub(super) struct Good {
    /// The site.
    pub preview: Preview,
    /// The files that it was made of.
    pub sources: Sources,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// The stage: read by every request, changed by every build.
#[derive(Default)]
pub(super) struct Stage {
    shown: RwLock<Shown>,
    listeners: Mutex<BTreeMap<u64, Listener>>,
    next_listener: AtomicU64,
}

#[derive(Clone, Default)]
struct Shown {
    good: Option<Arc<Good>>,
    /// The message with the errors over the page; none while the content is good.
    errors: Option<Arc<str>>,
}

/// A page that is open in a browser.
struct Listener {
    sender: Sender<Arc<str>>,
    /// Its path on this server, still percent-encoded.
    path: String,
    /// What the browser has of it.
    version: String,
    /// The last message of facts that it got.
    facts: Arc<str>,
}

impl Stage {
    /// Shows a new site, tells the browsers, and says how many files changed.
    pub(super) fn show(&self, good: Good) -> usize {
        let good = Arc::new(good);
        let before = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *shown, Shown { good: Some(Arc::clone(&good)), errors: None })
        };
        let none = Site::default();
        let old = before.good.as_ref().map_or(&none, |good| &good.preview.site);
        let changed = changed_paths(old, &good.preview.site);
        let there = changed.iter().filter(|path| good.preview.site.files.contains_key(*path));
        let files = message::changed_files(there, good.preview.site.root.as_deref());
        self.each(|listener| {
            if before.errors.is_some() {
                listener.tell(message::clear())?;
            }
            listener.catch_up(&good, Some(&files))
        });
        changed.len()
    }

    /// Lays errors over the last good site.
    pub(super) fn cover(&self, errors: Arc<str>) {
        let told = Arc::clone(&errors);
        self.shown.write().unwrap_or_else(PoisonError::into_inner).errors = Some(errors);
        self.each(|listener| listener.tell(Arc::clone(&told)));
    }

    /// The site as it is now; none before there has been a good one.
    pub(super) fn good(&self) -> Option<Arc<Good>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).good.clone()
    }

    /// The base path of the site: `/leaders/`; `/` before there is one.
    pub(super) fn root(&self) -> String {
        let good = self.good();
        good.and_then(|good| good.preview.site.root.clone()).unwrap_or_else(|| "/".to_owned())
    }

    /// Messages for a page that is open in a browser, from now on. First come the errors that lie
    /// over it, whether it has changed since it was sent, and what there is to know of it.
    pub(super) fn listen(&self, path: String, version: String) -> (u64, Receiver<Arc<str>>) {
        let (sender, receiver) = mpsc::channel();
        let mut listener = Listener { sender, path, version, facts: "".into() };
        // Held until the listener is in the list, so that no change falls between.
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner).clone();
        let told = shown
            .errors
            .map_or(Some(()), |errors| listener.tell(errors))
            .and_then(|()| shown.good.map_or(Some(()), |good| listener.catch_up(&good, None)));
        let id = self.next_listener.fetch_add(1, Ordering::Relaxed);
        if told.is_some() {
            listeners.insert(id, listener);
        }
        (id, receiver)
    }

    /// A browser has gone.
    pub(super) fn forget(&self, listener: u64) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).remove(&listener);
    }

    /// Talks to every listener, and forgets those that have gone.
    fn each(&self, mut talk: impl FnMut(&mut Listener) -> Option<()>) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|_, listener| talk(listener).is_some());
    }
}

impl Listener {
    /// Sends a message. None when the browser has gone.
    fn tell(&self, message: Arc<str>) -> Option<()> {
        self.sender.send(message).ok()
    }

    /// Says that the page or files that it may show have changed, and what is new to know of it.
    fn catch_up(&mut self, good: &Good, files: Option<&message::ChangedFiles>) -> Option<()> {
        let (_, page) = good.page(&self.path);
        let version = version(page.unwrap_or_default());
        let new = version != self.version;
        if new || files.is_some_and(message::ChangedFiles::is_some) {
            self.tell(message::changed(new, files))?;
        }
        self.version = version;
        let facts = message::facts(good, &self.path);
        if facts != self.facts {
            self.facts = Arc::clone(&facts);
            self.tell(facts)?;
        }
        Some(())
    }
}

impl Good {
    /// What is sent for a path of this server, and whether it is there or stands for what is not.
    pub(super) fn page(&self, path: &str) -> (bool, Option<&[u8]>) {
        let site = &self.preview.site;
        let found = self.relative(path).and_then(|path| site.file_at(&path));
        match found {
            Some(bytes) => (true, Some(bytes)),
            None => (false, site.file_at("/404.html").map(|bytes| &**bytes)),
        }
    }

    /// A path of this server as one of the site: without its base path, decoded.
    pub(super) fn relative(&self, path: &str) -> Option<String> {
        let root = self.preview.site.root.as_deref().unwrap_or("/");
        let relative = path.strip_prefix(root.trim_end_matches('/'))?;
        percent_encoding::percent_decode_str(relative).decode_utf8().ok().map(Into::into)
    }
}

/// Tells one content of a page from another.
pub(super) fn version(page: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// The files that are new, different or gone.
fn changed_paths(before: &Site, after: &Site) -> Vec<OutputPath> {
    let new_or_different = after
        .files
        .iter()
        .filter(|(path, bytes)| before.files.get(*path) != Some(*bytes))
        .map(|(path, _)| path);
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    new_or_different.chain(gone).cloned().collect()
}
