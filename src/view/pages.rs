//! `view` for each type of page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::address::{
    CALENDAR_OF_ALL, CALENDAR_OF_ENROLLMENT, calendar_path, day_path, kind_path, month_path,
};
use super::requirement::requirements;
use super::site::tel;
use super::{
    Agenda, AgendaDay, AgendaMonth, CalendarCell, CardGroup, CardView, ChangeView, DateView, EACH,
    Edition, FeedView, FinderView, ImageView, Item, LONG, LinkView, MonthName, NamedFeedView,
    PagerView, Part, RequirementCard, UndatedEntry, VenueView,
};
use crate::model::{Enrollment, KindId, Moment, Person, Place, ProgramYear, RoleId, YearMonth};
use crate::schedule::{EnrollmentState, OfferingSchedule, enrollment_state, instant};
use crate::source::Spanned;

/// The home page: what is required, what is next, what is open.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// Every requirement of the current year.
    pub requirements: Vec<RequirementCard>,
    /// The next session that takes place: a day with one entry.
    pub first: Option<AgendaDay>,
    /// What is not as it was: sessions that moved or do not take place, deadlines that were
    /// extended.
    pub changes: Vec<ChangeView>,
    /// The next sessions, by day.
    pub next: Vec<AgendaDay>,
    /// How many entries `next` has, at most.
    pub next_count: usize,
    /// A few that follow, to take the place of those that pass while the page is not built anew.
    pub later: Vec<AgendaDay>,
    /// Offerings with open enrollment, the one that closes first at the top; of very many, the
    /// first.
    pub open: Vec<CardView>,
    /// How many there are in all.
    pub open_count: usize,
    /// Offerings whose enrollment opens later, the first at the top; of very many, the first.
    pub opening: Vec<CardView>,
    /// How many there are in all.
    pub opening_count: usize,
    /// Offerings that staff put first.
    pub featured: Vec<CardView>,
    /// Each kind with its offerings of the current year; of very many, the first.
    pub kinds: Vec<CardGroup>,
}

/// All offerings of the current year.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingsView {
    /// The program year that is shown.
    pub year: String,
    /// How many there are.
    pub count: usize,
    /// What they can be narrowed by; absent when they do not all stand on this page.
    pub finder: Option<FinderView>,
    /// Grouped by kind; those of this part.
    pub groups: Vec<CardGroup>,
    /// The other parts of a long list.
    pub pager: Option<PagerView>,
    /// Links to the pages of each role.
    pub roles: Vec<LinkView>,
    /// Likewise networks.
    pub networks: Vec<LinkView>,
    /// Likewise topics.
    pub topics: Vec<LinkView>,
    /// Likewise earlier and later years.
    pub years: Vec<LinkView>,
}

/// The page of a kind, a role, a network or a topic.
#[derive(Clone, Debug, Serialize)]
pub struct FacetView {
    /// `kind`, `role`, `network`, `topic`
    pub facet: &'static str,
    /// Its ID.
    pub id: String,
    /// `Series`, `Principals`
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// What people of this role must complete; for roles only.
    pub requirements: Vec<RequirementCard>,
    /// Its calendar.
    pub feed: FeedView,
    /// The calendar of a role in each network; empty for what is no role.
    pub other_feeds: Vec<NamedFeedView>,
    /// Its offerings of the current year, by kind (a single group for a kind); those of this part.
    pub groups: Vec<CardGroup>,
    /// The other parts of a long list. What follows stands on the first part alone.
    pub pager: Option<PagerView>,
    /// Its next sessions, by day.
    pub next: Vec<AgendaDay>,
    /// Its offerings of earlier years; of very many, the latest.
    pub earlier: Vec<CardView>,
}

/// The index of one facet: all kinds, all people, all places.
#[derive(Clone, Debug, Serialize)]
pub struct FacetsView {
    /// `kind`, `role`, `network`, `topic`, `person`, `place`, `requirement`, `year`
    pub facet: &'static str,
    /// Each, with how many offerings it has.
    pub entries: Vec<FacetEntry>,
}

