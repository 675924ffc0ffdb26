//! The catalog as it is shown at one moment: what is visible, what the time is, where things stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::address::{offering_path, year_path};
use super::links::{self, Links};
use super::{Addresses, Asked, CardView, ImageView, LinkView, MomentView, Shared};
use crate::model::{
    Audience, Catalog, Image, KindId, Moment, NetworkId, Offering, OfferingId, PersonId, PlaceId,
    ProgramYear, Requirement, Role, RoleId, Settings, TopicId,
};
use crate::schedule::{OfferingSchedule, Present, Timetable, instant, start_of_day};

/// What the views are made of.
pub struct Edition<'a> {
    /// The catalog, with everything that it says.
    pub catalog: &'a Catalog,
    /// When everything takes place.
    pub timetable: &'a Timetable<'a>,
    /// The present moment.
    pub now: &'a Present,
    /// Today, in the catalog's zone.
    pub today: Date,
    /// The program year of today.
    pub year: ProgramYear,
    /// Where links lead.
    pub addresses: Addresses,
    /// The offerings that are shown, ordered by ID.
    pub offerings: BTreeMap<&'a OfferingId, &'a OfferingSchedule<'a>>,
    /// The requirements that name an offering.
    required_by: BTreeMap<&'a OfferingId, Vec<&'a Requirement>>,
    /// What the same offering in the year after is.
    continued_by: BTreeMap<&'a OfferingId, &'a OfferingId>,
    /// The offerings that share a year and a topic, ordered by ID.
    peers: BTreeMap<(ProgramYear, &'a TopicId), Vec<&'a OfferingSchedule<'a>>>,
    /// The offerings that are shown, in the order of time, then of the title.
    ordered: Vec<&'a OfferingSchedule<'a>>,
    /// What lists show of each offering that is shown, made when the first list asks for it.
    cards: HashMap<&'a OfferingId, OnceLock<Shared<CardView>>>,
    links: Links<'a>,
    /// What any template of the site asks for.
    pub(super) asked: Asked,
}

/// How many peers on either side are looked at to find related offerings, so that the cost of a
/// page does not grow with the catalog.
const NEIGHBOURS: usize = 12;

impl<'a> Edition<'a> {
    /// The catalog at a moment. `shown` says of each offering whether it is shown.
    pub fn new(
        catalog: &'a Catalog,
        timetable: &'a Timetable<'a>,
        now: &'a Present,
        shown: impl Fn(&Offering) -> bool,
    ) -> Self {
        let today = now.today(&catalog.settings.timezone);
        let offerings: BTreeMap<_, _> =
            timetable.offerings().filter(|(_, s)| shown(s.offering)).collect();
        let mut required_by: BTreeMap<&OfferingId, Vec<&Requirement>> = BTreeMap::new();
        for requirement in catalog.requirements.values() {
            let named: BTreeSet<_> =
                requirement.rule.offerings().iter().map(|id| &id.value).collect();
            for id in named {
                required_by.entry(id).or_default().push(requirement);
            }
        }
        let continued_by = offerings
            .iter()
            .filter_map(|(id, s)| s.offering.continues.as_ref().map(|before| (&before.value, *id)))
            .collect();
        let mut peers: BTreeMap<_, Vec<&OfferingSchedule<'_>>> = BTreeMap::new();
        for &schedule in offerings.values() {
            for topic in &schedule.offering.topics {
                if let Some(year) = schedule.year {
                    peers.entry((year, &topic.value)).or_default().push(schedule);
                }
            }
        }
        let addresses = Addresses::new(&catalog.settings.url.value);
        let mut ordered: Vec<_> = offerings.values().copied().collect();
        put_in_order(&mut ordered);
        Self {
            cards: offerings.keys().map(|id| (*id, OnceLock::new())).collect(),
            ordered,
            catalog,
            timetable,
            now,
            today,
            year: ProgramYear::of(today, catalog.settings.year_starts),
            asked: Asked::EVERYTHING,
            links: Links::new(catalog, &addresses),
            addresses,
            offerings,
            required_by,
            continued_by,
            peers,
        }
    }

    /// The same for templates that ask for no more than this.
    #[must_use]
    pub fn asking(self, asked: Asked) -> Self {
        Self { asked, ..self }
    }

