//! Days and hours as people write them in tables: more ways than content may have, and each either
//! understood whole or not at all.

use jiff::civil::{Date, Time};

use crate::lower::scalar::date::{parse_month, parse_season};
use crate::lower::scalar::time::{RangeFault, parse_range, parse_time};
use crate::model::{ProgramYear, TimeRange, YearMonth, YearStart, month_name};

/// When a row says that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// On these days, in the order of writing.
    On(Vec<Date>),
    /// Sometime in a month.
    Month(YearMonth),
    /// Sometime in a season, as the content writes it: `fall 2026`.
    Season(String),
    /// Not yet known.
    Unset,
}

/// So many days are one row's at most.
const MAX_DAYS: usize = 31;

/// What helps to read a date without a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hint {
    /// The program year of all rows.
    pub year: Option<ProgramYear>,
    /// The day on which a program year begins.
    pub starts: YearStart,
}

/// One word of a date.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Month(i8),
    Number(i16),
    Whole(Date),
    And,
    To,
}

/// Reads the days of a cell, and the hours that may stand behind them.
///
/// # Errors
///
/// What could not be read, in words.
pub(super) fn days(text: &str, hint: Hint) -> Result<(Days, Option<String>), String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if matches!(lower.as_str(), "tbd" | "tba" | "to be announced" | "to be determined") {
        return Ok((Days::Unset, None));
    }
    if let Ok((season, year)) | Err(Some((season, year))) = parse_season(text) {
        return Ok((Days::Season(format!("{} {year}", season.word())), None));
    }
    let (days, hours) = hours_behind(text);
    if let Some(month) = whole_month(days) {
        return Ok((Days::Month(month), None));
    }
    let found = list(&words(days)?, hint)?;
    if found.is_empty() {
        return Err(format!("no date in `{}`", short(text)));
    }
    Ok((Days::On(found), hours))
}

/// `October 2026`, which has no day.
fn whole_month(text: &str) -> Option<YearMonth> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",-/.".contains(c))
        .filter(|p| !p.is_empty())
        .collect();
    let [_, _] = parts.as_slice() else { return None };
    match parse_month(text) {
        Ok(month) | Err(Some(month)) => Some(month),
        Err(None) => None,
    }
}

/// A text for a message, at most so long.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short: String = line.chars().take(60).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// Divides `October 1, 2026, 8:30 AM - 4 PM` where the hours begin.
fn hours_behind(text: &str) -> (&str, Option<String>) {
    let begins = text.char_indices().find(|&(at, c)| {
        let before = text.get(..at).unwrap_or_default();
        let starts_word = before.ends_with(|c: char| c.is_whitespace() || c == 'T' || c == ',');
        let rest = text.get(at..).unwrap_or_default();
        let word_end =
            rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
        let (clock, after) = rest.split_at(word_end);
        let after = after.trim_start().to_lowercase();
        let half = after.starts_with("am")
            || after.starts_with("pm")
            || after.starts_with("a.m")
            || after.starts_with("p.m");
        c.is_ascii_digit() && starts_word && (clock.contains(':') || half)
    });
    let Some((at, _)) = begins else { return (text, None) };
    let (days, hours) = text.split_at(at);
    let days = days.trim_end_matches(|c: char| c.is_whitespace() || ",T|".contains(c));
    let days = days.strip_suffix(" from").or_else(|| days.strip_suffix(" at")).unwrap_or(days);
    (days, Some(hours.trim().to_owned()))
}

fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found = Vec::new();
    let spaced: String = text
        .chars()
        .flat_map(|c| match c {
            // An ISO date keeps its hyphens, see below; every other dash stands alone.
            '–' | '—' => vec![' ', '-', ' '],
            '&' | ';' | '+' | '\n' => vec![' ', '&', ' '],
            ',' | '(' | ')' => vec![' '],
            c => vec![c],
        })
        .collect();
    for piece in spaced.split_whitespace() {
        if let Some(date) = numeric(piece)? {
            found.push(Word::Whole(date));
            continue;
        }
        if let Some(parts) = day_month_year(piece) {
            for part in parts {
                word(part, &mut found)?;
            }
            continue;
        }
        let mut parts = piece.split('-').peekable();
        while let Some(part) = parts.next() {
            if !part.is_empty() {
                word(part, &mut found)?;
            }
            if parts.peek().is_some() {
                found.push(Word::To);
            }
        }
    }
    Ok(found)
}