/// One line of an index.
#[derive(Clone, Debug, Serialize)]
pub struct FacetEntry {
    /// Where it leads.
    pub link: LinkView,
    /// What it is, or a person's title, or a place's address.
    pub description: Option<String>,
    /// How many offerings it has.
    pub count: usize,
}

/// A facilitator, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonCard {
    /// Their page.
    pub link: LinkView,
    /// What they do.
    pub title: Option<String>,
    /// For whom.
    pub organization: Option<String>,
    /// A portrait.
    pub photo: Option<ImageView>,
}

/// The page of a person.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// Their name.
    pub name: String,
    /// What they do.
    pub title: Option<String>,
    /// For whom.
    pub organization: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone as written.
    pub phone: Option<String>,
    /// Telephone for a `tel:` link.
    pub tel: Option<String>,
    /// A portrait.
    pub photo: Option<ImageView>,
    /// Their calendar.
    pub feed: FeedView,
    /// What they lead this year.
    pub offerings: Vec<CardView>,
    /// Their next sessions, by day.
    pub next: Vec<AgendaDay>,
    /// What they led in earlier years.
    pub earlier: Vec<CardView>,
}

/// The page of a place.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceView {
    /// Name, address, room.
    pub venue: VenueView,
    /// The address in lines.
    pub address_lines: Vec<String>,
    /// A map, or the room's own page.
    pub map: Option<String>,
    /// Seats.
    pub capacity: Option<u32>,
    /// Its calendar.
    pub feed: FeedView,
    /// What takes place here this year.
    pub offerings: Vec<CardView>,
    /// The next sessions here, by day.
    pub next: Vec<AgendaDay>,
}

/// The agenda of what is to come.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleView {
    /// What the sessions can be narrowed by; absent when they do not all stand on this page.
    pub finder: Option<FinderView>,
    /// How many entries there are on this page.
    pub count: usize,
    /// How many there are in all; those that do not stand here stand on the pages of their months.
    pub total: usize,
    /// The calendar of everything.
    pub feed: FeedView,
    /// The calendar of the opening and the closing of enrollment.
    pub other_feeds: Vec<NamedFeedView>,
    /// Months from the present one on, each with its days.
    pub months: Vec<AgendaMonth>,
    /// What has no month yet: the season, or nothing.
    pub undated: Vec<UndatedEntry>,
    /// Links to the months of the current year, for a row of links.
    pub all_months: Vec<LinkView>,
}

/// A month as a table and as a list.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// The month.
    pub month: MonthName,
    /// The month before that has something.
    pub previous: Option<LinkView>,
    /// The month after that has something.
    pub next: Option<LinkView>,
    /// Names of the days, Sunday first.
    pub weekdays: Vec<&'static str>,
    /// Weeks, each of seven days, Sunday first.
    pub weeks: Vec<Vec<CalendarCell>>,
    /// The same as a list, for a phone. Empty in a month with very many sessions, whose days have
    /// pages of their own; see [`CalendarCell::href`].
    pub days: Vec<AgendaDay>,
    /// What is in this month on a day not known yet.
    pub undated: Vec<UndatedEntry>,
}

/// A day of a month that has very many sessions.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// The day and those of its sessions that stand on this part.
    pub day: AgendaDay,
    /// The month.
    pub month: LinkView,
    /// The day before that has something.
    pub previous: Option<LinkView>,
    /// The day after that has something.
    pub next: Option<LinkView>,
    /// The other parts of a long list.
    pub pager: Option<PagerView>,
}

/// A program year.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// `2026-27`
    pub year: String,
    /// True for the year of the moment of building.
    pub current: bool,
    /// Its offerings, by kind; those of this part.
    pub groups: Vec<CardGroup>,
    /// The other parts of a long list. What follows stands on the first part alone.
    pub pager: Option<PagerView>,
    /// Its sessions by month, as they were. Empty when they are very many.
    pub months: Vec<AgendaMonth>,
    /// Its months, when they do not stand here.
    pub month_links: Vec<LinkView>,
    /// Other years.
    pub years: Vec<LinkView>,
}

