//! What browsers see at the moment: the last good site, and the errors that lie over it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::fetched::Fetched;
use super::generation::Generation;
use super::message;
use crate::diag::Diagnostic;

/// Faults of templates that came up when a site was shown already.
pub(super) struct Late {
    /// The site that has them.
    pub generation: Arc<Generation>,
    /// All that are known, with places that can be shown.
    pub faults: Vec<Diagnostic>,
    /// Whether the site before it is shown in its place.
    pub fell_back: bool,
}

/// The stage: read by every request, changed by every build.
pub(super) struct Stage {
    shown: RwLock<Shown>,
    listeners: Mutex<BTreeMap<u64, Listener>>,
    next_listener: AtomicU64,
    fetched: Mutex<Fetched>,
    /// Pages on which a template failed: they are tried before the next site is shown.
    suspects: Mutex<BTreeSet<String>>,
    late: Mutex<Sender<Late>>,
    /// Rises with each change of the project, so that what is done on the side can give way.
    turn: AtomicU64,
}

#[derive(Clone, Default)]
struct Shown {
    good: Option<Arc<Generation>>,
    /// Every page of it has been made, without a fault.
    proved: bool,
    /// The last site of which that is true, while it is not of the one that is shown.
    before: Option<Arc<Generation>>,
    /// The message with the errors over the page; none while the content is good.
    errors: Option<Arc<str>>,
}

/// A page that is open in a browser.
struct Listener {
    sender: Sender<Arc<str>>,
    /// Its path on this server, still percent-encoded.
    path: String,
    /// What the browser has of it.
    version: String,
    /// The last message of facts that it got.
    facts: Arc<str>,
}

/// What is sent for a path of the site.
pub(super) enum Found {
    /// The file.
    File(Arc<[u8]>),
    /// There is none, but a folder of this name.
    Folder,
    /// There is none.
    Nothing,
    /// It cannot be made; the errors lie over what is sent in its place.
    Faulty,
}

impl Stage {
    /// An empty stage. Faults that come up late are told to `late`.
    pub(super) fn new(late: Sender<Late>) -> Self {
        Self {
            shown: RwLock::default(),
            listeners: Mutex::default(),
            next_listener: AtomicU64::default(),
            fetched: Mutex::default(),
            suspects: Mutex::default(),
            late: Mutex::new(late),
            turn: AtomicU64::default(),
        }
    }

    /// Shows a new site, of which every page may have been made already, and tells the pages that
    /// are open. Gives the site that was shown: to take it down is work that can wait.
    pub(super) fn show(&self, good: &Arc<Generation>, proved: bool) -> Option<Arc<Generation>> {
        let (had_errors, last) = {
            let mut shown = self.write();
            let next = Shown { good: Some(Arc::clone(good)), ..Shown::default() };
            let last = std::mem::replace(&mut *shown, next);
            shown.proved = proved;
            if !proved {
                shown.before = if last.proved { last.good.clone() } else { last.before };
            }
            (last.errors.is_some(), last.good)
        };
        lock(&self.suspects).clear();
        self.each(good, |listener| {
            if had_errors {
                listener.tell(message::clear())?;
            }
            Some(())
        });
        last
    }

    /// Lays errors over the last good site.
    pub(super) fn cover(&self, errors: Arc<str>) {
        let told = Arc::clone(&errors);
        self.write().errors = Some(errors);
        lock(&self.listeners).retain(|_, listener| listener.tell(Arc::clone(&told)).is_some());
    }

    /// Compares what browsers have fetched besides pages with what the site has now, and tells the
    /// pages that are open. Gives way to the next change of the project: what is not compared by
    /// then is compared with what comes of that.
    pub(super) fn compare_files(&self, good: &Arc<Generation>, turn: u64) {
        if lock(&self.listeners).is_empty() {
            return lock(&self.fetched).forget();
        }
        let Some(paths) = lock(&self.fetched).all() else {
            return self.tell_files(&message::ChangedFiles::Many);
        };
        let mut changed = Vec::new();
        for path in paths {
            if self.turn() != turn {
                break;
            }
            // What cannot be made is told when somebody asks for it.
            let made = good.file_at(&path).and_then(Result::ok);
            if lock(&self.fetched).compare(&path, made.map(|bytes| hash(&bytes))) {
                changed.push(path);
            }
        }
        self.tell_files(&message::changed_files(&changed, &good.root));
    }

