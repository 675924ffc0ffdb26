//! A task to bytes: Markdown, pages, calendars, feeds, data. Pure: the task is all it sees.

mod bounds;
mod data;
pub mod calendar;
pub mod markdown;
mod offline;
mod pages;
mod picture;
mod search;
mod news;
mod sitemap;
mod xml;

use std::sync::Arc;

pub use bounds::{InProgress, in_progress};
pub use pages::Engine;

use crate::diag::Diagnostic;
use crate::plan::{Frame, NewsForm, Task};
use crate::source::Sources;

/// The bytes of one file.
///
/// # Errors
///
/// When the template of a page asks for what the view does not have, or runs away.
pub fn render(
    frame: &Frame,
    engine: &Engine,
    sources: &Sources,
    task: &Task,
) -> Result<Arc<[u8]>, Diagnostic> {
    Ok(match task {
        Task::Page(page) => engine.render(frame, page)?.into(),
        Task::Data(data) => data::write(data).into(),
        Task::Calendar(file) => calendar::write(file).into(),
        Task::Search(data, part) => search::write(data, *part).into(),
        Task::News(news, NewsForm::Atom) => news::atom(news).into_bytes().into(),
        Task::News(news, NewsForm::Json) => news::json_feed(news).into(),
        Task::ServiceWorker(data, worker) => {
            offline::write(&frame.site, search::files(data), worker).into_bytes().into()
        }
        Task::Picture(picture) => engine.draw(picture).into(),
        Task::Copy(file) => sources.get(*file).bytes().into(),
        Task::Asset(bytes) => Arc::clone(bytes),
        Task::Text(text) => Arc::clone(text).into(),
        Task::Sitemap(addresses) => sitemap::write(addresses).into_bytes().into(),
    })
}
