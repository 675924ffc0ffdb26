//! Diagnostics as people and machines read them: human, JSON, GitHub, SARIF.
//!
//! All forms show the same diagnostics in the same order. Their places must be bytes
//! (`syntax::locate`).

mod github;
mod human;
mod json;
mod sarif;

pub use github::github;
pub use human::{count, human, passage};
pub use json::json;
pub use sarif::sarif;

use crate::diag::{Label, Severity};
use crate::source::{Location, Place, SourceFile, Sources, Span};

/// The word for a severity, in every form.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A place as it is shown.
struct Shown<'s> {
    file: &'s SourceFile,
    start: Location,
    end: Location,
    /// Bytes of the file.
    range: std::ops::Range<usize>,
}

fn shown(sources: &Sources, span: Span) -> Shown<'_> {
    let file = sources.get(span.file);
    let range = match span.place {
        Place::Bytes { start, end } => start as usize..end.max(start) as usize,
        // Not located: the file is all that is known.
        Place::Node(_) => 0..0,
    };
    Shown { file, start: file.location(range.start), end: file.location(range.end), range }
}

/// The text of a label, or what it stands for.
fn label_text(label: &Label) -> Option<&str> {
    (!label.text.is_empty()).then_some(label.text.as_str())
}