    /// What lists show of an offering.
    pub(super) fn card(&self, schedule: &OfferingSchedule<'_>) -> Shared<CardView> {
        let make = || Shared::asked(CardView::new(self, schedule), &self.asked);
        self.cards
            .get(&schedule.offering.id)
            .map_or_else(make, |card| card.get_or_init(make).clone())
    }

    /// The offerings of the same year that share most topics with one, then a requirement.
    pub(super) fn related(
        &self,
        to: &OfferingSchedule<'_>,
        count: usize,
    ) -> Vec<&'a OfferingSchedule<'a>> {
        let id = &to.offering.id;
        let mut shared: BTreeMap<&OfferingId, (usize, &'a OfferingSchedule<'a>)> = BTreeMap::new();
        for topic in &to.offering.topics {
            let Some(year) = to.year else { continue };
            let Some(peers) = self.peers.get(&(year, &topic.value)) else { continue };
            let at = peers.partition_point(|peer| peer.offering.id < *id);
            let from = at.saturating_sub(NEIGHBOURS);
            for &peer in peers.iter().skip(from).take(2 * NEIGHBOURS + 1) {
                if peer.offering.id != *id {
                    shared.entry(&peer.offering.id).or_insert((0, peer)).0 += 1;
                }
            }
        }
        let of_same_rule = |other: &OfferingSchedule<'_>| {
            let rules = self.requirements_of(&other.offering.id);
            self.requirements_of(id).iter().any(|rule| rules.iter().any(|r| r.id == rule.id))
        };
        let mut ranked: Vec<_> = shared.into_values().collect();
        ranked.sort_by_key(|(count, peer)| {
            (std::cmp::Reverse((*count, of_same_rule(peer))), &peer.offering.id)
        });
        ranked.into_iter().take(count).map(|(_, peer)| peer).collect()
    }

    /// The offerings that are shown and whose `publish` came after an instant.
    pub fn announced_since(&self, since: Timestamp) -> impl Iterator<Item = &'a OfferingId> {
        let announced = move |offering: &Offering| {
            offering.publish.as_ref().is_some_and(|from| self.instant(from.value) > since)
        };
        self.offerings.iter().filter(move |(_, one)| announced(one.offering)).map(|(id, _)| *id)
    }

    /// The catalog's own data.
    pub fn settings(&self) -> &'a Settings {
        &self.catalog.settings
    }

    /// The zone in which times are given.
    pub fn zone(&self) -> &'a TimeZone {
        &self.catalog.settings.timezone
    }

    /// The instant at which today began in the catalog's zone.
    pub fn today_began(&self) -> Timestamp {
        start_of_day(self.today, self.zone()).timestamp()
    }

    /// The requirements that name an offering.
    pub fn requirements_of(&self, id: &OfferingId) -> &[&'a Requirement] {
        self.required_by.get(id).map_or(&[], Vec::as_slice)
    }

    /// The same offering in the year after, if it is shown.
    pub fn continued_by(&self, id: &OfferingId) -> Option<&'a OfferingId> {
        self.continued_by.get(id).copied()
    }

    /// A link to an offering that is shown.
    pub fn offering_link(&self, id: &OfferingId) -> Option<LinkView> {
        let schedule = self.offerings.get(id)?;
        Some(self.link(id.as_str(), &schedule.offering.title.value, &offering_path(id)))
    }

    /// A link to a kind.
    pub fn kind_link(&self, id: &KindId) -> LinkView {
        self.links.kind.get(id, &self.addresses)
    }

    /// A link to a kind, by its plural.
    pub fn kinds_link(&self, id: &KindId) -> LinkView {
        self.links.kinds.get(id, &self.addresses)
    }

    /// A link to a role, by its plural.
    pub fn role_link(&self, id: &RoleId) -> LinkView {
        self.links.role.get(id, &self.addresses)
    }

    /// A link to a network.
    pub fn network_link(&self, id: &NetworkId) -> LinkView {
        self.links.network.get(id, &self.addresses)
    }

    /// A link to a topic.
    pub fn topic_link(&self, id: &TopicId) -> LinkView {
        self.links.topic.get(id, &self.addresses)
    }

    /// A link to a person.
    pub fn person_link(&self, id: &PersonId) -> LinkView {
        self.links.person.get(id, &self.addresses)
    }

    /// A link to a place.
    pub fn place_link(&self, id: &PlaceId) -> LinkView {
        self.links.place.get(id, &self.addresses)
    }

    /// A link to a requirement.
    pub fn requirement_link(&self, requirement: &Requirement) -> LinkView {
        self.links.requirement.get(&requirement.id, &self.addresses)
    }

    /// A link to a program year.
    pub fn year_link(&self, year: ProgramYear) -> LinkView {
        let name = year.to_string();
        self.link(&name, &name, &year_path(year))
    }

    /// The instant of a moment of the catalog's zone.
    pub fn instant(&self, moment: Moment) -> Timestamp {
        instant(moment, self.zone())
    }

    /// A moment of the catalog's zone. The end of a day is shown as that day.
    pub fn moment(&self, moment: Moment) -> MomentView {
        MomentView::new(instant(moment, self.zone()), moment.date, moment.time, self.zone())
    }

    /// A link to a path of the site.
    pub fn link(&self, id: &str, title: &str, path: &str) -> LinkView {
        links::link(&self.addresses, id, title, path)
    }

    /// The program years of the offerings that are shown, the latest first.
    pub fn years(&self) -> Vec<ProgramYear> {
        let years: BTreeSet<_> = self.offerings.values().filter_map(|s| s.year).collect();
        years.into_iter().rev().collect()
    }

    /// The offerings that a rule picks, in the order of time, then of the title.
    pub fn in_order(
        &self,
        pick: impl Fn(&OfferingSchedule<'a>) -> bool,
    ) -> Vec<&'a OfferingSchedule<'a>> {
        self.ordered.iter().copied().filter(|s| pick(s)).collect()
    }

    /// A few offerings in that order.
    pub(super) fn time_ordered<'s>(
        few: &[&'s OfferingSchedule<'s>],
    ) -> Vec<&'s OfferingSchedule<'s>> {
        let mut few = few.to_vec();
        put_in_order(&mut few);
        few
    }

    /// For whom, in words: `Principals and assistant principals`.
    pub fn audience(&self, audience: &Audience) -> String {
        let names: Vec<&str> =
            self.roles(audience).iter().map(|(_, role)| role.plural.as_str()).collect();
        sentence_list(&names)
    }

    /// The roles of an audience, in the order of the catalog.
    pub fn roles(&self, audience: &Audience) -> Vec<(&'a RoleId, &'a Role)> {
        self.catalog.roles.iter().filter(|(id, _)| audience.includes(id)).collect()
    }

    /// A picture's address: a path of the site, or a file beside the entry.
    pub fn image(&self, image: &Image, folder: &str) -> ImageView {
        let src = &image.src.value;
        let path = if src.starts_with('/') { src.clone() } else { beside(folder, src) };
        ImageView { src: self.addresses.href(&path), alt: image.alt.clone().unwrap_or_default() }
    }
}

