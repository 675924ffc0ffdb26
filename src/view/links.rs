//! Links to what many offerings name, each made once.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

use super::address::{
    kind_path, network_path, person_path, place_path, requirement_path, role_path, topic_path,
};
use super::{Addresses, Link, LinkView, Shared};
use crate::model::{
    Catalog, KindId, NetworkId, PersonId, PlaceId, Requirement, RequirementId, RoleId, TopicId,
};

/// Links to the entries of the vocabularies, to people, places and requirements.
pub(super) struct Links<'a> {
    /// By the name of a single one.
    pub kind: Index<'a, KindId>,
    /// By the plural.
    pub kinds: Index<'a, KindId>,
    pub role: Index<'a, RoleId>,
    pub network: Index<'a, NetworkId>,
    pub topic: Index<'a, TopicId>,
    pub person: Index<'a, PersonId>,
    pub place: Index<'a, PlaceId>,
    pub requirement: Index<'a, RequirementId>,
}

/// Links by the ID of what they lead to.
pub(super) struct Index<'a, I> {
    links: HashMap<&'a I, LinkView>,
    path: fn(&I) -> String,
}

impl<'a> Links<'a> {
    pub(super) fn new(catalog: &'a Catalog, addresses: &Addresses) -> Self {
        Self {
            kind: Index::new(
                addresses,
                kind_path,
                catalog.kinds.iter().map(|(id, one)| (id, one.name.value.as_str())),
            ),
            kinds: Index::new(
                addresses,
                kind_path,
                catalog.kinds.iter().map(|(id, one)| (id, one.plural.as_str())),
            ),
            role: Index::new(
                addresses,
                role_path,
                catalog.roles.iter().map(|(id, one)| (id, one.plural.as_str())),
            ),
            network: Index::new(
                addresses,
                network_path,
                catalog.networks.iter().map(|(id, one)| (id, one.name.value.as_str())),
            ),
            topic: Index::new(
                addresses,
                topic_path,
                catalog.topics.iter().map(|(id, one)| (id, one.name.value.as_str())),
            ),
            person: Index::new(
                addresses,
                person_path,
                catalog.people.iter().map(|(id, one)| (id, one.name.value.as_str())),
            ),
            place: Index::new(
                addresses,
                place_path,
                catalog.places.iter().map(|(id, one)| (id, one.name.value.as_str())),
            ),
            requirement: Index::new(
                addresses,
                requirement_path,
                catalog.requirements.iter().map(|(id, one)| (id, title_of(one))),
            ),
        }
    }
}

fn title_of(requirement: &Requirement) -> &str {
    &requirement.title.value
}

impl<'a, I: Eq + Hash + Display> Index<'a, I> {
    fn new(
        addresses: &Addresses,
        path: fn(&I) -> String,
        entries: impl Iterator<Item = (&'a I, &'a str)>,
    ) -> Self {
        let link = |id: &I, title: &str| link(addresses, &id.to_string(), title, &path(id));
        Self { links: entries.map(|(id, title)| (id, link(id, title))).collect(), path }
    }

    /// The link to an entry. What the catalog does not have is called by its ID.
    pub(super) fn get(&self, id: &I, addresses: &Addresses) -> LinkView {
        let unknown = || {
            let name = id.to_string();
            link(addresses, &name, &name, &(self.path)(id))
        };
        self.links.get(id).map_or_else(unknown, Shared::clone)
    }
}

/// A link to a path of the site.
pub(super) fn link(addresses: &Addresses, id: &str, title: &str, path: &str) -> LinkView {
    let href = addresses.href(path);
    Shared::new(Link { id: id.to_owned(), title: title.to_owned(), href })
}
