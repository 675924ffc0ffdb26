//! Enrollment: windows that make sense, links that lead somewhere in time.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Access, Enrollment, EnrollmentStatus, Gap, Url};
use crate::schedule::{Bounds, OfferingSchedule, instant};
use crate::source::Spanned;

/// How long before its first session an offering starts soon.
const SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Every enrollment of an offering with the bounds of what it admits to.
fn enrollments<'a>(
    schedule: &OfferingSchedule<'a>,
) -> Vec<(&'a Enrollment, Option<Bounds>, Option<jiff::civil::Date>)> {
    let last_day =
        |days: Option<(jiff::civil::Date, jiff::civil::Date)>| days.map(|(_, last)| last);
    let mut all = Vec::new();
    if let Some(enroll) = &schedule.offering.enroll {
        all.push((enroll, schedule.bounds(), last_day(schedule.bounds_in_days())));
    }
    for group in &schedule.groups {
        if let Some(enroll) = group.cohort.and_then(|(_, cohort)| cohort.enroll.as_ref()) {
            all.push((enroll, group.bounds(), last_day(group.bounds_in_days())));
        }
    }
    for session in schedule.sessions() {
        let parts = std::iter::once(session).chain(session.alternatives());
        for part in parts {
            if let Some(enroll) = &part.written.enroll {
                all.push((enroll, part.bounds(), last_day(part.days())));
            }
        }
    }
    all
}

/// A window opens before it closes, and closes before everything is over.
pub(super) fn windows(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let zone = &facts.catalog.settings.timezone;
    let mut diagnostics = Vec::new();
    for schedule in facts.schedules() {
        for (enroll, bounds, last_day) in enrollments(schedule) {
            let unknown = |gap| facts.lacks(schedule.offering.span, &[gap]);
            let Some(closes) = &enroll.closes else {
                if !unknown(Gap::Days) && !unknown(Gap::Enrollment) {
                    diagnostics.extend(open_for_ever(facts, enroll, bounds));
                }
                continue;
            };
            let closes_at = instant(closes.value, zone);
            if let Some(opens) = &enroll.opens
                && instant(opens.value, zone) >= closes_at
            {
                diagnostics.push(
                    Diagnostic::new(
                        Code::EnrollClosesBeforeOpens,
                        closes.span,
                        "enrollment closes before it opens",
                    )
                    .label("it closes here")
                    .also(opens.span, "it opens here")
                    .hint(format!("write a day after {}", opens.value.date)),
                );
                continue;
            }
            // A deadline that is a day is kept through that day, and the last session is on it.
            let on_last_day = closes.value.time.is_none()
                && last_day.is_some_and(|last| closes.value.date <= last);
            // A session whose date could not be read may be the last one.
            let whole = !unknown(Gap::Days);
            if whole && bounds.is_some_and(|bounds| bounds.ends < closes_at) && !on_last_day {
                let last = last_day.map_or_else(String::new, |last| format!(" on {last}"));
                diagnostics.push(
                    Diagnostic::new(
                        Code::EnrollClosesAfterEnd,
                        closes.span,
                        format!("enrollment is still open when the last session{last} is over"),
                    )
                    .hint("write a day before the last session, better before the first"),
                );
            }
        }
    }
    diagnostics
}

/// Without a deadline, enrollment is open when everything is over.
fn open_for_ever(
    facts: &Facts<'_>,
    enroll: &Enrollment,
    bounds: Option<Bounds>,
) -> Option<Diagnostic> {
    let over = bounds.is_some_and(|bounds| bounds.ends <= *facts.now);
    (over && enroll.status.is_none()).then(|| {
        Diagnostic::new(
            Code::EnrollOpenAfterEnd,
            enroll.url.span,
            "every session is past, and enrollment has no end",
        )
        .hint("write `closes:` and a day, or `status: closed`")
    })
}

