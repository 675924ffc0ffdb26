//! Dates, times and years in fields, each with one way to say what is wrong with it.

use jiff::civil::{Date, Weekday};

use crate::diag::{Code, nearest};
use crate::model::{
    Edge, Moment, ProgramYear, Season, TimeRange, YearMonth, month_name, weekday_word,
};
use crate::source::Spanned;

use super::reader::{Value, shown};
use super::scalar::date::{
    DATE_FORMS, DateFault, MomentFault, parse_date, parse_moment, parse_month, parse_program_year,
    parse_season, parse_weekday,
};
use super::scalar::repeat::weekday_words;
use super::scalar::time::{RANGE_FORMS, RangeFault, in_words, parse_range};

impl Value<'_> {
    pub fn date(self) -> Option<Spanned<Date>> {
        let written = self.words("a date")?;
        match parse_date(&written) {
            Ok(date) => Some(self.spanned(date)),
            Err(fault) => {
                self.date_fault(&written, fault);
                None
            }
        }
    }

    fn date_fault(self, written: &str, fault: DateFault) {
        let text = shown(written);
        let told = match fault {
            DateFault::Impossible(year, Some((month, days))) => {
                let name = month_name(month);
                let message = format!("`{text}` does not exist: {name} {year} has {days} days");
                self.fault(Code::InvalidDate, message).hint("look the date up again")
            }
            DateFault::Impossible(..) => {
                let message = format!("`{text}` does not exist: there are 12 months");
                self.fault(Code::InvalidDate, message)
                    .hint("write the year, the month and the day: `2026-10-01`")
            }
            DateFault::Form(likely) => {
                let message = format!("`{text}` is not a date as this catalog reads it");
                let curly = text.contains(['“', '”', '‘', '’']);
                self.fault(Code::InvalidDate, message)
                    .maybe_hint(likely.map(|date| format!("did you mean `{date}`?")))
                    .maybe_hint(
                        curly.then(|| "remove the curly quotes: dates need none".to_owned()),
                    )
                    .hint(DATE_FORMS)
            }
        };
        self.report(told);
    }

    pub fn moment(self, edge: Edge) -> Option<Spanned<Moment>> {
        let written = self.words("a date, or a date and a time")?;
        match parse_moment(&written) {
            Ok((date, time)) => Some(self.spanned(Moment { date, time, edge })),
            Err(MomentFault::Date(fault)) => {
                self.date_fault(&written, fault);
                None
            }
            Err(MomentFault::Time) => {
                let message = format!("the time in `{}` cannot be read", shown(&written));
                let told = self.fault(Code::InvalidTime, message);
                self.report(told.hint("write it as `2026-09-18 5:00 PM`"));
                None
            }
        }
    }

    pub fn time_range(self) -> Option<Spanned<TimeRange>> {
        let written = self.words("a time range")?;
        let text = shown(&written);
        let told = match parse_range(&written) {
            Ok(range) => return Some(self.spanned(range)),
            Err(RangeFault::Backwards(range)) => {
                let (start, end) = (in_words(range.start), in_words(range.end));
                let message = if range.start == range.end {
                    format!("this ends at {end}, as it begins")
                } else {
                    format!("this ends at {end}, before it begins at {start}")
                };
                self.fault(Code::EndsBeforeStart, message)
                    .hint("look at AM and PM, and at the order of the two times")
            }
            Err(RangeFault::NoEnd) => {
                self.fault(Code::InvalidTime, format!("`{text}` has no end")).hint(RANGE_FORMS)
            }
            Err(RangeFault::Form(likely)) => {
                let message = format!("`{text}` is not a time range as this catalog reads it");
                self.fault(Code::InvalidTime, message)
                    .maybe_hint(likely.map(|likely| format!("did you mean `{likely}`?")))
                    .hint(RANGE_FORMS)
            }
        };
        self.report(told);
        None
    }

    pub fn month(self) -> Option<Spanned<YearMonth>> {
        let written = self.words("a month")?;
        match parse_month(&written) {
            Ok(month) => Some(self.spanned(month)),
            Err(likely) => {
                let message = format!("`{}` is not a month", shown(&written));
                let told = self
                    .fault(Code::InvalidDate, message)
                    .maybe_hint(likely.map(|month| format!("did you mean `{month}`?")))
                    .hint("write the year and the month as `2026-10`");
                self.report(told);
                None
            }
        }
    }

    pub fn season(self) -> Option<Spanned<(Season, i16)>> {
        let written = self.words("a season")?;
        match parse_season(&written) {
            Ok(season) => Some(self.spanned(season)),
            Err(likely) => {
                let message = format!("`{}` is not a season of a year", shown(&written));
                let likely = likely
                    .map(|(season, year)| format!("did you mean `{} {year}`?", season.word()));
                let told = self
                    .fault(Code::InvalidDate, message)
                    .maybe_hint(likely)
                    .hint("write `fall 2026`, `winter 2027`, `spring 2027` or `summer 2027`");
                self.report(told);
                None
            }
        }
    }

    pub fn program_year(self) -> Option<Spanned<ProgramYear>> {
        let written = self.words("a program year")?;
        match parse_program_year(&written) {
            Ok(year) => Some(self.spanned(year)),
            Err(likely) => {
                let message = format!("`{}` is not a program year", shown(&written));
                let told = self
                    .fault(Code::InvalidDate, message)
                    .maybe_hint(likely.map(|year| format!("did you mean `{year}`?")))
                    .hint("write the two years that it touches, as `2026-27`");
                self.report(told);
                None
            }
        }
    }

    pub fn weekday(self) -> Option<Spanned<Weekday>> {
        let written = self.words("a day of the week")?;
        if let Some(day) = parse_weekday(&written) {
            return Some(self.spanned(day));
        }
        let text = written.trim().to_lowercase();
        let short = weekday_words()
            .find(|day| text.len() >= 2 && day.starts_with(text.trim_end_matches('.')));
        let message = format!("`{}` is not a day of the week", shown(&written));
        let hint = match short.or_else(|| nearest(&text, weekday_words())) {
            Some(day) => format!("did you mean `{day}`?"),
            None => format!("write it in full, such as `{}`", weekday_word(Weekday::Thursday)),
        };
        self.report(self.fault(Code::UnknownWord, message).hint(hint));
        None
    }
}
