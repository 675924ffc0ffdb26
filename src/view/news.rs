//! News: what is new and what changed, for programs that follow the site.
//!
//! When something is dated comes from the content alone; the present moment only decides whether
//! its time has come. `docs/feeds.md` says what the dates mean.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::address::{NEWS_AS_ATOM, NEWS_AS_JSON, offering_path};
use super::agenda::Standing;
use super::calendar::{NamedEnrollment, named_enrollments, revised, session_key};
use super::date::hours;
use super::enrollment::{label, window_of};
use super::session::{status_of, when};
use super::{Agenda, Edition, VenueData};
use crate::model::{Enrollment, Moment, ProgramYear};
use crate::schedule::{OfferingSchedule, start_of_day};

/// The most entries of the feed; older ones leave it.
const MOST: usize = 100;

/// How long before a day its change is news again.
const AHEAD: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);

/// The news of a site.
#[derive(Clone, Debug)]
pub struct NewsFile {
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// Who publishes it.
    pub author: String,
    /// BCP 47.
    pub language: String,
    /// The site.
    pub home: String,
    /// The address as Atom.
    pub atom: String,
    /// The address as JSON.
    pub json: String,
    /// What made it: `convene 1.0.0`.
    pub generator: String,
    /// The latest date of an entry; the first day of the program year if there is none.
    pub updated: Timestamp,
    /// The latest first.
    pub entries: Vec<NewsEntry>,
}

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsEntry {
    /// Its identity, for ever: a tag (RFC 4151).
    pub id: String,
    /// What happened, and to what.
    pub title: String,
    /// Where to read on.
    pub url: String,
    /// When it was announced; none for a change, of which the content does not tell that.
    pub published: Option<Timestamp>,
    /// The latest of its own dates that has come.
    pub updated: Timestamp,
    /// What is worth knowing, paragraph by paragraph, as plain text.
    pub paragraphs: Vec<String>,
    /// Where to act on it: words and address.
    pub action: Option<(String, String)>,
    /// What kind the offering is: ID and name.
    pub category: (String, String),
}

/// Where the news is, for the head and the foot of every page.
#[derive(Clone, Debug, Serialize)]
pub struct NewsLinksView {
    /// The address as Atom (RFC 4287).
    pub atom: String,
    /// The address as JSON Feed.
    pub json: String,
}

impl NewsLinksView {
    /// The addresses of the news.
    pub fn new(edition: &Edition<'_>) -> Self {
        let href = |path| edition.addresses.href(path);
        Self { atom: href(NEWS_AS_ATOM), json: href(NEWS_AS_JSON) }
    }
}

/// What may become an entry: its dates, and of what it tells.
struct Candidate<'n, 'a> {
    published: Option<Timestamp>,
    updated: Timestamp,
    /// The part of its identity that is its own.
    key: String,
    schedule: &'a OfferingSchedule<'a>,
    event: Event<'n, 'a>,
}

/// What happened.
enum Event<'n, 'a> {
    New,
    Off,
    Opened(&'a Enrollment, String),
    Extended(&'a Enrollment, String),
    Changed(&'n Standing<'a>, &'static str),
}

impl NewsFile {
    /// The news of this program year and of what is to come.
    pub fn new<'a>(edition: &Edition<'a>, agenda: &Agenda<'a>) -> Self {
        let settings = edition.settings();
        let absolute = |path| edition.addresses.absolute(path);
        let mut found = candidates(edition, agenda);
        found.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.key.cmp(&b.key)));
        found.truncate(MOST);
        let entries: Vec<NewsEntry> = found.iter().map(|one| one.entry(edition)).collect();
        let year_began = edition.year.first_day(settings.year_starts);
        Self {
            title: format!("News – {}", settings.title),
            description: "New offerings, sessions that moved or do not take place, and enrollment \
                          that opened or was extended."
                .to_owned(),
            author: settings.organization.clone(),
            language: settings.language.clone(),
            home: absolute("/"),
            atom: absolute(NEWS_AS_ATOM),
            json: absolute(NEWS_AS_JSON),
            generator: concat!("convene ", env!("CARGO_PKG_VERSION")).to_owned(),
            updated: entries.first().map_or_else(
                || start_of_day(year_began, edition.zone()).timestamp(),
                |entry| entry.updated,
            ),
            entries,
        }
    }
}

