//! The pages of a facet, a person and a place, and the indexes of them.

use serde::Serialize;

use super::{cards, earlier, from_this_year, groups_of_part};
use crate::model::{Person, Place, RoleId};
use crate::schedule::OfferingSchedule;
use crate::view::address::calendar_path;
use crate::view::requirement::requirements;
use crate::view::site::tel;
use crate::view::{
    Agenda, AgendaDay, CardGroup, CardView, Edition, FeedView, ImageView, LinkView, NamedFeedView,
    PagerView, Part, RequirementCard, Shared, VenueView,
};

/// How many sessions the page of a kind, role, person or place shows.
const NEXT_ON_FACET: usize = 8;

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
    pub earlier: Vec<Shared<CardView>>,
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
    pub offerings: Vec<Shared<CardView>>,
    /// Their next sessions, by day.
    pub next: Vec<AgendaDay>,
    /// What they led in earlier years.
    pub earlier: Vec<Shared<CardView>>,
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
    pub offerings: Vec<Shared<CardView>>,
    /// The next sessions here, by day.
    pub next: Vec<AgendaDay>,
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
        let led = Edition::time_ordered(&led.collect::<Vec<_>>());
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
        let held = Edition::time_ordered(&held.collect::<Vec<_>>());
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
