//! What reads one file: its nodes, their places, and the faults found so far.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::model::Markdown;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::markdown::outline;
use crate::syntax::{Document, Node, Value};

/// Reads the nodes of one document. Every reader of a type is a function of this shape: it gives
/// the value, or nothing when it has reported why not.
pub(super) struct Reader<'d> {
    document: &'d Document<'d>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self { document, diagnostics: Vec::new() }
    }

    pub(super) fn file(&self) -> FileId {
        self.document.file
    }

    pub(super) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// The place of a node.
    pub(super) fn span(&self, node: &Node) -> Span {
        Span::node(self.document.file, node.id)
    }

    /// The beginning of the file.
    pub(super) fn start(&self) -> Span {
        Span::start_of(self.document.file)
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value of another type than the field takes, and gives nothing.
    pub(super) fn wrong_type<T>(
        &mut self,
        field: &str,
        node: &Node,
        expected: &str,
        example: &str,
    ) -> Option<T> {
        let found = node.value.describe();
        self.report(
            Diagnostic::new(
                Code::WrongType,
                self.span(node),
                format!("`{field}` takes {expected}, and this is {found}"),
            )
            .label(format!("{expected} was expected"))
            .hint(format!("write for example `{example}`")),
        );
        None
    }

    /// Reports a value that is of the right type and not right, and gives nothing.
    pub(super) fn fault<T>(
        &mut self,
        code: Code,
        node: &Node,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<T> {
        self.report(Diagnostic::new(code, self.span(node), message).hint(hint));
        None
    }

    /// A text, or a number or truth value as it was written.
    pub(super) fn words(&mut self, field: &str, node: &Node) -> Option<String> {
        let text = match &node.value {
            Value::Text(text) => text.trim().to_owned(),
            Value::Bool(_) | Value::Whole(_) | Value::Number(_) => {
                self.document.as_written(node).unwrap_or_default()
            }
            Value::Nothing => String::new(),
            Value::List(_) | Value::Map(_) => {
                let example = format!("{field}: some words");
                return self.wrong_type(field, node, "text", &example);
            }
        };
        if text.is_empty() {
            let hint = format!("write something after `{field}:`, or delete the line");
            return self.fault(Code::MissingField, node, format!("`{field}` is empty"), hint);
        }
        Some(text)
    }

    /// `true` or `false`. `yes` and `no` are texts, and said to be.
    pub(super) fn truth(&mut self, field: &str, node: &Node) -> Option<bool> {
        if let Value::Bool(value) = node.value {
            return Some(value);
        }
        let meant = match &node.value {
            Value::Text(text) => match text.to_lowercase().as_str() {
                "yes" | "on" | "y" => "true",
                "no" | "off" | "n" => "false",
                _ => "true",
            },
            _ => "true",
        };
        self.wrong_type(field, node, "`true` or `false`", &format!("{field}: {meant}"))
    }

    /// A whole number that is not negative.
    pub(super) fn whole(&mut self, field: &str, node: &Node) -> Option<u32> {
        match node.value {
            Value::Whole(number) => match u32::try_from(number) {
                Ok(number) if number <= 1_000_000 => Some(number),
                _ => self.fault(
                    Code::InvalidNumber,
                    node,
                    format!("`{field}` cannot be {number}"),
                    "write a whole number from 0 to 1000000",
                ),
            },
            _ => self.wrong_type(field, node, "a whole number", &format!("{field}: 30")),
        }
    }

    /// A whole number from 1 on.
    pub(super) fn positive(&mut self, field: &str, node: &Node) -> Option<u32> {
        let number = self.whole(field, node)?;
        if number == 0 {
            let hint = "write a whole number from 1 on, or delete the line";
            return self.fault(Code::InvalidNumber, node, format!("`{field}` cannot be 0"), hint);
        }
        Some(number)
    }

    /// A Markdown text in a field.
    pub(super) fn markdown(&mut self, field: &str, node: &Node) -> Option<Markdown> {
        let text = self.words(field, node)?;
        let outline = Arc::new(outline(&text));
        Some(Markdown { text: text.into(), span: self.span(node), outline })
    }

    /// The items of a list.
    pub(super) fn items<'n>(&mut self, field: &str, node: &'n Node) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(items) => Some(items),
            Value::Nothing => Some(&[]),
            Value::Text(text) => {
                let example = format!("{field}: [{text}]");
                self.wrong_type(field, node, "a list", &example)
            }
            Value::Bool(_) | Value::Whole(_) | Value::Number(_) => {
                let written = self.document.as_written(node).unwrap_or_default();
                self.wrong_type(field, node, "a list", &format!("{field}: [{written}]"))
            }
            Value::Map(_) => {
                self.report(
                    Diagnostic::new(
                        Code::WrongType,
                        self.span(node),
                        format!("`{field}` takes a list, and this is a group of fields"),
                    )
                    .label("a list was expected")
                    .hint("put a hyphen and a space before its first field, and two spaces before the others"),
                );
                None
            }
        }
    }

    /// A list, each item read by one reader. Items that cannot be read are left out.
    pub(super) fn list<T>(
        &mut self,
        field: &str,
        node: &Node,
        read: impl Fn(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(field, node)?;
        Some(items.iter().filter_map(|item| read(self, field, item)).collect())
    }

    /// A value with its place.
    pub(super) fn placed<T>(
        &mut self,
        field: &str,
        node: &Node,
        read: impl Fn(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = read(self, field, node)?;
        Some(Spanned::new(value, self.span(node)))
    }
}

/// A reader that also gives the place.
pub(super) fn spanned<T>(
    read: impl Fn(&mut Reader<'_>, &str, &Node) -> Option<T>,
) -> impl Fn(&mut Reader<'_>, &str, &Node) -> Option<Spanned<T>> {
    move |reader, field, node| reader.placed(field, node, &read)
}

/// A reader of a list.
pub(super) fn list_of<T>(
    read: impl Fn(&mut Reader<'_>, &str, &Node) -> Option<T>,
) -> impl Fn(&mut Reader<'_>, &str, &Node) -> Option<Vec<T>> {
    move |reader, field, node| reader.list(field, node, &read)
}
