//! `allow`: what an entry silences for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Catalog, Gap};
use crate::source::{FileId, Place, Span, Spanned};

/// Where an `allow` holds: the nodes of one entry.
struct Scope<'c> {
    /// The first node of the entry; the entry ends where the next one of the file begins.
    first: u32,
    allow: &'c [Spanned<String>],
    used: Vec<bool>,
    /// The entry.
    span: Span,
    /// Whether it is over: there may have been something to silence.
    over: bool,
}

/// Checks that find something for some days only. An `allow` of one of these may be of use later,
/// or has been.
const TIMELY: [Code; 6] = [
    Code::EnrollLinkMissingSoon,
    Code::EnrollLinkShared,
    Code::EnrollOpenAfterEnd,
    Code::RequiredOverlap,
    // Whether others have a fault is not known before they are asked.
    Code::LinkUnreachable,
    Code::LinkMoved,
];

/// Leaves out what entries silence, and reports every `allow` that silences nothing. Errors of
/// reading cannot be silenced: they are not among `diagnostics`.
pub fn apply_allow(facts: &Facts<'_>, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let catalog = facts.catalog;
    let over: BTreeSet<Span> = facts
        .schedules()
        .filter(|schedule| !schedule.offering.allow.is_empty() && facts.is_over(schedule))
        .map(|schedule| schedule.offering.span)
        .collect();
    let mut scopes = scopes(catalog, &over);
    let mut kept: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|one| !silenced(&mut scopes, one)).collect();
    for scope in scopes.into_values().flatten().filter(|scope| !scope.over) {
        let names = scope.allow.iter().zip(scope.used).filter(|(_, used)| !used);
        let useless = names.filter(|(name, _)| {
            let code = Code::from_name(&name.value);
            code.is_none_or(|code| {
                !TIMELY.contains(&code) && !facts.lacks(scope.span, rests_on(code))
            })
        });
        kept.extend(useless.map(|(name, _)| {
            let message = format!("`{}` has nothing to silence in this entry", name.value);
            Diagnostic::new(Code::UselessAllow, name.span, message)
                .hint("remove it, so that it cannot hide a fault to come")
        }));
    }
    kept
}

/// Leaves out what entries silence, of what was found after all else.
pub fn silence(catalog: &Catalog, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut scopes = scopes(catalog, &BTreeSet::new());
    diagnostics.into_iter().filter(|one| !silenced(&mut scopes, one)).collect()
}

fn scopes<'c>(catalog: &'c Catalog, over: &BTreeSet<Span>) -> BTreeMap<FileId, Vec<Scope<'c>>> {
    let mut scopes: BTreeMap<FileId, Vec<Scope<'_>>> = BTreeMap::new();
    for (span, allow) in entries(catalog) {
        let first = match span.place {
            Place::Node(node) => node,
            Place::Bytes { .. } => 0,
        };
        let (used, over) = (vec![false; allow.len()], over.contains(&span));
        let scope = Scope { first, allow, used, span, over };
        scopes.entry(span.file).or_default().push(scope);
    }
    for scopes in scopes.values_mut() {
        scopes.sort_by_key(|scope| scope.first);
    }
    scopes
}

/// What must be known of an entry before a check can be said to find nothing in it.
fn rests_on(code: Code) -> &'static [Gap] {
    use Gap::{
        Audience, Choices, Credit, Days, Enrollment, Hours, Online, Sessions, Status, Weekday, Year,
    };
    match code {
        Code::SessionOnWeekend => &[Days, Sessions, Status, Weekday],
        Code::NoEnrollLink => &[Enrollment, Days, Sessions],
        Code::CreditMismatch => &[Credit, Sessions],
        _ => &[
            Audience, Choices, Credit, Days, Enrollment, Hours, Online, Sessions, Status, Weekday,
            Year,
        ],
    }
}

fn silenced(scopes: &mut BTreeMap<FileId, Vec<Scope<'_>>>, diagnostic: &Diagnostic) -> bool {
    let span = diagnostic.primary.span;
    let Some(scopes) = scopes.get_mut(&span.file) else { return false };
    // A place in a body belongs to the file's one entry.
    let at = match span.place {
        Place::Node(node) => scopes.partition_point(|scope| scope.first <= node),
        Place::Bytes { .. } => scopes.len().min(1),
    };
    let Some(scope) = at.checked_sub(1).and_then(|at| scopes.get_mut(at)) else { return false };
    let mut silenced = false;
    for (name, used) in scope.allow.iter().zip(&mut scope.used) {
        if name.value == diagnostic.code.name() {
            *used = true;
            silenced = true;
        }
    }
    silenced
}

/// Every entry with what it allows.
fn entries(catalog: &Catalog) -> impl Iterator<Item = (Span, &[Spanned<String>])> {
    let settings = &catalog.settings;
    let own = (Span::node(settings.file, 0), settings.allow.as_slice());
    let offerings = catalog.offerings.values().map(|e| (e.span, e.allow.as_slice()));
    let requirements = catalog.requirements.values().map(|e| (e.span, e.allow.as_slice()));
    let people = catalog.people.values().map(|e| (e.span, e.allow.as_slice()));
    let places = catalog.places.values().map(|e| (e.span, e.allow.as_slice()));
    let pages = catalog.pages.values().map(|e| (e.span, e.allow.as_slice()));
    std::iter::once(own)
        .chain(offerings)
        .chain(requirements)
        .chain(people)
        .chain(places)
        .chain(pages)
}
