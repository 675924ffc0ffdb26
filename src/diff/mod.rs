//! What a leader would see changed between two states of a catalog.
//!
//! A [`Snapshot`] is what a leader sees of a catalog at a moment, as far as it is compared. It is
//! read from the data that the site publishes, also where there is content and no site, so that
//! both are one form and it holds nothing which the pages leave out. [`compare()`] is a function
//! from two of them to a [`Difference`], which is then written as text, Markdown or JSON.
//!
//! Things are the same when their IDs are: an offering with another title is renamed, a session
//! with another day is moved.

mod compare;
mod difference;
mod json;
mod markdown;
mod published;
mod snapshot;
mod text;
mod words;

pub use compare::compare;
pub use difference::{Change, Difference, Entry, Fate, Kind, SessionRef};
pub use json::json;
pub use markdown::{MAX_MARKDOWN_BYTES, change_in_markdown, escaped, link, markdown};
pub use published::{DataFault, Published, offering_ids};
pub use snapshot::{
    Day, Enrollment, Group, Moment, Offering, Requirement, Session, Snapshot, Status,
};
pub use text::text;
