//! One file: front matter and Markdown apart, the YAML read, every fault in plain words.

use std::ops::Range;
use std::sync::OnceLock;

use super::guard::{self, Verdict};
use super::locate::Ranges;
use super::node::{Kind, Node, TreeFault, tree};
use super::{encoding, mistake};
use crate::diag::{Code, Diagnostic, Warned};
use crate::source::{Content, FileId, Sources, Span};

/// Front matter is at most so large.
const MAX_FRONT_MATTER: usize = 64 * 1024;
/// A Markdown body, and a file that is YAML as a whole, is at most so large.
const MAX_BODY: usize = 1024 * 1024;

/// One file, read. It borrows its words from the source.
#[derive(Debug)]
pub struct Document<'s> {
    /// The file.
    pub file: FileId,
    /// The YAML, which is a map; none when it could not be read, which has then been reported.
    pub root: Option<Node<'s>>,
    /// The Markdown below the front matter, as bytes of the file; none in a YAML file.
    pub body: Option<Range<usize>>,
    text: &'s str,
    yaml: Range<usize>,
    ranges: OnceLock<Ranges>,
}

impl<'s> Document<'s> {
    /// The words of a node as they stand in the source: for a text that YAML took for a number.
    ///
    /// The first call walks the whole file; it is rare enough for that.
    pub fn raw(&self, node: u32) -> &'s str {
        let ranges = self.ranges.get_or_init(|| Ranges::of(self.text, self.yaml.clone()));
        self.text.get(ranges.get(node)).unwrap_or_default()
    }

    /// The Markdown below the front matter.
    pub fn body_text(&self) -> &'s str {
        self.body.clone().and_then(|range| self.text.get(range)).unwrap_or_default()
    }

    fn unread(file: FileId) -> Self {
        Self { file, root: None, body: None, text: "", yaml: 0..0, ranges: OnceLock::new() }
    }
}

/// Reads a file of YAML, or of YAML and Markdown, by its name.
///
/// `may_be_empty` is for collections in one file, which may hold no entry yet.
pub fn read(sources: &Sources, file: FileId, may_be_empty: bool) -> Warned<Document<'_>> {
    let source = sources.get(file);
    let text = match &source.content {
        Content::Text(text) => text,
        Content::Binary(bytes) => {
            let diagnostics = vec![encoding::not_utf8(file, bytes)];
            return Warned { value: Document::unread(file), diagnostics };
        }
        Content::Unread(why) => {
            let diagnostics = vec![encoding::unread(file, source, why)];
            return Warned { value: Document::unread(file), diagnostics };
        }
    };
    let mut diagnostics = Vec::new();
    let parts = if is_markdown(&source.path) { split(text) } else { Split::all_yaml(text) };
    let (yaml, body) = match parts {
        Split::Parts { yaml, body } => (yaml, body),
        Split::Fault(range, code, message, hint) => {
            diagnostics.push(Diagnostic::new(code, Span::bytes(file, range), message).hint(hint));
            return Warned { value: Document::unread(file), diagnostics };
        }
    };
    if let Some(body) = &body {
        diagnostics.extend(body_faults(file, text, body));
    }
    let limit = if body.is_some() { MAX_FRONT_MATTER } else { MAX_BODY };
    let mut root = None;
    if yaml.len() > limit {
        diagnostics.push(too_large(file, yaml.start, yaml.len(), limit, body.is_some()));
    } else {
        root = read_yaml(file, text, &yaml, may_be_empty, &mut diagnostics);
    }
    let value = Document { file, root, body, text, yaml, ranges: OnceLock::new() };
    Warned { value, diagnostics }
}

/// The bytes of a file that are YAML.
pub(super) fn yaml_range(path: &str, text: &str) -> Range<usize> {
    let parts = if is_markdown(path) { split(text) } else { Split::all_yaml(text) };
    match parts {
        Split::Parts { yaml, .. } => yaml,
        Split::Fault(..) => 0..0,
    }
}

