//! A session: when, where, how, and what became of it.

use serde::Serialize;

use super::date::{days_in_words, hours, offset};
use super::{
    AddToCalendarView, Asked, CreditView, DateView, Edition, EnrollView, LinkView, MomentView,
    MonthName, ResourceView, Tag,
};
use crate::model::{CohortId, Offering, Online, Place, Season, Session, SessionStatus, Venue};
use crate::schedule::{Group, Meeting, Occurs, ScheduledSession};
use crate::source::Spanned;

/// One step of an offering.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Its ID, which it keeps when it moves.
    pub id: String,
    /// Its anchor on the offering's page: `session.2`, `session.spring.2`.
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
    /// The instant at which it is over.
    pub ends: Option<String>,
    /// Ways to add it to a calendar, while it is to come.
    pub calendar: Option<AddToCalendarView>,
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
    /// The instant at which it starts: `2026-10-01T12:30:00Z`.
    pub starts: String,
    /// The instant at which it is over.
    pub ends: String,
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

/// What a session is seen in.
#[derive(Clone, Copy)]
pub(super) struct Setting<'e, 'a> {
    pub edition: &'e Edition<'a>,
    pub offering: &'a Offering,
    pub cohort: Option<&'a CohortId>,
    /// True when the session is one of several.
    pub several: bool,
}

impl<'e, 'a> Setting<'e, 'a> {
    /// What the sessions of a group are seen in.
    pub(super) fn of_group(
        edition: &'e Edition<'a>,
        offering: &'a Offering,
        group: &Group<'a>,
    ) -> Self {
        let cohort = group.cohort.map(|(id, _)| id);
        Self { edition, offering, cohort, several: group.sessions.len() > 1 }
    }
}

impl SessionView {
    /// A session; `of` is the one of which it is an alternative.
    pub(super) fn new(
        setting: Setting<'_, '_>,
        session: &ScheduledSession<'_>,
        of: Option<&ScheduledSession<'_>>,
        asked: &Asked,
    ) -> Self {
        let Setting { edition, offering, .. } = setting;
        let written = session.written;
        let private = offering.private;
        let meetings: Vec<MeetingView> = asked.then("meetings", || {
            let meetings = session.meetings().iter();
            meetings.map(|one| MeetingView::new(edition, one, written, private)).collect()
        });
        let alternatives = session.alternatives();
        let inner = Setting { several: alternatives.len() > 1, ..setting };
        let alternatives: Vec<SessionView> = alternatives
            .iter()
            .map(|one| SessionView::new(inner, one, Some(session), asked))
            .collect();
        let first_hours = session.meetings().first().and_then(|meeting| meeting.hours);
        let same_hours = session.meetings().iter().all(|meeting| meeting.hours == first_hours);
        Self {
            id: session.id.clone(),
            anchor: anchor(setting.cohort, session),
            number: session.number,
            title: title(setting, session),
            titled: written.title.is_some(),
            when: when(session),
            hours: first_hours.filter(|_| same_hours).map(hours),
            dated: !session.meetings().is_empty(),
            venues: VenueView::all(edition, &written.places, private),
            online: OnlineView::of(edition, written, private),
            mode: mode_of(edition, session),
            roles: written.roles.iter().map(|role| edition.role_link(&role.value)).collect(),
            facilitators: written
                .facilitators
                .iter()
                .map(|person| edition.person_link(&person.value))
                .collect(),
            required: written.required,
            status: status_of(written),
            moved_from: written.moved_from.as_ref().map(|moved| edition.moment(moved.value.moment)),
            place_was: written
                .place_was
                .as_ref()
                .filter(|_| !private)
                .map(|place| VenueView::new(edition, &place.value)),
            reason: written.reason.clone(),
            backup: written.backup.as_ref().and(session.backup()).map(|meeting| MeetingView {
                venues: Vec::new(),
                ..MeetingView::new(edition, meeting, written, private)
            }),
            credit: CreditView::all(edition, &written.credit),
            enroll: written
                .enroll
                .as_ref()
                .map(|enroll| EnrollView::new(edition, offering, enroll, session.bounds())),
            materials: ResourceView::all(edition, &written.materials),
            recording: written
                .recording
                .as_ref()
                .filter(|_| !private)
                .map(|url| edition.addresses.url(&url.value)),
            note: written.note.clone(),
            ends: asked.then("ends", || session.bounds().map(|bounds| bounds.ends.to_string())),
            calendar: asked.then("calendar", || AddToCalendarView::new(setting, session, of)),
            past: session.bounds().is_some_and(|bounds| bounds.ends <= *edition.now),
            meetings,
            alternatives,
        }
    }
}

impl MeetingView {
    /// One day of a session. `private` leaves its place out.
    pub(super) fn new(
        edition: &Edition<'_>,
        meeting: &Meeting<'_>,
        session: &Session,
        private: bool,
    ) -> Self {
        let day = meeting.date.to_string();
        let timed = |instant: &jiff::ZonedDateTime| match meeting.hours {
            Some(_) => offset(instant),
            None => day.clone(),
        };
        let own = meeting
            .own_place
            .filter(|_| !private)
            .map(|place| VenueView::new(edition, &place.value));
        Self {
            date: DateView::new(meeting.date),
            hours: meeting.hours.map(hours),
            zone: session
                .timezone
                .as_ref()
                .filter(|zone| *zone != edition.zone())
                .map(|_| meeting.starts.strftime("%Z").to_string()),
            start: timed(&meeting.starts),
            end: timed(&meeting.ends),
            starts: meeting.starts.timestamp().to_string(),
            ends: meeting.ends.timestamp().to_string(),
            venues: own.into_iter().collect(),
            past: meeting.ends.timestamp() <= *edition.now,
        }
    }
}

