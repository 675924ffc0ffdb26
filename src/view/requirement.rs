//! Requirements: the rule in a sentence, and its choices.

use serde::Serialize;

use super::address::calendar_path;
use super::edition::{sentence_list, uncapitalized};
use super::pages::cards;
use super::{CardView, ChoiceView, CreditView, Edition, EnrollView, FeedView, LinkView, Shared};
use crate::model::{OfferingId, Period, Requirement, Rule};
use crate::schedule::OfferingSchedule;

/// A requirement, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementCard {
    /// Its page.
    pub link: LinkView,
    /// The rule in a sentence: `Principals and assistant principals complete one of these six
    /// offerings each year.`
    pub sentence: String,
    /// Who must, in words.
    pub audience: String,
    /// `all`, `choose`, `credit`
    pub rule: &'static str,
    /// How many to choose; 0 if all.
    pub count: u32,
    /// What it names.
    pub choices: Vec<Shared<CardView>>,
}

/// The page of a requirement.
#[derive(Clone, Debug, Serialize)]
pub struct RequirementView {
    /// What its card shows.
    pub card: RequirementCard,
    /// Who must.
    pub roles: Vec<LinkView>,
    /// `each year`, `once`
    pub per: &'static str,
    /// Its calendar.
    pub feed: FeedView,
    /// The choices side by side.
    pub choices: Vec<ChoiceView>,
}

impl RequirementCard {
    /// A requirement in a list.
    pub fn new(edition: &Edition<'_>, requirement: &Requirement) -> Self {
        let (rule, count) = match &requirement.rule {
            Rule::All(_) => ("all", 0),
            Rule::Choose { count, .. } => ("choose", count.value),
            Rule::Credit(_) => ("credit", 0),
        };
        Self {
            link: edition.requirement_link(requirement),
            sentence: sentence(edition, requirement),
            audience: edition.audience(&requirement.roles),
            rule,
            count,
            choices: cards(edition, &named(edition, requirement)),
        }
    }
}

impl RequirementView {
    /// The page of a requirement.
    pub fn new(edition: &Edition<'_>, requirement: &Requirement) -> Self {
        let choices = named(edition, requirement);
        Self {
            card: RequirementCard::new(edition, requirement),
            roles: edition
                .roles(&requirement.roles)
                .iter()
                .map(|(id, _)| edition.role_link(id))
                .collect(),
            per: match requirement.per {
                Period::Year => "each year",
                Period::Once => "once",
            },
            feed: FeedView::new(&edition.addresses, &calendar_path("requirement", &requirement.id)),
            choices: choices
                .into_iter()
                .map(|schedule| ChoiceView::new(edition, schedule))
                .collect(),
        }
    }
}

impl ChoiceView {
    fn new(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        Self {
            card: edition.card(schedule),
            outcomes: super::offering::words(&offering.outcomes),
            enroll: offering
                .enroll
                .as_ref()
                .map(|enroll| EnrollView::new(edition, offering, enroll, schedule.bounds())),
        }
    }
}

/// Requirements as cards, in the order of their IDs.
pub(super) fn requirements(
    edition: &Edition<'_>,
    pick: impl Fn(&Requirement) -> bool,
) -> Vec<RequirementCard> {
    let picked = edition.catalog.requirements.values().filter(|requirement| pick(requirement));
    picked.map(|requirement| RequirementCard::new(edition, requirement)).collect()
}

/// The offerings that a requirement names and that are shown, in its own order.
pub(super) fn named<'a>(
    edition: &Edition<'a>,
    requirement: &Requirement,
) -> Vec<&'a OfferingSchedule<'a>> {
    let find = |id: &OfferingId| edition.offerings.get(id).copied();
    requirement.rule.offerings().iter().filter_map(|id| find(&id.value)).collect()
}

/// The rule in a sentence: `All principals and assistant principals complete 1 of these 6 offerings
/// each year.`
pub fn sentence(edition: &Edition<'_>, requirement: &Requirement) -> String {
    let roles = edition.roles(&requirement.roles);
    let names: Vec<&str> = roles.iter().map(|(_, role)| role.plural.as_str()).collect();
    let who = uncapitalized(&sentence_list(&names));
    let how_often = match requirement.per {
        Period::Year => "each year",
        Period::Once => "once",
    };
    match &requirement.rule {
        Rule::All(of) => match named(edition, requirement).as_slice() {
            [one] => {
                format!("All {who} take part in {} {how_often}.", one.offering.title.value)
            }
            _ => format!("All {who} complete these {} offerings {how_often}.", number(of.len())),
        },
        Rule::Choose { of, .. } if of.len() == 1 => match named(edition, requirement).as_slice() {
            [one] => format!("All {who} complete {} {how_often}.", one.offering.title.value),
            _ => format!("All {who} complete one offering {how_often}."),
        },
        Rule::Choose { count, of } => {
            let count = usize::try_from(count.value).unwrap_or(usize::MAX);
            format!(
                "All {who} complete {} of these {} offerings {how_often}.",
                number(count),
                number(of.len())
            )
        }
        Rule::Credit(award) => {
            format!("All {who} earn {} {how_often}.", CreditView::new(edition, award).text)
        }
    }
}

/// Small numbers in words, as a sentence has them.
fn number(number: usize) -> String {
    const WORDS: [&str; 10] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
