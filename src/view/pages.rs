//! `view` for each type of page.

use serde::Serialize;

use super::{
    AgendaDay, AgendaMonth, CalendarCell, CardGroup, CardView, ChoiceView, ImageView, LinkView,
    MonthName, UndatedEntry, VenueView,
};

/// The home page: what is required, what is next, what is open.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// Every requirement of the current year.
    pub requirements: Vec<RequirementCard>,
    /// The next six sessions, by day.
    pub next: Vec<AgendaDay>,
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
    /// What takes place here this year.
    pub offerings: Vec<CardView>,
    /// The next sessions here, by day.
    pub next: Vec<AgendaDay>,
}

/// A requirement, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementCard {
    /// Its page.
    pub link: LinkView,
    /// The rule in a sentence: `Principals and assistant principals complete one of these six
    /// offerings each year.`
    pub sentence: String,
    /// Who must, in words.
    pub audience: String,
    /// `all`, `choose`, `credit`
    pub rule: &'static str,
    /// How many to choose; 0 if all.
    pub count: u32,
    /// What it names.
    pub choices: Vec<CardView>,
}

/// The page of a requirement.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementView {
    /// What its card shows.
    pub card: RequirementCard,
    /// Who must.
    pub roles: Vec<LinkView>,
    /// `each year`, `once`
    pub per: &'static str,
    /// The choices side by side.
    pub choices: Vec<ChoiceView>,
}

/// The agenda of what is to come.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleView {
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
