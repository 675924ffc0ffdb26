//! Two snapshots to what is different between them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::snapshot::{
    Day, Enrollment, Group, Moment, OFFERINGS, Offering, REQUIREMENTS, Requirement, Session,
    Snapshot, Status,
};

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

impl Difference {
    /// True when a leader sees no change.
    pub fn is_empty(&self) -> bool {
        self.offerings.is_empty() && self.requirements.is_empty()
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

fn session(found: &mut Found, old: &Session, new: &Session, at: Timestamp) {
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
fn whole(session: &Session) -> Option<String> {
    let parts = [session.in_words(), session.place.clone(), session.online.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn enrollment(
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