/// `30-Sep-2022`, whose hyphens are no ranges.
fn day_month_year(piece: &str) -> Option<[&str; 3]> {
    let mut parts = piece.split('-');
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let [_, name, _] = three;
    (parts.next().is_none() && month(&name.to_lowercase()).is_some()).then_some(three)
}

fn word(part: &str, found: &mut Vec<Word>) -> Result<(), String> {
    let lower = part.trim_matches('.').to_lowercase();
    let number = || {
        let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = lower.get(digits.len()..).unwrap_or_default();
        let plain = matches!(ending, "" | "st" | "nd" | "rd" | "th");
        (plain && !digits.is_empty() && digits.len() <= 4).then(|| digits.parse::<i16>().ok())?
    };
    match lower.as_str() {
        "and" | "&" => found.push(Word::And),
        "to" | "through" | "thru" | "until" => found.push(Word::To),
        "of" | "on" | "the" | "" => {}
        _ if is_weekday(&lower) => {}
        _ => match (month(&lower), number()) {
            (Some(month), _) => found.push(Word::Month(month)),
            (None, Some(number)) => found.push(Word::Number(number)),
            (None, None) => return Err(format!("`{}` is no part of a date", short(part))),
        },
    }
    Ok(())
}

fn month(word: &str) -> Option<i8> {
    (1..=12).find(|&month| {
        let name = month_name(month).to_lowercase();
        (word.len() >= 3 && name.starts_with(word)) || (month == 9 && word == "sept")
    })
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word) || format!("{day}s") == word)
        || matches!(word, "tues" | "weds" | "thurs" | "thur")
}

/// `2026-10-01`, `10/1/2026`, `10/1/26`, `10-1-2026`, `1.10.2026` with the day first.
fn numeric(piece: &str) -> Result<Option<Date>, String> {
    for separator in ['/', '-', '.'] {
        let parts: Vec<&str> = piece.split(separator).collect();
        let [first, second, third] = parts.as_slice() else { continue };
        let number = |text: &str| {
            let digits =
                !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse::<i16>().ok()).flatten()
        };
        let parts = (number(first), number(second), number(third));
        let (Some(one), Some(two), Some(three)) = parts else { continue };
        let (year, month, day) = if first.len() == 4 {
            (one, two, three)
        } else {
            let year = if third.len() == 4 { three } else { three + 2000 };
            // Americans write the month first; a point means that the day is first.
            if separator == '.' || one > 12 { (year, two, one) } else { (year, one, two) }
        };
        return real(year, month, day).map(Some);
    }
    Ok(None)
}

fn real(year: i16, month: i16, day: i16) -> Result<Date, String> {
    let date = i8::try_from(month)
        .ok()
        .zip(i8::try_from(day).ok())
        .and_then(|(month, day)| Date::new(year, month, day).ok());
    date.filter(|date| (1900..2200).contains(&date.year()))
        .ok_or_else(|| format!("there is no day {day} in month {month} of {year}"))
}

/// A day whose year is not known yet, and whether everything since the day before it belongs, too.
struct Waiting {
    month: i8,
    day: i16,
    to: bool,
}

/// Puts the words together: `October 27 and 28, 2022` are two days of one month and one year.
fn list(words: &[Word], hint: Hint) -> Result<Vec<Date>, String> {
    let mut dates: Vec<Date> = Vec::new();
    let mut waiting: Vec<Waiting> = Vec::new();
    // Days that are written before their month: `27 and 28 October`.
    let mut early: Vec<(i16, bool)> = Vec::new();
    let mut month = None;
    let mut to = false;
    for word in words {
        match *word {
            Word::And => to = false,
            Word::To => to = true,
            Word::Whole(date) => {
                add(&mut dates, date, std::mem::take(&mut to))?;
            }
            Word::Month(found) => {
                month = Some(found);
                waiting.extend(early.drain(..).map(|(day, to)| Waiting { month: found, day, to }));
            }
            Word::Number(number) if number > 31 => {
                if waiting.is_empty() {
                    return Err(format!("`{number}` stands where a day of a month is expected"));
                }
                let year = if number < 100 { number + 2000 } else { number };
                settle(&mut dates, &mut waiting, |_| Some(year))?;
            }
            Word::Number(day) => {
                let to = std::mem::take(&mut to);
                match month {
                    Some(month) => waiting.push(Waiting { month, day, to }),
                    None => early.push((day, to)),
                }
            }
        }
    }
    if !early.is_empty() {
        return Err("a day without its month".to_owned());
    }
    settle(&mut dates, &mut waiting, |month| {
        let year = hint.year?;
        let first = Date::new(year.begins, month, 28).ok()?;
        Some(if ProgramYear::of(first, hint.starts) == year {
            year.begins
        } else {
            year.begins + 1
        })
    })?;
    if to {
        return Err("a range of days without its end".to_owned());
    }
    Ok(dates)
}

