//! Sessions in the order of time: agendas and calendar months.

use serde::Serialize;

use super::{DateView, LinkView, MeetingView, MomentView, MonthName, OnlineView, Tag, VenueView};

/// One day of one session, in an agenda.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaEntry {
    /// The day and hours.
    pub meeting: MeetingView,
    /// The offering, its `href` leading to the session on the offering's page.
    pub offering: LinkView,
    /// The session's own name; absent when it has none, or is the only one.
    pub session: Option<String>,
    /// `Day 2 of 2`, for a session of several days; absent otherwise.
    pub day_of: Option<String>,
    /// `one of 3 dates`, for an alternative; absent otherwise.
    pub choice: Option<String>,
    /// The cohort's name.
    pub cohort: Option<String>,
    /// What kind the offering is.
    pub kind: LinkView,
    /// For whom, in words.
    pub audience: String,
    /// How it meets.
    pub mode: Option<Tag>,
    /// Where.
    pub venues: Vec<VenueView>,
    /// How one joins from afar.
    pub online: Option<OnlineView>,
    /// Everyone of the roles attends.
    pub required: bool,
    /// See [`SessionView::status`](super::SessionView::status).
    pub status: Option<Tag>,
    /// When it was to be, to be struck through.
    pub moved_from: Option<MomentView>,
    /// Where it was to be, to be struck through.
    pub place_was: Option<VenueView>,
    /// Why it moved or was cancelled.
    pub reason: Option<String>,
    /// This is the snow date of the session, and not its day.
    pub backup: bool,
}

/// A session without a day, in the agenda of the month or season in which it will be.
#[derive(Clone, Debug, Serialize)]
pub struct UndatedEntry {
    /// The offering, its `href` leading to the session on the offering's page.
    pub offering: LinkView,
    /// The session's name.
    pub session: Option<String>,
    /// The cohort's name.
    pub cohort: Option<String>,
    /// `March 2027`, `Spring 2027`
    pub when: String,
    /// What kind the offering is.
    pub kind: LinkView,
    /// See [`SessionView::status`](super::SessionView::status).
    pub status: Option<Tag>,
}

/// A day and all that is on it.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaDay {
    /// The day.
    pub date: DateView,
    /// Why nothing is scheduled, if it is a closed day.
    pub closed: Option<String>,
    /// Over at the moment of building.
    pub past: bool,
    /// What is on it.
    pub entries: Vec<AgendaEntry>,
}

/// A month and its days.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaMonth {
    /// The month.
    pub month: MonthName,
    /// Its own page.
    pub href: String,
    /// Its days that have something.
    pub days: Vec<AgendaDay>,
    /// What is in this month on a day not known yet.
    pub undated: Vec<UndatedEntry>,
}

/// A day in the table of a month.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarCell {
    /// The day.
    pub date: DateView,
    /// False for the days before the first and after the last.
    pub in_month: bool,
    /// The day of building.
    pub today: bool,
    /// Over at the moment of building.
    pub past: bool,
    /// Why nothing is scheduled, if it is a closed day.
    pub closed: Option<String>,
    /// What is on it.
    pub entries: Vec<AgendaEntry>,
}
