//! A `Document` to its noun: shape and types of one file, every fault gathered.
//!
//! A bad field drops that field; an entry that cannot be made whole still declares its ID, so that
//! errors do not cascade.

mod catalog;
mod dates;
mod enrollment;
mod entry;
mod fields;
mod gaps;
mod id;
mod memory;
mod offering;
mod page;
mod part;
mod person;
mod place;
mod reader;
mod requirement;
pub(crate) mod scalar;
mod session;
mod typed;
mod vocabulary;
mod when;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::diag::{Code, Diagnostic, Warned};
use crate::model::{BrokenEntries, Catalog, SitePath, StaticFile};
use crate::source::{Sources, Span};
use crate::syntax::{self, EntryFile, Project};

use catalog::Declared;
use entry::{Lowered, collect};
pub use id::normalized as id_from;
pub use memory::Memory;
use reader::{Reader, Value};

/// Reads every file of the project into one catalog.
///
/// Each file is read, lowered and forgotten on its own; the results come in the order of paths.
pub fn lower(sources: &Sources, project: &Project) -> Warned<Catalog> {
    lower_again(sources, project, &mut Memory::default())
}

/// The same, with what became of each file before: one that has not changed is not read again.
pub fn lower_again(sources: &Sources, project: &Project, memory: &mut Memory) -> Warned<Catalog> {
    let mut diagnostics = Vec::new();
    let declared = declared(sources, project, &mut diagnostics);
    let any_kind = declared.kinds.keys().next();
    memory.expect(any_kind);
    let known = &*memory;
    let entry = |entry: &EntryFile| {
        known.recall(sources, entry.file, || entry::of_file(sources, entry, any_kind))
    };
    let mut lowered: Vec<Arc<Lowered>> = project.entries.par_iter().map(entry).collect();
    lowered.extend(project.collections.iter().map(|&(kind, file)| {
        known.recall(sources, file, || entry::of_collection(sources, kind, file))
    }));
    lowered.sort_by_key(|one| one.file);
    memory.remember(sources, &lowered);
    let mut catalog = Catalog {
        settings: declared.settings,
        kinds: declared.kinds,
        roles: declared.roles,
        networks: declared.networks,
        topics: declared.topics,
        credits: declared.credits,
        offerings: BTreeMap::new(),
        requirements: BTreeMap::new(),
        people: BTreeMap::new(),
        places: BTreeMap::new(),
        pages: BTreeMap::new(),
        files: files(project, &mut diagnostics),
        broken: BrokenEntries::default(),
    };
    catalog.broken.vocabularies = declared.broken_vocabularies;
    catalog.broken.words = declared.broken_words;
    catalog.broken.gaps.extend(declared.gaps);
    collect(&mut catalog, &lowered, &mut diagnostics);
    Warned { value: catalog, diagnostics }
}

fn declared(sources: &Sources, project: &Project, diagnostics: &mut Vec<Diagnostic>) -> Declared {
    let Some(file) = project.catalog else { return Declared::nothing(sources.catalog()) };
    let read = syntax::read(sources, file, false);
    diagnostics.extend(read.diagnostics);
    let document = read.value;
    let Some(root) = &document.root else { return Declared::nothing(file) };
    let reader = Reader::new(&document);
    let mut declared = catalog::catalog(Value { reader: &reader, name: "catalog", node: root });
    let faults = reader.finish();
    declared.gaps = gaps::gaps(file, root, &faults);
    diagnostics.extend(faults);
    declared
}

/// Files that are copied, each with a path that a site may have.
fn files(project: &Project, diagnostics: &mut Vec<Diagnostic>) -> Vec<StaticFile> {
    let mut files = Vec::with_capacity(project.assets.len());
    for asset in &project.assets {
        if let Ok(path) = SitePath::new(&asset.path) {
            files.push(StaticFile { file: asset.file, path });
        } else {
            let message = "the name of this file or of its folder cannot be part of an address";
            let told = Diagnostic::new(Code::UnexpectedFile, Span::start_of(asset.file), message);
            diagnostics.push(told.hint("rename it with letters, digits, hyphens and dots only"));
        }
    }
    files
}