impl VenueView {
    /// A place, with its page if the catalog has it.
    pub(super) fn new(edition: &Edition<'_>, venue: &Venue) -> Self {
        let place = match venue {
            Venue::Place(id) => edition.catalog.places.get(id),
            Venue::Text(_) => None,
        };
        match (place, venue) {
            (Some(place), _) => Self::of_place(edition, place),
            (None, Venue::Place(id)) => Self::in_words(id.as_str()),
            (None, Venue::Text(text)) => Self::in_words(text),
        }
    }

    /// A place of the catalog.
    pub fn of_place(edition: &Edition<'_>, place: &Place) -> Self {
        Self {
            id: place.id.to_string(),
            name: place.name.value.clone(),
            href: Some(edition.place_link(&place.id).href.clone()),
            address: place.address.clone(),
            room: place.room.clone(),
            online: place.online,
        }
    }

    fn in_words(name: &str) -> Self {
        Self {
            id: String::new(),
            name: name.to_owned(),
            href: None,
            address: None,
            room: None,
            online: false,
        }
    }

    /// All places of a session; none of a private one.
    pub(super) fn all<'s>(
        edition: &Edition<'_>,
        places: impl IntoIterator<Item = &'s Spanned<Venue>>,
        private: bool,
    ) -> Vec<Self> {
        let shown = places.into_iter().filter(|_| !private);
        shown.map(|place| Self::new(edition, &place.value)).collect()
    }
}

impl OnlineView {
    pub(super) fn of(edition: &Edition<'_>, session: &Session, private: bool) -> Option<Self> {
        let online = session.online.as_ref()?;
        Some(match &online.value {
            Online::Link(url) if !private => {
                Self { href: Some(edition.addresses.url(url)), text: "Join online".to_owned() }
            }
            Online::Link(_) | Online::SentLater => {
                Self { href: None, text: "Link sent after enrolling".to_owned() }
            }
        })
    }
}

/// `session.2`, `session.spring.2`
pub(super) fn anchor(cohort: Option<&CohortId>, session: &ScheduledSession<'_>) -> String {
    match cohort {
        Some(cohort) => format!("session.{cohort}.{}", session.id),
        None => format!("session.{}", session.id),
    }
}

/// As written, or `Session 2` when there are several, or the offering's.
pub(super) fn title(setting: Setting<'_, '_>, session: &ScheduledSession<'_>) -> String {
    match &session.written.title {
        Some(title) => title.clone(),
        None if setting.several => format!("Session {}", session.number),
        None => setting.offering.title.value.clone(),
    }
}

pub(super) fn when(session: &ScheduledSession<'_>) -> String {
    match &session.occurs {
        Occurs::Meetings(meetings) => days_in_words(meetings.iter().map(|meeting| meeting.date)),
        Occurs::Alternatives(alternatives) => format!("One of {} dates", alternatives.len()),
        Occurs::Month(month) => MonthName::new(*month).text,
        Occurs::Season(season, year) => season_in_words(*season, *year),
        Occurs::Unset(text) => (*text).to_owned(),
    }
}

/// `Fall 2026`
pub(super) fn season_in_words(season: Season, year: i16) -> String {
    let word = match season {
        Season::Winter => "Winter",
        Season::Spring => "Spring",
        Season::Summer => "Summer",
        Season::Fall => "Fall",
    };
    format!("{word} {year}")
}

/// The state of a session that has one, or that moved.
pub(super) fn status_of(session: &Session) -> Option<Tag> {
    Some(match session.status.as_ref().map(|status| status.value) {
        Some(SessionStatus::Tentative) => Tag { id: "tentative", word: "Tentative" },
        Some(SessionStatus::Postponed) => Tag { id: "postponed", word: "Postponed" },
        Some(SessionStatus::Cancelled) => Tag { id: "cancelled", word: "Cancelled" },
        None if session.moved_from.is_some() => Tag { id: "moved", word: "Moved" },
        None if session.place_was.is_some() => Tag { id: "moved", word: "New place" },
        None => return None,
    })
}

/// How a session meets; for one with alternatives, how they do together.
pub(super) fn mode_of(edition: &Edition<'_>, session: &ScheduledSession<'_>) -> Option<Tag> {
    mode(session.leaves().flat_map(|leaf| ways(edition, leaf.written)))
}

/// How one meets, by the ways in which one can take part.
pub(super) fn mode(ways: impl Iterator<Item = Way>) -> Option<Tag> {
    let (mut here, mut afar) = (false, false);
    for way in ways {
        match way {
            Way::InPerson => here = true,
            Way::Online => afar = true,
        }
    }
    match (here, afar) {
        (true, true) => Some(Tag { id: "hybrid", word: "In person and online" }),
        (true, false) => Some(Tag { id: "in-person", word: "In person" }),
        (false, true) => Some(Tag { id: "online", word: "Online" }),
        (false, false) => None,
    }
}

/// A way of taking part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    InPerson,
    Online,
}

/// The ways of one session: by its places, some of which are online rooms, and by its link.
pub(super) fn ways<'s>(
    edition: &'s Edition<'_>,
    session: &'s Session,
) -> impl Iterator<Item = Way> + 's {
    let by_place = session.venues().map(|venue| match &venue.value {
        Venue::Place(id) if edition.catalog.places.get(id).is_some_and(|place| place.online) => {
            Way::Online
        }
        Venue::Place(_) | Venue::Text(_) => Way::InPerson,
    });
    by_place.chain(session.online.iter().map(|_| Way::Online))
}
