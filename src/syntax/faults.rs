//! Faults of the text in the words of those who write it: what is wrong, where, and how to mend it.
//!
//! The YAML library's own words never reach a person. They only help to guess which of the usual
//! mistakes was made; the guess is then confirmed by looking at the line.

use std::ops::Range;

use super::events::{self, Feature};
use super::guard::{MAX_DEPTH, Refusal};
use super::yaml::Node;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// What `yaml::parse` says of a second document.
pub(super) const SECOND_DOCUMENT: &str = "second document";

pub(super) fn missing_front_matter(file: FileId, text: &str) -> Diagnostic {
    if text.trim().is_empty() {
        return Diagnostic::new(
            Code::MissingFrontMatter,
            Span::start_of(file),
            "this file is empty",
        )
        .hint("begin it with a line `---`, then the fields, then another line `---`")
        .hint("or delete the file");
    }
    let first_line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let span = Span::bytes(file, start..start + first_line.trim_end().len());
    Diagnostic::new(
        Code::MissingFrontMatter,
        span,
        "the file does not begin with its fields between two lines of `---`",
    )
    .label("the first line must be `---`")
    .hint("put a line `---` before the fields and another one after them, then the text")
}

pub(super) fn unclosed_front_matter(file: FileId, opening: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        Code::UnclosedFrontMatter,
        Span::bytes(file, opening),
        "the fields begin here and never end",
    )
    .label("no second line `---` follows")
    .hint("put a line `---` between the last field and the text")
}

pub(super) fn too_large(
    file: FileId,
    what: &str,
    start: usize,
    bytes: usize,
    limit: usize,
) -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        Span::bytes(file, start..start),
        format!("{what} has {} kB, and at most {} kB are read", bytes.div_ceil(1024), limit / 1024),
    )
    .hint("shorten it, or move a part to a page or a file of its own")
}

pub(super) fn not_utf8(file: FileId, bytes: &[u8]) -> Diagnostic {
    let bad = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = if utf16 {
        "this file is saved as UTF-16, and only UTF-8 is read"
    } else {
        "this file is not saved as UTF-8: there is a character that cannot be read"
    };
    Diagnostic::new(Code::NotUtf8, Span::bytes(file, bad..bad), message)
        .hint("open it in your editor and save it again with the encoding UTF-8")
}

pub(super) fn refused(file: FileId, offset: usize, refusal: &Refusal) -> Diagnostic {
    let span = |range: &Range<usize>| Span::bytes(file, offset + range.start..offset + range.end);
    match refusal {
        Refusal::Control('\t', range) => tab(span(range)),
        Refusal::Control(character, range) => Diagnostic::new(
            Code::ControlCharacter,
            span(range),
            format!("there is an invisible character here (U+{:04X})", u32::from(*character)),
        )
        .label("it cannot be seen, and it cannot be read")
        .hint("delete it, and type the space or the new line again"),
        Refusal::TooDeep(range) => Diagnostic::new(
            Code::TooDeep,
            span(range),
            format!("lists and groups of fields lie inside each other more than {MAX_DEPTH} deep"),
        )
        .hint("no entry needs that: check the brackets and the spaces before the fields"),
        Refusal::Feature(feature, range) => yaml_feature(*feature, span(range)),
    }
}

fn yaml_feature(feature: Feature, span: Span) -> Diagnostic {
    let (message, hint) = match feature {
        Feature::Anchor => (
            "a value cannot begin with `&`: YAML takes it for an anchor",
            "put quotes around the value: \"&…\"",
        ),
        Feature::Alias => (
            "a value cannot begin with `*`: YAML takes it for an alias",
            "put quotes around the value: \"*…\", or write the text out again",
        ),
        Feature::Tag => (
            "a value cannot begin with `!`: YAML takes it for a tag",
            "put quotes around the value: \"!…\"",
        ),
    };
    Diagnostic::new(Code::YamlFeature, span, message).hint(hint)
}

pub(super) fn not_a_map(file: FileId, root: &Node) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidYaml,
        Span::node(file, root.id),
        format!("there are no fields here, but {}", root.value.describe()),
    )
    .label("a field was expected, such as `title: Self as Core`")
    .hint("write each field on a line of its own: its name, a colon, a space, its value")
}

/// A text that is not YAML, by the mistake that was most likely made.
pub(super) fn invalid(
    file: FileId,
    text: &str,
    offset: usize,
    error: &serde_yaml::Error,
) -> Diagnostic {
    let words = error.to_string();
    let span = |range: Range<usize>| Span::bytes(file, offset + range.start..offset + range.end);
    if words.contains(SECOND_DOCUMENT) || words.contains("more than one document") {
        let second = text.find("\n---").map_or(0, |at| at + 1);
        return Diagnostic::new(
            Code::InvalidYaml,
            span(second..(second + 3).min(text.len())),
            "a second set of fields begins here",
        )
        .hint("delete this line `---`, or put the second set into a file of its own");
    }
    let fault = events::places(text).1.map(|(at, _)| at);
    let at = fault.or_else(|| error.location().map(|location| location.index())).unwrap_or(0);
    let at = floor_char(text, at);
    if let Some(diagnostic) = usual_mistake(text, at, &span) {
        return diagnostic;
    }
    let line = line_at(text, at);
    Diagnostic::new(Code::InvalidYaml, span(line), "this line cannot be read")
        .label("something is wrong here or just before")
        .hint("check the spaces before the line: fields that belong together begin in one column")
        .hint("put quotes around a value that has a colon, a `#` or a quote in it")
}

