//! `convene diff`

use std::path::Path;

use super::args::{self, DiffFormat};
use super::build::options;
use super::moment::Clock;
use super::side::{Side, nothing_in};
use super::terminal::Terminal;
use super::{CHANGED, DONE};
use crate::diff;

/// Compares and shows.
pub(super) fn run(root: &Path, arguments: &args::Diff, clock: Clock, terminal: &Terminal) -> u8 {
    compared(root, arguments, clock, terminal).unwrap_or_else(|code| code)
}

fn compared(
    root: &Path,
    arguments: &args::Diff,
    clock: Clock,
    terminal: &Terminal,
) -> Result<u8, u8> {
    let options = options(&arguments.selection, clock);
    let named =
        |argument: &str| Side::named(argument, root).ok_or_else(|| nothing_in(argument, terminal));
    let old = named(&arguments.old)?;
    let new = match &arguments.new {
        Some(argument) => named(argument)?,
        None => Side::Project(root.to_owned()),
    };
    let (before, _) = old.before(&options, terminal)?;
    let (after, now) = new.after(&options, terminal)?;
    let difference = diff::compare(&before, &after, now);
    let text = match arguments.format {
        DiffFormat::Text => diff::text(&difference),
        DiffFormat::Markdown => diff::markdown(&difference),
        DiffFormat::Json => diff::json(&difference),
    };
    terminal.show(text.trim_end());
    Ok(if arguments.exit_code && !difference.is_empty() { CHANGED } else { DONE })
}
