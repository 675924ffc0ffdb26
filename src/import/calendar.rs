//! An iCalendar file (RFC 5545) as sessions. A rule is carried over as a rule, never followed, so that
//! none can make more than it says.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::reading::{Mode, venue};
use super::sitting::{About, Sitting};
use super::table::{MAX_ROWS, MAX_TEXT};
use super::when::{self, Days, short};
use crate::model::{Catalog, SessionStatus, TimeRange};
use crate::scaffold::Refusal;

/// An event of the file.
#[derive(Debug, Default)]
pub(super) struct Event {
    /// The line on which it begins.
    pub at: usize,
    properties: Vec<Property>,
}

#[derive(Debug)]
struct Property {
    name: String,
    parameters: String,
    value: String,
}

impl Event {
    fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn text(&self, name: &str) -> Option<String> {
        let text = unescaped(&self.get(name)?.value);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// What it is called, for the report.
    pub fn words(&self) -> String {
        let summary = self.text("SUMMARY").unwrap_or_else(|| "an event without a title".to_owned());
        let start = self.get("DTSTART").map_or("", |start| start.value.as_str());
        short(&format!("{summary} {start}"))
    }
}

/// The events of a file.
///
/// # Errors
///
/// When it is no calendar, or too large.
pub(super) fn events(text: &str) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut event: Option<Event> = None;
    for (at, line) in unfolded(text) {
        let Some(property) = property(&line) else { continue };
        match property.name.as_str() {
            "BEGIN" => {
                let part = property.value.trim().to_ascii_uppercase();
                if part == "VEVENT" {
                    event = Some(Event { at, properties: Vec::new() });
                }
                open.push(part);
                if open.len() > 16 {
                    return Err(Refusal::new("this calendar is nested too deeply to be one"));
                }
            }
            "END" => {
                if open.pop().as_deref() == Some("VEVENT") {
                    events.extend(event.take());
                }
                if events.len() > MAX_ROWS {
                    return Err(Refusal::new(format!(
                        "the calendar has more than {MAX_ROWS} events"
                    ))
                    .hint("export a shorter time, such as one program year"));
                }
            }
            // Not what belongs to an alarm inside of the event.
            _ if open.last().is_some_and(|part| part == "VEVENT") => {
                if let Some(event) = &mut event
                    && event.properties.len() < 200
                {
                    event.properties.push(property);
                }
            }
            _ => {}
        }
    }
    if events.is_empty() {
        return Err(Refusal::new("the calendar has no event"));
    }
    Ok(events)
}

/// Lines, with what was folded put together again, and the number of the first of each.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => {
                if last.len() < MAX_TEXT * 4 {
                    last.push_str(rest);
                }
            }
            _ => lines.push((at + 1, line.to_owned())),
        }
    }
    lines
}

fn property(line: &str) -> Option<Property> {
    let mut quoted = false;
    let colon = line.char_indices().find(|&(_, c)| {
        quoted ^= c == '"';
        c == ':' && !quoted
    });
    let (head, value) = line.split_at(colon?.0);
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some(Property {
        name: name.trim().to_ascii_uppercase(),
        parameters: parameters.to_owned(),
        value: value.get(1..)?.chars().take(MAX_TEXT).collect(),
    })
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A moment of an event: its day, and its time of day in the catalog's zone unless it is a whole day.
type Moment = (Date, Option<Time>);

fn moment(property: &Property, zone: &TimeZone, notes: &mut Vec<String>) -> Result<Moment, String> {
    let value = property.value.trim();
    let bad = || format!("`{}` is no moment of a calendar", short(value));
    let date = value.get(..8).and_then(day).ok_or_else(bad)?;
    let Some(clock) = value.get(8..).and_then(|rest| rest.strip_prefix('T')) else {
        return if value.len() == 8 { Ok((date, None)) } else { Err(bad()) };
    };
    let number =
        |range: std::ops::Range<usize>| clock.get(range).and_then(|part| part.parse().ok());
    let time = number(0..2)
        .zip(number(2..4))
        .and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok())
        .ok_or_else(bad)?;
    let local = date.to_datetime(time);
    let from = if clock.ends_with('Z') { Some(TimeZone::UTC) } else { named_zone(property, notes) };
    let here = match from {
        Some(from) => in_zone(local, &from, zone).ok_or_else(bad)?,
        None => local,
    };
    Ok((here.date(), Some(here.time())))
}

fn in_zone(local: DateTime, from: &TimeZone, to: &TimeZone) -> Option<DateTime> {
    let instant = from.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(instant.to_zoned_datetime(to.clone()).datetime())
}

