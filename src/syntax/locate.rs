//! Node numbers to byte ranges, by walking the events of `saphyr-parser`.
//!
//! Done only for files that have something to say. Should the two parsers ever count differently, a
//! place falls back to the nearest node before it: a message may point a little off, never fail.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::document::yaml_range;
use crate::diag::Diagnostic;
use crate::source::{FileId, Place, Sources, Span};

/// Turns every place that names a YAML node into a range of bytes, on one line.
pub fn locate(sources: &Sources, diagnostics: &mut [Diagnostic]) {
    let labels = diagnostics
        .iter_mut()
        .flat_map(|one| std::iter::once(&mut one.primary).chain(one.secondary.iter_mut()));
    locate_spans(sources, labels.map(|label| &mut label.span));
}

/// The same for places of other things.
pub fn locate_spans<'s>(sources: &Sources, spans: impl IntoIterator<Item = &'s mut Span>) {
    let mut tables: BTreeMap<FileId, Ranges> = BTreeMap::new();
    for span in spans {
        if let Place::Node(node) = span.place {
            let table = tables.entry(span.file).or_insert_with(|| of_file(sources, span.file));
            *span = Span::bytes(span.file, table.get(node));
        }
    }
}

fn of_file(sources: &Sources, file: FileId) -> Ranges {
    let Some(text) = sources.get(file).text() else { return Ranges::default() };
    let yaml = yaml_range(&sources.get(file).path, text);
    Ranges::of(text, yaml)
}

/// The place of every node of one file, by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges {
    nodes: Vec<Range<usize>>,
}

impl Ranges {
    /// The ranges, in bytes of the whole text, of the nodes of the YAML in it.
    pub fn of(text: &str, yaml: Range<usize>) -> Self {
        let Some(slice) = text.get(yaml.clone()) else { return Self::default() };
        let mut nodes = walk(slice);
        for range in &mut nodes {
            *range = range.start + yaml.start..range.end + yaml.start;
        }
        Self { nodes }
    }

    /// The place of a node, or of the nearest before it.
    pub fn get(&self, node: u32) -> Range<usize> {
        let exact = self.nodes.get(node as usize);
        exact.or_else(|| self.nodes.last()).cloned().unwrap_or(0..0)
    }

    /// How many nodes there are.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// A list or map that is not yet closed: its node, whether it is a map, whether a key comes next.
struct Open {
    node: usize,
    map: bool,
    key_next: bool,
    last_key: Range<usize>,
}

fn walk(text: &str) -> Vec<Range<usize>> {
    let index = CharIndex::new(text);
    let mut nodes: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let start = index.byte(span.start.index());
        let end = index.byte(span.end.index()).max(start);
        match event {
            Event::Scalar(_, style, ..) => {
                let range = scalar(text, start..end, style);
                let (is_key, owner) = turn(&mut open);
                let range = if range.is_empty() { owner.unwrap_or(range) } else { range };
                if is_key && let Some(top) = open.last_mut() {
                    top.last_key = range.clone();
                }
                nodes.push(range);
            }
            Event::Alias(_) => {
                turn(&mut open);
                nodes.push(start..end);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                turn(&mut open);
                let map = matches!(event, Event::MappingStart(..));
                nodes.push(first_line(text, start..text.len()));
                let node = nodes.len() - 1;
                open.push(Open { node, map, key_next: true, last_key: start..start });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(closed) = open.pop() else { continue };
                let bracket = nodes
                    .get(closed.node)
                    .and_then(|range| text.as_bytes().get(range.start))
                    .is_some_and(|b| matches!(b, b'[' | b'{'));
                // A block map is shown by its first key, a list in block style by its first line.
                let first_key = nodes.get(closed.node + 1).cloned();
                if let Some(range) = nodes.get_mut(closed.node) {
                    if bracket {
                        *range = first_line(text, range.start..end.max(range.start + 1));
                    } else if closed.map
                        && let Some(key) = first_key
                        && key.start >= range.start
                    {
                        *range = key;
                    }
                }
            }
            _ => {}
        }
    }
    nodes
}

/// Notes that a node has come in the innermost open collection. True for a key of a map; with the
/// range of the key to which the node is the value, if it is one.
fn turn(open: &mut [Open]) -> (bool, Option<Range<usize>>) {
    let Some(top) = open.last_mut() else { return (false, None) };
    if !top.map {
        return (false, None);
    }
    let is_key = top.key_next;
    top.key_next = !is_key;
    (is_key, (!is_key).then(|| top.last_key.clone()))
}

