//! The days of an offering as events.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};

use super::{AccessNotes, CalendarEvent, EventSpan, EventStatus, Paragraph};
use crate::model::{
    Cohort, CohortId, Enrollment, Offering, OfferingId, Online, PlaceId, ProgramYear,
    SessionStatus, Url, Venue, YearStart,
};
use crate::schedule::{Meeting, Occurs, OfferingSchedule, ScheduledSession};
use crate::view::address::offering_path;
use crate::view::enrollment::window_of;
use crate::view::session::{Setting, anchor, title};
use crate::view::{DateView, Edition};

/// An event, and what decides in which calendars it stands.
pub struct Listed<'a> {
    /// The event.
    pub event: Arc<CalendarEvent>,
    /// The session; of several alternatives, the one.
    pub session: &'a ScheduledSession<'a>,
    /// The day.
    pub meeting: &'a Meeting<'a>,
}

/// The events of an offering, group by group, session by session, day by day.
///
/// One that does not take place is left out when its day is more than a year ago.
pub fn events<'a>(
    edition: &Edition<'a>,
    schedule: &'a OfferingSchedule<'a>,
    access: &BTreeMap<&'a PlaceId, Arc<AccessNotes>>,
) -> Vec<Listed<'a>> {
    let offering = schedule.offering;
    let words = OfferingWords::new(edition, schedule);
    let mut listed = Vec::new();
    for group in &schedule.groups {
        let several = group.sessions.len() > 1;
        let cohort_enroll = group.cohort.and_then(|(_, cohort)| cohort.enroll.as_ref());
        let enroll = cohort_enroll.map(|enroll| how_to_enroll(edition, enroll));
        let standing = |session, of| Standing {
            edition,
            words: &words,
            offering,
            cohort: group.cohort,
            enroll: enroll.clone().or_else(|| words.enroll.clone()),
            several,
            session,
            of,
        };
        for session in &group.sessions {
            match &session.occurs {
                Occurs::Alternatives(alternatives) => {
                    for one in alternatives {
                        standing(one, Some(session)).events(access, &mut listed);
                    }
                }
                _ => standing(session, None).events(access, &mut listed),
            }
        }
    }
    listed
}

/// Whether a day stands in the calendars of more than its own offering: from the first day of the
/// present program year on.
pub fn is_listed(edition: &Edition<'_>, meeting: &Meeting<'_>) -> bool {
    meeting.date >= edition.year.first_day(edition.settings().year_starts)
}

/// Whether a session has a file of its own: it has a day in the present program year or later.
pub fn has_event_file(edition: &Edition<'_>, session: &ScheduledSession<'_>) -> bool {
    let to_come = |meeting: &Meeting<'_>| {
        is_listed(edition, meeting) || meeting.ends.timestamp() > *edition.now
    };
    session.meetings().iter().any(to_come)
}

/// What all events of an offering share.
struct OfferingWords {
    summary: Arc<str>,
    enroll: Option<Arc<str>>,
    categories: Arc<[String]>,
    year: Option<ProgramYear>,
    page: String,
}

impl OfferingWords {
    fn new(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        let kind = edition.kind_link(&offering.kind.value).title.clone();
        let topics = offering.topics.iter().map(|id| edition.topic_link(&id.value).title.clone());
        let enroll = offering.enroll.as_ref();
        Self {
            summary: offering.summary.value.as_str().into(),
            enroll: enroll.map(|one| how_to_enroll(edition, one)),
            categories: std::iter::once(kind).chain(topics).collect(),
            year: schedule.year,
            page: edition.addresses.absolute(&offering_path(&offering.id)),
        }
    }
}

/// The window in words that stay true, and where.
fn how_to_enroll(edition: &Edition<'_>, enroll: &Enrollment) -> Arc<str> {
    let address = edition.addresses.absolute_url(&enroll.url.value);
    format!("{}\n{address}", window_of(edition, enroll)).into()
}

/// A session, and what it stands in.
struct Standing<'s, 'a> {
    edition: &'s Edition<'a>,
    words: &'s OfferingWords,
    offering: &'a Offering,
    cohort: Option<(&'a CohortId, &'a Cohort)>,
    enroll: Option<Arc<str>>,
    several: bool,
    session: &'a ScheduledSession<'a>,
    /// The session of which it is an alternative.
    of: Option<&'a ScheduledSession<'a>>,
}

/// What became of a session, also by its offering and by the session of which it is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    On,
    Tentative,
    Postponed,
    Cancelled,
}

