//! What is different between two snapshots, as a value.

use serde::Serialize;

/// What a leader would see changed. Entries are in the order of their fate, then of their title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Offerings that are not as they were.
    pub offerings: Vec<Entry>,
    /// Requirements that are not as they were.
    pub requirements: Vec<Entry>,
}

/// An offering or a requirement that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its ID.
    pub id: String,
    /// Its name, the new one if it has another.
    pub title: String,
    /// The absolute address of its page; of one that is gone, the address that it had.
    pub url: String,
    /// What became of it.
    pub fate: Fate,
    /// What it is, a line each, of one that was added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// What is different, of one that changed.
    pub changes: Vec<Change>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Gone,
    /// It is there, and different.
    Changed,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// The cohort in question, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// The session in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionRef>,
    /// What held before, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What holds now, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Why, as staff wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A session in question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionRef {
    /// What it keeps when it moves: `self-as-core.spring.2`.
    pub key: String,
    /// Its name; absent when it has none and is the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it; `words` has the sentences")]
pub enum Kind {
    Renamed,
    Cancelled,
    Reinstated,
    KindChanged,
    SummaryChanged,
    AudienceChanged,
    AccessChanged,
    CreditChanged,
    DatesChanged,
    CohortAdded,
    CohortRemoved,
    CohortRenamed,
    SessionAdded,
    SessionRemoved,
    SessionRenamed,
    SessionMoved,
    SessionDateSet,
    SessionDateWithdrawn,
    SessionDayAdded,
    SessionDayRemoved,
    SessionPlaceChanged,
    SessionOnlineChanged,
    SessionCancelled,
    SessionPostponed,
    SessionTentative,
    SessionConfirmed,
    SessionReinstated,
    SessionBackupChanged,
    SessionCreditChanged,
    EnrollmentAdded,
    EnrollmentRemoved,
    EnrollmentOpened,
    EnrollmentOpensChanged,
    EnrollmentExtended,
    EnrollmentShortened,
    EnrollmentClosed,
    EnrollmentDeadlineAdded,
    EnrollmentDeadlineRemoved,
    EnrollmentRoundsChanged,
    EnrollmentFull,
    EnrollmentWaitlist,
    EnrollmentReopened,
    EnrollmentLinkChanged,
    RuleChanged,
    ChoiceAdded,
    ChoiceRemoved,
}

impl Difference {
    /// True when a leader sees no change.
    pub fn is_empty(&self) -> bool {
        self.offerings.is_empty() && self.requirements.is_empty()
    }
}
