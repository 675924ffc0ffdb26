//! What became of an enrollment: its window, its seats, its link.

use jiff::Timestamp;

use super::super::difference::Kind;
use super::super::snapshot::{Enrollment, Moment};
use super::Found;

pub(super) fn enrollment(
    found: &mut Found,
    old: Option<&Enrollment>,
    new: Option<&Enrollment>,
    at: Timestamp,
) {
    let (was, now) = match (old, new) {
        (None, None) => return,
        (None, Some(now)) => {
            let words = format!("{} ({})", now.window, now.url);
            return found.add(Kind::EnrollmentAdded, None, Some(words));
        }
        (Some(was), None) => {
            return found.add(Kind::EnrollmentRemoved, Some(was.window.clone()), None);
        }
        (Some(was), Some(now)) => (was, now),
    };
    if was.status != now.status {
        let kind = match now.status.as_str() {
            "closed" => Kind::EnrollmentClosed,
            "full" => Kind::EnrollmentFull,
            "waitlist" => Kind::EnrollmentWaitlist,
            _ => Kind::EnrollmentReopened,
        };
        found.add(kind, None, None);
    }
    let over =
        |moment: &Option<Moment>| moment.as_ref().is_some_and(|one| one.instant() <= Some(at));
    let words = |moment: &Option<Moment>| moment.as_ref().map(|one| one.words.clone());
    if was.opens.as_ref().map(Moment::instant) != now.opens.as_ref().map(Moment::instant) {
        let opened =
            was.opens.is_some() && !over(&was.opens) && (over(&now.opens) || now.opens.is_none());
        let kind = if opened { Kind::EnrollmentOpened } else { Kind::EnrollmentOpensChanged };
        found.add(kind, words(&was.opens), words(&now.opens));
    }
    let (before, after) =
        (was.closes.as_ref().map(Moment::instant), now.closes.as_ref().map(Moment::instant));
    if before != after {
        let kind = match (before, after) {
            (Some(before), Some(after)) if after > before => Kind::EnrollmentExtended,
            (Some(_), Some(_)) if over(&now.closes) && !over(&was.closes) => Kind::EnrollmentClosed,
            (Some(_), Some(_)) => Kind::EnrollmentShortened,
            (None, _) => Kind::EnrollmentDeadlineAdded,
            (Some(_), None) => Kind::EnrollmentDeadlineRemoved,
        };
        found.add(kind, words(&was.closes), words(&now.closes));
    }
    let rounds = |of: &Enrollment| {
        let rounds = of.rounds.iter().map(|(label, closes)| format!("{label}: {}", closes.words));
        rounds.collect::<Vec<_>>().join("; ")
    };
    found.text(Kind::EnrollmentRoundsChanged, &rounds(was), &rounds(now));
    found.text(Kind::EnrollmentLinkChanged, &was.url, &now.url);
}
