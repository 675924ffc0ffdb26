//! Tells when every event of a catalog is, as the model has it: `cargo run --example instants -- DIR`.
//!
//! A JSON object: the UID of each event, and start and end; whole days as dates, hours as seconds
//! since 1970; `true` after them for one that does not take place. The UIDs are put together here anew, by the rule of `docs/calendars.md`, so that a
//! test of the calendars tests that rule, too.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::path::Path;

use convene::model::{Catalog, Enrollment, Moment};
use convene::schedule::{Meeting, OfferingSchedule, ScheduledSession, instant, timetable};
use convene::{lower, source, syntax};
use jiff::civil::Date;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("usage: instants DIR")?;
    let sources = source::load(Path::new(&folder))?;
    let project = syntax::parse(&sources);
    let catalog = lower::lower(&sources, &project.value).value;
    let url = url::Url::parse(&catalog.settings.url.value)?;
    let host = url.host_str().unwrap_or_default();
    let mut events = BTreeMap::new();
    let timetable = timetable(&catalog);
    for (_, schedule) in timetable.offerings() {
        of_offering(&catalog, schedule, host, &mut events);
    }
    println!("{}", serde_json::to_string_pretty(&events)?);
    Ok(())
}

fn of_offering(
    catalog: &Catalog,
    schedule: &OfferingSchedule<'_>,
    host: &str,
    events: &mut BTreeMap<String, Value>,
) {
    let id = &schedule.offering.id;
    enrollment(catalog, schedule.offering.enroll.as_ref(), id.as_str(), host, events);
    for group in &schedule.groups {
        let scope = match group.cohort {
            Some((cohort, _)) => format!("{id}.{cohort}"),
            None => id.to_string(),
        };
        if let Some((_, cohort)) = group.cohort {
            let scope = format!("{scope}_cohort");
            enrollment(catalog, cohort.enroll.as_ref(), &scope, host, events);
        }
        for session in group.sessions.iter().flat_map(ScheduledSession::leaves) {
            let repeat = session.repeat.map_or_else(String::new, |n| format!("_repeat{n}"));
            let name = format!("{scope}.{}{repeat}", session.written.id);
            if session.repeat.is_none_or(|number| number == 1) {
                enrollment(catalog, session.written.enroll.as_deref(), &name, host, events);
            }
            let is_on = session.takes_place() && schedule.offering.cancelled.is_none();
            for meeting in session.meetings() {
                let day = match meeting.number {
                    1 => String::new(),
                    number => format!("_day{number}"),
                };
                events.insert(format!("{name}{day}@{host}"), span(meeting, is_on));
            }
            if let Some(backup) = session.backup().filter(|_| !session.meetings().is_empty()) {
                events.insert(format!("{name}_backup@{host}"), span(backup, is_on));
            }
        }
    }
}

fn span(meeting: &Meeting<'_>, is_on: bool) -> Value {
    let (start, end) = if meeting.hours.is_some() {
        let (starts, ends) = (meeting.starts.timestamp(), meeting.ends.timestamp());
        (json!(starts.as_second()), json!(ends.as_second()))
    } else {
        (json!(meeting.date.to_string()), json!(day_after(meeting.date)))
    };
    if is_on { json!([start, end]) } else { json!([start, end, true]) }
}

fn day_after(date: Date) -> Option<String> {
    date.tomorrow().ok().map(|day| day.to_string())
}

fn enrollment(
    catalog: &Catalog,
    enroll: Option<&Enrollment>,
    scope: &str,
    host: &str,
    events: &mut BTreeMap<String, Value>,
) {
    let Some(enroll) = enroll else { return };
    let mut add = |edge: String, moment: Moment| {
        let at = instant(moment, &catalog.settings.timezone).as_second();
        let when = if moment.time.is_some() {
            json!([at, at])
        } else {
            json!([moment.date.to_string(), day_after(moment.date)])
        };
        events.insert(format!("{scope}_{edge}@{host}"), when);
    };
    if let Some(opens) = &enroll.opens {
        add("opens".to_owned(), opens.value);
    }
    for (round, number) in enroll.rounds.iter().zip(1..) {
        add(format!("round{number}"), round.closes.value);
    }
    if let Some(closes) = enroll.closes.as_ref().filter(|_| enroll.rounds.is_empty()) {
        add("closes".to_owned(), closes.value);
    }
}
