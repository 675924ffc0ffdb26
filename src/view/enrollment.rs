//! Enrollment: its state, its window, its button.

use serde::Serialize;

use super::MomentView;

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
