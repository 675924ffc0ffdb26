//! The fields of an entry as lines of its file, for programs that change one and leave the others, and
//! every note beside them, as they are.

use std::ops::Range;

use super::document::{read, yaml_range};
use super::locate::Ranges;
use super::node::Kind;
use crate::source::{FileId, Sources};

/// A field of the first level with the lines on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Its lines, as bytes of the file: whole lines, without the notes and empty lines behind them.
    pub lines: Range<usize>,
}

/// The fields of one file as lines.
#[derive(Clone, Debug)]
pub struct Blocks {
    /// In the order of writing.
    pub fields: Vec<Block>,
    /// All of the YAML, as bytes of the file.
    pub yaml: Range<usize>,
}

impl Blocks {
    /// The lines of a field.
    pub fn find(&self, name: &str) -> Option<&Block> {
        self.fields.iter().find(|block| block.name == name)
    }
}

/// The fields of a file; none when it cannot be read, or is not written line by line.
pub fn blocks(sources: &Sources, file: FileId) -> Option<Blocks> {
    let source = sources.get(file);
    let text = source.text()?;
    let yaml = yaml_range(&source.path, text);
    let document = read(sources, file, false).value;
    let Kind::Map(entries) = &document.root.as_ref()?.kind else { return None };
    let ranges = Ranges::of(text, yaml.clone());
    let mut starts = Vec::with_capacity(entries.len());
    for entry in entries {
        let at = ranges.get(entry.key_id).start;
        let begins_line =
            at == yaml.start || text.as_bytes().get(at.checked_sub(1)?) == Some(&b'\n');
        if !begins_line {
            return None;
        }
        starts.push(at);
    }
    let ends = starts.iter().skip(1).copied().chain([yaml.end]);
    let fields = entries.iter().zip(starts.iter().copied().zip(ends)).map(|(entry, (from, to))| {
        let name = entry.key.to_string();
        Block { name, lines: from..from + without_notes(text.get(from..to).unwrap_or_default()) }
    });
    Some(Blocks { fields: fields.collect(), yaml })
}

/// The length of a text without the notes and empty lines at its end.
fn without_notes(text: &str) -> usize {
    let mut length = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if !(line.trim().is_empty() || line.starts_with('#')) {
            length = at;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::blocks;
    use crate::source::Sources;

    #[track_caller]
    fn of(path: &str, text: &str) -> Option<Vec<String>> {
        let sources = Sources::from_texts([(path, text)]);
        let found = blocks(&sources, sources.find(path).unwrap())?;
        let lines = |range: &std::ops::Range<usize>| text[range.clone()].to_owned();
        Some(found.fields.iter().map(|block| lines(&block.lines)).collect())
    }

    #[test]
    fn every_field_has_its_lines() {
        let text = "---\n# note\ntitle: A\n\n# of b\nb:\n  - c: |\n      # text\n\n  # inside\n  - d\n# end\n---\nBody\n";
        assert_eq!(
            of("a.md", text),
            Some(vec![
                "title: A\n".to_owned(),
                "b:\n  - c: |\n      # text\n\n  # inside\n  - d\n".to_owned()
            ])
        );
        assert_eq!(of("a.yaml", "x: 1\n"), Some(vec!["x: 1\n".to_owned()]));
        assert_eq!(
            of("a.yaml", "\u{feff}é: 1\r\nx: 1\r\n"),
            Some(vec!["é: 1\r\n".to_owned(), "x: 1\r\n".to_owned()])
        );
    }

    #[test]
    fn what_is_not_written_line_by_line_is_none() {
        assert_eq!(of("a.yaml", "{ x: 1, y: 2 }\n"), None);
        assert_eq!(of("a.yaml", "x: [\n"), None);
    }
}
