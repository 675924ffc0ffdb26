//! The nouns of a program catalog: offerings, sessions, people, places, requirements.
//!
//! A value here is whole: its dates are dates, its addresses addresses. What needs a second file
//! to be known (does that person exist?) is left to `check`; what needs a time zone, to
//! `schedule`. No IO, no YAML, no templates.

mod catalog;
mod color;
mod enrollment;
mod id;
mod markdown;
mod offering;
mod people;
mod requirement;
mod session;
mod time;
mod url;

pub use catalog::{
    Brand, BrokenEntries, Catalog, ClosedDays, Credit as CreditKind, Gap, HtmlPolicy, Kind,
    MenuLink, Network, Notice, NoticeLevel, Role, Settings, StaticFile, Topic,
};
pub use color::Rgb;
pub use enrollment::{Enrollment, EnrollmentStatus, Round};
pub use id::{
    CohortId, CreditId, Id, KindId, NetworkId, OfferingId, PageId, PersonId, PlaceId,
    RequirementId, RoleId, SessionId, TopicId, is_id,
};
pub use markdown::{Heading, HtmlReference, Link, LinkTarget, Markdown, Outline, Picture};
pub use offering::{
    Access, Attendance, Audience, Cancelled, Cohort, Contact, ContactCard, CreditAward, Image,
    Offering, Resource, Sessions, TeamSize, Unit,
};
pub use people::{Page, Person, Place};
pub use requirement::{Period, Requirement, Rule};
pub use session::{
    Backup, MeetingDay, MovedFrom, Online, Recurrence, RepeatEnd, RepeatOn, RepeatUnit, Session,
    SessionStatus, Venue, When,
};
pub use time::{
    Edge, Moment, ProgramYear, Season, TimeRange, YearMonth, YearStart, month_name, weekday_word,
};
pub use url::{SitePath, SitePathError, Url, UrlError};
