//! What is to be made: one task a file, and each task all the data that its file needs.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::model::{HtmlPolicy, Markdown};
use crate::source::FileId;
use crate::view::{
    Addresses, CalendarFile, DataFile, DayView, FacetView, FacetsView, HomeView, MonthView,
    NewsFile, OfferingView, OfferingsView, PageView, PersonView, Picture, PlaceView, PlainView,
    PlanView, PrintView, RedirectView, RequirementView, ScheduleView, SearchData, SearchPart,
    SearchView, SheetView, SiteView, YearView,
};

/// What all pages of a site have in common.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What every page shows.
    pub site: SiteView,
    /// Where links lead.
    pub addresses: Addresses,
    /// What happens to raw HTML in Markdown.
    pub html: HtmlPolicy,
}

/// How one file comes to be.
#[derive(Clone, Debug)]
pub enum Task {
    /// A page, by a template.
    Page(Box<Page>),
    /// Data for other programs, as JSON.
    Data(DataFile),
    /// A calendar.
    Calendar(Box<CalendarFile>),
    /// What is new and what changed.
    News(Arc<NewsFile>, NewsForm),
    /// A part of the index of search.
    Search(Arc<SearchData>, SearchPart),
    /// The script that keeps the site for readers without a network.
    ServiceWorker(Arc<SearchData>, Arc<ServiceWorker>),
    /// A picture.
    Picture(Picture),
    /// A file of the content, as it is.
    Copy(FileId),
    /// A file of the theme, as it is.
    Asset(Arc<[u8]>),
    /// Text that needs no rendering: styles, schemas, the table of sessions, `robots.txt`.
    Text(Arc<str>),
    /// A sitemap.
    Sitemap(Sitemap),
}

/// A list of absolute addresses, in order, for search engines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sitemap {
    /// Pages.
    Pages(Arc<[String]>),
    /// Other sitemaps, where there are too many pages for one.
    Index(Arc<[String]>),
}

/// The form in which news is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewsForm {
    /// Atom.
    Atom,
    /// JSON Feed.
    Json,
}

impl Task {
    /// What is made, in a word: the template of a page.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Page(page) => page.view.template(),
            Self::Data(_) => "data",
            Self::Calendar(_) => "calendar",
            Self::News(..) => "news",
            Self::Search(..) => "search",
            Self::ServiceWorker(..) => "service worker",
            Self::Picture(_) => "picture",
            Self::Copy(_) => "copy",
            Self::Asset(_) => "asset",
            Self::Text(_) => "text",
            Self::Sitemap(_) => "sitemap",
        }
    }
}

/// What is kept for readers without a network.
#[derive(Clone, Debug)]
pub struct ServiceWorker {
    /// The theme's script, before which the facts are written.
    pub script: Arc<str>,
    /// The addresses that are kept from the first visit on.
    pub kept: Vec<String>,
}

/// A page: a template and all that it sees.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the frame shows.
    pub page: PageView,
    /// What the page itself shows. It decides the template.
    pub view: Subject,
    /// Markdown by the name under which the template finds it.
    pub prose: BTreeMap<String, Prose>,
}

/// What a page is about.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each is documented where it is defined")]
pub enum Subject {
    Home(HomeView),
    Offerings(OfferingsView),
    Offering(Box<OfferingView>),
    Facet(FacetView),
    Facets(FacetsView),
    Person(PersonView),
    Place(PlaceView),
    Requirement(RequirementView),
    Schedule(ScheduleView),
    Month(MonthView),
    Day(DayView),
    Year(YearView),
    Plan(PlanView),
    Print(PrintView),
    Search(SearchView),
    Sheet(SheetView),
    Plain(PlainView),
    NotFound(PlainView),
    Offline(PlainView),
    Redirect(RedirectView),
}

impl Subject {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Offerings(_) => "offerings.html",
            Self::Offering(_) => "offering.html",
            Self::Facet(_) => "facet.html",
            Self::Facets(_) => "facets.html",
            Self::Person(_) => "person.html",
            Self::Place(_) => "place.html",
            Self::Requirement(_) => "requirement.html",
            Self::Schedule(_) => "schedule.html",
            Self::Month(_) => "month.html",
            Self::Day(_) => "day.html",
            Self::Year(_) => "year.html",
            Self::Plan(_) => "plan.html",
            Self::Print(_) => "print.html",
            Self::Search(_) => "search.html",
            Self::Sheet(_) => "sheet.html",
            Self::Plain(_) => "page.html",
            Self::NotFound(_) => "not_found.html",
            Self::Offline(_) => "offline.html",
            Self::Redirect(_) => "redirect.html",
        }
    }

    /// The templates that every theme must have.
    pub const TEMPLATES: [&'static str; 20] = [
        "home.html",
        "offerings.html",
        "offering.html",
        "facet.html",
        "facets.html",
        "person.html",
        "place.html",
        "requirement.html",
        "schedule.html",
        "month.html",
        "day.html",
        "year.html",
        "plan.html",
        "print.html",
        "search.html",
        "sheet.html",
        "page.html",
        "not_found.html",
        "offline.html",
        "redirect.html",
    ];
}

/// A Markdown text on a page.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text.
    pub markdown: Markdown,
    /// The level of the heading under which it stands: 1 for a body, so that its `##` is an `<h2>`.
    pub under: u8,
    /// Set before the anchors of its footnotes and, unless it is the page's body, of its headings,
    /// so that two texts on one page have no anchor in common. Empty for the body.
    pub prefix: String,
    /// The folder of the site in which the files beside its entry lie: `/offerings/2026-27/`.
    pub folder: String,
}
