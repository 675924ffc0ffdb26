//! What is said to a page that is open in a browser: one JSON object a message.
//!
//! | `type` | says | members |
//! | --- | --- | --- |
//! | `errors` | errors lie over the page | `count`, `errors` |
//! | `clear` | they are mended | |
//! | `changed` | something of the page is new | `page` (it itself), `files` (addresses of others that were fetched; null for many) |
//! | `facts` | what there is to know of the page | `source`, `own`, `others`, `steps`, `now` |
//!
//! `errors`, `own` and `others` are lists of objects with `file`, `line`, `column`, `code`,
//! `message`, and `words`, the whole as the terminal shows it.

use std::sync::Arc;

use serde_json::{Value, json};

use super::generation::Generation;
use crate::diag::{Diagnostic, Severity};
use crate::preview::{self, Written};
use crate::report;
use crate::source::Sources;

/// A page is told of so many files; of more it is told that there are many.
const MOST_FILES: usize = 200;
/// So many errors and warnings are told in full; a page is no place for thousands.
const MOST_TOLD: usize = 100;

/// The addresses of changed files that are no pages: what a page may show or have fetched.
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

/// Files of a site at `root` that have changed, by their path on the site.
pub(super) fn changed_files(paths: &[String], root: &str) -> ChangedFiles {
    if paths.len() > MOST_FILES {
        return ChangedFiles::Many;
    }
    let base = root.trim_end_matches('/');
    ChangedFiles::Some(paths.iter().map(|path| format!("{base}{path}")).collect())
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
pub(super) fn facts(good: &Generation, path: &str) -> Arc<str> {
    let relative = good.relative(path);
    let output = relative.and_then(|path| Generation::output_of(&path)).unwrap_or_default();
    let (sources, warnings) = (Arc::clone(&good.sources), Arc::clone(&good.warnings));
    let facts = good.look(move |draft| {
        let facts = preview::facts(draft, &sources, &warnings, &output);
        let place = |Written { path, at }: Written<'_>| json!({ "file": path, "line": at.line });
        json!({
            "type": "facts",
            "source": facts.source.map(place),
            "own": told(&sources, facts.own.iter().copied()),
            "others": told(&sources, facts.others.iter().copied()),
            "total": warnings.len(),
            "steps": facts.steps,
            "now": facts.now.text,
        })
        .to_string()
    });
    facts.unwrap_or_default().into()
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
