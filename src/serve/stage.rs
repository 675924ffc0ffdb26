//! What browsers see at the moment: the last good site, and the errors that lie over it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::json;

use crate::build::Site;

/// The stage: read by every request, changed by every build.
#[derive(Default)]
pub(super) struct Stage {
    shown: RwLock<Shown>,
    listeners: Mutex<BTreeMap<u64, Sender<String>>>,
    next_listener: AtomicU64,
}

#[derive(Default)]
struct Shown {
    site: Arc<Site>,
    /// Errors over the page; none while the content is good.
    errors: Option<String>,
}

impl Stage {
    /// Shows a new site, tells the browsers, and says how many files changed.
    pub(super) fn show(&self, site: Site) -> usize {
        let site = Arc::new(site);
        let (before, covered) = {
            let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            let before = std::mem::replace(&mut shown.site, Arc::clone(&site));
            (before, shown.errors.take().is_some())
        };
        let changed = changed_paths(&before, &site);
        if covered {
            self.tell(&json!({ "type": "clear" }).to_string());
        }
        if !changed.is_empty() && !before.files.is_empty() {
            self.tell(&json!({ "type": "changed", "paths": changed }).to_string());
        }
        changed.len()
    }

    /// Lays errors over the last good site.
    pub(super) fn cover(&self, report: &str) {
        let message = errors_message(report);
        self.shown.write().unwrap_or_else(PoisonError::into_inner).errors = Some(report.to_owned());
        self.tell(&message);
    }

    /// The site as it is now.
    pub(super) fn site(&self) -> Arc<Site> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner).site)
    }

    /// The base path of the site: `/leaders/`; `/` before there is one.
    pub(super) fn root(&self) -> String {
        self.site().root.clone().unwrap_or_else(|| "/".to_owned())
    }

    /// Messages for one browser from now on, the errors that lie over the page first.
    pub(super) fn listen(&self) -> (u64, Receiver<String>) {
        let (sender, receiver) = mpsc::channel();
        if let Some(report) = &self.shown.read().unwrap_or_else(PoisonError::into_inner).errors {
            // The receiver is ours, so the message arrives.
            let _ = sender.send(errors_message(report));
        }
        let id = self.next_listener.fetch_add(1, Ordering::Relaxed);
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).insert(id, sender);
        (id, receiver)
    }

    /// A browser has gone.
    pub(super) fn forget(&self, listener: u64) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).remove(&listener);
    }

    fn tell(&self, message: &str) {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|_, listener| listener.send(message.to_owned()).is_ok());
    }
}

fn errors_message(report: &str) -> String {
    json!({ "type": "errors", "report": report }).to_string()
}

/// The files that are new, different or gone.
fn changed_paths(before: &Site, after: &Site) -> Vec<String> {
    let new_or_different = after
        .files
        .iter()
        .filter(|(path, bytes)| before.files.get(*path) != Some(*bytes))
        .map(|(path, _)| path);
    let gone = before.files.keys().filter(|path| !after.files.contains_key(*path));
    new_or_different.chain(gone).map(ToString::to_string).collect()
}
