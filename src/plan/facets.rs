//! The pages of kinds, roles, networks and topics, and the lists of everything.

use std::collections::BTreeMap;

use super::frame;
use super::pages::Maker;
use super::task::{Page, Subject};
use crate::model::{Catalog, Kind, KindId, Network, NetworkId, Role, RoleId, Topic, TopicId};
use crate::schedule::OfferingSchedule;
use crate::source::Span;
use crate::theme::Section;
use crate::view::address::{kind_path, network_path, role_path, topic_path};
use crate::view::{Edition, FacetEntry, FacetView, FacetWords, Part, sentence};

/// What offerings can be picked by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Facet<'a> {
    Kind(&'a KindId, &'a Kind),
    Role(&'a RoleId, &'a Role),
    Network(&'a NetworkId, &'a Network),
    Topic(&'a TopicId, &'a Topic),
}

/// Every facet of a catalog, in the order in which its vocabularies are written.
pub(super) fn all(catalog: &Catalog) -> impl Iterator<Item = Facet<'_>> {
    let kinds = catalog.kinds.iter().map(|(id, kind)| Facet::Kind(id, kind));
    let roles = catalog.roles.iter().map(|(id, role)| Facet::Role(id, role));
    let networks = catalog.networks.iter().map(|(id, network)| Facet::Network(id, network));
    let topics = catalog.topics.iter().map(|(id, topic)| Facet::Topic(id, topic));
    kinds.chain(roles).chain(networks).chain(topics)
}

impl<'a> Facet<'a> {
    /// Its path on the site.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Kind(id, _) => kind_path(id),
            Self::Role(id, _) => role_path(id),
            Self::Network(id, _) => network_path(id),
            Self::Topic(id, _) => topic_path(id),
        }
    }

    pub(super) fn index(self) -> Index {
        match self {
            Self::Kind(..) => Index::Kinds,
            Self::Role(..) => Index::Roles,
            Self::Network(..) => Index::Networks,
            Self::Topic(..) => Index::Topics,
        }
    }

    pub(super) fn id(self) -> &'a str {
        match self {
            Self::Kind(id, _) => id.as_str(),
            Self::Role(id, _) => id.as_str(),
            Self::Network(id, _) => id.as_str(),
            Self::Topic(id, _) => id.as_str(),
        }
    }

    pub(super) fn name(self) -> &'a str {
        match self {
            Self::Kind(_, kind) => &kind.plural,
            Self::Role(_, role) => &role.plural,
            Self::Network(_, network) => &network.name.value,
            Self::Topic(_, topic) => &topic.name.value,
        }
    }

    /// Where its name is written.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Kind(_, kind) => kind.name.span,
            Self::Role(_, role) => role.name.span,
            Self::Network(_, network) => network.name.span,
            Self::Topic(_, topic) => topic.name.span,
        }
    }

    fn description(self) -> Option<String> {
        match self {
            Self::Kind(_, kind) => kind.description.clone(),
            Self::Topic(_, topic) => topic.description.clone(),
            Self::Role(..) | Self::Network(..) => None,
        }
    }

    /// Whether an offering belongs to it. One that names no network is for all.
    pub(super) fn picks(self, schedule: &OfferingSchedule<'_>) -> bool {
        let offering = schedule.offering;
        match self {
            Self::Kind(id, _) => offering.kind.value == *id,
            Self::Role(id, _) => offering.roles.includes(id),
            Self::Network(id, _) => {
                let networks = &offering.networks;
                networks.is_empty() || networks.iter().any(|one| one.value == *id)
            }
            Self::Topic(id, _) => offering.topics.iter().any(|one| one.value == *id),
        }
    }

    /// A part of the page of the facet.
    pub(super) fn page(self, maker: &Maker<'_>, part: Part) -> Page {
        let edition = maker.edition;
        let index = self.index();
        let words = FacetWords {
            facet: index.facet(),
            id: self.id(),
            name: self.name(),
            description: self.description(),
            role: match self {
                Self::Role(id, _) => Some(id),
                _ => None,
            },
        };
        let whole = self.path();
        let list = (maker.lists.of(&whole), part, whole.as_str());
        let picks = |schedule: &OfferingSchedule<'_>| self.picks(schedule);
        let view = FacetView::new(edition, &maker.agenda, words, picks, list);
        let summary = self
            .description()
            .unwrap_or_else(|| format!("Offerings and sessions: {}.", self.name()));
        let index_path = index.path();
        let crumbs = [("Home", "/"), (index.title(), index_path.as_str())];
        let (path, title) = (part.path(&whole), part.title(self.name()));
        let page = frame(edition, &path, &title, Some(summary), index.section(), &crumbs);
        Page { page, view: Subject::Facet(view), prose: BTreeMap::new() }
    }

    fn entry(self, edition: &Edition<'_>) -> FacetEntry {
        FacetEntry {
            link: edition.link(self.id(), self.name(), &self.path()),
            description: self.description(),
            count: count(edition, |schedule| self.picks(schedule)),
        }
    }
}

