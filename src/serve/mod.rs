//! The loop that staff live in: watch, rebuild in memory, serve on this machine, reload the browser.
//!
//! The site is never written to disk here. What is served is the last good site; while the content
//! has errors they lie over it, in the words of the terminal, and go away by themselves.

mod http;
mod stage;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::build::{self, Options};
use crate::report;
use crate::source::{self, LoadError};

use stage::Stage;
use watch::Watch;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Config {
    /// The project's folder.
    pub root: PathBuf,
    /// Where to listen. Anything but the machine's own address is reachable by others.
    pub address: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
}

/// What happened, for the terminal.
#[derive(Debug)]
pub enum Event<'e> {
    /// The site can be opened at this address.
    Listening(&'e str),
    /// A build is done: how many files changed, and what there is to say about the content.
    Built {
        /// The files that are new or different.
        changed: usize,
        /// Errors and warnings, as the terminal shows them.
        report: &'e str,
        /// False while errors keep the last good site in place.
        good: bool,
    },
    /// The folder could not be read; it is tried again.
    Unreadable(&'e LoadError),
}

/// Serves until the process is ended.
///
/// `options` is asked before each build, so that the present moment is that of the build; `color`
/// is for the reports of events.
///
/// # Errors
///
/// When the address cannot be listened on, or the folder cannot be watched.
pub fn serve(
    config: &Config,
    options: impl Fn() -> Options,
    color: bool,
    on_event: impl Fn(Event<'_>),
) -> io::Result<()> {
    let listener = TcpListener::bind(SocketAddr::new(config.address, config.port))?;
    let port = listener.local_addr()?.port();
    let root = std::fs::canonicalize(&config.root)?;
    let mut watch = Watch::new(&root);
    let stage = Arc::new(Stage::default());

    rebuild(config, &stage, &options(), color, &on_event);
    let hosts = http::allowed_hosts(config.address, port);
    let acceptor = Arc::clone(&stage);
    thread::spawn(move || http::accept(&listener, &acceptor, &Arc::new(hosts)));
    let host = SocketAddr::new(config.address, port);
    on_event(Event::Listening(&format!("http://{host}{}", stage.root())));

    loop {
        watch.wait_for_change();
        rebuild(config, &stage, &options(), color, &on_event);
    }
}

/// Reads, builds, and puts the result on the stage.
fn rebuild(
    config: &Config,
    stage: &Stage,
    options: &Options,
    color: bool,
    on_event: &impl Fn(Event<'_>),
) {
    let sources = match source::load(&config.root) {
        Ok(sources) => sources,
        Err(error) => return on_event(Event::Unreadable(&error)),
    };
    let built = build::build(&sources, options);
    let report = report::human(&sources, &built.diagnostics, color);
    let good = built.value.is_some();
    let changed = if let Some(site) = built.value {
        stage.show(site)
    } else {
        stage.cover(&report::human(&sources, &built.diagnostics, false));
        0
    };
    on_event(Event::Built { changed, report: &report, good });
}
