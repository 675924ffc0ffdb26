//! One day of one session as an agenda shows it, and a session that has no day.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Audience, Cohort, CohortId, Offering, Session};
use crate::schedule::{Meeting, Occurs, OfferingSchedule, ScheduledSession};
use crate::view::address::offering_path;
use crate::view::offering::{access, is_required};
use crate::view::session::{Setting, anchor, mode_of, status_of, title, when};
use crate::view::{Edition, LinkView, MeetingView, MomentView, OnlineView, Tag, VenueView};

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
    /// By what the entry can be found.
    pub facets: Facets,
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
    /// See [`SessionView::status`](crate::view::SessionView::status).
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

/// By what an entry can be found: IDs, several of one facet separated by spaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// The roles that it is for.
    pub roles: String,
    /// The networks that it is for; empty for all.
    pub networks: String,
    /// What it is about.
    pub topics: String,
    /// How one comes in; see [`CardView::access`](crate::view::CardView::access).
    pub access: &'static str,
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
    /// By what the entry can be found.
    pub facets: Facets,
    /// How it meets.
    pub mode: Option<Tag>,
    /// The month, when it is known: `2027-03`.
    pub month: Option<String>,
    /// See [`SessionView::status`](crate::view::SessionView::status).
    pub status: Option<Tag>,
    /// When it was to be, to be struck through.
    pub moved_from: Option<MomentView>,
    /// Where it was to be, to be struck through.
    pub place_was: Option<VenueView>,
    /// Why it has no day.
    pub reason: Option<String>,
}

/// One day of one session.
pub struct Item<'a> {
    pub(super) standing: Standing<'a>,
    /// Its position among the days of the session, from 1, and their number.
    pub(super) day: (usize, usize),
    pub(super) meeting: &'a Meeting<'a>,
    pub(super) backup: bool,
}

/// A session, and what it stands in.
#[derive(Clone, Copy)]
pub(in crate::view) struct Standing<'a> {
    pub(in crate::view) offering: &'a OfferingSchedule<'a>,
    /// The position of the offering in the order of IDs.
    pub(super) rank: usize,
    pub(in crate::view) cohort: Option<(&'a CohortId, &'a Cohort)>,
    /// One of several.
    pub(super) several: bool,
    pub(in crate::view) session: &'a ScheduledSession<'a>,
    /// The session of which it is an alternative.
    pub(super) of: Option<&'a ScheduledSession<'a>>,
}

impl<'a> Item<'a> {
    /// The offering.
    pub fn offering(&self) -> &'a OfferingSchedule<'a> {
        self.standing.offering
    }

    /// False for what was cancelled or postponed, and for a day held in reserve.
    pub fn takes_place(&self) -> bool {
        let off = offering_status(self.standing.offering.offering)
            .or_else(|| status_of(self.standing.session.written))
            .is_some_and(|status| matches!(status.id, "cancelled" | "postponed"));
        !off && !self.backup
    }

    /// By day, then start, then offering, so that the order never depends on anything else.
    pub(super) fn order(&self) -> (Date, Timestamp, usize, &'a str) {
        let Standing { rank, session, .. } = self.standing;
        (self.meeting.date, self.meeting.starts.timestamp(), rank, session.id.as_str())
    }

    pub(super) fn entry(&self, edition: &Edition<'a>) -> AgendaEntry {
        let standing = self.standing;
        let offering = standing.offering.offering;
        let written = standing.session.written;
        let (position, total) = self.day;
        let private = offering.private;
        let alternatives = standing.of.map_or(0, |of| of.alternatives().len());
        AgendaEntry {
            meeting: MeetingView::new(edition, self.meeting, written, private),
            offering: standing.link(edition),
            session: standing.name(edition),
            day_of: (total > 1).then(|| format!("Day {position} of {total}")),
            choice: (alternatives > 1).then(|| format!("one of {alternatives} dates")),
            cohort: standing.cohort.map(|(_, cohort)| cohort.title.value.clone()),
            kind: edition.kind_link(&offering.kind.value),
            facets: Facets::new(edition, offering, written),
            audience: edition.audience(&audience(offering, written)),
            mode: mode_of(edition, standing.session),
            venues: VenueView::all(edition, self.meeting.places.iter().copied(), private),
            online: OnlineView::of(edition, written, private),
            required: is_required(edition, offering) && written.required != Some(false),
            status: offering_status(offering).or_else(|| status_of(written)),
            moved_from: standing.moved_from(edition),
            place_was: standing.place_was(edition),
            reason: written.reason.clone(),
            backup: self.backup,
        }
    }
}

