//! Every page of the site, from the home page to the redirects.

use std::collections::{BTreeMap, BTreeSet};

use super::route::{Claim, Outputs};
use super::{Page, Prose, Subject, Task, frame};
use crate::model::{Markdown, PersonId, PlaceId, SitePath, YearMonth};
use crate::schedule::OfferingSchedule;
use crate::source::{Sources, Span};
use crate::view::address::{
    kind_path, month_path, network_path, offering_path, person_path, place_path, plain_path,
    requirement_path, role_path, topic_path, year_path,
};
use crate::view::{
    Agenda, Edition, Facet, FacetEntry, FacetView, FacetsView, HomeView, LinkView, MonthView,
    OfferingView, OfferingsView, PageView, PersonView, PlaceView, PlainView, RedirectView,
    RequirementView, ScheduleView, YearView, place_ids,
};

const HOME: (&str, &str) = ("Home", "/");
const OFFERINGS: (&str, &str) = ("Offerings", "/offerings/");
const SCHEDULE: (&str, &str) = ("Schedule", "/schedule/");

/// Plans all pages but the redirects.
pub(super) fn add_all(edition: &Edition<'_>, sources: &Sources, outputs: &mut Outputs) {
    let agenda = Agenda::new(edition);
    let who_is_where = Index::new(edition);
    home(edition, &agenda, outputs);
    offerings(edition, sources, outputs);
    facets(edition, &agenda, outputs);
    people(edition, &agenda, &who_is_where, sources, outputs);
    places(edition, &agenda, &who_is_where, sources, outputs);
    requirements(edition, sources, outputs);
    schedule(edition, &agenda, outputs);
    years(edition, &agenda, outputs);
    plain_pages(edition, sources, outputs);
}

/// Which offerings a person leads and a place holds, found without looking at all of them.
struct Index<'a> {
    by_person: BTreeMap<&'a PersonId, BTreeSet<&'a str>>,
    by_place: BTreeMap<&'a PlaceId, BTreeSet<&'a str>>,
}

impl<'a> Index<'a> {
    fn new(edition: &Edition<'a>) -> Self {
        let mut index = Self { by_person: BTreeMap::new(), by_place: BTreeMap::new() };
        for schedule in edition.offerings.values() {
            let offering = schedule.offering;
            let of_sessions = offering
                .written_sessions()
                .flat_map(|(_, session)| session.leaves())
                .flat_map(|session| &session.facilitators);
            for person in offering.facilitators.iter().chain(of_sessions) {
                index.by_person.entry(&person.value).or_default().insert(offering.id.as_str());
            }
            for place in place_ids(offering) {
                index.by_place.entry(place).or_default().insert(offering.id.as_str());
            }
        }
        index
    }
}

/// A page of the program's own making.
fn own(outputs: &mut Outputs, page: PageView, view: Subject) {
    let what = format!("convene's own page \"{}\"", page.title);
    add(outputs, page, view, BTreeMap::new(), Claim { what, span: None, alias: false });
}

/// The page of an entry.
fn entry(
    outputs: &mut Outputs,
    what: &str,
    span: Span,
    page: PageView,
    view: Subject,
    prose: BTreeMap<String, Prose>,
) {
    let what = format!("{what} \"{}\"", page.title);
    add(outputs, page, view, prose, Claim { what, span: Some(span), alias: false });
}

fn add(
    outputs: &mut Outputs,
    page: PageView,
    view: Subject,
    prose: BTreeMap<String, Prose>,
    claim: Claim,
) {
    // The path is made of IDs, which are safe.
    if let Ok(path) = SitePath::new(&page.path) {
        outputs.add(&path, Task::Page(Box::new(Page { page, view, prose })), claim);
    }
}

/// The folder of the site in which the files beside an entry lie.
fn folder_of(sources: &Sources, span: Span) -> String {
    let path = &sources.get(span.file).path;
    let relative = path.strip_prefix("content").unwrap_or(path);
    relative.rfind('/').map_or_else(|| "/".to_owned(), |slash| relative[..=slash].to_owned())
}

/// A body, and the level of the heading under which its page shows it.
fn body(sources: &Sources, markdown: Option<&Markdown>, under: u8) -> BTreeMap<String, Prose> {
    markdown.map(|text| ("body".to_owned(), prose(sources, text, under, ""))).into_iter().collect()
}

