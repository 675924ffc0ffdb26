//! The catalog itself as data: names, vocabularies, and where the other files are.

use serde::Serialize;

use super::parts::{ContactData, MomentData};
use super::{DATA_VERSION, SCHEMAS};
use crate::model::NoticeLevel;
use crate::view::address::{
    CALENDAR_OF_ALL, CALENDAR_OF_ENROLLMENT, DATA, NEWS_AS_ATOM, NEWS_AS_JSON, calendar_path,
    kind_path, network_path, offering_data_path, role_path, topic_path,
};
use crate::view::{Edition, zone_name};

/// The catalog.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogData {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The version of the contract.
    pub version: u32,
    /// What made it: `convene 1.0.0`.
    pub generator: String,
    /// The catalog's name.
    pub title: String,
    /// Who publishes it.
    pub organization: String,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The site, with a slash at its end.
    pub url: String,
    /// The IANA name of the zone of all times that name no other.
    pub timezone: String,
    /// BCP 47.
    pub language: String,
    /// The day on which program years begin: `07-01`.
    pub year_starts: String,
    /// The program year of the day for which the site was built.
    pub current_year: String,
    /// The program years that have offerings, the latest first.
    pub years: Vec<String>,
    /// The day for which the site was built.
    pub built: String,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactData>,
    /// Kinds of offerings.
    pub kinds: Vec<TermData>,
    /// Roles of participants.
    pub roles: Vec<TermData>,
    /// Learning networks.
    pub networks: Vec<TermData>,
    /// Topics.
    pub topics: Vec<TermData>,
    /// Kinds of credit.
    pub credits: Vec<TermData>,
    /// Days on which nothing is scheduled.
    pub closed: Vec<ClosedData>,
    /// Banners that are in force or to come.
    pub notices: Vec<NoticeData>,
    /// How much there is.
    pub counts: CountsData,
    /// The other files.
    pub files: FilesData,
}

/// A word of a vocabulary.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name for several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plural: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What a credit is counted in: `hours`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its calendar, to subscribe to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
}

