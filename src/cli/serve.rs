//! `convene serve`

use std::path::Path;
use std::process::Command;

use super::args;
use super::build::{options, unreadable};
use super::moment::Clock;
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;
use crate::serve::{self, Config, Event};
use crate::source;

/// Serves until the process is ended.
pub(super) fn run(root: &Path, arguments: &args::Serve, clock: Clock, terminal: &Terminal) -> u8 {
    // A folder without content is a mistake in the command, not in the content.
    if let Err(error) = source::load(root) {
        return unreadable(&error, terminal);
    }
    let config = Config { root: root.to_path_buf(), address: arguments.host, port: arguments.port };
    let report = |event: Event<'_>| match event {
        Event::Listening(address) => {
            terminal.say(&format!("The site is at {address} (stop with Ctrl-C)"));
            if arguments.open && !open(address) {
                terminal.say("No browser could be opened; open the address yourself.");
            }
        }
        Event::Built { changed, report, good } => {
            eprint!("{report}");
            terminal.say(&if good {
                format!("Built: {} changed", Count::of(changed, "file"))
            } else {
                "The last good site stays until the errors are mended.".to_owned()
            });
        }
        Event::Unreadable(error) => terminal.complain(&error.to_string()),
    };
    match serve::serve(&config, || options(&arguments.selection, clock), terminal.color(), report) {
        Ok(()) => DONE,
        Err(error) => {
            let address = format!("{}:{}", arguments.host, arguments.port);
            terminal.complain(&format!(
                "could not serve at {address}: {error}\n  help: choose another port with `--port`"
            ));
            WORLD_REFUSED
        }
    }
}

/// Opens an address with what the system has for it.
fn open(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program).args(arguments).arg(address).spawn().is_ok()
}
