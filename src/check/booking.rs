//! Nobody is in two places at once, no place holds two sessions, no leader must attend both.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Gap, Offering, PersonId, PlaceId, RoleId, Venue};
use crate::schedule::{Meeting, OfferingSchedule, ScheduledSession};
use crate::source::Span;

/// A stretch of time that somebody or something is taken.
#[derive(Clone, Copy)]
struct Booking<'a> {
    starts: Timestamp,
    ends: Timestamp,
    offering: &'a Offering,
    session: &'a str,
    group: usize,
    span: Span,
    /// Nobody else can be meant: the session itself names the person, or the offering has one alone.
    certain: bool,
}

impl Booking<'_> {
    fn is_same_session(&self, other: &Self) -> bool {
        self.offering.id == other.offering.id
            && self.group == other.group
            && self.session == other.session
    }

    /// `"Self as Core" on 2026-10-01`
    fn describe(&self) -> String {
        format!("\"{}\"", self.offering.title.value)
    }
}

/// Every day of every session that takes place.
fn days<'a>(
    facts: &'a Facts<'a>,
) -> impl Iterator<Item = (usize, &'a OfferingSchedule<'a>, &'a ScheduledSession<'a>, &'a Meeting<'a>)>
{
    let schedules = facts.schedules().filter(|schedule| schedule.offering.cancelled.is_none());
    // A time that could not be read would take the whole day.
    let known = |session: &ScheduledSession<'_>| {
        !facts.lacks(session.written.span, &[Gap::Hours, Gap::Status])
    };
    schedules.flat_map(move |schedule| {
        schedule.groups.iter().enumerate().flat_map(move |(group, sessions)| {
            sessions
                .sessions
                .iter()
                .filter(move |session| known(session))
                .flat_map(ScheduledSession::leaves)
                .filter(move |session| session.takes_place() && known(session))
                .flat_map(move |session| {
                    session
                        .meetings()
                        .iter()
                        .map(move |meeting| (group, schedule, session, meeting))
                })
        })
    })
}

fn booking<'a>(
    group: usize,
    schedule: &'a OfferingSchedule<'a>,
    session: &'a ScheduledSession<'a>,
    meeting: &Meeting<'_>,
    certain: bool,
) -> Booking<'a> {
    Booking {
        starts: meeting.starts.timestamp(),
        ends: meeting.ends.timestamp(),
        offering: schedule.offering,
        session: &session.id,
        group,
        span: meeting.span,
        certain,
    }
}

/// Pairs that overlap, each booking with the one before it that ends last: a sweep over sorted
/// starts, so that the cost does not grow with the square of the bookings.
fn overlaps<'b, 'a>(
    bookings: &'b mut [Booking<'a>],
    clash: impl Fn(&Booking<'a>, &Booking<'a>) -> bool,
) -> Vec<(Booking<'a>, Booking<'a>)> {
    bookings.sort_by_key(|one| (one.starts, one.ends, one.span));
    let mut pairs = Vec::new();
    let mut open: Vec<Booking<'a>> = Vec::new();
    for booking in bookings.iter() {
        open.retain(|earlier| earlier.ends > booking.starts);
        if let Some(earlier) = open.iter().rev().find(|earlier| clash(earlier, booking)) {
            pairs.push((*earlier, *booking));
        }
        open.push(*booking);
    }
    pairs
}

