//! What those who write want to know of a page: where it is written, what there is to say about it,
//! and the states that it passes through.
//!
//! For `serve` alone; nothing of this is in a published file.

use crate::build::Draft;
use crate::diag::Diagnostic;
use crate::schedule::schedule_of;
use crate::source::{FileId, Location, Place, Sources, Span};
use crate::syntax;
use crate::view::{MomentView, StepsView, steps};

/// What there is to know of a page.
#[derive(Debug)]
pub struct Facts<'p> {
    /// Where what it shows is written; none for a page that gathers from all entries.
    pub source: Option<Written<'p>>,
    /// What there is to say about what it shows.
    pub own: Vec<&'p Diagnostic>,
    /// What there is to say about everything else.
    pub others: Vec<&'p Diagnostic>,
    /// The states of an offering, and of its cohorts. Empty for other pages.
    pub steps: Vec<StepsView>,
    /// The moment that the site shows.
    pub now: MomentView,
}

/// A place in a file of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'p> {
    /// The path of the file from the project's folder.
    pub path: &'p str,
    /// The line and column.
    pub at: Location,
}

/// The place at which a span begins. It must be in bytes.
pub fn written(sources: &Sources, span: Span) -> Written<'_> {
    let file = sources.get(span.file);
    Written { path: &file.path, at: file.location(start(span)) }
}

/// What there is to know of the page at a path of the output folder.
pub fn facts<'p>(
    draft: &Draft<'_>,
    sources: &'p Sources,
    diagnostics: &'p [Diagnostic],
    path: &str,
) -> Facts<'p> {
    let settings = &draft.catalog().settings;
    let zone = &settings.timezone;
    let origin = draft.plan().origin(path);
    let (own, others) = match origin {
        Some(origin) if !diagnostics.is_empty() => {
            let entry = Entry::at(draft, sources, origin);
            diagnostics.iter().partition(|one| {
                let places = std::iter::once(&one.primary).chain(&one.secondary);
                places.into_iter().any(|label| entry.has(label.span))
            })
        }
        _ => (Vec::new(), diagnostics.iter().collect()),
    };
    let offering = origin.and_then(|origin| {
        draft.catalog().offerings.values().find(|offering| offering.span == origin)
    });
    let now = draft.now();
    let steps = offering.map(|offering| {
        let schedule = schedule_of(settings, offering);
        steps(&schedule, zone, now)
    });
    let local = now.to_zoned_datetime(zone.clone());
    Facts {
        source: origin.map(|origin| {
            let mut place = origin;
            syntax::locate_spans(sources, [&mut place]);
            written(sources, place)
        }),
        own,
        others,
        steps: steps.unwrap_or_default(),
        now: MomentView::new(now, local.date(), Some(local.time()), zone),
    }
}

/// The part of a file that an entry takes up: to where the next one begins.
struct Entry {
    file: FileId,
    from: usize,
    to: usize,
}

impl Entry {
    fn at(draft: &Draft<'_>, sources: &Sources, origin: Span) -> Self {
        let file = origin.file;
        let spans = draft.plan().origins().map(|(_, span)| span);
        let mut places: Vec<Span> = spans.filter(|one| one.file == file).collect();
        let whole = Self { file, from: 0, to: usize::MAX };
        // A file of its own is its entry's, also what stands before the first field.
        if places.len() <= 1 || origin == Span::start_of(file) {
            return whole;
        }
        places.push(origin);
        syntax::locate_spans(sources, &mut places);
        let from = places.pop().map_or(0, start);
        let next = places.into_iter().map(start).filter(|&one| one > from).min();
        Self { file, from, to: next.unwrap_or(usize::MAX) }
    }

    fn has(&self, place: Span) -> bool {
        place.file == self.file && (self.from..self.to).contains(&start(place))
    }
}

/// The first byte of a place that is in bytes.
fn start(span: Span) -> usize {
    match span.place {
        Place::Bytes { start, .. } => start as usize,
        Place::Node(_) => 0,
    }
}