/// What to underline of a scalar: it, on its first line; of a block, the line of its sign.
fn scalar(text: &str, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => first_line(text, range),
        ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
            let found = text.get(range.clone()).unwrap_or_default().trim_end();
            first_line(text, range.start..range.start + found.len())
        }
    }
}

fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text
        .get(range.clone())
        .and_then(|found| found.split('\n').next())
        .unwrap_or_default()
        .trim_end();
    range.start..range.start + line.len()
}

/// Characters to bytes, for the marks of `saphyr-parser`.
pub(super) struct CharIndex {
    /// The byte of every character; none for a text of ASCII, where both are the same.
    bytes: Option<Vec<u32>>,
    len: usize,
}

impl CharIndex {
    pub fn new(text: &str) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect()
        });
        Self { bytes, len: text.len() }
    }

    /// The byte at which a character begins.
    pub fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            None => character.min(self.len),
            Some(bytes) => bytes.get(character).map_or(self.len, |&at| at as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use saphyr_parser::Parser;

    use super::Ranges;
    use crate::syntax::guard::{Verdict, inspect};
    use crate::syntax::node::{Kind, Node, tree};

    /// Keys and values in the order of writing, with the words of texts.
    fn flatten<'n>(node: &'n Node<'_>, into: &mut Vec<(u32, Option<&'n str>)>) {
        match &node.kind {
            Kind::Text(text) => into.push((node.id, Some(text))),
            Kind::List(items) => {
                into.push((node.id, None));
                for item in items {
                    flatten(item, into);
                }
            }
            Kind::Map(entries) => {
                into.push((node.id, None));
                for entry in entries {
                    into.push((entry.key_id, Some(&entry.key)));
                    flatten(&entry.value, into);
                }
            }
            _ => into.push((node.id, None)),
        }
    }

    /// Holds the two parsers together on one text. False when the text is not read at all.
    fn agree(text: &str) -> bool {
        if !matches!(inspect(text), Verdict::Clear) {
            return false;
        }
        let Ok(tree) = tree(text) else { return false };
        let ranges = Ranges::of(text, 0..text.len());
        if ranges.len() == 0 && tree.root.kind == Kind::Null {
            // Nothing but comments: there is no node to point at.
            return false;
        }
        // What saphyr refuses and libyaml reads has places as far as saphyr came.
        let refused = Parser::new_from_str(text).any(|event| event.is_err());
        if refused {
            assert!(ranges.len() <= tree.count as usize, "{text:?}");
        } else {
            assert_eq!(ranges.len(), tree.count as usize, "{text:?}");
        }
        let mut nodes = Vec::new();
        flatten(&tree.root, &mut nodes);
        for (id, words) in nodes {
            if id as usize >= ranges.len() {
                break;
            }
            let range = ranges.get(id);
            let found = text.get(range.clone()).unwrap_or_else(|| panic!("{range:?} of {text:?}"));
            let Some(words) = words else { continue };
            let plain = !words.contains(['\n', '"', '\'', '\\']) && !words.is_empty();
            if plain && !found.starts_with(['"', '\'', '|', '>']) && !found.is_empty() {
                assert!(words.starts_with(found.trim()), "{found:?} is not {words:?} in {text:?}");
            }
        }
        true
    }

    #[test]
    fn both_parsers_count_the_same_nodes() {
        for text in [
            "a: b\nc:\n  d: e\n",
            "a:\nb: ~\nc: ''\n",
            "- a\n- - b\n  - c\n- {d: [e, f], g: }\n",
            "é: “ö”\nü: x\n",
            "a: |\n  x\n  y\nb: >-\n  z\nc: d # e\n",
            "a: \"x\n  y\"\nb: 'it''s'\r\nc: d\r\n",
            "? a\n: b\n? c\n",
            "[a, b: c, {d: e}]",
            "a: b\n  c\nd: e\n",
            "{a, b: , c: d}",
        ] {
            assert!(agree(text), "not read: {text:?}");
        }
    }

    #[test]
    fn both_parsers_agree_on_random_documents() {
        const PIECES: &[&str] = &[
            "a", "b: ", "c:\n", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ", ", "\"x\"",
            "'y'", ": ", "|\n  t\n", ">\n  t\n", "é", "1", "true", "~", " # x", "\r\n", "x y",
            "-z", "? ", "''", "“q”",
        ];
        let mut state = 7u64;
        let mut below = |limit: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 33) as usize) % limit
        };
        let mut read = 0;
        for _ in 0..60_000 {
            let length = 1 + below(14);
            let text: String = (0..length).map(|_| PIECES[below(PIECES.len())]).collect();
            read += usize::from(agree(&text));
        }
        assert!(read > 3_000, "only {read} were YAML");
    }
}
