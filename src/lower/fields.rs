//! The fields of one map: hands them out by name, and in the end reports those nobody asked for.

use crate::diag::{Code, Diagnostic, nearest};
use crate::schema;
use crate::source::Span;
use crate::syntax::{Entry, Kind};

use super::part::order;
use super::reader::{Reader, Value, shown};

/// Words that staff, and other programs, use for our fields.
const OTHER_WORDS: [(&[&str], &str); 22] = [
    (&["link", "href", "website", "address", "registration"], "url"),
    (&["name", "heading"], "title"),
    (&["title"], "name"),
    (&["description", "abstract", "blurb", "teaser"], "summary"),
    (&["type", "category", "format"], "kind"),
    (&["audience", "for", "participants"], "roles"),
    (&["when", "day"], "date"),
    (&["days"], "dates"),
    (&["hours", "times"], "time"),
    (&["where", "location", "venue", "room"], "place"),
    (&["locations", "venues", "rooms"], "places"),
    (
        &["leader", "leaders", "presenter", "presenters", "instructor", "instructors", "speakers"],
        "facilitators",
    ),
    (&["registration", "register", "signup", "sign-up", "sign_up"], "enroll"),
    (&["deadline", "end", "ends", "until"], "closes"),
    (&["start", "starts", "begin", "begins", "from"], "opens"),
    (&["seats", "spots", "places", "max", "limit"], "capacity"),
    (&["tags", "subjects", "themes"], "topics"),
    (&["department", "departments", "organizer", "organizers"], "hosts"),
    (&["price", "fee", "fees"], "cost"),
    (&["picture", "photo"], "image"),
    (&["schedule", "events"], "sessions"),
    (&["text", "content", "markdown"], "body"),
];

/// The fields of one map.
pub(super) struct Fields<'a> {
    value: Value<'a>,
    entries: &'a [Entry<'a>],
    noun: &'static str,
    asked: Vec<&'static str>,
    elsewhere: Vec<(&'static str, &'static str)>,
    missing: Vec<(Vec<&'static str>, Diagnostic)>,
}

impl<'a> Fields<'a> {
    /// The fields of a map; none of anything else.
    pub fn of(value: Value<'a>, noun: &'static str) -> Option<Self> {
        debug_assert!(schema::group(noun).is_some(), "`schema` knows {noun}");
        let Kind::Map(entries) = &value.node.kind else { return None };
        Some(Self {
            value,
            entries,
            noun,
            asked: Vec::with_capacity(40),
            elsewhere: Vec::new(),
            missing: Vec::new(),
        })
    }

    pub fn reader(&self) -> &'a Reader<'a> {
        self.value.reader
    }

    /// The map itself.
    pub fn span(&self) -> Span {
        self.value.span()
    }

    fn entry(&mut self, name: &'static str) -> Option<&'a Entry<'a>> {
        if !self.asked.contains(&name) {
            debug_assert!(
                schema::group(self.noun).is_some_and(|group| group.field(name).is_some()),
                "`schema` knows `{name}` of {}",
                self.noun
            );
            self.asked.push(name);
        }
        self.entries.iter().find(|entry| entry.key == name)
    }

