//! Every page of the site, from the home page to the redirects: which there are, and what each
//! shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::calendars::Events;
use super::lists::Lists;
use super::route::{Claim, Output, Outputs};
use super::task::{Page, Prose, Subject};
use super::{AskedBy, facets, frame};
use crate::model::{
    Markdown, Offering, OfferingId, Page as Plain, Person, PersonId, Place, PlaceId, ProgramYear,
    Requirement, RoleId, Settings, SitePath, YearMonth,
};
use crate::schedule::OfferingSchedule;
use crate::source::{Sources, Span, Spanned};
use crate::theme::Section;
use crate::view::address::{
    day_path, kind_path, month_path, offering_path, person_path, place_path, plain_path,
    requirement_path, sheet_path, year_path,
};
use crate::view::{
    About, Agenda, Asked, DateView, DayView, Edition, FacetsView, HomeView, MonthName, MonthView,
    NewsFile, OfferingView, OfferingsView, PageView, Part, PersonView, PictureView, PlaceView,
    PlainView, PlanView, PrintView, RedirectView, RequirementView, ScheduleView, SearchData,
    SearchView, SheetView, YearView, linked_data, place_ids,
};
use facets::{Facet, Index};

const HOME: (&str, &str) = ("Home", "/");
const OFFERINGS: (&str, &str) = ("Offerings", "/offerings/");
const SCHEDULE: (&str, &str) = ("Schedule", "/schedule/");
const PLAN: (&str, &str) = ("My plan", "/plan/");
pub(super) const SEARCH: (&str, &str) = ("Search", "/search/");
pub(super) const OFFLINE: &str = "/offline.html";
const PRINT: (&str, &str) = ("For paper", "/print/");

