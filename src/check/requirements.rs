//! A requirement can be met.

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Audience, Gap, Offering, Requirement, RoleId, Rule};

/// There are enough choices, and the roles may attend what is named.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for requirement in facts.catalog.requirements.values() {
        if !facts.lacks(requirement.span, &[Gap::Choices]) {
            diagnostics.extend(too_many(requirement));
        }
        if !facts.lacks(requirement.span, &[Gap::Audience]) {
            diagnostics.extend(out_of_reach(facts, requirement));
        }
    }
    diagnostics
}

fn too_many(requirement: &Requirement) -> Option<Diagnostic> {
    let Rule::Choose { count, of } = &requirement.rule else { return None };
    let choices = u32::try_from(of.len()).unwrap_or(u32::MAX);
    (count.value > choices).then(|| {
        let message =
            format!("{} are to be chosen, and there are {choices} to choose from", count.value);
        let diagnostic = Diagnostic::new(Code::ChooseTooMany, count.span, message);
        let diagnostic = match of.first() {
            Some(first) => diagnostic.also(first.span, "the choices begin here"),
            None => diagnostic,
        };
        diagnostic.hint(format!("write at most {choices}, or add offerings to `of`"))
    })
}

fn out_of_reach(facts: &Facts<'_>, requirement: &Requirement) -> Vec<Diagnostic> {
    let catalog = facts.catalog;
    let roles: Vec<&RoleId> =
        catalog.roles.keys().filter(|role| requirement.roles.includes(role)).collect();
    let every_one = matches!(requirement.rule, Rule::All(_));
    let mut diagnostics = Vec::new();
    for named in requirement.rule.offerings() {
        let Some(offering) = catalog.offerings.get(&named.value) else { continue };
        if !is_known(facts, &offering.roles) {
            continue;
        }
        let excluded: Vec<&&RoleId> =
            roles.iter().filter(|role| !offering.roles.includes(role)).collect();
        // Of several choices, one may be for some of the roles only.
        let unreachable =
            if every_one { !excluded.is_empty() } else { excluded.len() == roles.len() };
        let Some(role) = excluded.first().filter(|_| unreachable) else { continue };
        let name = catalog.roles.get(**role).map_or(role.as_str(), |r| r.plural.as_str());
        let message = format!(
            "\"{}\" is not for {}, who must meet this requirement",
            offering.title.value,
            name.to_lowercase()
        );
        let diagnostic = Diagnostic::new(Code::RequirementUnreachable, named.span, message);
        diagnostics.push(
            match roles_span(offering) {
                Some(span) => diagnostic.also(span, "for these roles only"),
                None => diagnostic,
            }
            .hint("add the role to the offering's `roles`, or take the offering out of this list"),
        );
    }
    diagnostics
}

/// False when a role is misspelt, which has been reported.
fn is_known(facts: &Facts<'_>, audience: &Audience) -> bool {
    match audience {
        Audience::All => true,
        Audience::Roles(roles) => {
            roles.iter().all(|role| facts.catalog.roles.contains_key(&role.value))
        }
    }
}

fn roles_span(offering: &Offering) -> Option<crate::source::Span> {
    match &offering.roles {
        Audience::All => None,
        Audience::Roles(roles) => roles.first().map(|role| role.span),
    }
}
