//! The catalog as a whole: `catalog.yaml`, its vocabularies, and all entries.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{
    ContactCard, CreditId, KindId, Markdown, Moment, NetworkId, Offering, OfferingId, Page, PageId,
    Person, PersonId, Place, PlaceId, Requirement, RequirementId, Rgb, RoleId, SitePath, TopicId,
    Url, YearStart,
};
use crate::source::{FileId, Span, Spanned};

/// Everything that the content folder says, checked file by file.
///
/// Vocabularies keep the order in which they are written, for it is the order in which they are
/// shown; entries are ordered by ID.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// The catalog's own data.
    pub settings: Settings,
    /// Kinds of offerings: series, community …
    pub kinds: IndexMap<KindId, Kind>,
    /// Roles of participants.
    pub roles: IndexMap<RoleId, Role>,
    /// Learning networks.
    pub networks: IndexMap<NetworkId, Network>,
    /// Topics.
    pub topics: IndexMap<TopicId, Topic>,
    /// Kinds of credit.
    pub credits: IndexMap<CreditId, Credit>,
    /// All offerings. They are large, so what one build has read another may share.
    pub offerings: BTreeMap<OfferingId, Arc<Offering>>,
    /// All requirements.
    pub requirements: BTreeMap<RequirementId, Requirement>,
    /// All people.
    pub people: BTreeMap<PersonId, Person>,
    /// All places.
    pub places: BTreeMap<PlaceId, Place>,
    /// All plain pages.
    pub pages: BTreeMap<PageId, Page>,
    /// Files that are copied as they are.
    pub files: Vec<StaticFile>,
    /// IDs of entries that exist but could not be read whole. A reference to one of them is not
    /// reported again.
    pub broken: BrokenEntries,
}

/// Entries that exist but were left out because of their own faults.
#[derive(Clone, Debug, Default)]
pub struct BrokenEntries {
    /// Offerings.
    pub offerings: Vec<OfferingId>,
    /// Requirements.
    pub requirements: Vec<RequirementId>,
    /// People.
    pub people: Vec<PersonId>,
    /// Places.
    pub places: Vec<PlaceId>,
    /// Pages.
    pub pages: Vec<PageId>,
    /// Vocabularies that could not be read whole, by the name of their field: `kinds`. An ID that
    /// is missing in one of them is not news.
    pub vocabularies: BTreeSet<&'static str>,
    /// IDs that are in a vocabulary, but not as they should be.
    pub words: BTreeSet<(&'static str, String)>,
    /// The spans of entries that are in the catalog, but not whole: a field was misspelt or could
    /// not be read.
    pub incomplete: BTreeSet<Span>,
    /// What is unknown of an entry or of a session, by its span. A check that would conclude
    /// something from what is missing passes it over.
    pub gaps: BTreeSet<(Span, Gap)>,
}

/// What a field that could not be read leaves unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// On which days it is.
    Days,
    /// At what time of the day.
    Hours,
    /// How many sessions there are.
    Sessions,
    /// Whether it takes place.
    Status,
    /// Which day of the week is meant.
    Weekday,
    /// Whether and until when one can enroll.
    Enrollment,
    /// How much credit there is.
    Credit,
    /// The program year; of the catalog, the day on which years begin.
    Year,
    /// For whom it is, and whether they must attend.
    Audience,
    /// Whether one can join from afar.
    Online,
    /// What there is to choose from.
    Choices,
}

impl BrokenEntries {
    /// True for the `span` of an entry of which a field was dropped.
    pub fn is_incomplete(&self, entry: Span) -> bool {
        self.incomplete.contains(&entry)
    }

    /// True when this is unknown of the entry or session at `span`.
    pub fn lacks(&self, span: Span, gap: Gap) -> bool {
        self.gaps.contains(&(span, gap))
    }

    /// True when an ID may be in a vocabulary that could not be read whole.
    pub fn may_be_word(&self, vocabulary: &'static str, id: &str) -> bool {
        self.vocabularies.contains(vocabulary)
            || (!self.words.is_empty() && self.words.contains(&(vocabulary, id.to_owned())))
    }
}

