//! The states that an offering passes through in the course of time, and when each begins.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::enrollment::{CLOSING_SOON_DAYS, EnrollmentState, enrollment_state};
use super::present::Present;
use super::timetable::{Bounds, Group, OfferingSchedule};
use super::zone::instant;
use crate::model::{Enrollment, Offering};

/// A state, and when it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// The first instant of the state; none for the one that has always been.
    pub from: Option<Timestamp>,
    /// What holds from then on.
    pub standing: Standing,
}

/// Where an offering stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is on no page: before its `publish`, or from its `expire` on.
    Hidden,
    /// It is shown in this state.
    Shown(EnrollmentState),
}

/// A way in, and what it admits to.
type Way<'e> = (Option<&'e Enrollment>, Option<Bounds>);

impl OfferingSchedule<'_> {
    /// The states of the offering as a whole, in the order of time: at each moment that of the
    /// enrollment through which one still gets in.
    pub fn milestones(&self, zone: &TimeZone) -> Vec<Milestone> {
        let mut ways: Vec<Way<'_>> =
            self.enrollments().map(|(enroll, bounds)| (Some(enroll), bounds)).collect();
        if ways.is_empty() {
            ways.push((None, self.bounds()));
        }
        milestones(self.offering, &ways, zone)
    }
}

impl Group<'_> {
    /// The states of a cohort, in the order of time.
    pub fn milestones(&self, offering: &Offering, zone: &TimeZone) -> Vec<Milestone> {
        let own = self.cohort.and_then(|(_, cohort)| cohort.enroll.as_ref());
        let enroll = own.or(offering.enroll.as_ref());
        milestones(offering, &[(enroll, self.bounds())], zone)
    }
}

/// What holds at every boundary, where that is something new.
fn milestones(offering: &Offering, ways: &[Way<'_>], zone: &TimeZone) -> Vec<Milestone> {
    let standing = |at: Timestamp| {
        let now = Present::new(at);
        let over = |moment| instant(moment, zone) <= now;
        let begun = offering.publish.as_ref().is_none_or(|from| over(from.value));
        if !begun || offering.expire.as_ref().is_some_and(|until| over(until.value)) {
            return Standing::Hidden;
        }
        let state =
            |(enroll, bounds): &Way<'_>| enrollment_state(offering, *enroll, *bounds, zone, &now);
        Standing::Shown(ways.iter().map(state).min().unwrap_or(EnrollmentState::None))
    };
    let mut found = vec![Milestone { from: None, standing: standing(Timestamp::MIN) }];
    for at in boundaries(offering, ways, zone) {
        let standing = standing(at);
        if found.last().is_some_and(|last| last.standing != standing) {
            found.push(Milestone { from: Some(at), standing });
        }
    }
    found
}

/// Every instant at which something may change.
fn boundaries(offering: &Offering, ways: &[Way<'_>], zone: &TimeZone) -> BTreeSet<Timestamp> {
    let moments = [&offering.publish, &offering.expire].into_iter().flatten();
    let mut all: BTreeSet<Timestamp> = moments.map(|one| instant(one.value, zone)).collect();
    for (enroll, bounds) in ways {
        all.extend(bounds.iter().flat_map(|bounds| [bounds.starts, bounds.ends]));
        let Some(enroll) = enroll else { continue };
        all.extend(enroll.opens.as_ref().map(|opens| instant(opens.value, zone)));
        if let Some(closes) = &enroll.closes {
            let closes = instant(closes.value, zone);
            let soon = SignedDuration::from_hours(24 * CLOSING_SOON_DAYS);
            all.extend([Some(closes), closes.checked_sub(soon).ok()].into_iter().flatten());
        }
    }
    all
}
