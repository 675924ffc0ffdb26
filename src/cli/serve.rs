//! `convene serve`

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::args;
use super::build::{options, unreadable};
use super::moment::{Clock, seconds};
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
    // Nothing is on disk that would have to be taken away; the shell only wants to hear that this
    // was meant. Also the first process of a container ends by it.
    if let Err(error) = ctrlc::set_handler(stop) {
        terminal.complain(&format!("Ctrl-C cannot be listened for: {error}"));
        return WORLD_REFUSED;
    }
    let config = Config { root: root.to_path_buf(), address: arguments.host, port: arguments.port };
    let report = |event: Event<'_>| match event {
        Event::Listening(address) => {
            terminal.say(&format!("The site is at {address} (stop with Ctrl-C)"));
            if !arguments.host.is_loopback() {
                terminal.say("Everyone who can reach this machine can read it.");
            }
            if arguments.open && !open(address) {
                terminal.say("No browser could be opened; open the address yourself.");
            }
        }
        Event::Built { changed, files, took, report, good } => {
            // What a closed pipe does not take is nobody's loss.
            let _ = io::stderr().write_all(report.as_bytes());
            terminal.say(&if good { built(changed, files, took) } else { STAYS.to_owned() });
        }
        Event::Late { report, fell_back } => {
            let _ = io::stderr().write_all(report.as_bytes());
            terminal.say(if fell_back { STAYS } else { "The page appears when they are mended." });
        }
        Event::Unreadable(error) => terminal.complain(&error.to_string()),
    };
    match serve::serve(&config, || options(&arguments.selection, clock), terminal.color(), report) {
        Ok(()) => DONE,
        Err(error) => {
            terminal.complain(&refused(arguments, &error));
            WORLD_REFUSED
        }
    }
}

const STAYS: &str = "The last good site stays until the errors are mended.";

/// `Built in 0.04 s: content/offerings/self.md changed`
fn built(changed: Option<&[Arc<str>]>, files: usize, took: Duration) -> String {
    let what = match changed {
        None => format!("{} read", Count::of(files, "file")),
        Some([]) => "nothing changed".to_owned(),
        Some([path]) => format!("{path} changed"),
        Some(paths) => format!("{} changed", Count::of(paths.len(), "file")),
    };
    format!("Built in {}: {what}", seconds(took))
}

/// Ends the program as one that has done its work.
fn stop() {
    if io::stdout().is_terminal() {
        // The shell's next line does not stand behind `^C`.
        let _ = writeln!(io::stdout());
    }
    std::process::exit(i32::from(DONE));
}

/// What to say when the address cannot be listened on.
fn refused(arguments: &args::Serve, error: &io::Error) -> String {
    let host = arguments.host;
    match (error.kind(), arguments.port) {
        (io::ErrorKind::AddrInUse, Some(port)) => format!(
            "port {port} is taken by another program, perhaps by another `convene serve`\n  \
             help: leave `--port` out to get the next port that is free"
        ),
        (io::ErrorKind::PermissionDenied, Some(port)) => format!(
            "this system lets you have no port as low as {port}\n  \
             help: choose one above 1023 with `--port`, or leave it out"
        ),
        (io::ErrorKind::AddrNotAvailable, _) => format!(
            "{host} is no address of this machine\n  \
             help: leave `--host` out to serve to this machine alone; `--host 0.0.0.0` is all of \
             its addresses"
        ),
        _ => format!("could not serve at {host}: {error}"),
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
    let mut command = Command::new(program);
    // What the browser has to say is none of our words.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.args(arguments).arg(address).spawn().is_ok()
}
