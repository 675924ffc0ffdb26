//! An offering: as a card in a list, as a choice in a table, and as its page.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::address::{calendar_path, offering_path};
use super::date::span_of_days;
use super::session::{Setting, mode, season_in_words, ways};
use super::{
    Asked, ContactView, Edition, EnrollView, FeedView, ImageView, LinkView, MeetingView, MonthName,
    PersonCard, SessionView, Shared, StateView, VenueView,
};
use crate::model::{
    Access, Attendance, CreditAward, Offering, OfferingId, PlaceId, Resource, Rule, Session,
    SessionStatus, TeamSize, Unit, Venue, YearMonth,
};
use crate::schedule::{Group, Occurs, OfferingSchedule, ScheduledSession};
use crate::source::Spanned;

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
    /// Everyone of its roles attends.
    pub required: bool,
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
    /// The amount in hundredths, so that sums are exact.
    pub hundredths: u32,
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
    /// How many offerings there are under it; of very many, the home page shows the first.
    pub count: usize,
    /// The cards.
    pub cards: Vec<Shared<CardView>>,
}

/// An offering as one of the choices of a requirement, for a table of comparison.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// The offering.
    pub card: Shared<CardView>,
    /// What a participant will be able to do.
    pub outcomes: Vec<String>,
    /// Its enrollment.
    pub enroll: Option<EnrollView>,
}

/// The page of an offering.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingView {
    /// What its card shows.
    pub card: Shared<CardView>,
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
    /// Its own calendar, while it is not over.
    pub feed: Option<FeedView>,
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
    pub related: Vec<Shared<CardView>>,
}

/// A cohort and its sessions.
#[derive(Clone, Debug, Serialize)]
pub struct CohortView {
    /// Its ID.
    pub id: String,
    /// Its anchor on the page: `cohort.spring`.
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

/// How many related offerings a page names.
const RELATED: usize = 3;

impl CardView {
    /// What a list shows of an offering.
    pub(super) fn new(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        let id = &offering.id;
        let asked = &edition.asked;
        Self {
            id: id.to_string(),
            title: offering.title.value.clone(),
            href: edition.addresses.href(&offering_path(id)),
            summary: offering.summary.value.clone(),
            kind: edition.kind_link(&offering.kind.value),
            audience: asked.then("audience", || edition.audience(&offering.roles)),
            roles: edition
                .roles(&offering.roles)
                .iter()
                .map(|(id, _)| edition.role_link(id))
                .collect(),
            networks: offering.networks.iter().map(|id| edition.network_link(&id.value)).collect(),
            topics: offering.topics.iter().map(|id| edition.topic_link(&id.value)).collect(),
            access: access(offering.access),
            state: asked.then("state", || StateView::of_whole(edition, schedule)),
            dates: asked.then("dates", || dates(schedule)),
            session_count: asked.then("session_count", || session_count(schedule)),
            next: asked.then("next", || next_meeting(edition, schedule)),
            commitment: offering.commitment.as_ref().map(|text| text.value.clone()),
            mode: mode_of_whole(edition, schedule),
            credit: asked.then("credit", || CreditView::all(edition, &offering.credit)),
            year: schedule.year.map(|year| year.to_string()),
            cancelled: offering.cancelled.is_some(),
            required: is_required(edition, offering),
            featured: offering.featured,
            requirements: edition
                .requirements_of(id)
                .iter()
                .map(|requirement| edition.requirement_link(requirement))
                .collect(),
            months: months(schedule),
        }
    }
}

impl CreditView {
    pub(super) fn all(edition: &Edition<'_>, awards: &[CreditAward]) -> Vec<Self> {
        awards.iter().map(|award| Self::new(edition, award)).collect()
    }

