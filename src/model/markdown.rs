//! Markdown as written, with what other rooms need to know of it; `render` turns it into HTML.

use std::ops::Range;
use std::sync::Arc;

use super::Url;
use crate::source::Span;

/// A Markdown text and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markdown {
    /// The text as written.
    pub text: Arc<str>,
    /// Where it stands: the byte range of a body, so that a fault in it can be pointed at; or the
    /// YAML node of a field.
    pub span: Span,
    /// Headings, links, images and raw HTML in it.
    pub outline: Arc<Outline>,
}

/// What a Markdown text contains, in the order in which it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Headings.
    pub headings: Vec<Heading>,
    /// Links.
    pub links: Vec<Link>,
    /// Images.
    pub images: Vec<Picture>,
    /// Raw HTML: byte ranges of the text.
    pub raw_html: Vec<Range<usize>>,
    /// Links and images in raw HTML, for catalogs that allow it.
    pub in_html: Vec<HtmlReference>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its anchor, unique in the text: `{#id}` as written, or made of its words.
    pub id: String,
    /// Its words without markup.
    pub text: String,
    /// Byte range of the text.
    pub range: Range<usize>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// The address as written.
    pub written: String,
    /// Its words without markup; for a linked image, the image's alternative.
    pub text: String,
    /// Byte range of the text.
    pub range: Range<usize>,
}

/// Where a Markdown link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address, outside or on the site.
    Url(Url),
    /// A heading of the same page: `#contact`, without the `#`.
    Anchor(String),
    /// A file beside the entry, as written: `map.png`.
    Beside(String),
    /// The page of another entry, by its file as seen from this one: `../people/dana-reyes.md`, and
    /// a heading of it: `#contact` or nothing.
    Entry {
        /// The file.
        file: String,
        /// With its `#`.
        anchor: String,
    },
    /// No address: another scheme, or malformed.
    Invalid,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where its file is.
    pub source: LinkTarget,
    /// The address as written.
    pub written: String,
    /// Its text alternative; empty when none was written.
    pub alt: String,
    /// Byte range of the text.
    pub range: Range<usize>,
}

/// A link or an image in raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlReference {
    /// Where it leads.
    pub target: LinkTarget,
    /// The address as written.
    pub written: String,
    /// True for an image without `alt`; `alt=""` says decorative.
    pub lacks_alt: bool,
    /// Byte range of the text: the tag.
    pub range: Range<usize>,
}

impl Markdown {
    /// The place of a byte range of the text: exact in a body, the whole field elsewhere.
    pub fn place(&self, range: &Range<usize>) -> Span {
        match self.span.place {
            crate::source::Place::Bytes { start, .. } => {
                let start = start as usize;
                Span::bytes(self.span.file, start + range.start..start + range.end)
            }
            crate::source::Place::Node(_) => self.span,
        }
    }
}
