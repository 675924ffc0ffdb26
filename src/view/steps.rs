//! The states that an offering passes through, in words, for those who write it.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::MomentView;
use super::enrollment::name;
use crate::model::Access;
use crate::schedule::{EnrollmentState, Milestone, OfferingSchedule, Standing};

/// The states of an offering or of one of its cohorts, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepsView {
    /// The cohort's name; none for the offering as a whole.
    pub title: Option<String>,
    /// At least one.
    pub steps: Vec<StepView>,
}

/// One state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// The state, as [`super::StateView::id`] names it; `hidden` when it is on no page.
    pub id: &'static str,
    /// `Closes soon`
    pub word: &'static str,
    /// When it begins, as an instant with its offset; none for the one that has always been.
    pub iso: Option<String>,
    /// `from September 11, 2026`, `from September 18, 2026, 5:00 PM`, `after December 1, 2026`.
    pub from: Option<String>,
    /// Whether it is over, holds now or is to come.
    pub tense: Tense,
}

/// Where a state lies, seen from the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// It is over.
    Past,
    /// It holds.
    Present,
    /// It is to come.
    Future,
}

/// The states of the offering as a whole and, where there are several, of each cohort.
pub fn steps(schedule: &OfferingSchedule<'_>, zone: &TimeZone, now: Timestamp) -> Vec<StepsView> {
    let offering = schedule.offering;
    let required = offering.enroll.is_none() && offering.access == Access::Required;
    let view = |title, milestones: &[Milestone]| StepsView {
        title,
        steps: in_words(milestones, required, zone, now),
    };
    let whole = view(None, &schedule.milestones(zone));
    let several = schedule.groups.len() > 1;
    let cohorts = schedule.groups.iter().filter(|_| several).filter_map(|group| {
        let (_, cohort) = group.cohort?;
        Some(view(Some(cohort.title.value.clone()), &group.milestones(offering, zone)))
    });
    std::iter::once(whole).chain(cohorts).collect()
}

fn in_words(
    milestones: &[Milestone],
    required: bool,
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<StepView> {
    let begun = |one: &Milestone| one.from.is_none_or(|from| from <= now);
    let present = milestones.iter().rposition(begun).unwrap_or(0);
    milestones
        .iter()
        .enumerate()
        .map(|(at, milestone)| {
            let (id, word) = match milestone.standing {
                Standing::Hidden => ("hidden", "Not shown"),
                Standing::Shown(state) => name(state, required),
            };
            let tense = match at.cmp(&present) {
                std::cmp::Ordering::Less => Tense::Past,
                std::cmp::Ordering::Equal => Tense::Present,
                std::cmp::Ordering::Greater => Tense::Future,
            };
            let begins = milestone.from.map(|from| begins(from, milestone.standing, zone));
            let (iso, from) = begins.unzip();
            StepView { id, word, iso, from, tense }
        })
        .collect()
}

/// When a state begins: as an instant, and in words. What ends with a day begins "after" it.
fn begins(from: Timestamp, standing: Standing, zone: &TimeZone) -> (String, String) {
    let local = from.to_zoned_datetime(zone.clone());
    let (date, time) = (local.date(), local.time());
    let midnight = time == Time::midnight();
    let ends_something = matches!(
        standing,
        Standing::Hidden | Standing::Shown(EnrollmentState::Closed | EnrollmentState::Past)
    );
    let moment = MomentView::new(from, date, (!midnight).then_some(time), zone);
    if !(midnight && ends_something) {
        return (moment.iso, format!("from {}", moment.text));
    }
    let before = from.checked_sub(SignedDuration::from_secs(1)).unwrap_or(from);
    let day = before.to_zoned_datetime(zone.clone()).date();
    let words = format!("after {}", MomentView::new(before, day, None, zone).text);
    (moment.iso, words)
}
