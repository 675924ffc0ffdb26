//! Paths in the output folder, and the map in which no two tasks share one.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::calendars::Calendar;
use super::data::Data;
use super::pages::Route;
use super::task::{NewsForm, ServiceWorker, Task};
use crate::diag::{Code, Diagnostic};
use crate::model::SitePath;
use crate::schedule::OfferingSchedule;
use crate::source::Span;
use crate::theme::Section;
use crate::view::SearchPart;

/// The path of a file in the output folder: relative, forward slashes, no `.` or `..`, safe on
/// every file system: `offerings/self-as-core/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The file that a server sends for this path of the site: `/a/` is `a/index.html`.
    pub fn of(path: &SitePath) -> Self {
        let relative = path.as_str().trim_start_matches('/');
        match relative.strip_suffix('/') {
            Some(folder) => Self(format!("{folder}/index.html").into()),
            None if relative.is_empty() => Self("index.html".into()),
            None => Self(relative.into()),
        }
    }

    /// The path, relative to the output folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a file system that folds case and normalizes names takes a path for.
pub fn folded(path: &str) -> String {
    folded_otherwise(path).unwrap_or_else(|| path.to_owned())
}

/// The same; none when that is the path as it is.
fn folded_otherwise(path: &str) -> Option<String> {
    let is_plain = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    (!is_plain).then(|| path.nfc().collect::<String>().to_lowercase())
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who wants a file at a path, for the message when two do.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// `the offering "Self as Core"`
    pub what: String,
    /// Where it is written; none for what the program makes of itself.
    pub span: Option<Span>,
    /// It is an old address.
    pub alias: bool,
}

