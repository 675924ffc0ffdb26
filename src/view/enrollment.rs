//! Enrollment: its state, its window, its button.

use serde::Serialize;

use super::{Edition, MomentView};
use crate::model::{Access, Enrollment, EnrollmentStatus, Moment, Offering};
use crate::schedule::{Bounds, EnrollmentState, enrollment_state, instant};
use crate::source::Spanned;

/// How one gets a seat, and what the matter stands like.
#[derive(Clone, Debug, Serialize)]
pub struct EnrollView {
    /// The address.
    pub href: String,
    /// The words of the button: `Enroll`, `Apply`, or as written.
    pub label: String,
    /// The state at the moment of building.
    pub state: StateView,
    /// True when the button leads to a seat now: open, closing soon.
    pub actionable: bool,
    /// A sentence that stays true when it is old:
    /// `Enrollment: November 1 to December 1, 2026`.
    pub window: String,
    /// From when.
    pub opens: Option<MomentView>,
    /// Until when.
    pub closes: Option<MomentView>,
    /// The earlier deadline, when it was extended.
    pub was: Option<MomentView>,
    /// Several deadlines.
    pub rounds: Vec<RoundView>,
    /// No deadline.
    pub rolling: bool,
    /// Seats.
    pub capacity: Option<u32>,
    /// The address of the waitlist.
    pub waitlist: Option<String>,
    /// Anything else worth knowing.
    pub note: Option<String>,
}

/// One of several deadlines.
#[derive(Clone, Debug, Serialize)]
pub struct RoundView {
    /// `First round`
    pub label: String,
    /// Its deadline.
    pub closes: MomentView,
    /// Over at the moment of building.
    pub past: bool,
}

/// A state, and what a script needs to compute it anew at the moment of reading.
///
/// The instants go into `data-opens`, `data-closes`, `data-starts`, `data-ends` and `data-status`
/// of the element that shows the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// `cancelled`, `past`, `opens-on`, `closed`, `full`, `waitlist`, `closing-soon`, `open`,
    /// `in-progress`, `upcoming` (nothing to enroll in), `required` (everyone attends).
    pub id: &'static str,
    /// In a word or two: `Open`, `Closes soon`, `Opens November 1`.
    pub word: String,
    /// The rest of the sentence, or nothing: `until December 1, 2026`.
    pub detail: String,
    /// When enrollment opens, as an instant.
    pub opens: Option<String>,
    /// When it closes: the first instant at which it is closed.
    pub closes: Option<String>,
    /// When the first session starts.
    pub starts: Option<String>,
    /// When the last session ends.
    pub ends: Option<String>,
    /// What staff set: `full`, `waitlist`, `closed`, `cancelled`; empty if nothing.
    pub status: &'static str,
}

impl EnrollView {
    pub(super) fn new(
        edition: &Edition<'_>,
        offering: &Offering,
        enroll: &Enrollment,
        bounds: Option<Bounds>,
    ) -> Self {
        let moment =
            |moment: &Option<Spanned<Moment>>| moment.as_ref().map(|m| edition.moment(m.value));
        let (opens, closes) = (moment(&enroll.opens), moment(&enroll.closes));
        let state = StateView::new(edition, offering, Some(enroll), bounds);
        let label = match (&enroll.label, offering.access) {
            (Some(label), _) => label.clone(),
            (None, Access::Application) => "Apply".to_owned(),
            (None, _) => "Enroll".to_owned(),
        };
        Self {
            href: edition.addresses.url(&enroll.url.value),
            label,
            actionable: matches!(state.id, "open" | "closing-soon"),
            window: window(enroll, opens.as_ref(), closes.as_ref()),
            state,
            opens,
            closes,
            was: moment(&enroll.was),
            rounds: enroll
                .rounds
                .iter()
                .map(|round| RoundView {
                    label: round.label.clone(),
                    closes: edition.moment(round.closes.value),
                    past: instant(round.closes.value, edition.zone()) <= edition.now,
                })
                .collect(),
            rolling: enroll.rolling,
            capacity: enroll.capacity.as_ref().map(|capacity| capacity.value),
            waitlist: enroll.waitlist.as_ref().map(|url| edition.addresses.url(&url.value)),
            note: enroll.note.clone(),
        }
    }
}