/// The zone of `TZID`; none for a time without one, which is local.
fn named_zone(property: &Property, notes: &mut Vec<String>) -> Option<TimeZone> {
    let parameters = property.parameters.split(';');
    let name = parameters
        .filter_map(|one| one.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("TZID"))?;
    let name = name.1.trim_matches('"');
    let zone = jiff::tz::db().get(name).ok();
    if zone.is_none() {
        let note =
            format!("the time zone `{}` is not known; its times are taken as local", short(name));
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    zone
}

fn day(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range).filter(|_| digits);
    let date =
        Date::new(part(0..4)?.parse().ok()?, part(4..6)?.parse().ok()?, part(6..8)?.parse().ok()?);
    date.ok().filter(|date| (1900..2200).contains(&date.year()))
}

/// Reads one event.
///
/// # Errors
///
/// Why there is no session in it.
pub(super) fn sitting(
    event: &Event,
    catalog: &Catalog,
    notes: &mut Vec<String>,
) -> Result<Sitting, String> {
    let zone = &catalog.settings.timezone;
    if event.get("RECURRENCE-ID").is_some() {
        return Err("it changes one day of a repeated event; write that day yourself".to_owned());
    }
    let start = event.get("DTSTART").ok_or("it has no beginning (`DTSTART`)")?;
    let (date, from) = moment(start, zone, notes)?;
    let end = event.get("DTEND").map(|end| moment(end, zone, notes)).transpose()?;
    let (days, time) = match (from, end) {
        (None, Some((last, None))) if last > date => {
            // The last day of a whole-day event is the day before its end (RFC 5545, 3.6.1).
            (when::through(date, last.yesterday().map_err(|_| "it ends before all days")?)?, None)
        }
        (None, _) => (vec![date], None),
        (Some(from), Some((last, Some(to)))) if last == date && from < to => {
            (vec![date], Some(TimeRange { start: from, end: to }))
        }
        (Some(_), Some((last, _))) if last != date => {
            return Err(format!("it runs over night, from {date} to {last}"));
        }
        (Some(_), Some(_)) => return Err("it ends before it begins, or as it begins".to_owned()),
        (Some(from), None) => {
            let minutes = event.get("DURATION").and_then(|one| duration(&one.value));
            let to = minutes.and_then(|minutes| {
                from.checked_add(jiff::Span::new().minutes(minutes)).ok().filter(|to| *to > from)
            });
            let to = to.ok_or("it has a beginning and no end that can be read")?;
            (vec![date], Some(TimeRange { start: from, end: to }))
        }
    };
    if event.get("RDATE").is_some() {
        notes.push("its further days (`RDATE`) were left out".to_owned());
    }
    let except: Vec<String> = event
        .properties
        .iter()
        .filter(|property| property.name == "EXDATE")
        .flat_map(|property| property.value.split(','))
        .filter_map(|text| day(text.trim().get(..8)?))
        .take(400)
        .map(|day| day.to_string())
        .collect();
    let mut repeat = match event.get("RRULE") {
        Some(rule) => rule_lines(&rule.value, date, except.len(), zone)?,
        None => Vec::new(),
    };
    if !except.is_empty() && !repeat.is_empty() {
        repeat.push(("except", format!("[{}]", except.join(", "))));
    }
    if !repeat.is_empty() && days.len() > 1 {
        return Err("it repeats, and runs over several days".to_owned());
    }
    if event.get("DESCRIPTION").is_some() {
        notes.push("its description was left out".to_owned());
    }
    let mut sitting = Sitting {
        title: event.text("SUMMARY"),
        offering: None,
        days: Days::On(days),
        time,
        repeat,
        place: None,
        online: None,
        facilitators: Vec::new(),
        status: match event.text("STATUS").as_deref() {
            Some("CANCELLED") => Some(SessionStatus::Cancelled),
            Some("TENTATIVE") => Some(SessionStatus::Tentative),
            _ => None,
        },
        note: None,
        about: About::default(),
    };
    let place = event.text("LOCATION").unwrap_or_default();
    venue(&mut sitting, &place, "", Mode::default(), catalog, notes);
    Ok(sitting)
}

/// `PT1H30M` in minutes.
fn duration(text: &str) -> Option<i64> {
    let rest = text.trim().strip_prefix("PT")?;
    let mut minutes = 0i64;
    let mut digits = String::new();
    for c in rest.chars() {
        match c {
            '0'..='9' if digits.len() < 5 => digits.push(c),
            'H' => minutes += digits.parse::<i64>().ok()? * 60,
            'M' => minutes += digits.parse::<i64>().ok()?,
            'S' => {}
            _ => return None,
        }
        if !c.is_ascii_digit() {
            digits.clear();
        }
    }
    (minutes > 0).then_some(minutes)
}

