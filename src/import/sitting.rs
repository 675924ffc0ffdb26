//! One session as it was understood, from whatever source.

use super::when::Days;
use crate::model::{SessionStatus, TimeRange};

/// What a row or an event says.
#[derive(Clone, Debug)]
pub(super) struct Sitting {
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The title of its offering, if it names one.
    pub offering: Option<String>,
    /// The days.
    pub days: Days,
    /// The hours.
    pub time: Option<TimeRange>,
    /// The rule by which it repeats, as the lines of `repeat`.
    pub repeat: Vec<(&'static str, String)>,
    /// Where: the ID of a place of the catalog, or words.
    pub place: Option<Venue>,
    /// `true`, or an address.
    pub online: Option<String>,
    /// IDs of people.
    pub facilitators: Vec<String>,
    /// Whether it takes place.
    pub status: Option<SessionStatus>,
    /// What else is to be known.
    pub note: Option<String>,
    /// What it says of its offering.
    pub about: About,
}

/// Where a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Venue {
    /// A place of the catalog.
    Place(String),
    /// Words.
    Words(String),
}

/// What a row says of the offering as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// The ID of its kind.
    pub kind: Option<String>,
    /// IDs of roles.
    pub roles: Vec<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Where one enrolls.
    pub enroll: Option<String>,
    /// How many seats there are.
    pub capacity: Option<u32>,
}

impl About {
    /// What one row leaves out, another may say.
    pub fn join(&mut self, other: &Self) {
        self.kind = self.kind.take().or_else(|| other.kind.clone());
        self.summary = self.summary.take().or_else(|| other.summary.clone());
        self.enroll = self.enroll.take().or_else(|| other.enroll.clone());
        self.capacity = self.capacity.or(other.capacity);
        for role in &other.roles {
            if !self.roles.contains(role) {
                self.roles.push(role.clone());
            }
        }
    }
}
