//! A `Document` to its noun: shape and types of one file, every fault gathered.
//!
//! A bad field drops that field; an entry that cannot be made whole still declares its ID, so that
//! errors do not cascade.

mod address;
mod catalog;
mod credit;
mod enrollment;
mod entries;
mod fields;
mod offering;
mod people;
mod reader;
mod recurrence;
mod requirement;
mod scalar;
mod session;
mod when;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::diag::{Diagnostic, Warned};
use crate::model::{BrokenEntries, Catalog};
use crate::syntax::{Document, Kind, Project};
use entries::{Declared, Entries, Noun};
use reader::Reader;

/// Every document as a noun. There is a catalog whenever there is a `catalog.yaml`, however broken:
/// then it holds what could be read, so that the checks find as much as they can.
pub fn lower(project: &Project<'_>) -> Warned<Option<Catalog>> {
    let lowered: Vec<(Vec<Declared>, Vec<Diagnostic>)> =
        project.documents.par_iter().map(document).collect();
    let mut entries = Entries::default();
    let mut diagnostics = Vec::new();
    for (declared, faults) in lowered {
        diagnostics.extend(faults);
        for entry in declared {
            diagnostics.extend(entries.declare(entry));
        }
    }
    let Some(document) = &project.catalog else {
        return Warned { value: None, diagnostics };
    };
    let mut reader = Reader::new(document);
    let head = catalog::read(&mut reader);
    diagnostics.extend(reader.diagnostics);
    let Entries { offerings, requirements, people, places, pages, broken, .. } = entries;
    let value = Catalog {
        settings: head.settings,
        kinds: head.kinds,
        roles: head.roles,
        networks: head.networks,
        topics: head.topics,
        credits: head.credits,
        offerings,
        requirements,
        people,
        places,
        pages,
        files: project.files.clone(),
        broken: BrokenEntries { catalog: head.broken, ..broken },
    };
    Warned { value: Some(value), diagnostics }
}

/// The entries of one file.
fn document(document: &Document<'_>) -> (Vec<Declared>, Vec<Diagnostic>) {
    let mut reader = Reader::new(document);
    let declared = match document.kind {
        Kind::Catalog => Vec::new(),
        Kind::Entry(collection, stem) => {
            let noun = match &document.root {
                Some(root) => entries::read(&mut reader, collection, stem, root),
                None => Noun::Broken,
            };
            vec![Declared { collection, id: stem.to_owned(), span: reader.start(), noun }]
        }
        Kind::Whole(collection) => entries::read_whole(&mut reader, collection),
    };
    (declared, reader.diagnostics)
}
