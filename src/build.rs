//! The street itself: sources to site, on one screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::check::{self, Facts};
use crate::diag::{Diagnostic, Severity, Warned, has_errors};
use crate::model::{Catalog, Offering, SitePath};
use crate::plan::{self, OutputPath, SitePlan};
use crate::render::{self, Engine};
pub use crate::render::{InProgress, in_progress};
use crate::schedule::{Timetable, instant, timetable};
use crate::source::{Sources, Span};
use crate::view::Edition;
use crate::{lower, syntax, theme};

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

/// Everything that is to be published.
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

/// A site with what it was made of, for those who write it.
#[derive(Debug)]
pub struct Preview {
    /// The site.
    pub site: Site,
    /// The catalog that it shows.
    pub catalog: Catalog,
    /// Where what each page shows is written. Pages that gather from all entries have no place.
    pub origins: BTreeMap<OutputPath, Span>,
    /// The moment for which it was built.
    pub now: Timestamp,
}

/// Checks the sources and renders them. There is a site exactly when there is no error.
///
/// The places in the diagnostics are byte ranges, and the diagnostics are in the order of file and
/// place.
pub fn build(sources: &Sources, options: &Options) -> Warned<Option<Site>> {
    let Warned { value, diagnostics } = preview(sources, options);
    Warned { value: value.map(|preview| preview.site), diagnostics }
}

/// The same, with the catalog and the places of the pages' sources.
pub fn preview(sources: &Sources, options: &Options) -> Warned<Option<Preview>> {
    run(sources, options, true)
}

/// Runs every check and renders nothing.
pub fn check(sources: &Sources, options: &Options) -> Warned<()> {
    Warned { value: (), diagnostics: run(sources, options, false).diagnostics }
}

fn run(sources: &Sources, options: &Options, rendering: bool) -> Warned<Option<Preview>> {
    let project = syntax::parse(sources);
    let mut diagnostics = project.diagnostics;
    let Warned { value: catalog, diagnostics: faults } = lower::lower(sources, &project.value);
    diagnostics.extend(faults);

    let now = options.now.in_zone(&catalog.settings.timezone);
    let timetable = timetable(&catalog);
    let mut found = check::check(&Facts { catalog: &catalog, timetable: &timetable, now });

    let theme = theme::load(sources, &catalog.settings.theme);
    diagnostics.extend(theme.diagnostics);
    let edition = edition(&catalog, &timetable, now, options);
    let plan = plan::plan(&edition, &theme.value, sources);
    found.extend(plan.diagnostics);
    diagnostics.extend(check::apply_allow(&catalog, found));
    let engine = Engine::new(&theme.value, &plan.value.frame.site, sources, catalog.settings.file);
    diagnostics.extend(engine.diagnostics);

    let diagnostics = finish(sources, options, diagnostics);
    if !rendering || has_errors(&diagnostics) {
        return Warned { value: None, diagnostics };
    }
    let (files, faults) = make(&plan.value, &engine.value, sources);
    if faults.is_empty() {
        let root = Some(plan.value.frame.addresses.root().to_owned());
        let origins = plan.value.origins();
        let site = Site { root, files };
        drop(plan.value);
        drop(edition);
        drop(timetable);
        return Warned { value: Some(Preview { site, catalog, origins, now }), diagnostics };
    }
    let all = diagnostics.into_iter().chain(faults).collect();
    Warned { value: None, diagnostics: finish(sources, options, all) }
}

/// Every file of the plan. A fault of a template is reported once, with the first page that has it.
fn make(
    plan: &SitePlan<'_>,
    engine: &Engine,
    sources: &Sources,
) -> (BTreeMap<OutputPath, Arc<[u8]>>, Vec<Diagnostic>) {
    let paths: Vec<&OutputPath> = plan.paths().collect();
    let made: Vec<_> = paths
        .into_par_iter()
        .filter_map(|path| {
            let bytes = render::render(&plan.frame, engine, sources, &plan.task(path)?);
            Some((path, bytes))
        })
        .collect();
    let (mut files, mut faults, mut told) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    for (path, result) in made {
        match result {
            Ok(bytes) => drop(files.insert(path.clone(), bytes)),
            Err(fault) if told.insert(fault.message.clone()) => faults.push(fault),
            Err(_) => {}
        }
    }
    (files, faults)
}

/// Looks at the catalog as it is shown at a moment, as far as it can be read. Whether it has
/// errors is for [`check`] to say.
pub fn with_edition<T>(
    sources: &Sources,
    options: &Options,
    look: impl FnOnce(&Edition<'_>) -> T,
) -> T {
    let catalog = lower::lower(sources, &syntax::parse(sources).value).value;
    let now = options.now.in_zone(&catalog.settings.timezone);
    let timetable = timetable(&catalog);
    look(&edition(&catalog, &timetable, now, options))
}

/// The catalog as it is shown at a moment: without drafts and what is to come or over.
fn edition<'a>(
    catalog: &'a Catalog,
    timetable: &'a Timetable<'a>,
    now: Timestamp,
    options: &Options,
) -> Edition<'a> {
    let zone = &catalog.settings.timezone;
    let shown = |offering: &Offering| {
        let begun = |moment| instant(moment, zone) <= now;
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
