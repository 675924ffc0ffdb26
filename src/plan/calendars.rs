//! Every calendar of the site: which there are, and which events stand in each.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use super::facets::{self, Facet};
use super::pages::Maker;
use super::route::{Output, Outputs};
use crate::model::{
    CohortId, Network, NetworkId, OfferingId, Person, Place, PlaceId, Requirement, Role, RoleId,
    Rule, Session, SitePath, Venue,
};
use crate::schedule::{OfferingSchedule, ScheduledSession};
use crate::theme::Section;
use crate::view::address::{
    CALENDAR_OF_ALL, CALENDAR_OF_ENROLLMENT, calendar_path, event_path, offering_path, person_path,
    place_path, requirement_path, role_path,
};
use crate::view::{
    AccessNotes, CalendarEvent, CalendarFile, Edition, FeedWords, Listed, ZoneYears,
    enrollment_events, events, has_event_file, is_listed, zone_name,
};

/// A calendar that the site has.
#[derive(Clone, Debug)]
pub(super) enum Calendar<'a> {
    All,
    Enrollment,
    Facet(Facet<'a>),
    RoleInNetwork((&'a RoleId, &'a Role), (&'a NetworkId, &'a Network)),
    Offering(&'a OfferingSchedule<'a>),
    Person(&'a Person),
    Place(&'a Place),
    Requirement(&'a Requirement),
    Session(&'a OfferingSchedule<'a>, Option<&'a CohortId>, &'a ScheduledSession<'a>),
}

impl Calendar<'_> {
    /// Its path on the site.
    pub(super) fn path(&self) -> String {
        match self {
            Self::All => CALENDAR_OF_ALL.to_owned(),
            Self::Enrollment => CALENDAR_OF_ENROLLMENT.to_owned(),
            Self::Facet(facet) => calendar_path(facet.index().facet(), facet.id()),
            Self::RoleInNetwork((role, _), (network, _)) => {
                calendar_path("role", format_args!("{role}/{network}"))
            }
            Self::Offering(schedule) => calendar_path("offering", &schedule.offering.id),
            Self::Person(person) => calendar_path("person", &person.id),
            Self::Place(place) => calendar_path("place", &place.id),
            Self::Requirement(requirement) => calendar_path("requirement", &requirement.id),
            Self::Session(schedule, cohort, session) => {
                event_path(&schedule.offering.id, *cohort, &session.identity())
            }
        }
    }

    /// The page that it belongs to.
    fn page(&self) -> String {
        match self {
            Self::All | Self::Enrollment => "/schedule/".to_owned(),
            Self::Facet(facet) => facet.path(),
            Self::RoleInNetwork((role, _), _) => role_path(role),
            Self::Offering(schedule) | Self::Session(schedule, ..) => {
                offering_path(&schedule.offering.id)
            }
            Self::Person(person) => person_path(&person.id),
            Self::Place(place) => place_path(&place.id),
            Self::Requirement(requirement) => requirement_path(&requirement.id),
        }
    }

    /// What it is called in the reader's list of calendars; none for the catalog's own.
    fn name(&self) -> Option<String> {
        Some(match self {
            Self::All | Self::Session(..) => return None,
            Self::Enrollment => "Enrollment".to_owned(),
            Self::Facet(facet) => facet.name().to_owned(),
            Self::RoleInNetwork((_, role), (_, network)) => {
                format!("{}, {}", role.plural, network.name.value)
            }
            Self::Offering(schedule) => schedule.offering.title.value.clone(),
            Self::Person(person) => person.name.value.clone(),
            Self::Place(place) => place.name.value.clone(),
            Self::Requirement(requirement) => requirement.title.value.clone(),
        })
    }
}

/// Plans all calendars.
pub(super) fn add_all<'a>(maker: &Maker<'a>, outputs: &mut Outputs<'a>) {
    if outputs.leaves_out(Section::Calendars) {
        return;
    }
    let edition = maker.edition;
    let catalog = edition.catalog;
    add(outputs, Calendar::All);
    add(outputs, Calendar::Enrollment);
    facets::all(catalog).for_each(|facet| add(outputs, Calendar::Facet(facet)));
    for role in &catalog.roles {
        for network in &catalog.networks {
            add(outputs, Calendar::RoleInNetwork(role, network));
        }
    }
    catalog.people.values().for_each(|person| add(outputs, Calendar::Person(person)));
    catalog.places.values().for_each(|place| add(outputs, Calendar::Place(place)));
    catalog.requirements.values().for_each(|rule| add(outputs, Calendar::Requirement(rule)));
    for &schedule in edition.offerings.values() {
        add(outputs, Calendar::Offering(schedule));
        for group in &schedule.groups {
            let cohort = group.cohort.map(|(id, _)| id);
            for session in group.sessions.iter().flat_map(ScheduledSession::leaves) {
                if has_event_file(edition, session) {
                    add(outputs, Calendar::Session(schedule, cohort, session));
                }
            }
        }
    }
}

fn add<'a>(outputs: &mut Outputs<'a>, calendar: Calendar<'a>) {
    // The path is made of IDs, which are safe.
    if let Ok(path) = SitePath::new(&calendar.path()) {
        outputs.add(&path, Output::Calendar(calendar));
    }
}

/// The events of the catalog, made offering by offering when a calendar asks for them, and once.
pub(super) struct Events<'a> {
    by_offering: BTreeMap<&'a OfferingId, OnceLock<Vec<Listed<'a>>>>,
    access: BTreeMap<&'a PlaceId, Arc<AccessNotes>>,
    zones: OnceLock<Vec<Arc<ZoneYears>>>,
}

