//! What is wrong and where: the one vocabulary in which every stage reports.
//!
//! A diagnostic is data. Colour, width and file formats belong to `report`.

mod code;
mod wording;

pub use code::Code;
pub use wording::{Count, did_you_mean, either, nearest, ticked};

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is written while there is one.
    Error,
    /// Worth a look; `--strict` makes it an error.
    Warning,
}

/// A place and what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words shown at the place; may be empty.
    pub text: String,
}

/// One fault of the content, told so that its author can mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The check that found it; its name is stable.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in the author's words: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// The other places that it has to do with: "also booked here".
    pub secondary: Vec<Label>,
    /// How to mend it: whole sentences without a full stop, best first.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic with the severity that belongs to its code.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label { span, text: String::new() },
            secondary: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A few words at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Another place that it has to do with.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// A way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A way to mend it, if there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }
}

/// A value, and all that there was to say while it was made.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The value, as whole as it could be made.
    pub value: T,
    /// Errors and warnings, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// True when one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