    fn value_of(&self, entry: &'a Entry<'a>, name: &'static str) -> Value<'a> {
        Value { reader: self.value.reader, name, node: &entry.value }
    }

    /// The value of a field. A field that is left empty counts as absent.
    pub fn take(&mut self, name: &'static str) -> Option<Value<'a>> {
        let entry = self.entry(name)?;
        let value = self.value_of(entry, name);
        (!value.is_absent()).then_some(value)
    }

    /// Where the name of a field stands, if it has a value.
    pub fn key(&mut self, name: &'static str) -> Option<Span> {
        self.take(name)?;
        let entry = self.entry(name)?;
        Some(Span::node(self.reader().file(), entry.key_id))
    }

    /// Where the name of a field stands that is left empty.
    pub fn empty_key(&mut self, name: &'static str) -> Option<Span> {
        let entry = self.entry(name)?;
        let empty = self.value_of(entry, name).is_absent();
        empty.then(|| Span::node(self.reader().file(), entry.key_id))
    }

    /// The value of a field that must be there; `example` shows what to write.
    pub fn need(&mut self, name: &'static str, example: &str) -> Option<Value<'a>> {
        if let Some(value) = self.take(name) {
            return Some(value);
        }
        if let Some(entry) = self.entry(name) {
            let span = Span::node(self.reader().file(), entry.key_id);
            let told = Diagnostic::new(Code::MissingField, span, format!("`{name}` is empty"));
            let hint = format!("write a value after it, such as `{name}: {example}`");
            self.reader().report(told.hint(hint));
        } else {
            let message = format!("{} needs `{name}`, and it is missing", self.noun);
            let told = Diagnostic::new(Code::MissingField, self.span(), message);
            let hint = format!("add it, such as `{name}: {example}`");
            self.lack(&[name], told.hint(hint));
        }
        None
    }

    /// Reports, in the end, that none of some fields is there, unless one of them is misspelt.
    pub fn lack(&mut self, names: &[&'static str], told: Diagnostic) {
        self.missing.push((names.to_vec(), told));
    }

    /// Says of a name that it belongs elsewhere, for people who write it here.
    pub fn elsewhere(&mut self, name: &'static str, hint: &'static str) {
        self.elsewhere.push((name, hint));
    }

    /// Reports `second` beside `first`, which excludes it.
    pub fn exclude(&mut self, first: &'static str, second: &'static str, hint: &str) -> bool {
        let (Some(a), Some(b)) = (self.key(first), self.key(second)) else { return false };
        let (earlier, later, name, other) =
            if order(a) < order(b) { (a, b, second, first) } else { (b, a, first, second) };
        let message = format!("`{name}` cannot stand beside `{other}`");
        self.reader().report(
            Diagnostic::new(Code::FieldConflict, later, message)
                .also(earlier, format!("`{other}` stands here"))
                .hint(hint),
        );
        true
    }

    /// The field that is called so elsewhere, if it is one of these and not written.
    fn by_another_word(&self, key: &str) -> Option<&'static str> {
        let written = |name: &str| self.entries.iter().any(|entry| entry.key == name);
        let key = key.to_lowercase();
        OTHER_WORDS
            .iter()
            .filter(|(words, _)| words.contains(&key.as_str()))
            .map(|(_, name)| *name)
            .find(|name| self.asked.contains(name) && !written(name))
    }

    /// The names of the fields that nobody asked for.
    pub fn unknown(&self) -> Vec<&'a str> {
        let keys = self.entries.iter().map(|entry| &*entry.key);
        keys.filter(|key| !self.asked.contains(key)).collect()
    }

    /// Reports every field that nobody asked for, and those that are missing. A field whose name
    /// is misspelt is one mistake, not two.
    pub fn finish(self) {
        let reader = self.reader();
        let mut meant: Vec<&str> = Vec::new();
        for entry in self.entries {
            let key = &*entry.key;
            if self.asked.contains(&key) {
                continue;
            }
            let message = format!("{} has no field `{}`", self.noun, shown(key));
            let span = Span::node(reader.file(), entry.key_id);
            let told = Diagnostic::new(Code::UnknownField, span, message);
            let elsewhere = self.elsewhere.iter().find(|(name, _)| *name == key);
            let near = || nearest(key, self.asked.iter().copied());
            let hint = if let Some((_, hint)) = elsewhere {
                (*hint).to_owned()
            } else if let Some(name) =
                reader.may_suggest(key).then(near).flatten().or_else(|| self.by_another_word(key))
            {
                meant.push(name);
                format!("did you mean `{name}`?")
            } else {
                "remove it; the guide lists the fields that there are".to_owned()
            };
            reader.report(told.hint(hint));
        }
        for (names, told) in self.missing {
            if !names.iter().any(|name| meant.contains(name)) {
                reader.report(told);
            }
        }
    }
}