fn prose(sources: &Sources, markdown: &Markdown, under: u8, prefix: &str) -> Prose {
    Prose {
        markdown: markdown.clone(),
        under,
        prefix: prefix.to_owned(),
        folder: folder_of(sources, markdown.span),
    }
}

fn home(edition: &Edition<'_>, agenda: &Agenda<'_>, outputs: &mut Outputs) {
    let settings = edition.settings();
    let page = frame(edition, "/", &settings.title, settings.description.clone(), "home", &[]);
    own(outputs, page, Subject::Home(HomeView::new(edition, agenda)));

    let mut page = frame(edition, "/404.html", "Page not found", None, "none", &[HOME]);
    page.indexed = false;
    own(outputs, page, Subject::NotFound(PlainView { summary: None }));
}

fn offerings(edition: &Edition<'_>, sources: &Sources, outputs: &mut Outputs) {
    let view = OfferingsView::new(edition);
    let description = format!("All offerings of {}, by kind.", view.year);
    let page = frame(edition, OFFERINGS.1, OFFERINGS.0, Some(description), "offerings", &[HOME]);
    own(outputs, page, Subject::Offerings(view));

    for schedule in edition.offerings.values() {
        let offering = schedule.offering;
        let path = offering_path(&offering.id);
        let title = &offering.title.value;
        let summary = Some(offering.summary.value.clone());
        let kind = edition.kind_link(&offering.kind.value);
        let kind_page = kind_path(&offering.kind.value);
        let crumbs = [HOME, OFFERINGS, (kind.title.as_str(), kind_page.as_str())];
        let page = frame(edition, &path, title, summary, "offerings", &crumbs);
        let folder = folder_of(sources, offering.span);
        let mut texts = body(sources, offering.body.as_ref(), 2);
        if let Some(text) = &offering.eligibility {
            texts.insert("eligibility".to_owned(), prose(sources, text, 2, "eligibility-"));
        }
        for place in place_ids(offering).into_iter().filter_map(|id| edition.catalog.places.get(id))
        {
            if let Some(text) = &place.accessibility {
                let name = format!("access-{}", place.id);
                let prefix = format!("{name}-");
                texts.insert(name, prose(sources, text, 3, &prefix));
            }
        }
        let view = OfferingView::new(edition, schedule, &folder);
        entry(
            outputs,
            "the offering",
            offering.span,
            page,
            Subject::Offering(Box::new(view)),
            texts,
        );
    }
}

/// The pages of kinds, roles, networks and topics, and an index of each.
fn facets(edition: &Edition<'_>, agenda: &Agenda<'_>, outputs: &mut Outputs) {
    let catalog = edition.catalog;
    let mut index = Vec::new();
    for (id, kind) in &catalog.kinds {
        let facet = Facet {
            facet: "kind",
            id: id.as_str(),
            name: &kind.plural,
            description: kind.description.clone(),
            role: None,
        };
        let pick = |s: &OfferingSchedule<'_>| s.offering.kind.value == *id;
        index.push(facet_page(
            edition,
            agenda,
            outputs,
            ("Kinds", "kinds"),
            &kind_path(id),
            facet,
            pick,
        ));
    }
    facet_index(edition, outputs, "kind", "Kinds of learning", "kinds", std::mem::take(&mut index));

    for (id, role) in &catalog.roles {
        let facet = Facet {
            facet: "role",
            id: id.as_str(),
            name: &role.plural,
            description: None,
            role: Some(id),
        };
        let pick = |s: &OfferingSchedule<'_>| s.offering.roles.includes(id);
        index.push(facet_page(
            edition,
            agenda,
            outputs,
            ("Roles", "roles"),
            &role_path(id),
            facet,
            pick,
        ));
    }
    facet_index(edition, outputs, "role", "Roles", "roles", std::mem::take(&mut index));

    for (id, network) in &catalog.networks {
        let facet = Facet {
            facet: "network",
            id: id.as_str(),
            name: &network.name.value,
            description: None,
            role: None,
        };
        let pick = |s: &OfferingSchedule<'_>| {
            let networks = &s.offering.networks;
            networks.is_empty() || networks.iter().any(|one| one.value == *id)
        };
        let path = network_path(id);
        index.push(facet_page(
            edition,
            agenda,
            outputs,
            ("Networks", "networks"),
            &path,
            facet,
            pick,
        ));
    }
    facet_index(
        edition,
        outputs,
        "network",
        "Learning networks",
        "networks",
        std::mem::take(&mut index),
    );

    for (id, topic) in &catalog.topics {
        let facet = Facet {
            facet: "topic",
            id: id.as_str(),
            name: &topic.name.value,
            description: topic.description.clone(),
            role: None,
        };
        let pick = |s: &OfferingSchedule<'_>| s.offering.topics.iter().any(|one| one.value == *id);
        let path = topic_path(id);
        index.push(facet_page(edition, agenda, outputs, ("Topics", "topics"), &path, facet, pick));
    }
    facet_index(edition, outputs, "topic", "Topics", "topics", index);
}