/// The window of an enrollment as a sentence that is still true when it is old.
pub(super) fn window_of(edition: &Edition<'_>, enroll: &Enrollment) -> String {
    let moment =
        |moment: &Option<Spanned<Moment>>| moment.as_ref().map(|m| edition.moment(m.value));
    window(enroll, moment(&enroll.opens).as_ref(), moment(&enroll.closes).as_ref())
}

/// The window as a sentence that is still true when the page is old.
fn window(enroll: &Enrollment, opens: Option<&MomentView>, closes: Option<&MomentView>) -> String {
    match (opens, closes) {
        (Some(opens), Some(closes)) => {
            let same_year = opens.text.rsplit(' ').next() == closes.text.rsplit(' ').next()
                && opens.short.len() + 6 == opens.text.len();
            let from = if same_year { &opens.short } else { &opens.text };
            format!("Enrollment: {from} to {}", closes.text)
        }
        (Some(opens), None) if enroll.rolling => {
            format!("Enrollment: from {}, no deadline", opens.text)
        }
        (Some(opens), None) => format!("Enrollment: from {}", opens.text),
        (None, Some(closes)) => format!("Enrollment: until {}", closes.text),
        (None, None) if enroll.rolling => "Enrollment: at any time".to_owned(),
        (None, None) => "Enrollment: see the enrollment page".to_owned(),
    }
}

impl StateView {
    /// The state of an enrollment, or of an offering that has none.
    pub(super) fn new(
        edition: &Edition<'_>,
        offering: &Offering,
        enroll: Option<&Enrollment>,
        bounds: Option<Bounds>,
    ) -> Self {
        let zone = edition.zone();
        let state = enrollment_state(offering, enroll, bounds, zone, edition.now);
        let opens = enroll.and_then(|e| e.opens.as_ref()).map(|m| m.value);
        let closes = enroll.and_then(|e| e.closes.as_ref()).map(|m| m.value);
        let enrolls = enroll.is_some();
        let (id, word, detail) = words(edition, offering, state, enrolls, opens, closes);
        let at = |moment: Moment| instant(moment, zone).to_string();
        let set_by_staff = enroll.and_then(|e| e.status.as_ref()).map(|status| status.value);
        Self {
            id,
            word,
            detail,
            opens: opens.map(at),
            closes: closes.map(at),
            starts: bounds.map(|bounds| bounds.starts.to_string()),
            ends: bounds.map(|bounds| bounds.ends.to_string()),
            status: match set_by_staff {
                _ if offering.cancelled.is_some() => "cancelled",
                Some(EnrollmentStatus::Full) => "full",
                Some(EnrollmentStatus::Waitlist) => "waitlist",
                Some(EnrollmentStatus::Closed) => "closed",
                None => "",
            },
        }
    }
}

fn words(
    edition: &Edition<'_>,
    offering: &Offering,
    state: EnrollmentState,
    enrolls: bool,
    opens: Option<Moment>,
    closes: Option<Moment>,
) -> (&'static str, String, String) {
    let until =
        closes.map_or_else(String::new, |closes| format!("until {}", edition.moment(closes).text));
    let (id, word, detail) = match state {
        EnrollmentState::Cancelled => ("cancelled", "Cancelled".to_owned(), String::new()),
        EnrollmentState::Past => ("past", "Past".to_owned(), String::new()),
        EnrollmentState::OpensOn => {
            let day = opens.map_or_else(String::new, |opens| edition.moment(opens).text);
            ("opens-on", format!("Opens {day}").trim_end().to_owned(), String::new())
        }
        EnrollmentState::InProgress | EnrollmentState::None
            if offering.access == Access::Required && !enrolls =>
        {
            ("required", "Required".to_owned(), "no enrollment needed".to_owned())
        }
        EnrollmentState::InProgress => ("in-progress", "In progress".to_owned(), String::new()),
        EnrollmentState::Closed => ("closed", "Enrollment closed".to_owned(), String::new()),
        EnrollmentState::Full => ("full", "Full".to_owned(), String::new()),
        EnrollmentState::Waitlist => ("waitlist", "Waitlist".to_owned(), String::new()),
        EnrollmentState::ClosingSoon => ("closing-soon", "Closes soon".to_owned(), until),
        EnrollmentState::Open => ("open", "Open".to_owned(), until),
        EnrollmentState::None => ("upcoming", "Upcoming".to_owned(), String::new()),
    };
    (id, word, detail)
}
