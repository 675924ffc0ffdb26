//! Sorts the files of `content/`: what each one is, by its path.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::document::{Document, MAX_BODY_BYTES, MAX_FRONT_MATTER_BYTES};
use super::faults;
use crate::diag::{Code, Count, Diagnostic, Warned, nearest};
use crate::model::{SitePath, StaticFile, is_id};
use crate::source::{Content, FileId, SourceFile, Sources, Span, Unread};

/// The files of a project, sorted and read.
#[derive(Debug)]
pub struct Project<'s> {
    /// `catalog.yaml`; none when there is no such file.
    pub catalog: Option<Document<'s>>,
    /// All other files with fields, ordered by path.
    pub documents: Vec<Document<'s>>,
    /// Files that are copied as they are.
    pub files: Vec<StaticFile>,
}

/// What a document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'s> {
    /// The catalog itself.
    Catalog,
    /// One entry, by the stem of its file.
    Entry(Collection, &'s str),
    /// A whole collection as a map from ID to entry.
    Whole(Collection),
}

impl Kind<'_> {
    /// How large a file of YAML may be: a single entry has front matter and body in one.
    pub(super) fn yaml_limit(self) -> usize {
        match self {
            Self::Entry(..) => MAX_FRONT_MATTER_BYTES + MAX_BODY_BYTES,
            Self::Catalog | Self::Whole(_) => MAX_BODY_BYTES,
        }
    }
}

/// A folder of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Collection {
    /// `offerings/`
    Offerings,
    /// `requirements/`
    Requirements,
    /// `people/`
    People,
    /// `places/`
    Places,
    /// `pages/`
    Pages,
}

impl Collection {
    const ALL: [Self; 5] =
        [Self::Offerings, Self::Requirements, Self::People, Self::Places, Self::Pages];

    /// The name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Offerings => "offerings",
            Self::Requirements => "requirements",
            Self::People => "people",
            Self::Places => "places",
            Self::Pages => "pages",
        }
    }

    /// One of its entries, in words: `an offering`.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Offerings => "an offering",
            Self::Requirements => "a requirement",
            Self::People => "a person",
            Self::Places => "a place",
            Self::Pages => "a page",
        }
    }

    fn named(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.folder() == folder)
    }

    /// Whether folders below it only group files.
    fn has_groups(self) -> bool {
        matches!(self, Self::Offerings | Self::Pages)
    }

    /// Whether it may be one file with a map.
    fn may_be_whole(self) -> bool {
        matches!(self, Self::Requirements | Self::People | Self::Places)
    }
}

/// What a path says about a file.
enum Sorted<'s> {
    Document(Kind<'s>),
    Static(SitePath),
    Unexpected(Diagnostic),
}

/// Endings of files that may lie beside an entry: pictures, and documents to hand out.
const BESIDE: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "ics"];

/// Sorts and reads all files of `content/`.
pub fn parse(sources: &Sources) -> Warned<Project<'_>> {
    let files: Vec<(FileId, &SourceFile)> =
        sources.iter().filter(|(_, file)| file.path.starts_with("content/")).collect();
    let read: Vec<(Option<Document<'_>>, Option<StaticFile>, Vec<Diagnostic>)> = files
        .into_par_iter()
        .map(|(id, file)| {
            let mut diagnostics = Vec::new();
            let path = file.path.strip_prefix("content/").unwrap_or(&file.path);
            match sort(id, path) {
                Sorted::Document(kind) => {
                    (Some(document(id, file, kind, &mut diagnostics)), None, diagnostics)
                }
                Sorted::Static(path) => {
                    diagnostics.extend(unread(id, &file.content, false));
                    (None, Some(StaticFile { file: id, path }), diagnostics)
                }
                Sorted::Unexpected(diagnostic) => (None, None, vec![diagnostic]),
            }
        })
        .collect();
    let mut project = Project { catalog: None, documents: Vec::new(), files: Vec::new() };
    let mut diagnostics = Vec::new();
    for (document, file, faults) in read {
        diagnostics.extend(faults);
        project.files.extend(file);
        match document {
            Some(document) if document.kind == Kind::Catalog => project.catalog = Some(document),
            Some(document) => project.documents.push(document),
            None => {}
        }
    }
    Warned { value: project, diagnostics }
}