/// Those that staff put first, then by time, then by the title.
fn put_in_order(schedules: &mut Vec<&OfferingSchedule<'_>>) {
    let mut keyed: Vec<_> = schedules
        .iter()
        .map(|one| {
            let offering = one.offering;
            (!offering.featured, one.sort_key(), &offering.title.value, &offering.id, *one)
        })
        .collect();
    keyed.sort_unstable_by(|a, b| (a.0, a.1, a.2, a.3).cmp(&(b.0, b.1, b.2, b.3)));
    *schedules = keyed.into_iter().map(|(.., one)| one).collect();
}

/// `A, b and c`: names in a sentence, the first as it is, the others with a small letter.
pub(super) fn sentence_list(names: &[&str]) -> String {
    let mut list = String::new();
    for (index, name) in names.iter().enumerate() {
        if index == 0 {
            list.push_str(name);
        } else {
            list.push_str(if index + 1 == names.len() { " and " } else { ", " });
            list.push_str(&uncapitalized(name));
        }
    }
    list
}

/// With a small first letter, unless the word is an abbreviation.
pub(super) fn uncapitalized(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// The path of a file that lies beside an entry: `map.png` in `/offerings/2026-27/`.
pub fn beside(folder: &str, file: &str) -> String {
    format!("{folder}{}", file.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::sentence_list;

    #[test]
    fn names_in_a_sentence() {
        assert_eq!(sentence_list(&["Principals"]), "Principals");
        assert_eq!(
            sentence_list(&["Principals", "Assistant Principals"]),
            "Principals and assistant Principals"
        );
        assert_eq!(sentence_list(&["A", "HR staff", "Deans"]), "A, HR staff and deans");
    }
}
