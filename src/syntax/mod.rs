//! Text to `Document`: front matter and Markdown apart, YAML as a tree whose every node has a place.
//!
//! Never fails: what cannot be read becomes a diagnostic. Knows YAML and Markdown, and nothing of
//! offerings. `serde_yaml` and `saphyr-parser` are used in this room alone.

mod document;
mod events;
mod faults;
mod front_matter;
mod guard;
mod locate;
pub mod markdown;
mod project;
mod yaml;

pub use document::{Body, Document, MAX_BODY_BYTES, MAX_FRONT_MATTER_BYTES};
pub use locate::locate;
pub(crate) use project::proposed_id;
pub use project::{Collection, Kind, Project, parse};
pub use yaml::{Entry, Node, Value};