/// A plain page; also the page for what is not found.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// The lead sentence.
    pub summary: Option<String>,
}

/// An old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The page's name.
    pub title: String,
    /// Where it is now.
    pub href: String,
    /// The absolute address.
    pub canonical: String,
}

/// How many sessions the home page shows.
const NEXT_AT_HOME: usize = 6;
/// How many changes it shows.
const CHANGES_AT_HOME: usize = 8;
/// How many offerings it names under one heading.
const MANY_AT_HOME: usize = 60;
/// How many more sessions it holds ready.
const SPARE_AT_HOME: usize = 4;
/// How many sessions the page of a kind, role, person or place shows.
const NEXT_ON_FACET: usize = 8;

impl HomeView {
    /// The home page. `current` are the offerings of the current year, by kind.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        current: &[&OfferingSchedule<'_>],
    ) -> Self {
        let (open, open_count) = in_state(
            edition,
            current,
            &[EnrollmentState::Open, EnrollmentState::ClosingSoon],
            |enroll| enroll.closes.as_ref(),
        );
        let (opening, opening_count) =
            in_state(edition, current, &[EnrollmentState::OpensOn], |enroll| enroll.opens.as_ref());
        let featured: Vec<_> = current
            .iter()
            .copied()
            .filter(|one| one.offering.featured)
            .take(MANY_AT_HOME)
            .collect();
        Self {
            requirements: requirements(edition, |_| true),
            first: agenda.next(edition, 0..1, Item::takes_place).into_iter().next(),
            changes: changes(edition, agenda, current),
            next: agenda.next(edition, 0..NEXT_AT_HOME, |_| true),
            next_count: NEXT_AT_HOME,
            later: agenda.next(edition, NEXT_AT_HOME..NEXT_AT_HOME + SPARE_AT_HOME, |_| true),
            open,
            open_count,
            opening,
            opening_count,
            featured: cards(edition, &featured),
            kinds: groups_of(edition, current, MANY_AT_HOME),
        }
    }
}

