//! An offering as a course, its cohorts as series of events, its sessions as events.

use super::nodes::{
    Audience, CourseNode, EventNode, Kinds, Location, Node, Offer, PersonNode, Reference,
};
use super::{organization, organization_id};
use crate::view::Edition;
use crate::view::address::page;
use crate::view::data::{
    CohortData, EnrollData, MeetingData, OfferingData, SessionData, VenueData,
};

/// The most events of a page; those that are to come, the next first.
const MOST_EVENTS: usize = 50;
/// What is said of a place that is not told.
const NOT_TOLD: &str = "Told to participants";
const NOT_SET: &str = "To be announced";

/// An offering, on its page.
pub(super) struct Offered<'g, 'a> {
    pub edition: &'g Edition<'a>,
    pub offering: &'g OfferingData,
    pub image: &'g str,
}

impl<'g> Offered<'g, '_> {
    pub(super) fn nodes(&self, graph: &mut Vec<Node<'g>>) {
        graph.push(Node::Organization(organization(self.edition)));
        graph.push(Node::Course(Box::new(self.course())));
        let mut room = MOST_EVENTS;
        for cohort in &self.offering.cohorts {
            let series = self.series_id(cohort);
            let sessions = cohort.sessions.as_deref().unwrap_or_default().iter();
            let to_come =
                sessions.flat_map(leaves_of).filter(|session| self.is_to_come(session)).take(room);
            let events: Vec<EventNode<'g>> =
                to_come.filter_map(|session| self.event(cohort, session)).collect();
            room -= events.len();
            let parts = events.iter().map(|event| Reference { id: event.id.clone() }).collect();
            graph.push(Node::Event(Box::new(self.series(cohort, series, parts))));
            graph.extend(events.into_iter().map(|event| Node::Event(Box::new(event))));
        }
    }

    fn is_to_come(&self, session: &SessionData) -> bool {
        let ends = session.meetings.last().and_then(|day| day.ends.parse().ok());
        ends.is_some_and(|ends: jiff::Timestamp| ends > *self.edition.now)
    }

    fn course_id(&self) -> String {
        format!("{}#at_course", self.offering.url)
    }

    fn series_id(&self, cohort: &CohortData) -> String {
        match &cohort.id {
            Some(id) => format!("{}#cohort.{id}", self.offering.url),
            None => format!("{}#at_series", self.offering.url),
        }
    }

    fn course(&self) -> CourseNode<'g> {
        let Offered { edition, offering, .. } = self;
        let catalog = edition.catalog;
        let roles = offering.roles.iter().filter_map(|id| catalog.roles.get(id.as_str()));
        let roles: Vec<&str> = roles.map(|role| role.plural.as_str()).collect();
        let topics = offering.topics.iter().filter_map(|id| catalog.topics.get(id.as_str()));
        let before = offering.prerequisites.iter();
        CourseNode {
            kind: "Course",
            id: self.course_id(),
            name: &offering.title,
            description: &offering.summary,
            url: &offering.url,
            in_language: &edition.settings().language,
            image: self.image.to_owned(),
            provider: organization_id(edition),
            teaches: offering.outcomes.iter().map(String::as_str).collect(),
            about: topics.map(|topic| topic.name.value.as_str()).collect(),
            course_prerequisites: before
                .map(|id| edition.addresses.absolute(&page("offerings", id)))
                .collect(),
            educational_credential_awarded: offering
                .credit
                .iter()
                .map(|credit| credit.text.as_str())
                .collect(),
            is_accessible_for_free: offering.cost.is_none().then_some(true),
            audience: Audience { kind: "Audience", audience_type: roles.join(", ") },
            has_course_instance: offering
                .cohorts
                .iter()
                .map(|cohort| Reference { id: self.series_id(cohort) })
                .collect(),
        }
    }

    fn series(&self, cohort: &'g CohortData, id: String, parts: Vec<Reference>) -> EventNode<'g> {
        let Offered { edition, offering, .. } = self;
        let sessions = cohort.sessions.as_deref().unwrap_or_default();
        let leaves = sessions.iter().flat_map(leaves_of);
        let days: Vec<&MeetingData> = leaves.flat_map(|one| &one.meetings).collect();
        let first = days.iter().min_by_key(|day| &day.starts);
        let last = days.iter().max_by_key(|day| &day.ends);
        let mut locations: Vec<Location<'g>> = Vec::new();
        // What has no day yet has no place, as a rule, and would only say so.
        let dated = |one: &&SessionData| !one.meetings.is_empty() || !one.alternatives.is_empty();
        let dated = sessions.iter().filter(dated);
        let leaves = dated.flat_map(leaves_of);
        for session in leaves {
            for location in self.locations(session) {
                if !locations.iter().any(|one| one.name == location.name) {
                    locations.push(location);
                }
            }
        }
        let name = match &cohort.title {
            Some(title) => format!("{}: {title}", offering.title),
            None => offering.title.clone(),
        };
        let url = match &cohort.id {
            Some(_) => id.clone(),
            None => offering.url.clone(),
        };
        EventNode {
            kind: Kinds::Two(["EventSeries", "CourseInstance"]),
            id,
            name,
            description: offering.summary.clone(),
            url,
            start_date: first.map(|day| day.start.as_str()),
            end_date: last.map(|day| day.end.as_str()),
            previous_start_date: None,
            event_status: if offering.cancelled { CANCELLED } else { SCHEDULED },
            event_attendance_mode: offering.mode.map(attendance_mode),
            course_mode: offering.mode.map(course_mode),
            location: locations,
            image: self.image.to_owned(),
            organizer: organization_id(edition),
            performer: self.people(&offering.facilitators),
            offers: self.offer(cohort.enroll.as_ref().or(offering.enroll.as_ref())),
            super_event: None,
            sub_event: parts,
        }
    }

    /// A session as an event, from its first day to its last; none without a day.
    fn event(&self, cohort: &'g CohortData, session: &'g SessionData) -> Option<EventNode<'g>> {
        let offering = self.offering;
        let (first, last) = (session.meetings.first()?, session.meetings.last()?);
        let name = if session.title == offering.title {
            session.title.clone()
        } else {
            format!("{}: {}", offering.title, session.title)
        };
        let moved = session.moved_from.as_ref();
        let event_status = match session.status {
            _ if offering.cancelled => CANCELLED,
            Some("cancelled") => CANCELLED,
            Some("postponed") => "https://schema.org/EventPostponed",
            _ if moved.is_some() => "https://schema.org/EventRescheduled",
            _ => SCHEDULED,
        };
        let mut description = offering.summary.clone();
        for more in [&session.reason, &session.note].into_iter().flatten() {
            description.push(' ');
            description.push_str(more);
        }
        let own = session.enroll.as_ref();
        let mut people = offering.facilitators.clone();
        people.extend(session.facilitators.iter().cloned());
        people.dedup();
        Some(EventNode {
            kind: Kinds::One("EducationEvent"),
            id: session.url.clone(),
            name,
            description,
            url: session.url.clone(),
            start_date: Some(&first.start),
            end_date: Some(&last.end),
            previous_start_date: moved.map(|from| {
                if from.time.is_some() { from.at.as_str() } else { from.date.as_str() }
            }),
            event_status,
            event_attendance_mode: session.mode.map(attendance_mode),
            course_mode: None,
            location: self.locations(session),
            image: self.image.to_owned(),
            organizer: organization_id(self.edition),
            performer: self.people(&people),
            offers: self.offer(own.or(cohort.enroll.as_ref()).or(offering.enroll.as_ref())),
            super_event: Some(Reference { id: self.series_id(cohort) }),
            sub_event: Vec::new(),
        })
    }

    /// Where a session is. An event has a place, so one that is not told or not known says so.
    fn locations(&self, session: &'g SessionData) -> Vec<Location<'g>> {
        let of_days = session.meetings.iter().flat_map(|day| &day.places);
        let venues: Vec<&VenueData> = session.places.iter().chain(of_days).collect();
        let mut locations: Vec<Location<'g>> = Vec::new();
        for venue in venues {
            let location = Self::location(venue, session);
            if !locations.iter().any(|one| one.name == location.name) {
                locations.push(location);
            }
        }
        let is_there = |kind| move |one: &Location<'_>| one.kind == kind;
        let afar = session.mode.is_some_and(|mode| mode != "in-person");
        if afar && !locations.iter().any(is_there("VirtualLocation")) {
            locations.push(Self::online(session, "Online".to_owned()));
        }
        if session.mode != Some("online") && !locations.iter().any(is_there("Place")) {
            let words = if self.offering.private { NOT_TOLD } else { NOT_SET };
            let (name, address) = (words.to_owned(), Some(words));
            locations.insert(0, Location { kind: "Place", name, address, url: None });
        }
        locations
    }

    fn location(venue: &'g VenueData, session: &'g SessionData) -> Location<'g> {
        if venue.online {
            return Self::online(session, venue.name.clone());
        }
        let address = Some(venue.address.as_deref().unwrap_or(&venue.name));
        Location { kind: "Place", name: venue.in_words(), address, url: None }
    }

    /// The link to join if everyone may know it; else the place on the page that tells how.
    fn online(session: &'g SessionData, name: String) -> Location<'g> {
        let link = session.online.as_ref().and_then(|online| online.url.clone());
        let url = Some(link.unwrap_or_else(|| session.url.clone()));
        Location { kind: "VirtualLocation", name, address: None, url }
    }

    fn people(&self, ids: &[String]) -> Vec<PersonNode<'g>> {
        let all = &self.edition.catalog.people;
        let people = ids.iter().filter_map(|id| all.get(id.as_str()));
        people.map(|person| PersonNode::new(self.edition, person)).collect()
    }

    fn offer(&self, enroll: Option<&'g EnrollData>) -> Option<Offer<'g>> {
        let enroll = enroll?;
        let free = self.offering.cost.is_none();
        Some(Offer {
            kind: "Offer",
            name: &enroll.label,
            url: &enroll.url,
            availability: match enroll.status {
                Some("full" | "closed") => "https://schema.org/SoldOut",
                Some("waitlist") => "https://schema.org/LimitedAvailability",
                _ => "https://schema.org/InStock",
            },
            price: free.then_some("0"),
            valid_from: enroll.opens.as_ref().map(|opens| opens.at.as_str()),
            valid_through: enroll.closes.as_ref().map(|closes| closes.at.as_str()),
        })
    }
}

/// The session itself, or its alternatives.
fn leaves_of(session: &SessionData) -> impl Iterator<Item = &SessionData> {
    let itself = session.alternatives.is_empty().then_some(session);
    itself.into_iter().chain(&session.alternatives)
}

const SCHEDULED: &str = "https://schema.org/EventScheduled";
const CANCELLED: &str = "https://schema.org/EventCancelled";

fn attendance_mode(mode: &str) -> &'static str {
    match mode {
        "online" => "https://schema.org/OnlineEventAttendanceMode",
        "hybrid" => "https://schema.org/MixedEventAttendanceMode",
        _ => "https://schema.org/OfflineEventAttendanceMode",
    }
}

fn course_mode(mode: &str) -> &'static str {
    match mode {
        "online" => "Online",
        "hybrid" => "Blended",
        _ => "Onsite",
    }
}
