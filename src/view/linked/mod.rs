//! What search engines and assistants read of a page: JSON-LD in the words of schema.org.
//!
//! It is made of the data that other programs get, so that it tells no more and nothing else. What
//! would be wrong on the next day is not in it: not whether enrollment is open, but from when to
//! when.

mod nodes;
mod offering;

use std::fmt::Write as _;

use nodes::{
    Breadcrumbs, Crumb, Graph, Node, Organization, PersonNode, PlaceNode, Reference, Site,
};
use offering::Offered;

use super::data::OfferingData;
use super::{Edition, PageView};
use crate::model::{Person, Place};
use crate::schedule::OfferingSchedule;

/// What a page is about, for schema.org.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// The catalog.
    Catalog,
    /// An offering, with the folder in which the files beside its entry lie.
    Offering(&'a OfferingSchedule<'a>, &'a str),
    /// A person.
    Person(&'a Person),
    /// A place.
    Place(&'a Place),
    /// Nothing of its own; the page still has its place in the site.
    Other,
}

/// What schema.org says of a page, as a text that is safe inside a `<script>`.
pub fn linked_data(edition: &Edition<'_>, of: &PageView, about: About<'_>) -> String {
    let offering = match about {
        About::Offering(schedule, folder) => {
            Some(OfferingData::new(edition, schedule, folder, true))
        }
        _ => None,
    };
    let mut graph = Vec::new();
    match about {
        About::Catalog => {
            graph.push(Node::Organization(organization(edition)));
            graph.push(Node::Site(site(edition)));
        }
        About::Person(person) => graph.push(Node::Person(PersonNode::new(edition, person))),
        About::Place(place) => graph.push(Node::Place(PlaceNode {
            kind: if place.online { "VirtualLocation" } else { "Place" },
            name: &place.name.value,
            url: of.canonical.clone(),
            address: place.address.as_deref(),
        })),
        About::Offering(..) | About::Other => {}
    }
    if let Some(offering) = &offering {
        Offered { edition, offering, image: &of.image.url }.nodes(&mut graph);
    }
    if !of.breadcrumbs.is_empty() {
        graph.push(Node::Breadcrumbs(breadcrumbs(edition, of)));
    }
    if graph.is_empty() {
        return String::new();
    }
    let graph = Graph { context: "https://schema.org", graph };
    // The nodes have text keys and finite numbers, so there is nothing that could not be written.
    safe_in_script(&serde_json::to_string(&graph).unwrap_or_default())
}

/// JSON in which nothing ends a script, begins a comment, or is a line's end to JavaScript.
fn safe_in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(safe, "\\u{:04x}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

fn organization_id(edition: &Edition<'_>) -> Reference {
    Reference { id: format!("{}#organization", edition.addresses.absolute("/")) }
}

fn organization<'g>(edition: &Edition<'g>) -> Organization<'g> {
    let settings = edition.settings();
    let contact = settings.contact.as_ref();
    let logo = settings.brand.logo.as_ref();
    Organization {
        kind: "Organization",
        id: organization_id(edition).id,
        name: &settings.organization,
        url: edition.addresses.absolute("/"),
        logo: logo.map(|logo| edition.addresses.absolute(logo.value.as_str())),
        email: contact.and_then(|contact| contact.email.as_deref()),
        telephone: contact.and_then(|contact| contact.phone.as_deref()),
    }
}

fn site<'g>(edition: &Edition<'g>) -> Site<'g> {
    let settings = edition.settings();
    let url = edition.addresses.absolute("/");
    Site {
        kind: "WebSite",
        id: format!("{url}#website"),
        name: &settings.title,
        url,
        in_language: &settings.language,
        description: settings.description.as_deref(),
        publisher: organization_id(edition),
    }
}

fn breadcrumbs<'g>(edition: &Edition<'_>, page: &'g PageView) -> Breadcrumbs<'g> {
    let above = page.breadcrumbs.iter();
    let above =
        above.map(|crumb| (crumb.title.as_str(), edition.addresses.absolute_href(&crumb.href)));
    let all = above.chain([(page.title.as_str(), page.canonical.clone())]);
    Breadcrumbs {
        kind: "BreadcrumbList",
        item_list_element: all
            .zip(1..)
            .map(|((name, item), position)| Crumb { kind: "ListItem", position, name, item })
            .collect(),
    }
}

impl<'g> PersonNode<'g> {
    fn new(edition: &Edition<'_>, person: &'g Person) -> Self {
        let path = super::address::person_path(&person.id);
        Self {
            kind: "Person",
            name: &person.name.value,
            url: edition.addresses.absolute(&path),
            job_title: person.title.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::safe_in_script;

    #[test]
    fn nothing_ends_the_script() {
        let json = serde_json::to_string("</script><!-- & \u{2028}\u{2029} é").unwrap();
        let safe = safe_in_script(&json);
        assert_eq!(safe, "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 é\"");
        let back: String = serde_json::from_str(&safe).unwrap();
        assert_eq!(back, "</script><!-- & \u{2028}\u{2029} é");
    }
}