fn settle(
    dates: &mut Vec<Date>,
    waiting: &mut Vec<Waiting>,
    year: impl Fn(i8) -> Option<i16>,
) -> Result<(), String> {
    for one in waiting.drain(..) {
        let year = year(one.month).ok_or_else(|| {
            format!(
                "`{} {}` has no year; name the program year with `--year`, such as `--year 2026-27`",
                month_name(one.month),
                one.day
            )
        })?;
        add(dates, real(year, i16::from(one.month), one.day)?, one.to)?;
    }
    Ok(())
}

fn add(dates: &mut Vec<Date>, date: Date, to: bool) -> Result<(), String> {
    if to {
        let Some(&from) = dates.last() else {
            return Err("a range of days without its beginning".to_owned());
        };
        if date <= from {
            return Err(format!("the days end on {date}, before they begin on {from}"));
        }
        let mut day = from;
        while day < date {
            day = day.tomorrow().map_err(|_| "a day beyond all calendars".to_owned())?;
            dates.push(day);
            if dates.len() > MAX_DAYS {
                return Err(format!("more than {MAX_DAYS} days in one row, from {from} to {date}"));
            }
        }
    } else if !dates.contains(&date) {
        dates.push(date);
    }
    if dates.len() > MAX_DAYS {
        return Err(format!("more than {MAX_DAYS} days in one row"));
    }
    Ok(())
}

/// The days from one to another, as in columns for the first and the last day.
pub(super) fn through(from: Date, to: Date) -> Result<Vec<Date>, String> {
    let mut dates = vec![from];
    if from != to {
        add(&mut dates, to, true)?;
    }
    Ok(dates)
}

/// Reads hours: the range, and how it was understood where that had to be guessed. None is all day,
/// or not known.
///
/// # Errors
///
/// What could not be read, in words.
pub(super) fn hours(text: &str) -> Result<(Option<TimeRange>, Option<String>), String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if text.is_empty() || matches!(lower.as_str(), "all day" | "all-day" | "tbd" | "tba") {
        return Ok((None, None));
    }
    match parse_range(text) {
        Ok(range) => Ok((Some(range), None)),
        Err(RangeFault::Form(Some(likely))) => match parse_range(&likely) {
            Ok(range) => Ok((Some(range), Some(format!("took `{}` for {likely}", short(text))))),
            Err(_) => Err(format!("`{}` are no hours", short(text))),
        },
        Err(RangeFault::NoEnd) => Err(format!("`{}` is a time without an end", short(text))),
        Err(RangeFault::Backwards(_)) => {
            Err(format!("the hours `{}` end before they begin", short(text)))
        }
        Err(RangeFault::Form(None)) => Err(format!("`{}` are no hours", short(text))),
    }
}

/// Hours from columns for the start and for the end.
pub(super) fn between(
    start: &str,
    end: &str,
) -> Result<(Option<TimeRange>, Option<String>), String> {
    let (start, end) = (without_seconds(start), without_seconds(end));
    match (parse_clock(&start), parse_clock(&end)) {
        _ if start.is_empty() && end.is_empty() => Ok((None, None)),
        (Some(from), Some(to)) if from < to => Ok((Some(TimeRange { start: from, end: to }), None)),
        (Some(_), Some(_)) => {
            Err(format!("the hours end at `{end}`, before they begin at `{start}`"))
        }
        _ => hours(&format!("{start} - {end}")),
    }
}

fn parse_clock(text: &str) -> Option<Time> {
    parse_time(text)
}

