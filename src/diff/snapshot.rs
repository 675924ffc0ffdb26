//! A catalog as a leader sees it at a moment, as far as two of them are compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Catalog;
use crate::view::{
    CreditView, Edition, EnrollView, MeetingView, MomentView, OfferingView, RequirementView,
    SessionView, VenueView,
};

/// How an offering is named in [`Snapshot::unread`].
pub(super) const OFFERINGS: &str = "offerings";
/// How a requirement is named there.
pub(super) const REQUIREMENTS: &str = "requirements";

/// What a leader sees of a catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The offerings that are shown, by ID.
    pub offerings: BTreeMap<String, Offering>,
    /// The requirements, by ID.
    pub requirements: BTreeMap<String, Requirement>,
    /// The entries that are there, but have faults for which they could not be read whole:
    /// `offerings/self-as-core`. Nothing is said of them.
    pub unread: BTreeSet<String>,
}

/// An offering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offering {
    /// Its name.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// `Series`
    pub kind: String,
    /// At most 240 characters.
    pub summary: String,
    /// For whom: `Principals and assistant principals`.
    pub audience: String,
    /// Only these networks, by name; all, if empty.
    pub networks: Vec<String>,
    /// How one comes in: `By application`.
    pub access: String,
    /// Its dates in words.
    pub dates: String,
    /// `6 sessions`; empty when there are none.
    pub session_count: String,
    /// Credit for the whole, each in words: `30 hours of Act 48`.
    pub credit: Vec<String>,
    /// It does not take place.
    pub cancelled: bool,
    /// How one gets a seat.
    pub enrollment: Option<Enrollment>,
    /// Its sessions: one group without an ID, or one for each cohort.
    pub groups: Vec<Group>,
}

/// A cohort, or all sessions of an offering that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The cohort's ID.
    pub id: Option<String>,
    /// The cohort's name.
    pub title: Option<String>,
    /// How one gets a seat in it, when not as in the offering.
    pub enrollment: Option<Enrollment>,
    /// Its sessions; for one with alternatives, these.
    pub sessions: Vec<Session>,
}

/// A session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// What it keeps when it moves; unique in its group.
    pub id: String,
    /// Its name; absent when it has none and is the only one.
    pub name: Option<String>,
    /// Its days, in the order of time; none when they are not known.
    pub days: Vec<Day>,
    /// When it is, in words, when there are no days: `March 2027`.
    pub when: String,
    /// Where, in words; absent for a private offering, or when nothing is said.
    pub place: Option<String>,
    /// How one joins from afar, in words.
    pub online: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why it moved, was postponed or cancelled.
    pub reason: Option<String>,
    /// The snow date.
    pub backup: Option<Day>,
    /// Credit for this session, in words.
    pub credit: Vec<String>,
    /// How one gets a seat, when each session has its own enrollment.
    pub enrollment: Option<Enrollment>,
}

/// One day of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The instant at which it starts: `2026-10-01T12:30:00Z`.
    pub starts: String,
    /// The instant at which it is over.
    pub ends: String,
    /// `Thursday, October 1, 2026, 8:30 AM to 4:00 PM`
    pub words: String,
    /// Where, when not where the session is.
    pub place: Option<String>,
}

/// What became of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It takes place.
    #[default]
    Planned,
    /// The date may still change.
    Tentative,
    /// It will be on another, unknown day.
    Postponed,
    /// It does not take place.
    Cancelled,
}

/// How one gets a seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Enrollment {
    /// Where.
    pub url: String,
    /// `Enrollment: November 1 to December 1, 2026`
    pub window: String,
    /// From when.
    pub opens: Option<Moment>,
    /// Until when.
    pub closes: Option<Moment>,
    /// Several deadlines, each in words: `First round: November 1, 2026`.
    pub rounds: Vec<String>,
    /// What staff say of the seats: `full`, `waitlist`, `closed`; empty when nothing.
    pub status: String,
}

/// A point in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The instant with its offset. The end of a day is the first instant of the next.
    pub iso: String,
    /// `December 1, 2026`
    pub words: String,
}

/// What a role must complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// Its name.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// The rule in a sentence.
    pub rule: String,
    /// The names of the offerings that it names and that are shown, by ID.
    pub choices: BTreeMap<String, String>,
}

impl Snapshot {
    /// What an edition shows.
    pub fn new(edition: &Edition<'_>) -> Self {
        let offerings = edition.offerings.values().map(|schedule| {
            let view = OfferingView::new(edition, schedule, "");
            let url = |href: &str| absolute(edition, href);
            (view.card.id.clone(), Offering::new(&view, url(&view.card.href)))
        });
        let requirements = edition.catalog.requirements.values().map(|requirement| {
            let view = RequirementView::new(edition, requirement);
            let url = absolute(edition, &view.card.link.href);
            (view.card.link.id.clone(), Requirement::new(view, url))
        });
        Self {
            offerings: offerings.collect(),
            requirements: requirements.collect(),
            unread: unread(edition.catalog),
        }
    }
}

