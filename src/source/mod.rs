//! The project's bytes: `content/` and `themes/`, walked and read once.
//!
//! This room knows files and places in them, and nothing of what they mean.
//! Only this room, `publish`, `serve` and `cli` touch the disk.

mod load;
mod revision;

pub use load::{LoadError, is_passed_over, load, load_again, load_content};
pub use revision::{RevisionError, load_revision, revision_before};

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Names one file of a [`Sources`]; valid only for the value that gave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// The position of the file in [`Sources::iter`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where something stands in a file.
///
/// A span is small and cheap to make. One that names a YAML node is turned into bytes only when
/// somebody has to be shown the place (`syntax::locate`), so that good content pays nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub place: Place,
}

/// The two ways to name a place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A range of bytes of the whole file.
    Bytes {
        /// First byte.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
    /// The n-th node (keys count) of the file's YAML, in the order in which they are written.
    Node(u32),
}

impl Span {
    /// A range of bytes, counted from the first byte of the file.
    pub fn bytes(file: FileId, range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, place: Place::Bytes { start: clamp(range.start), end: clamp(range.end) } }
    }

    /// The n-th YAML node of the file.
    pub fn node(file: FileId, node: u32) -> Self {
        Self { file, place: Place::Node(node) }
    }

    /// The very beginning of the file, for what concerns it as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self::bytes(file, 0..0)
    }
}

/// A value and the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Ties a value to its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A line and a column, both counted from 1; the column counts characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line in the file, from 1.
    pub line: usize,
    /// The character in the line, from 1. A byte-order mark is not counted.
    pub column: usize,
}

/// What a file holds, as far as it could be read.
#[derive(Clone, Debug)]
pub enum Content {
    /// UTF-8 text, byte-order mark included.
    Text(Arc<str>),
    /// Anything else.
    Binary(Arc<[u8]>),
    /// Found, but not read, and why.
    Unread(Unread),
}

impl Content {
    /// True when both hold the same. What was shared from one to the other is not compared.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Arc::ptr_eq(one, other) || one == other,
            (Self::Binary(one), Self::Binary(other)) => Arc::ptr_eq(one, other) || one == other,
            (Self::Unread(one), Self::Unread(other)) => one == other,
            _ => false,
        }
    }
}

/// Why a file that exists was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The system refused; its words.
    Refused(String),
    /// A symbolic link that leaves the project's folder.
    LinkLeaves,
    /// A symbolic link that leads nowhere, or in a circle.
    LinkBroken,
    /// Neither a file nor a folder: a pipe, a socket, a device.
    NotAFile,
    /// Larger than [`MAX_FILE_BYTES`]; its size in bytes.
    TooLarge(u64),
    /// The name is not Unicode, so nothing can refer to it.
    NameNotUnicode,
    /// It is not there. Only `content/catalog.yaml`, which every project needs, stands in for
    /// itself, so that its absence has a place.
    Missing,
}

/// No file of a project is larger than this: 64 MiB.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// The one file that every project has.
pub const CATALOG: &str = "content/catalog.yaml";

/// One file of the project.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path from the project's root, with forward slashes: `content/offerings/self-as-core.md`.
    pub path: Arc<str>,
    /// What it holds.
    pub content: Content,
}

impl SourceFile {
    /// True when path and content are the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.path == other.path && self.content.is_same(&other.content)
    }

    /// The text, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Binary(_) | Content::Unread(_) => None,
        }
    }

    /// The bytes as they are on disk; empty for a file that was not read.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Binary(bytes) => bytes,
            Content::Unread(_) => &[],
        }
    }

    /// The line and column of a byte of this file.
    ///
    /// Lines end at LF alone: what YAML 1.1 took for a line break (U+0085, U+2028) is a character
    /// here, as it is in every editor.
    pub fn location(&self, byte: usize) -> Location {
        let bytes = self.bytes();
        let mut byte = byte.min(bytes.len());
        if let Some(text) = self.text() {
            while !text.is_char_boundary(byte) {
                byte -= 1;
            }
        }
        let before = bytes.get(..byte).unwrap_or_default();
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let written = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default());
        let column = written.trim_start_matches('\u{feff}').chars().count() + 1;
        Location { line, column }
    }
}

/// Every file of the project, read once, in the order of their paths.
#[derive(Clone, Debug)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Default for Sources {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Sources {
    /// Takes files in any order and puts them into the order of their paths. The catalog's own
    /// file is always among them, as [`Unread::Missing`] if need be.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        if !files.iter().any(|file| &*file.path == CATALOG) {
            let content = Content::Unread(Unread::Missing);
            files.push(SourceFile { path: CATALOG.into(), content });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// A project in memory, for tests and tools: pairs of path and text.
    pub fn from_texts<P: Into<Arc<str>>, T: Into<Arc<str>>>(
        texts: impl IntoIterator<Item = (P, T)>,
    ) -> Self {
        Self::new(
            texts
                .into_iter()
                .map(|(path, text)| SourceFile {
                    path: path.into(),
                    content: Content::Text(text.into()),
                })
                .collect(),
        )
    }

    /// One file.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// All files with their IDs, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let index = self.files.binary_search_by(|file| (*file.path).cmp(path)).ok()?;
        u32::try_from(index).ok().map(FileId)
    }

    /// The catalog's own file; it may be [`Unread::Missing`].
    pub fn catalog(&self) -> FileId {
        self.find(CATALOG).unwrap_or(FileId(0))
    }

    /// The same files, one of them with another content.
    fn set(&mut self, id: FileId, content: Content) {
        self.files[id.index()].content = content;
    }

    /// The paths of the files that are new, different or gone since there were these.
    pub fn changed_since(&self, before: &Self) -> Vec<Arc<str>> {
        let (mut old, mut changed) = (before.files.iter().peekable(), Vec::new());
        for file in &self.files {
            while let Some(gone) = old.next_if(|one| one.path < file.path) {
                changed.push(Arc::clone(&gone.path));
            }
            let same = old
                .next_if(|one| one.path == file.path)
                .is_some_and(|one| one.content.is_same(&file.content));
            if !same {
                changed.push(Arc::clone(&file.path));
            }
        }
        changed.extend(old.map(|gone| Arc::clone(&gone.path)));
        changed
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True when there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Location, SourceFile, Sources};

    #[track_caller]
    fn case(text: &str, byte: usize, line: usize, column: usize) {
        let file = SourceFile { path: "a.md".into(), content: Content::Text(text.into()) };
        assert_eq!(file.location(byte), Location { line, column });
    }

    #[test]
    fn two_states_differ_by_what_is_new_different_or_gone() {
        let of = |files: &[(&str, &str)]| Sources::from_texts(files.iter().copied());
        let before = of(&[("content/catalog.yaml", ""), ("a", "1"), ("c", "1"), ("e", "1")]);
        let after = of(&[("content/catalog.yaml", ""), ("b", "1"), ("c", "2"), ("e", "1")]);
        let changed = after.changed_since(&before);
        assert_eq!(changed.iter().map(|path| &**path).collect::<Vec<_>>(), ["a", "b", "c"]);
        assert!(after.changed_since(&after.clone()).is_empty());
    }

    #[test]
    fn locations_count_characters_and_lines() {
        case("", 0, 1, 1);
        case("ab\ncd", 4, 2, 2);
        case("ab\r\ncd", 4, 2, 1);
        case("\u{feff}title: x", 3, 1, 1);
        case("é: x", 2, 1, 2);
        case("é: x", 1, 1, 1);
        case("a\u{2028}b\nc", 6, 2, 1);
        case("a", 99, 1, 2);
    }
}