    /// Makes every page, and tells what is wrong with the templates. Gives way to the next change
    /// of the project.
    pub(super) fn prove(&self, good: &Arc<Generation>, turn: u64) {
        if self.read().proved {
            return;
        }
        let mut faults = Vec::new();
        for path in good.all_pages() {
            if self.turn() != turn {
                break;
            }
            if let Some(fault) = good.fault_of(&path) {
                lock(&self.suspects).insert(path);
                faults.push(fault);
                // A template that fails on one page fails on many.
                if faults.len() >= MOST_FAULTS {
                    break;
                }
            }
        }
        if !faults.is_empty() {
            self.fail(good, faults);
        } else if self.turn() == turn {
            let mut shown = self.write();
            if shown.good.as_ref().is_some_and(|it| Arc::ptr_eq(it, good)) {
                shown.proved = true;
                shown.before = None;
            }
        }
    }

    /// Templates failed on a site that is shown: the last one of which every page could be made
    /// takes its place, if there is one, and the errors lie over it.
    fn fail(&self, good: &Arc<Generation>, faults: Vec<Diagnostic>) {
        let Some(faults) = good.note(faults) else { return };
        let back = {
            let mut shown = self.write();
            if !shown.good.as_ref().is_some_and(|it| Arc::ptr_eq(it, good)) {
                return;
            }
            shown.errors = Some(message::errors(&good.sources, &faults));
            let back = shown.before.take();
            if let Some(back) = &back {
                shown.good = Some(Arc::clone(back));
                shown.proved = true;
            }
            back
        };
        let errors = message::errors(&good.sources, &faults);
        lock(&self.listeners).retain(|_, listener| listener.tell(Arc::clone(&errors)).is_some());
        let fell_back = back.is_some();
        // Nobody is told when the program ends.
        let late = Late { generation: Arc::clone(good), faults, fell_back };
        let _ = lock(&self.late).send(late);
        if let Some(back) = back {
            self.each(&back, |_| Some(()));
            self.compare_files(&back, self.turn());
        }
    }

    /// The pages of a site that are open in browsers, and those on which a template failed, by
    /// their path in the output folder.
    pub(super) fn looked_at(&self, good: &Generation) -> BTreeSet<String> {
        let not_there = || "404.html".to_owned();
        let open: Vec<String> =
            lock(&self.listeners).values().map(|listener| listener.path.clone()).collect();
        let open = open.iter().map(|path| {
            let there = good.relative(path).filter(|path| good.has(path));
            there.and_then(|path| Generation::output_of(&path)).unwrap_or_else(not_there)
        });
        open.chain(lock(&self.suspects).iter().cloned()).collect()
    }

    /// Notes pages on which a template fails.
    pub(super) fn suspect(&self, pages: BTreeSet<String>) {
        lock(&self.suspects).extend(pages);
    }

    /// What is sent for a path of the site, decoded. What is no page is remembered.
    pub(super) fn fetch(&self, path: &str, is_page: bool) -> Found {
        loop {
            let Some(good) = self.good() else { return Found::Nothing };
            match good.file_at(path) {
                Some(Ok(bytes)) if is_page => return Found::File(bytes),
                Some(Ok(bytes)) => {
                    let other = lock(&self.fetched).send(path, hash(&bytes));
                    if other {
                        let files = message::changed_files(&[path.to_owned()], &good.root);
                        self.tell_files(&files);
                    }
                    // Another site may be shown by now, whose comparison did not see this file.
                    if self.is_shown(&good) {
                        return Found::File(bytes);
                    }
                }
                Some(Err(fault)) => {
                    lock(&self.suspects).extend(Generation::output_of(path));
                    self.fail(&good, vec![fault]);
                    if self.is_shown(&good) {
                        return Found::Faulty;
                    }
                }
                None if good.has(&format!("{path}/")) => return Found::Folder,
                None => return Found::Nothing,
            }
        }
    }

