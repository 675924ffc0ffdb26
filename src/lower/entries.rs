//! The entries of a catalog: which there are, each under one ID.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{offering, people, requirement};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    BrokenEntries, Id, Offering, OfferingId, Page, PageId, Person, PersonId, Place, PlaceId,
    Requirement, RequirementId, is_id,
};
use crate::source::Span;
use crate::syntax::{Collection, Node, Value, proposed_id};

/// An entry as a file declares it.
pub(super) struct Declared {
    pub collection: Collection,
    pub id: String,
    /// Where: the file, or the key in a collection's map.
    pub span: Span,
    pub noun: Noun,
}

/// What an entry is.
pub(super) enum Noun {
    Offering(Box<Offering>),
    Requirement(Box<Requirement>),
    Person(Box<Person>),
    Place(Box<Place>),
    Page(Box<Page>),
    /// It exists and could not be made whole.
    Broken,
}

/// All entries.
#[derive(Default)]
pub(super) struct Entries {
    pub offerings: BTreeMap<OfferingId, Offering>,
    pub requirements: BTreeMap<RequirementId, Requirement>,
    pub people: BTreeMap<PersonId, Person>,
    pub places: BTreeMap<PlaceId, Place>,
    pub pages: BTreeMap<PageId, Page>,
    pub broken: BrokenEntries,
    declared: BTreeMap<(Collection, String), Span>,
}

impl Entries {
    /// Takes an entry in. A second one with the same ID is reported at both places and left out.
    pub(super) fn declare(&mut self, entry: Declared) -> Option<Diagnostic> {
        let Declared { collection, id, span, noun } = entry;
        if let Some(&first) = self.declared.get(&(collection, id.clone())) {
            let what = collection.entry();
            return Some(
                Diagnostic::new(
                    Code::DuplicateId,
                    span,
                    format!("there are two entries `{id}`, each {what}"),
                )
                .label("the second one")
                .also(first, "the first one")
                .hint("rename one of the two, or delete it"),
            );
        }
        self.declared.insert((collection, id.clone()), span);
        match noun {
            Noun::Offering(offering) => drop(self.offerings.insert(offering.id.clone(), *offering)),
            Noun::Requirement(requirement) => {
                drop(self.requirements.insert(requirement.id.clone(), *requirement));
            }
            Noun::Person(person) => drop(self.people.insert(person.id.clone(), *person)),
            Noun::Place(place) => drop(self.places.insert(place.id.clone(), *place)),
            Noun::Page(page) => drop(self.pages.insert(page.id.clone(), *page)),
            Noun::Broken => self.declare_broken(collection, &id),
        }
        None
    }

    fn declare_broken(&mut self, collection: Collection, id: &str) {
        let broken = &mut self.broken;
        match collection {
            Collection::Offerings => broken.offerings.extend(Id::new(id)),
            Collection::Requirements => broken.requirements.extend(Id::new(id)),
            Collection::People => broken.people.extend(Id::new(id)),
            Collection::Places => broken.places.extend(Id::new(id)),
            Collection::Pages => broken.pages.extend(Id::new(id)),
        }
    }
}

/// One entry of a collection.
pub(super) fn read(reader: &mut Reader<'_>, collection: Collection, id: &str, node: &Node) -> Noun {
    // An invalid ID has been reported with the file's name; the fields are read all the same.
    let stand_in = if is_id(id) { id } else { "invalid" };
    let noun = match collection {
        Collection::Offerings => {
            made(stand_in, |id| offering::read(reader, id, node), Noun::Offering)
        }
        Collection::Requirements => {
            made(stand_in, |id| requirement::read(reader, id, node), Noun::Requirement)
        }
        Collection::People => made(stand_in, |id| people::person(reader, id, node), Noun::Person),
        Collection::Places => made(stand_in, |id| people::place(reader, id, node), Noun::Place),
        Collection::Pages => made(stand_in, |id| people::page(reader, id, node), Noun::Page),
    };
    if is_id(id) { noun } else { Noun::Broken }
}

fn made<I, T>(
    id: &str,
    read: impl FnOnce(Id<I>) -> Option<T>,
    wrap: impl FnOnce(Box<T>) -> Noun,
) -> Noun {
    match Id::new(id).and_then(read) {
        Some(noun) => wrap(Box::new(noun)),
        None => Noun::Broken,
    }
}

/// All entries of a collection that is one file: a map from ID to entry.
pub(super) fn read_whole(reader: &mut Reader<'_>, collection: Collection) -> Vec<Declared> {
    let Some(root) = &reader.document().root else { return Vec::new() };
    let Value::Map(entries) = &root.value else { return Vec::new() };
    let mut declared = Vec::new();
    for entry in entries {
        let span = Span::node(reader.file(), entry.name_id);
        let id = entry.name.clone();
        if !is_id(&id) {
            let proposed = proposed_id(&id);
            reader.report(
                Diagnostic::new(
                    Code::InvalidId,
                    span,
                    format!("`{id}` cannot be the ID of {}", collection.entry()),
                )
                .hint("an ID has lower-case letters from a to z, digits and hyphens")
                .maybe_hint((!proposed.is_empty()).then(|| format!("write `{proposed}`"))),
            );
        }
        let noun = if let Value::Map(_) = entry.node.value {
            read(reader, collection, &id, &entry.node)
        } else {
            let found = entry.node.value.describe();
            reader.report(
                Diagnostic::new(
                    Code::WrongType,
                    span,
                    format!("`{id}` must have fields, and this is {found}"),
                )
                .hint("write its fields on the lines below, each two spaces in"),
            );
            Noun::Broken
        };
        declared.push(Declared { collection, id, span, noun });
    }
    declared
}
