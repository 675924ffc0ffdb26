//! Enrollment: where, from when to when, for how many.

use super::{Moment, Url};
use crate::source::{Span, Spanned};

/// How one gets a seat.
#[derive(Clone, Debug)]
pub struct Enrollment {
    /// Where to enroll or apply.
    pub url: Spanned<Url>,
    /// The words of the button; `Enroll`, or `Apply` for an application, if not given.
    pub label: Option<String>,
    /// From when.
    pub opens: Option<Spanned<Moment>>,
    /// Until when. With rounds it is the close of the last one.
    pub closes: Option<Spanned<Moment>>,
    /// The earlier `closes`, when the deadline was extended.
    pub was: Option<Spanned<Moment>>,
    /// Several deadlines, in the order of time.
    pub rounds: Vec<Round>,
    /// No deadline.
    pub rolling: bool,
    /// Seats.
    pub capacity: Option<Spanned<u32>>,
    /// Set by staff; wins over the dates.
    pub status: Option<Spanned<EnrollmentStatus>>,
    /// Where the waitlist is.
    pub waitlist: Option<Spanned<Url>>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// The whole map.
    pub span: Span,
}

/// One of several deadlines.
#[derive(Clone, Debug)]
pub struct Round {
    /// `First round`.
    pub label: String,
    /// Its deadline.
    pub closes: Spanned<Moment>,
}

/// What staff say of the seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrollmentStatus {
    /// No seat is left.
    Full,
    /// No seat is left, and there is a waitlist.
    Waitlist,
    /// Closed before its time.
    Closed,
}