fn is_markdown(path: &str) -> bool {
    path.ends_with(".md")
}

enum Split {
    Parts { yaml: Range<usize>, body: Option<Range<usize>> },
    Fault(Range<usize>, Code, String, String),
}

impl Split {
    fn all_yaml(text: &str) -> Self {
        Self::Parts { yaml: mark_len(text)..text.len(), body: None }
    }
}

fn mark_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Lines with the byte at which each begins.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// Text that another program saved in a way that has no lines as we know them.
fn other_program(text: &str, first: &str) -> Option<(Code, &'static str, &'static str)> {
    let start = text.as_bytes().get(..text.len().min(64)).unwrap_or_default();
    let zeros = start.iter().filter(|&&byte| byte == 0).count();
    if start.len() >= 8 && zeros * 5 >= start.len() * 2 {
        let message = "this file is saved as UTF-16 (“Unicode” in Notepad), and must be UTF-8";
        return Some((Code::NotUtf8, message, super::encoding::SAVE));
    }
    first.contains('\r').then_some((
        Code::ControlCharacter,
        "this file has the line ends of old Mac files, and is one line here",
        "save the file with the line ends of Unix or Windows",
    ))
}

fn split(text: &str) -> Split {
    const FORM: &str = "begin the file with a line `---`, then the fields, then a line `---`, then \
                        the text";
    let mut rest = lines(text, mark_len(text)).skip_while(|(_, line)| line.trim().is_empty());
    let Some((open, first)) = rest.next() else {
        let message = "this file is empty".to_owned();
        return Split::Fault(0..0, Code::MissingFrontMatter, message, FORM.to_owned());
    };
    let shown = open..open + first.trim_end().len();
    let first = first.trim_end();
    if let Some((code, message, hint)) = other_program(text, first) {
        return Split::Fault(open..open, code, message.to_owned(), hint.to_owned());
    }
    if first != "---" {
        let dashes = first.chars().all(|c| matches!(c, '-' | '–' | '—' | ' '));
        let message = if dashes {
            format!("this line is `{first}`, and must be `---`: three hyphens and nothing else")
        } else {
            "the front matter is missing: the first line must be `---`".to_owned()
        };
        return Split::Fault(shown, Code::MissingFrontMatter, message, FORM.to_owned());
    }
    let mut almost = None;
    let after_open = lines(text, open).nth(1).map_or(text.len(), |(at, _)| at);
    for (at, line) in rest {
        let bare = line.trim_end();
        if bare == "---" {
            return Split::Parts { yaml: after_open..at, body: Some(at + line.len()..text.len()) };
        }
        let dashes = bare.trim();
        let looks = dashes.len() > 1 && dashes.chars().all(|c| matches!(c, '-' | '–' | '—'));
        if almost.is_none() && looks {
            let number = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
            almost = Some(format!("line {number} is `{bare}`: make it `---` to end the fields"));
        }
    }
    let message = "the front matter that begins here is never closed".to_owned();
    let hint = almost
        .unwrap_or_else(|| "put a line `---` after the last field, before the text".to_owned());
    Split::Fault(shown, Code::UnclosedFrontMatter, message, hint)
}

fn body_faults(file: FileId, text: &str, body: &Range<usize>) -> Vec<Diagnostic> {
    if body.len() > MAX_BODY {
        return vec![too_large(file, body.start, body.len(), MAX_BODY, false)];
    }
    let written = text.get(body.clone()).unwrap_or_default();
    guard::control_characters(written)
        .into_iter()
        .filter(|refusal| {
            let at = written.get(refusal.range.clone()).unwrap_or_default();
            !at.starts_with(['\u{2028}', '\u{2029}', '\u{feff}', '\r'])
        })
        .map(|refusal| refused(file, body.start, refusal))
        .collect()
}

