//! Turns the numbers of YAML nodes into bytes, for what has to be shown.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document::yaml_range;
use super::events::{self, Place as NodePlace};
use super::front_matter::Split;
use crate::diag::Diagnostic;
use crate::source::{FileId, Place, Sources, Span};

/// Gives every place in the diagnostics its bytes. Each file is read again at most once, and only
/// if something is said of a node in it.
pub fn locate(sources: &Sources, diagnostics: &mut [Diagnostic]) {
    let mut files: BTreeMap<FileId, Nodes> = BTreeMap::new();
    for diagnostic in diagnostics {
        let secondary = diagnostic.secondary.iter_mut().map(|label| &mut label.span);
        for span in std::iter::once(&mut diagnostic.primary.span).chain(secondary) {
            if let Place::Node(node) = span.place {
                let nodes = files.entry(span.file).or_insert_with(|| Nodes::of(sources, span.file));
                *span = Span::bytes(span.file, nodes.range(node));
            }
        }
    }
}

/// The nodes of one file.
struct Nodes<'s> {
    yaml: &'s str,
    offset: usize,
    places: Vec<NodePlace>,
}

impl<'s> Nodes<'s> {
    fn of(sources: &'s Sources, file: FileId) -> Self {
        let source = sources.get(file);
        let text = source.text().unwrap_or_default();
        let range = match yaml_range(text, source.path.ends_with(".md")) {
            Split::Parts { yaml, .. } => yaml,
            Split::Missing | Split::Unclosed { .. } => 0..0,
        };
        let yaml = &text[range.clone()];
        Self { yaml, offset: range.start, places: events::places(yaml).0 }
    }

    /// The first line of a node: what one underlines.
    fn range(&self, node: u32) -> Range<usize> {
        // Where the two readings differ, the nearest node before is better than nothing.
        let at =
            usize::try_from(node).unwrap_or(usize::MAX).min(self.places.len().saturating_sub(1));
        let range = self.places.get(at).map_or(0..0, |place| place.range.clone());
        let text = self.yaml.get(range.clone()).unwrap_or_default();
        let first_line = text.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        let start = self.offset + range.start;
        start..start + first_line.len()
    }
}