    pub(super) fn new(edition: &Edition<'_>, award: &CreditAward) -> Self {
        let id = &award.kind.value;
        let kind = edition.catalog.credits.get(id);
        let name = kind.map_or_else(|| id.to_string(), |kind| kind.name.value.clone());
        let unit = kind.map_or_else(|| "hours".to_owned(), |kind| kind.unit.clone());
        let amount = decimal(award.hundredths);
        let shown_unit = match (amount.as_str(), unit.strip_suffix('s')) {
            ("1", Some(singular)) => singular.to_owned(),
            _ => unit.clone(),
        };
        let pending = if award.pending { " (pending)" } else { "" };
        Self {
            id: id.to_string(),
            text: format!("{amount} {shown_unit} of {name}{pending}"),
            name,
            amount,
            hundredths: award.hundredths,
            unit,
            pending: award.pending,
        }
    }
}

/// Hundredths as people write them: `30`, `6.5`, `0.25`.
fn decimal(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 {
        return whole.to_string();
    }
    format!("{whole}.{part:02}").trim_end_matches('0').to_owned()
}

impl ResourceView {
    pub(super) fn all(edition: &Edition<'_>, resources: &[Resource]) -> Vec<Self> {
        resources
            .iter()
            .map(|resource| Self {
                title: resource.title.clone(),
                href: resource.url.as_ref().map(|url| edition.addresses.url(&url.value)),
            })
            .collect()
    }
}

impl OfferingView {
    /// The page of an offering. `folder` is where the files beside its entry lie on the site.
    pub fn new(
        edition: &Edition<'_>,
        schedule: &OfferingSchedule<'_>,
        folder: &str,
        asked: &Asked,
    ) -> Self {
        let offering = schedule.offering;
        let whole = |enroll| EnrollView::new(edition, offering, enroll, schedule.bounds());
        let single = schedule.groups.iter().filter(|group| group.cohort.is_none());
        let link = |id: &OfferingId| edition.offering_link(id);
        Self {
            card: edition.card(schedule),
            cancelled_note: offering
                .cancelled
                .as_ref()
                .and_then(|cancelled| cancelled.note.clone()),
            team: team(offering.unit),
            private: offering.private,
            hosts: words(&offering.hosts),
            facilitators: asked.then("facilitators", || facilitators(edition, offering)),
            contact: offering
                .contact
                .as_ref()
                .and_then(|contact| ContactView::new(edition, contact))
                .or_else(|| ContactView::of_catalog(edition)),
            outcomes: words(&offering.outcomes),
            attendance: attendance(offering, schedule),
            cost: offering
                .cost
                .as_ref()
                .map_or_else(|| "No cost".to_owned(), |cost| cost.value.clone()),
            prerequisites: offering.prerequisites.iter().filter_map(|id| link(&id.value)).collect(),
            materials: ResourceView::all(edition, &offering.materials),
            image: offering.image.as_ref().map(|image| edition.image(image, folder)),
            enroll: offering.enroll.as_ref().map(whole),
            feed: asked.then("feed", || {
                is_to_come(edition, schedule).then(|| {
                    FeedView::new(&edition.addresses, &calendar_path("offering", &offering.id))
                })
            }),
            sessions: asked.then("sessions", || {
                single.flat_map(|group| session_views(edition, offering, group, asked)).collect()
            }),
            cohorts: asked.then("cohorts", || {
                let groups = schedule.groups.iter();
                groups.filter_map(|one| CohortView::new(edition, schedule, one, asked)).collect()
            }),
            places: asked.then("places", || places(edition, offering)),
            continues: offering.continues.as_ref().and_then(|id| link(&id.value)),
            continued_by: edition.continued_by(&offering.id).and_then(link),
            related: asked.then("related", || related(edition, schedule)),
        }
    }
}

/// False when nothing of it is to come: it is over, or does not take place.
fn is_to_come(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> bool {
    schedule.offering.cancelled.is_none()
        && schedule
            .bounds()
            .map_or(schedule.year >= Some(edition.year), |bounds| bounds.ends > *edition.now)
}

impl CohortView {
    fn new(
        edition: &Edition<'_>,
        schedule: &OfferingSchedule<'_>,
        group: &Group<'_>,
        asked: &Asked,
    ) -> Option<Self> {
        let (id, cohort) = group.cohort?;
        let offering = schedule.offering;
        let enroll = cohort.enroll.as_ref();
        let effective = enroll.or(offering.enroll.as_ref());
        Some(Self {
            id: id.to_string(),
            anchor: format!("cohort.{id}"),
            title: cohort.title.value.clone(),
            dates: range_in_words(group.bounds_in_days(), &group.sessions).unwrap_or_default(),
            enroll: enroll.map(|enroll| EnrollView::new(edition, offering, enroll, group.bounds())),
            state: StateView::new(edition, offering, effective, group.bounds()),
            note: cohort.note.clone(),
            sessions: session_views(edition, offering, group, asked),
        })
    }
}

pub(super) fn session_views(
    edition: &Edition<'_>,
    offering: &Offering,
    group: &Group<'_>,
    asked: &Asked,
) -> Vec<SessionView> {
    let setting = Setting::of_group(edition, offering, group);
    // In the order of time, whatever the order of writing: a repeat or a move may change it.
    let mut sessions: Vec<&ScheduledSession<'_>> = group.sessions.iter().collect();
    sessions
        .sort_by_key(|session| (session.sort_key(), session.bounds().map(|bounds| bounds.starts)));
    sessions.into_iter().map(|session| SessionView::new(setting, session, None, asked)).collect()
}

/// Texts without their places.
pub(super) fn words(texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// True when everyone of its roles attends: by `access`, or because a requirement asks for all.
pub(super) fn is_required(edition: &Edition<'_>, offering: &Offering) -> bool {
    offering.access == Access::Required
        || edition
            .requirements_of(&offering.id)
            .iter()
            .any(|requirement| matches!(requirement.rule, Rule::All(_)))
}

/// How an offering meets, over all its sessions.
pub(super) fn mode_of_whole(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Option<Tag> {
    let leaves = schedule.sessions().flat_map(ScheduledSession::leaves);
    mode(leaves.flat_map(|session| ways(edition, session.written)))
}

pub(super) fn access(access: Access) -> Tag {
    match access {
        Access::Open => Tag { id: "open", word: "Open enrollment" },
        Access::Required => Tag { id: "required", word: "Required" },
        Access::Application => Tag { id: "application", word: "By application" },
        Access::Nomination => Tag { id: "nomination", word: "By nomination" },
        Access::Invitation => Tag { id: "invitation", word: "By invitation" },
    }
}

fn team(unit: Unit) -> Option<String> {
    let Unit::Team(TeamSize { min, max }) = unit else { return None };
    Some(match (min, max) {
        (Some(min), Some(max)) if min == max => format!("Teams of {min} enroll together"),
        (Some(min), Some(max)) => format!("Teams of {min} to {max} enroll together"),
        (Some(min), None) => format!("Teams of at least {min} enroll together"),
        (None, Some(max)) => format!("Teams of up to {max} enroll together"),
        (None, None) => "Teams enroll together".to_owned(),
    })
}

fn attendance(offering: &Offering, schedule: &OfferingSchedule<'_>) -> Option<String> {
    let sessions = schedule.groups.iter().map(|group| group.sessions.len()).max().unwrap_or(0);
    match offering.attendance {
        _ if sessions < 2 => None,
        Attendance::All => Some("Attend every session".to_owned()),
        Attendance::Any => Some("Attend any one session".to_owned()),
        Attendance::AtLeast(1) => Some("Attend at least 1 session".to_owned()),
        Attendance::AtLeast(count) => {
            Some(format!("Attend at least {count} of {sessions} sessions"))
        }
    }
}

fn facilitators(edition: &Edition<'_>, offering: &Offering) -> Vec<PersonCard> {
    let of_sessions = offering
        .written_sessions()
        .flat_map(|(_, session)| session.leaves())
        .flat_map(|session| &session.facilitators);
    let mut seen = BTreeSet::new();
    offering
        .facilitators
        .iter()
        .chain(of_sessions)
        .filter(|person| seen.insert(&person.value))
        .filter_map(|person| edition.catalog.people.get(&person.value))
        .map(|person| PersonCard::new(edition, person))
        .collect()
}

/// The places of all sessions, once each; none of a private offering.
fn places(edition: &Edition<'_>, offering: &Offering) -> Vec<VenueView> {
    place_ids(offering)
        .into_iter()
        .filter_map(|id| edition.catalog.places.get(id))
        .map(|place| VenueView::of_place(edition, place))
        .collect()
}

/// The catalog's places at which an offering meets, once each; none of a private offering.
pub fn place_ids(offering: &Offering) -> Vec<&PlaceId> {
    if offering.private {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    offering
        .written_sessions()
        .flat_map(|(_, session)| session.leaves())
        .flat_map(Session::venues)
        .filter_map(|venue| match &venue.value {
            Venue::Place(id) => Some(id),
            Venue::Text(_) => None,
        })
        .filter(|id| seen.insert(*id))
        .collect()
}

/// Offerings of the same year that share most topics with this one, then its requirement.
fn related(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Vec<Shared<CardView>> {
    edition.related(schedule, RELATED).into_iter().map(|other| edition.card(other)).collect()
}

pub(super) fn dates(schedule: &OfferingSchedule<'_>) -> String {
    let offering = schedule.offering;
    let sessions: Vec<&ScheduledSession<'_>> = schedule.sessions().collect();
    range_in_words(schedule.bounds_in_days(), sessions.iter().copied())
        .or_else(|| offering.dates.as_ref().map(|dates| dates.value.clone()))
        .unwrap_or_else(|| "Dates to be announced".to_owned())
}

/// First and last day; for sessions without a day, their month or season.
fn range_in_words<'s, 'a: 's>(
    days: Option<(Date, Date)>,
    sessions: impl IntoIterator<Item = &'s ScheduledSession<'a>>,
) -> Option<String> {
    let mut sessions = sessions.into_iter();
    if let Some((first, last)) = days {
        let open = sessions.flat_map(ScheduledSession::leaves).any(|one| one.days().is_none());
        let more = if open { ", more dates to come" } else { "" };
        return Some(format!("{}{more}", span_of_days(first, last)));
    }
    sessions.find_map(|session| match &session.occurs {
        Occurs::Month(month) => Some(MonthName::new(*month).text),
        Occurs::Season(season, year) => Some(season_in_words(*season, *year)),
        Occurs::Meetings(_) | Occurs::Alternatives(_) | Occurs::Unset(_) => None,
    })
}

fn session_count(schedule: &OfferingSchedule<'_>) -> String {
    let counts: Vec<usize> = schedule.groups.iter().map(|group| group.sessions.len()).collect();
    let sessions = |count: usize| match count {
        1 => "1 session".to_owned(),
        count => format!("{count} sessions"),
    };
    match counts.as_slice() {
        [] | [0] => String::new(),
        [count] => sessions(*count),
        [first, rest @ ..] if rest.iter().all(|count| count == first) => {
            format!("{} in each of {} cohorts", sessions(*first), counts.len())
        }
        _ => format!("{} cohorts", counts.len()),
    }
}

fn next_meeting(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Option<MeetingView> {
    let cancelled = |session: &ScheduledSession<'_>| {
        matches!(
            session.written.status.as_ref().map(|status| status.value),
            Some(SessionStatus::Cancelled | SessionStatus::Postponed)
        )
    };
    schedule
        .sessions()
        .flat_map(ScheduledSession::leaves)
        .filter(|session| !cancelled(session))
        .flat_map(|session| session.meetings().iter().map(move |meeting| (session, meeting)))
        .filter(|(_, meeting)| meeting.ends.timestamp() > *edition.now)
        .min_by_key(|(_, meeting)| meeting.starts.timestamp())
        .filter(|_| schedule.offering.cancelled.is_none())
        .map(|(session, meeting)| {
            MeetingView::new(edition, meeting, session.written, schedule.offering.private)
        })
}

/// The months in which an offering meets, each once, in order.
pub(super) fn months(schedule: &OfferingSchedule<'_>) -> Vec<String> {
    let of_session = |session: &ScheduledSession<'_>| -> Vec<YearMonth> {
        match &session.occurs {
            Occurs::Month(month) => vec![*month],
            _ => session.meetings().iter().map(|meeting| YearMonth::of(meeting.date)).collect(),
        }
    };
    let months: BTreeSet<YearMonth> =
        schedule.sessions().flat_map(ScheduledSession::leaves).flat_map(of_session).collect();
    months.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn amounts_as_people_write_them() {
        assert_eq!(decimal(3000), "30");
        assert_eq!(decimal(650), "6.5");
        assert_eq!(decimal(25), "0.25");
    }
}