impl<'a> Events<'a> {
    pub(super) fn new(edition: &Edition<'a>) -> Self {
        let notes = |place: &'a Place| {
            let notes = place.accessibility.clone()?;
            Some((&place.id, Arc::new(AccessNotes::new(place.name.value.clone(), notes))))
        };
        Self {
            by_offering: edition.offerings.keys().map(|id| (*id, OnceLock::new())).collect(),
            access: edition.catalog.places.values().filter_map(notes).collect(),
            zones: OnceLock::new(),
        }
    }

    fn of(&self, edition: &Edition<'a>, schedule: &'a OfferingSchedule<'a>) -> &[Listed<'a>] {
        let made = self.by_offering.get(&schedule.offering.id);
        made.map_or(&[], |made| made.get_or_init(|| events(edition, schedule, &self.access)))
    }

    /// Every zone in which something is, with the years of all that is in it, so that all calendars
    /// tell a zone in the same words. The catalog's own is the first.
    fn zones(&self, edition: &Edition<'a>) -> &[Arc<ZoneYears>] {
        self.zones.get_or_init(|| {
            let year = edition.today.year();
            let own = edition.zone();
            let mut found: Vec<(&TimeZone, i16, i16)> = vec![(own, year - 1, year + 1)];
            let sessions = edition.offerings.values().flat_map(|one| one.sessions());
            for session in sessions.flat_map(ScheduledSession::leaves) {
                for meeting in session.meetings().iter().chain(session.backup()) {
                    let zone = session.written.timezone.as_ref().unwrap_or(own);
                    let year = meeting.date.year();
                    match found.iter_mut().find(|(known, ..)| *known == zone) {
                        Some((_, first, last)) => {
                            (*first, *last) = ((*first).min(year), (*last).max(year));
                        }
                        None => found.push((zone, year, year)),
                    }
                }
            }
            found
                .into_iter()
                .map(|(zone, first, last)| Arc::new(ZoneYears::new(zone.clone(), first..=last)))
                .collect()
        })
    }
}

impl<'a> Maker<'a> {
    /// The data of a calendar.
    pub(super) fn calendar(&self, calendar: &Calendar<'a>) -> CalendarFile {
        let edition = self.edition;
        let events = self.events_of(calendar);
        let zones = self.zones_of(&events);
        let feed = match calendar {
            Calendar::Session(..) => None,
            _ => Some(self.words(calendar)),
        };
        debug_assert!(events.len() + zones.len() > 0, "{}", edition.settings().title);
        CalendarFile { feed, zones, events }
    }

    fn words(&self, calendar: &Calendar<'_>) -> FeedWords {
        let edition = self.edition;
        let catalog = &edition.settings().title;
        let name = match calendar.name() {
            Some(name) => format!("{name} – {catalog}"),
            None => catalog.clone(),
        };
        let what = match calendar {
            Calendar::Enrollment => "When enrollment opens and closes.",
            _ => "What moves or is cancelled changes here by itself; it may take a day.",
        };
        FeedWords {
            description: format!("{name}. {what}"),
            name,
            page: edition.addresses.absolute(&calendar.page()),
            source: edition.addresses.absolute(&calendar.path()),
            zone: zone_name(edition.zone()).to_owned(),
        }
    }

