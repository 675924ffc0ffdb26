//! What every page shows: the catalog's name, navigation, notices, contact.

use serde::Serialize;

use super::MomentView;

/// `site`: the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The catalog's name.
    pub title: String,
    /// Who publishes it.
    pub organization: String,
    /// One or two sentences; absent if none were written.
    pub description: Option<String>,
    /// BCP 47, for `<html lang>`.
    pub language: String,
    /// `rtl` or `ltr`, for `<html dir>`.
    pub direction: &'static str,
    /// The base path of every link, with a slash at both ends: `/leaders/`.
    pub root: String,
    /// Where the site is served, ending with a slash: `https://learning.example.org/leaders/`.
    pub url: String,
    /// The address of the style sheet.
    pub stylesheet: String,
    /// The addresses of the theme's scripts (ES modules).
    pub scripts: Vec<String>,
    /// The addresses of the fonts that are worth loading early.
    pub preload_fonts: Vec<String>,
    /// The logo.
    pub logo: Option<ImageView>,
    /// The main navigation.
    pub menu: Vec<MenuView>,
    /// Notices in force, or to come.
    pub notices: Vec<NoticeView>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// The kinds that have offerings this year.
    pub kinds: Vec<LinkView>,
    /// Roles.
    pub roles: Vec<LinkView>,
    /// Program years that have offerings, the latest first.
    pub years: Vec<LinkView>,
    /// The program year of the moment of building: `2026-27`.
    pub current_year: String,
    /// The name of the zone in which times are given: `Eastern Time`.
    pub zone_name: String,
    /// Its IANA name: `America/New_York`.
    pub zone: String,
    /// The moment for which the site was built.
    pub built: MomentView,
    /// The version of the program.
    pub generator: String,
}

/// `page`: what the frame of a page needs to know of it.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The heading, and the first part of the document's title.
    pub title: String,
    /// For search engines and previews.
    pub description: Option<String>,
    /// The path on the site without the base path: `/offerings/self-as-core/`.
    pub path: String,
    /// The absolute address.
    pub canonical: String,
    /// The part of the site: `home`, `offerings`, `schedule`, `requirements`, `years`, `people`,
    /// `places`, `kinds`, `roles`, `networks`, `topics`, `pages`, `none`. A [`MenuView`] with the
    /// same `section` is where the reader is.
    pub section: &'static str,
    /// The way from the home page, without this page.
    pub breadcrumbs: Vec<Crumb>,
    /// False for pages that search engines should pass over.
    pub indexed: bool,
}

/// A step of the way from the home page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// A link: words and address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LinkView {
    /// The ID of what it leads to; empty for an outside address.
    pub id: String,
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct MenuView {
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The part of the site that it leads to; see [`PageView::section`]. `pages` entries and
    /// outside links are compared by address.
    pub section: &'static str,
}

/// A banner.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// What it says.
    pub text: String,
    /// `info` or `warning`.
    pub level: &'static str,
    /// In force at the moment of building. One that is to come is in the page, too, hidden, for a
    /// script to show when its time has come.
    pub active: bool,
    /// From when, as an instant.
    pub from: Option<String>,
    /// Until when, as an instant.
    pub until: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// Name of the person or office.
    pub name: Option<String>,
    /// The page of the person, if they have one, or the written address.
    pub href: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone as written.
    pub phone: Option<String>,
    /// Telephone for a `tel:` link: digits and a leading plus only.
    pub tel: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// What it shows; empty for decoration.
    pub alt: String,
}
