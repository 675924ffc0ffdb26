//! What is said to the person at the terminal, and in which colours.

use std::env;
use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use clap::ColorChoice;

use super::args::Format;
use super::working::Working;
use crate::diag::Diagnostic;
use crate::report;
use crate::source::Sources;

/// The terminal of this run.
#[derive(Clone)]
pub(super) struct Terminal {
    color: bool,
    quiet: bool,
    working: Arc<Working>,
}

impl Terminal {
    /// Colours as asked for; else as the environment says; else when a person looks.
    pub(super) fn new(choice: ColorChoice, quiet: bool) -> Self {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let color = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if set("NO_COLOR").is_some() => false,
            ColorChoice::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            ColorChoice::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
            ColorChoice::Auto => {
                io::stderr().is_terminal() && set("TERM").is_none_or(|term| term != "dumb")
            }
        };
        Self { color, quiet, working: Arc::default() }
    }

    /// Long work begins: after a while, a person at a terminal is told what it is, until something
    /// else is said.
    pub(super) fn works(&self, words: &'static str) {
        let plain = env::var_os("TERM").is_some_and(|term| term == "dumb");
        if !self.quiet && !plain && io::stderr().is_terminal() {
            self.working.begin(words);
        }
    }

    /// The work is done.
    pub(super) fn rests(&self) {
        self.working.end();
    }

    /// The work is done, and the program with it.
    pub(super) fn leave(&self, code: u8) -> ! {
        self.rests();
        std::process::exit(i32::from(code))
    }

    /// Something to know.
    pub(super) fn say(&self, words: &str) {
        self.working.end();
        if !self.quiet {
            // Nobody reads what a closed pipe would have said.
            let _ = writeln!(io::stdout(), "{words}");
        }
    }

    /// What was asked for, also when quiet.
    pub(super) fn show(&self, words: &str) {
        self.working.end();
        // Nobody reads what a closed pipe would have said.
        let _ = writeln!(io::stdout(), "{words}");
    }

    /// Something that went wrong.
    pub(super) fn complain(&self, words: &str) {
        self.tell("error", "1;31", words);
    }

    /// Something to know beside what was asked for.
    pub(super) fn note(&self, words: &str) {
        if !self.quiet {
            self.tell("note", "1;36", words);
        }
    }

    fn tell(&self, head: &str, color: &str, words: &str) {
        self.working.end();
        let head =
            if self.color { format!("\u{1b}[{color}m{head}\u{1b}[0m") } else { head.to_owned() };
        // A path may hold what a terminal takes for a command.
        let words = words.replace(|c: char| c.is_control() && c != '\n', "\u{b7}");
        let _ = writeln!(io::stderr(), "{head}: {words}");
    }

    /// Errors and warnings: for people beside the output, for programs as the output.
    pub(super) fn report(
        &self,
        format: Format,
        root: &Path,
        sources: &Sources,
        diagnostics: &[Diagnostic],
    ) {
        self.working.end();
        let text = match format {
            Format::Human => report::human(sources, diagnostics, self.color),
            Format::Json => report::json(sources, diagnostics),
            Format::Github => report::github(sources, diagnostics, &folder(root)),
            Format::Sarif => report::sarif(sources, diagnostics, &folder(root)),
        };
        // What a closed pipe does not take is nobody's loss.
        let _ = match format {
            Format::Human => io::stderr().write_all(text.as_bytes()),
            Format::Json | Format::Github | Format::Sarif => {
                io::stdout().write_all(text.as_bytes())
            }
        };
    }

    /// True when errors are shown in colour.
    pub(super) fn color(&self) -> bool {
        self.color
    }
}

/// The project's folder as seen from the current one, with a slash at the end: `learning/`. Empty
/// when it is the current one, or is not below it.
fn folder(root: &Path) -> String {
    let (Ok(here), Ok(root)) = (fs::canonicalize("."), fs::canonicalize(root)) else {
        return String::new();
    };
    let parts = root.strip_prefix(here).into_iter().flat_map(Path::components);
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