impl Standing<'_> {
    pub(super) fn undated(&self, edition: &Edition<'_>) -> UndatedEntry {
        let offering = self.offering.offering;
        UndatedEntry {
            offering: self.link(edition),
            session: self.name(edition),
            cohort: self.cohort.map(|(_, cohort)| cohort.title.value.clone()),
            when: when(self.session),
            kind: edition.kind_link(&offering.kind.value),
            facets: Facets::new(edition, offering, self.session.written),
            mode: mode_of(edition, self.session),
            month: match self.session.occurs {
                Occurs::Month(month) => Some(month.to_string()),
                _ => None,
            },
            status: offering_status(offering).or_else(|| status_of(self.session.written)),
            moved_from: self.moved_from(edition),
            place_was: self.place_was(edition),
            reason: self.session.written.reason.clone(),
        }
    }

    pub(in crate::view) fn moved_from(&self, edition: &Edition<'_>) -> Option<MomentView> {
        let moved = self.session.written.moved_from.as_ref()?;
        Some(edition.moment(moved.value.moment))
    }

    /// Where it was to be; not told of a private offering.
    pub(in crate::view) fn place_was(&self, edition: &Edition<'_>) -> Option<VenueView> {
        let place = self.session.written.place_was.as_ref()?;
        (!self.offering.offering.private).then(|| VenueView::new(edition, &place.value))
    }

    /// A link to the session on the page of its offering.
    pub(in crate::view) fn link(&self, edition: &Edition<'_>) -> LinkView {
        let offering = self.offering.offering;
        let anchor = anchor(self.cohort.map(|(id, _)| id), self.session);
        let path = format!("{}#{anchor}", offering_path(&offering.id));
        edition.link(offering.id.as_str(), &offering.title.value, &path)
    }

    /// The session's own name; none when it has none and is the only one. An alternative is called
    /// what the session is called of which it is one.
    pub(in crate::view) fn name(&self, edition: &Edition<'_>) -> Option<String> {
        let named = match self.of {
            Some(of) if self.session.written.title.is_none() => of,
            _ => self.session,
        };
        let setting = Setting {
            edition,
            offering: self.offering.offering,
            cohort: self.cohort.map(|(id, _)| id),
            several: self.several,
        };
        (self.several || named.written.title.is_some()).then(|| title(setting, named))
    }
}

/// A cancelled offering cancels its sessions.
fn offering_status(offering: &Offering) -> Option<Tag> {
    offering.cancelled.as_ref().map(|_| Tag { id: "cancelled", word: "Cancelled" })
}

impl Facets {
    fn new(edition: &Edition<'_>, offering: &Offering, session: &Session) -> Self {
        let roles = edition.roles(&audience(offering, session));
        Self {
            roles: spaced(roles.iter().map(|(id, _)| id.as_str())),
            networks: spaced(offering.networks.iter().map(|id| id.value.as_str())),
            topics: spaced(offering.topics.iter().map(|id| id.value.as_str())),
            access: access(offering.access).id,
        }
    }
}

fn spaced<'i>(ids: impl Iterator<Item = &'i str>) -> String {
    ids.collect::<Vec<_>>().join(" ")
}

/// For whom a session is: whom it names, or else the offering's audience.
fn audience<'a>(offering: &'a Offering, session: &Session) -> Cow<'a, Audience> {
    if session.roles.is_empty() {
        Cow::Borrowed(&offering.roles)
    } else {
        Cow::Owned(Audience::Roles(session.roles.clone()))
    }
}
