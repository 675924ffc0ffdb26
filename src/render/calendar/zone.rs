//! A zone as a VTIMEZONE (RFC 5545, 3.6.5), from what jiff knows of its changes.
//!
//! The yearly changes become rules (RRULE), because Outlook takes no lists of dates. The rules are
//! learned from the changes that are known for the years to come. What came before them, and what
//! follows no rule, becomes one observance a change.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::tz::{Offset, TimeZone};

use super::text::Lines;
use crate::view::ZoneYears;

/// No observance begins earlier.
const FIRST_YEAR: i16 = 1970;
/// No change is looked for later; rules hold for ever.
const LAST_YEAR: i16 = 2_400;
/// For how many years a rule must hold: after so many the weekdays repeat.
const CYCLE: i16 = 28;
/// No zone changes so often in all these years.
const MOST_CHANGES: usize = 2_000;

/// The lines of a zone for some years.
pub fn time_zone(wanted: &ZoneYears) -> String {
    let mut lines = Lines::with_capacity(512);
    lines.raw("BEGIN", "VTIMEZONE");
    lines.raw("TZID", wanted.name());
    for observance in observances(&wanted.zone, &wanted.years) {
        observance.write(&mut lines);
    }
    lines.raw("END", "VTIMEZONE");
    lines.finish()
}

/// A stretch of time with one offset from UTC.
struct Observance {
    change: Change,
    rule: Option<String>,
}

/// A change of a zone's offset.
#[derive(Clone, Debug)]
struct Change {
    /// When, by the clocks before it.
    wall: DateTime,
    from: Offset,
    to: Offset,
    /// `EDT`
    name: String,
    /// Clocks go forward for a season.
    daylight: bool,
}

/// A change that comes every year.
#[derive(Debug)]
struct YearlyRule {
    month: i8,
    weekday: Weekday,
    time: Time,
    from: Offset,
    to: Offset,
    day: RuleDay,
}

/// On which of the month's days of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RuleDay {
    /// The second: 2.
    Nth(i8),
    Last,
    /// The first on or after this day of the month.
    From(i8),
}

fn observances(zone: &TimeZone, years: &RangeInclusive<i16>) -> Vec<Observance> {
    let last = (*years.end()).clamp(FIRST_YEAR, LAST_YEAR - CYCLE - 1);
    let first = (*years.start()).clamp(FIRST_YEAR + 1, last.max(FIRST_YEAR + 1)) - 1;
    let changes = changes(zone, last + CYCLE);
    let of_year = |year: i16| {
        let from = changes.partition_point(|change| change.wall.year() < year);
        let to = changes.partition_point(|change| change.wall.year() <= year);
        &changes[from..to]
    };
    let rules = learn(last, of_year);
    // The first year from which on the rules hold without a break.
    let since = rules.as_ref().map(|rules| {
        let mut since = last + 1;
        while since > FIRST_YEAR && hold(rules, of_year(since - 1)) {
            since -= 1;
        }
        since
    });
    let mut found = Vec::new();
    // Until which year single changes are told: not at all where the rules reach back far enough.
    let single = match (&rules, since) {
        (Some(rules), Some(since)) if !rules.is_empty() && since <= first => None,
        (_, Some(since)) => Some(since.min(last + 1)),
        (_, None) => Some(last + 2),
    };
    if let Some(until) = single {
        found.push(in_force(zone, first, &changes));
        let singles = (first..until).flat_map(of_year).cloned();
        found.extend(singles.map(|change| Observance { change, rule: None }));
    }
    if let (Some(rules), Some(since)) = (&rules, since)
        && since <= last
    {
        let begin = of_year(since).iter().zip(rules);
        found.extend(
            begin.map(|(change, rule)| Observance {
                change: change.clone(),
                rule: Some(rule.text()),
            }),
        );
    }
    found
}

