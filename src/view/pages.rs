//! `view` for each type of page.

use serde::Serialize;

use super::address::{
    CALENDAR_OF_ALL, CALENDAR_OF_ENROLLMENT, calendar_path, kind_path, month_path,
};
use super::requirement::requirements;
use super::site::tel;
use super::{
    Agenda, AgendaDay, AgendaMonth, CalendarCell, CardGroup, CardView, ChangeView, Edition,
    FeedView, FinderView, ImageView, Item, LinkView, MonthName, NamedFeedView, RequirementCard,
    UndatedEntry, VenueView,
};
use crate::model::{Person, Place, ProgramYear, RoleId, YearMonth};
use crate::schedule::OfferingSchedule;

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
    /// Offerings with open enrollment, the one that closes first at the top.
    pub open: Vec<CardView>,
    /// Offerings whose enrollment opens later, the first at the top.
    pub opening: Vec<CardView>,
    /// Offerings that staff put first.
    pub featured: Vec<CardView>,
    /// Each kind with its offerings of the current year.
    pub kinds: Vec<CardGroup>,
}

/// All offerings of the current year.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingsView {
    /// The program year that is shown.
    pub year: String,
    /// How many there are.
    pub count: usize,
    /// What they can be narrowed by.
    pub finder: FinderView,
    /// Grouped by kind.
    pub groups: Vec<CardGroup>,
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
    /// Its offerings of the current year, by kind (a single group for a kind).
    pub groups: Vec<CardGroup>,
    /// Its next sessions, by day.
    pub next: Vec<AgendaDay>,
    /// Its offerings of earlier years.
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
    /// What the sessions can be narrowed by.
    pub finder: FinderView,
    /// How many entries there are.
    pub count: usize,
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
    /// The same as a list, for a phone.
    pub days: Vec<AgendaDay>,
    /// What is in this month on a day not known yet.
    pub undated: Vec<UndatedEntry>,
}

/// A program year.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// `2026-27`
    pub year: String,
    /// True for the year of the moment of building.
    pub current: bool,
    /// Its offerings, by kind.
    pub groups: Vec<CardGroup>,
    /// Its sessions by month, as they were.
    pub months: Vec<AgendaMonth>,
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
/// How many more sessions it holds ready.
const SPARE_AT_HOME: usize = 4;
/// How many sessions the page of a kind, role, person or place shows.
const NEXT_ON_FACET: usize = 8;

