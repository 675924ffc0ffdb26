//! The form for people: each fault with the line on which it stands, underlined, and its mend.
//!
//! At most 80 columns wide, and whole without colour.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Shown, label_text, shown, word};
use crate::diag::{Count, Diagnostic, Label, Severity};
use crate::source::Sources;

const WIDTH: usize = 80;

/// Roles that a text may have; what colours they get is decided here alone.
#[derive(Clone, Copy)]
enum Role {
    Error,
    Warning,
    Place,
    Help,
    Strong,
}

/// All diagnostics, ordered as given, and a last line that counts them. Nothing if there are none.
pub fn human(sources: &Sources, diagnostics: &[Diagnostic], color: bool) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&passage(sources, diagnostic, color));
        out.push('\n');
    }
    if !diagnostics.is_empty() {
        out.push_str(&count(diagnostics));
        out.push('\n');
    }
    out
}

/// One diagnostic, as it stands among all.
pub fn passage(sources: &Sources, diagnostic: &Diagnostic, color: bool) -> String {
    let mut out = String::new();
    one(&mut out, sources, diagnostic, color);
    out
}

/// `3 errors and 1 warning in 2 files`
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|one| one.severity == severity).count();
    let files: BTreeSet<_> = diagnostics.iter().map(|one| one.primary.span.file).collect();
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let both = match (errors, warnings) {
        (0, _) => Count::of(warnings, "warning").to_string(),
        (_, 0) => Count::of(errors, "error").to_string(),
        _ => format!("{} and {}", Count::of(errors, "error"), Count::of(warnings, "warning")),
    };
    format!("{both} in {}", Count::of(files.len(), "file"))
}

fn one(out: &mut String, sources: &Sources, diagnostic: &Diagnostic, color: bool) {
    let role = match diagnostic.severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
    };
    let head = format!("{}[{}]", word(diagnostic.severity), diagnostic.code);
    let message = wrapped(&diagnostic.message, head.len() + 1, 2);
    out.push_str(&painted(&head, role, color));
    out.push(':');
    out.push_str(&painted(&message, Role::Strong, color));
    out.push('\n');

    let primary = shown(sources, diagnostic.primary.span);
    let others: Vec<(Shown<'_>, &Label)> =
        diagnostic.secondary.iter().map(|label| (shown(sources, label.span), label)).collect();
    let widest = others.iter().map(|(shown, _)| shown.start.line).chain([primary.start.line]).max();
    let gutter = widest.unwrap_or(1).to_string().len();

    place(out, "-->", gutter, &primary, color);
    excerpt(out, &primary, &diagnostic.primary, '^', gutter, (role, color));
    for (other, label) in &others {
        if other.file.path == primary.file.path {
            pad(out, gutter);
            out.push_str(" ...\n");
        } else {
            place(out, ":::", gutter, other, color);
        }
        excerpt(out, other, label, '-', gutter, (Role::Place, color));
    }
    for hint in &diagnostic.hints {
        pad(out, gutter);
        let words = wrapped(hint, gutter + 8, gutter + 9);
        let _ = writeln!(out, " = {}{words}", painted("help:", Role::Help, color));
    }
}

fn place(out: &mut String, arrow: &str, gutter: usize, shown: &Shown<'_>, color: bool) {
    pad(out, gutter);
    let path: String = shown.file.path.chars().map(visible).collect();
    let at = format!("{path}:{}:{}", shown.start.line, shown.start.column);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{} {at}", painted(arrow, Role::Place, color));
}