    /// The site as it is now; none before there has been a good one.
    pub(super) fn good(&self) -> Option<Arc<Generation>> {
        self.read().good.clone()
    }

    /// The base path of the site: `/leaders/`; `/` before there is one.
    pub(super) fn root(&self) -> String {
        self.good().map_or_else(|| "/".to_owned(), |good| good.root.clone())
    }

    /// The project has changed: what is done on the side gives way.
    pub(super) fn next_turn(&self) -> u64 {
        self.turn.fetch_add(1, Ordering::AcqRel) + 1
    }

    fn turn(&self) -> u64 {
        self.turn.load(Ordering::Acquire)
    }

    /// Messages for a page that is open in a browser, from now on. First come the errors that lie
    /// over it, whether it has changed since it was sent, and what there is to know of it.
    pub(super) fn listen(&self, path: String, version: String) -> (u64, Receiver<Arc<str>>) {
        let (sender, receiver) = mpsc::channel();
        let mut listener = Listener { sender, path, version, facts: "".into() };
        // Held until the listener is in the list, so that no change falls between.
        let mut listeners = lock(&self.listeners);
        let shown = self.read().clone();
        let mut fault = None;
        let told = shown.errors.map_or(Some(()), |errors| listener.tell(errors)).and_then(|()| {
            let Some(good) = &shown.good else { return Some(()) };
            listener.catch_up(good, &mut fault)
        });
        let id = self.next_listener.fetch_add(1, Ordering::Relaxed);
        if told.is_some() {
            listeners.insert(id, listener);
        }
        drop(listeners);
        if let (Some(fault), Some(good)) = (fault, &shown.good) {
            self.fail(good, vec![fault]);
        }
        (id, receiver)
    }

    /// A browser has gone.
    pub(super) fn forget(&self, listener: u64) {
        lock(&self.listeners).remove(&listener);
    }

    /// Talks to every listener, says what has changed on its page, and forgets those that have
    /// gone.
    fn each(&self, good: &Arc<Generation>, mut talk: impl FnMut(&mut Listener) -> Option<()>) {
        let mut fault = None;
        lock(&self.listeners).retain(|_, listener| {
            talk(listener).and_then(|()| listener.catch_up(good, &mut fault)).is_some()
        });
        if let Some(fault) = fault {
            self.fail(good, vec![fault]);
        }
    }

    /// Tells every page which files have changed, if any.
    fn tell_files(&self, files: &message::ChangedFiles) {
        if files.is_some() {
            let told = message::changed(false, Some(files));
            lock(&self.listeners).retain(|_, listener| listener.tell(Arc::clone(&told)).is_some());
        }
    }

    fn is_shown(&self, good: &Arc<Generation>) -> bool {
        self.read().good.as_ref().is_some_and(|it| Arc::ptr_eq(it, good))
    }

    fn read(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many faults of one site are looked for.
const MOST_FAULTS: usize = 50;

impl Listener {
    /// Sends a message. None when the browser has gone.
    fn tell(&self, message: Arc<str>) -> Option<()> {
        self.sender.send(message).ok()
    }

    /// Says whether the page has changed, and what is new to know of it. A page that cannot be made
    /// stays as it is.
    fn catch_up(&mut self, good: &Arc<Generation>, fault: &mut Option<Diagnostic>) -> Option<()> {
        let page = match good.page(&self.path).1 {
            Some(Ok(page)) => Some(page),
            Some(Err(found)) => {
                *fault = Some(found);
                return Some(());
            }
            None => None,
        };
        let version = version(page.as_deref().unwrap_or_default());
        if version != self.version {
            self.tell(message::changed(true, None))?;
            self.version = version;
        }
        let facts = message::facts(good, &self.path);
        if facts != self.facts {
            self.facts = Arc::clone(&facts);
            self.tell(facts)?;
        }
        Some(())
    }
}

/// Tells one content of a page from another.
pub(super) fn version(page: &[u8]) -> String {
    format!("{:016x}", hash(page))
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
