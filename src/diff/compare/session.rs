//! What became of a session: its status, its days, its place.

use jiff::Timestamp;

use super::super::difference::Kind;
use super::super::snapshot::{Day, Session, Status};
use super::Found;
use super::enrollment::enrollment;

pub(super) fn session(found: &mut Found, old: &Session, new: &Session, at: Timestamp) {
    if let (Some(was), Some(now)) = (&old.name, &new.name) {
        found.text(Kind::SessionRenamed, was, now);
    }
    let reason = new.reason.as_ref();
    let became = match (old.status, new.status) {
        (was, now) if was == now => None,
        (_, Status::Cancelled) => Some(Kind::SessionCancelled),
        (_, Status::Postponed) => Some(Kind::SessionPostponed),
        (_, Status::Tentative) => Some(Kind::SessionTentative),
        (Status::Tentative, Status::Planned) => Some(Kind::SessionConfirmed),
        (_, Status::Planned) => Some(Kind::SessionReinstated),
    };
    let withdrawn = matches!(new.status, Status::Cancelled | Status::Postponed);
    if let Some(kind) = became {
        match kind {
            Kind::SessionCancelled | Kind::SessionPostponed => {
                found.because(kind, old.in_words(), None, reason);
            }
            _ => found.because(kind, None, new.in_words(), reason),
        }
    }
    if !(became.is_some() && withdrawn) {
        days(found, old, new);
        if old.place != new.place {
            found.because(
                Kind::SessionPlaceChanged,
                old.place.clone(),
                new.place.clone(),
                // What moved and changed its place has one reason, told once.
                reason.filter(|_| old.days == new.days),
            );
        }
        if old.online != new.online {
            found.add(Kind::SessionOnlineChanged, old.online.clone(), new.online.clone());
        }
    }
    let backup = |session: &Session| session.backup.as_ref().map(Day::in_words);
    if old.backup != new.backup {
        found.add(Kind::SessionBackupChanged, backup(old), backup(new));
    }
    found.text(Kind::SessionCreditChanged, &old.credit.join(", "), &new.credit.join(", "));
    enrollment(found, old.enrollment.as_ref(), new.enrollment.as_ref(), at);
}

/// When a session is, at another time than before.
fn days(found: &mut Found, old: &Session, new: &Session) {
    let reason = new.reason.as_ref();
    match (old.days.as_slice(), new.days.as_slice()) {
        ([], []) if old.when != new.when => {
            found.because(Kind::SessionMoved, old.in_words(), new.in_words(), reason);
        }
        ([], []) => {}
        ([], _) => found.because(Kind::SessionDateSet, old.in_words(), new.in_words(), reason),
        (_, []) => {
            found.because(Kind::SessionDateWithdrawn, old.in_words(), new.in_words(), reason);
        }
        (was, now) => {
            let same = |a: &Day, b: &Day| a.starts == b.starts && a.ends == b.ends;
            let only = |these: &[Day], those: &[Day]| -> Vec<String> {
                let only = these.iter().filter(|day| !those.iter().any(|other| same(day, other)));
                only.map(Day::in_words).collect()
            };
            let (gone, come) = (only(was, now), only(now, was));
            let words = |days: &[String]| (!days.is_empty()).then(|| days.join("; "));
            let kind = match (gone.is_empty(), come.is_empty()) {
                (true, true) => None,
                (true, false) => Some(Kind::SessionDayAdded),
                (false, true) => Some(Kind::SessionDayRemoved),
                (false, false) => Some(Kind::SessionMoved),
            };
            if let Some(kind) = kind {
                found.because(kind, words(&gone), words(&come), reason);
            }
            for day in now {
                let before = was.iter().find(|other| same(day, other));
                if let Some(before) = before.filter(|before| before.place != day.place) {
                    let on = |day: &Day| {
                        day.place.as_ref().map(|at| format!("{}: {at}", day.in_words()))
                    };
                    found.because(Kind::SessionPlaceChanged, on(before), on(day), reason);
                }
            }
        }
    }
}

/// When and where a session is.
pub(super) fn whole(session: &Session) -> Option<String> {
    let parts = [session.in_words(), session.place.clone(), session.online.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
