//! What changed since a day: by comparing with what was seen then, or by what the content records.

use std::collections::BTreeSet;

use super::Scope;
use crate::diff::{
    Change, Entry, Fate, Kind, Offering, Session, SessionRef, Snapshot, Status, compare,
};

/// What is different from what was seen before, without what concerns the past alone.
pub(super) fn compared(before: &Snapshot, now: &Snapshot, scope: &Scope) -> Vec<Entry> {
    let difference = compare(before, now, scope.now);
    let is_over = |offering: &Offering| {
        let mut sessions = offering.sessions().peekable();
        sessions.peek().is_some() && sessions.all(|(_, session)| session.is_over(scope.since))
    };
    let mut entries = Vec::new();
    for mut entry in difference.offerings {
        let seen = [before.offerings.get(&entry.id), now.offerings.get(&entry.id)];
        if seen.into_iter().flatten().all(is_over) {
            continue;
        }
        entry.changes.retain(|change| is_news(change.kind) && !is_past(change, &seen, scope));
        if entry.fate != Fate::Changed || !entry.changes.is_empty() {
            entries.push(entry);
        }
    }
    // A new requirement is told as a change of what is asked, with its rule.
    entries.extend(difference.requirements.into_iter().map(|entry| match entry.fate {
        Fate::Added => Entry { fate: Fate::Changed, ..entry },
        _ => entry,
    }));
    entries
}

/// Other words for the same thing are no news.
fn is_news(kind: Kind) -> bool {
    !matches!(kind, Kind::SummaryChanged | Kind::KindChanged)
}

/// True for a change of a session that was over before the time of which the bulletin tells.
fn is_past(change: &Change, seen: &[Option<&Offering>; 2], scope: &Scope) -> bool {
    let Some(SessionRef { key, .. }) = &change.session else { return false };
    let sessions = seen.iter().flatten().flat_map(|offering| offering.sessions());
    let mut found = sessions.filter(|(_, session)| session.key == *key).peekable();
    found.peek().is_some() && found.all(|(_, session)| session.is_over(scope.since))
}

/// What the content records of changes, as far as it concerns what is to come.
pub(super) fn recorded(now: &Snapshot, announced: &BTreeSet<String>, scope: &Scope) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (id, offering) in &now.offerings {
        let added = announced.contains(id);
        let changes = if added { Vec::new() } else { of_offering(offering, scope) };
        if added || !changes.is_empty() {
            entries.push(Entry {
                id: id.clone(),
                title: offering.title.clone(),
                url: offering.url.clone(),
                fate: if added { Fate::Added } else { Fate::Changed },
                about: Vec::new(),
                changes,
            });
        }
    }
    entries.sort_by(|a, b| (&a.title, &a.id).cmp(&(&b.title, &b.id)));
    entries
}

fn of_offering(offering: &Offering, scope: &Scope) -> Vec<Change> {
    let mut changes = Vec::new();
    let to_come = |(_, session): &(_, &Session)| !session.is_over(scope.now);
    if offering.cancelled {
        if offering.sessions().next().is_none() || offering.sessions().any(|one| to_come(&one)) {
            changes.push(change(Kind::Cancelled, None, None));
        }
        return changes;
    }
    changes.extend(extended(offering.enrollment.as_ref(), scope));
    for group in &offering.groups {
        let of_group = extended(group.enrollment.as_ref(), scope);
        changes.extend(of_group.map(|one| Change { cohort: group.title.clone(), ..one }));
        for session in group.sessions.iter().filter(|session| !session.is_over(scope.now)) {
            let (key, name) = (session.key.clone(), session.name.clone());
            let of_session = of_session(session).into_iter();
            changes.extend(of_session.chain(extended(session.enrollment.as_ref(), scope)).map(
                |one| Change {
                    cohort: group.title.clone(),
                    session: Some(SessionRef { key: key.clone(), name: name.clone() }),
                    ..one
                },
            ));
        }
    }
    changes
}

/// What became of a session, with the reason once.
fn of_session(session: &Session) -> Option<Change> {
    let reason = session.reason.clone();
    let when = session.in_words();
    let one = match (session.status, &session.moved_from, &session.place_was) {
        (Status::Cancelled, ..) => change(Kind::SessionCancelled, when, None),
        (Status::Postponed, from, _) => change(Kind::SessionPostponed, from.clone().or(when), None),
        (_, Some(from), _) => change(Kind::SessionMoved, Some(from.clone()), when),
        (_, None, Some(place)) => {
            change(Kind::SessionPlaceChanged, Some(place.clone()), session.place.clone())
        }
        (_, None, None) => return None,
    };
    Some(Change { reason, ..one })
}

/// A deadline that was extended and is to come.
fn extended(enrollment: Option<&crate::diff::Enrollment>, scope: &Scope) -> Option<Change> {
    let enrollment = enrollment?;
    let (was, closes) = (enrollment.was.as_ref()?, enrollment.closes.as_ref()?);
    (closes.instant() > Some(scope.now)).then(|| {
        change(Kind::EnrollmentExtended, Some(was.words.clone()), Some(closes.words.clone()))
    })
}

fn change(kind: Kind, was: Option<String>, now: Option<String>) -> Change {
    Change { kind, cohort: None, session: None, was, now, reason: None }
}
