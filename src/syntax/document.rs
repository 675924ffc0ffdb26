//! One file of content, read: its YAML as a tree, its Markdown as a range.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::events::{self, Place};
use super::faults;
use super::front_matter::{Split, split};
use super::guard;
use super::markdown::outline;
use super::project::Kind;
use super::yaml::{self, Node, Value};
use crate::diag::{Code, Diagnostic};
use crate::model::Markdown;
use crate::source::{FileId, SourceFile, Span};

/// The largest front matter: 64 kB.
pub const MAX_FRONT_MATTER_BYTES: usize = 64 * 1024;
/// The largest body: 1 MB.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

/// One file of content.
#[derive(Debug)]
pub struct Document<'s> {
    /// The file.
    pub file: FileId,
    /// What it describes.
    pub kind: Kind<'s>,
    /// Its fields; none when they could not be read, which has been reported.
    pub root: Option<Node>,
    /// Its Markdown, for a Markdown file.
    pub body: Option<Body<'s>>,
    /// The YAML.
    yaml: &'s str,
    places: OnceLock<Vec<Place>>,
}

/// The Markdown of a file, and where it stands.
#[derive(Clone, Debug)]
pub struct Body<'s> {
    /// The text.
    pub text: &'s str,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

impl<'s> Document<'s> {
    /// Reads a file. Faults are added to `diagnostics`.
    pub(super) fn read(
        file: FileId,
        source: &'s SourceFile,
        text: &'s str,
        kind: Kind<'s>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let markdown = source.path.ends_with(".md");
        let (yaml, body) = match yaml_range(text, markdown) {
            Split::Parts { yaml, body } => (yaml, body),
            Split::Missing => {
                diagnostics.push(faults::missing_front_matter(file, text));
                return Self::empty(file, kind);
            }
            Split::Unclosed { opening } => {
                diagnostics.push(faults::unclosed_front_matter(file, opening));
                return Self::empty(file, kind);
            }
        };
        let limit = if markdown { MAX_FRONT_MATTER_BYTES } else { kind.yaml_limit() };
        if yaml.len() > limit {
            let what = if markdown { "the front matter" } else { "this file" };
            diagnostics.push(faults::too_large(file, what, yaml.start, yaml.len(), limit));
            return Self::empty(file, kind);
        }
        if body.len() > MAX_BODY_BYTES {
            let what = "the text below the front matter";
            diagnostics.push(faults::too_large(file, what, body.start, body.len(), MAX_BODY_BYTES));
        }
        let root = read_yaml(file, &text[yaml.clone()], yaml.start, diagnostics);
        let body = (markdown && body.len() <= MAX_BODY_BYTES)
            .then(|| Body { text: &text[body.clone()], range: body });
        Self { file, kind, root, body, yaml: &text[yaml], places: OnceLock::new() }
    }

    /// A document of which nothing could be read but what it is.
    pub(super) fn empty(file: FileId, kind: Kind<'s>) -> Self {
        Self { file, kind, root: None, body: None, yaml: "", places: OnceLock::new() }
    }

    /// A scalar as it was written, without quotes, for a number that is meant as a text:
    /// `2.50`, `0123`, `true`.
    pub fn as_written(&self, node: &Node) -> Option<String> {
        let places = self.places.get_or_init(|| events::places(self.yaml).0);
        let place = places.get(usize::try_from(node.id).ok()?)?;
        let text = self.yaml.get(place.range.clone())?.trim();
        Some(text.to_owned())
    }

    /// The body as Markdown; none when there is none, or only blank lines.
    pub fn markdown(&self) -> Option<Markdown> {
        let body = self.body.as_ref()?;
        (!body.text.trim().is_empty()).then(|| Markdown {
            text: body.text.into(),
            span: Span::bytes(self.file, body.range.clone()),
            outline: Arc::new(outline(body.text)),
        })
    }
}

/// Where the YAML of a file stands: between the lines of hyphens, or all of it.
pub(super) fn yaml_range(text: &str, markdown: bool) -> Split {
    if markdown {
        return split(text);
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Split::Parts { yaml: start..text.len(), body: text.len()..text.len() }
}

/// The tree of a YAML text that begins at byte `offset` of its file.
fn read_yaml(
    file: FileId,
    text: &str,
    offset: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let refusals = guard::refusals(text);
    if !refusals.is_empty() {
        diagnostics.extend(refusals.iter().map(|refusal| faults::refused(file, offset, refusal)));
        return None;
    }
    match yaml::parse(text) {
        Ok(root) => {
            duplicate_fields(file, &root, diagnostics);
            match root.value {
                Value::Map(_) => Some(root),
                // No fields at all: what is missing is said of each.
                Value::Nothing => Some(Node { id: root.id, value: Value::Map(Vec::new()) }),
                _ => {
                    diagnostics.push(faults::not_a_map(file, &root));
                    None
                }
            }
        }
        Err(error) => {
            diagnostics.push(faults::invalid(file, text, offset, &error));
            None
        }
    }
}

/// Reports every field that is written twice, at the second.
fn duplicate_fields(file: FileId, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::List(items) => {
            for item in items {
                duplicate_fields(file, item, diagnostics);
            }
        }
        Value::Map(entries) => {
            let mut first = std::collections::BTreeMap::new();
            for entry in entries {
                if let Some(before) = first.insert(entry.name.as_str(), entry.name_id) {
                    first.insert(entry.name.as_str(), before);
                    diagnostics.push(
                        Diagnostic::new(
                            Code::DuplicateField,
                            Span::node(file, entry.name_id),
                            format!("`{}` is written twice", entry.name),
                        )
                        .label("the second time")
                        .also(Span::node(file, before), "the first time")
                        .hint("keep one of the two and delete the other"),
                    );
                }
                duplicate_fields(file, &entry.node, diagnostics);
            }
        }
        _ => {}
    }
}
