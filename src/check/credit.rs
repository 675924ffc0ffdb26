//! Credit of the sessions adds up to that of the offering.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Attendance, CreditId, Gap};
use crate::schedule::{Group, OfferingSchedule, ScheduledSession};
use crate::source::Span;

/// Compares the sums, kind by kind, for every cohort. Where not every session must be attended,
/// there is no sum to compare with.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let schedules = facts
        .schedules_without(&[Gap::Credit, Gap::Sessions])
        .filter(|s| s.offering.attendance == Attendance::All);
    schedules
        .flat_map(|schedule| {
            schedule.groups.iter().flat_map(move |group| compare(facts, schedule, group))
        })
        .collect()
}

fn compare(
    facts: &Facts<'_>,
    schedule: &OfferingSchedule<'_>,
    group: &Group<'_>,
) -> Vec<Diagnostic> {
    let mut sums: BTreeMap<&CreditId, (u32, Span)> = BTreeMap::new();
    for session in &group.sessions {
        for award in awards(session) {
            let sum = sums.entry(&award.kind.value).or_insert((0, award.span));
            sum.0 = sum.0.saturating_add(award.hundredths);
        }
    }
    let mut whole: BTreeMap<&CreditId, (u32, Span)> = BTreeMap::new();
    for award in &schedule.offering.credit {
        let sum = whole.entry(&award.kind.value).or_insert((0, award.span));
        sum.0 = sum.0.saturating_add(award.hundredths);
    }
    if sums.is_empty() || whole.is_empty() {
        return Vec::new();
    }
    let of_cohort = group.cohort.map_or_else(String::new, |(_, cohort)| {
        format!(" of the cohort \"{}\"", cohort.title.value)
    });
    whole
        .iter()
        .filter_map(|(kind, (promised, span))| {
            let (given, first) = sums.get(kind).copied().unwrap_or((0, *span));
            if given == *promised {
                return None;
            }
            let name = facts.catalog.credits.get(*kind).map_or(kind.as_str(), |k| &k.name.value);
            let message = format!(
                "the offering gives {} of {name}, and its sessions{of_cohort} give {}",
                amount(*promised),
                amount(given)
            );
            let diagnostic = Diagnostic::new(Code::CreditMismatch, *span, message)
                .hint("make the two agree, or write credit in one place only");
            Some(if first == *span {
                diagnostic
            } else {
                diagnostic.also(first, "the first session that gives some")
            })
        })
        .collect()
}

/// What a session gives; of alternatives, one is attended, and each gives the same.
fn awards<'s>(session: &'s ScheduledSession<'_>) -> &'s [crate::model::CreditAward] {
    let own = &session.written.credit;
    match session.alternatives().first() {
        Some(first) if own.is_empty() => &first.written.credit,
        _ => own,
    }
}

fn amount(hundredths: u32) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
