//! Times of day and ranges of them.

use jiff::civil::Time;

use crate::model::TimeRange;

/// The accepted forms of a range, for messages.
pub const RANGE_FORMS: &str = "write it as `8:30 AM - 4:00 PM`, `8:30-11:30 AM` or `08:30-16:00`";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A time as far as it was written: `8:30` alone may be morning or evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// On a clock of 24 hours, or with AM or PM, or `noon`.
    Whole(Time),
    /// On a clock of 12 hours, the half of the day not written; whether it could be read on a
    /// clock of 24 hours as well (`10:30`, `08:30`).
    Half { hour: i8, minute: i8, on_24: bool },
}

/// Reads `8:30 AM`, `8:30am`, `8 AM`, `08:30`, `16:00` or `noon`.
pub fn parse_time(text: &str) -> Option<Time> {
    match written(text)? {
        Written::Whole(time) => Some(time),
        Written::Half { hour, minute, on_24: true } => Time::new(hour, minute, 0, 0).ok(),
        Written::Half { .. } => None,
    }
}

fn written(text: &str) -> Option<Written> {
    let lower = text.trim().to_ascii_lowercase();
    if lower == "noon" {
        return Time::new(12, 0, 0, 0).ok().map(Written::Whole);
    }
    let (clock, half) = half_of_day(&lower);
    let (hour_text, minute_text) = match clock.split_once(':') {
        Some((hour, minute)) => (hour, Some(minute)),
        None => (clock, None),
    };
    let number = |text: &str, least: usize| -> Option<i8> {
        let fits = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    };
    let hour = number(hour_text, 1)?;
    let minute = match minute_text {
        Some(text) => number(text, 2)?,
        None => 0,
    };
    if minute > 59 {
        return None;
    }
    match half {
        Some(half) => clock_of_12(hour, minute, half).map(Written::Whole),
        None if hour > 12 || (hour == 0 && hour_text.len() == 2) => {
            // Without minutes, `16` is no time.
            minute_text?;
            Time::new(hour, minute, 0, 0).ok().map(Written::Whole)
        }
        None if hour == 0 => None,
        None => {
            let on_24 = minute_text.is_some() && hour_text.len() == 2;
            Some(Written::Half { hour, minute, on_24 })
        }
    }
}

fn half_of_day(lower: &str) -> (&str, Option<Half>) {
    for (ending, half) in
        [("a.m.", Half::Am), ("p.m.", Half::Pm), ("am", Half::Am), ("pm", Half::Pm)]
    {
        if let Some(clock) = lower.strip_suffix(ending) {
            return (clock.trim_end(), Some(half));
        }
    }
    (lower, None)
}

fn clock_of_12(hour: i8, minute: i8, half: Half) -> Option<Time> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    let base = hour % 12;
    let hour = if half == Half::Pm { base + 12 } else { base };
    Time::new(hour, minute, 0, 0).ok()
}

/// Why a text is not a range of times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeFault {
    /// Another form; what it most likely means, as one would write it.
    Form(Option<String>),
    /// One time without an end.
    NoEnd,
    /// It ends before it begins, or as it begins.
    Backwards(TimeRange),
}

/// Reads `8:30 AM - 4:00 PM`, `8:30-11:30 AM` or `08:30–16:00`.
pub fn parse_range(text: &str) -> Result<TimeRange, RangeFault> {
    let text = text.trim();
    let Some((start, end)) = two_sides(text) else {
        let single = written(text).is_some();
        let mended = text.replace('—', "–").replace('.', ":");
        let likely = (mended != text && parse_range(&mended).is_ok()).then_some(mended);
        return Err(if single { RangeFault::NoEnd } else { RangeFault::Form(likely) });
    };
    let (Some(start), Some(end)) = (written(start), written(end)) else {
        return Err(RangeFault::Form(loose_range(text)));
    };
    let (start, end) = match (start, end) {
        (Written::Whole(start), Written::Whole(end)) => (start, end),
        (Written::Half { hour, minute, on_24 }, Written::Whole(end)) => {
            (before(hour, minute, on_24, end, text)?, end)
        }
        (
            Written::Half { hour: from, minute: from_minute, on_24: true },
            Written::Half { hour: to, minute: to_minute, on_24: true },
        ) => (clock(from, from_minute)?, clock(to, to_minute)?),
        (Written::Whole(start), Written::Half { hour, minute, on_24: true })
            if !says_half(text) =>
        {
            (start, clock(hour, minute)?)
        }
        (start, Written::Half { hour, minute, .. }) => {
            return Err(RangeFault::Form(likely_end(start, hour, minute)));
        }
    };
    let range = TimeRange { start, end };
    if start < end { Ok(range) } else { Err(RangeFault::Backwards(range)) }
}

fn says_half(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("am") || lower.contains("pm") || lower.contains(".m.")
}

fn clock(hour: i8, minute: i8) -> Result<Time, RangeFault> {
    Time::new(hour, minute, 0, 0).map_err(|_| RangeFault::Form(None))
}

fn two_sides(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.find(" to ") {
        return Some((text.get(..at)?, text.get(at + 4..)?));
    }
    text.split_once('–').or_else(|| text.split_once('-'))
}