/// The catalog's own data.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `catalog.yaml`.
    pub file: FileId,
    /// The catalog's name.
    pub title: String,
    /// Who publishes it.
    pub organization: String,
    /// Where `public/` is served; an `https` or `http` address that ends with a slash.
    pub url: Spanned<Arc<str>>,
    /// The zone of every time that names no other.
    pub timezone: TimeZone,
    /// One or two sentences.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// A folder in `themes/`.
    pub theme: Spanned<String>,
    /// The first day of program years.
    pub year_starts: YearStart,
    /// Whom to ask.
    pub contact: Option<ContactCard>,
    /// Days on which nothing may be scheduled.
    pub closed: Vec<ClosedDays>,
    /// Banners.
    pub notices: Vec<Notice>,
    /// Links added to the navigation.
    pub menu: Vec<MenuLink>,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlPolicy,
    /// Logo and colours.
    pub brand: Brand,
    /// Checks that `catalog.yaml` silences for itself.
    pub allow: Vec<Spanned<String>>,
}

/// A kind of offering.
#[derive(Clone, Debug)]
pub struct Kind {
    /// `Series`.
    pub name: Spanned<String>,
    /// `Series`, `Communities`; the name with an `s` if not given.
    pub plural: String,
    /// What this kind is.
    pub description: Option<String>,
}

/// A role of participants.
#[derive(Clone, Debug)]
pub struct Role {
    /// `Principal`.
    pub name: Spanned<String>,
    /// `Principals`; the name with an `s` if not given.
    pub plural: String,
}

/// A learning network.
#[derive(Clone, Debug)]
pub struct Network {
    /// Its name.
    pub name: Spanned<String>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct Topic {
    /// Its name.
    pub name: Spanned<String>,
    /// What it is about.
    pub description: Option<String>,
}

/// A kind of credit.
#[derive(Clone, Debug)]
pub struct Credit {
    /// `Act 48`.
    pub name: Spanned<String>,
    /// What is counted: `hours`; `hours` if not given.
    pub unit: String,
}

/// Days on which nothing may be scheduled, first and last included.
#[derive(Clone, Debug)]
pub struct ClosedDays {
    /// The first.
    pub from: Date,
    /// The last; the first again for a single day.
    pub to: Date,
    /// Why: `Winter recess`.
    pub name: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// A banner on every page while it is in force.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// From when; always, if absent.
    pub from: Option<Spanned<Moment>>,
    /// Until when; for ever, if absent.
    pub until: Option<Spanned<Moment>>,
    /// How grave it is.
    pub level: NoticeLevel,
    /// Where it is written.
    pub span: Span,
}

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NoticeLevel {
    /// Good to know.
    #[default]
    Info,
    /// Do not miss.
    Warning,
}

/// A link added to the navigation.
#[derive(Clone, Debug)]
pub struct MenuLink {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub url: Spanned<Url>,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum HtmlPolicy {
    /// It is an error.
    #[default]
    Reject,
    /// A safe subset is kept.
    Sanitize,
}

/// Logo and colours.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// A file of the site.
    pub logo: Option<Spanned<SitePath>>,
    /// The logo in words; empty when the logo is decoration beside the catalog's name.
    pub logo_alt: String,
    /// The main colour.
    pub color: Option<Spanned<Rgb>>,
    /// The second colour.
    pub accent: Option<Spanned<Rgb>>,
}

/// A file that is copied to the site as it is.
#[derive(Clone, Debug)]
pub struct StaticFile {
    /// The file.
    pub file: FileId,
    /// Where on the site: `/files/map.pdf`.
    pub path: SitePath,
}

impl Catalog {
    /// The page of the site that shows a Markdown text without one of its own, for messages.
    pub fn bodies(&self) -> impl Iterator<Item = &Markdown> {
        let offerings = self.offerings.values().filter_map(|offering| offering.body.as_ref());
        let people = self.people.values().filter_map(|person| person.body.as_ref());
        let places = self.places.values().filter_map(|place| place.body.as_ref());
        let pages = self.pages.values().filter_map(|page| page.body.as_ref());
        let requirements = self.requirements.values().filter_map(|rule| rule.body.as_ref());
        offerings.chain(people).chain(places).chain(pages).chain(requirements)
    }
}