/// Looks for the usual mistakes in the line of the fault, then in the lines before it, for YAML
/// notices many of them late.
fn usual_mistake(
    text: &str,
    at: usize,
    span: &impl Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let mut line = line_at(text, at);
    for _ in 0..40 {
        if let Some(found) = mistake_in(text, &line, span) {
            return Some(found);
        }
        let before = line.start.checked_sub(1)?;
        line = line_at(text, before);
    }
    None
}

fn mistake_in(
    text: &str,
    line: &Range<usize>,
    span: &impl Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let content = &text[line.clone()];
    let place = |from: usize, length: usize| span(line.start + from..line.start + from + length);
    let invalid = |span: Span, message: &str| Diagnostic::new(Code::InvalidYaml, span, message);
    if content.trim_start().starts_with('#') {
        return None;
    }
    let indent = content.len() - content.trim_start_matches([' ', '\t']).len();
    if let Some(found) = content[..indent].find('\t') {
        return Some(tab(place(found, 1)));
    }
    let item = content[indent..].trim_start_matches("- ").trim_start();
    let key_at = content.len() - item.len();
    let Some(colon) = key_end(item) else {
        return no_colon(item, key_at, &place);
    };
    let after = &item[colon + 1..];
    let value = after.trim_start();
    let value_at = content.len() - value.len();
    let key = &item[..colon];
    let length = value.trim_end().len();
    match value.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = closing_quote(value, quote);
            match end {
                None => Some(
                    invalid(place(value_at, length), "this value begins with a quote and does not end with one")
                        .label("the closing quote is missing")
                        .hint(format!("put a {quote} at the end of the value")),
                ),
                Some(end) if !rest_is_blank(&value[end..]) => Some(
                    invalid(place(value_at + end, length - end), "there is text after the closing quote")
                        .label("this stands outside of the quotes")
                        .hint(format!(
                            "put the whole value into quotes of the other kind: `{key}: {other}{}{other}`",
                            value.trim_end(),
                            other = if quote == '"' { '\'' } else { '"' },
                        )),
                ),
                Some(_) => None,
            }
        }
        '[' | '{' if !balanced(value) => Some(
            invalid(place(value_at, length), "a bracket is opened here and not closed")
                .hint("put the closing bracket at the end of the list"),
        ),
        first @ ('@' | '`' | '%') => Some(
            invalid(place(value_at, length), &format!("a value cannot begin with `{first}`"))
                .hint(format!("put quotes around it: `{key}: \"{}\"`", value.trim_end())),
        ),
        '-' if value.starts_with("- ") => Some(
            invalid(place(value_at, length), "a list cannot begin on the line of its name").hint(
                format!(
                    "begin it on the next line, two spaces in, or write `{key}: [{}]`",
                    value[2..].trim()
                ),
            ),
        ),
        _ => {
            let inner =
                value.find(": ").or_else(|| value.trim_end().strip_suffix(':').map(str::len))?;
            Some(
                invalid(place(value_at + inner, 1), "there is a second colon in this line")
                    .label("YAML takes what stands before it for the name of a field")
                    .hint(format!(
                        "put quotes around the value: `{key}: \"{}\"`",
                        value.trim_end().replace('"', "\\\"")
                    )),
            )
        }
    }
}

/// A line without a colon that is no item of a list and no text that goes on.
fn no_colon(item: &str, at: usize, place: &impl Fn(usize, usize) -> Span) -> Option<Diagnostic> {
    let trimmed = item.trim_end();
    if trimmed.is_empty() {
        return None;
    }
    if let Some(rest) = trimmed.strip_prefix('-')
        && !rest.starts_with(['-', ' '])
        && !rest.is_empty()
    {
        let span = place(at, trimmed.len());
        return Some(
            Diagnostic::new(Code::InvalidYaml, span, "a space is missing after the hyphen")
                .hint(format!("write `- {rest}`")),
        );
    }
    let (word, rest) = trimmed.split_once(':')?;
    (is_name(word) && !rest.is_empty()).then(|| {
        let span = place(at, trimmed.len());
        Diagnostic::new(Code::InvalidYaml, span, "a space is missing after the colon")
            .hint(format!("write `{word}: {rest}`"))
    })
}

fn tab(span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidYaml, span, "there is a tab before the field")
        .label("a tab")
        .hint("use spaces: two for each step")
}

/// Where the name of a field ends: the colon that a space or the end of the line follows.
fn key_end(item: &str) -> Option<usize> {
    let colon = item.find(": ").or_else(|| item.trim_end().strip_suffix(':').map(str::len))?;
    is_name(item.get(..colon)?).then_some(colon)
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && !word.starts_with('-')
}

/// The byte after the closing quote.
fn closing_quote(value: &str, quote: char) -> Option<usize> {
    let mut chars = value.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            c if c == quote => {
                if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                } else {
                    return Some(at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

fn rest_is_blank(rest: &str) -> bool {
    let rest = rest.trim();
    rest.is_empty() || rest.starts_with('#')
}

fn balanced(value: &str) -> bool {
    let count = |brackets: [char; 2]| value.chars().filter(|c| brackets.contains(c)).count();
    count(['[', '{']) == count([']', '}'])
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The line in which a byte lies, without its ending.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let content = text[start..end].trim_end_matches('\r');
    start..start + content.len()
}