/// Every change of the offset from 1970 to the end of a year, in order.
fn changes(zone: &TimeZone, last: i16) -> Vec<Change> {
    let begin = start_of(FIRST_YEAR);
    let mut before = zone.to_offset_info(begin).offset();
    let mut was_summer = zone.to_offset_info(begin).dst().is_dst();
    let mut changes = Vec::new();
    for transition in zone.following(begin).take(MOST_CHANGES) {
        let to = transition.offset();
        let wall = before.to_datetime(transition.timestamp());
        if wall.year() > last {
            break;
        }
        let summer = transition.dst().is_dst();
        if to != before {
            changes.push(Change {
                wall,
                from: before,
                to,
                name: transition.abbreviation().to_owned(),
                // Some zones are told as winter time that goes back (Ireland): forward is summer.
                daylight: to.seconds() > before.seconds() && (summer || was_summer),
            });
        }
        (before, was_summer) = (to, summer);
    }
    changes
}

/// What is in force at the start of a year: since its change, or since 1970.
fn in_force(zone: &TimeZone, year: i16, changes: &[Change]) -> Observance {
    let before = changes.partition_point(|change| change.wall.year() < year);
    let change =
        before.checked_sub(1).and_then(|at| changes.get(at)).cloned().unwrap_or_else(|| {
            let info = zone.to_offset_info(start_of(FIRST_YEAR));
            Change {
                wall: date(FIRST_YEAR, 1, 1).at(0, 0, 0, 0),
                from: info.offset(),
                to: info.offset(),
                name: info.abbreviation().to_owned(),
                daylight: false,
            }
        });
    Observance { change, rule: None }
}

fn start_of(year: i16) -> Timestamp {
    let midnight = Date::new(year, 1, 1).unwrap_or(Date::MIN).at(0, 0, 0, 0);
    Offset::UTC.to_timestamp(midnight).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The rules of the years after the last one: none when they follow no rule, and an empty list when
/// nothing changes.
fn learn<'c>(last: i16, of_year: impl Fn(i16) -> &'c [Change]) -> Option<Vec<YearlyRule>> {
    let years: Vec<&[Change]> = (last + 1..=last + CYCLE).map(of_year).collect();
    let count = years.first()?.len();
    if years.iter().any(|changes| changes.len() != count) {
        return None;
    }
    (0..count)
        .map(|at| {
            let each: Vec<&Change> = years.iter().filter_map(|changes| changes.get(at)).collect();
            YearlyRule::of(&each)
        })
        .collect()
}

fn hold(rules: &[YearlyRule], changes: &[Change]) -> bool {
    rules.len() == changes.len() && rules.iter().zip(changes).all(|(rule, one)| rule.fits(one))
}

impl YearlyRule {
    /// The rule that all of these changes follow.
    fn of(changes: &[&Change]) -> Option<Self> {
        let first = *changes.first()?;
        let days = || changes.iter().map(|change| change.wall.day());
        let earliest = days().min()?;
        let candidates =
            [RuleDay::Nth((first.wall.day() - 1) / 7 + 1), RuleDay::Last, RuleDay::From(earliest)];
        candidates
            .into_iter()
            .map(|day| Self {
                month: first.wall.month(),
                weekday: first.wall.weekday(),
                time: first.wall.time(),
                from: first.from,
                to: first.to,
                day,
            })
            .find(|rule| changes.iter().all(|change| rule.fits(change)))
    }

    fn fits(&self, change: &Change) -> bool {
        let wall = change.wall;
        let day = wall.day();
        let on_day = match self.day {
            RuleDay::Nth(nth) => (day - 1) / 7 + 1 == nth,
            RuleDay::Last => day + 7 > wall.date().days_in_month(),
            RuleDay::From(first) => (first..first + 7).contains(&day),
        };
        on_day
            && (wall.month(), wall.weekday(), wall.time()) == (self.month, self.weekday, self.time)
            && (change.from, change.to) == (self.from, self.to)
    }

