//! The files of the data: what each holds, and under which name.
//!
//! The lists of a large catalog are long. Their entries are written one by one, on all processors,
//! so that the values of all offerings never exist at once.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::schema::address;
use super::{CatalogData, OfferingData, PersonData, PlaceData, RequirementData, SessionData};
use crate::model::Offering;
use crate::schedule::OfferingSchedule;
use crate::view::Edition;

/// A file of JSON.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum DataFile {
    /// `catalog.json`
    Catalog(Box<CatalogData>),
    /// `offerings/ID.json`
    Offering(Box<OfferingFile>),
    /// `offerings.json`
    Offerings(OfferingsFile),
    /// `sessions.json`
    Sessions(SessionsFile),
    /// `requirements.json`
    Requirements(RequirementsFile),
    /// `people.json`
    People(PeopleFile),
    /// `places.json`
    Places(PlacesFile),
}

/// One offering with its sessions.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The offering.
    #[serde(flatten)]
    pub offering: OfferingData,
}

/// All offerings, ordered by ID.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingsFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Each as JSON of [`OfferingData`].
    pub offerings: Vec<Box<RawValue>>,
}

/// All sessions, ordered by offering, then as they are written.
#[derive(Clone, Debug, Serialize)]
pub struct SessionsFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Each as JSON of [`SessionData`].
    pub sessions: Vec<Box<RawValue>>,
}

/// All requirements, ordered by ID.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementsFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The requirements.
    pub requirements: Vec<RequirementData>,
}

/// All people, ordered by ID.
#[derive(Clone, Debug, Serialize)]
pub struct PeopleFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The people.
    pub people: Vec<PersonData>,
}

/// All places, ordered by ID.
#[derive(Clone, Debug, Serialize)]
pub struct PlacesFile {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The places.
    pub places: Vec<PlaceData>,
}

impl DataFile {
    /// The catalog itself.
    pub fn catalog(edition: &Edition<'_>) -> Self {
        Self::Catalog(Box::new(CatalogData::new(edition)))
    }

    /// One offering, whole. `folder` is where the files beside its entry lie on the site.
    pub fn offering(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>, folder: &str) -> Self {
        Self::Offering(Box::new(OfferingFile {
            schema: address(edition, "offering"),
            offering: OfferingData::new(edition, schedule, folder, true),
        }))
    }

    /// All offerings.
    pub fn offerings(edition: &Edition<'_>, folder: impl Fn(&Offering) -> String + Sync) -> Self {
        let offerings = of_each(edition, |schedule| {
            let folder = folder(schedule.offering);
            raw(&OfferingData::new(edition, schedule, &folder, false)).into_iter().collect()
        });
        Self::Offerings(OfferingsFile { schema: address(edition, "offerings"), offerings })
    }

    /// All sessions.
    pub fn sessions(edition: &Edition<'_>) -> Self {
        let sessions = of_each(edition, |schedule| {
            let groups = schedule.groups.iter();
            groups
                .flat_map(|group| SessionData::of_group(edition, schedule.offering, group))
                .filter_map(|session| raw(&session))
                .collect()
        });
        Self::Sessions(SessionsFile { schema: address(edition, "sessions"), sessions })
    }

    /// All requirements.
    pub fn requirements(edition: &Edition<'_>) -> Self {
        let all = edition.catalog.requirements.values();
        Self::Requirements(RequirementsFile {
            schema: address(edition, "requirements"),
            requirements: all.map(|one| RequirementData::new(edition, one)).collect(),
        })
    }

    /// All people.
    pub fn people(edition: &Edition<'_>) -> Self {
        let all = edition.catalog.people.values();
        Self::People(PeopleFile {
            schema: address(edition, "people"),
            people: all.map(|one| PersonData::new(edition, one)).collect(),
        })
    }

    /// All places.
    pub fn places(edition: &Edition<'_>) -> Self {
        let all = edition.catalog.places.values();
        Self::Places(PlacesFile {
            schema: address(edition, "places"),
            places: all.map(|one| PlaceData::new(edition, one)).collect(),
        })
    }
}

/// What is made of each offering, in their order.
pub(super) fn of_each<'a, T: Send>(
    edition: &Edition<'a>,
    make: impl Fn(&'a OfferingSchedule<'a>) -> Vec<T> + Sync + Send,
) -> Vec<T> {
    let all: Vec<&'a OfferingSchedule<'a>> = edition.offerings.values().copied().collect();
    let lists: Vec<Vec<T>> = all.into_par_iter().map(make).collect();
    lists.into_iter().flatten().collect()
}

/// JSON has text keys and finite numbers here, so that nothing could not be written.
fn raw(value: &impl Serialize) -> Option<Box<RawValue>> {
    to_raw_value(value).ok()
}
