//! Offerings that are each other's prerequisites could never be taken.

use std::collections::BTreeSet;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Catalog, OfferingId};
use crate::source::Span;

/// Reports each circle once, at the prerequisite of its first offering by ID.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut done = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for start in facts.catalog.offerings.keys() {
        if let Some(circle) = circle_from(facts.catalog, start, &done) {
            let names: Vec<String> = circle.iter().map(|(id, _)| format!("`{id}`")).collect();
            let chain = format!("{} → {}", names.join(" → "), names.first().map_or("", |n| n));
            let spans: Vec<Span> = circle.iter().map(|(_, span)| *span).collect();
            let message = format!("these prerequisites lead in a circle: {chain}");
            let Some((&first, others)) = spans.split_first() else { continue };
            let mut diagnostic = Diagnostic::new(Code::PrerequisiteCycle, first, message)
                .hint("remove one of them: nobody could begin with any");
            for &other in others {
                diagnostic = diagnostic.also(other, "and this one");
            }
            diagnostics.push(diagnostic);
            done.extend(circle.into_iter().map(|(id, _)| id));
        }
        done.insert(start);
    }
    diagnostics
}

/// The circle in which an offering lies, as each offering with the place of the prerequisite that
/// leads on. Offerings that are done are not entered again, so that all of it is linear.
fn circle_from<'c>(
    catalog: &'c Catalog,
    start: &'c OfferingId,
    done: &BTreeSet<&'c OfferingId>,
) -> Option<Vec<(&'c OfferingId, Span)>> {
    let mut path: Vec<(&OfferingId, usize)> = vec![(start, 0)];
    let mut seen = BTreeSet::from([start]);
    while let Some((id, next)) = path.last_mut() {
        let prerequisites = catalog.offerings.get(*id).map(|o| o.prerequisites.as_slice());
        let Some(prerequisite) = prerequisites.and_then(|all| all.get(*next)) else {
            path.pop();
            continue;
        };
        *next += 1;
        let target = &prerequisite.value;
        if target == start {
            let span_of = |(id, next): &(&'c OfferingId, usize)| {
                let all = &catalog.offerings.get(*id)?.prerequisites;
                Some((*id, all.get(next.checked_sub(1)?)?.span))
            };
            return Some(path.iter().filter_map(span_of).collect());
        }
        let known = catalog.offerings.get_key_value(target).map(|(id, _)| id);
        if let Some(known) = known
            && !done.contains(known)
            && seen.insert(known)
        {
            path.push((known, 0));
        }
    }
    None
}
