//! When a session takes place: one of the ways to say it.

use super::fields::Fields;
use super::reader::{Reader, spanned};
use super::recurrence;
use super::scalar::{date, month, season, text, time_range};
use super::session::{alternatives, venue};
use crate::diag::{Code, Diagnostic};
use crate::model::{MeetingDay, When};
use crate::syntax::Node;

/// Whether the session is one of some alternatives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nested {
    No,
    Yes,
}

/// The ways to say when: exactly one of them is given.
const WAYS: [&str; 7] = ["date", "dates", "meetings", "month", "season", "alternatives", "tba"];

/// Reads the fields that say when. None when they do not, which is reported.
pub(super) fn read(fields: &mut Fields<'_, '_, '_>, nested: Nested) -> Option<When> {
    let time = fields.placed("time", time_range);
    let day = fields.placed("date", date);
    let days = fields.node("dates");
    let meetings = fields.node("meetings");
    let in_month = fields.placed("month", month);
    let in_season = fields.placed("season", season);
    let repeat = fields.node("repeat");
    let choices = fields.node("alternatives");
    let announced = fields.optional("tba", text);
    let way = fields.one_of(&WAYS, "a session says once when it is");
    for (field, why) in [
        ("meetings", "each day of `meetings` has hours of its own"),
        ("alternatives", "each alternative has hours of its own"),
    ] {
        fields.conflict(field, "time", why, "move `time` to each of them");
    }
    if repeat.is_some() && way.is_some() && way != Some("date") {
        let other = way.unwrap_or_default();
        let why = "a repeat begins on one `date`";
        fields.conflict("repeat", other, why, "keep `date` and `repeat`");
        return None;
    }
    if nested == Nested::Yes {
        for field in ["repeat", "alternatives"] {
            if let Some(span) = fields.name_span(field) {
                let message = format!("one of some alternatives cannot have `{field}` itself");
                fields.reader.report(
                    Diagnostic::new(Code::FieldConflict, span, message)
                        .hint("write each date as an alternative of its own"),
                );
                return None;
            }
        }
    }
    match way {
        Some("date") => {
            let date = day?;
            match repeat {
                Some(node) => recurrence::read(fields.reader, node, date, time).map(When::Repeat),
                None => Some(When::Days(vec![MeetingDay { date, time, place: None }])),
            }
        }
        Some("dates") => {
            let dates = fields.reader.list("dates", days?, spanned(date))?;
            let day = |date| MeetingDay { date, time: time.clone(), place: None };
            let days: Vec<MeetingDay> = dates.into_iter().map(day).collect();
            (!days.is_empty()).then_some(When::Days(days))
        }
        Some("meetings") => {
            let days = fields.reader.list("meetings", meetings?, meeting)?;
            (!days.is_empty()).then_some(When::Days(days))
        }
        Some("month") => in_month.map(When::Month),
        Some("season") => in_season.map(When::Season),
        Some("alternatives") => {
            let sessions = alternatives(fields.reader, "alternatives", choices?);
            (!sessions.is_empty()).then_some(When::Alternatives(sessions))
        }
        Some("tba") => announced.map(When::Unset),
        _ => {
            undated(fields);
            None
        }
    }
}

fn undated(fields: &mut Fields<'_, '_, '_>) {
    let span = fields.name_span("repeat").unwrap_or_else(|| fields.span());
    fields.reader.report(
        Diagnostic::new(Code::MissingField, span, "the session does not say when it is")
            .hint("write `date: 2026-10-01`, or `dates:` and a list for several days")
            .hint("while the day is not known, write `month: 2026-10`, `season: fall 2026` or `tba: Date to be announced`"),
    );
}

/// One day with hours of its own.
fn meeting(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<MeetingDay> {
    let example = format!("{field}: [{{ date: 2026-10-01, time: 8:30-11:30 AM }}]");
    let mut fields = Fields::open(reader, field, "a day of `meetings`", node, &example)?;
    let date = fields.required("date", "2026-10-01", date);
    let time = fields.placed("time", time_range);
    let place = fields.placed("place", venue);
    fields.finish();
    Some(MeetingDay { date: date?, time, place })
}
