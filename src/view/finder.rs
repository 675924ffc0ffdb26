//! What a list can be narrowed by: the options that at least one of its entries has.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{AgendaMonth, CardGroup, CardView, Edition, LinkView, MonthName, Tag, UndatedEntry};
use crate::model::YearMonth;

/// Filters over a list.
#[derive(Clone, Debug, Serialize)]
pub struct FinderView {
    /// Those that lead.
    pub main: Vec<FilterView>,
    /// The others.
    pub more: Vec<FilterView>,
}

/// One filter: a choice among several options.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// Its name in the address, and in the `data-` attributes of what it finds: `role`.
    pub name: &'static str,
    /// Its label: `For`.
    pub label: &'static str,
    /// What no choice is called: `Everyone`.
    pub any: &'static str,
    /// The options, two or more.
    pub options: Vec<OptionView>,
}

/// An option of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionView {
    /// What stands in the address.
    pub id: String,
    /// What people read.
    pub title: String,
}

/// The IDs that occur in a list.
#[derive(Default)]
struct Used<'v> {
    roles: BTreeSet<&'v str>,
    kinds: BTreeSet<&'v str>,
    networks: BTreeSet<&'v str>,
    topics: BTreeSet<&'v str>,
    access: BTreeSet<&'v str>,
    modes: BTreeSet<&'v str>,
    months: BTreeSet<&'v str>,
}

/// The groups of states that a reader asks for. A script knows which states each has.
const STATES: [(&str, &str); 4] = [
    ("open", "Open now"),
    ("later", "Opens later"),
    ("none", "No enrollment needed"),
    ("closed", "Closed or full"),
];

impl FinderView {
    /// For offerings.
    pub(super) fn of_cards(edition: &Edition<'_>, groups: &[CardGroup]) -> Self {
        let mut used = Used::default();
        for card in groups.iter().flat_map(|group| &group.cards) {
            used.card(card);
        }
        let mut finder = Self::new(edition, &used);
        finder.main.push(FilterView::of_states());
        finder
    }

    /// For sessions.
    pub(super) fn of_agenda(
        edition: &Edition<'_>,
        months: &[AgendaMonth],
        undated: &[UndatedEntry],
    ) -> Self {
        let mut used = Used::default();
        for month in months {
            for entry in month.days.iter().flat_map(|day| &day.entries) {
                used.session(&entry.kind, &entry.facets, entry.mode.as_ref());
                used.months.insert(&month.month.iso);
            }
        }
        let of_months = months.iter().flat_map(|month| &month.undated);
        for entry in of_months.chain(undated) {
            used.session(&entry.kind, &entry.facets, entry.mode.as_ref());
            used.months.extend(entry.month.as_deref());
        }
        let mut finder = Self::new(edition, &used);
        finder.main.push(FilterView::of_states());
        finder
    }

    fn new(edition: &Edition<'_>, used: &Used<'_>) -> Self {
        let catalog = edition.catalog;
        let of = |used: &BTreeSet<&str>, links: Vec<LinkView>| -> Vec<OptionView> {
            let used = links.into_iter().filter(|link| used.contains(link.id.as_str()));
            used.map(|link| OptionView { id: link.id.clone(), title: link.title.clone() }).collect()
        };
        let named = |used: &BTreeSet<&str>, names: &[(&str, &str)]| -> Vec<OptionView> {
            let used = names.iter().filter(|(id, _)| used.contains(id));
            used.map(|(id, title)| OptionView::new(id, title)).collect()
        };
        let roles = catalog.roles.keys().map(|id| edition.role_link(id)).collect();
        let kinds = catalog.kinds.keys().map(|id| edition.kinds_link(id)).collect();
        let networks = catalog.networks.keys().map(|id| edition.network_link(id)).collect();
        let topics = catalog.topics.keys().map(|id| edition.topic_link(id)).collect();
        let access = [
            ("required", "Required"),
            ("open", "Open enrollment"),
            ("application", "By application"),
            ("nomination", "By nomination"),
            ("invitation", "By invitation"),
        ];
        let modes =
            [("in-person", "In person"), ("online", "Online"), ("hybrid", "In person and online")];
        let months = used.months.iter().map(|month| month_option(month)).collect();
        let filter = |name, label, any, options: Vec<OptionView>| {
            (options.len() > 1).then_some(FilterView { name, label, any, options })
        };
        let main = [
            filter("role", "For", "Everyone", of(&used.roles, roles)),
            filter("kind", "Kind", "Any kind", of(&used.kinds, kinds)),
        ];
        let more = [
            filter("topic", "Topic", "Any topic", of(&used.topics, topics)),
            filter("network", "Network", "Any network", of(&used.networks, networks)),
            filter("access", "How one comes in", "Any way", named(&used.access, &access)),
            filter("mode", "How it meets", "Any way", named(&used.modes, &modes)),
            filter("month", "Month", "Any month", months),
        ];
        Self {
            main: main.into_iter().flatten().collect(),
            more: more.into_iter().flatten().collect(),
        }
    }
}

impl<'v> Used<'v> {
    fn card(&mut self, card: &'v CardView) {
        let id = |link: &'v LinkView| link.id.as_str();
        self.kinds.insert(&card.kind.id);
        self.roles.extend(card.roles.iter().map(id));
        self.networks.extend(card.networks.iter().map(id));
        self.topics.extend(card.topics.iter().map(id));
        self.access.insert(card.access.id);
        self.modes.extend(card.mode.as_ref().map(|mode| mode.id));
        self.months.extend(card.months.iter().map(String::as_str));
    }

    fn session(&mut self, kind: &'v LinkView, facets: &'v super::Facets, mode: Option<&'v Tag>) {
        self.kinds.insert(&kind.id);
        self.roles.extend(facets.roles.split_whitespace());
        self.networks.extend(facets.networks.split_whitespace());
        self.topics.extend(facets.topics.split_whitespace());
        self.access.insert(facets.access);
        self.modes.extend(mode.map(|mode| mode.id));
    }
}

impl FilterView {
    fn of_states() -> Self {
        let options = STATES.iter().map(|(id, title)| OptionView::new(id, title)).collect();
        Self { name: "state", label: "Enrollment", any: "Any", options }
    }
}

impl OptionView {
    fn new(id: &str, title: &str) -> Self {
        Self { id: id.to_owned(), title: title.to_owned() }
    }
}

fn month_option(iso: &str) -> OptionView {
    let month = iso.split_once('-').and_then(|(year, month)| {
        Some(YearMonth { year: year.parse().ok()?, month: month.parse().ok()? })
    });
    let title = month.map_or_else(|| iso.to_owned(), |month| MonthName::new(month).text);
    OptionView { id: iso.to_owned(), title }
}
