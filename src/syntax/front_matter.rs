//! Where the front matter of a Markdown file begins and ends.

use std::ops::Range;

/// The parts of a Markdown file, as byte ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// YAML between two lines of hyphens, and what follows.
    Parts { yaml: Range<usize>, body: Range<usize> },
    /// The file does not begin with a line of hyphens.
    Missing,
    /// The line of hyphens at the beginning has no counterpart; its bytes.
    Unclosed { opening: Range<usize> },
}

/// Splits a Markdown file. A byte-order mark before it, blank lines before the first line of
/// hyphens, spaces after the hyphens, and CRLF are all accepted.
pub(super) fn split(text: &str) -> Split {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let start = text[..start].rfind('\n').map_or_else(
        || if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        |newline| newline + 1,
    );
    let mut lines = Lines { text, at: start };
    let Some(opening) = lines.next().filter(|line| is_fence(&text[line.clone()])) else {
        return Split::Missing;
    };
    let yaml_start = lines.at;
    while let Some(line) = lines.next() {
        if is_fence(&text[line.clone()]) {
            return Split::Parts { yaml: yaml_start..line.start, body: lines.at..text.len() };
        }
    }
    let end = opening.start + text[opening.clone()].trim_end().len();
    Split::Unclosed { opening: opening.start..end }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Lines as byte ranges, with their endings.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let line = self.at..self.at + length;
        self.at = line.end;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::{Split, split};

    #[track_caller]
    fn parts(text: &str, yaml: &str, body: &str) {
        match split(text) {
            Split::Parts { yaml: y, body: b } => {
                assert_eq!((&text[y], &text[b]), (yaml, body));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn front_matter_and_body_come_apart() {
        parts("---\na: 1\n---\nBody\n", "a: 1\n", "Body\n");
        parts("---\n---\n", "", "");
        parts("---\na: 1\n---", "a: 1\n", "");
        parts("\u{feff}---\r\na: 1\r\n---\r\nBody", "a: 1\r\n", "Body");
        parts("\n\n---  \na: 1\n--- \n\nBody", "a: 1\n", "\nBody");
        parts("---\na: 1\n---\nBody\n---\nmore", "a: 1\n", "Body\n---\nmore");
    }

    #[test]
    fn what_is_missing_is_told_apart() {
        assert_eq!(split(""), Split::Missing);
        assert_eq!(split("title: x\n"), Split::Missing);
        assert_eq!(split("----\n"), Split::Missing);
        assert_eq!(split("---\ntitle: x\n"), Split::Unclosed { opening: 0..3 });
    }
}