fn candidates<'n, 'a>(edition: &Edition<'a>, agenda: &'n Agenda<'a>) -> Vec<Candidate<'n, 'a>> {
    let mut found = Vec::new();
    for &schedule in edition.offerings.values().filter(|one| is_current(edition, one)) {
        let id = &schedule.offering.id;
        let dates = Dates::new(edition, schedule);
        if schedule.offering.cancelled.is_some() {
            let starts = schedule.bounds().map(|bounds| bounds.starts);
            let event = Event::Off;
            found.extend(dates.change(format!("{id}/cancelled"), &[starts], event));
            continue;
        }
        found.extend(dates.announcement(format!("{id}/new"), dates.announced, Event::New));
        for NamedEnrollment { enroll, scope, name } in named_enrollments(schedule) {
            let at = |moment: Option<&Moment>| moment.map(|moment| edition.instant(*moment));
            let [opens, closes, was] = [&enroll.opens, &enroll.closes, &enroll.was]
                .map(|moment| moment.as_ref().map(|moment| &moment.value));
            if let (Some(closes), Some(_)) = (closes, was) {
                let key = format!("{scope}/extended/{}", closes.date);
                let event = Event::Extended(enroll, name.clone());
                found.extend(dates.change(key, &[at(opens), at(was)], event));
            }
            if let Some(opens) = opens {
                let key = format!("{scope}/opened/{}", opens.date);
                let event = Event::Opened(enroll, name);
                found.extend(dates.announcement(key, edition.instant(*opens), event));
            }
        }
    }
    let standings = agenda.standings().filter(|one| is_current(edition, one.offering));
    for standing in standings.filter(|one| one.offering.offering.cancelled.is_none()) {
        found.extend(changed(edition, standing));
    }
    found
}

/// An offering of this program year or of what is to come.
fn is_current(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> bool {
    schedule.year.is_none_or(|year| year >= edition.year)
}

/// A session that is not when or where it was to be.
fn changed<'n, 'a>(edition: &Edition<'a>, standing: &'n Standing<'a>) -> Option<Candidate<'n, 'a>> {
    let session = standing.session;
    let written = session.written;
    let status = status_of(written).map(|status| status.id)?;
    let status = match (status, &written.moved_from) {
        ("tentative", _) => return None,
        ("moved", None) => "new-place",
        (status, _) => status,
    };
    let cohort = standing.cohort.map(|(id, _)| id);
    let key = session_key(&standing.offering.offering.id, cohort, session);
    let first = session.days().map(|(first, _)| first);
    let day = first.map_or_else(String::new, |day| format!("/{day}"));
    let from = written.moved_from.as_ref().map(|from| edition.instant(from.value.moment));
    let on_the_day = first
        .filter(|_| status != "moved")
        .map(|day| start_of_day(day, edition.zone()).timestamp());
    let dates = Dates::new(edition, standing.offering);
    let event = Event::Changed(standing, status);
    dates.change(format!("{key}/{status}{day}"), &[from, on_the_day], event)
}

/// When an offering was announced, as far as the content tells.
struct Dates<'d, 'a> {
    edition: &'d Edition<'a>,
    schedule: &'a OfferingSchedule<'a>,
    /// `publish`, or the first day of its program year.
    announced: Timestamp,
}

impl<'d, 'a> Dates<'d, 'a> {
    fn new(edition: &'d Edition<'a>, schedule: &'a OfferingSchedule<'a>) -> Self {
        let starts = edition.settings().year_starts;
        let year = schedule.year.unwrap_or(edition.year);
        let written = schedule.offering.publish.as_ref();
        let announced = written.map_or_else(
            || start_of_day(year.first_day(starts), edition.zone()).timestamp(),
            |publish| edition.instant(publish.value),
        );
        Self { edition, schedule, announced }
    }

    /// News of a known date, once that has come.
    fn announcement<'n>(
        &self,
        key: String,
        at: Timestamp,
        event: Event<'n, 'a>,
    ) -> Option<Candidate<'n, 'a>> {
        let schedule = self.schedule;
        let candidate = Candidate { published: Some(at), updated: at, key, schedule, event };
        (at <= *self.edition.now).then_some(candidate)
    }

    /// News of which the content does not tell when it was made. It has the latest date that has
    /// come of: the announcement of the offering, four weeks before each of the days on which
    /// people must know it, and these days.
    fn change<'n>(
        &self,
        key: String,
        days: &[Option<Timestamp>],
        event: Event<'n, 'a>,
    ) -> Option<Candidate<'n, 'a>> {
        let starts = self.edition.settings().year_starts;
        let written = revised(self.schedule.year.unwrap_or(self.edition.year), starts, 0);
        let ahead = days.iter().flatten().filter_map(|day| day.checked_sub(AHEAD).ok());
        let dates = days.iter().flatten().copied().chain(ahead).chain([written, self.announced]);
        let updated = dates.filter(|date| *date <= *self.edition.now).max()?;
        Some(Candidate { published: None, updated, key, schedule: self.schedule, event })
    }
}