/// What a file will hold: a page, a calendar, data or a part of search, made when they are needed,
/// or something at hand.
#[derive(Clone, Debug)]
pub(super) enum Output<'a> {
    Page(Route<'a>),
    Data(Data<'a>),
    News(NewsForm),
    /// The title picture of an offering.
    Picture(&'a OfferingSchedule<'a>),
    Search(SearchPart),
    ServiceWorker(Arc<ServiceWorker>),
    Calendar(Calendar<'a>),
    Made(Task),
}

/// The outputs as they are gathered.
#[derive(Default)]
pub(super) struct Outputs<'a> {
    planned: BTreeMap<OutputPath, Output<'a>>,
    /// By what a file system that folds case takes them for, those for which that makes a
    /// difference.
    folded: BTreeMap<String, OutputPath>,
    /// The parts of the site that the theme leaves out.
    left_out: BTreeSet<Section>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Output<'_> {
    /// The part of the site that it belongs to, if a theme may leave that out.
    fn section(&self) -> Option<Section> {
        match self {
            Self::Page(route) => route.section(),
            Self::Data(_) => Some(Section::Data),
            Self::News(_) => Some(Section::News),
            Self::Picture(_) => Some(Section::Pictures),
            Self::Search(_) | Self::ServiceWorker(_) => Some(Section::Search),
            Self::Calendar(_) => Some(Section::Calendars),
            Self::Made(_) => None,
        }
    }

    /// Who wants it at this path.
    fn claim(&self, path: &OutputPath) -> Claim {
        let own = |what: &str| Claim {
            what: format!("convene's own {what}`/{path}`"),
            span: None,
            alias: false,
        };
        match self {
            Self::Page(route) => route.claim(),
            Self::Made(Task::Copy(file)) => Claim {
                what: format!("the file `{path}`"),
                span: Some(Span::start_of(*file)),
                alias: false,
            },
            Self::Calendar(_) => own("calendar "),
            _ => own(""),
        }
    }
}

impl<'a> Outputs<'a> {
    /// Nothing is planned yet.
    pub fn without(left_out: BTreeSet<Section>) -> Self {
        Self { left_out, ..Self::default() }
    }

    /// Plans a file. When the path is taken, the first keeps it and the second is reported.
    pub fn add(&mut self, path: &SitePath, output: Output<'a>) {
        if output.section().is_some_and(|section| self.leaves_out(section)) {
            return;
        }
        let output_path = OutputPath::of(path);
        let folded = folded_otherwise(output_path.as_str());
        if let Some(first) = self.at(folded.as_deref().unwrap_or(output_path.as_str())) {
            self.diagnostics.extend(collision(path, &first, &output.claim(&output_path)));
            return;
        }
        if let Some(folded) = folded {
            self.folded.insert(folded, output_path.clone());
        }
        self.planned.insert(output_path, output);
    }

    /// Who has the file that a file system which folds case takes for this one.
    fn at(&self, folded: &str) -> Option<Claim> {
        let path = self.folded.get(folded).map_or(folded, OutputPath::as_str);
        let (path, output) = self.planned.get_key_value(path)?;
        Some(output.claim(path))
    }

    /// True when the theme leaves a part of the site out.
    pub fn leaves_out(&self, section: Section) -> bool {
        self.left_out.contains(&section)
    }

    /// True when a file is planned for this path of the site.
    pub fn has(&self, path: &SitePath) -> bool {
        self.planned.contains_key(&OutputPath::of(path))
    }

    /// The paths on the site of all pages, and whether search engines may list them.
    pub fn pages(&self) -> impl Iterator<Item = (String, bool)> {
        self.planned.values().filter_map(|output| match output {
            Output::Page(route) => Some((route.path(), route.is_listed())),
            Output::Calendar(_)
            | Output::Data(_)
            | Output::News(_)
            | Output::Picture(_)
            | Output::Search(_)
            | Output::ServiceWorker(_)
            | Output::Made(_) => None,
        })
    }

    /// The path on the site of every page, redirects included, and of every file of the content.
    pub fn paths(&self) -> Vec<String> {
        let of = |(path, output): (&OutputPath, &Output<'_>)| match output {
            Output::Page(route) => Some(route.path()),
            Output::Made(Task::Copy(_)) => Some(format!("/{path}")),
            Output::Calendar(_)
            | Output::Data(_)
            | Output::News(_)
            | Output::Picture(_)
            | Output::Search(_)
            | Output::ServiceWorker(_)
            | Output::Made(_) => None,
        };
        self.planned.iter().filter_map(of).collect()
    }

    /// All outputs. A file that stands where another one needs a folder is reported.
    pub fn finish(mut self) -> (BTreeMap<OutputPath, Output<'a>>, Vec<Diagnostic>) {
        let plain = self.planned.keys().map(OutputPath::as_str);
        let files: HashSet<&str> = plain.chain(self.folded.keys().map(String::as_str)).collect();
        let folded_of: BTreeMap<&OutputPath, &str> =
            self.folded.iter().map(|(folded, path)| (path, folded.as_str())).collect();
        let mut found = Vec::new();
        let mut last = "";
        for (path, output) in &self.planned {
            let folded = folded_of.get(path).copied().unwrap_or(path.as_str());
            let mut above = folded;
            let before = found.len();
            while let Some(slash) = above.rfind('/') {
                above = &above[..slash];
                // The folders above this one were looked at with the last path, and are none.
                if last.strip_prefix(above).is_some_and(|rest| rest.starts_with('/')) {
                    break;
                }
                if files.contains(above)
                    && let Some(file) = self.at(above)
                    && let Ok(path_on_site) = SitePath::new(&format!("/{path}"))
                {
                    found.extend(collision(&path_on_site, &file, &output.claim(path)));
                }
            }
            if found.len() == before {
                last = folded;
            }
        }
        self.diagnostics.extend(found);
        (self.planned, self.diagnostics)
    }
}

fn collision(path: &SitePath, first: &Claim, second: &Claim) -> Option<Diagnostic> {
    // What the program makes of itself never collides with itself; point at the content's side,
    // and at an alias rather than at a page, for the alias is what can be changed.
    let (shown, other) = match (first.span, second.span) {
        (_, None) => (first, second),
        (Some(_), Some(_)) if first.alias && !second.alias => (first, second),
        _ => (second, first),
    };
    let span = shown.span?;
    let code = if shown.alias { Code::AliasCollision } else { Code::PathCollision };
    let mut diagnostic = Diagnostic::new(
        code,
        span,
        format!("{} and {} would both be at `{path}`", shown.what, other.what),
    );
    if let Some(other_span) = other.span {
        diagnostic = diagnostic.also(other_span, format!("{} stands here", other.what));
    }
    Some(diagnostic.hint(if shown.alias {
        "remove this alias, or change it to an address that no page has".to_owned()
    } else {
        "rename one of the two files".to_owned()
    }))
}
