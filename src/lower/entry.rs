//! Entries of collections: from files of their own or from one file, gathered by ID.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::model::{Catalog, Gap, Id, KindId, Offering, Page, Person, Place, Requirement};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{self, Collection, EntryFile, Kind};

use super::gaps::gaps;
use super::id::{id_fault, normalized};
use super::offering::offering;
use super::page::page;
use super::person::person;
use super::place::place;
use super::reader::{Reader, Value};
use super::requirement::requirement;

/// What came of one file.
pub(super) struct Lowered {
    pub file: FileId,
    pub entries: Vec<Entry>,
    pub diagnostics: Vec<Diagnostic>,
}

/// An entry, or what is left of it.
pub(super) struct Entry {
    collection: Collection,
    /// The ID; of a name that is none, the ID that was most likely meant.
    id: String,
    /// Whether the name was an ID as written.
    valid: bool,
    /// Where the ID is declared: the file, or the key in a collection's file.
    declared: Span,
    noun: Option<Noun>,
    /// A field of it was dropped.
    incomplete: bool,
    /// What is unknown of it and of its sessions.
    gaps: Vec<(Span, Gap)>,
}

enum Noun {
    Offering(Arc<Offering>),
    Requirement(Box<Requirement>),
    Person(Box<Person>),
    Place(Box<Place>),
    Page(Box<Page>),
}

/// Reads a file that holds one entry.
pub(super) fn of_file(sources: &Sources, entry: &EntryFile, any_kind: Option<&KindId>) -> Lowered {
    let file = entry.file;
    let declared = Span::start_of(file);
    let mut diagnostics = Vec::new();
    let valid = crate::model::is_id(&entry.stem);
    if !valid {
        let (message, hint) = id_fault(&entry.stem);
        let told = Diagnostic::new(Code::InvalidId, declared, message);
        diagnostics.push(told.label("the name of this file").hint(match normalized(&entry.stem) {
            Some(id) => {
                let ending = if sources.get(file).path.ends_with(".yaml") { "yaml" } else { "md" };
                format!("rename the file to `{id}.{ending}`")
            }
            None => hint,
        }));
    }
    let read = syntax::read(sources, file, false);
    diagnostics.extend(read.diagnostics);
    let id = if valid { Some(entry.stem.clone()) } else { normalized(&entry.stem) };
    let document = read.value;
    let before = diagnostics.len();
    let (mut noun, mut gaps) = (None, Vec::new());
    if let Some(root) = &document.root {
        let reader = Reader::new(&document);
        let value = Value { reader: &reader, name: "entry", node: root };
        noun = self::noun(value, entry.collection, id.as_deref(), any_kind);
        let mut faults = reader.finish();
        // What an alias or a merge key was to bring along is not missing as well.
        if diagnostics.iter().any(|one| one.code == Code::YamlFeature) {
            faults.retain(|one| one.code != Code::MissingField);
        }
        gaps = self::gaps(file, root, &faults);
        diagnostics.extend(faults);
    }
    let incomplete = diagnostics.len() > before;
    let collection = entry.collection;
    let entries = id
        .map(|id| Entry { collection, id, valid, declared, noun, incomplete, gaps })
        .into_iter()
        .collect();
    Lowered { file, entries, diagnostics }
}

/// Reads a file that holds a whole collection, as a map from ID to entry.
pub(super) fn of_collection(sources: &Sources, collection: Collection, file: FileId) -> Lowered {
    let read = syntax::read(sources, file, true);
    let mut diagnostics = read.diagnostics;
    let document = read.value;
    let reader = Reader::new(&document);
    let mut entries = Vec::new();
    let map = document.root.as_ref().map(|root| &root.kind);
    let written = match map {
        Some(Kind::Map(written)) => written.as_slice(),
        _ => &[],
    };
    for one in written {
        let declared = Span::node(file, one.key_id);
        let before = reader.reported();
        let valid = crate::model::is_id(&one.key);
        if !valid {
            let (message, hint) = id_fault(&one.key);
            reader.report(Diagnostic::new(Code::InvalidId, declared, message).hint(hint));
        }
        let id = if valid { Some(one.key.to_string()) } else { normalized(&one.key) };
        let value = Value { reader: &reader, name: &one.key, node: &one.value };
        let noun = if value.is_map() {
            noun(value, collection, id.as_deref(), None)
        } else {
            let message = format!("`{}` needs fields of its own", super::reader::shown(&one.key));
            let told = Diagnostic::new(Code::WrongType, declared, message);
            let hint = match collection {
                Collection::Requirements => "write them indented below it, such as `title: …`",
                _ => "write them indented below it, such as `name: …`",
            };
            reader.report(told.hint(hint));
            None
        };
        let faults = reader.reported_since(before);
        let (incomplete, gaps) = (!faults.is_empty(), gaps(file, &one.value, &faults));
        entries.extend(id.map(|id| Entry {
            collection,
            id,
            valid,
            declared,
            noun,
            incomplete,
            gaps,
        }));
    }
    diagnostics.extend(reader.finish());
    Lowered { file, entries, diagnostics }
}

