//! The page on which readers plan their year: what each role must complete.

use serde::Serialize;

use super::offering::is_required;
use super::requirement::{named, sentence};
use super::{Edition, LinkView};
use crate::model::{Requirement, RoleId, Rule};

/// The reader's own plan. What is chosen is known to the browser alone; the page brings the rules.
#[derive(Clone, Debug, Serialize)]
pub struct PlanView {
    /// The address of the folder with the data of each offering: `ID.json`.
    pub data: String,
    /// The address of the folder with the calendar of each offering: `ID.ics`.
    pub calendars: String,
    /// What each role must complete, in the order of the catalog.
    pub roles: Vec<RoleRules>,
}

/// What people of a role must complete.
#[derive(Clone, Debug, Serialize)]
pub struct RoleRules {
    /// The role.
    pub role: LinkView,
    /// Its name for one person: `Principal`.
    pub name: String,
    /// The requirements of this role.
    pub rules: Vec<RuleView>,
    /// The offerings of this year that everyone of the role attends.
    pub required: Vec<LinkView>,
}

/// A requirement, as something to be counted.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// Its page.
    pub link: LinkView,
    /// The rule in a sentence.
    pub sentence: String,
    /// How many of the offerings complete it; 0 for credit.
    pub count: usize,
    /// The offerings that it names.
    pub offerings: Vec<LinkView>,
    /// The credit that completes it, in hundredths; absent when it is not by credit.
    pub hundredths: Option<u32>,
    /// The type of that credit.
    pub credit: Option<String>,
}

impl PlanView {
    /// The page, with the folders in which data and calendars lie.
    pub fn new(edition: &Edition<'_>, data: &str, calendars: &str) -> Self {
        Self {
            data: edition.addresses.href(data),
            calendars: edition.addresses.href(calendars),
            roles: edition
                .catalog
                .roles
                .iter()
                .map(|(id, role)| RoleRules::new(edition, id, &role.name.value))
                .collect(),
        }
    }
}

impl RoleRules {
    fn new(edition: &Edition<'_>, role: &RoleId, name: &str) -> Self {
        let of_role = |requirement: &&Requirement| requirement.roles.includes(role);
        let required = edition.in_order(|schedule| {
            let offering = schedule.offering;
            schedule.year == Some(edition.year)
                && offering.roles.includes(role)
                && offering.cancelled.is_none()
                && is_required(edition, offering)
        });
        Self {
            role: edition.role_link(role),
            name: name.to_owned(),
            rules: edition
                .catalog
                .requirements
                .values()
                .filter(of_role)
                .map(|requirement| RuleView::new(edition, requirement))
                .collect(),
            required: required
                .iter()
                .filter_map(|schedule| edition.offering_link(&schedule.offering.id))
                .collect(),
        }
    }
}

impl RuleView {
    fn new(edition: &Edition<'_>, requirement: &Requirement) -> Self {
        let offerings: Vec<LinkView> = named(edition, requirement)
            .iter()
            .filter_map(|schedule| edition.offering_link(&schedule.offering.id))
            .collect();
        let (count, award) = match &requirement.rule {
            Rule::All(_) => (offerings.len(), None),
            Rule::Choose { count, .. } => {
                (usize::try_from(count.value).unwrap_or(usize::MAX), None)
            }
            Rule::Credit(award) => (0, Some(award)),
        };
        Self {
            link: edition.requirement_link(requirement),
            sentence: sentence(edition, requirement),
            count,
            offerings,
            hundredths: award.map(|award| award.hundredths),
            credit: award.map(|award| award.kind.value.to_string()),
        }
    }
}
