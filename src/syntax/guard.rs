//! What a text must pass before `serde_yaml` sees it, so that no file costs more than its size.
//!
//! The cheap guard is one pass over the bytes. Where it is not sure, the event parser decides; good
//! content is nearly always sure.

use std::ops::Range;

use super::events::{self, Feature, Place};

/// Lists and maps lie inside each other at most this deep.
pub(super) const MAX_DEPTH: usize = 16;

/// A fault that keeps a text from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// A character that no text has, and its bytes.
    Control(char, Range<usize>),
    /// An anchor, an alias or a tag, and its bytes.
    Feature(Feature, Range<usize>),
    /// Nesting beyond [`MAX_DEPTH`].
    TooDeep(Range<usize>),
}

/// Every reason not to read a text; none for nearly every one.
pub(super) fn refusals(text: &str) -> Vec<Refusal> {
    let control: Vec<Refusal> = text
        .char_indices()
        .filter(|&(_, c)| is_refused(c))
        .map(|(at, c)| Refusal::Control(c, at..at + c.len_utf8()))
        .take(10)
        .collect();
    if !control.is_empty() || !is_suspicious(text) {
        return control;
    }
    if let Some(at) = deep_brackets(text) {
        return vec![Refusal::TooDeep(at..at + 1)];
    }
    let (places, _) = events::places(text);
    if let Some(deep) = places.iter().find(|place| place.depth > MAX_DEPTH) {
        return vec![Refusal::TooDeep(deep.range.clone())];
    }
    places.iter().filter_map(|place| refused_feature(text, place)).collect()
}

/// Control characters, and the line breaks of YAML 1.1 that no editor shows as such.
fn is_refused(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// True when there may be an anchor, an alias, a tag, or deep nesting.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut before = b'\n';
    let mut brackets = 0_usize;
    let mut indent = 0_usize;
    let mut at_line_start = true;
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b'&' | b'*' | b'!' => {
                let after = bytes.get(at + 1).copied().unwrap_or(b' ');
                let starts = matches!(before, b' ' | b'\n' | b'\t' | b'[' | b'{' | b',' | b'\r');
                // A lone `!` is a tag, too; `& ` and `* ` are not anchors.
                if starts && (byte == b'!' || !after.is_ascii_whitespace()) {
                    return true;
                }
            }
            b'[' | b'{' => {
                brackets += 1;
                if brackets > MAX_DEPTH {
                    return true;
                }
            }
            b']' | b'}' => brackets = brackets.saturating_sub(1),
            b'\n' => {
                indent = 0;
                at_line_start = true;
                before = byte;
                continue;
            }
            b' ' | b'-' | b'?' if at_line_start => {
                indent += 1;
                if indent > MAX_DEPTH {
                    return true;
                }
            }
            _ => at_line_start = false,
        }
        before = byte;
    }
    false
}

/// Where brackets lie so deep inside each other, outside of quotes and comments, that even the
/// event parser would take its time.
fn deep_brackets(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut before = b'\n';
    let mut comment = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (_, b'\n') => {
                comment = false;
                quote = None;
            }
            _ if comment => {}
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if !before.is_ascii_alphanumeric() => quote = Some(byte),
            (None, b'#') if before.is_ascii_whitespace() => comment = true,
            (None, b'[' | b'{') => {
                depth += 1;
                if depth > 2 * MAX_DEPTH {
                    return Some(at);
                }
            }
            (None, b']' | b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = byte;
    }
    None
}

/// The mark itself: it stands before the node that the parser gives.
fn refused_feature(text: &str, place: &Place) -> Option<Refusal> {
    let feature = place.feature?;
    let mark = match feature {
        Feature::Anchor => '&',
        Feature::Alias => '*',
        Feature::Tag => '!',
    };
    let start = place.range.start.min(text.len());
    let from = match text.get(start..)?.starts_with(mark) {
        true => start,
        false => text.get(..start)?.rfind(mark)?,
    };
    let rest = text.get(from..)?;
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Some(Refusal::Feature(feature, from..from + length))
}

#[cfg(test)]
mod tests {
    use super::{Feature, Refusal, refusals};

    #[test]
    fn ordinary_texts_pass() {
        for text in [
            "title: Principals & assistant principals\n",
            "note: \"*bold* & [brackets]\"\n",
            "a: b!\nlist: [1, 2, {c: d}]\n",
            "eligibility: |\n  **Equity** leaders & teams\n",
        ] {
            assert_eq!(refusals(text), [], "{text}");
        }
    }

    #[test]
    fn anchors_aliases_and_tags_are_found_where_they_stand() {
        assert_eq!(
            refusals("a: &x 1\nb: *x\nc: !!str 2\n"),
            [
                Refusal::Feature(Feature::Anchor, 3..5),
                Refusal::Feature(Feature::Alias, 11..13),
                Refusal::Feature(Feature::Tag, 17..22),
            ]
        );
    }

    #[test]
    fn deep_nesting_is_refused_at_once() {
        for text in ["{a: ".repeat(20_000), "[".repeat(60_000), "- ".repeat(30_000)] {
            let refused = refusals(&text);
            assert!(matches!(refused.as_slice(), [Refusal::TooDeep(_)]), "{:.20}", text);
        }
    }

    #[test]
    fn control_characters_are_refused() {
        assert_eq!(refusals("a: b\0c"), [Refusal::Control('\0', 4..5)]);
        assert_eq!(refusals("a: b\u{2028}c"), [Refusal::Control('\u{2028}', 4..7)]);
    }
}
