//! Dates, moments, months, seasons and program years.

use jiff::civil::{Date, Time, Weekday};

use super::time::parse_time;
use crate::model::{ProgramYear, Season, YearMonth, YearStart, weekday_word};

/// The accepted forms, for messages.
pub const DATE_FORMS: &str = "write a date as `2026-10-01`, `Oct 1, 2026` or `October 1, 2026`";

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Another form; what it most likely means.
    Form(Option<Date>),
    /// An accepted form of a day that no calendar has: its year, its month, and how many days that
    /// month has; none when there is no such month.
    Impossible(i16, Option<(i8, i8)>),
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may", "may"),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
];

/// Reads `2026-10-01`, `Oct 1, 2026` or `October 1, 2026`.
pub fn parse_date(text: &str) -> Result<Date, DateFault> {
    let text = text.trim();
    let parts = iso(text).or_else(|| american(text));
    let Some((year, month, day)) = parts else { return Err(DateFault::Form(guess(text))) };
    real(year, month, day)
}

fn real(year: i16, month: i8, day: i8) -> Result<Date, DateFault> {
    let Ok(first) = Date::new(year, month, 1) else {
        return Err(DateFault::Impossible(year, None));
    };
    Date::new(year, month, day)
        .map_err(|_| DateFault::Impossible(year, Some((month, first.days_in_month()))))
}

fn digits<const LEN: usize>(text: &str) -> Option<i16> {
    (text.len() == LEN && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn small(text: &str) -> Option<i8> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('-');
    let year = digits::<4>(parts.next()?)?;
    let month = digits::<2>(parts.next()?)?;
    let day = digits::<2>(parts.next()?)?;
    if parts.next().is_some() {
        return None;
    }
    Some((year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

fn american(text: &str) -> Option<(i16, i8, i8)> {
    let (day_of, year) = text.split_once(',')?;
    let mut words = day_of.split_whitespace();
    let month = exact_month(words.next()?)?;
    let day = small(words.next()?)?;
    if words.next().is_some() {
        return None;
    }
    Some((digits::<4>(year.trim())?, month, day))
}

fn exact_month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|&(short, long)| word == short || word == long)?;
    i8::try_from(at + 1).ok()
}

/// A month by the first letters of its name, with or without a full stop.
fn loose_month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at = MONTHS.iter().position(|&(short, long)| {
        word.len() >= 3 && (long.starts_with(&word) || (word == "sept" && short == "sep"))
    })?;
    i8::try_from(at + 1).ok()
}

/// What somebody most likely meant who wrote a date in another form. Only for a hint.
fn guess(text: &str) -> Option<Date> {
    let mut month = None;
    let mut numbers: Vec<i16> = Vec::new();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (of, day) = rest.split_at_checked(2)?;
        return Date::new(year.parse().ok()?, of.parse().ok()?, day.parse().ok()?).ok();
    }
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.' | '–'))
    {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if word.is_empty() || loose_weekday(word) {
        } else if let Some(found) = loose_month(word) {
            month = Some(found);
        } else if !bare.is_empty() && bare.len() <= 4 {
            numbers.push(bare.parse().ok()?);
        } else {
            return None;
        }
    }
    let full = |year: i16| if year < 100 { year + 2000 } else { year };
    let (year, month, day) = match (month, numbers.as_slice()) {
        (Some(month), &[day, year]) if day <= 31 => (full(year), i16::from(month), day),
        (Some(month), &[year, day]) => (year, i16::from(month), day),
        (None, &[year, month, day]) if year > 31 => (year, month, day),
        (None, &[month, day, year]) if month <= 12 => (full(year), month, day),
        (None, &[day, month, year]) => (full(year), month, day),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn loose_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() >= 3 && WEEKDAYS.iter().any(|&day| weekday_word(day).starts_with(&word))
}

/// Monday to Sunday.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Reads the name of a day of the week.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    let word = text.trim().to_ascii_lowercase();
    WEEKDAYS.into_iter().find(|&day| weekday_word(day) == word)
}

/// Why a text is not a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentFault {
    /// Its date is not one.
    Date(DateFault),
    /// Its time is not one.
    Time,
}

