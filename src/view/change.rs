//! What is not as people may remember it: sessions that moved or do not take place, and deadlines
//! that were extended.

use serde::Serialize;

use super::address::offering_path;
use super::agenda::Standing;
use super::session::status_of;
use super::{Edition, LinkView, MomentView, Tag, VenueView};
use crate::model::Moment;
use crate::schedule::{OfferingSchedule, instant};
use crate::source::Spanned;

/// Something that became different from what people may remember.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// The same as long as the change is the same, so that a browser can tell what is new.
    pub key: String,
    /// The session, or the offering whose enrollment was extended.
    pub offering: LinkView,
    /// The session's own name.
    pub session: Option<String>,
    /// The cohort's name.
    pub cohort: Option<String>,
    /// `moved` / `Moved`, `cancelled`, `postponed`, `extended` / `Extended`
    pub status: Tag,
    /// What holds now: `Thursday, December 10, 2026, 8:30 AM to 4:00 PM`,
    /// `Enrollment until December 18, 2026`.
    pub now: String,
    /// When it was to be, to be struck through.
    pub moved_from: Option<MomentView>,
    /// Where it was to be, to be struck through.
    pub place_was: Option<VenueView>,
    /// Why.
    pub reason: Option<String>,
}

impl ChangeView {
    /// What became of a session, if its day or place is not what it was. `now` says when it is, in
    /// words.
    pub(super) fn of_session(
        edition: &Edition<'_>,
        standing: &Standing<'_>,
        now: impl FnOnce() -> String,
    ) -> Option<Self> {
        let written = standing.session.written;
        let status = status_of(written).filter(|status| status.id != "tentative")?;
        let now = now();
        let offering = standing.link(edition);
        Some(Self {
            key: format!("{} {} {now}", offering.href, status.id),
            offering,
            session: standing.name(edition),
            cohort: standing.cohort.map(|(_, cohort)| cohort.title.value.clone()),
            status,
            now,
            moved_from: standing.moved_from(edition),
            place_was: standing.place_was(edition),
            reason: written.reason.clone(),
        })
    }

    /// The extended deadline of an offering, while it is to come.
    pub(super) fn extended(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Option<Self> {
        let (enroll, _) = schedule.enrollments().find(|(enroll, _)| {
            let closes = enroll.closes.as_ref().map(|at| instant(at.value, edition.zone()));
            enroll.was.is_some() && closes.is_some_and(|closes| closes > *edition.now)
        })?;
        let moment = |at: &Option<Spanned<Moment>>| at.as_ref().map(|at| edition.moment(at.value));
        let closes = moment(&enroll.closes)?;
        let id = &schedule.offering.id;
        let title = &schedule.offering.title.value;
        let offering = edition.link(id.as_str(), title, &offering_path(id));
        Some(Self {
            key: format!("{} extended {}", offering.href, closes.iso),
            offering,
            session: None,
            cohort: None,
            status: Tag { id: "extended", word: "Extended" },
            now: format!("Enrollment until {}", closes.text),
            moved_from: moment(&enroll.was),
            place_was: None,
            reason: enroll.note.clone(),
        })
    }
}