/// The start of a range of which only the end says AM or PM: the same half of the day, unless that
/// would be after the end (`11:30-1:00 PM`).
fn before(hour: i8, minute: i8, on_24: bool, end: Time, text: &str) -> Result<Time, RangeFault> {
    if !says_half(text) && !text.to_ascii_lowercase().contains("noon") {
        // `8:30-16:00` mixes two clocks.
        let start = clock(hour, minute)?;
        return if on_24 {
            Ok(start)
        } else {
            Err(RangeFault::Form(Some(format!("{}-{}", short(start), short(end)))))
        };
    }
    let morning = clock_of_12(hour, minute, Half::Am).ok_or(RangeFault::Form(None))?;
    let evening = clock_of_12(hour, minute, Half::Pm).ok_or(RangeFault::Form(None))?;
    let end_is_pm = end.hour() >= 12;
    Ok(if end_is_pm && evening < end { evening } else { morning })
}

fn short(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `8:30 AM`
pub fn in_words(time: Time) -> String {
    let half = if time.hour() < 12 { "AM" } else { "PM" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02} {half}", time.minute())
}

/// `8:30 AM - 4:00` and `9:00 - 3:00`: what one would write instead.
fn likely_end(start: Written, hour: i8, minute: i8) -> Option<String> {
    let start = match start {
        Written::Whole(time) => time,
        // Nothing begins before seven in the morning.
        Written::Half { hour, minute, .. } => {
            let half = if (7..12).contains(&hour) { Half::Am } else { Half::Pm };
            clock_of_12(hour, minute, half)?
        }
    };
    let end = [Half::Am, Half::Pm]
        .into_iter()
        .filter_map(|half| clock_of_12(hour, minute, half))
        .find(|&end| end > start)?;
    Some(format!("{} - {}", in_words(start), in_words(end)))
}

/// A range whose times are written with points or without a colon.
fn loose_range(text: &str) -> Option<String> {
    let mended = text.replace('.', ":").replace("::", ":").replace("midnight", "11:59 PM");
    (mended != text && parse_range(&mended).is_ok()).then_some(mended)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn times() {
        for (text, hour, minute) in [
            ("8:30 AM", 8, 30),
            ("8:30am", 8, 30),
            ("8 AM", 8, 0),
            ("8am", 8, 0),
            ("08:30", 8, 30),
            ("16:00", 16, 0),
            ("noon", 12, 0),
            ("Noon", 12, 0),
            ("12 PM", 12, 0),
            ("12:30 AM", 0, 30),
            ("00:15", 0, 15),
            ("11:59 PM", 23, 59),
            ("8:30 a.m.", 8, 30),
        ] {
            assert_eq!(parse_time(text), Some(time(hour, minute, 0, 0)), "{text}");
        }
        for bad in ["8:30", "8", "16", "24:00", "13 PM", "0:30 AM", "8:3 AM", "8:60 AM", "", "x"] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn ranges() {
        for (text, from, to) in [
            ("8:30 AM - 4:00 PM", (8, 30), (16, 0)),
            ("8:30-11:30 AM", (8, 30), (11, 30)),
            ("08:30–16:00", (8, 30), (16, 0)),
            ("08:30-16:00", (8, 30), (16, 0)),
            ("08:30-11:30", (8, 30), (11, 30)),
            ("10:00-12:00", (10, 0), (12, 0)),
            ("8:30 AM to 4 PM", (8, 30), (16, 0)),
            ("8:30 AM – 4 PM", (8, 30), (16, 0)),
            ("11:30-1:00 PM", (11, 30), (13, 0)),
            ("8:30-4 PM", (8, 30), (16, 0)),
            ("1-3 PM", (13, 0), (15, 0)),
            ("12-1 PM", (12, 0), (13, 0)),
            ("9-12 PM", (9, 0), (12, 0)),
            ("8 AM - noon", (8, 0), (12, 0)),
            ("8:30-noon", (8, 30), (12, 0)),
            ("noon - 4 PM", (12, 0), (16, 0)),
            ("13:00-16:30", (13, 0), (16, 30)),
            ("10:30-11:30 PM", (22, 30), (23, 30)),
        ] {
            let range =
                TimeRange { start: time(from.0, from.1, 0, 0), end: time(to.0, to.1, 0, 0) };
            assert_eq!(parse_range(text), Ok(range), "{text}");
        }
    }

    #[test]
    fn ranges_that_are_none() {
        let form = |likely: &str| Err(RangeFault::Form(Some(likely.to_owned())));
        assert_eq!(parse_range("8:30 AM - 4:00"), form("8:30 AM - 4:00 PM"));
        assert_eq!(parse_range("9:00 - 3:00"), form("9:00 AM - 3:00 PM"));
        assert_eq!(parse_range("8:30-16:00"), form("08:30-16:00"));
        assert_eq!(parse_range("8:30 AM — 4 PM"), form("8:30 AM – 4 PM"));
        assert_eq!(parse_range("8.30 AM - 4 PM"), form("8:30 AM - 4 PM"));
        assert_eq!(parse_range("8:30 AM"), Err(RangeFault::NoEnd));
        assert_eq!(parse_range("all day"), Err(RangeFault::Form(None)));
        for backwards in ["4:00 PM - 8:30 AM", "16:00-08:30", "8 AM - 8 AM", "11:30-9:30 AM"] {
            let found = parse_range(backwards);
            assert!(matches!(found, Err(RangeFault::Backwards(_))), "{backwards}: {found:?}");
        }
    }
}
