//! An offering: a program that a leader takes part in.

use indexmap::IndexMap;

use super::{
    CohortId, CreditId, Enrollment, KindId, Markdown, Moment, NetworkId, OfferingId, PersonId,
    ProgramYear, RoleId, Session, SitePath, TopicId, Url,
};
use crate::source::{Span, Spanned};

/// A program that leaders take part in.
#[derive(Clone, Debug)]
pub struct Offering {
    /// The file's stem.
    pub id: OfferingId,
    /// The whole entry.
    pub span: Span,
    /// Its name.
    pub title: Spanned<String>,
    /// What kind it is.
    pub kind: Spanned<KindId>,
    /// At most 240 characters.
    pub summary: Spanned<String>,
    /// For whom.
    pub roles: Audience,
    /// Only these networks; all, if empty.
    pub networks: Vec<Spanned<NetworkId>>,
    /// How one comes in.
    pub access: Access,
    /// Who enrolls: a person or a team.
    pub unit: Unit,
    /// Join links and rooms stay out of everything that is published.
    pub private: bool,
    /// For whom it is intended, in words.
    pub eligibility: Option<Markdown>,
    /// The departments or teams that lead it.
    pub hosts: Vec<Spanned<String>>,
    /// Who leads its sessions.
    pub facilitators: Vec<Spanned<PersonId>>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// What it is about.
    pub topics: Vec<Spanned<TopicId>>,
    /// What a participant will be able to do.
    pub outcomes: Vec<Spanned<String>>,
    /// Credit for the whole.
    pub credit: Vec<CreditAward>,
    /// How many sessions complete it.
    pub attendance: Attendance,
    /// What it costs; nothing, if absent.
    pub cost: Option<Spanned<String>>,
    /// `six half days and one coaching visit`.
    pub commitment: Option<Spanned<String>>,
    /// What to take before.
    pub prerequisites: Vec<Spanned<OfferingId>>,
    /// What to read or bring.
    pub materials: Vec<Resource>,
    /// A picture.
    pub image: Option<Image>,
    /// How one gets a seat.
    pub enroll: Option<Enrollment>,
    /// When it meets.
    pub sessions: Sessions,
    /// The program year, when written.
    pub year: Option<Spanned<ProgramYear>>,
    /// What to show while dates are not set.
    pub dates: Option<Spanned<String>>,
    /// Cancelled, with what to say about it.
    pub cancelled: Option<Cancelled>,
    /// The same offering in the year before.
    pub continues: Option<Spanned<OfferingId>>,
    /// Left out unless `--drafts`.
    pub draft: bool,
    /// Visible from.
    pub publish: Option<Spanned<Moment>>,
    /// Visible until.
    pub expire: Option<Spanned<Moment>>,
    /// First on the home page.
    pub featured: bool,
    /// Old addresses that redirect here.
    pub aliases: Vec<Spanned<SitePath>>,
    /// Checks that this entry silences.
    pub allow: Vec<Spanned<String>>,
    /// The Markdown body.
    pub body: Option<Markdown>,
}

impl Offering {
    /// All sessions as written, those of every cohort included, with the cohort's ID.
    pub fn written_sessions(&self) -> impl Iterator<Item = (Option<&CohortId>, &Session)> {
        let (single, cohorts) = match &self.sessions {
            Sessions::Single(sessions) => (Some(sessions), None),
            Sessions::Cohorts(cohorts) => (None, Some(cohorts)),
        };
        let single = single.into_iter().flatten().map(|session| (None, session));
        let cohorts = cohorts.into_iter().flatten().flat_map(|(id, cohort)| {
            cohort.sessions.iter().map(move |session| (Some(id), session))
        });
        single.chain(cohorts)
    }
}

/// Whom an offering is for.
#[derive(Clone, Debug)]
pub enum Audience {
    /// Every role of the catalog.
    All,
    /// These roles.
    Roles(Vec<Spanned<RoleId>>),
}

impl Audience {
    /// True when it is for this role.
    pub fn includes(&self, role: &RoleId) -> bool {
        match self {
            Self::All => true,
            Self::Roles(roles) => roles.iter().any(|one| one.value == *role),
        }
    }
}

/// How one comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Access {
    /// Anyone of the roles may enroll.
    #[default]
    Open,
    /// Everyone of the roles attends.
    Required,
    /// One applies.
    Application,
    /// One is nominated.
    Nomination,
    /// One is invited.
    Invitation,
}

/// Who enrolls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Unit {
    /// Each person.
    #[default]
    Person,
    /// A team together.
    Team(TeamSize),
}

/// How large a team may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TeamSize {
    /// At least.
    pub min: Option<u32>,
    /// At most.
    pub max: Option<u32>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub enum Contact {
    /// Someone of the catalog's people.
    Person(Spanned<PersonId>),
    /// Someone else.
    Card(ContactCard),
}

/// How to reach someone who is not among the catalog's people.
#[derive(Clone, Debug, Default)]
pub struct ContactCard {
    /// Name of the person or office.
    pub name: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
    /// A page.
    pub url: Option<Spanned<Url>>,
}

/// Credit that is given.
#[derive(Clone, Debug)]
pub struct CreditAward {
    /// Of which kind.
    pub kind: Spanned<CreditId>,
    /// How much, in hundredths of the kind's unit, so that sums are exact: 6.5 hours is 650.
    pub hundredths: u32,
    /// Not yet approved.
    pub pending: bool,
    /// The whole map.
    pub span: Span,
}

/// How many sessions complete an offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Attendance {
    /// Every one.
    #[default]
    All,
    /// One of them.
    Any,
    /// So many.
    AtLeast(u32),
}

/// Something to read, watch or bring.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name.
    pub title: String,
    /// Where it is.
    pub url: Option<Spanned<Url>>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// A path on the site (`/files/team.jpg`), or of a file beside the entry, as written.
    pub src: Spanned<String>,
    /// What it shows; empty for decoration; absent is an error.
    pub alt: Option<String>,
}

/// When an offering meets: one list of sessions, or one for each cohort.
#[derive(Clone, Debug)]
pub enum Sessions {
    /// One list, for everyone. May be empty.
    Single(Vec<Session>),
    /// A participant joins one cohort. In the order in which they are written.
    Cohorts(IndexMap<CohortId, Cohort>),
}

/// A group that goes through the sessions together.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Its name.
    pub title: Spanned<String>,
    /// How one gets a seat in it; the offering's, if absent.
    pub enroll: Option<Enrollment>,
    /// When it meets.
    pub sessions: Vec<Session>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// The whole map.
    pub span: Span,
}

/// An offering that does not take place.
#[derive(Clone, Debug)]
pub struct Cancelled {
    /// What to say about it.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}
