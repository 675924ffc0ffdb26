//! A bulletin for mail: what is new and what changed since a day, what closes and opens soon, what
//! is next. Made of what a leader sees ([`Snapshot`]), so that it tells nothing else.

mod changes;
mod markdown;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use markdown::markdown;

use crate::diff::{Day, Enrollment, Entry, Fate, Moment, Offering, Session, Snapshot, Status};
use crate::schedule::start_of_day;

/// What a bulletin says.
#[derive(Clone, Debug, Default)]
pub struct Bulletin {
    /// The catalog's name.
    pub title: String,
    /// For whom, when it is for one role: `Principals`.
    pub role: Option<String>,
    /// The first day of which it tells.
    pub since: Date,
    /// The day on which it is written.
    pub today: Date,
    /// How many days it looks ahead, after the present one.
    pub days: u16,
    /// Offerings that are new, by title.
    pub new: Vec<Offering>,
    /// Offerings and requirements that changed, or are gone.
    pub changes: Vec<Entry>,
    /// Deadlines, the next first.
    pub closing: Vec<Edge>,
    /// Enrollment that has opened or will, the first first.
    pub opening: Vec<Edge>,
    /// What meets, in the order of time.
    pub next: Vec<Coming>,
}

/// The opening or the closing of an enrollment.
#[derive(Clone, Debug)]
pub struct Edge {
    /// When.
    pub moment: Moment,
    /// The instant.
    pub at: Timestamp,
    /// False when its time has come.
    pub to_come: bool,
    /// The offering's name, with that of the cohort or session that one enrolls in.
    pub name: String,
    /// The offering's page.
    pub url: String,
    /// The round of which it is the deadline: `First round`.
    pub round: Option<String>,
    /// The words of the button and its address.
    pub action: (String, String),
    /// `full`, `waitlist`; empty while there are seats.
    pub status: String,
}

/// A day of a session.
#[derive(Clone, Debug)]
pub struct Coming {
    /// The day.
    pub day: Day,
    /// The instant at which it starts.
    pub starts: Timestamp,
    /// The offering's name.
    pub offering: String,
    /// The session's name and the cohort's, as far as there are any.
    pub session: Vec<String>,
    /// The session's place on the page.
    pub url: String,
    /// Where.
    pub place: Option<String>,
    /// How one joins from afar.
    pub online: Option<String>,
    /// What became of it.
    pub status: Status,
    /// It is held free in case the first day cannot be.
    pub backup: bool,
}

/// What a bulletin is to look at.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The instant from which on it tells what changed.
    pub since: Timestamp,
    /// The present moment.
    pub now: Timestamp,
    /// How many days it looks ahead.
    pub days: u16,
    /// The ID of the role that it is for; all, if none.
    pub role: Option<String>,
}

/// How it is known what changed.
pub enum Before {
    /// By the catalog as it was seen then.
    Seen(Snapshot),
    /// By what the content itself records: when an offering is announced, where a session was
    /// moved from. It does not record when that was written.
    Recorded {
        /// The IDs of the offerings that were announced since then.
        announced: BTreeSet<String>,
    },
}

