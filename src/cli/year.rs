//! `convene new year`

use std::path::Path;

use super::args::{Format, Selection};
use super::build::{options, unreadable};
use super::change::{self, Change};
use super::moment::Clock;
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED, WRONG_USAGE};
use crate::diag::Count;
use crate::model::ProgramYear;
use crate::scaffold::{self, Surroundings, YearChange};
use crate::source;

/// Carries the offerings of the year before on.
pub(super) fn run(
    root: &Path,
    year: ProgramYear,
    dry_run: bool,
    clock: Clock,
    terminal: &Terminal,
) -> u8 {
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let planned = match scaffold::year(&Surroundings::of(&sources), year) {
        Ok(planned) => planned,
        Err(refusal) => {
            terminal.complain(&refusal.to_string());
            return if refusal.taken { WORLD_REFUSED } else { WRONG_USAGE };
        }
    };
    let change = Change { files: planned.files.clone(), removed: planned.removed.clone() };
    let selection = Selection { drafts: false, future: false, strict: false, at: None };
    let vetted = change::vet(&sources, &change, &options(&selection, clock));
    terminal.report(Format::Human, root, &vetted.sources, &vetted.news);
    if vetted.is_bad() {
        terminal.complain("nothing was changed: the content would have these errors");
        return CONTENT_ERRORS;
    }
    if !dry_run && let Err((path, error)) = change::make(root, &change, false) {
        terminal.complain(&format!("could not write `{}`: {error}", path.display()));
        return WORLD_REFUSED;
    }
    terminal.say(&told(&planned, year, dry_run));
    DONE
}

/// What became of every offering, and what is left to do.
fn told(planned: &YearChange, year: ProgramYear, dry_run: bool) -> String {
    let count = Count::of(planned.carried.len(), "offering");
    let mut text = if dry_run {
        format!("Would carry {count} of {} on into {year}", planned.before)
    } else {
        format!("Carried {count} of {} on into {year}", planned.before)
    };
    for one in &planned.carried {
        let sessions = match one.sessions {
            0 => "without sessions".to_owned(),
            many => format!("{} without dates", Count::of(many, "session")),
        };
        text.push_str(&format!("\n  {} ({sessions})\n    archive: {}", one.new, one.archived));
    }
    for (id, why) in &planned.left {
        text.push_str(&format!("\n  not carried on: {id}, {why}"));
    }
    if !dry_run {
        text.push_str(&format!(
            "\n  next: write the dates and enrollment links of {year}; `convene check` finds what is\n        \
             missing, and add the closed days of {year} to content/catalog.yaml"
        ));
    }
    text
}
