//! Times of day and ranges of them.

use jiff::civil::Time;

use super::super::reader::Reader;
use crate::diag::{Code, Diagnostic};
use crate::model::TimeRange;
use crate::syntax::Node;

/// `8:30 AM - 4:00 PM`
pub(in crate::lower) fn time_range(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<TimeRange> {
    let text = reader.words(field, node)?;
    let span = reader.span(node);
    let example = format!("{field}: 8:30 AM - 4:00 PM");
    let diagnostic = match parse_range(&text) {
        Ok(range) if range.start < range.end => return Some(range),
        Ok(_) => {
            Diagnostic::new(Code::EndsBeforeStart, span, format!("`{text}` ends before it begins"))
                .hint("check AM and PM: is the first time earlier in the day than the second?")
        }
        Err(Unreadable::NoEnd) => Diagnostic::new(
            Code::InvalidTime,
            span,
            format!("`{text}` is one time, and `{field}` takes two"),
        )
        .label("from when to when")
        .hint(format!("write the beginning and the end: `{example}`")),
        Err(Unreadable::NoHalf(part)) => Diagnostic::new(
            Code::InvalidTime,
            span,
            format!("is `{part}` in the morning or in the afternoon?"),
        )
        .hint(format!("add AM or PM: `{example}`")),
        Err(Unreadable::NoTime(part)) => Diagnostic::new(
            Code::InvalidTime,
            span,
            format!("`{part}` is not written as a time is"),
        )
        .hint(format!("write for example `{example}` or `{field}: 08:30-16:00`")),
    };
    reader.report(diagnostic);
    None
}

/// Why a text is no time, or no range.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// This part is no time.
    NoTime(String),
    /// This part may be before or after noon.
    NoHalf(String),
    /// There is only one time.
    NoEnd,
}

/// The halves of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A time as written: `8:30` may still be either half of the day.
#[derive(Clone, Copy, Debug)]
enum Written {
    Certain(Time),
    /// Hour from 1 to 12, and minute.
    Either(i8, i8),
}

/// A time on its own.
pub(super) fn parse_time(text: &str) -> Result<Time, Unreadable> {
    match written(text).ok_or_else(|| Unreadable::NoTime(text.trim().to_owned()))? {
        Written::Certain(time) => Ok(time),
        Written::Either(..) => Err(Unreadable::NoHalf(text.trim().to_owned())),
    }
}

fn parse_range(text: &str) -> Result<TimeRange, Unreadable> {
    let (start_text, end_text) = halves(text).ok_or_else(|| match parse_time(text) {
        Err(Unreadable::NoTime(part)) => Unreadable::NoTime(part),
        _ => Unreadable::NoEnd,
    })?;
    let part = |text: &str| written(text).ok_or_else(|| Unreadable::NoTime(text.trim().to_owned()));
    let (start, end) = (part(start_text)?, part(end_text)?);
    let end = match end {
        Written::Certain(end) => end,
        Written::Either(..) => return Err(Unreadable::NoHalf(end_text.trim().to_owned())),
    };
    let start = match start {
        Written::Certain(start) => start,
        // `8:30-11:30 AM` means AM twice; `11:30-1:00 PM` begins in the morning: of the two
        // meanings, the later one that is before the end.
        Written::Either(hour, minute) if has_half(end_text) => {
            let candidates = [Half::Pm, Half::Am].map(|half| clock(hour, minute, half));
            let before = candidates.into_iter().flatten().find(|start| *start < end);
            before.ok_or_else(|| Unreadable::NoHalf(start_text.trim().to_owned()))?
        }
        Written::Either(..) => return Err(Unreadable::NoHalf(start_text.trim().to_owned())),
    };
    Ok(TimeRange { start, end })
}

/// The two sides of a hyphen, a dash or the word `to`.
fn halves(text: &str) -> Option<(&str, &str)> {
    if let Some(at) = text.find(['-', '–', '—']) {
        let dash = text[at..].chars().next()?;
        return Some((&text[..at], &text[at + dash.len_utf8()..]));
    }
    let lower = text.to_ascii_lowercase();
    let at = lower.find(" to ")?;
    Some((&text[..at], &text[at + 4..]))
}

