//! People, places and plain pages.

use super::{Image, Markdown, PageId, PersonId, PlaceId, Url};
use crate::source::{Span, Spanned};

/// A facilitator or contact.
#[derive(Clone, Debug)]
pub struct Person {
    /// The file's stem, or the key in `people.yaml`.
    pub id: PersonId,
    /// The whole entry.
    pub span: Span,
    /// Full name.
    pub name: Spanned<String>,
    /// What they do.
    pub title: Option<String>,
    /// For whom.
    pub organization: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
    /// A portrait.
    pub photo: Option<Image>,
    /// Biography.
    pub body: Option<Markdown>,
    /// Checks that this entry silences.
    pub allow: Vec<Spanned<String>>,
}

/// A venue or an online room.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file's stem, or the key in `places.yaml`.
    pub id: PlaceId,
    /// The whole entry.
    pub span: Span,
    /// Its name.
    pub name: Spanned<String>,
    /// Postal address, as written.
    pub address: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// A map, or the room's own page.
    pub url: Option<Spanned<Url>>,
    /// An online room.
    pub online: bool,
    /// Seats.
    pub capacity: Option<Spanned<u32>>,
    /// Step-free entrance, parking, transit, assistive listening.
    pub accessibility: Option<Markdown>,
    /// Anything else.
    pub body: Option<Markdown>,
    /// Checks that this entry silences.
    pub allow: Vec<Spanned<String>>,
}

/// A plain page: about, help, accessibility statement.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file's stem.
    pub id: PageId,
    /// The whole entry.
    pub span: Span,
    /// Its heading.
    pub title: Spanned<String>,
    /// A sentence for search engines and lists.
    pub summary: Option<String>,
    /// Whether it stands in the navigation.
    pub menu: bool,
    /// Its text.
    pub body: Option<Markdown>,
    /// Checks that this entry silences.
    pub allow: Vec<Spanned<String>>,
}
