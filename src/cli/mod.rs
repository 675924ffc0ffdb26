//! The command line: one file a command. Reads clock, environment and arguments, once.

mod args;
mod build;
mod bulletin;
mod change;
mod changed;
mod check;
mod diff;
mod explain;
mod import;
mod editor;
mod entry;
mod links;
mod manual;
mod moment;
mod new;
mod schema;
mod serve;
mod side;
mod terminal;
mod year;
mod watchdog;

use clap::Parser;

use args::{Arguments, Command, New};
use moment::Clock;

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
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // There is nowhere to say that printing failed.
            let _ = error.print();
            return if error.use_stderr() { WRONG_USAGE } else { DONE };
        }
    };
    let terminal = terminal::Terminal::new(arguments.color, arguments.quiet);
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
    let root = &arguments.root;
    match &arguments.command {
        Command::Build(build) => build::run(root, build, clock, &terminal),
        Command::Check(check) => check::run(root, check, clock, &terminal),
        Command::Serve(serve) => serve::run(root, serve, clock, &terminal),
        Command::Bulletin(bulletin) => bulletin::run(root, bulletin, clock, &terminal),
        Command::Diff(diff) => diff::run(root, diff, clock, &terminal),
        Command::Explain { check } => explain::run(check.as_deref(), &terminal),
        Command::Schema(schema) => schema::run(root, schema, &terminal),
        Command::Completions { shell } => manual::completions(*shell, &terminal),
        Command::Man { folder } => manual::pages(folder, &terminal),
        Command::Import(import) => import::run(root, import, clock, &terminal),
        Command::New { what: New::Catalog { folder, ci } } => {
            new::catalog(folder, *ci, clock, &terminal)
        }
        Command::New { what: New::Year { year, dry_run } } => {
            year::run(root, *year, *dry_run, clock, &terminal)
        }
        Command::New { what: New::Editor } => editor::run(root, &terminal),
        Command::New { what } => entry::run(root, what, clock, &terminal),
    }
}
