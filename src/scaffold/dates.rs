//! Days near the present, for examples that are right when they are written.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::model::{ProgramYear, YearStart};

/// Dates near the present moment, so that what is new has neither errors nor warnings.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// A week ago.
    pub opens: Date,
    /// A week before the first session.
    pub closes: Date,
    /// A Thursday in six weeks or so.
    pub first: Date,
    /// Four weeks later.
    pub second: Date,
}

impl Dates {
    /// The dates for a moment.
    pub fn near(now: Timestamp) -> Self {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        let later = |days: i64| today.saturating_add(Span::new().days(days));
        let first = thursday_from(later(42));
        Self {
            opens: later(-7),
            closes: first.saturating_sub(Span::new().days(7)),
            first,
            second: first.saturating_add(Span::new().days(28)),
        }
    }

    /// A text with its placeholders filled.
    pub fn fill(&self, text: &str) -> String {
        let year = self.year(YearStart::default()).to_string();
        let days = [self.opens, self.closes, self.first, self.second].map(|day| day.to_string());
        let [opens, closes, first, second] = days.each_ref().map(String::as_str);
        super::fill(
            text,
            &[
                ("opens", opens),
                ("closes", closes),
                ("first", first),
                ("second", second),
                ("year", &year),
            ],
        )
    }

    /// The program year of the first session.
    pub fn year(&self, start: YearStart) -> ProgramYear {
        ProgramYear::of(self.first, start)
    }
}

fn thursday_from(date: Date) -> Date {
    date.series(Span::new().days(1)).find(|day| day.weekday() == Weekday::Thursday).unwrap_or(date)
}
