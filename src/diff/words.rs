//! Differences in words, the same in every form.

use super::difference::{Change, Difference, Entry, Fate, Kind};

/// What a change is about, in words; nothing when it is the whole entry, or an entry's only
/// session: `Session 2`, `Spring cohort, Session 2`.
pub(super) fn subject(change: &Change) -> Option<String> {
    let session = change.session.as_ref().and_then(|session| session.name.as_ref());
    let parts: Vec<&str> =
        [change.cohort.as_ref(), session].into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What happened: `Moved`, `Enrollment extended`.
pub(super) fn happened(kind: Kind) -> &'static str {
    match kind {
        Kind::Renamed => "Renamed",
        Kind::Cancelled => "Cancelled as a whole",
        Kind::Reinstated => "No longer cancelled",
        Kind::KindChanged => "Of another kind",
        Kind::SummaryChanged => "Described in other words",
        Kind::AudienceChanged => "For others than before",
        Kind::AccessChanged => "Another way to come in",
        Kind::CreditChanged | Kind::SessionCreditChanged => "Credit changed",
        Kind::DatesChanged => "Dates changed",
        Kind::RuleChanged => "The rule changed",
        Kind::ChoiceAdded => "One more choice",
        Kind::ChoiceRemoved => "No longer a choice",
        Kind::CohortAdded => "Cohort added",
        Kind::CohortRemoved => "Cohort removed",
        Kind::CohortRenamed => "Cohort renamed",
        Kind::SessionAdded => "Session added",
        Kind::SessionRemoved => "Session removed",
        Kind::SessionRenamed => "Session renamed",
        Kind::SessionMoved => "Moved",
        Kind::SessionDateSet => "Date set",
        Kind::SessionDateWithdrawn => "Date withdrawn",
        Kind::SessionDayAdded => "One more day",
        Kind::SessionDayRemoved => "No longer on",
        Kind::SessionPlaceChanged => "Another place",
        Kind::SessionOnlineChanged => "Another way to join",
        Kind::SessionCancelled => "Cancelled",
        Kind::SessionPostponed => "Postponed",
        Kind::SessionTentative => "Tentative",
        Kind::SessionConfirmed => "Confirmed",
        Kind::SessionReinstated => "Takes place again",
        Kind::SessionBackupChanged => "Backup date changed",
        Kind::EnrollmentAdded => "Enrollment added",
        Kind::EnrollmentRemoved => "Enrollment removed",
        Kind::EnrollmentOpened => "Enrollment opened",
        Kind::EnrollmentOpensChanged => "Enrollment opens another day",
        Kind::EnrollmentExtended => "Enrollment extended",
        Kind::EnrollmentShortened => "Enrollment closes earlier",
        Kind::EnrollmentClosed => "Enrollment closed",
        Kind::EnrollmentDeadlineAdded => "Enrollment has a deadline",
        Kind::EnrollmentDeadlineRemoved => "Enrollment has no deadline any more",
        Kind::EnrollmentRoundsChanged => "Deadlines changed",
        Kind::EnrollmentFull => "Full",
        Kind::EnrollmentWaitlist => "Waitlist",
        Kind::EnrollmentReopened => "Seats again",
        Kind::EnrollmentLinkChanged => "Another link to enroll",
    }
}

/// What a difference says when there is none.
pub(super) const NOTHING: &str = "Nothing that a leader sees has changed.";

/// All of it in a line: `1 offering added, 2 changed; 1 requirement gone`.
pub(super) fn summary(difference: &Difference) -> String {
    let parts = [("offering", &difference.offerings), ("requirement", &difference.requirements)];
    let parts: Vec<String> =
        parts.into_iter().filter_map(|(noun, entries)| count(noun, entries)).collect();
    if parts.is_empty() { NOTHING.to_owned() } else { parts.join("; ") }
}

fn count(noun: &str, entries: &[Entry]) -> Option<String> {
    let mut parts = Vec::new();
    for (fate, word) in [(Fate::Added, "added"), (Fate::Gone, "gone"), (Fate::Changed, "changed")] {
        let number = entries.iter().filter(|entry| entry.fate == fate).count();
        let noun = match (parts.is_empty(), number) {
            (_, 0) => continue,
            (true, 1) => format!(" {noun}"),
            (true, _) => format!(" {noun}s"),
            (false, _) => String::new(),
        };
        parts.push(format!("{number}{noun} {word}"));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Every part of a difference that is not empty, with its heading.
pub(super) fn sections(difference: &Difference) -> Vec<(&'static str, Vec<&Entry>)> {
    let all = [
        ("New offerings", &difference.offerings, Fate::Added),
        ("Offerings that are gone", &difference.offerings, Fate::Gone),
        ("Changed offerings", &difference.offerings, Fate::Changed),
        ("New requirements", &difference.requirements, Fate::Added),
        ("Requirements that are gone", &difference.requirements, Fate::Gone),
        ("Changed requirements", &difference.requirements, Fate::Changed),
    ];
    all.into_iter()
        .map(|(title, entries, fate)| {
            (title, entries.iter().filter(|entry| entry.fate == fate).collect::<Vec<_>>())
        })
        .filter(|(_, entries)| !entries.is_empty())
        .collect()
}
