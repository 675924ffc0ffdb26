//! `convene schema`

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::args;
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;
use crate::scaffold::Surroundings;
use crate::schema::{self, FILES, Folders, Known};
use crate::source::{self, Sources};

/// Prints or writes schemas. In a catalog they know its IDs; elsewhere they do without.
pub(super) fn run(root: &Path, arguments: &args::Schema, terminal: &Terminal) -> u8 {
    let sources = source::load(root).unwrap_or_default();
    let known = Known::of(&Surroundings::of(&sources).catalog);
    if arguments.decap {
        terminal.show(schema::decap(&known, &folders(&sources)).trim_end());
        return DONE;
    }
    if let Some(folder) = &arguments.output {
        for file in FILES {
            let path = folder.join(format!("{}.json", file.name()));
            let written = fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, schema::json(file, &known)));
            if let Err(error) = written {
                terminal.complain(&format!("could not write `{}`: {error}", path.display()));
                return WORLD_REFUSED;
            }
        }
        let count = Count::of(FILES.len(), "schema");
        terminal.say(&format!("Wrote {count} into {}", folder.display()));
        return DONE;
    }
    let kind = FILES.iter().find(|file| Some(file.name()) == arguments.kind.as_deref());
    if let Some(kind) = kind {
        terminal.show(schema::json(*kind, &known).trim_end());
    }
    DONE
}

/// The folders that hold offerings.
fn folders(sources: &Sources) -> Folders {
    let files = sources.iter().map(|(_, file)| &file.path);
    let entries =
        files.filter(|path| path.starts_with("content/offerings/") && path.ends_with(".md"));
    let folders: BTreeSet<String> = entries
        .filter_map(|path| path.rsplit_once('/'))
        .map(|(folder, _)| folder.to_owned())
        .collect();
    Folders { offerings: folders.into_iter().rev().collect() }
}