impl<'a> Standing<'_, 'a> {
    fn events(
        &self,
        access: &BTreeMap<&'a PlaceId, Arc<AccessNotes>>,
        listed: &mut Vec<Listed<'a>>,
    ) {
        let meetings = self.session.meetings();
        for (index, meeting) in meetings.iter().enumerate() {
            if self.stays(meeting) {
                let day = (meetings.len() > 1).then_some((index + 1, meetings.len()));
                let event = Arc::new(self.event(meeting, day, access));
                listed.push(Listed { event, session: self.session, meeting });
            }
        }
        // A backup date on which the session now is has done its work.
        let used = |backup: &Meeting<'_>| meetings.iter().any(|one| one.date == backup.date);
        if let Some(backup) = self.session.backup()
            && !meetings.is_empty()
            && !used(backup)
            && self.stays(backup)
        {
            let event = Arc::new(self.backup(backup));
            listed.push(Listed { event, session: self.session, meeting: backup });
        }
    }

    fn fate(&self) -> Fate {
        if self.offering.cancelled.is_some() {
            return Fate::Cancelled;
        }
        let status =
            |session: &ScheduledSession<'_>| session.written.status.as_ref().map(|s| s.value);
        match status(self.session).or_else(|| self.of.and_then(status)) {
            None => Fate::On,
            Some(SessionStatus::Tentative) => Fate::Tentative,
            Some(SessionStatus::Postponed) => Fate::Postponed,
            Some(SessionStatus::Cancelled) => Fate::Cancelled,
        }
    }

    /// One that does not take place stays for a year, so that everyone's calendar hears of it.
    fn stays(&self, meeting: &Meeting<'_>) -> bool {
        matches!(self.fate(), Fate::On | Fate::Tentative)
            || in_a_year(meeting.date) >= self.edition.today
    }

    fn event(
        &self,
        meeting: &Meeting<'a>,
        day: Option<(usize, usize)>,
        access: &BTreeMap<&'a PlaceId, Arc<AccessNotes>>,
    ) -> CalendarEvent {
        let fate = self.fate();
        let prefix = match fate {
            Fate::On => "",
            Fate::Tentative => "Tentative: ",
            Fate::Postponed => "Postponed: ",
            Fate::Cancelled => "Cancelled: ",
        };
        let cohort = self.cohort.map(|(id, _)| id);
        let uid = meeting_uid(self.edition, self.offering, cohort, self.session, meeting);
        let mut description = self.news(fate);
        description.push(Paragraph::Shared(Arc::clone(&self.words.summary)));
        description.extend(self.session.written.note.clone().map(Paragraph::Own));
        let (location, conference) = self.whereabouts(meeting, &mut description);
        if !self.offering.private {
            let ids = meeting.places.iter().filter_map(|venue| match &venue.value {
                Venue::Place(id) => Some(id),
                Venue::Text(_) => None,
            });
            let notes = ids.filter_map(|id| access.get(id));
            description.extend(notes.map(|notes| Paragraph::Access(Arc::clone(notes))));
        }
        self.close(&mut description);
        let status = match fate {
            Fate::On => EventStatus::Confirmed,
            Fate::Tentative => EventStatus::Tentative,
            Fate::Postponed | Fate::Cancelled => EventStatus::Cancelled,
        };
        self.made(
            meeting,
            uid,
            fate,
            CalendarEvent {
                summary: format!("{prefix}{}", self.name(day)),
                location,
                description,
                conference,
                status,
                busy: fate == Fate::On,
                ..self.blank(meeting)
            },
        )
    }

    /// The day that is held free in case the first cannot be.
    fn backup(&self, meeting: &Meeting<'a>) -> CalendarEvent {
        let fate = self.fate();
        let off = fate == Fate::Cancelled;
        let prefix = if off { "Cancelled: backup date" } else { "Backup date" };
        let days: Vec<String> =
            self.session.meetings().iter().map(|day| DateView::new(day.date).text).collect();
        let mut description = vec![Paragraph::Own(format!(
            "This day is held free in case the session of {} cannot take place.",
            days.join(", ")
        ))];
        description.extend(self.news(fate));
        self.close(&mut description);
        self.made(
            meeting,
            backup_uid(self.edition, self.offering, self.cohort.map(|(id, _)| id), self.session),
            fate,
            CalendarEvent {
                summary: format!("{prefix}: {}", self.name(None)),
                description,
                status: if off { EventStatus::Cancelled } else { EventStatus::Tentative },
                busy: false,
                ..self.blank(meeting)
            },
        )
    }

    /// An event that says nothing yet.
    fn blank(&self, meeting: &Meeting<'_>) -> CalendarEvent {
        CalendarEvent {
            uid: String::new(),
            sequence: 0,
            revised: Timestamp::UNIX_EPOCH,
            span: span_of(meeting),
            summary: String::new(),
            location: None,
            description: Vec::new(),
            url: format!("{}#{}", self.words.page, self.anchor()),
            conference: None,
            categories: Arc::clone(&self.words.categories),
            status: EventStatus::Confirmed,
            busy: true,
            lines: OnceLock::new(),
        }
    }

    /// The event with its identity and what is recorded of its changes.
    fn made(
        &self,
        meeting: &Meeting<'_>,
        uid: String,
        fate: Fate,
        event: CalendarEvent,
    ) -> CalendarEvent {
        let written = self.session.written;
        let parent = self.of.map(|of| of.written);
        let moved =
            written.moved_from.is_some() || parent.is_some_and(|of| of.moved_from.is_some());
        let placed = written.place_was.is_some() || parent.is_some_and(|of| of.place_was.is_some());
        let sequence = sequence(&[
            (placed, PLACED),
            (fate == Fate::Postponed, POSTPONED),
            (fate == Fate::Cancelled, CANCELLED),
            (moved, MOVED),
        ]);
        let starts = self.edition.settings().year_starts;
        let year = self.words.year.unwrap_or_else(|| ProgramYear::of(meeting.date, starts));
        CalendarEvent { uid, sequence, revised: revised(year, starts, sequence), ..event }
    }

    fn anchor(&self) -> String {
        anchor(self.cohort.map(|(id, _)| id), self.session)
    }

    /// `Self as Core: Where we come from (Fall cohort, day 1 of 2)`
    fn name(&self, day: Option<(usize, usize)>) -> String {
        let named = match self.of {
            Some(of) if self.session.written.title.is_none() => of,
            _ => self.session,
        };
        let setting = Setting {
            edition: self.edition,
            offering: self.offering,
            cohort: self.cohort.map(|(id, _)| id),
            several: self.several,
        };
        let mut name = self.offering.title.value.clone();
        let own = title(setting, named);
        if own != name {
            name.push_str(": ");
            name.push_str(&own);
        }
        let mut more: Vec<String> = Vec::new();
        more.extend(self.cohort.map(|(_, cohort)| cohort.title.value.clone()));
        let choices = self.of.map_or(0, |of| of.alternatives().len());
        if choices > 1 {
            more.push(format!("one of {choices} dates"));
        }
        more.extend(day.map(|(number, of)| format!("day {number} of {of}")));
        if !more.is_empty() {
            name.push_str(&format!(" ({})", more.join(", ")));
        }
        name
    }

    /// What became of it, first of all.
    fn news(&self, fate: Fate) -> Vec<Paragraph> {
        let written = self.session.written;
        let mut news: Vec<String> = Vec::new();
        match fate {
            Fate::On => {}
            Fate::Tentative => news.push("This date may still change.".to_owned()),
            Fate::Postponed => news.push("Postponed. The new date is not set yet.".to_owned()),
            Fate::Cancelled => news.push("Cancelled.".to_owned()),
        }
        if let Some(moved) = &written.moved_from {
            news.push(format!("Moved from {}.", self.edition.moment(moved.value.moment).text));
        }
        if let Some(place) = written.place_was.as_ref().filter(|_| !self.offering.private) {
            news.push(format!("Was to be at {}.", self.place_name(&place.value)));
        }
        news.extend(written.reason.clone());
        let note = self.offering.cancelled.as_ref().and_then(|cancelled| cancelled.note.clone());
        news.extend(note);
        if news.is_empty() { Vec::new() } else { vec![Paragraph::Own(news.join(" "))] }
    }

    fn place_name<'v>(&'v self, venue: &'v Venue) -> &'v str {
        match venue {
            Venue::Place(id) => {
                self.edition.catalog.places.get(id).map_or(id.as_str(), |place| &place.name.value)
            }
            Venue::Text(text) => text,
        }
    }

    /// The location, and where one joins from afar. Of a private offering nothing is said but that
    /// its participants hear it.
    fn whereabouts(
        &self,
        meeting: &Meeting<'_>,
        description: &mut Vec<Paragraph>,
    ) -> (Option<String>, Option<String>) {
        if self.offering.private {
            let text = "Rooms and links are given to participants only.";
            description.push(Paragraph::Own(text.to_owned()));
            return (None, None);
        }
        let mut places: Vec<String> = Vec::new();
        let mut conference = None;
        let (mut online, mut here) = (false, false);
        for venue in &meeting.places {
            let place = match &venue.value {
                Venue::Place(id) => self.edition.catalog.places.get(id),
                Venue::Text(_) => None,
            };
            let mut words = vec![self.place_name(&venue.value)];
            if let Some(place) = place {
                words.extend(place.room.as_deref());
                words.extend(place.address.as_deref());
                if place.online {
                    online = true;
                    let room = place.url.as_ref().map(|url| self.address(&url.value));
                    conference = conference.or(room);
                }
            }
            here |= place.is_none_or(|place| !place.online);
            places.push(words.join(", "));
        }
        match self.session.written.online.as_ref().map(|online| &online.value) {
            Some(Online::Link(url)) => conference = Some(self.address(url)),
            Some(Online::SentLater) => {
                let text = "The link to join online is sent after enrolling.";
                description.push(Paragraph::Own(text.to_owned()));
            }
            None => {}
        }
        if self.session.written.online.is_some() && !online {
            places.push(if here { "and online".to_owned() } else { "Online".to_owned() });
        }
        let location = Some(places.join("; ")).filter(|text| !text.is_empty());
        let mut lines = Vec::new();
        lines.extend(location.as_ref().map(|text| format!("Where: {text}")));
        lines.extend(conference.as_ref().map(|url| format!("Join online: {url}")));
        if !lines.is_empty() {
            description.push(Paragraph::Own(lines.join("\n")));
        }
        (location, conference)
    }

    fn address(&self, url: &Url) -> String {
        self.edition.addresses.absolute_url(url)
    }

    /// How to enroll, and where to read on.
    fn close(&self, description: &mut Vec<Paragraph>) {
        let own = self.session.written.enroll.as_ref();
        let own = own.map(|enroll| how_to_enroll(self.edition, enroll));
        description.extend(own.or_else(|| self.enroll.clone()).map(Paragraph::Shared));
        let page = format!("Details: {}#{}", self.words.page, self.anchor());
        description.push(Paragraph::Own(page));
    }
}

