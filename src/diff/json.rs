//! A difference as JSON, for programs. `docs/diff.schema.json` is its schema.

use serde::Serialize;

use super::difference::{Difference, Entry};

/// The version of the form. Fields may be added within one.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    changed: bool,
    offerings: &'a [Entry],
    requirements: &'a [Entry],
}

/// A difference as one JSON object, with a line's end at its end.
pub fn json(difference: &Difference) -> String {
    let document = Document {
        version: VERSION,
        changed: !difference.is_empty(),
        offerings: &difference.offerings,
        requirements: &difference.requirements,
    };
    // There are text keys and finite numbers alone, so there is nothing that could not be written.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}