/// The offerings in one of some states, the first by a moment of their enrollment at the top; of
/// very many, the first. And how many there are.
fn in_state(
    edition: &Edition<'_>,
    current: &[&OfferingSchedule<'_>],
    states: &[EnrollmentState],
    key: fn(&Enrollment) -> Option<&Spanned<Moment>>,
) -> (Vec<CardView>, usize) {
    let mut picked: Vec<_> = edition
        .time_ordered(current)
        .into_iter()
        .filter_map(|schedule| {
            let (enroll, bounds) = schedule.best_enrollment(edition.zone(), edition.now);
            let offering = schedule.offering;
            let state = enrollment_state(offering, enroll, bounds, edition.zone(), edition.now);
            let moment = enroll.and_then(key).map(|at| instant(at.value, edition.zone()));
            states.contains(&state).then_some(((moment.is_none(), moment), schedule))
        })
        .collect();
    picked.sort_by_key(|(key, _)| *key);
    let count = picked.len();
    let shown: Vec<_> = picked.into_iter().map(|(_, one)| one).take(MANY_AT_HOME).collect();
    (cards(edition, &shown), count)
}

/// Changed sessions, then extended deadlines that are still to come.
fn changes(
    edition: &Edition<'_>,
    agenda: &Agenda<'_>,
    current: &[&OfferingSchedule<'_>],
) -> Vec<ChangeView> {
    let extended = current.iter().filter_map(|schedule| ChangeView::extended(edition, schedule));
    agenda.changes(edition).into_iter().chain(extended).take(CHANGES_AT_HOME).collect()
}

impl OfferingsView {
    /// A part of the offerings of the current year, which are given by kind.
    pub fn new(
        edition: &Edition<'_>,
        current: &[&OfferingSchedule<'_>],
        part: Part,
        path: &str,
    ) -> Self {
        let catalog = edition.catalog;
        let groups = groups_of_part(edition, current, part);
        Self {
            year: edition.year.to_string(),
            count: current.len(),
            finder: (!part.is_divided()).then(|| FinderView::of_cards(edition, &groups)),
            groups,
            pager: PagerView::new(edition, part, current.len(), path),
            roles: catalog.roles.keys().map(|id| edition.role_link(id)).collect(),
            networks: catalog.networks.keys().map(|id| edition.network_link(id)).collect(),
            topics: catalog.topics.keys().map(|id| edition.topic_link(id)).collect(),
            years: other_years(edition, edition.year),
        }
    }
}

/// What a facet's page is about, in words.
pub struct FacetWords<'v> {
    /// `kind`, `role`, `network`, `topic`
    pub facet: &'static str,
    /// Its ID.
    pub id: &'v str,
    /// Its name.
    pub name: &'v str,
    /// What it is.
    pub description: Option<String>,
    /// The role, when it is one.
    pub role: Option<&'v RoleId>,
}

impl FacetView {
    /// A part of the page of a kind, a role, a network or a topic: of the offerings of the current
    /// year that `pick` picks, which are given by kind.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        facet: FacetWords<'_>,
        pick: impl Fn(&OfferingSchedule<'_>) -> bool,
        (current, part, path): (&[&OfferingSchedule<'_>], Part, &str),
    ) -> Self {
        let first = part.number == 1;
        let next = if first { NEXT_ON_FACET } else { 0 };
        Self {
            facet: facet.facet,
            id: facet.id.to_owned(),
            name: facet.name.to_owned(),
            description: facet.description,
            requirements: facet.role.filter(|_| first).map_or_else(Vec::new, |role| {
                requirements(edition, |requirement| requirement.roles.includes(role))
            }),
            feed: FeedView::new(&edition.addresses, &calendar_path(facet.facet, facet.id)),
            other_feeds: facet.role.map_or_else(Vec::new, |role| network_feeds(edition, role)),
            groups: groups_of_part(edition, current, part),
            pager: PagerView::new(edition, part, current.len(), path),
            next: agenda.next(edition, 0..next, |item| pick(item.offering())),
            earlier: if first { earlier(edition, edition.in_order(pick)) } else { Vec::new() },
        }
    }
}

impl PersonCard {
    /// A facilitator in a list.
    pub fn new(edition: &Edition<'_>, person: &Person) -> Self {
        Self {
            link: edition.person_link(&person.id),
            title: person.title.clone(),
            organization: person.organization.clone(),
            photo: person.photo.as_ref().map(|photo| edition.image(photo, "/people/")),
        }
    }
}

impl PersonView {
    /// The page of a person, with the offerings that they lead.
    pub fn new<'a>(
        edition: &Edition<'a>,
        agenda: &Agenda<'_>,
        person: &Person,
        led: impl Iterator<Item = &'a OfferingSchedule<'a>>,
    ) -> Self {
        let led = edition.time_ordered(&led.collect::<Vec<_>>());
        Self {
            name: person.name.value.clone(),
            title: person.title.clone(),
            organization: person.organization.clone(),
            email: person.email.clone(),
            tel: person.phone.as_deref().and_then(tel),
            phone: person.phone.clone(),
            photo: person.photo.as_ref().map(|photo| edition.image(photo, "/people/")),
            feed: FeedView::new(&edition.addresses, &calendar_path("person", &person.id)),
            offerings: cards(edition, &from_this_year(edition, &led)),
            next: agenda.next_of_person(edition, &person.id, NEXT_ON_FACET),
            earlier: earlier(edition, led),
        }
    }
}

impl PlaceView {
    /// The page of a place, with the offerings that meet there.
    pub fn new<'a>(
        edition: &Edition<'a>,
        agenda: &Agenda<'_>,
        place: &Place,
        held: impl Iterator<Item = &'a OfferingSchedule<'a>>,
    ) -> Self {
        let held = edition.time_ordered(&held.collect::<Vec<_>>());
        let lines = place.address.as_deref().unwrap_or_default();
        Self {
            venue: VenueView::of_place(edition, place),
            address_lines: lines
                .split([',', '\n'])
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect(),
            map: place.url.as_ref().map(|url| edition.addresses.url(&url.value)),
            capacity: place.capacity.as_ref().map(|capacity| capacity.value),
            feed: FeedView::new(&edition.addresses, &calendar_path("place", &place.id)),
            offerings: cards(edition, &from_this_year(edition, &held)),
            next: agenda.next_at_place(edition, &place.id, NEXT_ON_FACET),
        }
    }
}

impl ScheduleView {
    /// The agenda from the present month on, without what has passed. `months` are all months of
    /// the schedule that have a page.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, months: &[YearMonth]) -> Self {
        let (shown, total) = agenda.months_to_come(edition, LONG, EACH);
        let undated = agenda.undated(edition, |s| s.year >= Some(edition.year));
        let in_months = |month: &AgendaMonth| {
            month.days.iter().map(|day| day.entries.len()).sum::<usize>() + month.undated.len()
        };
        let count = shown.iter().map(in_months).sum::<usize>() + undated.len();
        let total = total + undated.len();
        let whole = count == total;
        Self {
            count,
            total,
            finder: whole.then(|| FinderView::of_agenda(edition, &shown, &undated)),
            feed: FeedView::new(&edition.addresses, CALENDAR_OF_ALL),
            other_feeds: vec![NamedFeedView {
                name: "When enrollment opens and closes".to_owned(),
                feed: FeedView::new(&edition.addresses, CALENDAR_OF_ENROLLMENT),
            }],
            months: shown,
            undated,
            all_months: months
                .iter()
                .filter(|month| {
                    ProgramYear::of(month.first_day(), edition.settings().year_starts)
                        == edition.year
                })
                .map(|&month| month_link(edition, month))
                .collect(),
        }
    }
}

impl MonthView {
    /// A month, with links to its neighbours among `months`.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        month: AgendaMonth,
        months: &[YearMonth],
        at: usize,
    ) -> Self {
        let link = |at: Option<usize>| {
            at.and_then(|at| months.get(at)).map(|&month| month_link(edition, month))
        };
        let year_month = months.get(at).copied().unwrap_or(YearMonth::of(edition.today));
        Self {
            previous: link(at.checked_sub(1)),
            next: link(at.checked_add(1)),
            weekdays: vec![
                "Sunday",
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
            ],
            weeks: agenda.weeks(edition, year_month, &month.days),
            days: month.days,
            undated: month.undated,
            month: month.month,
        }
    }
}