/// Reads a date, or a date and a time: `2026-09-18 5:00 PM`.
pub fn parse_moment(text: &str) -> Result<(Date, Option<Time>), MomentFault> {
    let text = text.trim();
    let whole = parse_date(text);
    let fault = match whole {
        Ok(date) => return Ok((date, None)),
        Err(fault @ DateFault::Impossible(..)) => return Err(MomentFault::Date(fault)),
        Err(fault) => fault,
    };
    let mut found = None;
    for (at, c) in text.char_indices() {
        if !(c.is_whitespace() || matches!(c, 'T' | ',')) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default().trim_end_matches(',');
        let after = text.get(at + c.len_utf8()..).unwrap_or_default().trim();
        let after = after.strip_prefix("at ").unwrap_or(after);
        match parse_date(before) {
            Ok(date) => match parse_time(after) {
                Some(time) => return Ok((date, Some(time))),
                None => found = Some(MomentFault::Time),
            },
            Err(fault @ DateFault::Impossible(..)) => found = Some(MomentFault::Date(fault)),
            Err(DateFault::Form(_)) => {}
        }
    }
    Err(found.unwrap_or(MomentFault::Date(fault)))
}

/// Reads `2026-10`; or gives what was most likely meant.
pub fn parse_month(text: &str) -> Result<YearMonth, Option<YearMonth>> {
    let text = text.trim();
    let exact = text.split_once('-').and_then(|(year, month)| {
        let month = i8::try_from(digits::<2>(month)?).ok()?;
        Some(YearMonth { year: digits::<4>(year)?, month })
    });
    if let Some(found) = exact {
        return if (1..=12).contains(&found.month) { Ok(found) } else { Err(None) };
    }
    let mut month = None;
    let mut year = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.')) {
        let small = small(word).filter(|&number| month.is_none() && (1..=12).contains(&number));
        month = month.or(loose_month(word)).or(small);
        year = year.or(digits::<4>(word));
    }
    Err(year.zip(month).map(|(year, month)| YearMonth { year, month }))
}

/// Reads `fall 2026`; or gives what was most likely meant.
pub fn parse_season(text: &str) -> Result<(Season, i16), Option<(Season, i16)>> {
    let lower = text.trim().to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == ',').collect();
    let season = |word: &str| match word {
        "winter" => Some(Season::Winter),
        "spring" => Some(Season::Spring),
        "summer" => Some(Season::Summer),
        "fall" | "autumn" => Some(Season::Fall),
        _ => None,
    };
    if let [word, year] = words.as_slice()
        && let (Some(word), Some(year)) = (season(word), digits::<4>(year))
    {
        return Ok((word, year));
    }
    let word = words.iter().find_map(|word| season(word));
    let year = words.iter().find_map(|word| digits::<4>(word));
    Err(word.zip(year))
}

/// Reads `2026-27`; or gives what was most likely meant.
pub fn parse_program_year(text: &str) -> Result<ProgramYear, Option<ProgramYear>> {
    let text = text.trim();
    let (first, second) = text.split_once(['-', '–', '/']).unwrap_or((text, ""));
    let likely = digits::<4>(first.trim()).map(|begins| ProgramYear { begins });
    match likely {
        Some(year) if year.to_string() == text => Ok(year),
        // `2026-28` may mean either of two years: no guess.
        Some(year) => {
            let full = format!("{}", i32::from(year.begins) + 1);
            let same = second.is_empty() || second.trim() == full || full.ends_with(second.trim());
            Err(same.then_some(year))
        }
        None => Err(None),
    }
}

