//! What an entry lacks after its faults, so that no check concludes anything from it.
//!
//! A field that cannot be read is one mistake. What follows from its absence (nobody can enroll,
//! the sums differ, two sessions seem to overlap) is none, and what does not follow from it is told
//! in the same run. So the faults of an entry are sorted by the field in which they lie.

use crate::diag::{Code, Diagnostic, nearest};
use crate::model::Gap;
use crate::source::{FileId, Place, Span};
use crate::syntax::{Entry, Kind, Node};

/// Fields from whose absence something would follow, each with what is then unknown.
const FIELDS: [(&str, &[Gap]); 26] = [
    ("access", &[Gap::Enrollment]),
    ("alternatives", &[Gap::Days, Gap::Sessions]),
    ("attendance", &[Gap::Credit]),
    ("cancelled", &[Gap::Status]),
    ("choose", &[Gap::Choices]),
    ("cohorts", &[Gap::Days, Gap::Sessions, Gap::Enrollment]),
    ("credit", &[Gap::Credit]),
    ("date", &[Gap::Days]),
    ("dates", &[Gap::Days]),
    ("enroll", &[Gap::Enrollment]),
    ("meetings", &[Gap::Days, Gap::Hours]),
    ("month", &[Gap::Days]),
    ("of", &[Gap::Choices]),
    ("online", &[Gap::Online]),
    ("repeat", &[Gap::Days, Gap::Sessions]),
    ("required", &[Gap::Audience]),
    ("roles", &[Gap::Audience]),
    ("season", &[Gap::Days]),
    ("sessions", &[Gap::Days, Gap::Sessions, Gap::Enrollment]),
    ("status", &[Gap::Status]),
    ("tba", &[Gap::Days]),
    ("time", &[Gap::Hours]),
    ("timezone", &[Gap::Hours]),
    ("weekday", &[Gap::Weekday]),
    ("year", &[Gap::Year]),
    ("year_starts", &[Gap::Year]),
];

/// Fields that hold entries with fields of their own: what is wrong in one of these is no fault of
/// the whole.
const CONTAINERS: [&str; 4] = ["sessions", "cohorts", "alternatives", "meetings"];

/// Fields that lie deeper and have names of the above without their meaning.
const APART: [&str; 3] = ["backup", "materials", "allow"];

/// What the faults of an entry leave unknown, in it and in its sessions.
pub(super) fn gaps(file: FileId, entry: &Node<'_>, faults: &[Diagnostic]) -> Vec<(Span, Gap)> {
    let mut found = Vec::new();
    for fault in faults {
        if let (file_of, Place::Node(at)) = (fault.primary.span.file, fault.primary.span.place)
            && file_of == file
        {
            let mut walk =
                Walk { file, code: fault.code, at, holders: Vec::new(), found: Vec::new() };
            walk.enter(entry);
            found.append(&mut walk.found);
        }
    }
    found
}

/// The way from an entry to the node of a fault.
struct Walk {
    file: FileId,
    code: Code,
    at: u32,
    /// The entry, and the session in it.
    holders: Vec<Span>,
    found: Vec<(Span, Gap)>,
}

impl Walk {
    fn enter(&mut self, entry: &Node<'_>) {
        self.holders.push(Span::node(self.file, entry.id));
        let Kind::Map(fields) = &entry.kind else { return };
        let Some(field) = fields.iter().rev().find(|field| field.key_id <= self.at) else {
            // A required field is missing; only that of the roles says for whom all else is.
            if self.code == Code::MissingField {
                self.lacks(&[Gap::Audience]);
            }
            return;
        };
        self.field(field, false);
    }

    fn field(&mut self, field: &Entry<'_>, is_id: bool) {
        let key = &*field.key;
        let on_key = self.at == field.key_id;
        if is_id {
            return if on_key { self.all() } else { self.enter(&field.value) };
        }
        if on_key && self.code == Code::UnknownField {
            let meant = nearest(key, FIELDS.iter().map(|(name, _)| *name));
            return match meant {
                Some(meant) => self.named(meant),
                // Whatever it was to say, it may have said it of the whole.
                None if self.holders.len() == 1 => self.lacks(&[Gap::Enrollment, Gap::Year]),
                None => {}
            };
        }
        if APART.contains(&key) {
            return;
        }
        if !CONTAINERS.contains(&key) || self.at <= field.value.id {
            return self.named(key);
        }
        match &field.value.kind {
            Kind::List(items) => {
                let Some(item) = items.iter().rev().find(|item| item.id <= self.at) else { return };
                let no_session = self.at == item.id && self.code != Code::DuplicateId;
                match () {
                    () if key == "meetings" => self.named_in_meeting(item),
                    () if no_session && !matches!(item.kind, Kind::Map(_)) => self.named(key),
                    () if no_session => {
                        self.holders.push(Span::node(self.file, item.id));
                        self.lacks(&[Gap::Days]);
                    }
                    () => self.enter(item),
                }
            }
            Kind::Map(fields) => {
                let inner = fields.iter().rev().find(|inner| inner.key_id <= self.at);
                if let Some(inner) = inner {
                    self.field(inner, key == "cohorts");
                }
            }
            _ => self.named(key),
        }
    }

    fn named_in_meeting(&mut self, item: &Node<'_>) {
        let key = match &item.kind {
            Kind::Map(fields) => fields.iter().rev().find(|field| field.key_id <= self.at),
            _ => None,
        };
        match key.map(|field| &*field.key) {
            Some("time") => self.lacks(&[Gap::Hours]),
            Some("place") => {}
            _ => self.lacks(&[Gap::Days, Gap::Hours]),
        }
    }

    fn named(&mut self, name: &str) {
        if let Some((_, gaps)) = FIELDS.iter().find(|(field, _)| *field == name) {
            self.lacks(gaps);
        }
    }

    fn all(&mut self) {
        self.lacks(&[Gap::Days, Gap::Sessions, Gap::Enrollment]);
    }

    fn lacks(&mut self, gaps: &[Gap]) {
        for &holder in &self.holders {
            self.found.extend(gaps.iter().map(|&gap| (holder, gap)));
        }
    }
}
