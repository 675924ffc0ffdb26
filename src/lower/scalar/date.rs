//! Dates, months, seasons, years, weekdays.

use jiff::civil::{Date, Weekday};

use super::super::reader::Reader;
use super::word::word_in;
use crate::diag::Code;
use crate::model::{ProgramYear, Season, YearMonth, YearStart};
use crate::syntax::Node;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const FORMS: &str = "write a date as `2026-10-01`, `Oct 1, 2026` or `October 1, 2026`";

/// A date.
pub(in crate::lower) fn date(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Date> {
    let text = reader.words(field, node)?;
    match parse(&text) {
        Ok(date) => Some(date),
        Err(Unreadable::NoSuchDay(why)) => {
            let message = format!("there is no day `{text}`: {why}");
            reader.fault(Code::InvalidDate, node, message, "check the day and the month")
        }
        Err(Unreadable::OtherForm(meant)) => {
            let message = format!("`{text}` is not written as a date is");
            let hint = match meant {
                Some(date) => format!("if you mean {}, write `{date}`", long(date)),
                None => FORMS.to_owned(),
            };
            let rest = meant.is_some().then(|| FORMS.to_owned());
            reader.report(
                crate::diag::Diagnostic::new(Code::InvalidDate, reader.span(node), message)
                    .hint(hint)
                    .maybe_hint(rest),
            );
            None
        }
    }
}

/// Why a text is no date.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It has the form of a date, and there is no such day.
    NoSuchDay(String),
    /// It has another form; the day that it seems to mean.
    OtherForm(Option<Date>),
}

/// A date in one of the accepted forms.
pub(super) fn parse(text: &str) -> Result<Date, Unreadable> {
    let text = text.trim();
    if let Some((year, month, day)) = iso(text) {
        return day_of(year, month, day);
    }
    if let Some((year, month, day)) = american(text) {
        return day_of(year, month, day);
    }
    Err(Unreadable::OtherForm(guess(text)))
}

fn day_of(year: i16, month: i8, day: i8) -> Result<Date, Unreadable> {
    if !(1..=12).contains(&month) {
        return Err(Unreadable::NoSuchDay(format!("there is no month {month}")));
    }
    if !(1900..=2199).contains(&year) {
        return Err(Unreadable::NoSuchDay(format!("the year {year} is too far away")));
    }
    Date::new(year, month, day).map_err(|_| {
        let name = capitalized(MONTHS[usize::try_from(month - 1).unwrap_or(0)]);
        let last = Date::new(year, month, 1).map_or(31, |first| first.last_of_month().day());
        Unreadable::NoSuchDay(format!("{name} {year} has {last} days"))
    })
}

/// `2026-10-01`: four, two and two digits.
fn iso(text: &str) -> Option<(i16, i8, i8)> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if (year.len(), month.len(), day.len()) == (4, 2, 2) => {
            Some((digits(year)?, digits(month)?, digits(day)?))
        }
        _ => None,
    }
}