impl DayView {
    /// A part of a day with very many sessions.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, date: Date, part: Part) -> Option<Self> {
        let path = day_path(date);
        let (day, count) = agenda.part_of_day(edition, date, part)?;
        let link = |date: Date| edition.link("", &DateView::new(date).text, &day_path(date));
        let (before, after) = agenda.around(date);
        let near = |date: &Date| agenda.is_crowded(YearMonth::of(*date));
        Some(Self {
            day,
            month: month_link(edition, YearMonth::of(date)),
            previous: before.filter(near).map(link),
            next: after.filter(near).map(link),
            pager: PagerView::new(edition, part, count, &path),
        })
    }
}

impl YearView {
    /// A part of the archive of a program year, whose offerings are given by kind.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        year: ProgramYear,
        (all, part, path): (&[&OfferingSchedule<'_>], Part, &str),
    ) -> Self {
        let of_year = |schedule: &OfferingSchedule<'_>| schedule.year == Some(year);
        let whole = part.number == 1 && agenda.count(of_year) <= LONG;
        let months = agenda.month_names_of(of_year);
        Self {
            year: year.to_string(),
            current: year == edition.year,
            groups: groups_of_part(edition, all, part),
            pager: PagerView::new(edition, part, all.len(), path),
            months: if whole { agenda.months(edition, of_year) } else { Vec::new() },
            month_links: if whole || part.number > 1 {
                Vec::new()
            } else {
                months.into_iter().map(|month| month_link(edition, month)).collect()
            },
            years: other_years(edition, year),
        }
    }
}

fn network_feeds(edition: &Edition<'_>, role: &RoleId) -> Vec<NamedFeedView> {
    let networks = edition.catalog.networks.iter();
    let path = |id| calendar_path("role", format_args!("{role}/{id}"));
    networks
        .map(|(id, network)| NamedFeedView {
            name: network.name.value.clone(),
            feed: FeedView::new(&edition.addresses, &path(id)),
        })
        .collect()
}

fn month_link(edition: &Edition<'_>, month: YearMonth) -> LinkView {
    let name = MonthName::new(month);
    edition.link(&name.iso, &name.text, &month_path(month))
}

pub(super) fn cards(edition: &Edition<'_>, schedules: &[&OfferingSchedule<'_>]) -> Vec<CardView> {
    schedules.iter().map(|schedule| CardView::new(edition, schedule)).collect()
}

