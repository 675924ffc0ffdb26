//! `convene check`

use std::path::Path;

use super::args::{self, Format};
use super::build::{options, unreadable};
use super::moment::Clock;
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, links};
use crate::build;
use crate::diag::has_errors;
use crate::source;

/// Checks everything and writes nothing.
pub(super) fn run(root: &Path, arguments: &args::Check, clock: Clock, terminal: &Terminal) -> u8 {
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let options = options(&arguments.selection, clock);
    let mut diagnostics = build::check(&sources, &options).diagnostics;
    if arguments.links {
        let format = arguments.format;
        diagnostics = links::check(root, &sources, &options, diagnostics, clock, terminal, format);
    }
    terminal.report(arguments.format, root, &sources, &diagnostics);
    if has_errors(&diagnostics) {
        return CONTENT_ERRORS;
    }
    if diagnostics.is_empty() && arguments.format == Format::Human {
        terminal.say("No errors and no warnings.");
    }
    DONE
}
