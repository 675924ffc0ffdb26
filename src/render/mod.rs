//! A task to bytes: Markdown, pages, calendars, feeds, data. Pure: the task is all it sees.

pub mod markdown;
mod pages;
mod sitemap;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use pages::Engine;

use crate::diag::{Diagnostic, Warned};
use crate::plan::{OutputPath, SitePlan, Task};
use crate::source::Sources;

/// Renders every task of a plan. A fault of a template is reported once, with the first page that
/// shows it; such pages are left out.
pub fn render(
    plan: &SitePlan,
    engine: &Engine,
    sources: &Sources,
) -> Warned<Vec<(OutputPath, Arc<[u8]>)>> {
    let tasks: Vec<_> = plan.outputs.iter().collect();
    let rendered: Vec<Result<_, Diagnostic>> = tasks
        .par_iter()
        .map(|(path, task)| {
            let bytes: Arc<[u8]> = match task {
                Task::Page(page) => engine.render(plan, page)?.into(),
                Task::Copy(file) => sources.get(*file).bytes().into(),
                Task::Asset(bytes) => Arc::clone(bytes),
                Task::Text(text) => text.as_bytes().into(),
                Task::Sitemap(addresses) => sitemap::write(addresses).into_bytes().into(),
            };
            Ok(((*path).clone(), bytes))
        })
        .collect();
    let mut value = Vec::with_capacity(rendered.len());
    let mut diagnostics = Vec::new();
    let mut told = BTreeSet::new();
    for result in rendered {
        match result {
            Ok(file) => value.push(file),
            Err(diagnostic) if told.insert(diagnostic.message.clone()) => {
                diagnostics.push(diagnostic);
            }
            Err(_) => {}
        }
    }
    Warned { value, diagnostics }
}
