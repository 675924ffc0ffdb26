//! A site without errors, each file of which is made when it is first asked for.
//!
//! What a file is made of borrows from the catalog of its build, so a thread of its own runs that
//! build and stays in it: whoever wants something of the site sends what is to be done there. The
//! thread ends when nobody can ask any more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::build::{self, Aside, Draft, Files as _, Memory, Options};
use crate::diag::{Diagnostic, Warned};
use crate::model::SitePath;
use crate::plan::OutputPath;
use crate::source::{FileId, Sources};

/// How many bytes of made files are kept at the most before all are forgotten.
const MOST_KEPT: usize = 256 << 20;
/// A site with no more pages is made as a whole before it is shown, when any of them may be wrong.
const FEW_PAGES: usize = 400;
/// So many pages of entries that have changed are tried before a site is shown.
const MOST_TRIED: usize = 100;

/// Something to do where the site can be seen.
type Job = Box<dyn FnOnce(&Draft<'_>) + Send>;
/// What came of a file; none when there is no such file.
pub(super) type Made = Option<Result<Arc<[u8]>, Diagnostic>>;

/// A site that can be asked for its files from any thread.
pub(super) struct Generation {
    jobs: Sender<Job>,
    /// The files that it is made of.
    pub sources: Arc<Sources>,
    /// Warnings.
    pub warnings: Arc<[Diagnostic]>,
    /// The path under which it is to be served: `/leaders/`.
    pub root: String,
    options: Options,
    kept: Mutex<Kept>,
    /// What was found wrong with templates while files were made.
    faults: Mutex<Vec<Diagnostic>>,
}

/// Files that were made.
#[derive(Default)]
struct Kept {
    files: BTreeMap<String, Made>,
    bytes: usize,
}

/// What the thread of a site says when its build is done.
struct Begun {
    root: Option<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Generation {
    /// Builds as far as is needed to make any file.
    ///
    /// # Errors
    ///
    /// What is wrong with the content.
    pub(super) fn begin(
        sources: &Arc<Sources>,
        options: &Options,
        memory: &Arc<Memory>,
    ) -> Result<Arc<Self>, Vec<Diagnostic>> {
        let (jobs, to_do) = mpsc::channel();
        let (begun, when_begun) = mpsc::channel();
        let (theirs, how, memory) = (Arc::clone(sources), options.clone(), Arc::clone(memory));
        let thread = thread::spawn(move || run(&theirs, &how, &memory, &begun, to_do));
        let Ok(Begun { root, diagnostics }) = when_begun.recv() else {
            // A fault of ours: it is not to be swallowed.
            match thread.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => return Err(Vec::new()),
            }
        };
        let Some(root) = root else { return Err(diagnostics) };
        Ok(Arc::new(Self {
            jobs,
            sources: Arc::clone(sources),
            warnings: diagnostics.into(),
            root,
            options: options.clone(),
            kept: Mutex::default(),
            faults: Mutex::default(),
        }))
    }

    /// Looks at the site. None when that was not to be done, by a fault of ours.
    pub(super) fn look<R: Send + 'static>(
        &self,
        look: impl FnOnce(&Draft<'_>) -> R + Send + 'static,
    ) -> Option<R> {
        self.send(look)?.recv().ok()
    }

    fn send<R: Send + 'static>(
        &self,
        look: impl FnOnce(&Draft<'_>) -> R + Send + 'static,
    ) -> Option<Receiver<R>> {
        let (answer, answered) = mpsc::sync_channel(1);
        // Nobody may wait for the answer any more.
        let job: Job = Box::new(move |draft| drop(answer.send(look(draft))));
        self.jobs.send(job).ok().map(|()| answered)
    }

    /// A file by its path in the output folder, made now or before.
    pub(super) fn file(&self, path: &str) -> Made {
        if let Some(made) = self.kept().files.get(path) {
            return made.clone();
        }
        let wanted = path.to_owned();
        let made = self.look(move |draft| make(draft, &wanted))?;
        self.keep(path, &made);
        made
    }

    /// Makes several files at once, and gives what is wrong with them.
    pub(super) fn try_all(&self, paths: &BTreeSet<String>) -> Vec<Diagnostic> {
        let asked: Vec<_> = paths
            .iter()
            .filter_map(|path| {
                let wanted = path.clone();
                Some((path, self.send(move |draft| make(draft, &wanted))?))
            })
            .collect();
        let mut faults = Vec::new();
        for (path, answer) in asked {
            let Ok(made) = answer.recv() else { continue };
            self.keep(path, &made);
            if let Some(Err(fault)) = made {
                faults.push(fault);
            }
        }
        faults
    }

    /// The fault that shows when a file is made, if there is one. The file is not kept.
    pub(super) fn fault_of(&self, path: &str) -> Option<Diagnostic> {
        let wanted = path.to_owned();
        self.look(move |draft| draft.file(&wanted).and_then(Result::err)).flatten()
    }

    /// The file that is sent for a path below [`Generation::root`], such as `/pages/help/`. None
    /// when the path is not a safe one, or there is no such file.
    pub(super) fn file_at(&self, path: &str) -> Made {
        self.file(&Self::output_of(path)?)
    }

    /// True when [`Generation::file_at`] has something to send.
    pub(super) fn has(&self, path: &str) -> bool {
        let Some(path) = Self::output_of(path) else { return false };
        self.look(move |draft| draft.plan().has(&path)).unwrap_or(false)
    }

    /// What is sent for a path of this server, and whether it is there or stands for what is not.
    pub(super) fn page(&self, path: &str) -> (bool, Made) {
        match self.relative(path).and_then(|path| self.file_at(&path)) {
            Some(made) => (true, Some(made)),
            None => (false, self.file_at("/404.html")),
        }
    }

    /// A path of this server as one of the site: without its base path, decoded.
    pub(super) fn relative(&self, path: &str) -> Option<String> {
        let relative = path.strip_prefix(self.root.trim_end_matches('/'))?;
        percent_encoding::percent_decode_str(relative).decode_utf8().ok().map(Into::into)
    }

    /// The path in the output folder of what is sent for a path of the site; none for an unsafe one.
    pub(super) fn output_of(path: &str) -> Option<String> {
        Some(OutputPath::of(&SitePath::new(path).ok()?).as_str().to_owned())
    }

    /// The pages that tell whether the site is good, after these files of the project have changed
    /// (none: all of them), and whether these are all there are. The pages of entries that have
    /// changed; where more than entries has changed, each kind of page.
    pub(super) fn telling_pages(&self, changed: Option<&[Arc<str>]>) -> (BTreeSet<String>, bool) {
        let only_entries = changed.is_some_and(|paths| paths.iter().all(|path| is_entry(path)));
        let files: BTreeSet<FileId> =
            changed.unwrap_or_default().iter().filter_map(|path| self.sources.find(path)).collect();
        let pages = self.look(move |draft| {
            let plan = draft.plan();
            let text = |path: &OutputPath| path.as_str().to_owned();
            if !only_entries && plan.pages().nth(FEW_PAGES).is_none() {
                return (plan.pages().map(text).collect(), true);
            }
            let own = plan.origins().filter(|(_, span)| files.contains(&span.file));
            let own = own.map(|(path, _)| text(path)).take(MOST_TRIED);
            let samples = plan.samples().filter(|_| !only_entries).map(text);
            (own.chain(samples).collect(), false)
        });
        pages.unwrap_or_default()
    }

    /// Every page, by its path in the output folder.
    pub(super) fn all_pages(&self) -> Vec<String> {
        let all = |draft: &Draft<'_>| {
            draft.plan().pages().map(|path| path.as_str().to_owned()).collect::<Vec<_>>()
        };
        self.look(all).unwrap_or_default()
    }

    /// True when so much is to be made that it should wait until nobody works.
    pub(super) fn is_large(&self) -> bool {
        self.look(|draft| draft.plan().pages().nth(FEW_PAGES).is_some()).unwrap_or(true)
    }

    /// The warnings, and what is wrong with templates, as it can be shown.
    pub(super) fn with_faults(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let all = self.warnings.iter().cloned().chain(faults).collect();
        build::template_faults(&self.sources, &self.options, all)
    }

    /// Notes what is wrong with templates, as it can be shown. None when it has all been told.
    pub(super) fn note(&self, found: Vec<Diagnostic>) -> Option<Vec<Diagnostic>> {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let before = faults.len();
        let all = faults.drain(..).chain(found).collect();
        *faults = build::template_faults(&self.sources, &self.options, all);
        (faults.len() > before).then(|| faults.clone())
    }

    fn keep(&self, path: &str, made: &Made) {
        let mut kept = self.kept();
        if let Some(Ok(bytes)) = made {
            if kept.bytes + bytes.len() > MOST_KEPT {
                *kept = Kept::default();
            }
            kept.bytes += bytes.len();
        }
        // What is not there is not kept: there is no end of such paths.
        if made.is_some() {
            kept.files.insert(path.to_owned(), made.clone());
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Builds, says so, and does what is asked for until nobody can ask.
fn run(
    sources: &Sources,
    options: &Options,
    memory: &Memory,
    begun: &Sender<Begun>,
    jobs: Receiver<Job>,
) {
    let aside = Aside { timings: None, memory: Some(memory) };
    build::draft(sources, options, aside, |Warned { value: draft, diagnostics }| {
        let root = draft.as_ref().map(|draft| draft.root().unwrap_or("/").to_owned());
        // Nobody waits any more: then nobody will ask.
        let told = begun.send(Begun { root, diagnostics });
        let (Some(draft), Ok(())) = (draft, told) else { return };
        let jobs = Mutex::new(jobs);
        let work = || {
            loop {
                let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                match job {
                    Ok(job) => job(&draft),
                    Err(_) => break,
                }
            }
        };
        let workers = thread::available_parallelism().map_or(2, |number| number.get().max(2));
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
    });
}

/// True for a file of the project that holds entries and nothing else.
fn is_entry(path: &str) -> bool {
    const COLLECTIONS: [&str; 5] = ["offerings", "requirements", "people", "places", "pages"];
    let inside = path.strip_prefix("content/").unwrap_or_default();
    COLLECTIONS.iter().any(|name| inside.strip_prefix(name).is_some_and(|it| it.starts_with('/')))
}
/// Makes a file.
fn make(draft: &Draft<'_>, path: &str) -> Made {
    draft.file(path).map(|made| made.map(Into::into))
}
