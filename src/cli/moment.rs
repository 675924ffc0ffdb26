//! The present moment: as given, as the environment sets it, or by the clock.

use std::env;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::build::Now;

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

/// The moment that counts when none is given: `SOURCE_DATE_EPOCH` (reproducible-builds.org), or
/// the clock.
pub(super) fn now() -> Now {
    let set = env::var("SOURCE_DATE_EPOCH").ok();
    let set = set.and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    Now::Instant(set.unwrap_or_else(clock))
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn clock() -> Timestamp {
    Timestamp::now()
}

/// A stretch of time as people say it: `0.12 s`.
pub(super) fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::build::Now;

    #[test]
    fn moments_with_and_without_a_zone() {
        assert!(matches!(parse("2026-11-24"), Ok(Now::Local(_))));
        assert_eq!(parse("2026-11-24 00:00").unwrap(), parse("2026-11-24").unwrap());
        assert!(matches!(parse("2026-11-24T17:00:00-05:00"), Ok(Now::Instant(_))));
        assert!(parse("tomorrow").is_err());
    }
}
