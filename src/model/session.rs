//! A session: one step of an offering, on one day or several.

use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::{
    CreditAward, Enrollment, Moment, PersonId, PlaceId, Resource, RoleId, Season, SessionId,
    TimeRange, Url, YearMonth,
};
use crate::source::{Span, Spanned};

/// One step of an offering, as written. What few sessions have stands in boxes, since there are
/// many sessions.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its stable identity; its position, counted from 1, if not written.
    pub id: SessionId,
    /// The whole entry.
    pub span: Span,
    /// Its name, if it has one.
    pub title: Option<String>,
    /// When it takes place.
    pub when: When,
    /// The weekday that staff expect, to catch a date copied from last year.
    pub weekday: Option<Spanned<Weekday>>,
    /// The zone of its times; the catalog's, if absent.
    pub timezone: Option<TimeZone>,
    /// Where it takes place. Several are at once.
    pub places: Vec<Spanned<Venue>>,
    /// How one joins from afar, if one can.
    pub online: Option<Box<Spanned<Online>>>,
    /// Narrower than the offering's roles, if not empty.
    pub roles: Vec<Spanned<RoleId>>,
    /// In addition to the offering's.
    pub facilitators: Vec<Spanned<PersonId>>,
    /// Whether it must be attended, when only some must.
    pub required: Option<bool>,
    /// What became of it.
    pub status: Option<Spanned<SessionStatus>>,
    /// When it was to be.
    pub moved_from: Option<Box<Spanned<MovedFrom>>>,
    /// Where it was to be.
    pub place_was: Option<Box<Spanned<Venue>>>,
    /// Why it moved, was postponed or cancelled.
    pub reason: Option<String>,
    /// A snow or rain date.
    pub backup: Option<Box<Backup>>,
    /// Credit for this session.
    pub credit: Vec<CreditAward>,
    /// How one gets a seat, when each session has its own enrollment.
    pub enroll: Option<Box<Enrollment>>,
    /// What to read or bring.
    pub materials: Vec<Resource>,
    /// Where the recording is.
    pub recording: Option<Box<Spanned<Url>>>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

impl Session {
    /// Its places: its own and those of single days.
    pub fn venues(&self) -> impl Iterator<Item = &Spanned<Venue>> {
        let days = match &self.when {
            When::Days(days) => days.as_slice(),
            _ => &[],
        };
        self.places.iter().chain(days.iter().filter_map(|day| day.place.as_ref()))
    }

    /// The session itself, or the alternatives in its place, which are sessions of their own.
    pub fn leaves(&self) -> Box<dyn Iterator<Item = &Session> + '_> {
        match &self.when {
            When::Alternatives(alternatives) => {
                Box::new(alternatives.iter().flat_map(Session::leaves))
            }
            _ => Box::new(std::iter::once(self)),
        }
    }
}

/// When a session takes place, at the precision that is known.
#[derive(Clone, Debug)]
pub enum When {
    /// On these days, at least one, as written: `date`, `dates` or `meetings`.
    Days(Vec<MeetingDay>),
    /// Again and again; `schedule` makes a session of each.
    Repeat(Box<Recurrence>),
    /// Attend any one of these.
    Alternatives(Vec<Session>),
    /// In this month.
    Month(Spanned<YearMonth>),
    /// In this season of a calendar year.
    Season(Spanned<(Season, i16)>),
    /// Not set yet; what to say instead.
    Unset(String),
}

/// One day of a session.
#[derive(Clone, Debug)]
pub struct MeetingDay {
    /// The day.
    pub date: Spanned<Date>,
    /// Its hours; the whole day, if absent.
    pub time: Option<Spanned<TimeRange>>,
    /// Where, when not where the session is.
    pub place: Option<Spanned<Venue>>,
}

/// A place of the catalog, or one in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Venue {
    /// One of the catalog's places: the text is written as an ID is.
    Place(PlaceId),
    /// In words: `Various locations`.
    Text(Arc<str>),
}

/// How one joins from afar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Online {
    /// By this link.
    Link(Url),
    /// By a link that is sent after enrolling.
    SentLater,
}

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionStatus {
    /// The date may still change.
    Tentative,
    /// It will be on another, unknown day.
    Postponed,
    /// It does not take place.
    Cancelled,
}

/// When a moved session was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedFrom {
    /// The day, with the time if one was written.
    pub moment: Moment,
}

/// A day held free in case the first cannot be.
#[derive(Clone, Debug)]
pub struct Backup {
    /// The day.
    pub date: Spanned<Date>,
    /// Its hours; the session's, if absent.
    pub time: Option<Spanned<TimeRange>>,
}

/// A rule by which a session comes again.
#[derive(Clone, Debug)]
pub struct Recurrence {
    /// From this day on.
    pub from: Spanned<Date>,
    /// The hours of each.
    pub time: Option<Spanned<TimeRange>>,
    /// Counted in what: days, weeks, months.
    pub every: RepeatUnit,
    /// On which day of the week or month; the day of `from`, if absent.
    pub on: Option<RepeatOn>,
    /// When it ends.
    pub end: RepeatEnd,
    /// Days that are left out.
    pub except: Vec<Spanned<Date>>,
    /// Leave out the catalog's closed days, too.
    pub skip_closed: bool,
    /// The whole `repeat` map.
    pub span: Span,
}

/// The step of a recurrence. Its number is at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatUnit {
    /// Every so many days.
    Days(u16),
    /// Every so many weeks.
    Weeks(u16),
    /// Every so many months.
    Months(u16),
}

/// The day of a recurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepeatOn {
    /// `thursday`, or several; for weeks.
    Weekdays(Vec<Weekday>),
    /// `third thursday`, for months: 1 to 4, or -1 for the last.
    NthWeekday(i8, Weekday),
    /// `15`, for months: 1 to 31. A month without that day is left out.
    DayOfMonth(i8),
}

/// When a recurrence ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatEnd {
    /// On this day, included.
    Until(Date),
    /// After so many sessions.
    Count(u16),
}
