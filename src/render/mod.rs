//! A task to bytes: Markdown, pages, calendars, feeds, data. Pure: the task is all it sees.

pub mod markdown;
mod pages;
mod sitemap;

use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use pages::Engine;

use crate::diag::{Diagnostic, Warned};
use crate::plan::{OutputPath, SitePlan, Task};
use crate::source::Sources;

/// Renders every task of a plan. A fault of a template is reported once for each page that shows
/// it; such a page is left out.
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
    for result in rendered {
        match result {
            Ok(file) => value.push(file),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    Warned { value, diagnostics }
}
