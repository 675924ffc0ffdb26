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
) -> Result<Vec<u8>, Diagnostic> {
    Ok(match task {
        Task::Page(page) => engine.render(frame, page)?,
        Task::Data(data) => data::write(data),
        Task::Calendar(file) => calendar::write(file),
        Task::Search(data, part) => search::write(data, *part).to_vec(),
        Task::News(news, NewsForm::Atom) => news::atom(news).into_bytes(),
        Task::News(news, NewsForm::Json) => news::json_feed(news),
        Task::ServiceWorker(data, worker) => {
            offline::write(&frame.site, search::files(data), worker).into_bytes()
        }
        Task::Picture(picture) => engine.draw(picture),
        Task::Copy(file) => sources.get(*file).bytes().to_vec(),
        Task::Asset(bytes) => bytes.to_vec(),
        Task::Text(text) => text.as_bytes().to_vec(),
        Task::Sitemap(addresses) => sitemap::write(addresses).into_bytes(),
    })
}