fn noun(
    value: Value<'_>,
    collection: Collection,
    id: Option<&str>,
    any_kind: Option<&KindId>,
) -> Option<Noun> {
    // An entry without a usable name is read all the same, so that its faults are told.
    let id = id.unwrap_or("unnamed");
    Some(match collection {
        Collection::Offerings => Noun::Offering(Arc::new(offering(value, Id::new(id)?, any_kind)?)),
        Collection::Requirements => Noun::Requirement(Box::new(requirement(value, Id::new(id)?)?)),
        Collection::People => Noun::Person(Box::new(person(value, Id::new(id)?)?)),
        Collection::Places => Noun::Place(Box::new(place(value, Id::new(id)?)?)),
        Collection::Pages => Noun::Page(Box::new(page(value, Id::new(id)?)?)),
    })
}

/// Puts the entries into the catalog, the first of every ID.
pub(super) fn collect(
    catalog: &mut Catalog,
    lowered: &[Arc<Lowered>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut declared: HashMap<(Collection, &str), Span> = HashMap::new();
    let mut misnamed = Vec::new();
    for file in lowered {
        diagnostics.extend_from_slice(&file.diagnostics);
        for entry in &file.entries {
            if !entry.valid {
                misnamed.push(entry);
                continue;
            }
            let key = (entry.collection, entry.id.as_str());
            if let Some(&first) = declared.get(&key) {
                diagnostics.push(duplicate(entry, first));
                continue;
            }
            declared.insert(key, entry.declared);
            insert(catalog, entry, entry.noun.as_ref());
        }
    }
    // `Self-as-Core.md` stands in for `self-as-core`, so that nobody who names it is blamed.
    for entry in misnamed {
        let key = (entry.collection, entry.id.as_str());
        if let std::collections::hash_map::Entry::Vacant(vacant) = declared.entry(key) {
            vacant.insert(entry.declared);
            insert(catalog, entry, None);
        }
    }
}

fn duplicate(entry: &Entry, first: Span) -> Diagnostic {
    let message =
        format!("two entries of `{}` have the ID `{}`", entry.collection.folder(), entry.id);
    Diagnostic::new(Code::DuplicateId, entry.declared, message)
        .also(first, "the first one")
        .hint("rename one of them, or remove it")
}

fn insert(catalog: &mut Catalog, entry: &Entry, noun: Option<&Noun>) {
    let broken = &mut catalog.broken;
    let span = noun.map(|noun| match noun {
        Noun::Offering(one) => one.span,
        Noun::Requirement(one) => one.span,
        Noun::Person(one) => one.span,
        Noun::Place(one) => one.span,
        Noun::Page(one) => one.span,
    });
    if entry.incomplete {
        broken.incomplete.extend(span);
    }
    broken.gaps.extend(entry.gaps.iter().copied());
    match (noun, entry.collection) {
        (Some(Noun::Offering(one)), _) => {
            catalog.offerings.insert(one.id.clone(), Arc::clone(one));
        }
        (Some(Noun::Requirement(one)), _) => {
            catalog.requirements.insert(one.id.clone(), (**one).clone());
        }
        (Some(Noun::Person(one)), _) => {
            catalog.people.insert(one.id.clone(), (**one).clone());
        }
        (Some(Noun::Place(one)), _) => {
            catalog.places.insert(one.id.clone(), (**one).clone());
        }
        (Some(Noun::Page(one)), _) => {
            catalog.pages.insert(one.id.clone(), (**one).clone());
        }
        (None, Collection::Offerings) => broken.offerings.extend(Id::new(&entry.id)),
        (None, Collection::Requirements) => broken.requirements.extend(Id::new(&entry.id)),
        (None, Collection::People) => broken.people.extend(Id::new(&entry.id)),
        (None, Collection::Places) => broken.places.extend(Id::new(&entry.id)),
        (None, Collection::Pages) => broken.pages.extend(Id::new(&entry.id)),
    }
}
