//! `view` for each type of page.

mod facet;
mod schedule;

use std::collections::BTreeMap;

use serde::Serialize;

pub use facet::{FacetEntry, FacetView, FacetWords, FacetsView, PersonCard, PersonView, PlaceView};
pub use schedule::{DayView, MonthView, OfferingState, ScheduleView};

use super::address::{kind_path, month_path};
use super::requirement::requirements;
use super::{
    Agenda, AgendaDay, AgendaMonth, CardGroup, CardView, ChangeView, EACH, Edition, FinderView,
    Item, LONG, LinkView, MonthName, PagerView, Part, RequirementCard, Shared,
};
use crate::model::{Enrollment, KindId, Moment, ProgramYear, YearMonth};
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
    pub open: Vec<Shared<CardView>>,
    /// How many there are in all.
    pub open_count: usize,
    /// Offerings whose enrollment opens later, the first at the top; of very many, the first.
    pub opening: Vec<Shared<CardView>>,
    /// How many there are in all.
    pub opening_count: usize,
    /// Offerings that staff put first.
    pub featured: Vec<Shared<CardView>>,
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

impl HomeView {
    /// The home page. `current` are the offerings of the current year, by kind.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        current: &[&OfferingSchedule<'_>],
    ) -> Self {
        let stands: Vec<_> = edition
            .in_order(|schedule| schedule.year == Some(edition.year))
            .into_iter()
            .map(|schedule| Stand::new(edition, schedule))
            .collect();
        let (open, open_count) = in_state(
            edition,
            &stands,
            &[EnrollmentState::Open, EnrollmentState::ClosingSoon],
            |enroll| enroll.closes.as_ref(),
        );
        let (opening, opening_count) =
            in_state(edition, &stands, &[EnrollmentState::OpensOn], |enroll| enroll.opens.as_ref());
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

/// How the matter stands with the enrollment of an offering.
struct Stand<'a> {
    schedule: &'a OfferingSchedule<'a>,
    enroll: Option<&'a Enrollment>,
    state: EnrollmentState,
}

impl<'a> Stand<'a> {
    fn new(edition: &Edition<'a>, schedule: &'a OfferingSchedule<'a>) -> Self {
        let (zone, now) = (edition.zone(), edition.now);
        let (enroll, bounds) = schedule.best_enrollment(zone, now);
        let state = enrollment_state(schedule.offering, enroll, bounds, zone, now);
        Self { schedule, enroll, state }
    }
}

/// The offerings in one of some states, the first by a moment of their enrollment at the top; of
/// very many, the first. And how many there are.
fn in_state(
    edition: &Edition<'_>,
    stands: &[Stand<'_>],
    states: &[EnrollmentState],
    key: fn(&Enrollment) -> Option<&Spanned<Moment>>,
) -> (Vec<Shared<CardView>>, usize) {
    let mut picked: Vec<_> = stands
        .iter()
        .filter(|stand| states.contains(&stand.state))
        .map(|stand| {
            let moment = stand.enroll.and_then(key).map(|at| instant(at.value, edition.zone()));
            ((moment.is_none(), moment), stand.schedule)
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
    agenda.changes(edition).chain(extended).take(CHANGES_AT_HOME).collect()
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

fn month_link(edition: &Edition<'_>, month: YearMonth) -> LinkView {
    let name = MonthName::new(month);
    edition.link(&name.iso, &name.text, &month_path(month))
}

pub(super) fn cards(
    edition: &Edition<'_>,
    schedules: &[&OfferingSchedule<'_>],
) -> Vec<Shared<CardView>> {
    schedules.iter().map(|schedule| edition.card(schedule)).collect()
}

fn from_this_year<'a>(
    edition: &Edition<'_>,
    schedules: &[&'a OfferingSchedule<'a>],
) -> Vec<&'a OfferingSchedule<'a>> {
    schedules.iter().copied().filter(|one| one.year >= Some(edition.year)).collect()
}

/// Those of earlier years, the latest first; of very many, the first.
fn earlier(edition: &Edition<'_>, mut past: Vec<&OfferingSchedule<'_>>) -> Vec<Shared<CardView>> {
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
