//! Every ID that is used is declared.

use super::Facts;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Audience, Catalog, Contact, CreditAward, Id, Offering, OfferingId, Requirement, Rule, Session,
    Sessions, Venue,
};
use crate::source::{Span, Spanned};

/// Reports every ID that is not declared.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let catalog = facts.catalog;
    let mut found = Found { catalog, diagnostics: Vec::new() };
    for offering in catalog.offerings.values() {
        offering_ids(&mut found, offering);
    }
    for requirement in catalog.requirements.values() {
        requirement_ids(&mut found, requirement);
    }
    found.diagnostics
}

fn offering_ids(found: &mut Found<'_>, offering: &Offering) {
    found.kind(&offering.kind);
    found.roles(&offering.roles);
    for id in &offering.networks {
        found.network(id);
    }
    for id in &offering.topics {
        found.topic(id);
    }
    for id in &offering.facilitators {
        found.person(id);
    }
    if let Some(Contact::Person(id)) = &offering.contact {
        found.person(id);
    }
    for id in offering.prerequisites.iter().chain(&offering.continues) {
        found.offering(id, Some(&offering.id));
    }
    found.credit(&offering.credit);
    let sessions = match &offering.sessions {
        Sessions::Single(sessions) => sessions.iter().collect::<Vec<_>>(),
        Sessions::Cohorts(cohorts) => {
            cohorts.values().flat_map(|cohort| &cohort.sessions).collect()
        }
    };
    for session in sessions {
        session_ids(found, session);
    }
}

fn session_ids(found: &mut Found<'_>, session: &Session) {
    for id in &session.roles {
        found.role(id);
    }
    for id in &session.facilitators {
        found.person(id);
    }
    for venue in session.venues().chain(session.place_was.as_deref()) {
        if let Venue::Place(id) = &venue.value {
            found.place(id, venue.span);
        }
    }
    found.credit(&session.credit);
    if let crate::model::When::Alternatives(alternatives) = &session.when {
        for alternative in alternatives {
            session_ids(found, alternative);
        }
    }
}

fn requirement_ids(found: &mut Found<'_>, requirement: &Requirement) {
    found.roles(&requirement.roles);
    for id in requirement.rule.offerings() {
        found.offering(id, None);
    }
    if let Rule::Credit(award) = &requirement.rule {
        found.credit(std::slice::from_ref(award));
    }
}

struct Found<'c> {
    catalog: &'c Catalog,
    diagnostics: Vec<Diagnostic>,
}

impl<'c> Found<'c> {
    /// An ID of a vocabulary in `catalog.yaml`.
    fn word<T: 'c>(
        &mut self,
        id: &Spanned<Id<T>>,
        known: impl Iterator<Item = &'c Id<T>>,
        what: &str,
        vocabulary: &'static str,
    ) {
        if self.catalog.broken.may_be_word(vocabulary, id.value.as_str()) {
            return;
        }
        let message = format!("there is no {what} `{}`", id.value);
        let names = known.map(Id::as_str);
        self.diagnostics.push(
            Diagnostic::new(Code::UnknownId, id.span, message)
                .maybe_hint(did_you_mean(id.value.as_str(), names))
                .hint(format!("or add it to `{vocabulary}` in `content/catalog.yaml`")),
        );
    }

    /// An ID of a collection of entries.
    fn entry<T: 'c>(
        &mut self,
        id: &Id<T>,
        span: Span,
        known: impl Iterator<Item = &'c Id<T>>,
        broken: &[Id<T>],
        (what, folder): (&str, &str),
    ) -> Option<&mut Diagnostic> {
        if broken.contains(id) {
            return None;
        }
        let message = format!("there is no {what} `{id}`");
        let diagnostic = Diagnostic::new(Code::UnknownId, span, message)
            .maybe_hint(did_you_mean(id.as_str(), known.map(Id::as_str)))
            .hint(format!("or add the file `content/{folder}/{id}.md`"));
        self.diagnostics.push(diagnostic);
        self.diagnostics.last_mut()
    }

    fn kind(&mut self, id: &Spanned<crate::model::KindId>) {
        let catalog = self.catalog;
        if !catalog.kinds.contains_key(&id.value) {
            self.word(id, catalog.kinds.keys(), "kind", "kinds");
        }
    }

    fn role(&mut self, id: &Spanned<crate::model::RoleId>) {
        let catalog = self.catalog;
        if !catalog.roles.contains_key(&id.value) {
            self.word(id, catalog.roles.keys(), "role", "roles");
        }
    }

    fn roles(&mut self, audience: &Audience) {
        if let Audience::Roles(roles) = audience {
            for id in roles {
                self.role(id);
            }
        }
    }

    fn network(&mut self, id: &Spanned<crate::model::NetworkId>) {
        let catalog = self.catalog;
        if !catalog.networks.contains_key(&id.value) {
            self.word(id, catalog.networks.keys(), "network", "networks");
        }
    }

    fn topic(&mut self, id: &Spanned<crate::model::TopicId>) {
        let catalog = self.catalog;
        if !catalog.topics.contains_key(&id.value) {
            self.word(id, catalog.topics.keys(), "topic", "topics");
        }
    }

    fn credit(&mut self, awards: &[CreditAward]) {
        let catalog = self.catalog;
        for award in awards {
            if !catalog.credits.contains_key(&award.kind.value) {
                self.word(&award.kind, catalog.credits.keys(), "kind of credit", "credits");
            }
        }
    }

    fn person(&mut self, id: &Spanned<crate::model::PersonId>) {
        let catalog = self.catalog;
        if !catalog.people.contains_key(&id.value) {
            let what = ("person", "people");
            self.entry(&id.value, id.span, catalog.people.keys(), &catalog.broken.people, what);
        }
    }

    /// An offering; `of` is the one that names it, and cannot be meant.
    fn offering(&mut self, id: &Spanned<OfferingId>, of: Option<&OfferingId>) {
        let catalog = self.catalog;
        if !catalog.offerings.contains_key(&id.value) {
            let known = catalog.offerings.keys().filter(|known| Some(*known) != of);
            let broken = &catalog.broken.offerings;
            self.entry(&id.value, id.span, known, broken, ("offering", "offerings"));
        }
    }

    fn place(&mut self, id: &crate::model::PlaceId, span: Span) {
        let catalog = self.catalog;
        if !catalog.places.contains_key(id) {
            let (known, broken) = (catalog.places.keys(), &catalog.broken.places);
            if let Some(diagnostic) = self.entry(id, span, known, broken, ("place", "places")) {
                let hint = "to write a place in words, begin it with a capital: `Library`";
                diagnostic.hints.push(hint.to_owned());
            }
        }
    }
}