fn facet_page(
    edition: &Edition<'_>,
    agenda: &Agenda<'_>,
    outputs: &mut Outputs,
    (index_title, section): (&str, &'static str),
    path: &str,
    facet: Facet<'_>,
    pick: impl Fn(&OfferingSchedule<'_>) -> bool,
) -> FacetEntry {
    let index_path = format!("/{section}/");
    let (id, name) = (facet.id.to_owned(), facet.name.to_owned());
    let description = facet.description.clone();
    let view = FacetView::new(edition, agenda, facet, pick);
    let crumbs = [HOME, (index_title, index_path.as_str())];
    let summary = description.clone().unwrap_or_else(|| format!("Offerings and sessions: {name}."));
    let page = frame(edition, path, &name, Some(summary), section, &crumbs);
    let count = view.groups.iter().map(|group| group.cards.len()).sum();
    own(outputs, page, Subject::Facet(view));
    FacetEntry { link: edition.link(&id, &name, path), description, count }
}

fn facet_index(
    edition: &Edition<'_>,
    outputs: &mut Outputs,
    facet: &'static str,
    title: &str,
    section: &'static str,
    entries: Vec<FacetEntry>,
) {
    let path = format!("/{section}/");
    let page = frame(edition, &path, title, None, section, &[HOME]);
    own(outputs, page, Subject::Facets(FacetsView { facet, entries }));
}

fn people(
    edition: &Edition<'_>,
    agenda: &Agenda<'_>,
    index: &Index<'_>,
    sources: &Sources,
    outputs: &mut Outputs,
) {
    let mut entries = Vec::new();
    for person in edition.catalog.people.values() {
        let path = person_path(&person.id);
        let led = index.by_person.get(&person.id);
        let leads =
            |s: &OfferingSchedule<'_>| led.is_some_and(|ids| ids.contains(s.offering.id.as_str()));
        let view = PersonView::new(edition, agenda, person, leads);
        let name = &person.name.value;
        entries.push(FacetEntry {
            link: edition.person_link(&person.id),
            description: person.title.clone(),
            count: view.offerings.len(),
        });
        let page = frame(
            edition,
            &path,
            name,
            person.title.clone(),
            "people",
            &[HOME, ("People", "/people/")],
        );
        let texts = body(sources, person.body.as_ref(), 1);
        entry(outputs, "the person", person.span, page, Subject::Person(view), texts);
    }
    facet_index(edition, outputs, "person", "People", "people", entries);
}

fn places(
    edition: &Edition<'_>,
    agenda: &Agenda<'_>,
    index: &Index<'_>,
    sources: &Sources,
    outputs: &mut Outputs,
) {
    let mut entries = Vec::new();
    for place in edition.catalog.places.values() {
        let path = place_path(&place.id);
        let held = index.by_place.get(&place.id);
        let meets =
            |s: &OfferingSchedule<'_>| held.is_some_and(|ids| ids.contains(s.offering.id.as_str()));
        let view = PlaceView::new(edition, agenda, place, meets);
        entries.push(FacetEntry {
            link: edition.place_link(&place.id),
            description: place.address.clone(),
            count: view.offerings.len(),
        });
        let name = &place.name.value;
        let page = frame(
            edition,
            &path,
            name,
            place.address.clone(),
            "places",
            &[HOME, ("Places", "/places/")],
        );
        let mut texts = body(sources, place.body.as_ref(), 1);
        if let Some(text) = &place.accessibility {
            texts.insert("accessibility".to_owned(), prose(sources, text, 2, "accessibility-"));
        }
        entry(outputs, "the place", place.span, page, Subject::Place(view), texts);
    }
    facet_index(edition, outputs, "place", "Places", "places", entries);
}

fn requirements(edition: &Edition<'_>, sources: &Sources, outputs: &mut Outputs) {
    let mut entries = Vec::new();
    for requirement in edition.catalog.requirements.values() {
        let path = requirement_path(&requirement.id);
        let view = RequirementView::new(edition, requirement);
        let sentence = view.card.sentence.clone();
        entries.push(FacetEntry {
            link: edition.requirement_link(requirement),
            description: Some(sentence.clone()),
            count: view.choices.len(),
        });
        let crumbs = [HOME, ("Requirements", "/requirements/")];
        let title = &requirement.title.value;
        let page = frame(edition, &path, title, Some(sentence), "requirements", &crumbs);
        let texts = body(sources, requirement.body.as_ref(), 2);
        entry(
            outputs,
            "the requirement",
            requirement.span,
            page,
            Subject::Requirement(view),
            texts,
        );
    }
    facet_index(edition, outputs, "requirement", "Requirements", "requirements", entries);
}

fn schedule(edition: &Edition<'_>, agenda: &Agenda<'_>, outputs: &mut Outputs) {
    let mut months = agenda.months(edition, |_, _| true);
    let names: Vec<YearMonth> = agenda.month_names();
    let page = frame(
        edition,
        SCHEDULE.1,
        SCHEDULE.0,
        Some("Every session to come, in the order of time.".to_owned()),
        "schedule",
        &[HOME],
    );
    own(outputs, page, Subject::Schedule(ScheduleView::new(edition, agenda, &names)));
    for (at, month) in months.drain(..).enumerate() {
        let Some(&name) = names.get(at) else { continue };
        let path = month_path(name);
        let title = month.month.text.clone();
        let description = Some(format!("All sessions in {title}."));
        let page = frame(edition, &path, &title, description, "schedule", &[HOME, SCHEDULE]);
        own(outputs, page, Subject::Month(MonthView::new(edition, month, &names, at)));
    }
}

fn years(edition: &Edition<'_>, agenda: &Agenda<'_>, outputs: &mut Outputs) {
    let mut entries = Vec::new();
    for year in edition.years() {
        let view = YearView::new(edition, agenda, year);
        entries.push(FacetEntry {
            link: edition.year_link(year),
            description: None,
            count: view.groups.iter().map(|group| group.cards.len()).sum(),
        });
        let title = format!("Program year {year}");
        let description = Some(format!("Offerings and sessions of {year}."));
        let crumbs = [HOME, ("Program years", "/years/")];
        let page = frame(edition, &year_path(year), &title, description, "years", &crumbs);
        own(outputs, page, Subject::Year(view));
    }
    facet_index(edition, outputs, "year", "Program years", "years", entries);
}

fn plain_pages(edition: &Edition<'_>, sources: &Sources, outputs: &mut Outputs) {
    for plain in edition.catalog.pages.values() {
        let path = plain_path(&plain.id);
        let page =
            frame(edition, &path, &plain.title.value, plain.summary.clone(), "pages", &[HOME]);
        let view = Subject::Plain(PlainView { summary: plain.summary.clone() });
        let texts = body(sources, plain.body.as_ref(), 1);
        entry(outputs, "the page", plain.span, page, view, texts);
    }
}

/// Plans a redirect for every old address. They come last, so that a page is never displaced.
pub(super) fn add_aliases(edition: &Edition<'_>, outputs: &mut Outputs) {
    for schedule in edition.offerings.values() {
        let offering = schedule.offering;
        let target = offering_path(&offering.id);
        let LinkView { title, href, .. } = edition.link("", &offering.title.value, &target);
        for alias in &offering.aliases {
            let Some(path) = redirect_path(&alias.value) else { continue };
            let canonical = edition.addresses.absolute(&target);
            let mut page = frame(edition, path.as_str(), &title, None, "none", &[HOME]);
            page.canonical.clone_from(&canonical);
            page.indexed = false;
            let view = RedirectView { title: title.clone(), href: href.clone(), canonical };
            let claim = Claim {
                what: format!("the alias `{}`", alias.value),
                span: Some(alias.span),
                alias: true,
            };
            let page = Page { page, view: Subject::Redirect(view), prose: BTreeMap::new() };
            outputs.add(&path, Task::Page(Box::new(page)), claim);
        }
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
