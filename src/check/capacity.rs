//! No more seats than the place has.

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Enrollment, Gap, Place, Venue};
use crate::schedule::{OfferingSchedule, ScheduledSession};
use crate::source::Spanned;

/// Compares the seats of every enrollment with the smallest place that it fills.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for schedule in facts.schedules().filter(|schedule| !facts.is_over(schedule)) {
        let offering = schedule.offering;
        if let Some(enroll) = &offering.enroll {
            let leaves = schedule.sessions().flat_map(ScheduledSession::leaves);
            diagnostics.extend(compare(facts, enroll, leaves));
        }
        for group in &schedule.groups {
            if let Some(enroll) = group.cohort.and_then(|(_, cohort)| cohort.enroll.as_ref()) {
                let leaves = group.sessions.iter().flat_map(ScheduledSession::leaves);
                diagnostics.extend(compare(facts, enroll, leaves));
            }
        }
        for session in sessions_of(schedule) {
            if let Some(enroll) = &session.written.enroll {
                diagnostics.extend(compare(facts, enroll, session.leaves()));
            }
        }
    }
    diagnostics
}

fn sessions_of<'s, 'a: 's>(
    schedule: &'s OfferingSchedule<'a>,
) -> impl Iterator<Item = &'s ScheduledSession<'a>> {
    schedule.sessions().flat_map(|s| std::iter::once(s).chain(s.alternatives()))
}

fn compare<'s, 'a: 's>(
    facts: &Facts<'_>,
    enroll: &Enrollment,
    sessions: impl Iterator<Item = &'s ScheduledSession<'a>>,
) -> Option<Diagnostic> {
    let capacity = enroll.capacity.as_ref()?;
    let places = &facts.catalog.places;
    // Who joins from afar needs no seat.
    let in_rooms = sessions.filter(|session| {
        session.takes_place()
            && session.written.online.is_none()
            && !facts.lacks(session.written.span, &[Gap::Online, Gap::Status])
    });
    let (place, venue): (&Place, &Spanned<Venue>) = in_rooms
        .flat_map(|session| session.written.venues())
        .filter_map(|venue| match &venue.value {
            Venue::Place(id) => Some((places.get(id)?, venue)),
            Venue::Text(_) => None,
        })
        .filter(|(place, _)| !place.online && place.capacity.is_some())
        .min_by_key(|(place, _)| place.capacity.as_ref().map(|seats| seats.value))?;
    let seats = place.capacity.as_ref()?;
    (capacity.value > seats.value).then(|| {
        Diagnostic::new(
            Code::CapacityAbovePlace,
            capacity.span,
            format!(
                "{} may enroll, and {} has {} seats",
                capacity.value, place.name.value, seats.value
            ),
        )
        .also(venue.span, "it meets here")
        .also(seats.span, "the seats of the place")
        .hint(format!("write at most {}, or choose a larger place", seats.value))
    })
}
