//! A session: when, where, how, and what became of it.

use serde::Serialize;

use super::{CreditView, DateView, EnrollView, LinkView, MomentView, ResourceView, Tag};

/// One step of an offering.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Its anchor on the offering's page: `session-2`, `session-spring-2`.
    pub anchor: String,
    /// Its position, from 1.
    pub number: usize,
    /// Its name: as written, or `Session 2` when there are several, or the offering's.
    pub title: String,
    /// True when `title` was written by staff.
    pub titled: bool,
    /// Its days, in order. Empty when it has none yet, or only alternatives.
    pub meetings: Vec<MeetingView>,
    /// Attend any one of these.
    pub alternatives: Vec<SessionView>,
    /// When it is, in words, whatever is known: `Thursday, October 1, 2026`,
    /// `October 27 and 28, 2026`, `March 2027`, `Fall 2026`, `Date to be announced`.
    pub when: String,
    /// Its hours in words, when they are the same on all days: `8:30 AM to 4:00 PM`.
    pub hours: Option<String>,
    /// True when it has a day.
    pub dated: bool,
    /// Where.
    pub venues: Vec<VenueView>,
    /// How one joins from afar.
    pub online: Option<OnlineView>,
    /// `in-person` / `In person`, `online` / `Online`, `hybrid` / `In person and online`.
    pub mode: Option<Tag>,
    /// For whom, when narrower than the offering.
    pub roles: Vec<LinkView>,
    /// Who leads it, besides the offering's facilitators.
    pub facilitators: Vec<LinkView>,
    /// `true` when it must be attended though others need not, `false` for the reverse.
    pub required: Option<bool>,
    /// `tentative` / `Tentative`, `postponed` / `Postponed`, `cancelled` / `Cancelled`; also
    /// `moved` / `Moved` for one that has a `moved_from` and no other status.
    pub status: Option<Tag>,
    /// When it was to be, to be struck through.
    pub moved_from: Option<MomentView>,
    /// Where it was to be, to be struck through.
    pub place_was: Option<VenueView>,
    /// Why.
    pub reason: Option<String>,
    /// The snow date.
    pub backup: Option<MeetingView>,
    /// Credit for this session.
    pub credit: Vec<CreditView>,
    /// How one gets a seat, when each session has its own enrollment.
    pub enroll: Option<EnrollView>,
    /// What to read or bring.
    pub materials: Vec<ResourceView>,
    /// The address of the recording.
    pub recording: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// Over at the moment of building.
    pub past: bool,
}

/// One day of a session.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingView {
    /// The day.
    pub date: DateView,
    /// `8:30 AM to 4:00 PM`; absent for the whole day.
    pub hours: Option<String>,
    /// The zone's short name, when it is not the catalog's: `CST`.
    pub zone: Option<String>,
    /// For `<time datetime>`: `2026-10-01T08:30:00-04:00`, or the day alone for the whole day.
    pub start: String,
    /// Likewise the end; the day itself for the whole day.
    pub end: String,
    /// Where, when not where the session is.
    pub venues: Vec<VenueView>,
    /// Over at the moment of building.
    pub past: bool,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VenueView {
    /// The ID; empty for a place in words.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page; absent for a place in words.
    pub href: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Room.
    pub room: Option<String>,
    /// An online room.
    pub online: bool,
}

/// How one joins from afar.
#[derive(Clone, Debug, Serialize)]
pub struct OnlineView {
    /// The address; absent when the link is sent after enrolling, or is private.
    pub href: Option<String>,
    /// `Join online`, `Link sent after enrolling`.
    pub text: String,
}
