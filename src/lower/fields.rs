//! The fields of one group: hands out those that are asked for, and reports the rest.

use super::reader::Reader;
use crate::diag::{Code, Diagnostic, did_you_mean, either};
use crate::source::{Span, Spanned};
use crate::syntax::{Entry, Node, Value};

/// A cursor over the fields of a group. Ask for every field that there is, then call
/// [`Fields::finish`].
pub(super) struct Fields<'r, 'd, 'n> {
    pub reader: &'r mut Reader<'d>,
    /// What the group describes: `an offering`.
    what: &'static str,
    entries: &'n [Entry],
    span: Span,
    known: Vec<&'static str>,
    whole: bool,
}

impl<'r, 'd, 'n> Fields<'r, 'd, 'n> {
    /// The fields of a node, which must be a group of fields. `example` is one, to show.
    pub(super) fn open(
        reader: &'r mut Reader<'d>,
        field: &str,
        what: &'static str,
        node: &'n Node,
        example: &str,
    ) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => {
                let span = reader.span(node);
                Some(Self { reader, what, entries, span, known: Vec::new(), whole: true })
            }
            _ => reader.wrong_type(field, node, "a group of fields", example),
        }
    }

    /// The place of the group: its first field, or what stands for it when it has none.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// True when the field is there and not empty.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The place of a field's name.
    pub(super) fn name_span(&self, name: &str) -> Option<Span> {
        self.entry(name).map(|entry| Span::node(self.reader.file(), entry.name_id))
    }

    fn entry(&self, name: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.name == name && entry.node.value != Value::Nothing)
    }

    /// The node of a field; none when it is absent or empty.
    pub(super) fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.known.push(name);
        self.entry(name).map(|entry| &entry.node)
    }

    /// A field that may be absent.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Reader<'d>, &str, &Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.node(name)?;
        read(self.reader, name, node)
    }

    /// A field that may be absent, with its place.
    pub(super) fn placed<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Reader<'d>, &str, &Node) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let node = self.node(name)?;
        let value = read(self.reader, name, node)?;
        Some(Spanned::new(value, self.reader.span(node)))
    }

    /// A list that may be absent.
    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&mut Reader<'d>, &str, &Node) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.node(name) else { return Vec::new() };
        self.reader.list(name, node, read).unwrap_or_default()
    }

    /// A field that must be there. `example` is how it may be written. Without it, or when it
    /// cannot be read, the group is not whole.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        example: &str,
        read: impl Fn(&mut Reader<'d>, &str, &Node) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let value = match self.node(name) {
            Some(node) => {
                let value = read(self.reader, name, node);
                value.map(|value| Spanned::new(value, self.reader.span(node)))
            }
            None => {
                self.missing(name, example);
                None
            }
        };
        self.whole &= value.is_some();
        value
    }

    /// Reports that a field is missing: at its empty line if there is one, else at the group.
    pub(super) fn missing(&mut self, name: &str, example: &str) {
        let empty = self.entries.iter().find(|entry| entry.name == name);
        let (span, message) = match empty {
            Some(entry) => (
                Span::node(self.reader.file(), entry.name_id),
                format!("`{name}` is empty, and {} needs it", self.what),
            ),
            None => (self.first_line(), format!("{} needs the field `{name}`", self.what)),
        };
        self.whole = false;
        self.reader.report(
            Diagnostic::new(Code::MissingField, span, message)
                .hint(format!("write for example `{name}: {example}`")),
        );
    }

    /// The first field, which stands for the group as a whole.
    fn first_line(&self) -> Span {
        self.entries
            .first()
            .map_or(self.span, |entry| Span::node(self.reader.file(), entry.name_id))
    }

    /// Reports two fields that exclude each other, at the second.
    pub(super) fn conflict(&mut self, first: &str, second: &str, why: &str, hint: &str) {
        let (Some(one), Some(other)) = (self.name_span(first), self.name_span(second)) else {
            return;
        };
        let (before, after, named) =
            if one < other { (one, other, second) } else { (other, one, first) };
        let other_name = if named == first { second } else { first };
        self.reader.report(
            Diagnostic::new(
                Code::FieldConflict,
                after,
                format!("`{named}` cannot stand beside `{other_name}`: {why}"),
            )
            .also(before, format!("`{other_name}` stands here"))
            .hint(hint),
        );
    }

    /// Reports all but the first of some fields of which only one may be there, and says which is
    /// there.
    pub(super) fn one_of(&mut self, names: &[&'static str], why: &str) -> Option<&'static str> {
        let mut present: Vec<(Span, &'static str)> =
            names.iter().filter_map(|name| Some((self.name_span(name)?, *name))).collect();
        present.sort_unstable();
        let (_, first) = *present.first()?;
        for &(_, other) in present.iter().skip(1) {
            self.conflict(
                first,
                other,
                why,
                &format!("keep one of {}", either(names.iter().copied())),
            );
        }
        Some(first)
    }

    /// Reports every field that nobody asked for. False when the group is not whole.
    pub(super) fn finish(self) -> bool {
        let mut reported: Vec<&str> = Vec::new();
        for entry in self.entries {
            let name = entry.name.as_str();
            // One that is written twice has been reported, and once is enough.
            if self.known.contains(&name) || reported.contains(&name) {
                continue;
            }
            reported.push(name);
            let span = Span::node(self.reader.file(), entry.name_id);
            let message = format!("`{name}` is not a field of {}", self.what);
            let guess = did_you_mean(name, self.known.iter().copied());
            let all = guess.is_none().then(|| {
                let mut known = self.known.clone();
                known.sort_unstable();
                known.dedup();
                format!("its fields are {}", either(known).replace(" or ", " and "))
            });
            self.reader.report(
                Diagnostic::new(Code::UnknownField, span, message)
                    .maybe_hint(guess)
                    .maybe_hint(all)
                    .maybe_hint(renamed(name).map(ToOwned::to_owned)),
            );
        }
        self.whole
    }
}

/// What fields of other programs are called here.
fn renamed(name: &str) -> Option<&'static str> {
    Some(match name {
        "instructor" | "instructors" | "presenter" | "presenters" | "speakers" => {
            "people who lead it go into `facilitators`"
        }
        "location" | "locations" | "venue" => "where it is goes into `place`",
        "tags" | "categories" => "what it is about goes into `topics`",
        "description" | "content" => "a longer text goes below the second line `---`",
        "start" | "end" | "starts" | "ends" => {
            "write the day as `date` and the hours as `time: 8:30 AM - 4:00 PM`"
        }
        "link" | "registration" | "register" => "where to enroll goes into `enroll`, as its `url`",
        _ => return None,
    })
}
