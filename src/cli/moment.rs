//! The present moment: as given, as the environment sets it, or by the clock.

use std::env;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::build::Now;
use crate::model::ProgramYear;

/// A moment of `--at`.
pub(super) fn parse(text: &str) -> Result<Now, String> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(Now::Instant(instant));
    }
    if let Ok(local) = text.replace(' ', "T").parse::<DateTime>() {
        return Ok(Now::Local(local));
    }
    match text.parse::<Date>() {
        Ok(date) => Ok(Now::Local(date.to_datetime(Time::midnight()))),
        Err(_) => {
            Err("write a moment as `2027-01-15`, `2027-01-15 17:00` or `2027-01-15T17:00:00-05:00`"
                .to_owned())
        }
    }
}

/// A program year of `--year`: `2027-28`.
pub(super) fn parse_year(text: &str) -> Result<ProgramYear, String> {
    let begins = text.trim().split('-').next().and_then(|year| year.parse().ok());
    let year = begins.map(|begins| ProgramYear { begins });
    year.filter(|year| year.to_string() == text.trim() && year.begins > 0)
        .ok_or_else(|| "write a program year as `2027-28`".to_owned())
}

/// What tells the moment when none is given.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clock {
    /// The system's clock.
    System,
    /// `SOURCE_DATE_EPOCH` (reproducible-builds.org): always the same moment.
    Stopped(Timestamp),
}

impl Clock {
    /// The clock that the environment asks for.
    pub(super) fn from_environment() -> Result<Self, String> {
        let Some(set) = env::var_os("SOURCE_DATE_EPOCH").filter(|set| !set.is_empty()) else {
            return Ok(Self::System);
        };
        let seconds = set.to_str().and_then(|set| set.trim().parse().ok());
        match seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
            Some(moment) => Ok(Self::Stopped(moment)),
            None => Err(format!(
                "the variable `SOURCE_DATE_EPOCH` is not a number of seconds: `{}`\n  \
                 help: set it to seconds since 1970, such as `git log -1 --format=%ct` prints",
                set.to_string_lossy()
            )),
        }
    }

    /// The present moment.
    pub(super) fn now(self) -> Timestamp {
        match self {
            Self::System => system_time(),
            Self::Stopped(moment) => moment,
        }
    }
}

/// The clock in whole seconds: finer ones only make the same site differ.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn system_time() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// A stretch of time as people say it: `0.12 s`.
pub(super) fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::parse;
    use crate::build::Now;

    #[test]
    fn without_a_zone_a_moment_is_local_to_the_catalog() {
        let start = date(2026, 11, 24).at(0, 0, 0, 0);
        assert_eq!(parse("2026-11-24"), Ok(Now::Local(start)));
        assert_eq!(parse(" 2026-11-24 17:00 "), Ok(Now::Local(date(2026, 11, 24).at(17, 0, 0, 0))));
        assert_eq!(parse("2026-11-24T17:00"), parse("2026-11-24 17:00:00"));
    }

    #[test]
    fn with_an_offset_a_moment_is_an_instant() {
        let instant = Now::Instant("2026-11-24T22:00:00Z".parse().unwrap());
        for text in
            ["2026-11-24T17:00:00-05:00", "2026-11-24 17:00-05:00", "2026-11-24T22:00:00.0Z"]
        {
            assert_eq!(parse(text), Ok(instant), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_accepted_forms() {
        for text in ["", "tomorrow", "2026-02-30", "11/24/2026", "2026-11-24 25:00", "24.11.2026"] {
            let words = parse(text).expect_err(text);
            assert!(words.contains("`2027-01-15 17:00`"), "{words}");
        }
    }
}