    /// The rule as an RRULE (RFC 5545, 3.3.10).
    fn text(&self) -> String {
        let weekday = match self.weekday {
            Weekday::Monday => "MO",
            Weekday::Tuesday => "TU",
            Weekday::Wednesday => "WE",
            Weekday::Thursday => "TH",
            Weekday::Friday => "FR",
            Weekday::Saturday => "SA",
            Weekday::Sunday => "SU",
        };
        let month = self.month;
        match self.day {
            RuleDay::Nth(nth) => format!("FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{weekday}"),
            RuleDay::Last => format!("FREQ=YEARLY;BYMONTH={month};BYDAY=-1{weekday}"),
            RuleDay::From(first) => {
                let days: Vec<String> = (first..first + 7).map(|day| day.to_string()).collect();
                let days = days.join(",");
                format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={days};BYDAY={weekday}")
            }
        }
    }
}

impl Observance {
    fn write(&self, lines: &mut Lines) {
        let change = &self.change;
        let kind = if change.daylight { "DAYLIGHT" } else { "STANDARD" };
        lines.raw("BEGIN", kind);
        lines.raw("DTSTART", &change.wall.strftime("%Y%m%dT%H%M%S").to_string());
        if let Some(rule) = &self.rule {
            lines.raw("RRULE", rule);
        }
        lines.raw("TZOFFSETFROM", &offset(change.from));
        lines.raw("TZOFFSETTO", &offset(change.to));
        lines.text("TZNAME", &change.name);
        lines.raw("END", kind);
    }
}

/// `-0500` (RFC 5545, 3.3.14); seconds only where there are some.
fn offset(offset: Offset) -> String {
    let all = offset.seconds();
    let sign = if all < 0 { '-' } else { '+' };
    let all = all.unsigned_abs();
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    let tail = if seconds == 0 { String::new() } else { format!("{seconds:02}") };
    format!("{sign}{hours:02}{minutes:02}{tail}")
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::time_zone;
    use crate::view::ZoneYears;

    fn lines(name: &str, first: i16, last: i16) -> String {
        let zone = TimeZone::get(name).unwrap();
        time_zone(&ZoneYears::new(zone, first..=last)).replace("\r\n", "\n")
    }

    #[test]
    fn the_rule_of_new_york() {
        let expected = "BEGIN:VTIMEZONE\nTZID:America/New_York\n\
            BEGIN:DAYLIGHT\nDTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n\
            TZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nTZNAME:EDT\nEND:DAYLIGHT\n\
            BEGIN:STANDARD\nDTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\n\
            TZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nTZNAME:EST\nEND:STANDARD\nEND:VTIMEZONE\n";
        assert_eq!(lines("America/New_York", 2022, 2027), expected);
        assert_eq!(lines("America/New_York", 2026, 2026), expected);
    }

    #[test]
    fn last_sundays_and_odd_days() {
        let london = lines("Europe/London", 2026, 2027);
        assert!(london.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"), "{london}");
        let santiago = lines("America/Santiago", 2026, 2027);
        let rule = "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU\n";
        assert!(santiago.contains(rule), "{santiago}");
        let dublin = lines("Europe/Dublin", 2026, 2027);
        assert!(dublin.contains("TZOFFSETTO:+0100\nTZNAME:IST\nEND:DAYLIGHT"), "{dublin}");
    }

    #[test]
    fn zones_without_summer_time_have_one_observance() {
        for name in ["Asia/Tokyo", "America/Phoenix", "Asia/Kolkata", "Asia/Kathmandu", "UTC"] {
            let zone = lines(name, 2026, 2027);
            assert_eq!(zone.matches("BEGIN:STANDARD").count(), 1, "{zone}");
            assert!(!zone.contains("DAYLIGHT") && !zone.contains("RRULE"), "{zone}");
        }
    }

    #[test]
    fn what_was_before_the_rule_is_told_change_by_change() {
        let zone = lines("America/New_York", 2005, 2008);
        assert!(zone.contains("DTSTART:20050403T020000\nTZOFFSETFROM"), "{zone}");
        assert!(zone.contains("DTSTART:20070311T020000\nRRULE"), "{zone}");
        let morocco = lines("Africa/Casablanca", 2026, 2027);
        assert!(!morocco.contains("RRULE") && morocco.contains("DAYLIGHT"), "{morocco}");
    }
}