fn document<'s>(
    id: FileId,
    file: &'s SourceFile,
    kind: Kind<'s>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Document<'s> {
    if let Kind::Entry(collection, stem) = kind
        && !is_id(stem)
    {
        diagnostics.push(invalid_stem(id, collection, stem));
    }
    match &file.content {
        Content::Text(text) => Document::read(id, file, text, kind, diagnostics),
        Content::Binary(bytes) => {
            diagnostics.push(faults::not_utf8(id, bytes));
            Document::empty(id, kind)
        }
        Content::Unread(_) => {
            diagnostics.extend(unread(id, &file.content, kind == Kind::Catalog));
            Document::empty(id, kind)
        }
    }
}

/// What a file is, by its path below `content/`.
fn sort(id: FileId, path: &str) -> Sorted<'_> {
    let unexpected = |message: String, hint: String| {
        Sorted::Unexpected(
            Diagnostic::new(Code::UnexpectedFile, Span::start_of(id), message).hint(hint),
        )
    };
    let segments: Vec<&str> = path.split('/').collect();
    let (folders, name) = match segments.split_last() {
        Some((name, folders)) => (folders, *name),
        None => return unexpected("this file has no name".to_owned(), "rename it".to_owned()),
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let Some((&top, below)) = folders.split_first() else {
        return top_level(name, stem, ending, &unexpected);
    };
    if top == "files" {
        return static_file(path, &unexpected);
    }
    let Some(collection) = Collection::named(top) else {
        let known = Collection::ALL.map(Collection::folder);
        let hint = match nearest(top, known.into_iter().chain(["files"])) {
            Some(name) => format!("did you mean the folder `{name}`?"),
            None => format!("to publish this file as it is, move it to `content/files/{path}`"),
        };
        return unexpected(format!("there is no kind of entry called `{top}`"), hint);
    };
    let ending_lower = ending.to_ascii_lowercase();
    match ending_lower.as_str() {
        "md" | "yaml" if ending == ending_lower => {
            if !below.is_empty() && !collection.has_groups() {
                return unexpected(
                    format!("`{top}/` has no folders inside"),
                    format!("move the file to `content/{top}/{name}`"),
                );
            }
            Sorted::Document(Kind::Entry(collection, stem))
        }
        "md" | "yaml" => unexpected(
            format!("the ending `.{ending}` is written in capitals"),
            format!("rename the file to `{stem}.{ending_lower}`"),
        ),
        "yml" => unexpected(
            "entries end in `.yaml` or `.md`".to_owned(),
            format!("rename the file to `{stem}.yaml`"),
        ),
        "markdown" | "mdown" | "txt" => unexpected(
            "entries end in `.md` or `.yaml`".to_owned(),
            format!("rename the file to `{stem}.md`"),
        ),
        "doc" | "docx" | "odt" | "rtf" | "pages" => unexpected(
            "this is a word processor's file, and entries are plain text".to_owned(),
            format!(
                "copy its text into a file `{stem}.md`; to offer it for download, move it to `content/files/`"
            ),
        ),
        _ if BESIDE.contains(&ending_lower.as_str()) => static_file(path, &unexpected),
        _ => unexpected(
            format!("this file is neither {} nor a picture", collection.entry()),
            format!("to publish it as it is, move it to `content/files/{name}`"),
        ),
    }
}

