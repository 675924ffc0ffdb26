//! What one file cannot know: one file a rule, each from the catalog to diagnostics.
//!
//! A rule gets the facts and gives what it found. None depends on another, and none reports what
//! another has reported already.

mod allow;
mod booking;
mod brand;
mod calendar;
mod capacity;
mod credit;
mod enrollment;
mod last_year;
mod markdown;
mod prerequisites;
mod privacy;
mod references;
mod requirements;
mod summary;
mod times;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use allow::{apply_allow, silence};

use crate::diag::Diagnostic;
use crate::model::{Catalog, Gap, Offering};
use crate::schedule::{OfferingSchedule, Present, Timetable};
use crate::source::Span;

/// What the rules know.
pub struct Facts<'a> {
    /// The catalog.
    pub catalog: &'a Catalog,
    /// When everything takes place.
    pub timetable: &'a Timetable<'a>,
    /// The present moment.
    pub now: &'a Present,
}

impl<'a> Facts<'a> {
    /// Every offering with its schedule, ordered by ID.
    fn schedules(&self) -> impl Iterator<Item = &'a OfferingSchedule<'a>> {
        self.timetable.offerings().map(|(_, schedule)| schedule)
    }

    /// Every offering of which this is known: from what could not be read nothing follows.
    fn schedules_without(
        &self,
        gaps: &'static [Gap],
    ) -> impl Iterator<Item = &'a OfferingSchedule<'a>> {
        self.schedules().filter(|schedule| !self.lacks(schedule.offering.span, gaps))
    }

    /// True when something of this is unknown of an entry or a session.
    fn lacks(&self, span: Span, gaps: &[Gap]) -> bool {
        let broken = &self.catalog.broken;
        !broken.gaps.is_empty() && gaps.iter().any(|&gap| broken.lacks(span, gap))
    }

    /// True when an offering is over: nobody can do anything about it any more.
    fn is_over(&self, schedule: &OfferingSchedule<'_>) -> bool {
        schedule.bounds().is_some_and(|bounds| bounds.ends <= *self.now)
    }

    /// True when everyone of its roles attends: by `access`, or because a requirement asks for all.
    fn is_required(&self, offering: &Offering) -> bool {
        offering.access == crate::model::Access::Required
            || self.catalog.requirements.values().any(|requirement| match &requirement.rule {
                crate::model::Rule::All(all) => all.iter().any(|id| id.value == offering.id),
                _ => false,
            })
    }
}

/// A rule.
type Rule = fn(&Facts<'_>) -> Vec<Diagnostic>;

/// All rules.
const RULES: [Rule; 20] = [
    references::check,
    prerequisites::check,
    times::check,
    calendar::years,
    calendar::closed_days,
    calendar::weekdays,
    calendar::moved,
    last_year::check,
    enrollment::windows,
    enrollment::links,
    enrollment::shared_links,
    booking::facilitators,
    booking::places,
    booking::required,
    capacity::check,
    credit::check,
    requirements::check,
    markdown::check,
    privacy::check,
    summary::check,
];

/// Applies every rule. What an entry allows is not yet silenced; see [`apply_allow`].
pub fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let found: Vec<Vec<Diagnostic>> = RULES.par_iter().map(|rule| rule(facts)).collect();
    found.into_iter().flatten().chain(brand::check(facts)).collect()
}
