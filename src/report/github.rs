//! The form for GitHub Actions: workflow commands that become annotations at file and line.

use std::fmt::Write as _;

use super::{shown, word};
use crate::diag::Diagnostic;
use crate::source::Sources;

/// All diagnostics, one workflow command a line. Annotations want paths from the repository's
/// root; `folder` is where the project is in it: nothing, or `learning/`.
pub fn github(sources: &Sources, diagnostics: &[Diagnostic], folder: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let place = shown(sources, diagnostic.primary.span);
        let mut message = diagnostic.message.clone();
        for hint in &diagnostic.hints {
            message.push_str("\nhelp: ");
            message.push_str(hint);
        }
        // Columns are shown only within one line.
        let columns = if place.start.line == place.end.line {
            format!(",col={},endColumn={}", place.start.column, place.end.column)
        } else {
            String::new()
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            word(diagnostic.severity),
            property(&format!("{folder}{}", place.file.path)),
            place.start.line,
            place.end.line,
            property(diagnostic.code.name()),
            data(&message),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{Sources, Span};

    #[test]
    fn a_message_cannot_leave_its_command() {
        let sources = Sources::from_texts([("content/a,b.md", "x")]);
        let file = sources.find("content/a,b.md").unwrap();
        let diagnostic =
            Diagnostic::new(Code::UnknownField, Span::bytes(file, 0..1), "100 %\n::error::x");
        assert_eq!(
            github(&sources, &[diagnostic], "a:b/"),
            "::error file=a%3Ab/content/a%2Cb.md,line=1,endLine=1,col=1,endColumn=2,title=unknown-field::100 %25%0A::error::x\n"
        );
    }

    #[test]
    fn columns_are_of_one_line() {
        let sources = Sources::from_texts([("content/a.md", "ab\ncd\n")]);
        let span = Span::bytes(sources.find("content/a.md").unwrap(), 1..4);
        let diagnostic = Diagnostic::new(Code::UnknownField, span, "no").hint("do").hint("or do");
        assert_eq!(
            github(&sources, &[diagnostic], ""),
            "::error file=content/a.md,line=1,endLine=2,title=unknown-field::no%0Ahelp: do%0Ahelp: or do\n"
        );
    }
}
