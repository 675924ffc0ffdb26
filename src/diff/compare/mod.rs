//! Two snapshots to what is different between them.

mod enrollment;
mod session;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::difference::{Change, Difference, Entry, Fate, Kind, SessionRef};
use super::snapshot::{Group, OFFERINGS, Offering, REQUIREMENTS, Requirement, Session, Snapshot};
use enrollment::enrollment;
use session::{session, whole};

/// What is different in `new`. `at` is the present moment, by which a window that opens earlier is
/// one that has opened.
pub fn compare(old: &Snapshot, new: &Snapshot, at: Timestamp) -> Difference {
    let read = |collection: &'static str| {
        move |id: &str| {
            let name = format!("{collection}/{id}");
            !old.unread.contains(&name) && !new.unread.contains(&name)
        }
    };
    let offering = |old: &Offering, new: &Offering| of_offering(old, new, at);
    Difference {
        offerings: entries(&old.offerings, &new.offerings, read(OFFERINGS), offering),
        requirements: entries(
            &old.requirements,
            &new.requirements,
            read(REQUIREMENTS),
            of_requirement,
        ),
    }
}

/// What the entries of both collections have for every one of them.
trait Shown {
    fn title(&self) -> &str;
    fn url(&self) -> &str;
    /// What one is that was added.
    fn about(&self) -> Vec<String>;
}

impl Shown for Offering {
    fn title(&self) -> &str {
        &self.title
    }

    fn url(&self) -> &str {
        &self.url
    }

    fn about(&self) -> Vec<String> {
        let count = match self.groups.as_slice() {
            [Group { id: None, sessions, .. }] => counted(sessions.len(), "session"),
            cohorts => counted(cohorts.len(), "cohort"),
        };
        let dates = [Some(self.dates.clone()), count].into_iter().flatten();
        let dates: Vec<String> = dates.collect();
        let mut lines = vec![format!("{}: {}", self.kind, self.for_whom()), dates.join("; ")];
        lines.extend(self.cancelled.then(|| "Cancelled".to_owned()));
        lines.extend(self.enrollment.as_ref().map(|enrollment| enrollment.window.clone()));
        lines
    }
}

/// `1 session`, `3 sessions`; nothing for none.
fn counted(number: usize, noun: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        number => Some(format!("{number} {noun}s")),
    }
}

impl Shown for Requirement {
    fn title(&self) -> &str {
        &self.title
    }

    fn url(&self) -> &str {
        &self.url
    }

    fn about(&self) -> Vec<String> {
        vec![self.rule.clone()]
    }
}

fn entries<T: Shown>(
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    read: impl Fn(&str) -> bool,
    changes: impl Fn(&T, &T) -> Vec<Change>,
) -> Vec<Entry> {
    let entry = |id: &str, shown: &T, fate| Entry {
        id: id.to_owned(),
        title: shown.title().to_owned(),
        url: shown.url().to_owned(),
        fate,
        about: if fate == Fate::Added { shown.about() } else { Vec::new() },
        changes: Vec::new(),
    };
    let mut entries = Vec::new();
    for (id, now) in new {
        match old.get(id) {
            None => entries.push(entry(id, now, Fate::Added)),
            Some(was) => {
                let changes = changes(was, now);
                if !changes.is_empty() {
                    entries.push(Entry { changes, ..entry(id, now, Fate::Changed) });
                }
            }
        }
    }
    let gone = old.iter().filter(|(id, _)| !new.contains_key(*id));
    entries.extend(gone.map(|(id, was)| entry(id, was, Fate::Gone)));
    entries.retain(|entry| read(&entry.id));
    entries.sort_by(|a, b| (a.fate, &a.title, &a.id).cmp(&(b.fate, &b.title, &b.id)));
    entries
}

/// The changes of one entry as they are found, with what they are about.
#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    cohort: Option<String>,
    session: Option<SessionRef>,
}

impl Found {
    fn add(&mut self, kind: Kind, was: Option<String>, now: Option<String>) {
        self.because(kind, was, now, None);
    }

    fn because(
        &mut self,
        kind: Kind,
        was: Option<String>,
        now: Option<String>,
        reason: Option<&String>,
    ) {
        let (cohort, session) = (self.cohort.clone(), self.session.clone());
        self.changes.push(Change { kind, cohort, session, was, now, reason: reason.cloned() });
    }

    /// A text that is different.
    fn text(&mut self, kind: Kind, was: &str, now: &str) {
        if was != now {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            self.add(kind, some(was), some(now));
        }
    }
}