/// A page that the site has.
#[derive(Clone, Debug)]
pub(super) enum Route<'a> {
    Home,
    NotFound,
    Offline,
    Offerings(Part),
    Offering(&'a OfferingSchedule<'a>),
    Facet(Facet<'a>, Part),
    Index(Index),
    Person(&'a Person),
    Place(&'a Place),
    Requirement(&'a Requirement),
    Schedule,
    Plan,
    Print(Part),
    Search,
    /// A role's year on one sheet.
    Sheet(&'a RoleId),
    /// By its position among the months that have something.
    Month(usize, YearMonth),
    /// A day of a month with very many sessions.
    Day(Date, Part),
    Year(ProgramYear, Part),
    Plain(&'a Plain),
    Redirect {
        from: SitePath,
        to: &'a Offering,
        alias: &'a Spanned<SitePath>,
    },
}

impl Route<'_> {
    /// Its path on the site.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::NotFound => "/404.html".to_owned(),
            Self::Offline => OFFLINE.to_owned(),
            Self::Offerings(part) => part.path(OFFERINGS.1),
            Self::Offering(schedule) => offering_path(&schedule.offering.id),
            Self::Facet(facet, part) => part.path(&facet.path()),
            Self::Index(index) => index.path(),
            Self::Person(person) => person_path(&person.id),
            Self::Place(place) => place_path(&place.id),
            Self::Requirement(requirement) => requirement_path(&requirement.id),
            Self::Schedule => SCHEDULE.1.to_owned(),
            Self::Plan => PLAN.1.to_owned(),
            Self::Print(part) => part.path(PRINT.1),
            Self::Search => SEARCH.1.to_owned(),
            Self::Sheet(role) => sheet_path(role),
            Self::Month(_, month) => month_path(*month),
            Self::Day(date, part) => part.path(&day_path(*date)),
            Self::Year(year, part) => part.path(&year_path(*year)),
            Self::Plain(page) => plain_path(&page.id),
            Self::Redirect { from, .. } => from.to_string(),
        }
    }

    /// The part of the site that it belongs to, if a theme may leave that out.
    pub(super) fn section(&self) -> Option<Section> {
        Some(match self {
            Self::Home
            | Self::NotFound
            | Self::Offerings(_)
            | Self::Offering(_)
            | Self::Plain(_)
            | Self::Redirect { .. } => return None,
            Self::Offline | Self::Search => Section::Search,
            Self::Facet(facet, _) => facet.index().left_out_as(),
            Self::Index(index) => index.left_out_as(),
            Self::Person(_) => Section::People,
            Self::Place(_) => Section::Places,
            Self::Requirement(_) => Section::Requirements,
            Self::Schedule | Self::Month(..) | Self::Day(..) => Section::Schedule,
            Self::Plan => Section::Plan,
            Self::Print(_) | Self::Sheet(_) => Section::Print,
            Self::Year(..) => Section::Years,
        })
    }

    /// Whether search engines may list it.
    pub(super) fn is_listed(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Offline
                | Self::Redirect { .. }
                | Self::Plan
                | Self::Print(_)
                | Self::Search
                | Self::Sheet(_)
        )
    }

    /// Where what it shows is written; none for a page that gathers from all entries.
    pub(super) fn origin(&self, settings: &Settings) -> Option<Span> {
        match self {
            Self::Home => Some(Span::start_of(settings.file)),
            Self::Offering(schedule) => Some(schedule.offering.span),
            Self::Facet(facet, _) => Some(facet.span()),
            Self::Person(person) => Some(person.span),
            Self::Place(place) => Some(place.span),
            Self::Requirement(requirement) => Some(requirement.span),
            Self::Plain(page) => Some(page.span),
            _ => None,
        }
    }

    /// Who wants its path.
    pub(super) fn claim(&self) -> Claim {
        let entry = |what: &str, title: &str, span: Span| Claim {
            what: format!("the {what} \"{title}\""),
            span: Some(span),
            alias: false,
        };
        match self {
            Self::Offering(schedule) => {
                let offering = schedule.offering;
                entry("offering", &offering.title.value, offering.span)
            }
            Self::Person(person) => entry("person", &person.name.value, person.span),
            Self::Place(place) => entry("place", &place.name.value, place.span),
            Self::Requirement(rule) => entry("requirement", &rule.title.value, rule.span),
            Self::Plain(page) => entry("page", &page.title.value, page.span),
            Self::Redirect { alias, .. } => Claim {
                what: format!("the alias `{}`", alias.value),
                span: Some(alias.span),
                alias: true,
            },
            _ => {
                let what = format!("convene's own page `{}`", self.path());
                Claim { what, span: None, alias: false }
            }
        }
    }
}

/// Plans all pages but the redirects.
pub(super) fn add_all<'a>(maker: &Maker<'a>, outputs: &mut Outputs<'a>) {
    let edition = maker.edition;
    let catalog = edition.catalog;
    let mut add = |route: Route<'a>| add(outputs, route);
    let fixed = [Route::Home, Route::NotFound, Route::Offline, Route::Schedule, Route::Plan];
    fixed.into_iter().chain([Route::Search]).for_each(&mut add);
    for part in Part::all(maker.lists.this_year().len()) {
        add(Route::Offerings(part));
        add(Route::Print(part));
    }
    catalog.roles.keys().for_each(|role| add(Route::Sheet(role)));
    edition.offerings.values().for_each(|schedule| add(Route::Offering(schedule)));
    for facet in facets::all(catalog) {
        let parts = Part::all(maker.lists.of(&facet.path()).len());
        parts.for_each(|part| add(Route::Facet(facet, part)));
    }
    for index in Index::ALL {
        add(Route::Index(index));
    }
    catalog.people.values().for_each(|person| add(Route::Person(person)));
    catalog.places.values().for_each(|place| add(Route::Place(place)));
    catalog.requirements.values().for_each(|rule| add(Route::Requirement(rule)));
    maker.months.iter().enumerate().for_each(|(at, month)| add(Route::Month(at, *month)));
    for (date, count) in maker.agenda.crowded_days() {
        Part::all(count).for_each(|part| add(Route::Day(date, part)));
    }
    for year in edition.years() {
        let parts = Part::all(maker.lists.of(&year_path(year)).len());
        parts.for_each(|part| add(Route::Year(year, part)));
    }
    catalog.pages.values().for_each(|page| add(Route::Plain(page)));
}

