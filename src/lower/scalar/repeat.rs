//! How a session repeats: `every` and `on`.

use jiff::civil::Weekday;

use super::date::{WEEKDAYS, parse_weekday};
use crate::model::{RepeatOn, RepeatUnit, weekday_word};

/// The accepted forms of `every`, for messages.
pub const EVERY_FORMS: &str = "write `day`, `week`, `2 weeks` or `month`";
/// The accepted forms of `on`, for messages.
pub const ON_FORMS: &str = "write a day such as `thursday`, `third thursday`, `last friday`, or a day of the month such as `15`";

/// Reads `day`, `week`, `2 weeks`, `month`, `3 months`.
pub fn parse_every(text: &str) -> Option<RepeatUnit> {
    let lower = text.trim().to_ascii_lowercase();
    let (number, word) = match lower.split_once(char::is_whitespace) {
        Some((number, word)) => {
            (number.parse().ok().filter(|n| (1..=999).contains(n))?, word.trim())
        }
        None => (1, lower.as_str()),
    };
    match word {
        "day" | "days" => Some(RepeatUnit::Days(number)),
        "week" | "weeks" => Some(RepeatUnit::Weeks(number)),
        "month" | "months" => Some(RepeatUnit::Months(number)),
        _ => None,
    }
}

/// Reads `thursday`, `third thursday`, `last friday` or `15`.
pub fn parse_on(text: &str) -> Option<RepeatOn> {
    let lower = text.trim().to_ascii_lowercase();
    if let Some(day) = parse_weekday(&lower) {
        return Some(RepeatOn::Weekdays(vec![day]));
    }
    if let Ok(day) = lower.parse::<i8>() {
        return (1..=31).contains(&day).then_some(RepeatOn::DayOfMonth(day));
    }
    let (which, day) = lower.split_once(char::is_whitespace)?;
    let which = match which {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        "last" => -1,
        _ => return None,
    };
    Some(RepeatOn::NthWeekday(which, parse_weekday(day)?))
}

/// The names of the days, for suggestions.
pub fn weekday_words() -> impl Iterator<Item = &'static str> {
    WEEKDAYS.iter().map(|&day: &Weekday| weekday_word(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every() {
        for (text, unit) in [
            ("day", Some(RepeatUnit::Days(1))),
            ("week", Some(RepeatUnit::Weeks(1))),
            ("2 weeks", Some(RepeatUnit::Weeks(2))),
            ("Month", Some(RepeatUnit::Months(1))),
            ("3 months", Some(RepeatUnit::Months(3))),
            ("0 weeks", None),
            ("fortnight", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(parse_every(text), unit, "{text}");
        }
    }

    #[test]
    fn on() {
        for (text, on) in [
            ("thursday", Some(RepeatOn::Weekdays(vec![Weekday::Thursday]))),
            ("third thursday", Some(RepeatOn::NthWeekday(3, Weekday::Thursday))),
            ("Last Friday", Some(RepeatOn::NthWeekday(-1, Weekday::Friday))),
            ("15", Some(RepeatOn::DayOfMonth(15))),
            ("32", None),
            ("fifth monday", None),
            ("thu", None),
        ] {
            assert_eq!(parse_on(text), on, "{text}");
        }
    }
}