impl Offering {
    /// For whom it is, with the networks.
    fn for_whom(&self) -> String {
        if self.networks.is_empty() {
            self.audience.clone()
        } else {
            format!("{}; {}", self.audience, self.networks.join(", "))
        }
    }
}

fn of_offering(old: &Offering, new: &Offering, at: Timestamp) -> Vec<Change> {
    let mut found = Found::default();
    found.text(Kind::Renamed, &old.title, &new.title);
    match (old.cancelled, new.cancelled) {
        (false, true) => found.add(Kind::Cancelled, None, None),
        (true, false) => found.add(Kind::Reinstated, None, None),
        _ => {}
    }
    found.text(Kind::KindChanged, &old.kind, &new.kind);
    found.text(Kind::SummaryChanged, &old.summary, &new.summary);
    found.text(Kind::AudienceChanged, &old.for_whom(), &new.for_whom());
    found.text(Kind::AccessChanged, &old.access, &new.access);
    found.text(Kind::CreditChanged, &old.credit.join(", "), &new.credit.join(", "));
    if new.cancelled {
        // Nobody can come, whatever else became of its sessions.
        return found.changes;
    }
    let dated =
        |offering: &Offering| offering.groups.iter().any(|group| !group.sessions.is_empty());
    if !dated(old) && !dated(new) {
        found.text(Kind::DatesChanged, &old.dates, &new.dates);
    }
    if !old.cancelled {
        enrollment(&mut found, old.enrollment.as_ref(), new.enrollment.as_ref(), at);
    }
    groups(&mut found, old, new, at);
    found.changes
}

fn groups(found: &mut Found, old: &Offering, new: &Offering, at: Timestamp) {
    for now in &new.groups {
        found.cohort.clone_from(&now.title);
        match old.groups.iter().find(|was| was.id == now.id) {
            Some(was) => group(found, was, now, at),
            None if now.id.is_some() => {
                let dates = summary_of_days(&now.sessions);
                found.add(Kind::CohortAdded, None, dates);
            }
            None => group(found, &Group::default(), now, at),
        }
    }
    for was in &old.groups {
        if new.groups.iter().all(|now| now.id != was.id) {
            found.cohort.clone_from(&was.title);
            if was.id.is_some() {
                found.add(Kind::CohortRemoved, summary_of_days(&was.sessions), None);
            } else {
                group(found, was, &Group::default(), at);
            }
        }
    }
    found.cohort = None;
}

/// The days of a cohort's sessions, in words.
fn summary_of_days(sessions: &[Session]) -> Option<String> {
    let when: Vec<String> = sessions.iter().filter_map(Session::in_words).collect();
    (!when.is_empty()).then(|| when.join("; "))
}

fn group(found: &mut Found, old: &Group, new: &Group, at: Timestamp) {
    if let (Some(was), Some(now)) = (&old.title, &new.title) {
        found.text(Kind::CohortRenamed, was, now);
    }
    enrollment(found, old.enrollment.as_ref(), new.enrollment.as_ref(), at);
    let old_by_key: BTreeMap<&str, &Session> =
        old.sessions.iter().map(|session| (session.key.as_str(), session)).collect();
    let new_by_key: BTreeMap<&str, &Session> =
        new.sessions.iter().map(|session| (session.key.as_str(), session)).collect();
    for now in &new.sessions {
        found.session = Some(SessionRef { key: now.key.clone(), name: now.name.clone() });
        match old_by_key.get(now.key.as_str()) {
            Some(was) => session(found, was, now, at),
            None => found.because(Kind::SessionAdded, None, whole(now), now.reason.as_ref()),
        }
    }
    for was in old.sessions.iter().filter(|was| !new_by_key.contains_key(was.key.as_str())) {
        found.session = Some(SessionRef { key: was.key.clone(), name: was.name.clone() });
        found.add(Kind::SessionRemoved, was.in_words(), None);
    }
    found.session = None;
}

fn of_requirement(old: &Requirement, new: &Requirement) -> Vec<Change> {
    let mut found = Found::default();
    found.text(Kind::Renamed, &old.title, &new.title);
    found.text(Kind::RuleChanged, &old.rule, &new.rule);
    for (id, title) in &new.choices {
        if !old.choices.contains_key(id) {
            found.add(Kind::ChoiceAdded, None, Some(title.clone()));
        }
    }
    for (id, title) in &old.choices {
        if !new.choices.contains_key(id) {
            found.add(Kind::ChoiceRemoved, Some(title.clone()), None);
        }
    }
    found.changes
}