    /// The zones of some events; the catalog's own when there is no event.
    fn zones_of(&self, events: &[Arc<CalendarEvent>]) -> Vec<Arc<ZoneYears>> {
        let known = self.events.zones(self.edition);
        let mut used = vec![false; known.len()];
        let mut last: Option<&TimeZone> = None;
        for zone in events.iter().filter_map(|event| event.span.zone()) {
            if last != Some(zone) {
                last = Some(zone);
                if let Some(at) = known.iter().position(|one| one.zone == *zone) {
                    used[at] = true;
                }
            }
        }
        if let Some(own) = used.first_mut() {
            *own |= events.is_empty();
        }
        let of_use = known.iter().zip(used).filter(|(_, used)| *used);
        of_use.map(|(zone, _)| Arc::clone(zone)).collect()
    }

    fn events_of(&self, calendar: &Calendar<'a>) -> Vec<Arc<CalendarEvent>> {
        let edition = self.edition;
        let mut found = Found { maker: self, events: Vec::new() };
        let all = || edition.offerings.values().copied();
        let shown = |id: &OfferingId| edition.offerings.get(id).copied();
        match calendar {
            Calendar::All => all().for_each(|one| found.add(one, |_| true)),
            Calendar::Enrollment => {
                found.events = all().flat_map(|one| enrollment_events(edition, one)).collect();
            }
            Calendar::Facet(facet) => {
                for schedule in all().filter(|one| facet.picks(one)) {
                    found.add(schedule, |session| match facet {
                        Facet::Role(role, _) => is_for(session.written, role),
                        _ => true,
                    });
                }
            }
            Calendar::RoleInNetwork(role, network) => {
                let of_role = Facet::Role(role.0, role.1);
                let of_network = Facet::Network(network.0, network.1);
                for schedule in all().filter(|one| of_role.picks(one) && of_network.picks(one)) {
                    found.add(schedule, |session| is_for(session.written, role.0));
                }
            }
            Calendar::Offering(schedule) => found.add_whole(schedule, |_| true),
            Calendar::Session(schedule, _, session) => {
                found.add_whole(schedule, |listed| std::ptr::eq(listed.session, *session));
            }
            Calendar::Person(person) => {
                for schedule in self.led(&person.id).filter_map(shown) {
                    let names = |people: &[crate::source::Spanned<_>]| {
                        people.iter().any(|one| one.value == person.id)
                    };
                    let all = names(&schedule.offering.facilitators);
                    found.add(schedule, |one| all || names(&one.written.facilitators));
                }
            }
            Calendar::Place(place) => {
                let here = |listed: &Listed<'_>| {
                    let mut places = listed.meeting.places.iter();
                    is_listed(edition, listed.meeting)
                        && places.any(
                            |venue| matches!(&venue.value, Venue::Place(id) if *id == place.id),
                        )
                };
                for schedule in self.held(&place.id).filter_map(shown) {
                    found.add_whole(schedule, here);
                }
            }
            Calendar::Requirement(requirement) => match &requirement.rule {
                Rule::Credit(award) => {
                    let gives = |one: &&'a OfferingSchedule<'a>| {
                        one.offering.credit.iter().any(|own| own.kind.value == award.kind.value)
                    };
                    all().filter(gives).for_each(|one| found.add(one, |_| true));
                }
                rule => {
                    let named = rule.offerings().iter().filter_map(|id| shown(&id.value));
                    named.for_each(|one| found.add(one, |_| true));
                }
            },
        }
        found.events
    }
}

/// True when a session is for a role, within an offering that is.
fn is_for(session: &Session, role: &RoleId) -> bool {
    session.roles.is_empty() || session.roles.iter().any(|one| one.value == *role)
}

/// The events of a calendar as they are gathered.
struct Found<'m, 'a> {
    maker: &'m Maker<'a>,
    events: Vec<Arc<CalendarEvent>>,
}

impl<'a> Found<'_, 'a> {
    /// The days of the present program year and later, of the sessions that a rule picks.
    fn add(
        &mut self,
        schedule: &'a OfferingSchedule<'a>,
        pick: impl Fn(&ScheduledSession<'a>) -> bool,
    ) {
        let edition = self.maker.edition;
        self.add_whole(schedule, |one| is_listed(edition, one.meeting) && pick(one.session));
    }

    /// Every day that a rule picks, also of years that are over.
    fn add_whole(
        &mut self,
        schedule: &'a OfferingSchedule<'a>,
        pick: impl Fn(&Listed<'a>) -> bool,
    ) {
        let all = self.maker.events.of(self.maker.edition, schedule).iter();
        self.events.extend(all.filter(|one| pick(one)).map(|one| Arc::clone(&one.event)));
    }
}
