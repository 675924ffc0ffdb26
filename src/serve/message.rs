//! What is said to a page that is open in a browser: one JSON object a message.
//!
//! | `type` | says | members |
//! | --- | --- | --- |
//! | `errors` | errors lie over the page | `count`, `errors` |
//! | `clear` | they are mended | |
//! | `changed` | something of the page is new | `page` (it itself), `files` (addresses; null for many) |
//! | `facts` | what there is to know of the page | `source`, `own`, `others`, `steps`, `now` |
//!
//! `errors`, `own` and `others` are lists of objects with `file`, `line`, `column`, `code`,
//! `message`, and `words`, the whole as the terminal shows it.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::stage::Good;
use crate::diag::{Diagnostic, Severity};
use crate::model::SitePath;
use crate::plan::OutputPath;
use crate::preview::{self, Written};
use crate::report;
use crate::source::Sources;

/// A page is told of so many files; of more it is told that there are many.
const MOST_FILES: usize = 200;
/// So many errors and warnings are told in full; a page is no place for thousands.
const MOST_TOLD: usize = 100;

/// The addresses of the changed files that are not pages: what a page may show or fetch.
pub(super) enum ChangedFiles {
    /// These.
    Some(Vec<String>),
    /// Too many to name.
    Many,
}

impl ChangedFiles {
    /// True when there is any.
    pub(super) fn is_some(&self) -> bool {
        !matches!(self, Self::Some(files) if files.is_empty())
    }
}

/// Of the changed files of a site at `root` those that are not pages.
pub(super) fn changed_files<'p>(
    paths: impl Iterator<Item = &'p OutputPath>,
    root: Option<&str>,
) -> ChangedFiles {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|end| end == "html");
    let files = paths.filter(|path| !is_page(path.as_str()));
    let files: Vec<String> = files.map(|path| format!("{}{path}", root.unwrap_or("/"))).collect();
    if files.len() > MOST_FILES { ChangedFiles::Many } else { ChangedFiles::Some(files) }
}

/// Something of the page is new.
pub(super) fn changed(page: bool, files: Option<&ChangedFiles>) -> Arc<str> {
    let files = match files {
        None => json!([]),
        Some(ChangedFiles::Some(files)) => json!(files),
        Some(ChangedFiles::Many) => Value::Null,
    };
    json!({ "type": "changed", "page": page, "files": files }).to_string().into()
}

/// The errors are mended.
pub(super) fn clear() -> Arc<str> {
    json!({ "type": "clear" }).to_string().into()
}

/// Errors over the page.
pub(super) fn errors(sources: &Sources, diagnostics: &[Diagnostic]) -> Arc<str> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    json!({
        "type": "errors",
        "count": report::count(diagnostics),
        "errors": told(sources, errors),
    })
    .to_string()
    .into()
}

/// The folder could not be read, which has no place in a file.
pub(super) fn unreadable(words: &str) -> Arc<str> {
    let error = json!({ "message": words, "words": format!("error: {words}\n") });
    json!({ "type": "errors", "count": "The content cannot be read", "errors": [error] })
        .to_string()
        .into()
}

/// What there is to know of the page at a path of this server.
pub(super) fn facts(good: &Good, path: &str) -> Arc<str> {
    let site_path = good.relative(path).and_then(|path| SitePath::new(&path).ok());
    let output = site_path.map(|path| OutputPath::of(&path));
    let facts = preview::facts(&good.preview, &good.sources, &good.warnings, output.as_ref());
    let source = facts.source.map(|Written { path, at }| json!({ "file": path, "line": at.line }));
    json!({
        "type": "facts",
        "source": source,
        "own": told(&good.sources, facts.own.iter().copied()),
        "others": told(&good.sources, facts.others.iter().copied()),
        "total": good.warnings.len(),
        "steps": facts.steps,
        "now": facts.now.text,
    })
    .to_string()
    .into()
}

fn told<'d>(sources: &Sources, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Vec<Value> {
    let one = |diagnostic: &Diagnostic| {
        let Written { path, at } = preview::written(sources, diagnostic.primary.span);
        json!({
            "file": path,
            "line": at.line,
            "column": at.column,
            "code": diagnostic.code.name(),
            "message": diagnostic.message,
            "words": report::passage(sources, diagnostic, false),
        })
    };
    diagnostics.take(MOST_TOLD).map(one).collect()
}
