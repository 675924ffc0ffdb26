//! Data for other programs: JSON, compact, with a line's end at its end.

use serde::Serialize;

/// A value as JSON. The views have text keys and finite numbers, so there is nothing that could not
/// be written.
pub(super) fn write(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