fn has_half(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    lower.ends_with("am") || lower.ends_with("pm") || lower.ends_with("m.") || lower == "noon"
}

fn written(text: &str) -> Option<Written> {
    let text = text.trim().to_ascii_lowercase();
    if text == "noon" {
        return Time::new(12, 0, 0, 0).ok().map(Written::Certain);
    }
    let bare = text.replace("a.m.", "am").replace("p.m.", "pm");
    let (digits, half) = match (bare.strip_suffix("am"), bare.strip_suffix("pm")) {
        (Some(digits), _) => (digits.trim_end(), Some(Half::Am)),
        (_, Some(digits)) => (digits.trim_end(), Some(Half::Pm)),
        _ => (bare.as_str(), None),
    };
    let (hour_text, minute_text) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None => (digits, "00"),
    };
    let all_digits = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !all_digits(hour_text) || !all_digits(minute_text) {
        return None;
    }
    let (hour, minute): (i8, i8) = (hour_text.parse().ok()?, minute_text.parse().ok()?);
    match half {
        Some(half) => clock(hour, minute, half).map(Written::Certain),
        // Two digits and a colon are the 24-hour clock; `8:30` and `8` may be either half.
        None if hour_text.len() == 2 && digits.contains(':') => {
            Time::new(hour, minute, 0, 0).ok().map(Written::Certain)
        }
        None if (1..=12).contains(&hour) && minute < 60 => Some(Written::Either(hour, minute)),
        None => None,
    }
}

/// A time of the 12-hour clock.
fn clock(hour: i8, minute: i8, half: Half) -> Option<Time> {
    if !(1..=12).contains(&hour) {
        return None;
    }
    let hour = hour % 12 + if half == Half::Pm { 12 } else { 0 };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::{Unreadable, parse_range, parse_time};
    use crate::model::TimeRange;

    #[test]
    fn times() {
        for (text, hour, minute) in [
            ("8:30 AM", 8, 30),
            ("8:30am", 8, 30),
            ("8 AM", 8, 0),
            ("08:30", 8, 30),
            ("16:00", 16, 0),
            ("noon", 12, 0),
            ("12:15 AM", 0, 15),
            ("12 PM", 12, 0),
            ("5:00 p.m.", 17, 0),
            ("10:30", 10, 30),
        ] {
            assert_eq!(parse_time(text), Ok(time(hour, minute, 0, 0)), "{text}");
        }
        for text in ["8:30", "8"] {
            assert_eq!(parse_time(text), Err(Unreadable::NoHalf(text.to_owned())), "{text}");
        }
        for text in ["25:00", "8:3 AM", "13 PM", "0 AM", "eight", "8:60 AM", "24:00", "٨:٣٠"] {
            assert!(matches!(parse_time(text), Err(Unreadable::NoTime(_))), "{text}");
        }
    }

    #[test]
    fn ranges() {
        for (text, start, end) in [
            ("8:30 AM - 4:00 PM", (8, 30), (16, 0)),
            ("8:30-11:30 AM", (8, 30), (11, 30)),
            ("08:30–16:00", (8, 30), (16, 0)),
            ("8:30 AM to 4 PM", (8, 30), (16, 0)),
            ("9 AM — noon", (9, 0), (12, 0)),
            ("11:30-1:00 PM", (11, 30), (13, 0)),
            ("1-3 PM", (13, 0), (15, 0)),
            ("10-11:30 AM", (10, 0), (11, 30)),
            ("10:30-12:30 PM", (10, 30), (12, 30)),
            ("10:00-2:00 PM", (10, 0), (14, 0)),
            ("9-noon", (9, 0), (12, 0)),
            ("10:00-14:00", (10, 0), (14, 0)),
        ] {
            let expected =
                TimeRange { start: time(start.0, start.1, 0, 0), end: time(end.0, end.1, 0, 0) };
            assert_eq!(parse_range(text), Ok(expected), "{text}");
        }
        assert_eq!(parse_range("8:30 AM"), Err(Unreadable::NoEnd));
        assert_eq!(parse_range("1:00 - 3:00"), Err(Unreadable::NoHalf("3:00".to_owned())));
        assert_eq!(parse_range("8:30 AM - 4:00"), Err(Unreadable::NoHalf("4:00".to_owned())));
    }
}
