//! The state of an enrollment at a moment.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::present::Present;
use super::timetable::{Bounds, OfferingSchedule, ScheduledSession};
use super::zone::instant;
use crate::model::{Enrollment, EnrollmentStatus, Offering};

/// For how many days before its deadline an enrollment is said to close soon.
pub const CLOSING_SOON_DAYS: i64 = 7;

/// What a leader needs to know of an enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnrollmentState {
    /// One can enroll, and the deadline is near.
    ClosingSoon,
    /// One can enroll.
    Open,
    /// One can wait for a seat.
    Waitlist,
    /// One will be able to enroll.
    OpensOn,
    /// There is nothing to enroll in, and it has not begun.
    None,
    /// No seat is left.
    Full,
    /// It has begun, and one can no longer enroll.
    InProgress,
    /// It is too late, or staff closed it.
    Closed,
    /// It is over.
    Past,
    /// It does not take place.
    Cancelled,
}

/// The state of an enrollment, by the first that holds: cancelled, past, closed by staff, opens
/// later, closed, full or waitlist, closing soon, open.
///
/// What staff set wins over the dates, but not over the end of the offering. Where enrollment is
/// closed, or there is none, an offering that has begun is in progress.
pub fn enrollment_state(
    offering: &Offering,
    enroll: Option<&Enrollment>,
    bounds: Option<Bounds>,
    zone: &TimeZone,
    now: &Present,
) -> EnrollmentState {
    let begun = bounds.is_some_and(|bounds| bounds.starts <= *now);
    if offering.cancelled.is_some() {
        return EnrollmentState::Cancelled;
    }
    if bounds.is_some_and(|bounds| bounds.ends <= *now) {
        return EnrollmentState::Past;
    }
    let not_open = if begun { EnrollmentState::InProgress } else { EnrollmentState::Closed };
    let Some(enroll) = enroll else {
        return if begun { EnrollmentState::InProgress } else { EnrollmentState::None };
    };
    let status = enroll.status.as_ref().map(|status| status.value);
    if status == Some(EnrollmentStatus::Closed) {
        return not_open;
    }
    let closes = enroll.closes.as_ref().map(|closes| instant(closes.value, zone));
    if enroll.opens.as_ref().is_some_and(|opens| instant(opens.value, zone) > *now) {
        return EnrollmentState::OpensOn;
    }
    if closes.is_some_and(|closes| closes <= *now) {
        return not_open;
    }
    match (status, closes) {
        (Some(EnrollmentStatus::Waitlist), _) => EnrollmentState::Waitlist,
        (Some(_), _) if enroll.waitlist.is_some() => EnrollmentState::Waitlist,
        (Some(_), _) => EnrollmentState::Full,
        (None, Some(closes))
            if now.is_near(closes, SignedDuration::from_hours(24 * CLOSING_SOON_DAYS)) =>
        {
            EnrollmentState::ClosingSoon
        }
        (None, _) => EnrollmentState::Open,
    }
}

impl<'a> OfferingSchedule<'a> {
    /// Every enrollment, the offering's own, its cohorts' and its sessions', with the bounds of
    /// what it admits to.
    pub fn enrollments(&self) -> impl Iterator<Item = (&'a Enrollment, Option<Bounds>)> {
        let own = self.offering.enroll.as_ref().map(|enroll| (enroll, self.bounds()));
        let of_cohorts = self.groups.iter().filter_map(|group| {
            let (_, cohort) = group.cohort?;
            Some((cohort.enroll.as_ref()?, group.bounds()))
        });
        let leaves = self.sessions().flat_map(ScheduledSession::leaves);
        let of_sessions = leaves
            .filter_map(|session| Some((session.written.enroll.as_deref()?, session.bounds())));
        own.into_iter().chain(of_cohorts).chain(of_sessions)
    }

    /// The enrollment through which one still gets in, with the bounds of what it admits to. The
    /// order of [`EnrollmentState`] is the order of hope.
    pub fn best_enrollment(
        &self,
        zone: &TimeZone,
        now: &Present,
    ) -> (Option<&'a Enrollment>, Option<Bounds>) {
        let state = |(one, bounds): &(&'a Enrollment, Option<Bounds>)| {
            enrollment_state(self.offering, Some(one), *bounds, zone, now)
        };
        self.enrollments()
            .min_by_key(state)
            .map_or((None, self.bounds()), |(enroll, bounds)| (Some(enroll), bounds))
    }
}
