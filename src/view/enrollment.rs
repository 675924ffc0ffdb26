//! Enrollment: its state, its window, its button.

use serde::Serialize;

use super::{Edition, MomentView};
use crate::model::{Access, Enrollment, EnrollmentStatus, Moment, Offering};
use crate::schedule::{Bounds, EnrollmentState, OfferingSchedule, enrollment_state, instant};
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// `cancelled`, `past`, `opens-on`, `closed`, `full`, `waitlist`, `closing-soon`, `open`,
    /// `in-progress`, `upcoming` (nothing to enroll in), `required` (everyone attends).
    pub id: &'static str,
    /// In a word or two: `Open`, `Closes soon`, `Opens November 1`.
    pub word: String,
    /// The rest of the sentence, or nothing: `until December 1, 2026`.
    pub detail: String,
    /// What decides it. Its fields go into `data-opens`, `data-closes`, `data-starts`, `data-ends`,
    /// `data-status` and `data-until` of the element that shows the state.
    pub way: WayView,
    /// All ways in as JSON, a list of [`WayView`]s, when there are several. The state is then that
    /// of the best of them. For `data-ways`.
    pub ways: Option<String>,
}

/// One way into an offering: what decides its state at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WayView {
    /// When enrollment opens, as an instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// When it closes: the first instant at which it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
    /// When the first session starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// When the last session ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// What does not depend on the time: `cancelled`, `closed`, `full`, `waitlist` (also when it is
    /// full and has one), `none` (nothing to enroll in), `required` (the same, and everyone
    /// attends); empty otherwise.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub status: &'static str,
    /// `Opens November 1, 2026`, while that is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    /// `until December 1, 2026`, while that is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
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
        Self {
            href: edition.addresses.url(&enroll.url.value),
            label: label(offering, enroll),
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
                    past: instant(round.closes.value, edition.zone()) <= *edition.now,
                })
                .collect(),
            rolling: enroll.rolling,
            capacity: enroll.capacity.as_ref().map(|capacity| capacity.value),
            waitlist: enroll.waitlist.as_ref().map(|url| edition.addresses.url(&url.value)),
            note: enroll.note.clone(),
        }
    }
}

/// The words of the button: `Enroll`, `Apply`, or as written.
pub(super) fn label(offering: &Offering, enroll: &Enrollment) -> String {
    match (&enroll.label, offering.access) {
        (Some(label), _) => label.clone(),
        (None, Access::Application) => "Apply".to_owned(),
        (None, _) => "Enroll".to_owned(),
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
        let state = enrollment_state(offering, enroll, bounds, edition.zone(), edition.now);
        let way = WayView::new(edition, offering, enroll, bounds);
        let (id, word, detail) = words(state, &way);
        Self { id, word, detail, way, ways: None }
    }

    /// The state over all cohorts and sessions: that of the enrollment through which one still
    /// gets in.
    pub(super) fn of_whole(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        let (enroll, bounds) = schedule.best_enrollment(edition.zone(), edition.now);
        let state = Self::new(edition, offering, enroll, bounds);
        let mut ways: Vec<WayView> = schedule
            .enrollments()
            .map(|(enroll, bounds)| WayView::new(edition, offering, Some(enroll), bounds))
            .collect();
        ways.dedup();
        let several = ways.len() > 1 && !matches!(state.id, "cancelled" | "past");
        Self { ways: several.then(|| serde_json::to_string(&ways).ok()).flatten(), ..state }
    }
}

impl WayView {
    fn new(
        edition: &Edition<'_>,
        offering: &Offering,
        enroll: Option<&Enrollment>,
        bounds: Option<Bounds>,
    ) -> Self {
        let moment = |moment: &Option<Spanned<Moment>>| moment.as_ref().map(|m| m.value);
        let at = |moment: Moment| instant(moment, edition.zone());
        let opens = enroll.and_then(|enroll| moment(&enroll.opens));
        let closes = enroll.and_then(|enroll| moment(&enroll.closes));
        let to_come = |moment: Option<Moment>| moment.filter(|moment| at(*moment) > *edition.now);
        Self {
            opens: opens.map(|opens| at(opens).to_string()),
            closes: closes.map(|closes| at(closes).to_string()),
            starts: bounds.and_then(Bounds::start).map(|start| start.to_string()),
            ends: bounds.map(|bounds| bounds.ends.to_string()),
            status: fixed_status(offering, enroll),
            opening: to_come(opens).map(|opens| format!("Opens {}", edition.moment(opens).text)),
            until: to_come(closes).map(|closes| format!("until {}", edition.moment(closes).text)),
        }
    }
}

fn fixed_status(offering: &Offering, enroll: Option<&Enrollment>) -> &'static str {
    if offering.cancelled.is_some() {
        return "cancelled";
    }
    let Some(enroll) = enroll else {
        return if offering.access == Access::Required { "required" } else { "none" };
    };
    match enroll.status.as_ref().map(|status| status.value) {
        Some(EnrollmentStatus::Closed) => "closed",
        Some(EnrollmentStatus::Waitlist) => "waitlist",
        Some(EnrollmentStatus::Full) if enroll.waitlist.is_some() => "waitlist",
        Some(EnrollmentStatus::Full) => "full",
        None => "",
    }
}

fn words(state: EnrollmentState, way: &WayView) -> (&'static str, String, String) {
    let (id, word) = name(state, way.status == "required");
    match state {
        EnrollmentState::OpensOn => (id, way.opening.clone().unwrap_or_default(), String::new()),
        EnrollmentState::ClosingSoon | EnrollmentState::Open => {
            (id, word.to_owned(), way.until.clone().unwrap_or_default())
        }
        _ if id == "required" => (id, word.to_owned(), "no enrollment needed".to_owned()),
        _ => (id, word.to_owned(), String::new()),
    }
}

/// The ID of a state, and its name without a date. `required` says that there is nothing to enroll
/// in since everyone attends.
pub(super) fn name(state: EnrollmentState, required: bool) -> (&'static str, &'static str) {
    match state {
        EnrollmentState::InProgress | EnrollmentState::None if required => ("required", "Required"),
        EnrollmentState::OpensOn => ("opens-on", "Not open yet"),
        EnrollmentState::Cancelled => ("cancelled", "Cancelled"),
        EnrollmentState::Past => ("past", "Past"),
        EnrollmentState::InProgress => ("in-progress", "In progress"),
        EnrollmentState::Closed => ("closed", "Enrollment closed"),
        EnrollmentState::Full => ("full", "Full"),
        EnrollmentState::Waitlist => ("waitlist", "Waitlist"),
        EnrollmentState::ClosingSoon => ("closing-soon", "Closes soon"),
        EnrollmentState::Open => ("open", "Open"),
        EnrollmentState::None => ("upcoming", "Upcoming"),
    }
}
