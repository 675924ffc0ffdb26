//! The loop that staff live in: watch, rebuild in memory, serve on this machine, show every change
//! in the browser.
//!
//! The site is never written to disk here. What is served is the last good site; while the content
//! has errors they lie over it, in the words of the terminal, and go away by themselves.

mod answer;
mod http;
mod message;
mod stage;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crate::build::{self, Options};
use crate::report;
use crate::source::{self, LoadError};

use stage::{Good, Stage};
use watch::Watch;

/// The port that is taken when none is asked for, and how many after it are tried.
const FIRST_PORT: u16 = 8000;
const PORTS: u16 = 20;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Config {
    /// The project's folder.
    pub root: PathBuf,
    /// Where to listen. Anything but the machine's own address is reachable by others.
    pub address: IpAddr,
    /// The port; 0 takes a free one. If not given: 8000, or the next that is free.
    pub port: Option<u16>,
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
/// When the address cannot be listened on, or the folder is not there.
pub fn serve(
    config: &Config,
    options: impl Fn() -> Options,
    color: bool,
    on_event: impl Fn(Event<'_>),
) -> io::Result<()> {
    let listener = listen(config)?;
    let port = listener.local_addr()?.port();
    let root = std::fs::canonicalize(&config.root)?;
    let mut watch = Watch::new(&root);
    let stage = Arc::new(Stage::default());

    rebuild(config, &stage, &options(), color, &on_event);
    let hosts = Arc::new(http::Hosts::of(config.address));
    let acceptor = Arc::clone(&stage);
    thread::spawn(move || http::accept(&listener, &acceptor, &hosts));
    let host = SocketAddr::new(to_open(config.address), port);
    on_event(Event::Listening(&format!("http://{host}{}", stage.root())));

    loop {
        watch.wait_for_change();
        rebuild(config, &stage, &options(), color, &on_event);
    }
}

/// Listens on the port that was asked for, or on the first that is free.
fn listen(config: &Config) -> io::Result<TcpListener> {
    let on = |port| TcpListener::bind(SocketAddr::new(config.address, port));
    if let Some(port) = config.port {
        return on(port);
    }
    let taken = |result: &io::Result<TcpListener>| {
        result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
    };
    let mut tries = (FIRST_PORT..FIRST_PORT + PORTS).map(on);
    tries.find(|result| !taken(result)).unwrap_or_else(|| on(0))
}

/// The address at which a browser on this machine finds what listens on another.
fn to_open(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(v4) if v4.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(v6) if v6.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
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
        Err(error) => {
            stage.cover(message::unreadable(&error.to_string()));
            return on_event(Event::Unreadable(&error));
        }
    };
    let built = build::preview(&sources, options);
    let report = report::human(&sources, &built.diagnostics, color);
    let good = built.value.is_some();
    let changed = if let Some(preview) = built.value {
        stage.show(Good { preview, sources, warnings: built.diagnostics })
    } else {
        stage.cover(message::errors(&sources, &built.diagnostics));
        0
    };
    on_event(Event::Built { changed, report: &report, good });
}
