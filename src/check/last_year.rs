//! Dates that were copied from the year before.

use jiff::civil::Date;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::Gap;
use crate::schedule::{OfferingSchedule, ScheduledSession};

/// Reports an offering whose days all fall on the same days of the month as those of the offering
/// that it continues. A single day may fall so by chance.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let known = facts.schedules_without(&[Gap::Days, Gap::Sessions]);
    known.filter_map(|schedule| compare(facts, schedule)).collect()
}

fn compare(facts: &Facts<'_>, schedule: &OfferingSchedule<'_>) -> Option<Diagnostic> {
    let continues = schedule.offering.continues.as_ref()?;
    let before = facts.timetable.get(&continues.value)?;
    if facts.lacks(before.offering.span, &[Gap::Days, Gap::Sessions]) {
        return None;
    }
    let (new, old) = (days(schedule), days(before));
    let same_day = |a: &Date, b: &Date| (a.month(), a.day()) == (b.month(), b.day());
    let same = new.len() == old.len() && new.iter().zip(&old).all(|(a, b)| same_day(a, b));
    if new.is_empty() || !same {
        return None;
    }
    let first = schedule
        .sessions()
        .flat_map(ScheduledSession::leaves)
        .find_map(|s| s.meetings().first())?;
    let message = format!("the dates are those of `{}`, the year before", continues.value);
    Some(
        Diagnostic::new(Code::DatesOfLastYear, first.span, message)
            .label("the first of them")
            .also(continues.span, "it continues that offering")
            .hint("write this year's dates; `weekday:` beside a date catches one that was copied"),
    )
}

fn days(schedule: &OfferingSchedule<'_>) -> Vec<Date> {
    let sessions = schedule.sessions().flat_map(ScheduledSession::leaves);
    let mut days: Vec<Date> =
        sessions.flat_map(ScheduledSession::meetings).map(|meeting| meeting.date).collect();
    days.sort_by_key(|day| (day.month(), day.day()));
    days
}