/// The identity of a session in the whole catalog, made of IDs alone: `self-as-core.spring.2`.
pub fn session_key(
    offering: &OfferingId,
    cohort: Option<&CohortId>,
    session: &ScheduledSession<'_>,
) -> String {
    match cohort {
        Some(cohort) => format!("{offering}.{cohort}.{}", session.identity()),
        None => format!("{offering}.{}", session.identity()),
    }
}

/// The UID of a day of a session.
pub fn meeting_uid(
    edition: &Edition<'_>,
    offering: &Offering,
    cohort: Option<&CohortId>,
    session: &ScheduledSession<'_>,
    meeting: &Meeting<'_>,
) -> String {
    let key = session_key(&offering.id, cohort, session);
    let host = edition.addresses.host();
    match meeting.number {
        1 => format!("{key}@{host}"),
        number => format!("{key}_day{number}@{host}"),
    }
}

/// The UID of the backup date of a session.
pub fn backup_uid(
    edition: &Edition<'_>,
    offering: &Offering,
    cohort: Option<&CohortId>,
    session: &ScheduledSession<'_>,
) -> String {
    let key = session_key(&offering.id, cohort, session);
    format!("{key}_backup@{}", edition.addresses.host())
}

fn span_of(meeting: &Meeting<'_>) -> EventSpan {
    match meeting.hours {
        Some(_) => EventSpan::Hours(Box::new((meeting.starts.clone(), meeting.ends.clone()))),
        None => EventSpan::Days(meeting.date, meeting.date.tomorrow().unwrap_or(Date::MAX)),
    }
}

