//! A catalog as a leader sees it at a moment, as far as two of them are compared.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::published::{DataFault, Published};
use crate::model::Catalog;
use crate::view::{DataFile, Edition};

/// How an offering is named in [`Snapshot::unread`].
pub(super) const OFFERINGS: &str = "offerings";
/// How a requirement is named there.
pub(super) const REQUIREMENTS: &str = "requirements";

/// What a leader sees of a catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The catalog's name.
    pub title: String,
    /// The IANA name of the zone of its times.
    pub timezone: String,
    /// The names of roles for several people, by ID: `Principals`.
    pub roles: BTreeMap<String, String>,
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
    /// The IDs of the roles that it is for.
    pub roles: Vec<String>,
    /// For whom: `Principals, Assistant principals`.
    pub audience: String,
    /// Only these networks, by name; all, if empty.
    pub networks: Vec<String>,
    /// How one comes in: `application`.
    pub access: String,
    /// Its dates in words.
    pub dates: String,
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
    /// What it keeps when it moves, unique in the catalog: `self-as-core.spring.2`.
    pub key: String,
    /// Its name; absent when it has none and is the only one.
    pub name: Option<String>,
    /// The absolute address of its place on the page.
    pub url: String,
    /// The IDs of its roles, when narrower than the offering's.
    pub roles: Vec<String>,
    /// Its days, in the order of time; none when they are not known.
    pub days: Vec<Day>,
    /// When it is, in words, when there are no days: `March 2027`.
    pub when: String,
    /// Where, in words; absent for a private offering, or when nothing is said.
    pub place: Option<String>,
    /// How one joins from afar: the address, or words.
    pub online: Option<String>,
    /// What became of it.
    pub status: Status,
    /// When it was to be, in words, as staff wrote it.
    pub moved_from: Option<String>,
    /// Where it was to be, likewise.
    pub place_was: Option<String>,
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
    /// `2026-10-01`
    pub date: String,
    /// `Thursday, October 1, 2026`
    pub day: String,
    /// `8:30 AM to 4:00 PM`, with the zone if it is not the catalog's; absent for the whole day.
    pub hours: Option<String>,
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
    /// The words of the button: `Enroll`.
    pub label: String,
    /// `Enrollment: November 1 to December 1, 2026`
    pub window: String,
    /// From when.
    pub opens: Option<Moment>,
    /// Until when.
    pub closes: Option<Moment>,
    /// The earlier deadline, as staff wrote it, when it was extended.
    pub was: Option<Moment>,
    /// Several deadlines, each with its name: `First round`.
    pub rounds: Vec<(String, Moment)>,
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
    /// The IDs of the roles that must.
    pub roles: Vec<String>,
    /// The rule in a sentence.
    pub rule: String,
    /// The names of the offerings that it names and that are shown, by ID.
    pub choices: BTreeMap<String, String>,
}

impl Snapshot {
    /// What an edition shows: read from the data that it publishes, so that nothing else is
    /// compared.
    ///
    /// # Errors
    ///
    /// When this convene does not read what it publishes, which would be a mistake of its own.
    pub fn new(edition: &Edition<'_>) -> Result<Self, DataFault> {
        let bytes = |file: &DataFile| serde_json::to_vec(file).unwrap_or_default();
        let offerings = edition.offerings.values().copied().collect::<Vec<_>>().into_par_iter();
        let published = Published {
            catalog: bytes(&DataFile::catalog(edition)),
            requirements: bytes(&DataFile::requirements(edition)),
            offerings: offerings
                .map(|schedule| {
                    let file = DataFile::offering(edition, schedule, "");
                    (schedule.offering.id.to_string(), bytes(&file))
                })
                .collect(),
        };
        Ok(Self { unread: unread(edition.catalog), ..published.read()? })
    }

    /// What people of a role see of it: offerings, sessions and requirements for them.
    #[must_use]
    pub fn for_role(mut self, role: &str) -> Self {
        let among = |roles: &[String]| roles.iter().any(|one| one == role);
        self.offerings.retain(|_, offering| among(&offering.roles));
        self.requirements.retain(|_, requirement| among(&requirement.roles));
        for group in self.offerings.values_mut().flat_map(|offering| &mut offering.groups) {
            group.sessions.retain(|session| session.roles.is_empty() || among(&session.roles));
        }
        self
    }
}

impl Offering {
    /// All sessions with the cohort in which they are.
    pub fn sessions(&self) -> impl Iterator<Item = (&Group, &Session)> {
        self.groups.iter().flat_map(|group| group.sessions.iter().map(move |one| (group, one)))
    }
}

impl Session {
    /// False when it has a day that is not over at an instant, or none that is known.
    pub fn is_over(&self, at: Timestamp) -> bool {
        !self.days.is_empty() && self.days.iter().all(|day| day.is_over(at))
    }

    /// When it is, in words; nothing when nothing is known.
    pub fn in_words(&self) -> Option<String> {
        if self.days.is_empty() {
            return (!self.when.is_empty()).then(|| self.when.clone());
        }
        let days: Vec<String> = self.days.iter().map(Day::in_words).collect();
        Some(days.join("; "))
    }
}

impl Day {
    /// `Thursday, October 1, 2026, 8:30 AM to 4:00 PM`
    pub fn in_words(&self) -> String {
        match &self.hours {
            Some(hours) => format!("{}, {hours}", self.day),
            None => self.day.clone(),
        }
    }

    /// True when it is over at an instant.
    pub fn is_over(&self, at: Timestamp) -> bool {
        self.ends.parse::<Timestamp>().is_ok_and(|ends| ends <= at)
    }
}

impl Moment {
    /// The instant, whatever the offset in which it is written; none for what is no instant.
    pub fn instant(&self) -> Option<Timestamp> {
        self.iso.parse().ok()
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