/// One can enroll in what is not required, above all in what starts soon.
pub(super) fn links(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for schedule in facts.schedules_without(&[Gap::Enrollment]) {
        let offering = schedule.offering;
        let required = offering.access == Access::Required;
        if offering.cancelled.is_some() || facts.is_over(schedule) {
            continue;
        }
        let all = enrollments(schedule);
        let starts = first_start(facts, schedule);
        let soon = starts.is_some_and(|start| facts.now.is_near(start, SOON));
        if all.is_empty() && !required {
            // Who allows it, allows it also when it comes near.
            let allowed = offering.allow.iter().any(|name| name.value == Code::NoEnrollLink.name());
            let (code, message) = if soon && !allowed {
                (
                    Code::EnrollLinkMissingSoon,
                    "the offering starts soon, and nobody can enroll in it",
                )
            } else {
                (Code::NoEnrollLink, "nobody can enroll in this offering")
            };
            diagnostics.push(
                Diagnostic::new(code, offering.title.span, message)
                    .hint("add `enroll:` with a `url`")
                    .hint(match offering.access {
                        Access::Nomination | Access::Invitation => {
                            "if one gets in without a link, write `allow: [no-enroll-link]`"
                        }
                        _ => "if everyone attends it, write `access: required`",
                    }),
            );
        } else if soon {
            diagnostics.extend(expired(facts, &all));
        }
    }
    diagnostics
}

/// When the offering begins, if it has not.
fn first_start(facts: &Facts<'_>, schedule: &OfferingSchedule<'_>) -> Option<Timestamp> {
    schedule.bounds().and_then(Bounds::start).filter(|start| *start > *facts.now)
}

/// All windows are over, and staff have not said that this is meant.
fn expired(
    facts: &Facts<'_>,
    all: &[(&Enrollment, Option<Bounds>, Option<jiff::civil::Date>)],
) -> Option<Diagnostic> {
    let zone = &facts.catalog.settings.timezone;
    let mut last: Option<&Spanned<crate::model::Moment>> = None;
    for (enroll, ..) in all {
        let closes = enroll.closes.as_ref()?;
        let said = matches!(
            enroll.status.as_ref().map(|status| status.value),
            Some(EnrollmentStatus::Closed | EnrollmentStatus::Full | EnrollmentStatus::Waitlist)
        );
        if said || instant(closes.value, zone) > *facts.now {
            return None;
        }
        last = Some(closes);
    }
    last.map(|closes| {
        Diagnostic::new(
            Code::EnrollLinkMissingSoon,
            closes.span,
            "the offering starts soon, and its enrollment is over",
        )
        .hint("if there are seats left, write a later day, and the earlier one as `was`")
        .hint("if that is meant, write `status: closed`")
    })
}

/// An offering that starts soon has an enrollment link of its own.
pub(super) fn shared_links(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut by_url: BTreeMap<&Url, Vec<(&OfferingSchedule<'_>, &Spanned<Url>)>> = BTreeMap::new();
    for schedule in
        facts.schedules().filter(|s| s.offering.cancelled.is_none() && !facts.is_over(s))
    {
        // One without an address has been reported as such.
        let read = |enroll: &Enrollment| enroll.url.span != enroll.span;
        for (enroll, ..) in enrollments(schedule).into_iter().filter(|(one, ..)| read(one)) {
            by_url.entry(&enroll.url.value).or_default().push((schedule, &enroll.url));
        }
    }
    let mut diagnostics = Vec::new();
    for users in by_url.values() {
        for (schedule, url) in users {
            let soon =
                first_start(facts, schedule).is_some_and(|start| facts.now.is_near(start, SOON));
            let id = &schedule.offering.id;
            let other = users.iter().find(|(other, _)| other.offering.id != *id);
            if let (true, Some((other, other_url))) = (soon, other) {
                let title = &other.offering.title.value;
                diagnostics.push(
                    Diagnostic::new(
                        Code::EnrollLinkShared,
                        url.span,
                        format!(
                            "the offering starts soon, and its link is also that of \"{title}\""
                        ),
                    )
                    .also(other_url.span, "the same link")
                    .hint("check that the link leads to this offering"),
                );
            }
        }
    }
    diagnostics
}