fn top_level<'s>(
    name: &'s str,
    stem: &str,
    ending: &str,
    unexpected: &impl Fn(String, String) -> Sorted<'s>,
) -> Sorted<'s> {
    if name == "catalog.yaml" {
        return Sorted::Document(Kind::Catalog);
    }
    let whole = Collection::named(stem).filter(|collection| collection.may_be_whole());
    match (whole, ending) {
        (Some(collection), "yaml") => Sorted::Document(Kind::Whole(collection)),
        (Some(_), _) | (None, "yml") => unexpected(
            "this file is not read under this name".to_owned(),
            format!("rename it to `{stem}.yaml`"),
        ),
        (None, _) if stem == "catalog" => unexpected(
            "the catalog's own file is called `catalog.yaml`".to_owned(),
            "rename this one to `catalog.yaml`".to_owned(),
        ),
        (None, "md" | "yaml") => unexpected(
            "an entry stands in the folder of its kind".to_owned(),
            format!("move it to `content/offerings/{name}` or `content/pages/{name}`"),
        ),
        (None, _) => unexpected(
            "this file belongs to no entry".to_owned(),
            format!("to publish it as it is, move it to `content/files/{name}`"),
        ),
    }
}

/// A file that is copied: its path on the site is that below `content/`.
fn static_file<'s>(path: &str, unexpected: &impl Fn(String, String) -> Sorted<'s>) -> Sorted<'s> {
    match SitePath::new(&format!("/{path}")) {
        Ok(path) => Sorted::Static(path),
        Err(_) => unexpected(
            "the name of this file cannot stand in an address".to_owned(),
            "rename it: use letters, digits, hyphens and one dot".to_owned(),
        ),
    }
}

/// The fault of a stem that is no ID, with the ID that was probably meant.
fn invalid_stem(id: FileId, collection: Collection, stem: &str) -> Diagnostic {
    let proposed = proposed_id(stem);
    let look_alike = stem.chars().find(|c| c.is_alphabetic() && !c.is_ascii());
    let message = match look_alike {
        Some(letter) => format!(
            "the file name `{stem}` has the letter `{letter}` (U+{:04X}), which an ID cannot have",
            u32::from(letter)
        ),
        None => format!("the file name `{stem}` cannot be the ID of {}", collection.entry()),
    };
    Diagnostic::new(Code::InvalidId, Span::start_of(id), message)
        .hint("use lower-case letters from a to z, digits and hyphens")
        .maybe_hint((!proposed.is_empty()).then(|| format!("rename the file to `{proposed}.md`")))
}

/// The letters, digits and hyphens of a text as an ID.
pub(crate) fn proposed_id(text: &str) -> String {
    let mut id = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if !id.ends_with('-') && !id.is_empty() {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// Why a file was not read.
fn unread(id: FileId, content: &Content, catalog: bool) -> Option<Diagnostic> {
    let Content::Unread(reason) = content else { return None };
    let (message, hint) = match reason {
        Unread::Missing if catalog => {
            return Some(
                Diagnostic::new(
                    Code::MissingCatalog,
                    Span::start_of(id),
                    "there is no file `content/catalog.yaml`",
                )
                .hint("it names the catalog, its kinds and its roles")
                .hint("`convene new catalog DIR` makes a small catalog to start from"),
            );
        }
        Unread::Missing => ("this file is gone".to_owned(), "try again"),
        Unread::Refused(words) => (
            format!("this file could not be read: {words}"),
            "check that you may read it, and that no other program holds it",
        ),
        Unread::LinkLeaves => (
            "this link leads out of the project's folder".to_owned(),
            "replace the link with a copy of the file",
        ),
        Unread::LinkBroken => {
            ("this link leads nowhere".to_owned(), "remove it, or replace it with the file")
        }
        Unread::NotAFile => (
            "this is neither a file nor a folder, or a link to a folder".to_owned(),
            "remove it, or replace the link with the folder itself",
        ),
        Unread::TooLarge(bytes) => (
            format!(
                "this file has {}",
                Count::of(usize::try_from(bytes / 1_048_576).unwrap_or(usize::MAX), "megabyte")
            ),
            "put it on a file server and link to it",
        ),
        Unread::NameNotUnicode => ("the name of this file cannot be read".to_owned(), "rename it"),
    };
    Some(Diagnostic::new(Code::UnreadableFile, Span::start_of(id), message).hint(hint))
}
