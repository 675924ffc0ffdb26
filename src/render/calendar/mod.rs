//! Calendars by RFC 5545 and RFC 7986: a feed to subscribe to, or the days of one session.

mod event;
mod text;
mod zone;

use crate::view::{CalendarFile, FeedWords};
pub use text::{Lines, escape, fold};
pub use zone::time_zone;

/// Who made the file (RFC 5545, 3.7.3). It names no version, so that a new one of the program
/// changes no calendar.
const PRODUCT: &str = "-//convene//Program catalog//EN";

/// How often a program that subscribes should look again (RFC 7986, 5.7).
const REFRESH: &str = "PT12H";

/// A calendar file. It has no METHOD: that is for invitations, and would make an organizer
/// mandatory (RFC 5546, 3.2.1).
pub(super) fn write(file: &CalendarFile) -> Vec<u8> {
    let zones: Vec<&str> = file.zones.iter().map(|zone| zone.lines(time_zone)).collect();
    let events: Vec<&str> = file.events.iter().map(|event| event.lines(event::lines)).collect();
    let mut head = Lines::default();
    head.raw("BEGIN", "VCALENDAR");
    head.raw("VERSION", "2.0");
    head.raw("PRODID", PRODUCT);
    head.raw("CALSCALE", "GREGORIAN");
    if let Some(words) = &file.feed {
        feed(&mut head, words);
    }
    let mut tail = Lines::default();
    tail.raw("END", "VCALENDAR");
    let parts = || zones.iter().chain(&events).map(|text| text.as_bytes());
    let (head, tail) = (head.finish(), tail.finish());
    let length = head.len() + parts().map(<[u8]>::len).sum::<usize>() + tail.len();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(head.as_bytes());
    parts().for_each(|part| bytes.extend_from_slice(part));
    bytes.extend_from_slice(tail.as_bytes());
    bytes
}

/// What a feed says of itself. Each thing stands twice: by RFC 7986, and as programs called it
/// before.
fn feed(lines: &mut Lines, words: &FeedWords) {
    lines.text("NAME", &words.name);
    lines.text("X-WR-CALNAME", &words.name);
    lines.text("DESCRIPTION", &words.description);
    lines.text("X-WR-CALDESC", &words.description);
    lines.text("X-WR-TIMEZONE", &words.zone);
    lines.uri("URL", &words.page);
    lines.uri("SOURCE;VALUE=URI", &words.source);
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.raw("X-PUBLISHED-TTL", REFRESH);
}
