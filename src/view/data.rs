//! The data of an offering as other programs read it: `/api/v1/offerings/ID.json`.
//!
//! What a page leaves out of a private offering is left out here, since this is made of the same
//! views.

use serde::Serialize;

use super::address::offering_path;
use super::offering::{is_required, session_views};
use super::{
    CardView, CreditView, Edition, MeetingView, SessionView, StateView, VenueView, WayView,
};
use crate::schedule::OfferingSchedule;

/// An offering and its schedule.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// At most 240 characters.
    pub summary: String,
    /// The ID of its kind.
    pub kind: String,
    /// The IDs of the roles that it is for.
    pub roles: Vec<String>,
    /// Its program year: `2026-27`.
    pub year: Option<String>,
    /// Everyone of its roles attends.
    pub required: bool,
    /// Rooms and links are left out.
    pub private: bool,
    /// It does not take place.
    pub cancelled: bool,
    /// What decides the state of its enrollment; see [`StateView`].
    pub enrollment: WayView,
    /// Credit for the whole.
    pub credit: Vec<CreditData>,
    /// What is to be chosen from; one without a name when there is nothing to choose.
    pub cohorts: Vec<CohortData>,
}

/// A cohort, or all sessions of an offering that has none.
#[derive(Clone, Debug, Serialize)]
pub struct CohortData {
    /// Its ID; absent when the offering has no cohorts.
    pub id: Option<String>,
    /// Its name.
    pub title: Option<String>,
    /// What decides the state of its enrollment.
    pub enrollment: WayView,
    /// Its sessions.
    pub sessions: Vec<SessionData>,
}

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The absolute address of its place on the page.
    pub url: String,
    /// When it is, in words.
    pub when: String,
    /// `tentative`, `postponed`, `cancelled`, `moved`
    pub status: Option<&'static str>,
    /// Where, in words.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// Its days. None when they are not known yet, or it has alternatives.
    pub meetings: Vec<MeetingData>,
    /// Attend one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<SessionData>,
    /// Credit for this session alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credit: Vec<CreditData>,
}

/// One day of a session.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingData {
    /// In words: `Thursday, October 1, 2026`.
    pub day: String,
    /// `8:30 AM to 4:00 PM`; absent for the whole day.
    pub hours: Option<String>,
    /// Its start with its offset, or the day for the whole day.
    pub start: String,
    /// Its end, likewise.
    pub end: String,
    /// The instant at which it starts.
    pub starts: String,
    /// The instant at which it is over.
    pub ends: String,
}

/// Credit.
#[derive(Clone, Debug, Serialize)]
pub struct CreditData {
    /// The ID of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `Act 48`
    pub name: String,
    /// How much, in hundredths of the unit, so that sums are exact.
    pub hundredths: u32,
    /// `hours`
    pub unit: String,
    /// Not yet approved.
    pub pending: bool,
}

impl OfferingData {
    /// The data of an offering.
    pub fn new(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        let card = CardView::new(edition, schedule);
        let url = edition.addresses.absolute(&offering_path(&offering.id));
        let mut cohorts: Vec<CohortData> = Vec::new();
        for group in &schedule.groups {
            let enroll = group.cohort.and_then(|(_, cohort)| cohort.enroll.as_ref());
            let enroll = enroll.or(offering.enroll.as_ref());
            let sessions = session_views(edition, offering, group);
            cohorts.push(CohortData {
                id: group.cohort.map(|(id, _)| id.to_string()),
                title: group.cohort.map(|(_, cohort)| cohort.title.value.clone()),
                enrollment: StateView::new(edition, offering, enroll, group.bounds()).way,
                sessions: sessions.iter().map(|session| SessionData::new(session, &url)).collect(),
            });
        }
        Self {
            id: card.id,
            title: card.title,
            url,
            summary: card.summary,
            kind: card.kind.id,
            roles: card.roles.into_iter().map(|role| role.id).collect(),
            year: card.year,
            required: is_required(edition, offering),
            private: offering.private,
            cancelled: card.cancelled,
            enrollment: card.state.way,
            credit: CreditData::all(&card.credit),
            cohorts,
        }
    }
}

impl SessionData {
    fn new(session: &SessionView, page: &str) -> Self {
        let alternatives = session.alternatives.iter();
        Self {
            id: session.id.clone(),
            title: session.title.clone(),
            url: format!("{page}#{}", session.anchor),
            when: session.when.clone(),
            status: session.status.as_ref().map(|status| status.id),
            place: place(session),
            meetings: session.meetings.iter().map(MeetingData::new).collect(),
            alternatives: alternatives.map(|one| Self::new(one, page)).collect(),
            credit: CreditData::all(&session.credit),
        }
    }
}

/// Where a session is, in words.
fn place(session: &SessionView) -> Option<String> {
    let name = |venue: &VenueView| match &venue.room {
        Some(room) => format!("{}, {room}", venue.name),
        None => venue.name.clone(),
    };
    let mut names: Vec<String> = session.venues.iter().map(name).collect();
    names.extend(session.online.as_ref().map(|_| "Online".to_owned()));
    names.dedup();
    (!names.is_empty()).then(|| names.join(" and "))
}

impl MeetingData {
    fn new(meeting: &MeetingView) -> Self {
        Self {
            day: meeting.date.long.clone(),
            hours: meeting.hours.clone(),
            start: meeting.start.clone(),
            end: meeting.end.clone(),
            starts: meeting.starts.clone(),
            ends: meeting.ends.clone(),
        }
    }
}

impl CreditData {
    fn all(credit: &[CreditView]) -> Vec<Self> {
        credit.iter().map(Self::new).collect()
    }

    fn new(credit: &CreditView) -> Self {
        Self {
            kind: credit.id.clone(),
            name: credit.name.clone(),
            hundredths: credit.hundredths,
            unit: credit.unit.clone(),
            pending: credit.pending,
        }
    }
}