impl HomeView {
    /// The home page.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>) -> Self {
        let current = edition.of_year(edition.year);
        let cards: Vec<CardView> = current.iter().map(|s| CardView::new(edition, s)).collect();
        let pick = |states: &[&str], key: fn(&CardView) -> Option<&String>| -> Vec<CardView> {
            let mut picked: Vec<CardView> =
                cards.iter().filter(|card| states.contains(&card.state.id)).cloned().collect();
            picked.sort_by(|a, b| (key(a).is_none(), key(a)).cmp(&(key(b).is_none(), key(b))));
            picked
        };
        Self {
            requirements: requirements(edition, |_| true),
            first: agenda.next(edition, 0..1, Item::takes_place).into_iter().next(),
            changes: changes(edition, agenda, &current),
            next: agenda.next(edition, 0..NEXT_AT_HOME, |_| true),
            next_count: NEXT_AT_HOME,
            later: agenda.next(edition, NEXT_AT_HOME..NEXT_AT_HOME + SPARE_AT_HOME, |_| true),
            open: pick(&["open", "closing-soon"], |card| card.state.way.closes.as_ref()),
            opening: pick(&["opens-on"], |card| card.state.way.opens.as_ref()),
            featured: cards.iter().filter(|card| card.featured).cloned().collect(),
            kinds: groups_by_kind(edition, &current),
        }
    }
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
    /// All offerings of the current year.
    pub fn new(edition: &Edition<'_>) -> Self {
        let current = edition.of_year(edition.year);
        let catalog = edition.catalog;
        let groups = groups_by_kind(edition, &current);
        Self {
            year: edition.year.to_string(),
            count: current.len(),
            finder: FinderView::of_cards(edition, &groups),
            groups,
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
    /// The page of a kind, a role, a network or a topic, with the offerings that `pick` picks.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        facet: FacetWords<'_>,
        pick: impl Fn(&OfferingSchedule<'_>) -> bool,
    ) -> Self {
        let current = edition.in_order(|s| s.year == Some(edition.year) && pick(s));
        Self {
            facet: facet.facet,
            id: facet.id.to_owned(),
            name: facet.name.to_owned(),
            description: facet.description,
            requirements: facet.role.map_or_else(Vec::new, |role| {
                requirements(edition, |requirement| requirement.roles.includes(role))
            }),
            feed: FeedView::new(&edition.addresses, &calendar_path(facet.facet, facet.id)),
            other_feeds: facet.role.map_or_else(Vec::new, |role| network_feeds(edition, role)),
            groups: groups_by_kind(edition, &current),
            next: agenda.next(edition, 0..NEXT_ON_FACET, |item| pick(item.offering())),
            earlier: earlier(edition, pick),
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
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        person: &Person,
        leads: impl Fn(&OfferingSchedule<'_>) -> bool,
    ) -> Self {
        Self {
            name: person.name.value.clone(),
            title: person.title.clone(),
            organization: person.organization.clone(),
            email: person.email.clone(),
            tel: person.phone.as_deref().and_then(tel),
            phone: person.phone.clone(),
            photo: person.photo.as_ref().map(|photo| edition.image(photo, "/people/")),
            feed: FeedView::new(&edition.addresses, &calendar_path("person", &person.id)),
            offerings: cards(
                edition,
                &edition.in_order(|s| s.year >= Some(edition.year) && leads(s)),
            ),
            next: agenda.next_of_person(edition, &person.id, NEXT_ON_FACET),
            earlier: earlier(edition, leads),
        }
    }
}

impl PlaceView {
    /// The page of a place, with the offerings that meet there.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        place: &Place,
        meets: impl Fn(&OfferingSchedule<'_>) -> bool,
    ) -> Self {
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
            offerings: cards(
                edition,
                &edition.in_order(|s| s.year >= Some(edition.year) && meets(s)),
            ),
            next: agenda.next_at_place(edition, &place.id, NEXT_ON_FACET),
        }
    }
}

impl ScheduleView {
    /// The agenda from the present month on, without what has passed. `months` are all months of
    /// the schedule that have a page.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, months: &[YearMonth]) -> Self {
        let this_month = YearMonth::of(edition.today);
        let mut shown = agenda.months(edition, |_, month| month >= this_month);
        for month in &mut shown {
            month.days.retain(|day| !day.past);
        }
        shown.retain(|month| !month.days.is_empty() || !month.undated.is_empty());
        let undated = agenda.undated(edition, |s| s.year >= Some(edition.year));
        let in_months = |month: &AgendaMonth| {
            month.days.iter().map(|day| day.entries.len()).sum::<usize>() + month.undated.len()
        };
        Self {
            count: shown.iter().map(in_months).sum::<usize>() + undated.len(),
            finder: FinderView::of_agenda(edition, &shown, &undated),
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
    pub fn new(edition: &Edition<'_>, month: AgendaMonth, months: &[YearMonth], at: usize) -> Self {
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
            weeks: Agenda::weeks(edition, year_month, &month.days),
            days: month.days,
            undated: month.undated,
            month: month.month,
        }
    }
}

impl YearView {
    /// The archive of a program year.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, year: ProgramYear) -> Self {
        Self {
            year: year.to_string(),
            current: year == edition.year,
            groups: groups_by_kind(edition, &edition.of_year(year)),
            months: agenda.months(edition, |schedule, _| schedule.year == Some(year)),
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

fn earlier(edition: &Edition<'_>, pick: impl Fn(&OfferingSchedule<'_>) -> bool) -> Vec<CardView> {
    let mut past = edition.in_order(|s| s.year.is_some_and(|year| year < edition.year) && pick(s));
    past.sort_by_key(|schedule| std::cmp::Reverse(schedule.year));
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
    let mut groups = Vec::new();
    for (id, kind) in &edition.catalog.kinds {
        let of_kind: Vec<&OfferingSchedule<'_>> =
            schedules.iter().copied().filter(|s| s.offering.kind.value == *id).collect();
        if !of_kind.is_empty() {
            groups.push(CardGroup {
                title: if of_kind.len() == 1 {
                    kind.name.value.clone()
                } else {
                    kind.plural.clone()
                },
                href: Some(edition.addresses.href(&kind_path(id))),
                description: kind.description.clone(),
                cards: cards(edition, &of_kind),
            });
        }
    }
    groups
}
