//! Dates and times as staff write them: local, without a zone.

use std::fmt;

use jiff::civil::{Date, Time, Weekday};

/// Hours of one day, local. The end is after the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeRange {
    /// When it begins.
    pub start: Time,
    /// When it ends, on the same day.
    pub end: Time,
}

/// What a moment without a time means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// The start of the day: `opens`, `publish`, `from`.
    Start,
    /// The end of the day: `closes`, `until`, `expire`.
    End,
}

/// A local point in time, or a day of which one edge is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day, if one was written.
    pub time: Option<Time>,
    /// Which end of the day is meant when no time was written.
    pub edge: Edge,
}

/// A month of a year, for what is known no closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
}

impl YearMonth {
    /// The month in which a day lies.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// Its first day.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month, 1).unwrap_or(Date::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year.saturating_add(1), month: 1 }
        } else {
            Self { month: self.month + 1, ..self }
        }
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.month == 1 {
            Self { year: self.year.saturating_sub(1), month: 12 }
        } else {
            Self { month: self.month - 1, ..self }
        }
    }
}

/// `2026-10`
impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A season of a calendar year: `fall 2026`. Winter is the one that begins the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// January to March.
    Winter,
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November. Also written `autumn`.
    Fall,
}

impl Season {
    /// The month by which a session of this season is sorted.
    pub fn first_month(self) -> i8 {
        match self {
            Self::Winter => 1,
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Fall => 9,
        }
    }

    /// The first and the last day that may be meant.
    pub fn days(self, year: i16) -> (Date, Date) {
        let first = YearMonth { year, month: self.first_month() };
        (first.first_day(), first.next().next().last_day())
    }

    /// The English word, lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Winter => "winter",
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Fall => "fall",
        }
    }
}

/// The day on which program years begin, such as `07-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearStart {
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month; 29 February is not accepted.
    pub day: i8,
}

impl Default for YearStart {
    fn default() -> Self {
        Self { month: 7, day: 1 }
    }
}

/// A program year, named by the two calendar years that it touches: `2026-27`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProgramYear {
    /// The calendar year in which it begins.
    pub begins: i16,
}

impl ProgramYear {
    /// The program year in which a day lies.
    pub fn of(date: Date, start: YearStart) -> Self {
        let before = (date.month(), date.day()) < (start.month, start.day);
        Self { begins: date.year() - i16::from(before) }
    }

    /// Its first day.
    pub fn first_day(self, start: YearStart) -> Date {
        Date::new(self.begins, start.month, start.day).unwrap_or(Date::MIN)
    }

    /// Its last day.
    pub fn last_day(self, start: YearStart) -> Date {
        Self { begins: self.begins.saturating_add(1) }
            .first_day(start)
            .yesterday()
            .unwrap_or(Date::MAX)
    }

    /// True for a day of this year.
    pub fn contains(self, date: Date, start: YearStart) -> bool {
        Self::of(date, start) == self
    }
}

/// `2026-27`
impl fmt::Display for ProgramYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.begins, (i32::from(self.begins) + 1).rem_euclid(100))
    }
}

/// The English names of the months, January first.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of a month, counted from 1; nothing for a number that is no month.
pub fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// The English name of a day of the week, lower case, as `weekday:` and `repeat: on:` take it.
pub fn weekday_word(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{ProgramYear, YearMonth, YearStart};

    #[test]
    fn a_program_year_runs_from_its_start_to_the_day_before_the_next() {
        let start = YearStart::default();
        let year = ProgramYear::of(date(2026, 7, 1), start);
        assert_eq!(year.to_string(), "2026-27");
        assert_eq!(ProgramYear::of(date(2026, 6, 30), start).to_string(), "2025-26");
        assert_eq!(year.last_day(start), date(2027, 6, 30));
        assert_eq!(ProgramYear { begins: 1999 }.to_string(), "1999-00");
    }

    #[test]
    fn months_follow_each_other() {
        let december = YearMonth { year: 2026, month: 12 };
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().previous(), december);
        assert_eq!(december.last_day(), date(2026, 12, 31));
    }
}