/// Plans a redirect for every old address. They come last, so that a page is never displaced.
pub(super) fn add_aliases<'a>(edition: &'a Edition<'a>, outputs: &mut Outputs<'a>) {
    for schedule in edition.offerings.values() {
        for alias in &schedule.offering.aliases {
            if let Some(from) = redirect_path(&alias.value) {
                add(outputs, Route::Redirect { from, to: schedule.offering, alias });
            }
        }
    }
}

fn add<'a>(outputs: &mut Outputs<'a>, route: Route<'a>) {
    // The path is made of IDs, which are safe, or is a safe alias.
    if let Ok(path) = SitePath::new(&route.path()) {
        outputs.add(&path, Output::Page(route));
    }
}

/// An old address as the path of a file: `/old` is served as `/old/`, `/old.html` as itself.
fn redirect_path(alias: &SitePath) -> Option<SitePath> {
    let path = alias.as_str();
    let last = path.rsplit('/').next().unwrap_or(path);
    if last.is_empty() || last.contains('.') {
        return Some(alias.clone());
    }
    SitePath::new(&format!("{path}/")).ok()
}

/// Makes the data of pages, one at a time.
pub(super) struct Maker<'a> {
    pub edition: &'a Edition<'a>,
    pub agenda: Agenda<'a>,
    pub events: Events<'a>,
    pub lists: Lists<'a>,
    search: OnceLock<Arc<SearchData>>,
    news: OnceLock<Arc<NewsFile>>,
    sources: &'a Sources,
    /// The months that have something.
    months: Vec<YearMonth>,
    led_by: BTreeMap<&'a PersonId, BTreeSet<&'a OfferingId>>,
    held_at: BTreeMap<&'a PlaceId, BTreeSet<&'a OfferingId>>,
    /// What each template asks for.
    asked: AskedBy,
}

impl<'a> Maker<'a> {
    pub(super) fn new(edition: &'a Edition<'a>, sources: &'a Sources, asked: AskedBy) -> Self {
        let agenda = Agenda::new(edition);
        let months = agenda.month_names();
        let mut led_by: BTreeMap<&PersonId, BTreeSet<&OfferingId>> = BTreeMap::new();
        let mut held_at: BTreeMap<&PlaceId, BTreeSet<&OfferingId>> = BTreeMap::new();
        for schedule in edition.offerings.values() {
            let offering = schedule.offering;
            let of_sessions = offering
                .written_sessions()
                .flat_map(|(_, session)| session.leaves())
                .flat_map(|session| &session.facilitators);
            for person in offering.facilitators.iter().chain(of_sessions) {
                led_by.entry(&person.value).or_default().insert(&offering.id);
            }
            for place in place_ids(offering) {
                held_at.entry(place).or_default().insert(&offering.id);
            }
        }
        let events = Events::new(edition);
        Self {
            edition,
            agenda,
            events,
            lists: Lists::new(edition),
            search: OnceLock::new(),
            news: OnceLock::new(),
            sources,
            months,
            led_by,
            held_at,
            asked,
        }
    }

    /// All that search finds, gathered when the first asks for it.
    pub(super) fn search(&self) -> Arc<SearchData> {
        let data = || Arc::new(SearchData::new(self.edition));
        Arc::clone(self.search.get_or_init(data))
    }

    /// What is new and what changed, gathered when the first asks for it.
    pub(super) fn news(&self) -> Arc<NewsFile> {
        let news = || Arc::new(NewsFile::new(self.edition, &self.agenda));
        Arc::clone(self.news.get_or_init(news))
    }

