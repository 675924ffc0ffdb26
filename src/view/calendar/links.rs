//! Links into the reader's own calendar.

use jiff::Timestamp;
use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::event::has_event_file;
use crate::model::{Session, SessionStatus, Venue};
use crate::schedule::{Meeting, ScheduledSession};
use crate::view::address::{event_path, offering_path};
use crate::view::session::{Setting, anchor, title};
use crate::view::{Addresses, DateView, Edition};

/// A calendar to subscribe to.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// A link to it.
    pub href: String,
    /// Its absolute address, to copy.
    pub url: String,
    /// The same for a click: `webcal://…`.
    pub webcal: String,
}

/// A calendar beside the one of the page.
#[derive(Clone, Debug, Serialize)]
pub struct NamedFeedView {
    /// What it holds: `Learning Network 1`, `Enrollment dates`.
    pub name: String,
    /// Its calendar.
    pub feed: FeedView,
}

/// Ways to add one session to a calendar.
#[derive(Clone, Debug, Serialize)]
pub struct AddToCalendarView {
    /// A file with all days of the session.
    pub ics: String,
    /// Links for each day; none when there are too many for anyone to click.
    pub days: Vec<DayLinksView>,
}

/// Links that add one day.
#[derive(Clone, Debug, Serialize)]
pub struct DayLinksView {
    /// `Tue, Oct 27`, when there are several days.
    pub day: Option<String>,
    /// Google Calendar.
    pub google: String,
    /// Outlook on the web.
    pub outlook: String,
}

/// The largest number of days that have links of their own.
const MOST_DAYS: usize = 4;

impl FeedView {
    /// The calendar at a path of the site.
    pub fn new(addresses: &Addresses, path: &str) -> Self {
        let url = addresses.absolute(path);
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        Self { href: addresses.href(path), webcal: format!("webcal://{rest}"), url }
    }
}

impl AddToCalendarView {
    /// For a session that is to come; none for one that is over, off, or without a day.
    pub(in crate::view) fn new(
        setting: Setting<'_, '_>,
        session: &ScheduledSession<'_>,
        of: Option<&ScheduledSession<'_>>,
    ) -> Option<Self> {
        let Setting { edition, offering, cohort, .. } = setting;
        let over = session.bounds().is_none_or(|bounds| bounds.ends <= *edition.now);
        let off = |session: &Session| {
            let status = session.status.as_ref().map(|status| status.value);
            matches!(status, Some(SessionStatus::Cancelled | SessionStatus::Postponed))
        };
        let is_off = offering.cancelled.is_some()
            || off(session.written)
            || of.is_some_and(|of| off(of.written));
        if over || is_off || !has_event_file(edition, session) {
            return None;
        }
        let own = title(setting, of.filter(|_| session.written.title.is_none()).unwrap_or(session));
        let offering_title = &offering.title.value;
        let name = if own == *offering_title { own } else { format!("{offering_title}: {own}") };
        let path = format!("{}#{}", offering_path(&offering.id), anchor(cohort, session));
        let page = edition.addresses.absolute(&path);
        let meetings = session.meetings();
        let days = if meetings.len() > MOST_DAYS { &[] } else { meetings };
        let links = |meeting: &Meeting<'_>| {
            let place = place(edition, meeting, offering.private);
            DayLinksView::new(&name, &page, &place, meeting, meetings.len() > 1)
        };
        let path = event_path(&offering.id, cohort, &session.identity());
        Some(Self { ics: edition.addresses.href(&path), days: days.iter().map(links).collect() })
    }
}

/// Name and address of the places of a day; nothing of a private offering.
fn place(edition: &Edition<'_>, meeting: &Meeting<'_>, private: bool) -> String {
    let shown = meeting.places.iter().filter(|_| !private);
    let words: Vec<String> = shown
        .map(|venue| match &venue.value {
            Venue::Text(text) => text.to_string(),
            Venue::Place(id) => match edition.catalog.places.get(id) {
                None => id.to_string(),
                Some(place) => match &place.address {
                    Some(address) => format!("{}, {address}", place.name.value),
                    None => place.name.value.clone(),
                },
            },
        })
        .collect();
    words.join("; ")
}

impl DayLinksView {
    fn new(name: &str, page: &str, place: &str, meeting: &Meeting<'_>, several: bool) -> Self {
        let (starts, ends) = (meeting.starts.timestamp(), meeting.ends.timestamp());
        let (first, after) = (meeting.date, meeting.date.tomorrow().unwrap_or(Date::MAX));
        let (dates, window) = if meeting.hours.is_some() {
            let window = format!(
                "startdt={}&enddt={}",
                encoded(&starts.to_string()),
                encoded(&ends.to_string())
            );
            (format!("{}/{}", compact(starts), compact(ends)), window)
        } else {
            let dates = format!("{}/{}", first.strftime("%Y%m%d"), after.strftime("%Y%m%d"));
            (dates, format!("startdt={first}&enddt={after}&allday=true"))
        };
        let (name, place, page) = (encoded(name), encoded(place), encoded(page));
        Self {
            day: several.then(|| DateView::new(meeting.date).short),
            google: format!(
                "https://calendar.google.com/calendar/render?action=TEMPLATE&text={name}&dates={dates}&details={page}&location={place}"
            ),
            outlook: format!(
                "https://outlook.office.com/calendar/0/action/compose?path=/calendar/action/compose&rru=addevent&{window}&subject={name}&location={place}&body={page}"
            ),
        }
    }
}

/// `20261001T123000Z`
fn compact(instant: Timestamp) -> String {
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// What stands in a query as it is (RFC 3986, 2.3), with the marks that need no escape there.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b',');

fn encoded(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    utf8_percent_encode(&kept, QUERY).to_string()
}
