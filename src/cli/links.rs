//! `convene check --links`: what others answer, and where that is kept.

use std::fs;
use std::path::Path;

use super::args::Format;
use super::moment::Clock;
use super::terminal::Terminal;
use crate::build::{self, Options};
use crate::diag::{Count, Diagnostic};
use crate::outside::{self, Limits, Memory, Outcome};
use crate::source::Sources;

/// Where answers are kept, in the project's folder.
const MEMORY: &str = ".convene-links.json";

/// Asks, and adds what is wrong to what was told already.
pub(super) fn check(
    root: &Path,
    sources: &Sources,
    options: &Options,
    told: Vec<Diagnostic>,
    clock: Clock,
    terminal: &Terminal,
    format: Format,
) -> Vec<Diagnostic> {
    let links = build::outside_links(sources, options);
    let path = root.join(MEMORY);
    let mut memory = fs::read_to_string(&path).map(|text| Memory::read(&text)).unwrap_or_default();
    let now = clock.now().as_second();
    let outcome = outside::ask(&links, &mut memory, now, &Limits::default());
    if outcome.asked > 0
        && let Err(error) = write(&path, &memory.write(now))
    {
        terminal.say(&format!("The answers are not kept: `{}`: {error}", path.display()));
    }
    if format == Format::Human {
        terminal.say(&summary(&outcome));
    }
    build::tell_more(sources, options, told, outside::judge(&links, &outcome))
}

/// The old answers or the new ones, never a part.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("json-new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, path)
}

/// `Asked for 12 outside links; 3 known from before.`
fn summary(outcome: &Outcome) -> String {
    let known = outcome.answers.len().saturating_sub(outcome.asked);
    let mut words = format!("Asked for {}", Count::of(outcome.asked, "outside link"));
    if known > 0 {
        words.push_str(&format!("; {known} known from before"));
    }
    if outcome.left > 0 {
        words.push_str(&format!("; {} left for another time", outcome.left));
    }
    words + "."
}
