//! The street itself: sources to site, on one screen.

mod key;
mod memory;
mod timings;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::check::{self, Facts};
use crate::diag::{Diagnostic, Severity, Warned, has_errors};
use crate::model::{Catalog, Offering, SitePath};
use crate::plan::{self, AskedBy, OutsideLink, SitePlan};
use crate::render::{self, Engine};
pub use crate::render::{InProgress, in_progress};
use crate::schedule::{Present, Timetable, instant, timetable};
use crate::source::Sources;
use crate::view::Edition;
use crate::{lower, syntax, theme};

pub use crate::plan::{OutputPath, folded};
pub use key::key;
pub use memory::Memory;
pub use timings::{Made, Timings};

/// What a build depends on besides the sources. Nothing else is read: no clock, no environment.
#[derive(Clone, Debug)]
pub struct Options {
    /// The present moment.
    pub now: Now,
    /// Include entries marked `draft`.
    pub drafts: bool,
    /// Include entries whose `publish` is still to come.
    pub future: bool,
    /// Treat warnings as errors.
    pub strict: bool,
}

/// What a build may have beside it. None of it shows in what comes out.
#[derive(Clone, Copy, Default)]
pub struct Aside<'a> {
    /// Where it is noted what takes how long.
    pub timings: Option<&'a Timings>,
    /// What earlier builds left behind.
    pub memory: Option<&'a Memory>,
}

/// The moment for which a site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// This instant.
    Instant(Timestamp),
    /// This time of day in the catalog's zone.
    Local(DateTime),
}

impl Now {
    /// The instant that is meant in a zone. A time that does not exist is moved forward, one that
    /// exists twice is the first.
    pub fn in_zone(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            Self::Local(local) => {
                zone.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }
}

/// The files of a site: which there are, and what each holds.
pub trait Files: Sync {
    /// The path under which the site is to be served: `/leaders/`.
    fn root(&self) -> Option<&str>;

    /// The path of every file, in order.
    fn paths(&self) -> Vec<&OutputPath>;

    /// The content of a file; none when there is no such file.
    ///
    /// # Errors
    ///
    /// When a template of the theme cannot be filled.
    fn file(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>>;
}

/// A site whose files have all been made.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The path under which the site is to be served: `/leaders/`.
    pub root: Option<String>,
    /// The content of every file, by its path.
    pub files: BTreeMap<OutputPath, Arc<[u8]>>,
}

impl Site {
    /// The file that is sent for a path below [`Site::root`], such as `/pages/help/`. None when the
    /// path is not a safe one, or there is no such file.
    pub fn file_at(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(&OutputPath::of(&SitePath::new(path).ok()?))
    }
}

impl Files for Site {
    fn root(&self) -> Option<&str> {
        self.root.as_deref()
    }

    fn paths(&self) -> Vec<&OutputPath> {
        self.files.keys().collect()
    }

    fn file(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        self.files.get(path).map(|bytes| Ok(bytes.to_vec()))
    }
}

/// A site without an error, each of its files made when it is asked for, and then forgotten: a
/// large one never stands in memory.
pub struct Draft<'a> {
    catalog: &'a Catalog,
    plan: SitePlan<'a>,
    engine: Engine,
    sources: &'a Sources,
    now: &'a Present,
    timings: Option<&'a Timings>,
}

impl<'a> Draft<'a> {
    /// The catalog that it shows.
    pub fn catalog(&self) -> &Catalog {
        self.catalog
    }

    /// The moment for which it is made.
    pub fn now(&self) -> Timestamp {
        self.now.instant()
    }

    /// Which files there are, and what each shows.
    pub fn plan(&self) -> &SitePlan<'a> {
        &self.plan
    }

    /// Every file. A fault of a template is told once, with the first page that has it.
    ///
    /// # Errors
    ///
    /// The faults of templates.
    fn make_all(&self) -> Result<Site, Vec<Diagnostic>> {
        let made: Vec<_> = self
            .paths()
            .into_par_iter()
            .filter_map(|path| Some((path, self.file(path.as_str())?)))
            .collect();
        let (mut files, mut faults, mut told) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        for (path, result) in made {
            match result {
                Ok(bytes) => drop(files.insert(path.clone(), bytes.into())),
                Err(fault) if told.insert(fault.message.clone()) => faults.push(fault),
                Err(_) => {}
            }
        }
        let root = self.root().map(ToOwned::to_owned);
        if faults.is_empty() { Ok(Site { root, files }) } else { Err(faults) }
    }

    /// For which moments, in seconds of the Unix time, all that was made so far is the same.
    pub fn holds(&self) -> Range<i64> {
        self.now.holds()
    }
}

impl Files for Draft<'_> {
    fn root(&self) -> Option<&str> {
        Some(self.plan.frame.addresses.root())
    }

    fn paths(&self) -> Vec<&OutputPath> {
        self.plan.paths().collect()
    }

    fn file(&self, path: &str) -> Option<Result<Vec<u8>, Diagnostic>> {
        let begun = Instant::now();
        let task = self.plan.task(path)?;
        let gathered = begun.elapsed();
        let bytes = render::render(&self.plan.frame, &self.engine, self.sources, &task);
        if let (Some(timings), Ok(bytes)) = (self.timings, &bytes) {
            let took = begun.elapsed();
            timings.file(path, task.name(), Made { gathered, took, bytes: bytes.len() });
        }
        Some(bytes)
    }
}

