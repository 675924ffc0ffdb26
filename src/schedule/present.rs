//! The present moment, which knows for how long what was made of it stays true.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::zone::start_of_day;

/// The present moment, to the second.
///
/// It is seldom shown or counted with; mostly it is compared with other moments, and asked for its
/// day. Each comparison narrows the time for which all that was found holds: a site that
/// was made at noon is the same a minute later, unless something opened, began or ended between.
/// So nobody who makes something of the moment can forget to say so.
#[derive(Debug)]
pub struct Present {
    second: i64,
    /// The first second for which everything found so far holds.
    from: AtomicI64,
    /// The first second for which it does not hold any more.
    until: AtomicI64,
}

impl Present {
    /// The moment that is present at an instant.
    pub fn new(instant: Timestamp) -> Self {
        Self {
            second: instant.as_second() - i64::from(instant.subsec_nanosecond() < 0),
            from: AtomicI64::new(Timestamp::MIN.as_second()),
            until: AtomicI64::new(Timestamp::MAX.as_second()),
        }
    }

    /// Today, in a zone.
    pub fn today(&self, zone: &TimeZone) -> Date {
        let now = Timestamp::from_second(self.second).unwrap_or(Timestamp::UNIX_EPOCH);
        let today = now.to_zoned_datetime(zone.clone()).date();
        let tomorrow = today.tomorrow().unwrap_or(Date::MAX);
        // Compared for what the comparison leaves behind.
        let _ = self.compare(start_of_day(today, zone).timestamp());
        let _ = self.compare(start_of_day(tomorrow, zone).timestamp());
        today
    }

    /// The moment itself. What is made of it holds for this second alone.
    pub fn instant(&self) -> Timestamp {
        let instant = Timestamp::from_second(self.second).unwrap_or(Timestamp::UNIX_EPOCH);
        let _ = self.compare(instant);
        instant
    }

    /// True when a moment is past, or will have come after so long a time.
    pub fn is_near(&self, moment: Timestamp, ahead: SignedDuration) -> bool {
        moment.checked_sub(ahead).map_or(true, |earlier| earlier <= *self)
    }

    /// For which moments everything that was found so far is the same: in seconds of the Unix time.
    pub fn holds(&self) -> Range<i64> {
        self.from.load(Relaxed)..self.until.load(Relaxed)
    }

    /// How the present stands to a moment; of a part of a second, to the next whole one.
    fn compare(&self, moment: Timestamp) -> Ordering {
        let moment = moment.as_second() + i64::from(moment.subsec_nanosecond() > 0);
        let (from, until) = match self.second.cmp(&moment) {
            Ordering::Less => (i64::MIN, moment),
            Ordering::Equal => (moment, moment + 1),
            Ordering::Greater => (moment + 1, i64::MAX),
        };
        // Mostly there is nothing to narrow, and nothing to write.
        if self.from.load(Relaxed) < from {
            self.from.fetch_max(from, Relaxed);
        }
        if self.until.load(Relaxed) > until {
            self.until.fetch_min(until, Relaxed);
        }
        self.second.cmp(&moment)
    }
}

impl PartialEq<Timestamp> for Present {
    fn eq(&self, moment: &Timestamp) -> bool {
        self.compare(*moment) == Ordering::Equal
    }
}

impl PartialOrd<Timestamp> for Present {
    fn partial_cmp(&self, moment: &Timestamp) -> Option<Ordering> {
        Some(self.compare(*moment))
    }
}

impl PartialEq<Present> for Timestamp {
    fn eq(&self, present: &Present) -> bool {
        present.compare(*self) == Ordering::Equal
    }
}

impl PartialOrd<Present> for Timestamp {
    fn partial_cmp(&self, present: &Present) -> Option<Ordering> {
        Some(present.compare(*self).reverse())
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};

    use super::Present;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[track_caller]
    fn holds(present: &Present, from: &str, until: &str) {
        assert_eq!(present.holds(), at(from).as_second()..at(until).as_second());
    }

    #[test]
    fn every_comparison_narrows_the_time_for_which_it_holds() {
        let present = Present::new(at("2026-11-25T12:00:00.7Z"));
        assert!(at("2026-11-25T11:00:00Z") <= present);
        assert!(at("2026-11-25T13:00:00Z") > present);
        holds(&present, "2026-11-25T11:00:01Z", "2026-11-25T13:00:00Z");
        assert!(at("2026-11-25T10:00:00Z") < present);
        assert!(present < at("2026-11-25T14:00:00Z"));
        holds(&present, "2026-11-25T11:00:01Z", "2026-11-25T13:00:00Z");
        assert!(at("2026-11-25T12:00:00Z") <= present);
        holds(&present, "2026-11-25T12:00:00Z", "2026-11-25T12:00:01Z");
    }

    #[test]
    fn a_day_holds_until_midnight_of_its_zone() {
        let present = Present::new(at("2026-11-25T12:00:00Z"));
        let zone = TimeZone::get("America/New_York").unwrap();
        assert_eq!(present.today(&zone).to_string(), "2026-11-25");
        holds(&present, "2026-11-25T05:00:01Z", "2026-11-26T05:00:00Z");
    }

    #[test]
    fn what_is_near_holds_until_something_else_is() {
        let present = Present::new(at("2026-11-25T12:00:00Z"));
        let week = SignedDuration::from_hours(7 * 24);
        assert!(present.is_near(at("2026-12-01T12:00:00Z"), week));
        assert!(!present.is_near(at("2026-12-03T12:00:00Z"), week));
        holds(&present, "2026-11-24T12:00:01Z", "2026-11-26T12:00:00Z");
    }
}
