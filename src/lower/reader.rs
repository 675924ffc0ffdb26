//! One document under the eyes of the lowering: its values, and the faults found so far.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::{Document, Kind, Node};

use super::fields::Fields;

/// A document and all that was found wrong with it.
pub(super) struct Reader<'a> {
    pub document: &'a Document<'a>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    suggested: Cell<usize>,
}

/// So many faults of one file get a suggestion among many names; it is costly, and a file with more
/// has no mistakes of spelling.
const MAX_SUGGESTIONS: usize = 100;

impl<'a> Reader<'a> {
    pub fn new(document: &'a Document<'a>) -> Self {
        Self { document, diagnostics: RefCell::new(Vec::new()), suggested: Cell::new(0) }
    }

    pub fn file(&self) -> FileId {
        self.document.file
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// True while the nearest of many names may still be looked for.
    pub fn may_suggest(&self, written: &str) -> bool {
        let number = self.suggested.get() + 1;
        self.suggested.set(number);
        number <= MAX_SUGGESTIONS && written.len() <= 40
    }

    /// How much has been reported; compare to learn whether something was.
    pub fn reported(&self) -> usize {
        self.diagnostics.borrow().len()
    }

    /// What has been reported since there were so many.
    pub fn reported_since(&self, before: usize) -> Vec<Diagnostic> {
        self.diagnostics.borrow().iter().skip(before).cloned().collect()
    }

    pub fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }
}

/// A value, under the name of its field.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub reader: &'a Reader<'a>,
    pub name: &'a str,
    pub node: &'a Node<'a>,
}

/// A text short enough for a message, on one line.
pub(super) fn shown(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(60).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}

impl<'a> Value<'a> {
    pub fn span(self) -> Span {
        Span::node(self.reader.file(), self.node.id)
    }

    pub fn spanned<T>(self, value: T) -> Spanned<T> {
        Spanned::new(value, self.span())
    }

