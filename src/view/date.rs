//! Dates and times in words.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;

use crate::model::{TimeRange, YearMonth, month_name};

/// A day, in every form that a template may want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// `2026-10-01`
    pub iso: String,
    /// `Thursday, October 1, 2026`
    pub long: String,
    /// `October 1, 2026`
    pub text: String,
    /// `Thu, Oct 1`
    pub short: String,
    /// `Thursday`
    pub weekday: &'static str,
    /// `Thu`
    pub weekday_short: &'static str,
    /// `1`
    pub day: i8,
    /// `October`
    pub month: &'static str,
    /// `Oct`
    pub month_short: &'static str,
    /// `2026`
    pub year: i16,
}

/// A point in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentView {
    /// An instant with its offset: `2026-09-18T17:00:00-04:00`.
    pub iso: String,
    /// `September 18, 2026`, with `, 5:00 PM` if a time was written.
    pub text: String,
    /// `September 18`, with the time if one was written.
    pub short: String,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthName {
    /// `2026-10`
    pub iso: String,
    /// `October 2026`
    pub text: String,
    /// `October`
    pub month: &'static str,
    /// `Oct`
    pub month_short: &'static str,
    /// `2026`
    pub year: i16,
}

impl DateView {
    /// All forms of a day.
    pub fn new(date: Date) -> Self {
        let weekday = weekday(date.weekday());
        let month = month_name(date.month());
        let (weekday_short, month_short) = (abbreviated(weekday), abbreviated(month));
        let (day, year) = (date.day(), date.year());
        Self {
            iso: date.to_string(),
            long: format!("{weekday}, {month} {day}, {year}"),
            text: format!("{month} {day}, {year}"),
            short: format!("{weekday_short}, {month_short} {day}"),
            weekday,
            weekday_short,
            day,
            month,
            month_short,
            year,
        }
    }
}

impl MonthName {
    /// All forms of a month.
    pub fn new(year_month: YearMonth) -> Self {
        let month = month_name(year_month.month);
        Self {
            iso: year_month.to_string(),
            text: format!("{month} {}", year_month.year),
            month,
            month_short: abbreviated(month),
            year: year_month.year,
        }
    }
}

impl MomentView {
    /// An instant, shown as a day and, if wanted, with its time.
    pub fn new(instant: Timestamp, shown: Date, time: Option<Time>, zone: &TimeZone) -> Self {
        let at = time.map_or_else(String::new, |time| format!(", {}", clock(time)));
        let (month, day) = (month_name(shown.month()), shown.day());
        Self {
            iso: offset(&instant.to_zoned_datetime(zone.clone())),
            text: format!("{month} {day}, {}{at}", shown.year()),
            short: format!("{month} {day}{at}"),
        }
    }
}

/// An instant with its offset and without its zone's name (RFC 3339).
pub(super) fn offset(instant: &ZonedDateTime) -> String {
    instant.timestamp().display_with_offset(instant.offset()).to_string()
}

/// `8:30 AM`, `noon`
pub(super) fn clock(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let half = if hour < 12 { "AM" } else { "PM" };
    let shown = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{shown}:{minute:02} {half}")
}

/// `8:30 AM to 4:00 PM`; the half of the day once if it is the same: `8:30 to 11:30 AM`.
pub(super) fn hours(range: TimeRange) -> String {
    let (start, end) = (clock(range.start), clock(range.end));
    let half = &end[end.len() - 3..];
    match start.strip_suffix(half) {
        Some(bare) => format!("{bare} to {end}"),
        None => format!("{start} to {end}"),
    }
}

/// Two days as a range without what they share: `October 27 and 28, 2026`,
/// `October 14, 2026 to March 10, 2027`.
pub(super) fn span_of_days(first: Date, last: Date) -> String {
    let (first_month, last_month) = (month_name(first.month()), month_name(last.month()));
    if first == last {
        format!("{first_month} {}, {}", first.day(), first.year())
    } else if first.year() != last.year() {
        format!(
            "{first_month} {}, {} to {last_month} {}, {}",
            first.day(),
            first.year(),
            last.day(),
            last.year()
        )
    } else if first.month() != last.month() {
        format!("{first_month} {} to {last_month} {}, {}", first.day(), last.day(), last.year())
    } else {
        format!("{first_month} {} to {}, {}", first.day(), last.day(), last.year())
    }
}

/// Days in words, in full for one: `Thursday, October 1, 2026`, `October 27 and 28, 2026`; more than
/// three, or days far apart, as a range.
pub(super) fn days_in_words(days: impl Iterator<Item = Date>) -> String {
    let mut days: Vec<Date> = days.collect();
    days.sort_unstable();
    days.dedup();
    match days.as_slice() {
        [] => String::new(),
        [day] => DateView::new(*day).long,
        [first, .., last] if days.len() <= 3 && first.first_of_month() == last.first_of_month() => {
            let numbers: Vec<String> = days.iter().map(|day| day.day().to_string()).collect();
            let (last_number, others) = numbers.split_last().unwrap_or((&numbers[0], &[]));
            let others = others.join(", ");
            format!("{} {others} and {last_number}, {}", month_name(first.month()), first.year())
        }
        [first, .., last] => span_of_days(*first, *last),
    }
}

/// The first three letters, which are the usual short form of English weekdays and months; `Sept`
/// for September, as the district writes it.
fn abbreviated(word: &'static str) -> &'static str {
    if word == "September" { "Sept" } else { word.get(..3).unwrap_or(word) }
}

/// The English name of a day of the week.
pub(super) fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::{DateView, hours, span_of_days};
    use crate::model::TimeRange;

    #[test]
    fn a_day_in_words() {
        let view = DateView::new(date(2026, 9, 3));
        assert_eq!(view.long, "Thursday, September 3, 2026");
        assert_eq!(view.short, "Thu, Sept 3");
    }

    #[test]
    fn hours_name_the_half_of_the_day_once() {
        let range =
            |a, b, c, d| hours(TimeRange { start: time(a, b, 0, 0), end: time(c, d, 0, 0) });
        assert_eq!(range(8, 30, 16, 0), "8:30 AM to 4:00 PM");
        assert_eq!(range(8, 30, 11, 30), "8:30 to 11:30 AM");
        assert_eq!(range(12, 0, 13, 0), "12:00 to 1:00 PM");
        assert_eq!(range(0, 0, 12, 0), "12:00 AM to 12:00 PM");
    }

    #[test]
    fn ranges_leave_out_what_both_days_share() {
        let range = |a, b| span_of_days(a, b);
        assert_eq!(range(date(2026, 10, 27), date(2026, 10, 28)), "October 27 to 28, 2026");
        assert_eq!(range(date(2026, 10, 27), date(2026, 11, 2)), "October 27 to November 2, 2026");
        assert_eq!(
            range(date(2026, 10, 14), date(2027, 3, 10)),
            "October 14, 2026 to March 10, 2027"
        );
    }
}
