//! Requirements, people and places as data.

use serde::Serialize;

use super::parts::{CreditData, ImageData};
use crate::model::{Period, Person, Place, Requirement, Rule};
use crate::view::address::{calendar_path, person_path, place_path, requirement_path};
use crate::view::{Edition, sentence};

/// What a role must complete.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// Its calendar, to subscribe to.
    pub calendar: String,
    /// The IDs of the roles that must.
    pub roles: Vec<String>,
    /// `year`, `once`
    pub per: &'static str,
    /// What.
    pub rule: RuleData,
    /// The rule in a sentence.
    pub sentence: String,
    /// More about it, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// What a requirement asks for.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum RuleData {
    /// Complete every one.
    All {
        /// The IDs of those that are shown.
        offerings: Vec<String>,
    },
    /// Complete so many of these.
    Choose {
        /// How many.
        count: u32,
        /// The IDs of those that are shown.
        offerings: Vec<String>,
    },
    /// Reach this much credit.
    Credit {
        /// How much of what.
        credit: CreditData,
    },
}

/// A facilitator or contact.
#[derive(Clone, Debug, Serialize)]
pub struct PersonData {
    /// Their ID.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The absolute address of their page.
    pub url: String,
    /// Their calendar, to subscribe to.
    pub calendar: String,
    /// What they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Electronic mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A portrait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<ImageData>,
    /// Biography, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// A venue or an online room.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The absolute address of its page.
    pub url: String,
    /// Its calendar, to subscribe to.
    pub calendar: String,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// A map, or the room's own page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// An online room.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub online: bool,
    /// Seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// How one gets in, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<String>,
    /// More about it, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl RequirementData {
    /// The data of a requirement.
    pub fn new(edition: &Edition<'_>, requirement: &Requirement) -> Self {
        let id = &requirement.id;
        let named = requirement.rule.offerings().iter().map(|one| &one.value);
        let shown = named.filter(|id| edition.offerings.contains_key(id));
        let offerings: Vec<String> = shown.map(ToString::to_string).collect();
        let roles = edition.roles(&requirement.roles);
        Self {
            id: id.to_string(),
            title: requirement.title.value.clone(),
            url: edition.addresses.absolute(&requirement_path(id)),
            calendar: edition.addresses.absolute(&calendar_path("requirement", id)),
            roles: roles.iter().map(|(id, _)| id.to_string()).collect(),
            per: match requirement.per {
                Period::Year => "year",
                Period::Once => "once",
            },
            rule: match &requirement.rule {
                Rule::All(_) => RuleData::All { offerings },
                Rule::Choose { count, .. } => RuleData::Choose { count: count.value, offerings },
                Rule::Credit(award) => RuleData::Credit { credit: CreditData::new(edition, award) },
            },
            sentence: sentence(edition, requirement),
            body: requirement.body.as_ref().map(|body| body.text.to_string()),
        }
    }
}

impl PersonData {
    /// The data of a person.
    pub fn new(edition: &Edition<'_>, person: &Person) -> Self {
        let id = &person.id;
        Self {
            id: id.to_string(),
            name: person.name.value.clone(),
            url: edition.addresses.absolute(&person_path(id)),
            calendar: edition.addresses.absolute(&calendar_path("person", id)),
            title: person.title.clone(),
            organization: person.organization.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            photo: person.photo.as_ref().map(|photo| ImageData::new(edition, photo, "/people/")),
            body: person.body.as_ref().map(|body| body.text.to_string()),
        }
    }
}

impl PlaceData {
    /// The data of a place.
    pub fn new(edition: &Edition<'_>, place: &Place) -> Self {
        let id = &place.id;
        let url = place.url.as_ref();
        Self {
            id: id.to_string(),
            name: place.name.value.clone(),
            url: edition.addresses.absolute(&place_path(id)),
            calendar: edition.addresses.absolute(&calendar_path("place", id)),
            address: place.address.clone(),
            room: place.room.clone(),
            map: url.map(|url| edition.addresses.absolute_url(&url.value)),
            online: place.online,
            capacity: place.capacity.as_ref().map(|capacity| capacity.value),
            accessibility: place.accessibility.as_ref().map(|text| text.text.to_string()),
            body: place.body.as_ref().map(|body| body.text.to_string()),
        }
    }
}
