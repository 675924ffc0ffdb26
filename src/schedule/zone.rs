//! Local times in a zone: the ones that do not exist, and the ones that exist twice.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use crate::model::{Edge, Moment};
use crate::source::Span;

/// A time that does not mean what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeFault {
    /// What is the matter.
    pub kind: TimeFaultKind,
    /// Where it is written.
    pub span: Span,
}

/// What can be the matter with a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeFaultKind {
    /// Clocks are set forward over it.
    Nonexistent {
        /// The local time.
        local: DateTime,
    },
    /// Clocks are set back over it; the first is taken.
    Twice {
        /// The local time.
        local: DateTime,
    },
    /// A repeat yields no session.
    RepeatEmpty,
    /// A repeat yields more sessions than any program has.
    RepeatEndless,
}

/// The instant that a moment means in a zone.
///
/// A plain date means the start of the day or, for a deadline, its end: the first instant of the
/// next day, so that "closes December 1" holds through the last second of that day. A local time
/// that does not exist is moved forward; one that exists twice is the first.
pub fn instant(moment: Moment, zone: &TimeZone) -> Timestamp {
    let local = match (moment.time, moment.edge) {
        (Some(time), _) => moment.date.to_datetime(time),
        (None, Edge::Start) => midnight(moment.date),
        (None, Edge::End) => midnight(moment.date.tomorrow().unwrap_or(Date::MAX)),
    };
    resolve(local, zone).timestamp()
}

/// The first instant of a day. It is not always midnight: some zones set clocks at midnight.
pub fn start_of_day(date: Date, zone: &TimeZone) -> ZonedDateTime {
    resolve(midnight(date), zone)
}

/// A local time in a zone, and what is the matter with it.
pub(super) fn at(
    date: Date,
    time: Time,
    zone: &TimeZone,
) -> (ZonedDateTime, Option<TimeFaultKind>) {
    let local = date.to_datetime(time);
    let fault = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(TimeFaultKind::Nonexistent { local }),
        AmbiguousOffset::Fold { .. } => Some(TimeFaultKind::Twice { local }),
    };
    (resolve(local, zone), fault)
}

fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

fn resolve(local: DateTime, zone: &TimeZone) -> ZonedDateTime {
    // Only the very ends of the calendar, year 9999 and -9999, cannot be resolved.
    let timestamp =
        zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::UNIX_EPOCH);
    timestamp.to_zoned_datetime(zone.clone())
}
