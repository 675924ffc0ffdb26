//! `convene new` for entries: valid from the first second, never over another.

use std::path::Path;

use super::args::{self, Format, New, Selection};
use super::build::{options, unreadable};
use super::change::{self, Change};
use super::moment::Clock;
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED, WRONG_USAGE};
use crate::scaffold::{self, Dates, NewFile, NewRule, Refusal, Surroundings};
use crate::source;

/// Makes an entry or a theme in the catalog at hand.
pub(super) fn run(root: &Path, what: &New, clock: Clock, terminal: &Terminal) -> u8 {
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let around = Surroundings::of(&sources);
    let (files, next) = match made(&around, what, clock) {
        Ok(made) => made,
        Err(refusal) => {
            terminal.complain(&refusal.to_string());
            return if refusal.taken { WORLD_REFUSED } else { WRONG_USAGE };
        }
    };
    let change = Change { files, removed: Vec::new() };
    let selection = Selection { drafts: false, future: false, strict: false, at: None };
    let vetted = change::vet(&sources, &change, &options(&selection, clock));
    if vetted.is_bad() {
        terminal.report(Format::Human, root, &vetted.sources, &vetted.news);
        terminal.complain("nothing was written: it would have these errors");
        return CONTENT_ERRORS;
    }
    if let Err((path, error)) = change::make(root, &change, false) {
        terminal.complain(&format!("could not write `{}`: {error}", path.display()));
        return WORLD_REFUSED;
    }
    terminal.report(Format::Human, root, &vetted.sources, &vetted.news);
    for file in &change.files {
        terminal.say(&format!("Wrote {}", root.join(&file.path).display()).replace("./", ""));
    }
    terminal.say(&next);
    DONE
}

/// The files of something new, and what to do next.
fn made(
    around: &Surroundings<'_>,
    what: &New,
    clock: Clock,
) -> Result<(Vec<NewFile>, String), Refusal> {
    let one = |file: NewFile, next: &str| (vec![file], format!("  next: {next}"));
    Ok(match what {
        New::Offering(new) => one(
            scaffold::offering(around, &offering(new), &Dates::near(clock.now()))?,
            "open it, write your own words, delete the line `draft: true`;\n        \
             `convene serve --drafts --open` shows it while you write",
        ),
        New::Person(new) => {
            let new = scaffold::NewPerson {
                name: new.name.clone(),
                id: new.id.clone(),
                title: new.title.clone(),
                email: new.email.clone(),
            };
            let file = scaffold::person(around, &new)?;
            let next = format!("name the person in an offering: facilitators: [{}]", id(&file));
            one(file, &next)
        }
        New::Place(new) => {
            let new = scaffold::NewPlace {
                name: new.name.clone(),
                id: new.id.clone(),
                address: new.address.clone(),
                online: new.online,
            };
            let file = scaffold::place(around, &new)?;
            let next = format!("name the place in a session: place: {}", id(&file));
            one(file, &next)
        }
        New::Requirement(new) => one(
            scaffold::requirement(around, &requirement(new))?,
            "open it and say why it is asked; `convene serve --open` shows the site",
        ),
        New::Page(new) => {
            let new = scaffold::NewPage {
                title: new.title.clone(),
                id: new.id.clone(),
                summary: new.summary.clone(),
                menu: new.menu,
            };
            let file = scaffold::page(around, &new)?;
            let next = format!("open it and write; its address will be /pages/{}/", id(&file));
            one(file, &next)
        }
        New::Theme { name } => {
            let files = scaffold::theme(around, name)?;
            (files, format!("  next: write `theme: {name}` into content/catalog.yaml"))
        }
        // These have files of their own beside this one.
        New::Catalog { .. } | New::Year { .. } | New::Editor => (Vec::new(), String::new()),
    })
}

fn offering(new: &args::NewOffering) -> scaffold::NewOffering {
    scaffold::NewOffering {
        title: new.title.clone(),
        id: new.id.clone(),
        kind: new.kind.clone(),
        roles: new.roles.clone(),
        summary: new.summary.clone(),
        year: new.year,
        enroll: new.enroll.clone(),
    }
}

fn requirement(new: &args::NewRequirement) -> scaffold::NewRequirement {
    let rule = if new.all.is_empty() {
        NewRule::Choose(new.choose.unwrap_or(1), new.of.clone())
    } else {
        NewRule::All(new.all.clone())
    };
    scaffold::NewRequirement {
        title: new.title.clone(),
        id: new.id.clone(),
        roles: new.roles.clone(),
        rule,
    }
}

/// The ID of a new entry: the name of its file.
fn id(file: &NewFile) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    name.split('.').next().unwrap_or(name)
}
