//! People, places and pages.

use super::address::{image, url};
use super::fields::Fields;
use super::reader::Reader;
use super::reader::spanned;
use super::scalar::{check_name, email, text};
use crate::model::{Markdown, Page, PageId, Person, PersonId, Place, PlaceId};
use crate::syntax::Node;

/// The text of an entry: what follows the front matter, or the field `body` of a YAML file.
pub(super) fn body(fields: &mut Fields<'_, '_, '_>) -> Option<Markdown> {
    if fields.reader.document().body.is_some() {
        return fields.reader.document().markdown();
    }
    fields.optional("body", Reader::markdown)
}

/// A person.
pub(super) fn person(reader: &mut Reader<'_>, id: PersonId, node: &Node) -> Option<Person> {
    let mut fields = Fields::open(reader, id.as_str(), "a person", node, "name: Maya Ortiz")?;
    let span = fields.span();
    let name = fields.required("name", "Maya Ortiz", text);
    let title = fields.optional("title", text);
    let organization = fields.optional("organization", text);
    let email = fields.optional("email", email);
    let phone = fields.optional("phone", text);
    let photo = fields.optional("photo", image);
    let body = body(&mut fields);
    let allow = fields.list("allow", spanned(check_name));
    fields.finish();
    Some(Person { id, span, name: name?, title, organization, email, phone, photo, body, allow })
}

/// A place.
pub(super) fn place(reader: &mut Reader<'_>, id: PlaceId, node: &Node) -> Option<Place> {
    let mut fields = Fields::open(reader, id.as_str(), "a place", node, "name: Learning Center")?;
    let span = fields.span();
    let name = fields.required("name", "Learning Center", text);
    let address = fields.optional("address", text);
    let room = fields.optional("room", text);
    let url = fields.placed("url", url);
    let online = fields.optional("online", Reader::truth).unwrap_or(false);
    let capacity = fields.placed("capacity", Reader::positive);
    let accessibility = fields.optional("accessibility", Reader::markdown);
    let body = body(&mut fields);
    let allow = fields.list("allow", spanned(check_name));
    fields.finish();
    let name = name?;
    Some(Place { id, span, name, address, room, url, online, capacity, accessibility, body, allow })
}

/// A plain page.
pub(super) fn page(reader: &mut Reader<'_>, id: PageId, node: &Node) -> Option<Page> {
    let mut fields = Fields::open(reader, id.as_str(), "a page", node, "title: Help")?;
    let span = fields.span();
    let title = fields.required("title", "Help", text);
    let summary = fields.optional("summary", text);
    let menu = fields.optional("menu", Reader::truth).unwrap_or(false);
    let body = body(&mut fields);
    let allow = fields.list("allow", spanned(check_name));
    fields.finish();
    Some(Page { id, span, title: title?, summary, menu, body, allow })
}
