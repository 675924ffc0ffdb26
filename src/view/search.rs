//! What search finds: every offering, person, place, requirement, kind, role, topic and page, with
//! the texts by which it is found.

use std::sync::OnceLock;

use serde::Serialize;

use super::address::{
    kind_path, offering_path, person_path, place_path, plain_path, requirement_path, role_path,
    topic_path,
};
use super::session::{Setting, anchor, title};
use super::{Edition, sentence};
use crate::model::{Catalog, Markdown};
use crate::schedule::OfferingSchedule;

/// The page of search.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The address of the folder of the index, with a slash at its end.
    pub index: String,
    /// How many things can be found.
    pub count: usize,
}

/// All that can be found, and the index of it once it has been made.
#[derive(Debug)]
pub struct SearchData {
    /// What can be found. What is of this year comes first, so that of two equals it wins.
    pub entries: Vec<SearchEntry>,
    /// True when words are English, whose endings are known.
    pub english: bool,
    /// How many blocks the occurrences of words are divided into.
    pub blocks: usize,
    /// The files of the index, made by the first that asks for one.
    pub files: OnceLock<SearchFiles>,
}

/// The files of a search index.
#[derive(Debug, Default)]
pub struct SearchFiles {
    /// Tells these files from those of another index.
    pub version: String,
    /// Every word, in order, with where its occurrences are.
    pub words: String,
    /// Where words occur.
    pub blocks: Vec<String>,
    /// What is shown of what was found.
    pub chunks: Vec<String>,
}

/// A part of the index, each a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchPart {
    /// The words.
    Words,
    /// A block of occurrences.
    Block(usize),
    /// A chunk of entries.
    Chunk(usize),
}

/// Something that can be found.
#[derive(Debug)]
pub struct SearchEntry {
    /// What is shown of it.
    pub shown: Shown,
    /// Words that say who, where and of what kind.
    pub names: Vec<String>,
    /// The texts of its page.
    pub texts: Vec<Markdown>,
}

/// What is shown of an entry.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// Its name.
    pub title: String,
    /// Its page.
    pub href: String,
    /// `Series, 2026-27`, `Person`
    pub kind: String,
    /// A sentence or two.
    pub summary: String,
    /// Its sessions that have a name: the name and the anchor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<(String, String)>,
}

/// How many entries a chunk has.
pub const CHUNK: usize = 16;
/// About how many entries have their occurrences in one block.
const ENTRIES_A_BLOCK: usize = 40;
/// The largest number of blocks.
const MOST_BLOCKS: usize = 400;

impl SearchData {
    /// All that an edition shows.
    pub fn new(edition: &Edition<'_>) -> Self {
        let mut current = Vec::new();
        let mut earlier = Vec::new();
        for schedule in edition.in_order(|_| true) {
            let entry = of_offering(edition, schedule);
            if schedule.year >= Some(edition.year) { &mut current } else { &mut earlier }
                .push(entry);
        }
        current.extend(others(edition));
        current.append(&mut earlier);
        Self {
            english: edition.settings().language.starts_with("en"),
            blocks: blocks(current.len()),
            entries: current,
            files: OnceLock::new(),
        }
    }

    /// How many entries an edition has, without making them.
    pub fn count(edition: &Edition<'_>) -> usize {
        let Catalog { people, places, requirements, kinds, roles, topics, pages, .. } =
            edition.catalog;
        let others = people.len() + places.len() + requirements.len() + pages.len();
        edition.offerings.len() + others + kinds.len() + roles.len() + topics.len()
    }

    /// The parts of the index of so many entries.
    pub fn parts(count: usize) -> impl Iterator<Item = SearchPart> {
        let blocks = (0..blocks(count)).map(SearchPart::Block);
        let chunks = (0..count.div_ceil(CHUNK)).map(SearchPart::Chunk);
        std::iter::once(SearchPart::Words).chain(blocks).chain(chunks)
    }
}

impl SearchPart {
    /// Its name in the folder of the index.
    pub fn name(self) -> String {
        match self {
            Self::Words => "words.txt".to_owned(),
            Self::Block(number) => format!("block-{number}.txt"),
            Self::Chunk(number) => format!("entries-{number}.txt"),
        }
    }
}

fn blocks(entries: usize) -> usize {
    entries.div_ceil(ENTRIES_A_BLOCK).clamp(1, MOST_BLOCKS)
}

