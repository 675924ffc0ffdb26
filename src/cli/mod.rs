//! The command line: one file a command. Reads clock, environment and arguments, once.

mod args;
mod build;
mod bulletin;
mod change;
mod changed;
mod check;
mod diff;
mod editor;
mod entry;
mod explain;
mod import;
mod links;
mod manual;
mod moment;
mod new;
mod schema;
mod serve;
mod side;
mod terminal;
mod watchdog;
mod working;
mod year;

use std::ffi::OsString;

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command, New};
use moment::Clock;
use terminal::Terminal;

/// Done.
const DONE: u8 = 0;
/// The content has errors.
const CONTENT_ERRORS: u8 = 1;
/// The command was not used as it can be.
const WRONG_USAGE: u8 = 2;
/// Something could not be read or written.
const WORLD_REFUSED: u8 = 3;
/// Something changed, and the command was asked to tell by its code.
const CHANGED: u8 = 4;

/// Runs the program with the arguments of the process, and gives its exit code.
pub fn run() -> u8 {
    let matches = Arguments::command().color(color_of(std::env::args_os())).try_get_matches();
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) => {
            // There is nowhere to say that printing failed.
            let _ = error.print();
            return if error.use_stderr() { WRONG_USAGE } else { DONE };
        }
    };
    let terminal = Terminal::new(arguments.color, arguments.quiet);
    let clock = match Clock::from_environment() {
        Ok(clock) => clock,
        Err(words) => {
            terminal.complain(&words);
            return WRONG_USAGE;
        }
    };
    match watchdog::patience() {
        Ok(patience) => watchdog::start(patience, terminal.clone()),
        Err(words) => {
            terminal.complain(&words);
            return WRONG_USAGE;
        }
    }
    match &arguments.command {
        Command::Build(_) => terminal.works("Checking and writing the site"),
        Command::Check(_) => terminal.works("Checking the content"),
        Command::Import(_) => terminal.works("Reading and checking"),
        Command::New { .. } => terminal.works("Checking what will be new"),
        _ => {}
    }
    let code = carry_out(&arguments, clock, &terminal);
    terminal.rests();
    code
}

fn carry_out(arguments: &Arguments, clock: Clock, terminal: &Terminal) -> u8 {
    let root = &arguments.root;
    match &arguments.command {
        Command::Build(build) => build::run(root, build, clock, terminal),
        Command::Check(check) => check::run(root, check, clock, terminal),
        Command::Serve(serve) => serve::run(root, serve, clock, terminal),
        Command::Bulletin(bulletin) => bulletin::run(root, bulletin, clock, terminal),
        Command::Diff(diff) => diff::run(root, diff, clock, terminal),
        Command::Explain { check } => explain::run(check.as_deref(), terminal),
        Command::Schema(schema) => schema::run(root, schema, terminal),
        Command::Completions { shell } => manual::completions(*shell, terminal),
        Command::Man { folder } => manual::pages(folder, terminal),
        Command::Import(import) => import::run(root, import, clock, terminal),
        Command::New { what: New::Catalog { folder, ci } } => {
            new::catalog(folder, *ci, clock, terminal)
        }
        Command::New { what: New::Year { year, dry_run } } => {
            year::run(root, *year, *dry_run, clock, terminal)
        }
        Command::New { what: New::Editor } => editor::run(root, terminal),
        Command::New { what } => entry::run(root, what, clock, terminal),
    }
}

/// The colours of help and of wrong usage, which are told before the arguments are read.
fn color_of(arguments: impl Iterator<Item = OsString>) -> ColorChoice {
    let arguments: Vec<String> = arguments
        .map(|one| one.to_string_lossy().into_owned())
        .take_while(|one| one != "--")
        .collect();
    let behind = arguments.iter().position(|one| one == "--color").map(|at| at + 1);
    let given = behind.and_then(|at| arguments.get(at)).map(String::as_str);
    let given = given.or_else(|| arguments.iter().find_map(|one| one.strip_prefix("--color=")));
    match given {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}