/// How many offerings of the current year a rule picks.
fn count(edition: &Edition<'_>, pick: impl Fn(&OfferingSchedule<'_>) -> bool) -> usize {
    let current = edition.offerings.values().filter(|one| one.year == Some(edition.year));
    current.filter(|schedule| pick(schedule)).count()
}

/// A list of everything of one sort.
#[derive(Clone, Copy, Debug)]
pub(super) enum Index {
    Kinds,
    Roles,
    Networks,
    Topics,
    People,
    Places,
    Requirements,
    Years,
}

impl Index {
    pub(super) const ALL: [Self; 8] = [
        Self::Kinds,
        Self::Roles,
        Self::Networks,
        Self::Topics,
        Self::People,
        Self::Places,
        Self::Requirements,
        Self::Years,
    ];

    /// Its path on the site.
    pub(super) fn path(self) -> String {
        format!("/{}/", self.section())
    }

    /// The part of the site that it heads.
    pub(super) fn section(self) -> &'static str {
        match self {
            Self::Kinds => "kinds",
            Self::Roles => "roles",
            Self::Networks => "networks",
            Self::Topics => "topics",
            Self::People => "people",
            Self::Places => "places",
            Self::Requirements => "requirements",
            Self::Years => "years",
        }
    }

    /// What a theme calls it that leaves it out.
    pub(super) fn left_out_as(self) -> Section {
        match self {
            Self::Kinds => Section::Kinds,
            Self::Roles => Section::Roles,
            Self::Networks => Section::Networks,
            Self::Topics => Section::Topics,
            Self::People => Section::People,
            Self::Places => Section::Places,
            Self::Requirements => Section::Requirements,
            Self::Years => Section::Years,
        }
    }

    /// What one of its entries is, for the template.
    pub(super) fn facet(self) -> &'static str {
        match self {
            Self::Kinds => "kind",
            Self::Roles => "role",
            Self::Networks => "network",
            Self::Topics => "topic",
            Self::People => "person",
            Self::Places => "place",
            Self::Requirements => "requirement",
            Self::Years => "year",
        }
    }

    /// Its heading.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Kinds => "Kinds of learning",
            Self::Roles => "Roles",
            Self::Networks => "Learning networks",
            Self::Topics => "Topics",
            Self::People => "People",
            Self::Places => "Places",
            Self::Requirements => "Requirements",
            Self::Years => "Program years",
        }
    }

    /// Its lines.
    pub(super) fn entries(self, maker: &Maker<'_>) -> Vec<FacetEntry> {
        let edition = maker.edition;
        let catalog = edition.catalog;
        match self {
            Self::Kinds | Self::Roles | Self::Networks | Self::Topics => all(catalog)
                .filter(|facet| facet.index().section() == self.section())
                .map(|facet| facet.entry(edition))
                .collect(),
            Self::People => catalog
                .people
                .values()
                .map(|person| FacetEntry {
                    link: edition.person_link(&person.id),
                    description: person.title.clone(),
                    count: maker.led_this_year(&person.id),
                })
                .collect(),
            Self::Places => catalog
                .places
                .values()
                .map(|place| FacetEntry {
                    link: edition.place_link(&place.id),
                    description: place.address.clone(),
                    count: maker.held_this_year(&place.id),
                })
                .collect(),
            Self::Requirements => catalog
                .requirements
                .values()
                .map(|requirement| FacetEntry {
                    link: edition.requirement_link(requirement),
                    description: Some(sentence(edition, requirement)),
                    count: requirement.rule.offerings().len(),
                })
                .collect(),
            Self::Years => edition
                .years()
                .into_iter()
                .map(|year| FacetEntry {
                    link: edition.year_link(year),
                    description: None,
                    count: edition.offerings.values().filter(|one| one.year == Some(year)).count(),
                })
                .collect(),
        }
    }
}