fn of_offering(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> SearchEntry {
    let offering = schedule.offering;
    let catalog = edition.catalog;
    let kind = edition.kind_link(&offering.kind.value).title.clone();
    let mut names = vec![kind.clone(), edition.audience(&offering.roles)];
    names.extend(offering.topics.iter().map(|id| edition.topic_link(&id.value).title.clone()));
    names.extend(offering.networks.iter().map(|id| edition.network_link(&id.value).title.clone()));
    names.extend(offering.hosts.iter().map(|host| host.value.clone()));
    let leaves = || offering.written_sessions().flat_map(|(_, session)| session.leaves());
    let people = leaves().flat_map(|session| &session.facilitators);
    for person in offering.facilitators.iter().chain(people) {
        names.extend(catalog.people.get(&person.value).map(|person| person.name.value.clone()));
    }
    for place in super::place_ids(offering) {
        names.extend(catalog.places.get(place).map(|place| place.name.value.clone()));
    }
    names.sort();
    names.dedup();
    let mut sessions = Vec::new();
    for group in &schedule.groups {
        let cohort = group.cohort.map(|(id, _)| id);
        let several = group.sessions.len() > 1;
        for session in group.sessions.iter().filter(|one| one.written.title.is_some()) {
            let setting = Setting { edition, offering, cohort, several };
            sessions.push((title(setting, session), anchor(cohort, session)));
        }
    }
    sessions.dedup_by(|a, b| a.0 == b.0);
    let year = schedule.year.map(|year| format!(", {year}"));
    let texts = [offering.body.clone(), offering.eligibility.clone()];
    SearchEntry {
        shown: Shown {
            title: offering.title.value.clone(),
            href: edition.addresses.href(&offering_path(&offering.id)),
            kind: kind + &year.unwrap_or_default(),
            summary: offering.summary.value.clone(),
            sessions,
        },
        names,
        texts: texts.into_iter().flatten().collect(),
    }
}

/// Everything but offerings.
fn others<'e>(edition: &'e Edition<'_>) -> impl Iterator<Item = SearchEntry> + 'e {
    let catalog = edition.catalog;
    let entry =
        |title: &str, path: &str, kind: &str, summary: String, texts: Vec<Markdown>| SearchEntry {
            shown: Shown {
                title: title.to_owned(),
                href: edition.addresses.href(path),
                kind: kind.to_owned(),
                summary,
                sessions: Vec::new(),
            },
            names: Vec::new(),
            texts,
        };
    let body = |body: &Option<Markdown>| body.clone().into_iter().collect::<Vec<_>>();
    let people = catalog.people.values().map(move |person| {
        let about = [&person.title, &person.organization].map(|text| text.as_deref());
        let summary = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let name = &person.name.value;
        entry(name, &person_path(&person.id), "Person", summary, body(&person.body))
    });
    let places = catalog.places.values().map(move |place| {
        let about = [&place.room, &place.address].map(|text| text.as_deref());
        let summary = about.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let texts = [place.accessibility.clone(), place.body.clone()];
        let name = &place.name.value;
        entry(name, &place_path(&place.id), "Place", summary, texts.into_iter().flatten().collect())
    });
    let requirements = catalog.requirements.values().map(move |rule| {
        let summary = sentence(edition, rule);
        let title = &rule.title.value;
        entry(title, &requirement_path(&rule.id), "Requirement", summary, body(&rule.body))
    });
    let kinds = catalog.kinds.iter().map(move |(id, kind)| {
        let summary = kind.description.clone().unwrap_or_default();
        entry(&kind.plural, &kind_path(id), "Kind", summary, Vec::new())
    });
    let roles = catalog.roles.iter().map(move |(id, role)| {
        entry(&role.plural, &role_path(id), "Role", String::new(), Vec::new())
    });
    let topics = catalog.topics.iter().map(move |(id, topic)| {
        let summary = topic.description.clone().unwrap_or_default();
        entry(&topic.name.value, &topic_path(id), "Topic", summary, Vec::new())
    });
    let pages = catalog.pages.values().map(move |page| {
        let summary = page.summary.clone().unwrap_or_default();
        entry(&page.title.value, &plain_path(&page.id), "Page", summary, body(&page.body))
    });
    requirements.chain(people).chain(places).chain(kinds).chain(roles).chain(topics).chain(pages)
}
