//! What one file cannot know: one file a rule, each from the catalog to diagnostics.
#![allow(missing_docs, unused)]
use crate::diag::Diagnostic;
use crate::model::Catalog;
use crate::schedule::Timetable;
pub struct Facts<'a> {
    pub catalog: &'a Catalog,
    pub timetable: &'a Timetable<'a>,
    pub now: jiff::Timestamp,
}
pub fn check(f: &Facts<'_>) -> Vec<Diagnostic> {
    Vec::new()
}
