//! An event as a VEVENT (RFC 5545, 3.6.1).

use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::text::Lines;
use crate::render::markdown;
use crate::view::{CalendarEvent, EventSpan, EventStatus, Paragraph, zone_name};

/// All lines of an event.
pub(super) fn lines(event: &CalendarEvent) -> String {
    let mut lines = Lines::with_capacity(1024);
    lines.raw("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    let revised = event.revised.strftime("%Y%m%dT%H%M%SZ").to_string();
    lines.raw("DTSTAMP", &revised);
    lines.raw("LAST-MODIFIED", &revised);
    lines.raw("SEQUENCE", &event.sequence.to_string());
    when(&mut lines, &event.span);
    lines.text("SUMMARY", &event.summary);
    if let Some(location) = &event.location {
        lines.text("LOCATION", location);
    }
    lines.text("DESCRIPTION", &description(event));
    lines.uri("URL", &event.url);
    if let Some(address) = &event.conference {
        lines.uri("CONFERENCE;VALUE=URI;LABEL=Join online", address);
    }
    lines.texts("CATEGORIES", event.categories.iter().map(String::as_str));
    let status = match event.status {
        EventStatus::Confirmed => "CONFIRMED",
        EventStatus::Tentative => "TENTATIVE",
        EventStatus::Cancelled => "CANCELLED",
    };
    lines.raw("STATUS", status);
    lines.raw("TRANSP", if event.busy { "OPAQUE" } else { "TRANSPARENT" });
    lines.raw("END", "VEVENT");
    lines.finish()
}

/// Start and end (RFC 5545, 3.8.2.4 and 3.8.2.2). The end of whole days is the day after the last.
fn when(lines: &mut Lines, span: &EventSpan) {
    let day = |date: &Date| date.strftime("%Y%m%d").to_string();
    match span {
        EventSpan::Days(first, after) => {
            lines.raw("DTSTART;VALUE=DATE", &day(first));
            lines.raw("DTEND;VALUE=DATE", &day(after));
        }
        EventSpan::Hours(hours) => {
            local(lines, "DTSTART", &hours.0);
            local(lines, "DTEND", &hours.1);
        }
        EventSpan::Moment(moment) => local(lines, "DTSTART", moment),
    }
}

/// A local time with its zone (RFC 5545, 3.3.5, form 3). One that clocks show twice is given in UTC
/// (form 2), for not every program takes it for the first, as it should.
fn local(lines: &mut Lines, name: &str, at: &ZonedDateTime) {
    if at.time_zone().to_ambiguous_timestamp(at.datetime()).is_ambiguous() {
        lines.raw(name, &at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string());
        return;
    }
    let name = format!("{name};TZID={}", zone_name(at.time_zone()));
    lines.raw(&name, &at.strftime("%Y%m%dT%H%M%S").to_string());
}

/// The paragraphs, with an empty line between two.
fn description(event: &CalendarEvent) -> String {
    let mut text = String::with_capacity(512);
    for paragraph in &event.description {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        match paragraph {
            Paragraph::Shared(words) => text.push_str(words),
            Paragraph::Own(words) => text.push_str(words),
            Paragraph::Access(access) => {
                text.push_str("Getting in (");
                text.push_str(&access.place);
                text.push_str("):\n");
                text.push_str(access.plain(markdown::plain));
            }
        }
    }
    text
}