fn from_this_year<'a>(
    edition: &Edition<'_>,
    schedules: &[&'a OfferingSchedule<'a>],
) -> Vec<&'a OfferingSchedule<'a>> {
    schedules.iter().copied().filter(|one| one.year >= Some(edition.year)).collect()
}

/// Those of earlier years, the latest first; of very many, the first.
fn earlier(edition: &Edition<'_>, mut past: Vec<&OfferingSchedule<'_>>) -> Vec<CardView> {
    past.retain(|one| one.year.is_some_and(|year| year < edition.year));
    past.sort_by_key(|schedule| std::cmp::Reverse(schedule.year));
    if past.len() > LONG {
        past.truncate(EACH);
    }
    cards(edition, &past)
}

fn other_years(edition: &Edition<'_>, year: ProgramYear) -> Vec<LinkView> {
    edition
        .years()
        .into_iter()
        .filter(|&other| other != year)
        .map(|other| edition.year_link(other))
        .collect()
}

/// Offerings by kind, the kinds in the order of the catalog.
pub(super) fn groups_by_kind(
    edition: &Edition<'_>,
    schedules: &[&OfferingSchedule<'_>],
) -> Vec<CardGroup> {
    groups_of(edition, schedules, usize::MAX)
}

/// A part of a list that is given by kind.
fn groups_of_part(
    edition: &Edition<'_>,
    schedules: &[&OfferingSchedule<'_>],
    part: Part,
) -> Vec<CardGroup> {
    groups_by_kind(edition, schedules.get(part.range(schedules.len())).unwrap_or_default())
}

/// Offerings by kind, each kind with its first few.
fn groups_of(
    edition: &Edition<'_>,
    schedules: &[&OfferingSchedule<'_>],
    most: usize,
) -> Vec<CardGroup> {
    let mut by_kind: BTreeMap<&KindId, Vec<&OfferingSchedule<'_>>> = BTreeMap::new();
    for schedule in schedules {
        by_kind.entry(&schedule.offering.kind.value).or_default().push(schedule);
    }
    let kinds = edition.catalog.kinds.iter();
    let groups = kinds.filter_map(|(id, kind)| {
        let of_kind = by_kind.get(id)?;
        let count = of_kind.len();
        Some(CardGroup {
            title: if count == 1 { kind.name.value.clone() } else { kind.plural.clone() },
            href: Some(edition.addresses.href(&kind_path(id))),
            description: kind.description.clone(),
            count,
            cards: cards(edition, of_kind.get(..most).unwrap_or(of_kind)),
        })
    });
    groups.collect()
}
