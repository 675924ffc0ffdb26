//! Calendars: the days of sessions as events of iCalendar, and the links that lead to them.

mod enrollment;
mod event;
mod links;

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

pub use enrollment::enrollment_events;
pub(super) use enrollment::{NamedEnrollment, named_enrollments};
pub use event::{Listed, events, has_event_file, is_listed};
pub(super) use event::{backup_uid, meeting_uid, revised, session_key};
pub use links::{AddToCalendarView, DayLinksView, FeedView, NamedFeedView};

use crate::model::Markdown;

/// One calendar file.
#[derive(Clone, Debug)]
pub struct CalendarFile {
    /// What it says of itself. None for the days of one session: a program that is to add them to
    /// the reader's own calendar would take a named file for a new calendar.
    pub feed: Option<FeedWords>,
    /// The zones of its events; at least one when it has no event, for a calendar must have a
    /// component (RFC 5545, 3.6).
    pub zones: Vec<Arc<ZoneYears>>,
    /// Its events, in a fixed order.
    pub events: Vec<Arc<CalendarEvent>>,
}

/// What a calendar to subscribe to says of itself (RFC 7986, 5).
#[derive(Clone, Debug)]
pub struct FeedWords {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub description: String,
    /// The page that it belongs to.
    pub page: String,
    /// Its own address.
    pub source: String,
    /// The zone of the catalog.
    pub zone: String,
}

/// One event: a day of a session, its backup date, or the opening or closing of an enrollment
/// (RFC 5545, 3.6.1).
#[derive(Debug)]
pub struct CalendarEvent {
    /// Its identity, made of IDs alone.
    pub uid: String,
    /// How many times something of weight has changed, as far as the content tells.
    pub sequence: u32,
    /// When it was last changed, as far as the content tells.
    pub revised: Timestamp,
    /// When it is.
    pub span: EventSpan,
    /// Its name.
    pub summary: String,
    /// Where it is; nothing for a private one.
    pub location: Option<String>,
    /// What is worth knowing, paragraph by paragraph.
    pub description: Vec<Paragraph>,
    /// Its page.
    pub url: String,
    /// Where one joins from afar, if everyone may know.
    pub conference: Option<String>,
    /// What it is about.
    pub categories: Arc<[String]>,
    /// What became of it.
    pub status: EventStatus,
    /// Whether it takes up the time of whoever has it in their calendar.
    pub busy: bool,
    /// Its lines, once they are written.
    pub(super) lines: OnceLock<Box<str>>,
}

/// When an event is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventSpan {
    /// Whole days: the first, and the one after the last.
    Days(Date, Date),
    /// From an instant to another, in a zone.
    Hours(Box<(ZonedDateTime, ZonedDateTime)>),
    /// An instant, in a zone.
    Moment(Box<ZonedDateTime>),
}

/// What became of an event (RFC 5545, 3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStatus {
    /// It is on.
    Confirmed,
    /// It may change.
    Tentative,
    /// It is off.
    Cancelled,
}

/// A paragraph of a description.
#[derive(Clone, Debug)]
pub enum Paragraph {
    /// Plain text, the same in every event of an offering.
    Shared(Arc<str>),
    /// Plain text.
    Own(String),
    /// How one gets into a place.
    Access(Arc<AccessNotes>),
}

/// The access notes of a place.
#[derive(Debug)]
pub struct AccessNotes {
    /// The place.
    pub place: String,
    /// How one gets in.
    pub notes: Markdown,
    plain: OnceLock<Box<str>>,
}

/// A zone, and the years for which a calendar needs it.
#[derive(Debug)]
pub struct ZoneYears {
    /// The zone.
    pub zone: TimeZone,
    /// The calendar years of the events.
    pub years: RangeInclusive<i16>,
    lines: OnceLock<Box<str>>,
}

impl CalendarEvent {
    /// Its lines. They depend on nothing but the event, so the first calendar that it stands in
    /// writes them for all.
    pub fn lines(&self, write: impl FnOnce(&Self) -> String) -> &str {
        self.lines.get_or_init(|| write(self).into())
    }
}

impl AccessNotes {
    /// The notes of a place.
    pub fn new(place: String, notes: Markdown) -> Self {
        Self { place, notes, plain: OnceLock::new() }
    }

    /// The notes as plain text, made once.
    pub fn plain(&self, write: impl FnOnce(&Markdown) -> String) -> &str {
        self.plain.get_or_init(|| write(&self.notes).into())
    }
}

impl ZoneYears {
    /// A zone for some years.
    pub fn new(zone: TimeZone, years: RangeInclusive<i16>) -> Self {
        Self { zone, years, lines: OnceLock::new() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        zone_name(&self.zone)
    }

    /// Its lines, written once.
    pub fn lines(&self, write: impl FnOnce(&Self) -> String) -> &str {
        self.lines.get_or_init(|| write(self).into())
    }
}

impl EventSpan {
    /// The zone that its times are given in; none for whole days.
    pub fn zone(&self) -> Option<&TimeZone> {
        match self {
            Self::Days(..) => None,
            Self::Hours(hours) => Some(hours.0.time_zone()),
            Self::Moment(moment) => Some(moment.time_zone()),
        }
    }

    /// The first and the last calendar year that it touches.
    pub fn years(&self) -> (i16, i16) {
        match self {
            Self::Days(first, after) => (first.year(), after.year()),
            Self::Hours(hours) => (hours.0.year(), hours.1.year()),
            Self::Moment(moment) => (moment.year(), moment.year()),
        }
    }
}

/// The IANA name of a zone.
pub fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}
