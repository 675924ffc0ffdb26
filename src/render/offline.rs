//! The script that keeps the site for readers without a network: the theme's own, after the facts
//! that it works by.

use serde::Serialize;

use crate::plan::ServiceWorker;
use crate::view::{SearchFiles, SiteView};

/// The facts, then the script. `VERSION` changes with what is kept from the first visit on, and
/// `INDEX_VERSION` with what search finds.
pub(super) fn write(site: &SiteView, index: &SearchFiles, worker: &ServiceWorker) -> String {
    let parts = std::iter::once(&index.words).chain(&index.blocks).chain(&index.chunks);
    let total: usize = parts.map(String::len).sum();
    let mut hasher = blake3::Hasher::new();
    hasher.update(json(site).as_bytes());
    hasher.update(json(&worker.kept).as_bytes()).update(worker.script.as_bytes());
    let version = hasher.finalize().to_hex();
    format!(
        "const VERSION = {};\nconst FILES = {};\nconst INDEX_VERSION = {};\n\
         const INDEX_SIZE = {total};\nconst BLOCKS = {};\nconst CHUNKS = {};\n{}",
        json(&version.get(..10).unwrap_or_default()),
        json(&worker.kept),
        json(&index.version),
        index.blocks.len(),
        index.chunks.len(),
        worker.script,
    )
}

/// A value as JSON, which is also JavaScript. It has text keys alone and cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