    /// The offerings that a person leads, or a session of them.
    pub(super) fn led(&self, id: &PersonId) -> impl Iterator<Item = &'a OfferingId> {
        self.led_by.get(id).into_iter().flatten().copied()
    }

    /// The offerings that meet at a place.
    pub(super) fn held(&self, id: &PlaceId) -> impl Iterator<Item = &'a OfferingId> {
        self.held_at.get(id).into_iter().flatten().copied()
    }

    /// How many offerings of the current year a person leads.
    pub(super) fn led_this_year(&self, id: &PersonId) -> usize {
        self.led_by.get(id).map_or(0, |ids| self.of_this_year(ids))
    }

    /// How many offerings of the current year meet at a place.
    pub(super) fn held_this_year(&self, id: &PlaceId) -> usize {
        self.held_at.get(id).map_or(0, |ids| self.of_this_year(ids))
    }

    fn of_this_year(&self, ids: &BTreeSet<&OfferingId>) -> usize {
        let year = |id: &&&OfferingId| self.edition.offerings.get(**id).and_then(|one| one.year);
        ids.iter().filter(|id| year(id) == Some(self.edition.year)).count()
    }

    /// What a template asks for.
    fn asked(&self, template: &str) -> &Asked {
        self.asked.template(template)
    }

    /// The data of a page.
    pub(super) fn page(&self, route: &Route<'a>) -> Page {
        let (edition, agenda) = (self.edition, &self.agenda);
        let path = route.path();
        let own = |page: PageView, view: Subject| Page { page, view, prose: BTreeMap::new() };
        let mut page = match route {
            Route::Home => {
                let settings = edition.settings();
                let description = settings.description.clone();
                let page = frame(edition, &path, &settings.title, description, "home", &[]);
                own(page, Subject::Home(HomeView::new(edition, agenda, self.lists.this_year())))
            }
            Route::NotFound => {
                let page = frame(edition, &path, "Page not found", None, "none", &[HOME]);
                own(page, Subject::NotFound(PlainView { summary: None }))
            }
            Route::Offline => {
                let page = frame(edition, &path, "You are offline", None, "none", &[HOME]);
                own(page, Subject::Offline(PlainView { summary: None }))
            }
            Route::Offerings(part) => {
                let all = self.lists.this_year();
                let view = OfferingsView::new(edition, all, *part, OFFERINGS.1);
                let description = Some(format!("All offerings of {}, by kind.", view.year));
                let title = part.title(OFFERINGS.0);
                let crumbs = if part.number == 1 { &[HOME][..] } else { &[HOME, OFFERINGS] };
                let page = frame(edition, &path, &title, description, "offerings", crumbs);
                own(page, Subject::Offerings(view))
            }
            Route::Offering(schedule) => self.offering(&path, schedule),
            Route::Facet(facet, part) => facet.page(self, *part),
            Route::Index(index) => {
                let title = index.title();
                let about = Some(format!("{title}, each with its offerings."));
                let page = frame(edition, &path, title, about, index.section(), &[HOME]);
                let entries = index.entries(self);
                own(page, Subject::Facets(FacetsView { facet: index.facet(), entries }))
            }
            Route::Person(person) => self.person(&path, person),
            Route::Place(place) => self.place(&path, place),
            Route::Requirement(requirement) => self.requirement(&path, requirement),
            Route::Schedule => {
                let description = Some("Every session to come, in the order of time.".to_owned());
                let page = frame(edition, &path, SCHEDULE.0, description, "schedule", &[HOME]);
                own(page, Subject::Schedule(ScheduleView::new(edition, agenda, &self.months)))
            }
            Route::Plan => {
                let description =
                    Some("What I have chosen, and what is required of me.".to_owned());
                let page = frame(edition, &path, PLAN.0, description, "plan", &[HOME]);
                own(
                    page,
                    Subject::Plan(PlanView::new(edition, super::OFFERING_DATA, super::CALENDARS)),
                )
            }
            Route::Search => {
                let description = Some("Search everything in the catalog.".to_owned());
                let page = frame(edition, &path, SEARCH.0, description, "search", &[HOME]);
                let view = SearchView {
                    index: edition.addresses.href(super::SEARCH),
                    count: SearchData::count(edition),
                };
                own(page, Subject::Search(view))
            }
            Route::Print(part) => {
                let title = part.title(&format!("Catalog {}", edition.year));
                let description = Some("The whole catalog as one document, for paper.".to_owned());
                let page = frame(edition, &path, &title, description, "none", &[HOME]);
                let roles = edition.catalog.roles.iter();
                let sheets = roles
                    .map(|(id, role)| edition.link(id.as_str(), &role.plural, &sheet_path(id)));
                let list = (self.lists.this_year(), *part, PRINT.1);
                own(
                    page,
                    Subject::Print(PrintView::new(
                        edition,
                        list,
                        sheets.collect(),
                        self.asked("print.html"),
                    )),
                )
            }
            Route::Sheet(role) => {
                let view = SheetView::new(edition, agenda, role, PLAN.1);
                let title = format!("{}: {} on one sheet", view.role.title, view.year);
                let description = Some("What is required and what may be chosen.".to_owned());
                let page = frame(edition, &path, &title, description, "none", &[HOME, PRINT]);
                own(page, Subject::Sheet(view))
            }
            Route::Month(at, month) => self.month(&path, *at, *month),
            Route::Day(date, part) => self.day(&path, *date, *part),
            Route::Year(year, part) => {
                let title = part.title(&format!("Program year {year}"));
                let description = Some(format!("Offerings and sessions of {year}."));
                let crumbs = [HOME, ("Program years", "/years/")];
                let page = frame(edition, &path, &title, description, "years", &crumbs);
                let whole = year_path(*year);
                let list = (self.lists.of(&whole), *part, whole.as_str());
                own(page, Subject::Year(YearView::new(edition, agenda, *year, list)))
            }
            Route::Plain(plain) => {
                let (title, summary) = (&plain.title.value, plain.summary.clone());
                let page = frame(edition, &path, title, summary.clone(), "pages", &[HOME]);
                let prose = self.body(plain.body.as_ref(), 1);
                Page { page, view: Subject::Plain(PlainView { summary }), prose }
            }
            Route::Redirect { to, .. } => self.redirect(&path, to),
        };
        page.page.indexed = route.is_listed();
        if page.page.indexed && self.asked(page.view.template()).has("linked_data") {
            page.page.linked_data = self.linked(route, &page.page);
        }
        page
    }

    /// What search engines read of a page.
    fn linked(&self, route: &Route<'a>, page: &PageView) -> String {
        let folder;
        let about = match route {
            Route::Home => About::Catalog,
            Route::Offering(schedule) => {
                folder = self.folder_of(schedule.offering.span);
                About::Offering(schedule, &folder)
            }
            Route::Person(person) => About::Person(person),
            Route::Place(place) => About::Place(place),
            _ => About::Other,
        };
        linked_data(self.edition, page, about)
    }

    fn offering(&self, path: &str, schedule: &OfferingSchedule<'a>) -> Page {
        let edition = self.edition;
        let offering = schedule.offering;
        let kind = edition.kind_link(&offering.kind.value);
        let kind_page = kind_path(&offering.kind.value);
        let crumbs = [HOME, OFFERINGS, (kind.title.as_str(), kind_page.as_str())];
        let summary = Some(offering.summary.value.clone());
        let mut page = frame(edition, path, &offering.title.value, summary, "offerings", &crumbs);
        page.image = PictureView::of_offering(edition, schedule);
        let mut prose = self.body(offering.body.as_ref(), 2);
        if let Some(text) = &offering.eligibility {
            prose.insert("eligibility".to_owned(), self.prose(text, 2, "eligibility-"));
        }
        let places = place_ids(offering).into_iter();
        for place in places.filter_map(|id| edition.catalog.places.get(id)) {
            if let Some(text) = &place.accessibility {
                let name = format!("access-{}", place.id);
                let prefix = format!("{name}-");
                prose.insert(name, self.prose(text, 3, &prefix));
            }
        }
        let asked = self.asked("offering.html");
        let view = OfferingView::new(edition, schedule, &self.folder_of(offering.span), asked);
        Page { page, view: Subject::Offering(Box::new(view)), prose }
    }

    fn person(&self, path: &str, person: &Person) -> Page {
        let edition = self.edition;
        let led = self.led(&person.id).filter_map(|id| edition.offerings.get(id).copied());
        let view = PersonView::new(edition, &self.agenda, person, led);
        let (name, title) = (&person.name.value, person.title.clone());
        let page = frame(edition, path, name, title, "people", &[HOME, ("People", "/people/")]);
        Page { page, view: Subject::Person(view), prose: self.body(person.body.as_ref(), 1) }
    }

    fn place(&self, path: &str, place: &Place) -> Page {
        let edition = self.edition;
        let held = self.held(&place.id).filter_map(|id| edition.offerings.get(id).copied());
        let view = PlaceView::new(edition, &self.agenda, place, held);
        let (name, address) = (&place.name.value, place.address.clone());
        let page = frame(edition, path, name, address, "places", &[HOME, ("Places", "/places/")]);
        let mut prose = self.body(place.body.as_ref(), 1);
        if let Some(text) = &place.accessibility {
            prose.insert("accessibility".to_owned(), self.prose(text, 2, "accessibility-"));
        }
        Page { page, view: Subject::Place(view), prose }
    }

    fn requirement(&self, path: &str, requirement: &Requirement) -> Page {
        let edition = self.edition;
        let view = RequirementView::new(edition, requirement);
        let sentence = Some(view.card.sentence.clone());
        let crumbs = [HOME, ("Requirements", "/requirements/")];
        let title = &requirement.title.value;
        let page = frame(edition, path, title, sentence, "requirements", &crumbs);
        let prose = self.body(requirement.body.as_ref(), 2);
        Page { page, view: Subject::Requirement(view), prose }
    }

    fn month(&self, path: &str, at: usize, month: YearMonth) -> Page {
        let edition = self.edition;
        let title = MonthName::new(month).text;
        let description = Some(format!("All sessions in {title}."));
        let page = frame(edition, path, &title, description, "schedule", &[HOME, SCHEDULE]);
        let entries = self.agenda.month(edition, month);
        let view = MonthView::new(edition, &self.agenda, entries, &self.months, at);
        Page { page, view: Subject::Month(view), prose: BTreeMap::new() }
    }

    /// A part of a day. One that has nothing has no page, so nobody sees the page without it.
    fn day(&self, path: &str, date: Date, part: Part) -> Page {
        let edition = self.edition;
        let month = YearMonth::of(date);
        let (name, month_page) = (MonthName::new(month).text, month_path(month));
        let title = part.title(&DateView::new(date).long);
        let description = Some(format!("All sessions of {title}."));
        let crumbs = [HOME, SCHEDULE, (name.as_str(), month_page.as_str())];
        let page = frame(edition, path, &title, description, "schedule", &crumbs);
        let view = DayView::new(edition, &self.agenda, date, part)
            .map_or_else(|| Subject::NotFound(PlainView { summary: None }), Subject::Day);
        Page { page, view, prose: BTreeMap::new() }
    }

    fn redirect(&self, path: &str, to: &Offering) -> Page {
        let edition = self.edition;
        let target = offering_path(&to.id);
        let title = to.title.value.clone();
        let canonical = edition.addresses.absolute(&target);
        let mut page = frame(edition, path, &title, None, "none", &[HOME]);
        page.canonical.clone_from(&canonical);
        let href = edition.addresses.href(&target);
        let view = Subject::Redirect(RedirectView { title, href, canonical });
        Page { page, view, prose: BTreeMap::new() }
    }

    /// A body, and the level of the heading under which its page shows it.
    fn body(&self, markdown: Option<&Markdown>, under: u8) -> BTreeMap<String, Prose> {
        markdown.map(|text| ("body".to_owned(), self.prose(text, under, ""))).into_iter().collect()
    }

    fn prose(&self, markdown: &Markdown, under: u8, prefix: &str) -> Prose {
        Prose {
            markdown: markdown.clone(),
            under,
            prefix: prefix.to_owned(),
            folder: self.folder_of(markdown.span),
        }
    }

    /// The folder of the site in which the files beside an entry lie.
    pub(super) fn folder_of(&self, span: Span) -> String {
        let path = &self.sources.get(span.file).path;
        let relative = path.strip_prefix("content").unwrap_or(path);
        let end = relative.rfind('/');
        end.map_or_else(|| "/".to_owned(), |slash| relative[..=slash].to_owned())
    }
}
