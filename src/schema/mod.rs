//! What may stand in a file of the content: one table of every field, and what editors make of it.
//!
//! The reader of fields is held to the table (`lower::fields`), and so are JSON Schemas and the
//! configuration of editors in the browser, which are made of it. It says what one value may look
//! like; what values must be together is for the checks to say.

mod cms;
mod group;
mod json;
mod table;

pub use cms::{Folders, decap};
pub use group::{Field, Group, Is, Names, group};
pub use json::{FILES, File, Known, json};
