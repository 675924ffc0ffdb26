//! Text to `Document`: front matter and Markdown apart, YAML as a tree whose every node has a place.
//!
//! Never fails: what cannot be read becomes a diagnostic. Knows YAML and Markdown, and nothing of
//! offerings. `serde_yaml` and `saphyr-parser` are used in this room alone.
//!
//! [`parse`] says what every file of `content/` is; [`read`] reads one of them, and borrows its
//! words from the source; [`locate()`] turns the places of faults into byte ranges at the end, so
//! that good content never pays for places.

mod document;
mod edit;
mod encoding;
mod guard;
mod line;
mod locate;
pub mod markdown;
mod mistake;
mod node;
mod project;
mod write;

pub use document::{Document, read};
pub use edit::{Block, Blocks, blocks};
pub use locate::{locate, locate_spans};
pub use markdown::outline;
pub use node::{Entry, Kind, Node};
pub use project::{AssetFile, Collection, EntryFile, Project, parse};
pub use write::{flow_scalar, scalar};
