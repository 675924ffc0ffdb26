//! An offering: as a card in a list, as a choice in a table, and as its page.

use serde::Serialize;

use super::{
    ContactView, EnrollView, ImageView, LinkView, MeetingView, PersonCard, SessionView, StateView,
    VenueView,
};

/// An offering in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// Its ID.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its page.
    pub href: String,
    /// At most 240 characters.
    pub summary: String,
    /// What kind it is.
    pub kind: LinkView,
    /// For whom, in words: `Principals and assistant principals`.
    pub audience: String,
    /// The roles that it is for.
    pub roles: Vec<LinkView>,
    /// Only these networks; all, if empty.
    pub networks: Vec<LinkView>,
    /// What it is about.
    pub topics: Vec<LinkView>,
    /// How one comes in: `open` / `Open enrollment`, `required` / `Required`,
    /// `application` / `By application`, `nomination` / `By nomination`,
    /// `invitation` / `By invitation`.
    pub access: Tag,
    /// The state at the moment of building, over all cohorts.
    pub state: StateView,
    /// Its dates in words: `October 14, 2026 to March 10, 2027`, or what staff wrote while they
    /// are not set, or `Dates to be announced`.
    pub dates: String,
    /// `6 sessions`, `3 sessions in each of 2 cohorts`; empty when there are none.
    pub session_count: String,
    /// Its next day that has not passed.
    pub next: Option<MeetingView>,
    /// `six half days and one coaching visit`
    pub commitment: Option<String>,
    /// How it meets, over all sessions; see [`SessionView::mode`].
    pub mode: Option<Tag>,
    /// Credit for the whole.
    pub credit: Vec<CreditView>,
    /// Its program year: `2026-27`.
    pub year: Option<String>,
    /// It does not take place.
    pub cancelled: bool,
    /// First on the home page.
    pub featured: bool,
    /// The requirements that it helps to meet.
    pub requirements: Vec<LinkView>,
    /// The months in which it meets: `2026-10`.
    pub months: Vec<String>,
}

/// A word with its machine-readable form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// The machine-readable form: `in-person`.
    pub id: &'static str,
    /// The word: `In person`.
    pub word: &'static str,
}

/// Credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditView {
    /// The ID of its kind.
    pub id: String,
    /// `Act 48`
    pub name: String,
    /// `30`, `6.5`
    pub amount: String,
    /// `hours`
    pub unit: String,
    /// Not yet approved.
    pub pending: bool,
    /// All of it: `30 hours of Act 48`, `6.5 hours of Act 45 (pending)`.
    pub text: String,
}

/// Cards under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct CardGroup {
    /// The heading: `Series`.
    pub title: String,
    /// The page of what the heading names.
    pub href: Option<String>,
    /// What the heading names, in a sentence.
    pub description: Option<String>,
    /// The cards.
    pub cards: Vec<CardView>,
}

/// An offering as one of the choices of a requirement, for a table of comparison.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// The offering.
    pub card: CardView,
    /// What a participant will be able to do.
    pub outcomes: Vec<String>,
    /// Its enrollment.
    pub enroll: Option<EnrollView>,
}

/// The page of an offering.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingView {
    /// What its card shows.
    pub card: CardView,
    /// Why it does not take place; empty if it does, or if nothing was said.
    pub cancelled_note: Option<String>,
    /// A person enrolls, or a team: `Teams of 4 to 6 enroll together`.
    pub team: Option<String>,
    /// Join links and rooms are left out.
    pub private: bool,
    /// The departments or teams that lead it.
    pub hosts: Vec<String>,
    /// Who leads it, everyone of all sessions.
    pub facilitators: Vec<PersonCard>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// What a participant will be able to do.
    pub outcomes: Vec<String>,
    /// How many sessions complete it: `Attend every session`, `Attend at least 4 sessions`.
    pub attendance: Option<String>,
    /// What it costs: `No cost`, or as written.
    pub cost: String,
    /// What to take before.
    pub prerequisites: Vec<LinkView>,
    /// What to read or bring.
    pub materials: Vec<ResourceView>,
    /// A picture.
    pub image: Option<ImageView>,
    /// How one gets a seat; absent when cohorts or sessions have their own, or it is required.
    pub enroll: Option<EnrollView>,
    /// Its sessions when it has no cohorts.
    pub sessions: Vec<SessionView>,
    /// Its cohorts, each with its sessions.
    pub cohorts: Vec<CohortView>,
    /// The places of all sessions, once each, to show their access notes:
    /// `prose["access-" ~ place.id]`.
    pub places: Vec<VenueView>,
    /// The same offering in the year before.
    pub continues: Option<LinkView>,
    /// The same offering in the year after.
    pub continued_by: Option<LinkView>,
    /// Others that share a topic or a requirement with it.
    pub related: Vec<CardView>,
}

/// A cohort and its sessions.
#[derive(Clone, Debug, Serialize)]
pub struct CohortView {
    /// Its anchor on the page: `cohort-spring`.
    pub anchor: String,
    /// Its name.
    pub title: String,
    /// Its dates in words.
    pub dates: String,
    /// How one gets a seat in it.
    pub enroll: Option<EnrollView>,
    /// The state at the moment of building.
    pub state: StateView,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// Its sessions.
    pub sessions: Vec<SessionView>,
}

/// Something to read, watch or bring.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceView {
    /// Its name.
    pub title: String,
    /// Where it is; absent for a thing.
    pub href: Option<String>,
}
