//! The data of the catalog as other programs read it: what stands below `/api/v1/`.
//!
//! A contract, told in `docs/data.md` and by the JSON Schemas that are published beside it. Within
//! `v1` no field changes its name or meaning; new ones may come. What is not said is left out: an
//! absent text is none, an absent list is empty, an absent flag is false. Addresses are absolute.
//!
//! What pages leave out of a private offering is left out here, too: rooms, links to join and
//! recordings.

mod catalog;
mod entries;
mod files;
mod offering;
mod parts;
mod schema;
mod session;
mod table;

pub use catalog::{CatalogData, ClosedData, CountsData, FilesData, NoticeData, TermData};
pub use entries::{PersonData, PlaceData, RequirementData, RuleData};
pub use files::{
    DataFile, OfferingFile, OfferingsFile, PeopleFile, PlacesFile, RequirementsFile, SessionsFile,
};
pub use offering::{AttendanceData, CohortData, OfferingData, TeamData};
pub use parts::{
    ContactData, CreditData, EnrollData, ImageData, MomentData, OnlineData, ResourceData,
    RoundData, VenueData,
};
pub use schema::{SCHEMAS, schema_path, schema_text};
pub use session::{MeetingData, SessionData};
pub use table::session_table;

/// The version of this contract, as in its address.
pub const DATA_VERSION: u32 = 1;
