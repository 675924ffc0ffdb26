//! Sessions as a table for spreadsheets (RFC 4180): a line for each day, for each alternative, and
//! for each session that has no day yet.
//!
//! A text that a spreadsheet would take for a formula has an apostrophe before it, which it shows
//! as text and does not compute.

use super::files::of_each;
use super::parts::VenueData;
use super::session::{MeetingData, SessionData};
use crate::model::Offering;
use crate::schedule::OfferingSchedule;
use crate::view::{Edition, zone_name};

/// The columns, in order. New ones come at the end.
const COLUMNS: [&str; 28] = [
    "offering",
    "offering_title",
    "kind",
    "year",
    "cohort",
    "cohort_title",
    "session",
    "session_title",
    "alternative",
    "date",
    "start",
    "end",
    "all_day",
    "timezone",
    "starts_at",
    "ends_at",
    "when",
    "status",
    "moved_from",
    "reason",
    "mode",
    "place",
    "address",
    "join_url",
    "roles",
    "facilitators",
    "url",
    "uid",
];

/// The table of all sessions.
pub fn session_table(edition: &Edition<'_>) -> String {
    let mut table = String::new();
    record(&mut table, COLUMNS.iter().copied());
    for lines in of_each(edition, |schedule| vec![lines_of(edition, schedule)]) {
        table.push_str(&lines);
    }
    table
}

fn lines_of(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> String {
    let mut lines = String::new();
    let offering = schedule.offering;
    let year = schedule.year.map(|year| year.to_string()).unwrap_or_default();
    for group in &schedule.groups {
        let cohort_title = group.cohort.map(|(_, cohort)| cohort.title.value.as_str());
        let rows = Rows { edition, offering, year: &year, cohort_title };
        for session in SessionData::of_group(edition, offering, group) {
            if session.alternatives.is_empty() {
                rows.session(&mut lines, &session, &session, "");
            }
            for one in &session.alternatives {
                rows.session(&mut lines, one, &session, &one.id);
            }
        }
    }
    lines
}

struct Rows<'r> {
    edition: &'r Edition<'r>,
    offering: &'r Offering,
    year: &'r str,
    cohort_title: Option<&'r str>,
}

impl Rows<'_> {
    /// The days of a session, or one line without a day. An alternative says of itself what it says
    /// otherwise than `whole`, the session of which it is one.
    fn session(&self, lines: &mut String, one: &SessionData, whole: &SessionData, choice: &str) {
        if one.meetings.is_empty() {
            self.row(lines, one, whole, choice, None);
        }
        for meeting in &one.meetings {
            self.row(lines, one, whole, choice, Some(meeting));
        }
    }

    fn row(
        &self,
        lines: &mut String,
        one: &SessionData,
        whole: &SessionData,
        choice: &str,
        meeting: Option<&MeetingData>,
    ) {
        let offering = self.offering;
        let of_day = |field: fn(&MeetingData) -> &str| meeting.map_or("", field);
        let timed = meeting.filter(|meeting| meeting.hours.is_some());
        // `08:30` of `2026-10-01T08:30:00-04:00`.
        let clock = |moment: &str| moment.get(11..16).unwrap_or_default().to_owned();
        let zone = meeting.and_then(|meeting| meeting.timezone.as_deref());
        let own = meeting.map_or(&[][..], |meeting| &meeting.places);
        let places = if own.is_empty() { &one.places[..] } else { own };
        let status = match (one.status, whole.status) {
            _ if offering.cancelled.is_some() => "cancelled",
            (own, of_whole) => own.or(of_whole).unwrap_or_default(),
        };
        let moved = one.moved_from.as_ref().or(whole.moved_from.as_ref());
        let reason = one.reason.as_deref().or(whole.reason.as_deref());
        let roles = if one.roles.is_empty() { &whole.roles } else { &one.roles };
        let roles = if roles.is_empty() {
            let all = self.edition.roles(&offering.roles);
            all.iter().map(|(id, _)| id.to_string()).collect()
        } else {
            roles.clone()
        };
        let leads = offering.facilitators.iter().map(|person| person.value.to_string());
        let mut facilitators: Vec<String> = leads.collect();
        let of_session = one.facilitators.iter().chain(&whole.facilitators);
        for person in of_session {
            if !facilitators.contains(person) {
                facilitators.push(person.clone());
            }
        }
        let fields: [&str; COLUMNS.len()] = [
            &one.offering,
            &offering.title.value,
            offering.kind.value.as_str(),
            self.year,
            one.cohort.as_deref().unwrap_or_default(),
            self.cohort_title.unwrap_or_default(),
            &whole.id,
            &one.title,
            choice,
            of_day(|day| &day.date),
            &timed.map(|day| clock(&day.start)).unwrap_or_default(),
            &timed.map(|day| clock(&day.end)).unwrap_or_default(),
            meeting.map_or("", |day| if day.hours.is_none() { "yes" } else { "no" }),
            meeting.map_or("", |_| zone.unwrap_or_else(|| zone_name(self.edition.zone()))),
            of_day(|day| &day.starts),
            of_day(|day| &day.ends),
            &one.when,
            status,
            moved.map_or("", |moved| &moved.text),
            reason.unwrap_or_default(),
            one.mode.unwrap_or_default(),
            &joined(places, |place| Some(place.in_words())),
            &joined(places, |place| place.address.clone()),
            one.online.as_ref().and_then(|online| online.url.as_deref()).unwrap_or_default(),
            &roles.join(" "),
            &facilitators.join(" "),
            &one.url,
            of_day(|day| &day.uid),
        ];
        record(lines, fields.into_iter());
    }
}

fn joined(places: &[VenueData], words: impl Fn(&VenueData) -> Option<String>) -> String {
    let words: Vec<String> = places.iter().filter_map(words).collect();
    words.join("; ")
}

/// A record with its line's end (RFC 4180, 2).
fn record<'f>(lines: &mut String, fields: impl Iterator<Item = &'f str>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            lines.push(',');
        }
        push_field(lines, field);
    }
    lines.push_str("\r\n");
}

fn push_field(lines: &mut String, field: &str) {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = field.contains(['"', ',', '\r', '\n']);
    if !quoted {
        lines.push_str(if formula { "'" } else { "" });
        lines.push_str(field);
        return;
    }
    lines.push_str(if formula { "\"'" } else { "\"" });
    for (index, part) in field.split('"').enumerate() {
        lines.push_str(if index > 0 { "\"\"" } else { "" });
        lines.push_str(part);
    }
    lines.push('"');
}

#[cfg(test)]
mod tests {
    use super::record;

    #[test]
    fn fields_are_quoted_where_they_must_be_and_no_formula_is_computed() {
        let mut lines = String::new();
        let fields =
            ["plain", "a,b", "say \"no\"", "two\nlines", "=1+1", "-2, +3", "@x", "\tx", ""];
        record(&mut lines, fields.into_iter());
        let expected =
            "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",'=1+1,\"'-2, +3\",'@x,'\tx,\r\n";
        assert_eq!(lines, expected);
    }
}
