//! What stands between hostile or mistaken YAML and `serde_yaml`: one pass over the bytes, and the
//! event parser for the few texts that the pass cannot clear.
//!
//! An alias of a large text multiplies it without bound, deep nesting costs the square of its
//! depth, and `serde_yaml` tells neither control characters nor second documents with a place.

use std::ops::Range;

use saphyr_parser::{Event, Parser};

use super::locate::CharIndex;
use crate::diag::Code;

/// Lists and maps stand inside each other at most so deep.
pub(super) const MAX_DEPTH: usize = 16;

/// How many of one kind of fault are reported for one file.
const MAX_REPORTED: usize = 20;

/// A reason not to read a text, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub code: Code,
    pub range: Range<usize>,
    pub message: String,
    pub hint: String,
}

/// What the event parser had to say of a suspicious text.
pub(super) enum Verdict {
    /// It may be read.
    Clear,
    /// It may not, for these reasons.
    Refused(Vec<Refusal>),
    /// It is not YAML: the byte at which the event parser gave up.
    Broken(usize),
}

/// Decides whether `serde_yaml` may see the text.
pub(super) fn inspect(text: &str) -> Verdict {
    let control = control_characters(text);
    if !control.is_empty() {
        return Verdict::Refused(control);
    }
    if suspicious(text) { by_events(text) } else { Verdict::Clear }
}

/// Characters that no text has, each kind at its first place: control characters, and what YAML
/// takes for a line end and no editor does.
pub(super) fn control_characters(text: &str) -> Vec<Refusal> {
    let plain = |b: &u8| matches!(b, b'\t' | b'\n' | 0x20..=0x7e);
    if text.bytes().all(|b| plain(&b)) {
        return Vec::new();
    }
    let mut found: Vec<(char, Refusal)> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let crlf = c == '\r' && characters.peek().is_some_and(|&(_, next)| next == '\n');
        let name = match c {
            '\t' | '\n' => continue,
            '\r' if crlf => continue,
            '\r' => "a carriage return without a line feed, the line end of old Mac files",
            '\0' => "a NUL character",
            '\u{85}' | '\u{2028}' | '\u{2029}' => {
                "an invisible line separator, pasted from another program,"
            }
            '\u{feff}' => "an invisible byte-order mark",
            '\u{202a}'..='\u{202e}' => "an invisible sign that turns the direction of the text",
            c if c.is_control() => "an invisible control character",
            _ => continue,
        };
        if found.len() >= MAX_REPORTED || found.iter().any(|(known, _)| *known == c) {
            continue;
        }
        let code = u32::from(c);
        found.push((
            c,
            Refusal {
                code: Code::ControlCharacter,
                range: at..at + c.len_utf8(),
                message: format!("{name} stands here (U+{code:04X})"),
                hint: if c == '\r' {
                    "save the file with the line ends of Unix or Windows".to_owned()
                } else {
                    "delete it: put the cursor here and retype the line".to_owned()
                },
            },
        ));
    }
    found.into_iter().map(|(_, refusal)| refusal).collect()
}

/// True when a byte stands where an anchor, an alias, a tag or a directive could begin, or when the
/// text may be nested too deep. Errs on the side of suspicion.
fn suspicious(text: &str) -> bool {
    let mut depth = 0usize;
    let mut before = b'\n';
    let mut leading = 0usize;
    let mut at_start = true;
    let mut bytes = text.bytes().peekable();
    while let Some(b) = bytes.next() {
        match b {
            b'\n' => {
                leading = 0;
                at_start = true;
                before = b;
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'&' | b'*' | b'!' => {
                let opens = matches!(before, b'\n' | b' ' | b'\t' | b'[' | b'{' | b',' | b':');
                let closes = matches!(bytes.peek(), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
                if opens && (!closes || b == b'!') {
                    return true;
                }
            }
            b'%' if before == b'\n' => return true,
            b'-' | b'.'
                if before == b'\n'
                // A line of three may end the document.
                && bytes.peek() == Some(&b) =>
            {
                return true;
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
        if at_start && matches!(b, b' ' | b'-' | b'?' | b':' | b'\t') {
            leading += 1;
            if leading >= MAX_DEPTH {
                return true;
            }
        } else {
            at_start = false;
        }
        before = b;
    }
    false
}

fn by_events(text: &str) -> Verdict {
    let index = CharIndex::new(text);
    let mut refusals = Vec::new();
    let mut depth = 0usize;
    let mut documents = 0usize;
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = match next {
            Ok(found) => found,
            Err(error) => {
                let at = index.byte(error.marker().index());
                if error.info().contains("unknown anchor") {
                    refusals.push(feature(text, at, '*'));
                    return Verdict::Refused(refusals);
                }
                return if refusals.is_empty() {
                    Verdict::Broken(at)
                } else {
                    Verdict::Refused(refusals)
                };
            }
        };
        let start = index.byte(span.start.index());
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    refusals.push(too_deep(text, start));
                    return Verdict::Refused(refusals);
                }
                (*anchor, tag.is_some())
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth = depth.saturating_sub(1);
                (0, false)
            }
            Event::Alias(_) => {
                refusals.push(feature(text, start, '*'));
                (0, false)
            }
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    refusals.push(second_document(text, start));
                    return Verdict::Refused(refusals);
                }
                (0, false)
            }
            _ => (0, false),
        };
        if anchor > 0 {
            refusals.push(feature(text, sign_before(text, start, '&'), '&'));
        }
        if tag {
            refusals.push(feature(text, sign_before(text, start, '!'), '!'));
        }
        if refusals.len() >= MAX_REPORTED {
            break;
        }
    }
    if refusals.is_empty() { Verdict::Clear } else { Verdict::Refused(refusals) }
}

/// An event begins at its value or at the properties before it; this finds the property's sign.
fn sign_before(text: &str, start: usize, sign: char) -> usize {
    let here = text.get(start..).unwrap_or_default();
    let properties = here.starts_with(['&', '!']);
    if properties {
        let word_end = here.find('\n').unwrap_or(here.len());
        if let Some(at) = here.get(..word_end).and_then(|line| line.find(sign)) {
            return start + at;
        }
    }
    text.get(..start).and_then(|before| before.rfind(sign)).unwrap_or(start)
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find([' ', '\t', '\r', '\n', ',', ']', '}']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn feature(text: &str, at: usize, sign: char) -> Refusal {
    let word = word_at(text, at);
    let shown: String = word.chars().take(40).collect();
    let (name, hint) = match sign {
        '&' => ("a YAML anchor", "write the value out where it is needed, and remove the anchor"),
        '*' => ("a YAML alias", "write the value out here instead of the alias"),
        _ => ("a YAML tag", "remove the tag, and keep the value"),
    };
    Refusal {
        code: Code::YamlFeature,
        range: at..at + word.len().max(1).min(text.len().saturating_sub(at)),
        message: format!("`{shown}` is {name}, which catalogs do not use"),
        hint: format!("{hint}; if it is text, put quotes around it"),
    }
}

fn too_deep(text: &str, at: usize) -> Refusal {
    let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Refusal {
        code: Code::TooDeep,
        range: at..at + end,
        message: format!("lists and maps stand inside each other more than {MAX_DEPTH} deep here"),
        hint: "no field needs more than a few levels: look for brackets or indentation too many"
            .to_owned(),
    }
}

fn second_document(text: &str, at: usize) -> Refusal {
    let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    Refusal {
        code: Code::InvalidYaml,
        range: at..at + line.trim_end().len(),
        message: "a second entry begins here, but a file holds only one".to_owned(),
        hint: "remove this line, or move what follows into a file of its own".to_owned(),
    }
}
