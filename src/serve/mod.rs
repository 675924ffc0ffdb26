//! The loop that staff live in: watch, rebuild in memory, serve on this machine, show every change
//! in the browser.
//!
//! The site is never written to disk here. What is served is the last good site; while the content
//! has errors they lie over it, in the words of the terminal, and go away by themselves.
//!
//! Content is checked as a whole before it is shown, files are made when somebody asks for them.
//! What only the making of a page can find, a fault of a template, is looked for in the pages that
//! are open and those that tell most before a site is shown, and in all others after that.

mod answer;
mod fetched;
mod generation;
mod http;
mod message;
mod stage;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::build::{Memory, Options};
use crate::diag::Diagnostic;
use crate::report;
use crate::source::{self, LoadError, Sources};

use generation::Generation;
use stage::{Late, Stage};
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
    /// A build is done.
    Built {
        /// The paths of the source files that are new, different or gone; none at the first build.
        changed: Option<&'e [Arc<str>]>,
        /// How many source files there are.
        files: usize,
        /// From when the change was noticed to when the site was shown.
        took: Duration,
        /// Errors and warnings, as the terminal shows them.
        report: &'e str,
        /// False while errors keep the last good site in place.
        good: bool,
    },
    /// A template failed on a page of a site that is shown.
    Late {
        /// The errors, as the terminal shows them.
        report: &'e str,
        /// True when the last good site is shown again; false when there has been none.
        fell_back: bool,
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
    on_event: impl Fn(Event<'_>) + Sync,
) -> io::Result<()> {
    let listener = listen(config)?;
    let port = listener.local_addr()?.port();
    let root = std::fs::canonicalize(&config.root)?;
    let mut watch = Watch::new(&root);
    let (late, told) = mpsc::channel();
    let stage = Arc::new(Stage::new(late));
    let (last, memory) = (None, Arc::default());
    let mut rebuild =
        Rebuild { config, root: &root, stage: &stage, color, on_event: &on_event, last, memory };

    thread::scope(|scope| {
        scope.spawn(|| {
            for Late { generation, faults, fell_back } in told {
                let report = report::human(&generation.sources, &faults, color);
                on_event(Event::Late { report: &report, fell_back });
            }
        });
        rebuild.run(&options(), None);
        let hosts = Arc::new(http::Hosts::of(config.address));
        let acceptor = Arc::clone(&stage);
        thread::spawn(move || http::accept(&listener, &acceptor, &hosts));
        let host = SocketAddr::new(to_open(config.address), port);
        on_event(Event::Listening(&format!("http://{host}{}", stage.root())));
        loop {
            let changed = watch.wait_for_change();
            rebuild.run(&options(), changed.as_deref());
        }
    })
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

/// How long a site that is shown no more stays in memory, while browsers fetch the new one.
const BREATH: Duration = Duration::from_millis(100);
/// How long nothing must have changed before all pages of a large site are made.
const IDLE: Duration = Duration::from_secs(2);

/// Makes the pages that nobody has asked for, when the machine rests.
fn check_the_rest(stage: &Stage, shown: Arc<Generation>, turn: u64) {
    let waits = shown.is_large();
    // A site that is not shown any more does not stay for this.
    let weak = Arc::downgrade(&shown);
    drop(shown);
    if waits {
        thread::sleep(IDLE);
    }
    if let Some(shown) = weak.upgrade() {
        stage.prove(&shown, turn);
    }
}

/// What happens after each change.
struct Rebuild<'r, E> {
    config: &'r Config,
    /// The project's folder, canonical.
    root: &'r Path,
    stage: &'r Arc<Stage>,
    color: bool,
    on_event: &'r E,
    /// The files of the last build, whether it was good or not.
    last: Option<Arc<Sources>>,
    /// What the builds left behind.
    memory: Arc<Memory>,
}

impl<E: Fn(Event<'_>)> Rebuild<'_, E> {
    /// Reads what is new in these files, or everything, builds, and puts the result on the stage.
    fn run(&mut self, options: &Options, files: Option<&[PathBuf]>) {
        let begun = Instant::now();
        let turn = self.stage.next_turn();
        let again = self.last.as_ref().zip(files);
        let again = again.and_then(|(last, files)| source::load_again(self.root, last, files));
        let sources = match again.map_or_else(|| source::load(&self.config.root), Ok) {
            Ok(sources) => Arc::new(sources),
            Err(error) => {
                // Nobody knows what is different when it can be read again.
                self.last = None;
                self.stage.cover(message::unreadable(&error.to_string()));
                return (self.on_event)(Event::Unreadable(&error));
            }
        };
        let changed = self.last.as_ref().map(|last| sources.changed_since(last));
        let built = Generation::begin(&sources, options, &self.memory)
            .and_then(|next| self.try_out(next, changed.as_deref()));
        let mut last = None;
        let (good, diagnostics) = match &built {
            Ok((next, proved)) => {
                last = self.stage.show(next, *proved);
                (true, &*next.warnings)
            }
            Err(diagnostics) => {
                self.stage.cover(message::errors(&sources, diagnostics));
                (false, diagnostics.as_slice())
            }
        };
        let report = report::human(&sources, diagnostics, self.color);
        let (changed, took) = (changed.as_deref(), begun.elapsed());
        let files = sources.len();
        (self.on_event)(Event::Built { changed, files, took, report: &report, good });
        if let Ok((next, _)) = built {
            let stage = Arc::clone(self.stage);
            // Without a thread to be had, faults are found when pages are asked for.
            let _ = thread::Builder::new().spawn(move || {
                stage.compare_files(&next, turn);
                // Browsers come first for the page.
                thread::sleep(BREATH);
                drop(last);
                check_the_rest(&stage, next, turn);
            });
        }
        self.last = Some(sources);
    }

    /// Makes the pages that are looked at, and those that tell most about the templates. True when
    /// these are all pages.
    fn try_out(
        &self,
        next: Arc<Generation>,
        changed: Option<&[Arc<str>]>,
    ) -> Result<(Arc<Generation>, bool), Vec<Diagnostic>> {
        let (mut pages, all) = next.telling_pages(changed);
        pages.extend(self.stage.looked_at(&next));
        let faults = next.try_all(&pages);
        if faults.is_empty() {
            return Ok((next, all));
        }
        self.stage.suspect(pages);
        Err(next.with_faults(faults))
    }
}
