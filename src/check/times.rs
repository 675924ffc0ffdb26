//! Times that do not mean what was written: clocks are set over them, or a repeat never comes.

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::schedule::TimeFaultKind;

/// Reports what the timetable found.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    facts
        .timetable
        .faults
        .iter()
        .map(|fault| match &fault.kind {
            TimeFaultKind::Nonexistent { local } => Diagnostic::new(
                Code::NonexistentTime,
                fault.span,
                format!("on {} there is no {}", local.date(), local.time().strftime("%H:%M")),
            )
            .label("clocks are set forward over this time")
            .hint("choose a time an hour later"),
            TimeFaultKind::Twice { local } => Diagnostic::new(
                Code::AmbiguousTime,
                fault.span,
                format!("on {} there are two {}", local.date(), local.time().strftime("%H:%M")),
            )
            .label("clocks are set back over this time; the first is taken")
            .hint("choose another time"),
            TimeFaultKind::RepeatEmpty => {
                Diagnostic::new(Code::RepeatEmpty, fault.span, "this repeat falls on no day at all")
                    .hint("check `on`, `until` and `except`")
            }
            TimeFaultKind::RepeatEndless => Diagnostic::new(
                Code::RepeatEmpty,
                fault.span,
                "this repeat makes more than 500 sessions",
            )
            .hint("check `count`, or end it with an earlier `until`"),
        })
        .collect()
}
