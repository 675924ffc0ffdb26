//! An offering as data.

use serde::Serialize;

use super::parts::{ContactData, CreditData, EnrollData, ImageData, ResourceData};
use super::session::SessionData;
use crate::model::{Attendance, OfferingId, TeamSize, Unit};
use crate::schedule::{Group, OfferingSchedule};
use crate::view::address::{calendar_path, offering_path};
use crate::view::offering::{access, dates, is_required, mode_of_whole, months};
use crate::view::{Edition, StateView, WayView};

/// An offering.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingData {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub title: String,
    /// The absolute address of its page.
    pub url: String,
    /// At most 240 characters.
    pub summary: String,
    /// The ID of its kind.
    pub kind: String,
    /// The IDs of the roles that it is for.
    pub roles: Vec<String>,
    /// The IDs of the networks that it is for; all, if empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<String>,
    /// The IDs of what it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// `open`, `required`, `application`, `nomination`, `invitation`
    pub access: &'static str,
    /// Teams enroll together; absent when persons do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamData>,
    /// Its program year: `2026-27`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// Its dates in words.
    pub dates: String,
    /// The months in which it meets: `2026-10`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<String>,
    /// `in-person`, `online`, `hybrid`, over all sessions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Everyone of its roles attends.
    pub required: bool,
    /// First on the home page.
    pub featured: bool,
    /// Rooms and links are left out.
    pub private: bool,
    /// It does not take place.
    pub cancelled: bool,
    /// What is said about that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled_note: Option<String>,
    /// For whom it is intended, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<String>,
    /// The departments or teams that lead it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// The IDs of those who lead it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facilitators: Vec<String>,
    /// Whom to ask: its own contact, or the catalog's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactData>,
    /// What a participant will be able to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// Credit for the whole.
    pub credit: Vec<CreditData>,
    /// How many sessions complete it.
    pub attendance: AttendanceData,
    /// What it costs; absent for no cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// `six half days and one coaching visit`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// The IDs of the offerings to take before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<String>,
    /// The IDs of the requirements that name it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<String>,
    /// What to read or bring.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<ResourceData>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageData>,
    /// The ID of the same offering in the year before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// The ID of the same offering in the year after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continued_by: Option<String>,
    /// Its calendar, to subscribe to.
    pub calendar: String,
    /// How one gets a seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enroll: Option<EnrollData>,
    /// What decides the state of enrollment at a moment, over all cohorts and sessions.
    pub state: WayView,
    /// What is to be chosen from; one without an ID when there is nothing to choose.
    pub cohorts: Vec<CohortData>,
    /// All about it, in Markdown; in its own file alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// How large a team may be.