/// Reads `07-01`, the day on which a program year begins.
pub fn parse_year_start(text: &str) -> Option<YearStart> {
    let (month, day) = text.trim().split_once('-')?;
    let month = i8::try_from(digits::<2>(month)?).ok()?;
    let day = i8::try_from(digits::<2>(day)?).ok()?;
    // A year without 29 February: every program year has a first day.
    Date::new(2023, month, day).ok().map(|_| YearStart { month, day })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn the_three_forms_of_a_date() {
        for good in [
            "2026-10-01",
            "Oct 1, 2026",
            "October 1, 2026",
            "october 1, 2026",
            "Oct 01, 2026",
            " 2026-10-01 ",
        ] {
            assert_eq!(parse_date(good), Ok(date(2026, 10, 1)), "{good}");
        }
    }

    #[test]
    fn other_forms_show_what_they_likely_mean() {
        for other in [
            "10/1/2026",
            "10/01/26",
            "2026-10-1",
            "2026/10/01",
            "20261001",
            "1 October 2026",
            "Oct 1 2026",
            "Oct. 1, 2026",
            "October 1st, 2026",
            "Thursday, October 1, 2026",
            "10-01-2026",
            "10.1.2026",
            "1-Oct-2026",
        ] {
            assert_eq!(parse_date(other), Err(DateFault::Form(Some(date(2026, 10, 1)))), "{other}");
        }
        assert_eq!(parse_date("Sept 1, 2026"), Err(DateFault::Form(Some(date(2026, 9, 1)))));
        assert_eq!(parse_date("25/12/2026"), Err(DateFault::Form(Some(date(2026, 12, 25)))));
        for none in ["", "soon", "October 2026", "1, 2", "13/13/2026", "2026", "99999999999"] {
            assert_eq!(parse_date(none), Err(DateFault::Form(None)), "{none}");
        }
    }

    #[test]
    fn days_that_no_calendar_has() {
        assert_eq!(parse_date("2026-02-30"), Err(DateFault::Impossible(2026, Some((2, 28)))));
        assert_eq!(parse_date("Feb 29, 2026"), Err(DateFault::Impossible(2026, Some((2, 28)))));
        assert_eq!(parse_date("2026-13-01"), Err(DateFault::Impossible(2026, None)));
        assert_eq!(parse_date("2028-02-29"), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn moments_are_a_date_and_perhaps_a_time() {
        let day = date(2026, 9, 18);
        assert_eq!(parse_moment("2026-09-18"), Ok((day, None)));
        for with_time in [
            "2026-09-18 5:00 PM",
            "2026-09-18 17:00",
            "2026-09-18T17:00",
            "Sep 18, 2026 5 PM",
            "September 18, 2026, 5:00pm",
            "September 18, 2026 at 5 PM",
        ] {
            assert_eq!(parse_moment(with_time), Ok((day, Some(time(17, 0, 0, 0)))), "{with_time}");
        }
        assert_eq!(parse_moment("2026-09-18 25:00"), Err(MomentFault::Time));
        assert_eq!(
            parse_moment("2026-09-31 5 PM"),
            Err(MomentFault::Date(DateFault::Impossible(2026, Some((9, 30)))))
        );
    }

    #[test]
    fn months_seasons_and_years() {
        assert_eq!(parse_month("2026-10"), Ok(YearMonth { year: 2026, month: 10 }));
        assert_eq!(parse_month("2026-13"), Err(None));
        assert_eq!(parse_month("October 2026"), Err(Some(YearMonth { year: 2026, month: 10 })));
        assert_eq!(parse_month("10/2026"), Err(Some(YearMonth { year: 2026, month: 10 })));
        assert_eq!(parse_season("fall 2026"), Ok((Season::Fall, 2026)));
        assert_eq!(parse_season("Autumn 2026"), Ok((Season::Fall, 2026)));
        assert_eq!(parse_season("2026 fall"), Err(Some((Season::Fall, 2026))));
        assert_eq!(parse_season("fall"), Err(None));
        assert_eq!(parse_program_year("2026-27"), Ok(ProgramYear { begins: 2026 }));
        for likely in ["2026", "2026-2027", "2026–27", "2026/27"] {
            let year = Some(ProgramYear { begins: 2026 });
            assert_eq!(parse_program_year(likely), Err(year), "{likely}");
        }
        assert_eq!(parse_program_year("2026-28"), Err(None));
        assert_eq!(parse_year_start("07-01"), Some(YearStart { month: 7, day: 1 }));
        assert_eq!(parse_year_start("02-29"), None);
        assert_eq!(parse_year_start("7-1"), None);
    }
}