/// `Oct 1, 2026`, `October 1, 2026`.
fn american(text: &str) -> Option<(i16, i8, i8)> {
    let (front, year) = text.rsplit_once(", ")?;
    let (name, day) = front.split_once(' ')?;
    let lower = name.to_lowercase();
    let month = MONTHS.iter().position(|month| *month == lower || month[..3] == lower)?;
    if year.trim().len() != 4 {
        return None;
    }
    Some((digits(year.trim())?, i8::try_from(month + 1).ok()?, digits(day.trim())?))
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// The day that a text in another form seems to mean: `10/1/2026` (month first, as Americans write
/// it), `October 1st, 2026`, `1 October 2026`, `Sept. 1, 2026`, `2026-9-1`.
fn guess(text: &str) -> Option<Date> {
    let mut month = None;
    let mut numbers: Vec<i16> = Vec::new();
    for part in text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let lower = part.to_lowercase();
        let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let suffix = &lower[number.len()..];
        if number.is_empty() {
            if lower.len() >= 3 {
                let found =
                    MONTHS.iter().position(|m| m.starts_with(&lower) || lower.starts_with(&m[..3]));
                month = month.or(found.and_then(|m| i16::try_from(m + 1).ok()));
            }
        } else if matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            numbers.push(digits(number)?);
        } else {
            return None;
        }
    }
    let (year, month, day) = match (month, numbers.as_slice()) {
        (Some(month), &[year, day]) if year > 99 => (year, month, day),
        (Some(month), &[day, year]) => (year, month, day),
        (None, &[year, month, day]) if year > 99 => (year, month, day),
        (None, &[month, day, year]) => (year, month, day),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    day_of(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn long(date: Date) -> String {
    let month = MONTHS[usize::try_from(date.month() - 1).unwrap_or(0)];
    format!("{} {}, {}", capitalized(month), date.day(), date.year())
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `2026-10`
pub(in crate::lower) fn month(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<YearMonth> {
    let text = reader.words(field, node)?;
    let parsed = text.split_once('-').and_then(|(year, month)| {
        let month: i8 = (month.len() == 2).then(|| digits(month))??;
        let year: i16 = (year.len() == 4).then(|| digits(year))??;
        (1..=12).contains(&month).then_some(YearMonth { year, month })
    });
    if parsed.is_none() {
        let message = format!("`{text}` is not written as a month is");
        return reader.fault(
            Code::InvalidDate,
            node,
            message,
            format!("write for example `{field}: 2026-10`"),
        );
    }
    parsed
}

/// `fall 2026`
pub(in crate::lower) fn season(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<(Season, i16)> {
    let text = reader.words(field, node)?;
    let parsed = text.split_once(' ').and_then(|(name, year)| {
        let season = match name.to_lowercase().as_str() {
            "winter" => Season::Winter,
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "fall" | "autumn" => Season::Fall,
            _ => return None,
        };
        let year = year.trim();
        let year: i16 = (year.len() == 4).then(|| digits(year))??;
        Some((season, year))
    });
    if parsed.is_none() {
        let message = format!("`{text}` is not written as a season is");
        let hint = "write winter, spring, summer or fall and a year: `season: fall 2026`";
        return reader.fault(Code::InvalidDate, node, message, hint);
    }
    parsed
}

/// `2026-27`
pub(in crate::lower) fn program_year(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<ProgramYear> {
    let text = reader.words(field, node)?;
    let begins: Option<i16> =
        text.split_once('-').and_then(|(begins, _)| (begins.len() == 4).then(|| digits(begins))?);
    match begins.map(|begins| ProgramYear { begins }) {
        Some(year) if year.to_string() == text => Some(year),
        guess => {
            let message = format!("`{text}` is not written as a program year is");
            let example = guess.map_or_else(|| "2026-27".to_owned(), |year| year.to_string());
            reader.fault(
                Code::InvalidDate,
                node,
                message,
                format!("write for example `{field}: {example}`"),
            )
        }
    }
}

/// `07-01`
pub(in crate::lower) fn year_start(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<YearStart> {
    let text = reader.words(field, node)?;
    let parsed = text.split_once('-').and_then(|(month, day)| {
        let (month, day) = (digits(month)?, digits(day)?);
        // A year without 29 February: the day must exist in every year.
        Date::new(2027, month, day).ok().map(|_| YearStart { month, day })
    });
    if parsed.is_none() {
        let message = format!("`{text}` is not a month and a day");
        return reader.fault(
            Code::InvalidDate,
            node,
            message,
            format!("write for example `{field}: 07-01`, for July 1"),
        );
    }
    parsed
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// `thursday`
pub(in crate::lower) fn weekday(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<Weekday> {
    let text = reader.words(field, node)?;
    match parse_weekday(&text) {
        Some(weekday) => Some(weekday),
        None => word_in(reader, field, node, &text, WEEKDAYS.map(|(name, _)| name)),
    }
}

/// A day of the week by its English name.
pub(in crate::lower) fn parse_weekday(text: &str) -> Option<Weekday> {
    let lower = text.trim().to_lowercase();
    WEEKDAYS.into_iter().find(|(name, _)| *name == lower).map(|(_, weekday)| weekday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Unreadable, parse};

    #[test]
    fn accepted_forms() {
        for text in ["2026-10-01", "Oct 1, 2026", "October 1, 2026", "october 1, 2026"] {
            assert_eq!(parse(text), Ok(date(2026, 10, 1)), "{text}");
        }
    }

    #[test]
    fn other_forms_are_understood_and_refused() {
        for text in [
            "10/1/2026",
            "10/01/26",
            "2026-10-1",
            "2026/10/01",
            "October 1st, 2026",
            "1 October 2026",
            "Oct. 1, 2026",
            "October 1 2026",
            "Thursday, October 1, 2026",
        ] {
            assert_eq!(parse(text), Err(Unreadable::OtherForm(Some(date(2026, 10, 1)))), "{text}");
        }
        for text in ["soon", "", "2026", "October", "13/13/2026", "1e9", "٢٠٢٦-١٠-٠١"] {
            assert_eq!(parse(text), Err(Unreadable::OtherForm(None)), "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist() {
        for text in ["2026-02-29", "2026-13-01", "Feb 30, 2026", "2026-00-10", "0001-01-01"] {
            assert!(matches!(parse(text), Err(Unreadable::NoSuchDay(_))), "{text}");
        }
    }
}
