//! The JSON Schemas of the data (draft 2020-12), published beside it.

use crate::view::Edition;
use crate::view::address::DATA;

/// Every schema: its name, and its text.
pub const SCHEMAS: [(&str, &str); 9] = [
    ("catalog", include_str!("schema/catalog.json")),
    ("offering", include_str!("schema/offering.json")),
    ("offerings", include_str!("schema/offerings.json")),
    ("parts", include_str!("schema/parts.json")),
    ("people", include_str!("schema/people.json")),
    ("places", include_str!("schema/places.json")),
    ("requirements", include_str!("schema/requirements.json")),
    ("session", include_str!("schema/session.json")),
    ("sessions", include_str!("schema/sessions.json")),
];

/// What stands in the texts for the address of their folder.
const FOLDER: &str = "https://convene.invalid/api/v1/schema/";

/// The path of a schema on the site.
pub fn schema_path(name: &str) -> String {
    format!("{DATA}schema/{name}.json")
}

/// The address of a schema.
pub(super) fn address(edition: &Edition<'_>, name: &str) -> String {
    edition.addresses.absolute(&schema_path(name))
}

/// The text of a schema, which names itself by its address on the site.
pub fn schema_text(edition: &Edition<'_>, text: &str) -> String {
    text.replace(FOLDER, &edition.addresses.absolute(&format!("{DATA}schema/")))
}