/// `8:30:00 AM`, as programs write it, without the seconds.
fn without_seconds(text: &str) -> String {
    let text = text.trim();
    let mut parts = text.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(hour), Some(minute), Some(rest)) => {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let hour = if after.trim().is_empty() && hour.len() == 1 {
                format!("0{hour}")
            } else {
                hour.to_owned()
            };
            format!("{hour}:{minute}{after}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Days, Hint, days, hours};
    use crate::model::{ProgramYear, YearMonth, YearStart};

    const NONE: Hint = Hint { year: None, starts: YearStart { month: 7, day: 1 } };

    #[track_caller]
    fn on(text: &str, expected: &[(i16, i8, i8)]) {
        let expected = expected.iter().map(|&(y, m, d)| date(y, m, d)).collect();
        assert_eq!(days(text, NONE).map(|found| found.0), Ok(Days::On(expected)), "{text}");
    }

    #[test]
    fn one_day_in_many_ways() {
        for text in [
            "September 30th, 2022",
            "Sept. 30, 2022",
            "Friday, September 30, 2022",
            "Fri Sep 30 2022",
            "30 September 2022",
            "the 30th of September, 2022",
            "9/30/2022",
            "9/30/22",
            "2022-09-30",
            "9-30-2022",
            "30.9.2022",
            "30-Sep-2022",
        ] {
            on(text, &[(2022, 9, 30)]);
        }
    }

    #[test]
    fn several_days() {
        let both = [(2022, 10, 27), (2022, 10, 28)];
        for text in [
            "October 27th, 2022 and October 28th, 2022",
            "October 27 and 28, 2022",
            "October 27 & 28, 2022",
            "Oct 27-28, 2022",
            "Oct 27 – 28, 2022",
            "October 27, 28, 2022",
            "Thursday October 27 and Friday October 28, 2022",
            "27 and 28 October 2022",
            "10/27/2022 and 10/28/2022",
            "10/27/2022 - 10/28/2022",
            "10/27/2022, 10/28/2022",
            "2022-10-27; 2022-10-28",
            "October 27, 2022\nOctober 28, 2022",
        ] {
            on(text, &both);
        }
        on("December 31, 2022 to January 2, 2023", &[(2022, 12, 31), (2023, 1, 1), (2023, 1, 2)]);
    }

    #[test]
    fn a_date_without_a_year_takes_that_of_the_program_year() {
        let hint = Hint { year: Some(ProgramYear { begins: 2022 }), ..NONE };
        assert_eq!(days("Oct 27", hint).unwrap().0, Days::On(vec![date(2022, 10, 27)]));
        assert_eq!(days("January 13", hint).unwrap().0, Days::On(vec![date(2023, 1, 13)]));
        assert!(days("Oct 27", NONE).unwrap_err().contains("--year"));
    }

    #[test]
    fn what_has_no_day() {
        let october = YearMonth { year: 2026, month: 10 };
        assert_eq!(days("October 2026", NONE).unwrap().0, Days::Month(october));
        assert_eq!(days("2026-10", NONE).unwrap().0, Days::Month(october));
        assert_eq!(days("Fall 2026", NONE).unwrap().0, Days::Season("fall 2026".to_owned()));
        assert_eq!(days("TBD", NONE).unwrap().0, Days::Unset);
    }

    #[test]
    fn hours_may_stand_behind_the_day() {
        let (found, hours) = days("October 27, 2022 8:30 AM - 4:00 PM", NONE).unwrap();
        assert_eq!(found, Days::On(vec![date(2022, 10, 27)]));
        assert_eq!(hours.as_deref(), Some("8:30 AM - 4:00 PM"));
        assert_eq!(days("2022-10-27 9 am-noon", NONE).unwrap().1.as_deref(), Some("9 am-noon"));
    }

    #[test]
    fn what_is_no_date_is_told() {
        for text in [
            "",
            "soon",
            "Octember 3, 2022",
            "February 30, 2022",
            "13/13/2022",
            "27, 2022",
            "to",
            "October 3, 2022 -",
            "October 28 - 27, 2022",
            "1/1/2022 - 12/31/2022",
            "99999999999",
        ] {
            assert!(days(text, NONE).is_err(), "{text}: {:?}", days(text, NONE));
        }
    }

    #[test]
    fn hours_are_read_and_guesses_are_told() {
        assert_eq!(hours("8:30 AM - 4:00 PM").unwrap().1, None);
        let (range, told) = hours("9:00 - 3:00").unwrap();
        assert!(range.is_some() && told.unwrap().contains("9:00 AM - 3:00 PM"));
        assert_eq!(hours("All day"), Ok((None, None)));
        assert_eq!(super::between("8:30:00 AM", "4:00:00 PM").unwrap().1, None);
        assert_eq!(
            super::between("08:30:00", "16:00:00").unwrap(),
            super::hours("08:30-16:00").unwrap()
        );
        for text in ["morning", "8:30", "4 PM - 8 AM"] {
            assert!(hours(text).is_err(), "{text}");
        }
    }
}