/// The days of a rule in words of the content: `TH` is thursday.
fn weekday(code: &str) -> Option<&'static str> {
    Some(match code {
        "MO" => "monday",
        "TU" => "tuesday",
        "WE" => "wednesday",
        "TH" => "thursday",
        "FR" => "friday",
        "SA" => "saturday",
        "SU" => "sunday",
        _ => return None,
    })
}

/// A rule as the lines of `repeat`.
///
/// # Errors
///
/// When the content has no words for it, or it has no end.
fn rule_lines(
    rule: &str,
    from: Date,
    left_out: usize,
    zone: &TimeZone,
) -> Result<Vec<(&'static str, String)>, String> {
    let cannot = || format!("its rule `{}` cannot be said in a catalog", short(rule));
    let mut frequency = "";
    let (mut interval, mut count, mut until) = (1u16, None, None);
    let (mut days, mut month_day) = (Vec::new(), None);
    for part in rule.trim().split(';') {
        let (name, value) = part.split_once('=').ok_or_else(cannot)?;
        match name {
            "FREQ" => frequency = value,
            "INTERVAL" => interval = value.parse().map_err(|_| cannot())?,
            "COUNT" => count = Some(value.parse::<u32>().map_err(|_| cannot())?),
            "UNTIL" => until = Some(last_day(value, zone).ok_or_else(cannot)?),
            "BYDAY" => days = value.split(',').take(8).collect(),
            "BYMONTHDAY" => month_day = Some(value.parse::<u8>().map_err(|_| cannot())?),
            "WKST" => {}
            _ => return Err(cannot()),
        }
    }
    let many = interval != 1;
    let mut lines = Vec::new();
    match frequency {
        "DAILY" if days.is_empty() && month_day.is_none() => {
            lines.push(("every", if many { format!("{interval} days") } else { "day".to_owned() }));
        }
        "WEEKLY" if month_day.is_none() => {
            lines.push((
                "every",
                if many { format!("{interval} weeks") } else { "week".to_owned() },
            ));
            let days: Option<Vec<&str>> = days.iter().map(|day| weekday(day)).collect();
            let days = days.ok_or_else(cannot)?;
            match days.as_slice() {
                [] => {}
                [day] => lines.push(("on", (*day).to_owned())),
                days => lines.push(("on", format!("[{}]", days.join(", ")))),
            }
        }
        "MONTHLY" => {
            lines.push((
                "every",
                if many { format!("{interval} months") } else { "month".to_owned() },
            ));
            match (days.as_slice(), month_day) {
                ([], None) => lines.push(("on", from.day().to_string())),
                ([], Some(day)) => lines.push(("on", day.to_string())),
                ([one], None) => {
                    let at = one.len().checked_sub(2).filter(|at| one.is_char_boundary(*at));
                    let (nth, day) = one.split_at(at.ok_or_else(cannot)?);
                    let nth = match nth {
                        "1" | "+1" => "first",
                        "2" | "+2" => "second",
                        "3" | "+3" => "third",
                        "4" | "+4" => "fourth",
                        "-1" => "last",
                        _ => return Err(cannot()),
                    };
                    lines.push(("on", format!("{nth} {}", weekday(day).ok_or_else(cannot)?)));
                }
                _ => return Err(cannot()),
            }
        }
        _ => return Err(cannot()),
    }
    if interval == 0 || interval > 100 {
        return Err(cannot());
    }
    match (until, count) {
        (Some(until), _) => lines.push(("until", until.to_string())),
        (None, Some(count)) if (1..=400).contains(&count) => {
            // Here the days that are left out count (RFC 5545, 3.3.10); in the content they do not.
            let count = (count as usize).saturating_sub(left_out).max(1);
            lines.push(("count", count.to_string()));
        }
        (None, Some(count)) => {
            return Err(format!("it repeats {count} times, more than a program does"));
        }
        (None, None) => return Err("it repeats without end; give it a last day first".to_owned()),
    }
    Ok(lines)
}

/// The last day of `UNTIL`, in the catalog's zone.
fn last_day(value: &str, zone: &TimeZone) -> Option<Date> {
    let value = value.trim();
    let property =
        Property { name: String::new(), parameters: String::new(), value: value.to_owned() };
    moment(&property, zone, &mut Vec::new()).ok().map(|(date, _)| date)
}
