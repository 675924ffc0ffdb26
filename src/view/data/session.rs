//! A session and its days as data.

use jiff::ZonedDateTime;
use serde::Serialize;

use super::parts::{CreditData, EnrollData, MomentData, OnlineData, ResourceData, VenueData};
use crate::model::Offering;
use crate::schedule::{Group, Meeting, Occurs, ScheduledSession};
use crate::view::address::offering_path;
use crate::view::calendar::{backup_uid, meeting_uid, session_key};
use crate::view::date::{hours, offset};
use crate::view::session::{Setting, anchor, mode_of, status_of, title, when};
use crate::view::{DateView, Edition, OnlineView, VenueView, zone_name};

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionData {
    /// The ID of its offering.
    pub offering: String,
    /// The ID of its cohort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// Its ID, unique in its cohort or offering.
    pub id: String,
    /// Its identity in the whole catalog, which it keeps when it moves: what stands before the `@`
    /// in the UID of its first day. `self-as-core.spring.2`
    pub key: String,
    /// Its position, from 1.
    pub number: usize,
    /// Its name.
    pub title: String,
    /// The absolute address of its place on the page.
    pub url: String,
    /// When it is, in words.
    pub when: String,
    /// Where, in words.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `tentative`, `postponed`, `cancelled`, `moved`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Its days, in the order of time. Empty when they are not known yet, or it has alternatives.
    pub meetings: Vec<MeetingData>,
    /// Attend one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<SessionData>,
    /// The month, when no more is known: `2027-03`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// The season, when no more is known: `fall 2026`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<String>,
    /// When it was to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<MomentData>,
    /// Where it was to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_was: Option<VenueData>,
    /// Why it moved, was postponed or cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A day that is held free in case the first cannot be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup: Option<MeetingData>,
    /// `in-person`, `online`, `hybrid`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Where; none of a private offering.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<VenueData>,
    /// How one joins from afar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub online: Option<OnlineData>,
    /// The IDs of its roles, when narrower than the offering's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The IDs of those who lead it besides the offering's facilitators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facilitators: Vec<String>,
    /// `true` when it must be attended though others need not, `false` for the reverse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Credit for this session alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credit: Vec<CreditData>,
    /// How one gets a seat, when each session has its own enrollment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enroll: Option<EnrollData>,
    /// What to read or bring.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<ResourceData>,
    /// The address of the recording.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// Anything else worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One day of a session.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingData {
    /// The UID of its event in every calendar.
    pub uid: String,
    /// The day.
    pub date: String,
    /// In words: `Thursday, October 1, 2026`.
    pub day: String,
    /// `8:30 AM to 4:00 PM`; absent for the whole day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Its start with its offset, or the day for the whole day.
    pub start: String,
    /// Its end, likewise; of a whole day the day itself.
    pub end: String,
    /// The instant at which it starts.
    pub starts: String,
    /// The instant at which it is over.
    pub ends: String,
    /// The IANA name of its zone, when it is not the catalog's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Where, when not where the session is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<VenueData>,
}

impl SessionData {
    /// All sessions of a group.
    pub(super) fn of_group(
        edition: &Edition<'_>,
        offering: &Offering,
        group: &Group<'_>,
    ) -> Vec<Self> {
        let setting = Setting::of_group(edition, offering, group);
        group.sessions.iter().map(|session| Self::new(setting, session, None)).collect()
    }

    /// A session. An alternative without a name has that of the session of which it is one.
    fn new(setting: Setting<'_, '_>, session: &ScheduledSession<'_>, of: Option<&str>) -> Self {
        let Setting { edition, offering, cohort, .. } = setting;
        let written = session.written;
        let private = offering.private;
        let places = VenueData::all(edition, &written.places, private);
        let online = OnlineView::of(edition, written, private);
        let title = match of.filter(|_| written.title.is_none()) {
            Some(title) => title.to_owned(),
            None => title(setting, session),
        };
        let alternatives = session.alternatives().iter();
        let path = format!("{}#{}", offering_path(&offering.id), anchor(cohort, session));
        let (month, season) = match &session.occurs {
            Occurs::Month(month) => (Some(month.to_string()), None),
            Occurs::Season(season, year) => (None, Some(format!("{} {year}", season.word()))),
            _ => (None, None),
        };
        let meetings = session.meetings().iter();
        Self {
            offering: offering.id.to_string(),
            cohort: cohort.map(ToString::to_string),
            id: session.id.clone(),
            key: session_key(&offering.id, cohort, session),
            number: session.number,
            url: edition.addresses.absolute(&path),
            when: when(session),
            place: place(&places, online.is_some()),
            status: status_of(written).map(|status| status.id),
            meetings: meetings.map(|day| MeetingData::new(setting, session, day, false)).collect(),
            alternatives: alternatives.map(|one| Self::new(setting, one, Some(&title))).collect(),
            month,
            season,
            moved_from: written
                .moved_from
                .as_ref()
                .map(|moved| MomentData::new(edition, moved.value.moment)),
            place_was: written
                .place_was
                .as_ref()
                .filter(|_| !private)
                .map(|place| VenueView::new(edition, &place.value).into()),
            reason: written.reason.clone(),
            backup: session.backup().map(|day| MeetingData::new(setting, session, day, true)),
            mode: mode_of(edition, session).map(|mode| mode.id),
            places,
            online: online.map(|online| OnlineData {
                url: online.href.map(|href| edition.addresses.absolute_href(&href)),
            }),
            roles: written.roles.iter().map(|role| role.value.to_string()).collect(),
            facilitators: written.facilitators.iter().map(|one| one.value.to_string()).collect(),
            required: written.required,
            credit: CreditData::all(edition, &written.credit),
            enroll: written.enroll.as_ref().map(|one| EnrollData::new(edition, offering, one)),
            materials: ResourceData::all(edition, &written.materials),
            recording: written
                .recording
                .as_ref()
                .filter(|_| !private)
                .map(|url| edition.addresses.absolute_url(&url.value)),
            note: written.note.clone(),
            title,
        }
    }
}

/// Where a session is, in words.
fn place(places: &[VenueData], online: bool) -> Option<String> {
    let mut names: Vec<String> = places.iter().map(VenueData::in_words).collect();
    names.extend(online.then(|| "Online".to_owned()));
    names.dedup();
    (!names.is_empty()).then(|| names.join(" and "))
}

impl MeetingData {
    fn new(
        setting: Setting<'_, '_>,
        session: &ScheduledSession<'_>,
        meeting: &Meeting<'_>,
        backup: bool,
    ) -> Self {
        let Setting { edition, offering, cohort, .. } = setting;
        let date = meeting.date.to_string();
        let timed = |instant: &ZonedDateTime| match meeting.hours {
            Some(_) => offset(instant),
            None => date.clone(),
        };
        let zone = session.written.timezone.as_ref().filter(|zone| *zone != edition.zone());
        Self {
            uid: if backup {
                backup_uid(edition, offering, cohort, session)
            } else {
                meeting_uid(edition, offering, cohort, session, meeting)
            },
            day: DateView::new(meeting.date).long,
            hours: meeting.hours.map(hours),
            start: timed(&meeting.starts),
            end: timed(&meeting.ends),
            starts: meeting.starts.timestamp().to_string(),
            ends: meeting.ends.timestamp().to_string(),
            timezone: zone.map(|zone| zone_name(zone).to_owned()),
            places: VenueData::all(edition, meeting.own_place, offering.private),
            date,
        }
    }
}