impl Candidate<'_, '_> {
    fn entry(&self, edition: &Edition<'_>) -> NewsEntry {
        let offering = self.schedule.offering;
        let title = &offering.title.value;
        let page = edition.addresses.absolute(&offering_path(&offering.id));
        let summary = || offering.summary.value.clone();
        let to_enroll = |enroll: &Enrollment| {
            let url = edition.addresses.absolute_url(&enroll.url.value);
            Some((label(offering, enroll), url))
        };
        let (title, url, paragraphs, action) = match &self.event {
            Event::New => {
                let own = offering.enroll.as_ref();
                let window = own.map(|enroll| format!("{}.", window_of(edition, enroll)));
                let dates = super::offering::dates(self.schedule);
                let paragraphs = [Some(summary()), Some(format!("{dates}.")), window];
                (format!("New: {title}"), page, paragraphs.into_iter().flatten().collect(), None)
            }
            Event::Off => {
                let note = offering.cancelled.as_ref().and_then(|off| off.note.clone());
                let off = "It does not take place.".to_owned();
                let paragraphs = vec![note.unwrap_or(off), summary()];
                (format!("Cancelled: {title}"), page, paragraphs, None)
            }
            Event::Opened(enroll, name) => {
                let window = format!("{}.", window_of(edition, enroll));
                let title = format!("Enrollment opened: {name}");
                (title, page, vec![window, summary()], to_enroll(enroll))
            }
            Event::Extended(enroll, name) => {
                let title = format!("Enrollment extended: {name}");
                (title, page, extended(edition, enroll), to_enroll(enroll))
            }
            Event::Changed(standing, status) => {
                let (title, paragraphs) = of_session(edition, standing, status);
                let href = standing.link(edition).href.clone();
                (title, edition.addresses.absolute_href(&href), paragraphs, None)
            }
        };
        let kind = edition.kind_link(&offering.kind.value);
        NewsEntry {
            id: tag(edition, self.schedule.year, &self.key),
            title,
            url,
            published: self.published,
            updated: self.updated,
            paragraphs,
            action,
            category: (kind.id.clone(), kind.title.clone()),
        }
    }
}

fn extended(edition: &Edition<'_>, enroll: &Enrollment) -> Vec<String> {
    let now = enroll.closes.as_ref().zip(enroll.was.as_ref()).map(|(closes, was)| {
        let [closes, was] = [closes, was].map(|moment| edition.moment(moment.value).text);
        format!("Until {closes}. It was to close {was}.")
    });
    now.into_iter().chain(enroll.note.clone()).collect()
}

/// What became of a session: `Moved: Self as Core: What we notice now (Fall cohort)`.
fn of_session(
    edition: &Edition<'_>,
    standing: &Standing<'_>,
    status: &str,
) -> (String, Vec<String>) {
    let offering = standing.offering.offering;
    let session = standing.session;
    let what = match status {
        "cancelled" => "Cancelled",
        "postponed" => "Postponed",
        "new-place" => "New place",
        _ => "Moved",
    };
    let mut title = format!("{what}: {}", offering.title.value);
    if let Some(name) = standing.name(edition).filter(|name| *name != offering.title.value) {
        title.push_str(&format!(": {name}"));
    }
    if let Some((_, cohort)) = standing.cohort {
        title.push_str(&format!(" ({})", cohort.title.value));
    }
    let mut day = when(session);
    let range = session.meetings().first().and_then(|meeting| meeting.hours);
    if let Some(range) = range.filter(|_| session.meetings().len() == 1) {
        day.push_str(&format!(", {}", hours(range)));
    }
    let mut paragraphs = Vec::new();
    match status {
        "cancelled" => paragraphs.push(format!("It does not take place. It was to be {day}.")),
        "postponed" => {
            paragraphs.push(format!("It was to be {day}. The new date is not set yet."));
        }
        _ => {
            let places = VenueData::all(edition, &session.written.places, offering.private);
            let places: Vec<String> = places.iter().map(VenueData::in_words).collect();
            let places = places.join(" and ");
            let at = if places.is_empty() { String::new() } else { format!(", {places}") };
            paragraphs.push(format!("Now: {day}{at}."));
            let moved = standing.moved_from(edition).map(|moment| moment.text);
            let place = standing.place_was(edition).map(|venue| VenueData::from(venue).in_words());
            let before: Vec<String> = moved.into_iter().chain(place).collect();
            if !before.is_empty() {
                paragraphs.push(format!("It was to be: {}.", before.join(", ")));
            }
        }
    }
    paragraphs.extend(session.written.reason.clone());
    (title, paragraphs)
}

/// An identity that no two sites share (RFC 4151): `tag:learning.example.org,2026:leaders/…`. Its
/// year is that of the offering's program year, and so never changes.
fn tag(edition: &Edition<'_>, year: Option<ProgramYear>, key: &str) -> String {
    let year = year.unwrap_or(edition.year).begins.max(1970);
    let root = edition.addresses.root().trim_matches('/');
    let slash = if root.is_empty() { "" } else { "/" };
    format!("tag:{},{year:04}:{root}{slash}{key}", edition.addresses.host())
}