impl Bulletin {
    /// The bulletin of a catalog.
    pub fn new(snapshot: Snapshot, before: Before, scope: &Scope) -> Self {
        let zone = TimeZone::get(&snapshot.timezone).unwrap_or(TimeZone::UTC);
        let day = |instant: Timestamp| instant.to_zoned_datetime(zone.clone()).date();
        let role = scope.role.as_ref();
        let narrowed = |snapshot: Snapshot| match role {
            Some(role) => snapshot.for_role(role),
            None => snapshot,
        };
        let role = role.and_then(|role| snapshot.roles.get(role).cloned());
        let now = narrowed(snapshot);
        let mut changes = match before {
            Before::Seen(before) => changes::compared(&narrowed(before), &now, scope),
            Before::Recorded { announced } => changes::recorded(&now, &announced, scope),
        };
        let new: BTreeSet<String> = changes
            .iter()
            .filter(|one| one.fate == Fate::Added)
            .map(|one| one.id.clone())
            .collect();
        changes.retain(|one| one.fate != Fate::Added);
        let mut new: Vec<Offering> =
            new.iter().filter_map(|id| now.offerings.get(id).cloned()).collect();
        new.sort_by(|a, b| (&a.title, &a.url).cmp(&(&b.title, &b.url)));
        // Whole days: a deadline at the end of the last one is among them.
        let days = jiff::Span::new().days(i64::from(scope.days) + 1);
        let end = day(scope.now).checked_add(days).unwrap_or(Date::MAX);
        let end = start_of_day(end, &zone).timestamp();
        let mut bulletin = Self {
            title: now.title.clone(),
            role,
            since: day(scope.since),
            today: day(scope.now),
            days: scope.days,
            new,
            changes,
            ..Self::default()
        };
        for offering in now.offerings.values().filter(|offering| !offering.cancelled) {
            for (name, enrollment) in enrollments(offering) {
                let edge = |round, moment: &Moment| Edge {
                    at: moment.instant().unwrap_or(Timestamp::MIN),
                    to_come: moment.instant() > Some(scope.now),
                    moment: moment.clone(),
                    name: name.clone(),
                    url: offering.url.clone(),
                    round,
                    action: (enrollment.label.clone(), enrollment.url.clone()),
                    status: enrollment.status.clone(),
                };
                bulletin.closing.extend(deadlines(enrollment).filter_map(|(round, closes)| {
                    let edge = edge(round, closes);
                    (edge.to_come && edge.at <= end).then_some(edge)
                }));
                let over = enrollment
                    .closes
                    .as_ref()
                    .is_some_and(|closes| closes.instant() <= Some(scope.now));
                let opens = enrollment.opens.as_ref().filter(|_| !over);
                let opens = opens.map(|opens| edge(None, opens));
                bulletin
                    .opening
                    .extend(opens.filter(|edge| scope.since <= edge.at && edge.at <= end));
            }
            for (group, session) in offering.sessions() {
                let cohort = group.title.as_ref();
                bulletin.next.extend(
                    coming(offering, cohort, session)
                        .filter(|one| !one.day.is_over(scope.now) && one.starts < end),
                );
            }
        }
        bulletin.closing.sort_by(|a, b| (a.at, &a.name, &a.url).cmp(&(b.at, &b.name, &b.url)));
        bulletin.opening.sort_by(|a, b| (a.at, &a.name, &a.url).cmp(&(b.at, &b.name, &b.url)));
        bulletin
            .next
            .sort_by(|a, b| (a.starts, &a.offering, &a.url).cmp(&(b.starts, &b.offering, &b.url)));
        bulletin
    }
}

/// Every enrollment that staff have not closed, with the name of what one enrolls in.
fn enrollments(offering: &Offering) -> Vec<(String, &Enrollment)> {
    let name = |parts: [Option<&String>; 2]| {
        let parts = std::iter::once(&offering.title).chain(parts.into_iter().flatten());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let mut found: Vec<(String, &Enrollment)> = Vec::new();
    found.extend(offering.enrollment.iter().map(|own| (name([None, None]), own)));
    for group in &offering.groups {
        let cohort = group.title.as_ref();
        found.extend(group.enrollment.iter().map(|own| (name([cohort, None]), own)));
        for session in group.sessions.iter().filter(|one| one.status != Status::Cancelled) {
            // What a repeat made shares one enrollment.
            let own = session.enrollment.iter();
            let own = own.filter(|own| !found.iter().any(|(_, other)| other == own));
            let own: Vec<_> = own.map(|own| (name([cohort, session.name.as_ref()]), own)).collect();
            found.extend(own);
        }
    }
    found.retain(|(_, enrollment)| enrollment.status != "closed");
    found
}

/// The deadlines of an enrollment, with the names of its rounds.
fn deadlines(enrollment: &Enrollment) -> impl Iterator<Item = (Option<String>, &Moment)> {
    let rounds = enrollment.rounds.iter().map(|(label, closes)| (Some(label.clone()), closes));
    let whole = enrollment.closes.iter().filter(|_| enrollment.rounds.is_empty());
    rounds.chain(whole.map(|closes| (None, closes)))
}

/// The days of a session, the one in reserve among them.
fn coming<'s>(
    offering: &'s Offering,
    cohort: Option<&'s String>,
    session: &'s Session,
) -> impl Iterator<Item = Coming> + 's {
    let days = session.days.iter().map(|day| (day, false));
    let backup = session.backup.iter().map(|day| (day, true));
    days.chain(backup).filter_map(move |(day, backup)| {
        Some(Coming {
            starts: day.starts.parse().ok()?,
            day: day.clone(),
            offering: offering.title.clone(),
            session: session.name.iter().chain(cohort).cloned().collect(),
            url: session.url.clone(),
            place: day.place.clone().or_else(|| session.place.clone()),
            online: session.online.clone(),
            status: session.status,
            backup,
        })
    })
}
