//! The days of a recurrence.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::model::{ClosedDays, Recurrence, RepeatEnd, RepeatOn, RepeatUnit, YearMonth};

/// No program meets more often than this by one rule.
const MAX_OCCURRENCES: usize = 500;
/// No rule is followed further than this many steps, so that one that never hits a day ends.
const MAX_STEPS: u32 = 4_000;

/// The days of a recurrence, in order, each with its place in the rule, and whether there were more
/// than any program has.
///
/// Days in `except` are left out and do not count; so are closed days when the rule skips them. They
/// keep their place in the rule, so that leaving out a day renumbers no other.
pub(super) fn days(rule: &Recurrence, closed: &[ClosedDays]) -> (Vec<(usize, Date)>, bool) {
    let from = rule.from.value;
    let (until, count) = match rule.end {
        RepeatEnd::Until(until) => (until, usize::MAX),
        RepeatEnd::Count(count) => (Date::MAX, usize::from(count)),
    };
    let mut days = Vec::new();
    let mut place = 0;
    let mut step = 0;
    while step < MAX_STEPS && days.len() < count {
        let Some((period_start, candidates)) = period(rule, step) else { break };
        if period_start > until {
            break;
        }
        for day in candidates {
            if day < from || day > until {
                continue;
            }
            place += 1;
            let left_out = rule.except.iter().any(|except| except.value == day)
                || (rule.skip_closed && is_closed(closed, day));
            if left_out {
                continue;
            }
            if days.len() == count {
                break;
            }
            if days.len() == MAX_OCCURRENCES {
                // What follows from all these days is not worth saying.
                days.truncate(1);
                return (days, true);
            }
            days.push((place, day));
        }
        step += 1;
    }
    (days, false)
}

fn is_closed(closed: &[ClosedDays], day: Date) -> bool {
    closed.iter().any(|days| (days.from..=days.to).contains(&day))
}

/// The first day of the n-th period of a rule, and the days that it has in it.
fn period(rule: &Recurrence, step: u32) -> Option<(Date, Vec<Date>)> {
    let from = rule.from.value;
    let steps = |every: u16| i64::from(every.max(1)) * i64::from(step);
    match rule.every {
        RepeatUnit::Days(every) => {
            let day = from.checked_add(Span::new().try_days(steps(every)).ok()?).ok()?;
            Some((day, vec![day]))
        }
        RepeatUnit::Weeks(every) => {
            let lead = i64::from(from.weekday().to_monday_zero_offset());
            let monday = from.checked_sub(Span::new().days(lead)).ok()?;
            let monday = monday.checked_add(Span::new().try_weeks(steps(every)).ok()?).ok()?;
            let mut weekdays: Vec<Weekday> = match &rule.on {
                Some(RepeatOn::Weekdays(weekdays)) => weekdays.clone(),
                _ => vec![from.weekday()],
            };
            weekdays.sort_by_key(|weekday| weekday.to_monday_zero_offset());
            weekdays.dedup();
            let day = |weekday: Weekday| {
                let offset = i64::from(weekday.to_monday_zero_offset());
                monday.checked_add(Span::new().days(offset)).ok()
            };
            Some((monday, weekdays.into_iter().filter_map(day).collect()))
        }
        RepeatUnit::Months(every) => {
            let first = from.first_of_month();
            let first = first.checked_add(Span::new().try_months(steps(every)).ok()?).ok()?;
            let month = YearMonth::of(first);
            let days = match &rule.on {
                Some(RepeatOn::NthWeekday(nth, weekday)) => {
                    first.nth_weekday_of_month(*nth, *weekday).ok().into_iter().collect()
                }
                Some(RepeatOn::DayOfMonth(day)) => {
                    Date::new(month.year, month.month, *day).ok().into_iter().collect()
                }
                Some(RepeatOn::Weekdays(weekdays)) => every_weekday(first, weekdays),
                None => Date::new(month.year, month.month, from.day()).ok().into_iter().collect(),
            };
            Some((first, days))
        }
    }
}

/// Every one of these weekdays in a month, in order.
fn every_weekday(first: Date, weekdays: &[Weekday]) -> Vec<Date> {
    first
        .series(Span::new().days(1))
        .take_while(|day| day.month() == first.month())
        .filter(|day| weekdays.contains(&day.weekday()))
        .collect()
}