    pub fn fault(self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.span(), message)
    }

    pub fn report(self, diagnostic: Diagnostic) {
        self.reader.report(diagnostic);
    }

    /// True where nothing is written, or `~`. `Null` is a name that people have.
    pub fn is_absent(self) -> bool {
        self.node.kind == Kind::Null
            && !self.written().unwrap_or_default().trim().eq_ignore_ascii_case("null")
    }

    /// The words of a value that is neither list nor map, as they were written: YAML takes `2026`
    /// for a number and `true` for a truth, people mean what they type.
    pub fn written(self) -> Option<Cow<'a, str>> {
        match &self.node.kind {
            Kind::Text(text) => Some(Cow::Borrowed(text)),
            Kind::Null | Kind::Bool(_) | Kind::Int(_) | Kind::Float(_) => {
                Some(Cow::Borrowed(self.reader.document.raw(self.node.id)))
            }
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// What stands there, for "but … stands here".
    pub fn found(self) -> String {
        match &self.node.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Bool(word) => format!("`{word}`"),
            Kind::Int(_) | Kind::Float(_) => {
                format!("the number `{}`", shown(self.reader.document.raw(self.node.id)))
            }
            Kind::Text(text) => format!("the text `{}`", shown(text)),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "a group of fields".to_owned(),
        }
    }

    /// Reports a value of another type than the field takes.
    pub fn wrong_type(self, expected: &str, mend: impl Into<String>) {
        let message = format!("`{}` takes {expected}, but {} stands here", self.name, self.found());
        self.report(self.fault(Code::WrongType, message).hint(mend));
    }

    /// A text in one piece, as written but for white space around it; not empty.
    pub fn text(self) -> Option<String> {
        let written = self.words("text")?;
        let text = written.trim();
        if text.is_empty() {
            let message = format!("`{}` is empty", self.name);
            self.report(
                self.fault(Code::MissingField, message)
                    .hint("write some text, or remove the field"),
            );
            return None;
        }
        Some(text.to_owned())
    }

    pub fn spanned_text(self) -> Option<Spanned<String>> {
        self.text().map(|text| self.spanned(text))
    }

    /// The words of a scalar; anything else is reported as no `expected`.
    pub fn words(self, expected: &str) -> Option<Cow<'a, str>> {
        if let Some(written) = self.written() {
            return Some(written);
        }
        let hint = match &self.node.kind {
            Kind::Map(_) => {
                format!("if it is text, put quotes around it: `{}: \"…\"`", self.name)
            }
            _ => format!("write one value without brackets and hyphens: `{}: …`", self.name),
        };
        self.wrong_type(expected, hint);
        None
    }

    pub fn bool(self) -> Option<bool> {
        if let Kind::Bool(value) = self.node.kind {
            return Some(value);
        }
        let word = self.written().unwrap_or_default().trim().to_lowercase();
        let meant = match word.as_str() {
            "yes" | "on" | "y" | "1" | "true" => "true",
            "no" | "off" | "n" | "0" | "false" => "false",
            _ => "true",
        };
        let hint = format!("write `{}: {meant}`, without quotes", self.name);
        self.wrong_type("`true` or `false`", hint);
        None
    }

    /// A whole number from `least` on.
    pub fn whole(self, least: u32) -> Option<Spanned<u32>> {
        match &self.node.kind {
            Kind::Int(number) => {
                let fits = u32::try_from(*number).ok().filter(|number| *number >= least);
                if fits.is_none() {
                    let message = format!(
                        "`{}` is `{number}`, and must be a number from {least} on",
                        self.name
                    );
                    let hint = format!("write a number such as `{}: 30`", self.name);
                    self.report(self.fault(Code::InvalidNumber, message).hint(hint));
                }
                fits.map(|number| self.spanned(number))
            }
            Kind::Float(_) => {
                let raw = shown(self.reader.document.raw(self.node.id));
                let message = format!("`{}` is `{raw}`, and must be a whole number", self.name);
                let hint = format!("write a number such as `{}: 30`", self.name);
                self.report(self.fault(Code::InvalidNumber, message).hint(hint));
                None
            }
            Kind::Text(text) => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let mend = if digits.is_empty() || digits.len() > 9 { "30" } else { &digits };
                let hint =
                    format!("write the number alone, without quotes: `{}: {mend}`", self.name);
                self.wrong_type("a whole number", hint);
                None
            }
            _ => {
                self.wrong_type("a whole number", format!("write a number: `{}: 30`", self.name));
                None
            }
        }
    }

    /// The items of a list. One value alone is no list, and the mend shows the brackets.
    pub fn items(self) -> Option<Vec<Value<'a>>> {
        match &self.node.kind {
            Kind::List(items) => {
                let (reader, name) = (self.reader, self.name);
                let mut found = Vec::with_capacity(items.len());
                for node in items {
                    let item = Value { reader, name, node };
                    if item.is_absent() {
                        let message = format!("an item of `{name}` is empty");
                        let told = item.fault(Code::MissingField, message);
                        item.report(told.hint("write something after the hyphen, or remove it"));
                    } else {
                        found.push(item);
                    }
                }
                Some(found)
            }
            Kind::Map(_) => {
                let hint = "put a hyphen and a space before its first line, and indent the others \
                            by two spaces more";
                self.wrong_type("a list", hint);
                None
            }
            _ => {
                let text = self.written().unwrap_or_default();
                let hint = if text.trim_start().starts_with('-') {
                    format!(
                        "put a space after each hyphen: `- {}`",
                        shown(text.trim_start_matches('-'))
                    )
                } else {
                    format!("put brackets around it: `{}: [{}]`", self.name, shown(&text))
                };
                self.wrong_type("a list", hint);
                None
            }
        }
    }

    /// The items of a list, each read by `read`; those that cannot be read are left out.
    pub fn list<T>(self, read: impl FnMut(Value<'a>) -> Option<T>) -> Vec<T> {
        self.items().unwrap_or_default().into_iter().filter_map(read).collect()
    }

    /// The fields of a map; `example` shows one line of it.
    pub fn fields(self, noun: &'static str, example: &str) -> Option<Fields<'a>> {
        let fields = Fields::of(self, noun);
        if fields.is_none() {
            // What was written alone is most likely the value of that line.
            let line = match (&self.node.kind, example.split_once(": ")) {
                (Kind::Text(text), Some((key, _))) => format!("{key}: {}", shown(text)),
                _ => example.to_owned(),
            };
            let hint = format!("write it in a line of its own, indented below: `{line}`");
            self.wrong_type("a group of fields", hint);
        }
        fields
    }

    /// The node of a field of a map, unless it is left empty.
    pub fn field(self, name: &str) -> Option<&'a Node<'a>> {
        let Kind::Map(entries) = &self.node.kind else { return None };
        let entry = entries.iter().find(|entry| entry.key == name)?;
        (entry.value.kind != Kind::Null).then_some(&entry.value)
    }

    pub fn is_map(self) -> bool {
        matches!(self.node.kind, Kind::Map(_))
    }
}