/// Days on which nothing is scheduled.
#[derive(Clone, Debug, Serialize)]
pub struct ClosedData {
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A banner.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeData {
    /// What it says.
    pub text: String,
    /// `info`, `warning`
    pub level: &'static str,
    /// From when; always, if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<MomentData>,
    /// Until when; for ever, if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<MomentData>,
}

/// How much there is.
#[derive(Clone, Debug, Serialize)]
pub struct CountsData {
    /// Offerings.
    pub offerings: usize,
    /// Sessions, one with alternatives as one.
    pub sessions: usize,
    /// Requirements.
    pub requirements: usize,
    /// People.
    pub people: usize,
    /// Places.
    pub places: usize,
}

/// Where the other files are.
#[derive(Clone, Debug, Serialize)]
pub struct FilesData {
    /// All offerings, without their sessions.
    pub offerings: String,
    /// A template (RFC 6570) of the address of one offering with its sessions.
    pub offering: String,
    /// All sessions.
    pub sessions: String,
    /// All days of sessions as a table.
    pub sessions_csv: String,
    /// All requirements.
    pub requirements: String,
    /// All people.
    pub people: String,
    /// All places.
    pub places: String,
    /// The schemas of the files.
    pub schemas: Vec<String>,
    /// What is new and what changed, as Atom.
    pub news_atom: String,
    /// The same as JSON Feed.
    pub news_json: String,
    /// The calendar of all sessions.
    pub calendar: String,
    /// The calendar of the opening and the closing of enrollment.
    pub enrollment_calendar: String,
}

impl CatalogData {
    /// The data of the catalog.
    pub fn new(edition: &Edition<'_>) -> Self {
        let (catalog, settings) = (edition.catalog, edition.settings());
        let absolute = |path: &str| Some(edition.addresses.absolute(path));
        let calendar = |sort: &str, id: &str| absolute(&calendar_path(sort, id));
        let start = settings.year_starts;
        Self {
            schema: super::schema::address(edition, "catalog"),
            version: DATA_VERSION,
            generator: concat!("convene ", env!("CARGO_PKG_VERSION")).to_owned(),
            title: settings.title.clone(),
            organization: settings.organization.clone(),
            description: settings.description.clone(),
            url: edition.addresses.absolute("/"),
            timezone: zone_name(edition.zone()).to_owned(),
            language: settings.language.clone(),
            year_starts: format!("{:02}-{:02}", start.month, start.day),
            current_year: edition.year.to_string(),
            years: edition.years().iter().map(ToString::to_string).collect(),
            built: edition.today.to_string(),
            contact: ContactData::of_catalog(edition),
            kinds: terms(&catalog.kinds, |id, kind| TermData {
                name: kind.name.value.clone(),
                plural: Some(kind.plural.clone()),
                description: kind.description.clone(),
                url: absolute(&kind_path(id)),
                calendar: calendar("kind", id.as_str()),
                ..TermData::default()
            }),
            roles: terms(&catalog.roles, |id, role| TermData {
                name: role.name.value.clone(),
                plural: Some(role.plural.clone()),
                url: absolute(&role_path(id)),
                calendar: calendar("role", id.as_str()),
                ..TermData::default()
            }),
            networks: terms(&catalog.networks, |id, network| TermData {
                name: network.name.value.clone(),
                url: absolute(&network_path(id)),
                calendar: calendar("network", id.as_str()),
                ..TermData::default()
            }),
            topics: terms(&catalog.topics, |id, topic| TermData {
                name: topic.name.value.clone(),
                description: topic.description.clone(),
                url: absolute(&topic_path(id)),
                calendar: calendar("topic", id.as_str()),
                ..TermData::default()
            }),
            credits: terms(&catalog.credits, |_, credit| TermData {
                name: credit.name.value.clone(),
                unit: Some(credit.unit.clone()),
                ..TermData::default()
            }),
            closed: settings.closed.iter().map(closed).collect(),
            notices: notices(edition),
            counts: counts(edition),
            files: FilesData::new(edition),
        }
    }
}

fn terms<I: ToString, T>(
    words: &indexmap::IndexMap<I, T>,
    term: impl Fn(&I, &T) -> TermData,
) -> Vec<TermData> {
    words.iter().map(|(id, word)| TermData { id: id.to_string(), ..term(id, word) }).collect()
}

fn closed(days: &crate::model::ClosedDays) -> ClosedData {
    ClosedData { from: days.from.to_string(), to: days.to.to_string(), name: days.name.clone() }
}

fn notices(edition: &Edition<'_>) -> Vec<NoticeData> {
    let moment = |at: &crate::source::Spanned<_>| MomentData::new(edition, at.value);
    let notices = edition.settings().notices.iter();
    let in_time = notices.filter(|notice| {
        let until = notice.until.as_ref();
        until.is_none_or(|until| edition.instant(until.value) > *edition.now)
    });
    in_time
        .map(|notice| NoticeData {
            text: notice.text.clone(),
            level: match notice.level {
                NoticeLevel::Info => "info",
                NoticeLevel::Warning => "warning",
            },
            from: notice.from.as_ref().map(moment),
            until: notice.until.as_ref().map(moment),
        })
        .collect()
}

fn counts(edition: &Edition<'_>) -> CountsData {
    let catalog = edition.catalog;
    CountsData {
        offerings: edition.offerings.len(),
        sessions: edition.offerings.values().map(|one| one.sessions().count()).sum(),
        requirements: catalog.requirements.len(),
        people: catalog.people.len(),
        places: catalog.places.len(),
    }
}

impl FilesData {
    fn new(edition: &Edition<'_>) -> Self {
        let absolute = |path: &str| edition.addresses.absolute(path);
        let file = |name: &str| absolute(&format!("{DATA}{name}"));
        Self {
            offerings: file("offerings.json"),
            offering: absolute(&offering_data_path("{id}")),
            sessions: file("sessions.json"),
            sessions_csv: file("sessions.csv"),
            requirements: file("requirements.json"),
            people: file("people.json"),
            places: file("places.json"),
            schemas: SCHEMAS
                .iter()
                .map(|(name, _)| super::schema::address(edition, name))
                .collect(),
            news_atom: absolute(NEWS_AS_ATOM),
            news_json: absolute(NEWS_AS_JSON),
            calendar: absolute(CALENDAR_OF_ALL),
            enrollment_calendar: absolute(CALENDAR_OF_ENROLLMENT),
        }
    }
}
