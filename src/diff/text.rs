//! A difference for a terminal, 80 columns wide.

use unicode_width::UnicodeWidthStr;

use super::difference::{Change, Difference, Entry};
use super::words::{happened, sections, subject, summary};

/// How wide a line is at most, unless a single word is wider.
const WIDTH: usize = 80;

/// A difference as text, with a line's end at its end.
pub fn text(difference: &Difference) -> String {
    let mut out = Lines::default();
    out.line(0, &summary(difference));
    for (title, entries) in sections(difference) {
        out.line(0, "");
        out.line(0, title);
        for entry in entries {
            write_entry(&mut out, entry);
        }
    }
    out.text
}

fn write_entry(out: &mut Lines, entry: &Entry) {
    out.line(2, &entry.title);
    for line in &entry.about {
        out.line(4, line);
    }
    if !entry.about.is_empty() {
        out.line(4, &entry.url);
    }
    for change in &entry.changes {
        write_change(out, change);
    }
}

fn write_change(out: &mut Lines, change: &Change) {
    let happened = happened(change.kind);
    match subject(change) {
        Some(subject) => out.line(4, &format!("{happened}: {subject}")),
        None => out.line(4, happened),
    }
    let parts = [("was", &change.was), ("now", &change.now), ("why", &change.reason)];
    for (label, words) in parts {
        if let Some(words) = words {
            out.labelled(6, label, words);
        }
    }
}

/// Lines, broken where they are too long.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, indent: usize, words: &str) {
        self.wrapped(&" ".repeat(indent), indent, words);
    }

    /// Words beside a label, the lines after the first below the words.
    fn labelled(&mut self, indent: usize, label: &str, words: &str) {
        let first = format!("{}{label}  ", " ".repeat(indent));
        let width = first.width();
        self.wrapped(&first, width, words);
    }

    fn wrapped(&mut self, first: &str, indent: usize, words: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        // What a terminal takes for a command is no word of a title.
        let clean = words.replace(|c: char| c.is_control() && c != '\n', "\u{b7}");
        for word in clean.split_whitespace() {
            if !empty && line.width() + 1 + word.width() > WIDTH {
                self.end(&line);
                line = " ".repeat(indent);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.end(&line);
    }

    fn end(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}