const PLACED: u32 = 1;
const POSTPONED: u32 = 2;
pub(super) const CANCELLED: u32 = 4;
pub(super) const MOVED: u32 = 8;

/// The revision number (RFC 5545, 3.8.7.4), from what the content records and so without a counter.
///
/// The weights are such that what usually follows weighs more: a place changes, a date is
/// postponed, then cancelled or set anew.
pub(super) fn sequence(recorded: &[(bool, u32)]) -> u32 {
    recorded.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum()
}

/// When an event was last changed (RFC 5545, 3.8.7.2 and 3.8.7.3), as far as the content tells: a
/// catalog is written in the year before its own; every recorded change counts an hour.
pub fn revised(year: ProgramYear, starts: YearStart, sequence: u32) -> Timestamp {
    let before = ProgramYear { begins: year.begins.saturating_sub(1) };
    let midnight = before.first_day(starts).at(0, 0, 0, 0);
    let utc = jiff::tz::Offset::UTC.to_timestamp(midnight).unwrap_or(Timestamp::UNIX_EPOCH);
    utc.checked_add(SignedDuration::from_hours(i64::from(sequence))).unwrap_or(utc)
}

/// The same day a year later.
pub(super) fn in_a_year(date: Date) -> Date {
    date.checked_add(Span::new().years(1)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::{CANCELLED, MOVED, PLACED, POSTPONED, sequence};

    #[test]
    fn what_usually_follows_weighs_more() {
        let of =
            |marks: &[u32]| sequence(&marks.iter().map(|mark| (true, *mark)).collect::<Vec<_>>());
        let course = [
            of(&[]),
            of(&[PLACED]),
            of(&[PLACED, POSTPONED]),
            of(&[PLACED, CANCELLED]),
            of(&[PLACED, MOVED]),
            of(&[PLACED, MOVED, CANCELLED]),
        ];
        assert!(course.is_sorted_by(|a, b| a < b), "{course:?}");
    }
}