/// The line, and under it what is meant.
fn excerpt(
    out: &mut String,
    shown: &Shown<'_>,
    label: &Label,
    mark: char,
    gutter: usize,
    (role, color): (Role, bool),
) {
    let Some(text) = shown.file.text() else { return };
    let start = floor(text, shown.range.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let line_bom = line.trim_start_matches('\u{feff}');
    let bom = line.len() - line_bom.len();
    if line_bom.trim().is_empty() && shown.range.is_empty() && label_text(label).is_none() {
        return;
    }
    let from = (start - line_start).saturating_sub(bom).min(line_bom.len());
    let to =
        floor(text, shown.range.end).saturating_sub(line_start + bom).clamp(from, line_bom.len());
    let cut = Cut::around(line_bom, from, to, WIDTH - gutter - 3);

    let number = shown.start.line.to_string();
    let bar = painted("|", Role::Place, color);
    pad(out, gutter);
    let _ = writeln!(out, " {bar}");
    pad(out, gutter - number.len().min(gutter));
    let _ = writeln!(out, "{} {bar} {}", painted(&number, Role::Place, color), cut.text);
    let marks: String = std::iter::repeat_n(mark, cut.width.max(1)).collect();
    pad(out, gutter);
    let _ = write!(out, " {bar} {}{}", " ".repeat(cut.before), painted(&marks, role, color));
    if let Some(words) = label_text(label) {
        let column = gutter + 3 + cut.before + cut.width.max(1);
        if column + 1 + words.width() <= WIDTH {
            out.push_str(&painted(&wrapped(words, column, gutter + 3), role, color));
        } else {
            // No room beside the marks: below them, from the gutter on.
            let _ = writeln!(out);
            pad(out, gutter);
            let words = wrapped(words, gutter + 2, gutter + 3);
            let _ = write!(out, " {bar}{}", painted(&words, role, color));
        }
    }
    out.push('\n');
}

/// A line as it is shown: tabs as spaces, control characters as dots, long ones cut.
struct Cut {
    text: String,
    /// Columns before the marked part.
    before: usize,
    /// Columns of the marked part.
    width: usize,
}

impl Cut {
    fn around(line: &str, from: usize, to: usize, room: usize) -> Self {
        let cells: Vec<(usize, String)> =
            line.char_indices().map(|(at, c)| (at, visible(c))).collect();
        let width_of =
            |cells: &[(usize, String)]| cells.iter().map(|(_, c)| c.width()).sum::<usize>();
        let index = |byte: usize| cells.partition_point(|(at, _)| *at < byte);
        let (first, last) = (index(from), index(to));
        let (mut start, mut end) = (0, cells.len());
        if width_of(&cells) > room {
            let inner = room.saturating_sub(6);
            let marked = width_of(&cells[first..last]).min(inner);
            // Keep what stands before the place, as far as there is room.
            let mut lead = 0;
            start = first;
            while start > 0 && lead + marked < inner.max(marked) && lead < inner / 2 {
                start -= 1;
                lead += cells[start].1.width();
            }
            let mut used = 0;
            end = start;
            while end < cells.len() && used + cells[end].1.width() <= inner {
                used += cells[end].1.width();
                end += 1;
            }
        }
        let (lead, tail) =
            (if start > 0 { "..." } else { "" }, if end < cells.len() { "..." } else { "" });
        let body: String = cells[start..end].iter().map(|(_, c)| c.as_str()).collect();
        Self {
            text: format!("{lead}{body}{tail}"),
            before: lead.len() + width_of(&cells[start..first.clamp(start, end)]),
            width: width_of(
                &cells[first.clamp(start, end)..last.clamp(first.clamp(start, end), end)],
            ),
        }
    }
}

/// A character as it is shown: a tab as spaces, and as a dot what cannot be seen, or what a terminal
/// would obey: controls, marks of direction, joiners, spaces without width.
fn visible(c: char) -> String {
    match c {
        '\t' => "  ".to_owned(),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => "\u{b7}".to_owned(),
        c if c.is_control() => "\u{b7}".to_owned(),
        c => c.to_string(),
    }
}

/// The words of a text, each after a space or on a new line, and a word that is longer than a line
/// broken anywhere. The first line begins at one column, the others are indented.
fn wrapped(text: &str, first: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut column = first;
    for word in text.split_whitespace() {
        let word: String = word.chars().map(visible).collect();
        let fits = column + 1 + word.width() <= WIDTH;
        let breaks_anyway = indent + word.width() > WIDTH && column + 2 < WIDTH;
        if fits || breaks_anyway {
            out.push(' ');
            column += 1;
        } else {
            new_line(&mut out, &mut column, indent);
        }
        for c in word.chars() {
            let width = c.width().unwrap_or(0);
            if column + width > WIDTH {
                new_line(&mut out, &mut column, indent);
            }
            out.push(c);
            column += width;
        }
    }
    out
}

fn new_line(out: &mut String, column: &mut usize, indent: usize) {
    out.push('\n');
    pad(out, indent);
    *column = indent;
}

fn pad(out: &mut String, columns: usize) {
    out.extend(std::iter::repeat_n(' ', columns));
}

fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn painted(text: &str, role: Role, color: bool) -> String {
    if !color || text.is_empty() {
        return text.to_owned();
    }
    let code = match role {
        Role::Error => "1;31",
        Role::Warning => "1;33",
        Role::Place => "1;34",
        Role::Help => "1;36",
        Role::Strong => "1",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::human;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{Sources, Span};

    fn report(text: &str, range: std::ops::Range<usize>) -> String {
        let sources = Sources::from_texts([("content/a.md", text)]);
        let file = sources.find("content/a.md").unwrap();
        let span = Span::bytes(file, range);
        let diagnostic =
            Diagnostic::new(Code::UnknownField, span, "`titel` is not a field of an offering")
                .label("here")
                .hint("did you mean `title`?");
        human(&sources, &[diagnostic], false)
    }

    #[test]
    fn a_fault_is_shown_with_its_line_and_its_mend() {
        assert_eq!(
            report("---\ntitel: x\n---\n", 4..9),
            "error[unknown-field]: `titel` is not a field of an offering\n \
             --> content/a.md:2:1\n  \
             |\n\
             2 | titel: x\n  \
             | ^^^^^ here\n  \
             = help: did you mean `title`?\n\n\
             1 error in 1 file\n"
        );
    }

    #[test]
    fn lines_fit_into_80_columns() {
        let long = format!("---\n{}titel: {}\n---\n", "é".repeat(200), "界 ".repeat(200));
        let at = 4 + 400;
        for text in
            [report(&long, at..at + 5), report(&long, at..at + 300), report("a\tb\u{0}c", 0..5)]
        {
            for line in text.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
            }
        }
    }

    #[test]
    fn places_at_the_edges_are_no_trouble() {
        for (text, range) in
            [("", 0..0), ("a", 1..1), ("\u{feff}a\r\n", 0..3), ("é", 1..1), ("a\n", 2..2)]
        {
            assert!(report(text, range).contains("content/a.md:"));
        }
    }

    #[test]
    fn messages_of_any_length_fit_into_80_columns() {
        let sources = Sources::from_texts([("content/a.md", "x")]);
        let span = Span::bytes(sources.find("content/a.md").unwrap(), 0..1);
        for word in ["a", "word", "界", &"long".repeat(60)] {
            let text = [word; 70].join(" ");
            let diagnostic = Diagnostic::new(Code::UnknownField, span, &text)
                .label(&text)
                .hint(&text)
                .also(span, &text);
            let shown = human(&sources, &[diagnostic], false);
            for line in shown.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
                assert_eq!(line, line.trim_end());
            }
        }
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        let evil = "a\u{1b}[2J\u{202e}b\rc\u{7}";
        let path = format!("content/{evil}.md");
        let sources = Sources::from_texts([(path.as_str(), evil)]);
        let span = Span::bytes(sources.find(&path).unwrap(), 0..evil.len());
        let diagnostic =
            Diagnostic::new(Code::UnknownField, span, evil).label(evil).hint(evil).also(span, evil);
        let shown = human(&sources, &[diagnostic], false);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
        assert!(!shown.contains('\u{202e}'), "{shown:?}");
    }

    #[test]
    fn marks_stand_under_what_they_mean() {
        let line = |text: &str, range| {
            let shown = report(text, range);
            shown.lines().skip(3).take(2).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(line("界a: x", 3..4), "1 | 界a: x\n  |   ^ here");
        assert_eq!(line("e\u{301}a", 3..4), "1 | e\u{301}a\n  |  ^ here");
        assert_eq!(line("\ta", 1..2), "1 |   a\n  |   ^ here");
        assert_eq!(line("\u{feff}ab\r\n", 4..5), "1 | ab\n  |  ^ here");
        assert_eq!(line("ab\r\ncd", 1..6), "1 | ab\n  |  ^ here");
        assert_eq!(line("ab", 2..2), "1 | ab\n  |   ^ here");
    }

    #[test]
    fn other_places_are_shown_with_their_words() {
        let sources = Sources::from_texts([("content/a.md", "a\nb\n"), ("content/b.md", "c\n")]);
        let at = |file: &str, byte: usize| Span::bytes(sources.find(file).unwrap(), byte..byte + 1);
        let diagnostic = Diagnostic::new(Code::DuplicateId, at("content/a.md", 2), "twice")
            .also(at("content/a.md", 0), "first here")
            .also(at("content/b.md", 0), "and here");
        let mut warning = Diagnostic::new(Code::NoEnrollLink, at("content/b.md", 0), "none");
        warning.hints = vec!["add `url`".to_owned()];
        assert_eq!(
            human(&sources, &[diagnostic, warning], false),
            "error[duplicate-id]: twice\n \
             --> content/a.md:2:1\n  \
             |\n\
             2 | b\n  \
             | ^\n  \
             ...\n  \
             |\n\
             1 | a\n  \
             | - first here\n \
             ::: content/b.md:1:1\n  \
             |\n\
             1 | c\n  \
             | - and here\n\
             \n\
             warning[no-enroll-link]: none\n \
             --> content/b.md:1:1\n  \
             |\n\
             1 | c\n  \
             | ^\n  \
             = help: add `url`\n\
             \n\
             1 error and 1 warning in 2 files\n"
        );
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let sources = Sources::from_texts([("content/a.md", "ab\n")]);
        let span = Span::bytes(sources.find("content/a.md").unwrap(), 0..2);
        let diagnostic = Diagnostic::new(Code::UnknownField, span, "no")
            .label("here")
            .hint("do")
            .also(span, "x");
        let plain = human(&sources, std::slice::from_ref(&diagnostic), false);
        let colored = human(&sources, &[diagnostic], true);
        assert_ne!(plain, colored);
        let mut bare = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            let part = if index == 0 { part } else { &part[part.find('m').unwrap() + 1..] };
            bare.push_str(part);
        }
        assert_eq!(bare, plain);
    }

    #[test]
    fn any_place_in_any_text_can_be_shown() {
        let wide = format!("a: {} b", "界".repeat(50));
        let marks = format!("\u{feff}{}\u{200b}\tz", "e\u{301}".repeat(90));
        let long = "x".repeat(10_000);
        for text in
            ["", "\n", "\r\n\r\n", "a\r\nb\tc\n", "\u{feff}", "é\u{2028}ü\n\nß", &wide, &marks]
        {
            for start in 0..=text.len() + 2 {
                for end in [start, start + 1, start + 7, text.len(), usize::MAX] {
                    let shown = report(text, start..end);
                    let widest = shown.lines().map(unicode_width::UnicodeWidthStr::width).max();
                    assert!(widest <= Some(80), "{start}..{end}\n{shown}");
                }
            }
        }
        for start in (0..long.len()).step_by(997) {
            let shown = report(&long, start..start + 5);
            assert!(shown.contains("\n  | ") && shown.contains("^^^^^"), "{shown}");
        }
    }
}
