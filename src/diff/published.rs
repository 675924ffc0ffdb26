//! A snapshot from the data that a site publishes below `/api/v1/` (`docs/data.md`). Fields that
//! are not compared are passed over, as is what a later version may add.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::snapshot::{
    Day, Enrollment, Group, Moment, Offering, Requirement, Session, Snapshot, Status,
};
use crate::view::DATA_VERSION;

/// The files of the data that are compared, as they are published.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// `catalog.json`
    pub catalog: Vec<u8>,
    /// `requirements.json`
    pub requirements: Vec<u8>,
    /// `offerings/ID.json`, by ID.
    pub offerings: BTreeMap<String, Vec<u8>>,
}

/// Why data could not be read.
#[derive(Debug)]
pub struct DataFault {
    /// The file, below `/api/v1/`.
    pub file: String,
    /// What is the matter.
    pub what: String,
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be read: {}", self.file, self.what)
    }
}

impl std::error::Error for DataFault {}

/// The IDs of the offerings that `offerings.json` lists.
///
/// # Errors
///
/// When it is not what convene publishes.
pub fn offering_ids(list: &[u8]) -> Result<Vec<String>, DataFault> {
    let file = "offerings.json";
    let list: ListData = parse(file, list)?;
    let ids = list.offerings.into_iter().map(|offering| offering.id);
    ids.map(|id| {
        // An ID becomes the name of a file that is read.
        let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.is_empty() && id.chars().all(safe) {
            Ok(id)
        } else {
            Err(DataFault { file: file.to_owned(), what: format!("`{id}` is no ID") })
        }
    })
    .collect()
}

impl Published {
    /// The snapshot that the files make together.
    ///
    /// # Errors
    ///
    /// When one is not what convene publishes, or is of another version.
    pub fn read(&self) -> Result<Snapshot, DataFault> {
        let catalog = self.read_catalog()?;
        let requirements: RequirementsData = parse("requirements.json", &self.requirements)?;
        let mut offerings = BTreeMap::new();
        for (id, bytes) in &self.offerings {
            let data: OfferingData = parse(&format!("offerings/{id}.json"), bytes)?;
            offerings.insert(id.clone(), data.read(&catalog));
        }
        let requirements = requirements.requirements.into_iter();
        let requirements = requirements.map(|one| (one.id.clone(), one.read(&offerings))).collect();
        let CatalogData { title, timezone, roles, .. } = catalog;
        let plural = |role: TermData| (role.id, role.plural.unwrap_or(role.name));
        Ok(Snapshot {
            title,
            timezone,
            roles: roles.into_iter().map(plural).collect(),
            offerings,
            requirements,
            unread: BTreeSet::new(),
        })
    }

    /// The IANA name of the catalog's zone.
    ///
    /// # Errors
    ///
    /// When the catalog is not what convene publishes, or is of another version.
    pub fn timezone(&self) -> Result<String, DataFault> {
        Ok(self.read_catalog()?.timezone)
    }

    fn read_catalog(&self) -> Result<CatalogData, DataFault> {
        let file = "catalog.json";
        let Version { version } = parse(file, &self.catalog)?;
        if version != DATA_VERSION {
            let what = format!(
                "it is of version {version} of the data, and this convene reads version \
                 {DATA_VERSION}"
            );
            return Err(DataFault { file: file.to_owned(), what });
        }
        parse(file, &self.catalog)
    }
}