/// No facilitator is in two sessions at one time. Within one offering, several who lead it as a
/// whole may share its sessions out among themselves.
pub(super) fn facilitators(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut by_person: BTreeMap<&PersonId, Vec<Booking<'_>>> = BTreeMap::new();
    for (group, schedule, session, meeting) in days(facts) {
        let (all, own) = (&schedule.offering.facilitators, &session.written.facilitators);
        let alone = all.len() == 1 && own.is_empty();
        let whole = all.iter().map(|person| (person, alone));
        let named = own.iter().map(|person| (person, true));
        for (person, certain) in whole.chain(named) {
            let booking = booking(group, schedule, session, meeting, certain);
            by_person.entry(&person.value).or_default().push(booking);
        }
    }
    let clash = |a: &Booking<'_>, b: &Booking<'_>| {
        !a.is_same_session(b) && (a.offering.id != b.offering.id || (a.certain && b.certain))
    };
    let mut diagnostics = Vec::new();
    for (person, mut bookings) in by_person {
        let known = facts.catalog.people.get(person);
        let name = known.map_or_else(|| person.to_string(), |person| person.name.value.clone());
        for (first, second) in overlaps(&mut bookings, clash) {
            let message =
                format!("{name} is booked twice at this time: here and for {}", first.describe());
            diagnostics.push(
                Diagnostic::new(Code::FacilitatorBookedTwice, second.span, message)
                    .also(first.span, "also booked here")
                    .hint("move one of the two sessions, or let somebody else lead it"),
            );
        }
    }
    diagnostics
}

fn known_room(facts: &Facts<'_>, id: &PlaceId) -> bool {
    let place = facts.catalog.places.get(id);
    place.is_some_and(|place| !place.online && !facts.lacks(place.span, &[Gap::Online]))
}

/// No place holds two sessions at one time; online rooms hold any number.
pub(super) fn places(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut by_place: BTreeMap<&PlaceId, Vec<Booking<'_>>> = BTreeMap::new();
    for (group, schedule, session, meeting) in days(facts) {
        for venue in &meeting.places {
            let Venue::Place(id) = &venue.value else { continue };
            if known_room(facts, id) {
                let booking = booking(group, schedule, session, meeting, true);
                by_place.entry(id).or_default().push(booking);
            }
        }
    }
    let mut diagnostics = Vec::new();
    for (id, mut bookings) in by_place {
        let known = facts.catalog.places.get(id);
        let name = known.map_or_else(|| id.to_string(), |place| place.name.value.clone());
        for (first, second) in overlaps(&mut bookings, |a, b| !a.is_same_session(b)) {
            let message =
                format!("{name} is booked twice at this time: here and for {}", first.describe());
            diagnostics.push(
                Diagnostic::new(Code::PlaceBookedTwice, second.span, message)
                    .also(first.span, "also booked here")
                    .hint("choose another place or time for one of the two sessions")
                    .hint("where a place has several rooms, make each room a place of its own"),
            );
        }
    }
    diagnostics
}

/// Nobody of a role must attend two sessions at one time. Where there is a choice of dates or of
/// cohorts, there is a way out.
pub(super) fn required(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut by_role: BTreeMap<&RoleId, Vec<Booking<'_>>> = BTreeMap::new();
    for schedule in facts.schedules_without(&[Gap::Audience, Gap::Status, Gap::Hours]) {
        let offering = schedule.offering;
        if offering.cancelled.is_some() || schedule.groups.len() > 1 || !facts.is_required(offering)
        {
            continue;
        }
        for session in schedule.sessions() {
            let written = session.written;
            if !session.takes_place() || written.required == Some(false) {
                continue;
            }
            for meeting in session.meetings().iter().filter(|m| m.ends.timestamp() > *facts.now) {
                for role in facts.catalog.roles.keys() {
                    let here = offering.roles.includes(role)
                        && (written.roles.is_empty()
                            || written.roles.iter().any(|r| r.value == *role));
                    if here {
                        let booking = booking(0, schedule, session, meeting, true);
                        by_role.entry(role).or_default().push(booking);
                    }
                }
            }
        }
    }
    let mut told = std::collections::BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (role, mut bookings) in by_role {
        let known = facts.catalog.roles.get(role);
        let name = known.map_or_else(|| role.to_string(), |role| role.plural.clone());
        for (first, second) in overlaps(&mut bookings, |a, b| a.offering.id != b.offering.id) {
            if !told.insert((first.span, second.span)) {
                continue;
            }
            let message =
                format!("{name} must be here and at {} at the same time", first.describe());
            diagnostics.push(
                Diagnostic::new(Code::RequiredOverlap, second.span, message)
                    .also(first.span, "required at the same time")
                    .hint("move one of the two, or offer it on several dates with `alternatives`"),
            );
        }
    }
    diagnostics
}