/// Checks the sources and renders them. There is a site exactly when there is no error.
///
/// The places in the diagnostics are byte ranges, and the diagnostics are in the order of file and
/// place.
pub fn build(sources: &Sources, options: &Options) -> Warned<Option<Site>> {
    draft(sources, options, Aside::default(), |Warned { value: draft, mut diagnostics }| {
        let value = match draft.map(|draft| draft.make_all()) {
            None => None,
            Some(Ok(site)) => Some(site),
            Some(Err(faults)) => {
                diagnostics = finish(sources, options, [diagnostics, faults].concat());
                None
            }
        };
        Warned { value, diagnostics }
    })
}

/// Runs every check and renders nothing.
pub fn check(sources: &Sources, options: &Options) -> Warned<()> {
    draft(sources, options, Aside::default(), |draft| Warned {
        value: (),
        diagnostics: draft.diagnostics,
    })
}

/// Checks the sources and plans the site, and hands it to `then`. There is one exactly when there
/// is no error; what it is made of lives as long as `then` runs.
pub fn draft<R>(
    sources: &Sources,
    options: &Options,
    aside: Aside<'_>,
    then: impl FnOnce(Warned<Option<Draft<'_>>>) -> R,
) -> R {
    let Aside { timings, memory } = aside;
    let stage = |name, begun: Instant| {
        if let Some(timings) = timings {
            timings.stage(name, begun.elapsed());
        }
        Instant::now()
    };
    let begun = Instant::now();
    let project = syntax::parse(sources);
    let mut diagnostics = project.diagnostics;
    let Warned { value: catalog, diagnostics: faults } = match memory {
        Some(memory) => memory.lower(sources, &project.value),
        None => lower::lower(sources, &project.value),
    };
    diagnostics.extend(faults);
    let begun = stage("parse", begun);

    let now = Present::new(options.now.in_zone(&catalog.settings.timezone));
    let timetable = timetable(&catalog);
    let begun = stage("timetable", begun);
    let facts = Facts { catalog: &catalog, timetable: &timetable, now: &now };
    let theme = theme::load(sources, &catalog.settings.theme);
    diagnostics.extend(theme.diagnostics);
    let asked = AskedBy::new(&theme.value);
    let edition = edition(&catalog, &timetable, &now, options).asking(asked.any(&theme.value));
    // Neither needs the other.
    let (mut found, plan) =
        rayon::join(|| check::check(&facts), || plan::plan(&edition, &theme.value, asked, sources));
    found.extend(plan.diagnostics);
    diagnostics.extend(check::apply_allow(&facts, found));
    let begun = stage("check and plan", begun);
    let engine = Engine::new(&theme.value, &plan.value.frame.site, sources, catalog.settings.file);
    diagnostics.extend(engine.diagnostics);
    let diagnostics = finish(sources, options, diagnostics);
    stage("templates", begun);

    let value = (!has_errors(&diagnostics)).then(|| Draft {
        catalog: &catalog,
        plan: plan.value,
        engine: engine.value,
        sources,
        now: &now,
        timings,
    });
    then(Warned { value, diagnostics })
}

/// The faults of templates that were found while files were made, with places that can be shown,
/// and each told once.
pub fn template_faults(
    sources: &Sources,
    options: &Options,
    faults: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let once = faults.into_iter().filter(|fault| told.insert(fault.message.clone())).collect();
    finish(sources, options, once)
}

/// Looks at the catalog as it is shown at a moment, as far as it can be read. Whether it has
/// errors is for [`check()`] to say.
pub fn with_edition<T>(
    sources: &Sources,
    options: &Options,
    look: impl FnOnce(&Edition<'_>) -> T,
) -> T {
    let catalog = lower::lower(sources, &syntax::parse(sources).value).value;
    let now = Present::new(options.now.in_zone(&catalog.settings.timezone));
    let timetable = timetable(&catalog);
    look(&edition(&catalog, &timetable, &now, options))
}

/// Every address of another site that the site shows, with places that [`tell_more`] can show.
pub fn outside_links(sources: &Sources, options: &Options) -> Vec<OutsideLink> {
    with_edition(sources, options, plan::outside_links)
}

/// What was found already, and what was found later, unless entries silence it.
pub fn tell_more(
    sources: &Sources,
    options: &Options,
    mut told: Vec<Diagnostic>,
    more: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let catalog = lower::lower(sources, &syntax::parse(sources).value).value;
    told.extend(check::silence(&catalog, more));
    finish(sources, options, told)
}

/// The catalog as it is shown at a moment: without drafts and what is to come or over.
fn edition<'a>(
    catalog: &'a Catalog,
    timetable: &'a Timetable<'a>,
    now: &'a Present,
    options: &Options,
) -> Edition<'a> {
    let zone = &catalog.settings.timezone;
    let shown = |offering: &Offering| {
        let begun = |moment| instant(moment, zone) <= *now;
        (options.drafts || !offering.draft)
            && (options.future || offering.publish.as_ref().is_none_or(|from| begun(from.value)))
            && !offering.expire.as_ref().is_some_and(|until| begun(until.value))
    };
    Edition::new(catalog, timetable, now, shown)
}

/// Puts the diagnostics in order, each once, with places that can be shown.
fn finish(
    sources: &Sources,
    options: &Options,
    mut diagnostics: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if options.strict {
        for diagnostic in &mut diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
    syntax::locate(sources, &mut diagnostics);
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.span, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
    diagnostics
}