fn parse<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, DataFault> {
    serde_json::from_slice(bytes)
        .map_err(|error| DataFault { file: file.to_owned(), what: error.to_string() })
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
struct CatalogData {
    title: String,
    timezone: String,
    #[serde(default)]
    kinds: Vec<TermData>,
    #[serde(default)]
    roles: Vec<TermData>,
    #[serde(default)]
    networks: Vec<TermData>,
}

#[derive(Deserialize)]
struct TermData {
    id: String,
    name: String,
    plural: Option<String>,
}

#[derive(Deserialize)]
struct ListData {
    offerings: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
}

#[derive(Deserialize)]
struct RequirementsData {
    requirements: Vec<RequirementData>,
}

#[derive(Deserialize)]
struct RequirementData {
    id: String,
    title: String,
    url: String,
    #[serde(default)]
    roles: Vec<String>,
    sentence: String,
    rule: RuleData,
}

#[derive(Deserialize)]
struct RuleData {
    #[serde(default)]
    offerings: Vec<String>,
}

#[derive(Deserialize)]
struct OfferingData {
    title: String,
    url: String,
    summary: String,
    kind: String,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    networks: Vec<String>,
    access: String,
    dates: String,
    #[serde(default)]
    cancelled: bool,
    #[serde(default)]
    credit: Vec<Text>,
    enroll: Option<EnrollData>,
    #[serde(default)]
    cohorts: Vec<CohortData>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
struct CohortData {
    id: Option<String>,
    title: Option<String>,
    enroll: Option<EnrollData>,
    #[serde(default)]
    sessions: Vec<SessionData>,
}

#[derive(Deserialize)]
struct SessionData {
    key: String,
    title: String,
    url: String,
    #[serde(default)]
    roles: Vec<String>,
    when: String,
    status: Option<String>,
    #[serde(default)]
    meetings: Vec<MeetingData>,
    #[serde(default)]
    alternatives: Vec<SessionData>,
    moved_from: Option<Text>,
    place_was: Option<VenueData>,
    reason: Option<String>,
    backup: Option<MeetingData>,
    #[serde(default)]
    places: Vec<VenueData>,
    online: Option<OnlineData>,
    #[serde(default)]
    credit: Vec<Text>,
    enroll: Option<EnrollData>,
}

#[derive(Deserialize)]
struct MeetingData {
    date: String,
    day: String,
    hours: Option<String>,
    starts: String,
    ends: String,
    timezone: Option<String>,
    #[serde(default)]
    places: Vec<VenueData>,
}

#[derive(Deserialize)]
struct VenueData {
    name: String,
    room: Option<String>,
}

#[derive(Deserialize)]
struct OnlineData {
    url: Option<String>,
}

#[derive(Deserialize)]
struct EnrollData {
    url: String,
    label: String,
    window: String,
    opens: Option<MomentData>,
    closes: Option<MomentData>,
    was: Option<MomentData>,
    #[serde(default)]
    rounds: Vec<RoundData>,
    status: Option<String>,
    waitlist: Option<String>,
}

#[derive(Deserialize)]
struct RoundData {
    label: String,
    closes: MomentData,
}

#[derive(Deserialize)]
struct MomentData {
    at: String,
    text: String,
}

impl RequirementData {
    fn read(self, offerings: &BTreeMap<String, Offering>) -> Requirement {
        let named = self.rule.offerings.into_iter();
        let choices = named.filter_map(|id| {
            let title = offerings.get(&id)?.title.clone();
            Some((id, title))
        });
        Requirement {
            title: self.title,
            url: self.url,
            roles: self.roles,
            rule: self.sentence,
            choices: choices.collect(),
        }
    }
}

impl OfferingData {
    fn read(self, catalog: &CatalogData) -> Offering {
        let names = |ids: &[String], terms: &[TermData]| -> Vec<String> {
            let name = |id: &String| match terms.iter().find(|term| term.id == *id) {
                Some(term) => term.plural.clone().unwrap_or_else(|| term.name.clone()),
                None => id.clone(),
            };
            ids.iter().map(name).collect()
        };
        let kind = catalog.kinds.iter().find(|kind| kind.id == self.kind);
        let groups = self.cohorts.into_iter().map(|cohort| cohort.read(&self.title));
        Offering {
            url: self.url,
            kind: kind.map_or(self.kind, |kind| kind.name.clone()),
            summary: self.summary,
            audience: names(&self.roles, &catalog.roles).join(", "),
            roles: self.roles,
            networks: names(&self.networks, &catalog.networks),
            access: self.access,
            dates: self.dates,
            credit: texts(self.credit),
            cancelled: self.cancelled,
            enrollment: self.enroll.map(EnrollData::read),
            groups: groups.collect(),
            title: self.title,
        }
    }
}

impl CohortData {
    fn read(self, offering: &str) -> Group {
        let several = self.sessions.len() > 1;
        let mut sessions = Vec::with_capacity(self.sessions.len());
        for mut session in self.sessions {
            let alternatives = std::mem::take(&mut session.alternatives);
            // The only session of an offering is called as the offering is when it has no name.
            let name = |title: &str| (several || title != offering).then(|| title.to_owned());
            if alternatives.is_empty() {
                let name = name(&session.title);
                sessions.push(session.read(name));
            }
            for one in alternatives {
                let name = name(&one.title);
                sessions.push(one.read(name));
            }
        }
        Group {
            id: self.id,
            title: self.title,
            enrollment: self.enroll.map(EnrollData::read),
            sessions,
        }
    }
}

impl SessionData {
    fn read(self, name: Option<String>) -> Session {
        Session {
            key: self.key,
            name,
            url: self.url,
            roles: self.roles,
            days: self.meetings.into_iter().map(MeetingData::read).collect(),
            when: self.when,
            place: places(&self.places),
            online: self
                .online
                .map(|online| online.url.unwrap_or_else(|| "Link sent after enrolling".to_owned())),
            status: match self.status.as_deref() {
                Some("tentative") => Status::Tentative,
                Some("postponed") => Status::Postponed,
                Some("cancelled") => Status::Cancelled,
                _ => Status::Planned,
            },
            moved_from: self.moved_from.map(|moved| moved.text),
            place_was: self.place_was.and_then(|place| places(&[place])),
            reason: self.reason,
            backup: self.backup.map(MeetingData::read),
            credit: texts(self.credit),
            enrollment: self.enroll.map(EnrollData::read),
        }
    }
}

impl MeetingData {
    fn read(self) -> Day {
        let zone = self.timezone.map(|zone| format!(" ({zone})")).unwrap_or_default();
        Day {
            starts: self.starts,
            ends: self.ends,
            date: self.date,
            day: self.day,
            hours: self.hours.map(|hours| format!("{hours}{zone}")),
            place: places(&self.places),
        }
    }
}

impl EnrollData {
    fn read(self) -> Enrollment {
        let status = match self.status.as_deref() {
            Some("full") if self.waitlist.is_some() => "waitlist".to_owned(),
            status => status.unwrap_or_default().to_owned(),
        };
        let round = |round: RoundData| (round.label, round.closes.read());
        Enrollment {
            url: self.url,
            label: self.label,
            window: self.window,
            opens: self.opens.map(MomentData::read),
            closes: self.closes.map(MomentData::read),
            was: self.was.map(MomentData::read),
            rounds: self.rounds.into_iter().map(round).collect(),
            status,
        }
    }
}

impl MomentData {
    fn read(self) -> Moment {
        Moment { iso: self.at, words: self.text }
    }
}

fn texts(credit: Vec<Text>) -> Vec<String> {
    credit.into_iter().map(|credit| credit.text).collect()
}

/// Places in words, each with its room.
fn places(venues: &[VenueData]) -> Option<String> {
    let name = |venue: &VenueData| match &venue.room {
        Some(room) => format!("{}, {room}", venue.name),
        None => venue.name.clone(),
    };
    let names: Vec<String> = venues.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}