#[derive(Clone, Debug, Serialize)]
pub struct TeamData {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// How many sessions complete an offering.
#[derive(Clone, Debug, Serialize)]
pub struct AttendanceData {
    /// `all`, `any`, `at_least`
    pub rule: &'static str,
    /// How many, for `at_least`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A cohort, or all sessions of an offering that has none.
#[derive(Clone, Debug, Serialize)]
pub struct CohortData {
    /// Its ID; absent when the offering has no cohorts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Anything else worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How one gets a seat in it, when not by the offering's enrollment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enroll: Option<EnrollData>,
    /// What decides the state of enrollment at a moment.
    pub state: WayView,
    /// Its sessions; in the offering's own file alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions: Option<Vec<SessionData>>,
}

impl OfferingData {
    /// The data of an offering: `whole` with its sessions and all its words, or as it stands in the
    /// list. `folder` is where the files beside its entry lie on the site.
    pub fn new(
        edition: &Edition<'_>,
        schedule: &OfferingSchedule<'_>,
        folder: &str,
        whole: bool,
    ) -> Self {
        let offering = schedule.offering;
        let id = &offering.id;
        let shown = |id: &OfferingId| edition.offerings.contains_key(id).then(|| id.to_string());
        let calendar = calendar_path("offering", id);
        let cohorts = schedule.groups.iter();
        Self {
            id: id.to_string(),
            title: offering.title.value.clone(),
            url: edition.addresses.absolute(&offering_path(id)),
            summary: offering.summary.value.clone(),
            kind: offering.kind.value.to_string(),
            roles: edition.roles(&offering.roles).iter().map(|(id, _)| id.to_string()).collect(),
            networks: offering.networks.iter().map(|id| id.value.to_string()).collect(),
            topics: offering.topics.iter().map(|id| id.value.to_string()).collect(),
            access: access(offering.access).id,
            team: match offering.unit {
                Unit::Person => None,
                Unit::Team(TeamSize { min, max }) => Some(TeamData { min, max }),
            },
            year: schedule.year.map(|year| year.to_string()),
            dates: dates(schedule),
            months: months(schedule),
            mode: mode_of_whole(edition, schedule).map(|mode| mode.id),
            required: is_required(edition, offering),
            featured: offering.featured,
            private: offering.private,
            cancelled: offering.cancelled.is_some(),
            cancelled_note: offering.cancelled.as_ref().and_then(|off| off.note.clone()),
            eligibility: offering.eligibility.as_ref().map(|text| text.text.to_string()),
            hosts: crate::view::offering::words(&offering.hosts),
            facilitators: offering.facilitators.iter().map(|id| id.value.to_string()).collect(),
            contact: ContactData::of_offering(edition, offering),
            outcomes: crate::view::offering::words(&offering.outcomes),
            credit: CreditData::all(edition, &offering.credit),
            attendance: match offering.attendance {
                Attendance::All => AttendanceData { rule: "all", count: None },
                Attendance::Any => AttendanceData { rule: "any", count: None },
                Attendance::AtLeast(count) => {
                    AttendanceData { rule: "at_least", count: Some(count) }
                }
            },
            cost: offering.cost.as_ref().map(|cost| cost.value.clone()),
            commitment: offering.commitment.as_ref().map(|text| text.value.clone()),
            prerequisites: offering
                .prerequisites
                .iter()
                .filter_map(|id| shown(&id.value))
                .collect(),
            requirements: edition
                .requirements_of(id)
                .iter()
                .map(|one| one.id.to_string())
                .collect(),
            materials: ResourceData::all(edition, &offering.materials),
            image: offering.image.as_ref().map(|image| ImageData::new(edition, image, folder)),
            continues: offering.continues.as_ref().and_then(|id| shown(&id.value)),
            continued_by: edition.continued_by(id).and_then(shown),
            calendar: edition.addresses.absolute(&calendar),
            enroll: offering.enroll.as_ref().map(|one| EnrollData::new(edition, offering, one)),
            state: StateView::of_whole(edition, schedule).way,
            cohorts: cohorts.map(|one| CohortData::new(edition, schedule, one, whole)).collect(),
            body: offering.body.as_ref().filter(|_| whole).map(|body| body.text.to_string()),
        }
    }
}

impl CohortData {
    fn new(
        edition: &Edition<'_>,
        schedule: &OfferingSchedule<'_>,
        group: &Group<'_>,
        whole: bool,
    ) -> Self {
        let offering = schedule.offering;
        let cohort = group.cohort.map(|(_, cohort)| cohort);
        let own = cohort.and_then(|cohort| cohort.enroll.as_ref());
        let effective = own.or(offering.enroll.as_ref());
        Self {
            id: group.cohort.map(|(id, _)| id.to_string()),
            title: cohort.map(|cohort| cohort.title.value.clone()),
            note: cohort.and_then(|cohort| cohort.note.clone()),
            enroll: own.map(|enroll| EnrollData::new(edition, offering, enroll)),
            state: StateView::new(edition, offering, effective, group.bounds()).way,
            sessions: whole.then(|| SessionData::of_group(edition, offering, group)),
        }
    }
}
