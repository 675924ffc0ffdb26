//! The second reading: events with places, for the files that have something to say.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError};

/// A node in the order in which nodes are written, keys included.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its bytes in the text: a scalar as written, quotes included; a list or map from its first
    /// item on.
    pub range: Range<usize>,
    /// How deep it lies: 0 for the root.
    pub depth: usize,
    /// It has an anchor or a tag, or is an alias.
    pub feature: Option<Feature>,
}

/// What the format has no use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    Anchor,
    Alias,
    Tag,
}

/// All nodes up to the first fault, and the byte at which the fault lies.
pub(super) fn places(text: &str) -> (Vec<Place>, Option<(usize, ScanError)>) {
    let bytes = ByteOffsets::new(text);
    let mut places: Vec<Place> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = bytes.of(error.marker().index());
                return (places, Some((at, error)));
            }
        };
        let range = bytes.of(span.start.index())..bytes.of(span.end.index());
        let feature = |anchor: usize, tagged: bool| match (anchor, tagged) {
            (_, true) => Some(Feature::Tag),
            (0, false) => None,
            (_, false) => Some(Feature::Anchor),
        };
        let depth = open.len();
        match event {
            Event::Scalar(_, _, anchor, tag) => {
                places.push(Place { range, depth, feature: feature(anchor, tag.is_some()) });
            }
            Event::Alias(_) => places.push(Place { range, depth, feature: Some(Feature::Alias) }),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                open.push(places.len());
                places.push(Place { range, depth, feature: feature(anchor, tag.is_some()) });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(place) = open.pop().and_then(|at| places.get_mut(at)) {
                    place.range.end = range.end.max(place.range.start);
                }
            }
            // Only the first document counts; a second one is a fault of its own.
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    (places, None)
}

/// The byte of the n-th character: what the parser counts are characters.
struct ByteOffsets {
    /// None for ASCII, where both are the same.
    of_char: Option<Vec<usize>>,
    len: usize,
}

impl ByteOffsets {
    fn new(text: &str) -> Self {
        let of_char =
            (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self { of_char, len: text.len() }
    }

    fn of(&self, character: usize) -> usize {
        match &self.of_char {
            None => character.min(self.len),
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.len),
        }
    }
}