fn too_large(file: FileId, at: usize, size: usize, limit: usize, front: bool) -> Diagnostic {
    let (what, hint) = if front {
        ("the front matter", "move long text below the front matter")
    } else {
        ("this text", "divide it among several pages")
    };
    let message =
        format!("{what} is {} kB large, and {} kB is the most", size.div_ceil(1024), limit / 1024);
    Diagnostic::new(Code::TooLarge, Span::bytes(file, at..at), message).hint(hint)
}

fn refused(file: FileId, base: usize, refusal: guard::Refusal) -> Diagnostic {
    let range = refusal.range.start + base..refusal.range.end + base;
    Diagnostic::new(refusal.code, Span::bytes(file, range), refusal.message).hint(refusal.hint)
}

fn read_yaml<'s>(
    file: FileId,
    text: &'s str,
    yaml: &Range<usize>,
    may_be_empty: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node<'s>> {
    let slice = text.get(yaml.clone())?;
    let broken = |at: usize| {
        let found = mistake::explain(slice, at);
        let range = found.range.start + yaml.start..found.range.end + yaml.start;
        let mut told = Diagnostic::new(Code::InvalidYaml, Span::bytes(file, range), found.message);
        told.hints = found.hints;
        told
    };
    match guard::inspect(slice) {
        Verdict::Clear => {}
        Verdict::Refused(refusals) => {
            diagnostics.extend(refusals.into_iter().map(|one| refused(file, yaml.start, one)));
            return None;
        }
        Verdict::Broken(at) => {
            diagnostics.push(broken(at));
            return None;
        }
    }
    let tree = match tree(slice) {
        Ok(tree) => tree,
        Err(error) => {
            let at = error.location().map_or(0, |at| byte_of(slice, at.line(), at.column()));
            diagnostics.push(broken(at));
            return None;
        }
    };
    diagnostics.extend(tree.faults.iter().map(|fault| tree_fault(file, fault)));
    match tree.root.kind {
        Kind::Map(_) => Some(tree.root),
        Kind::Null if may_be_empty => Some(Node { id: tree.root.id, kind: Kind::Map(Vec::new()) }),
        Kind::Null => {
            let line_before = text.get(..yaml.start).unwrap_or_default().trim_end().len();
            let span = Span::bytes(file, line_before.saturating_sub(3)..line_before);
            let message = "there are no fields here";
            let hint = "write at least the fields that every entry needs, such as `title: …`";
            diagnostics.push(Diagnostic::new(Code::MissingFrontMatter, span, message).hint(hint));
            None
        }
        _ => {
            let found = mistake::not_fields(slice);
            let range = found.range.start + yaml.start..found.range.end + yaml.start;
            let mut told =
                Diagnostic::new(Code::InvalidYaml, Span::bytes(file, range), found.message);
            told.hints = found.hints;
            diagnostics.push(told);
            None
        }
    }
}

/// The byte at a line and a column that `serde_yaml` counts from 1, in characters.
fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let Some((start, found)) = lines(text, 0).nth(line.saturating_sub(1)) else {
        return text.len();
    };
    let found = found.trim_end_matches(['\r', '\n']);
    let inside = found.char_indices().nth(column.saturating_sub(1));
    start + inside.map_or(found.len(), |(at, _)| at)
}

fn tree_fault(file: FileId, fault: &TreeFault) -> Diagnostic {
    match fault {
        TreeFault::Duplicate { name, first, again } => Diagnostic::new(
            Code::DuplicateField,
            Span::node(file, *again),
            format!("`{}` is written twice", mistake::shown(name)),
        )
        .also(Span::node(file, *first), "first written here")
        .hint("keep the one that is right and remove the other"),
        TreeFault::KeyIsNoName { key } => Diagnostic::new(
            Code::InvalidYaml,
            Span::node(file, *key),
            "brackets stand here where the name of a field is expected",
        )
        .hint("if this is text, put quotes around it"),
        TreeFault::MergeKey { key } => Diagnostic::new(
            Code::YamlFeature,
            Span::node(file, *key),
            "`<<` is a YAML merge key, which catalogs do not use",
        )
        .hint("write the fields out here"),
    }
}