/// The offerings and requirements that could not be read whole.
fn unread(catalog: &Catalog) -> BTreeSet<String> {
    let broken = &catalog.broken;
    let offerings = catalog.offerings.iter().filter(|(_, one)| broken.is_incomplete(one.span));
    let offerings = broken.offerings.iter().chain(offerings.map(|(id, _)| id));
    let requirements = catalog.requirements.iter();
    let requirements = requirements.filter(|(_, one)| broken.is_incomplete(one.span));
    let requirements = broken.requirements.iter().chain(requirements.map(|(id, _)| id));
    let offerings = offerings.map(|id| format!("{OFFERINGS}/{id}"));
    offerings.chain(requirements.map(|id| format!("{REQUIREMENTS}/{id}"))).collect()
}

/// An address below the site's base path as one that holds everywhere.
fn absolute(edition: &Edition<'_>, href: &str) -> String {
    if href.starts_with('/') {
        format!("{}{href}", edition.addresses.origin())
    } else {
        href.to_owned()
    }
}

impl Offering {
    fn new(view: &OfferingView, url: String) -> Self {
        let card = &view.card;
        let single =
            Group { id: None, title: None, enrollment: None, sessions: sessions(&view.sessions) };
        let cohorts = view.cohorts.iter().map(|cohort| Group {
            id: Some(cohort.id.clone()),
            title: Some(cohort.title.clone()),
            enrollment: cohort.enroll.as_ref().map(Enrollment::new),
            sessions: sessions(&cohort.sessions),
        });
        Self {
            title: card.title.clone(),
            url,
            kind: card.kind.title.clone(),
            summary: card.summary.clone(),
            audience: card.audience.clone(),
            networks: card.networks.iter().map(|network| network.title.clone()).collect(),
            access: card.access.word.to_owned(),
            dates: card.dates.clone(),
            session_count: card.session_count.clone(),
            credit: credit(&card.credit),
            cancelled: card.cancelled,
            enrollment: view.enroll.as_ref().map(Enrollment::new),
            groups: if view.cohorts.is_empty() { vec![single] } else { cohorts.collect() },
        }
    }
}

/// The sessions of a group, alternatives in the place of the session of which they are.
fn sessions(views: &[SessionView]) -> Vec<Session> {
    let mut sessions = Vec::with_capacity(views.len());
    for view in views {
        let name = (view.titled || views.len() > 1).then(|| view.title.clone());
        if view.alternatives.is_empty() {
            sessions.push(Session::new(view, name));
        } else {
            sessions.extend(view.alternatives.iter().map(|one| {
                let own = one.titled.then(|| one.title.clone());
                Session::new(one, own.or_else(|| name.clone()))
            }));
        }
    }
    sessions
}

impl Session {
    fn new(view: &SessionView, name: Option<String>) -> Self {
        Self {
            id: view.identity.clone(),
            name,
            days: view.meetings.iter().map(Day::new).collect(),
            when: view.when.clone(),
            place: places(&view.venues),
            online: view.online.as_ref().map(|online| online.text.clone()),
            status: match view.status.as_ref().map(|status| status.id) {
                Some("tentative") => Status::Tentative,
                Some("postponed") => Status::Postponed,
                Some("cancelled") => Status::Cancelled,
                _ => Status::Planned,
            },
            reason: view.reason.clone(),
            backup: view.backup.as_ref().map(Day::new),
            credit: credit(&view.credit),
            enrollment: view.enroll.as_ref().map(Enrollment::new),
        }
    }
}

impl Day {
    fn new(view: &MeetingView) -> Self {
        let hours = view.hours.as_ref().map(|hours| format!(", {hours}")).unwrap_or_default();
        let zone = view.zone.as_ref().map(|zone| format!(" {zone}")).unwrap_or_default();
        Self {
            starts: view.starts.clone(),
            ends: view.ends.clone(),
            words: format!("{}{hours}{zone}", view.date.long),
            place: places(&view.venues),
        }
    }
}

impl Enrollment {
    fn new(view: &EnrollView) -> Self {
        Self {
            url: view.href.clone(),
            window: view.window.clone(),
            opens: view.opens.as_ref().map(Moment::new),
            closes: view.closes.as_ref().map(Moment::new),
            rounds: view
                .rounds
                .iter()
                .map(|round| format!("{}: {}", round.label, round.closes.text))
                .collect(),
            status: match view.state.way.status {
                status @ ("full" | "waitlist" | "closed") => status.to_owned(),
                _ => String::new(),
            },
        }
    }
}

impl Moment {
    fn new(view: &MomentView) -> Self {
        Self { iso: view.iso.clone(), words: view.text.clone() }
    }
}

impl Requirement {
    fn new(view: RequirementView, url: String) -> Self {
        let choices = view.card.choices.into_iter();
        Self {
            title: view.card.link.title,
            url,
            rule: view.card.sentence,
            choices: choices.map(|card| (card.id, card.title)).collect(),
        }
    }
}

fn credit(views: &[CreditView]) -> Vec<String> {
    views.iter().map(|credit| credit.text.clone()).collect()
}

/// Places in words, each with its room.
fn places(venues: &[VenueView]) -> Option<String> {
    let name = |venue: &VenueView| match &venue.room {
        Some(room) => format!("{}, {room}", venue.name),
        None => venue.name.clone(),
    };
    let names: Vec<String> = venues.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}
