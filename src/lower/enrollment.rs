//! Enrollment: where, from when to when, for how many.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::model::{Edge, Enrollment, EnrollmentStatus, Moment, Round, Url};
use crate::source::Spanned;

use super::fields::Fields;
use super::reader::Value;

const STATUS: &[(&str, EnrollmentStatus)] = &[
    ("full", EnrollmentStatus::Full),
    ("waitlist", EnrollmentStatus::Waitlist),
    ("closed", EnrollmentStatus::Closed),
];

pub(super) fn enrollment(value: Value<'_>) -> Option<Enrollment> {
    let mut fields = value.fields("enrollment", "url: https://example.org/enroll")?;
    // Without its address it is kept for what else it says; there is an error, so nobody sees it.
    let url = fields.need("url", "https://example.org/enroll").and_then(Value::url);
    let url = url.unwrap_or_else(|| {
        Spanned::new(Url::Absolute(Arc::from("https://missing.invalid/")), value.span())
    });
    let label = fields.take("label").and_then(Value::text);
    let opens = fields.take("opens").and_then(|value| value.moment(Edge::Start));
    let closes = fields.take("closes").and_then(|value| value.moment(Edge::End));
    let was = fields.take("was").and_then(|value| value.moment(Edge::End));
    let rounds = rounds(&mut fields);
    let rolling = fields.take("rolling").and_then(Value::bool).unwrap_or_default();
    let capacity = fields.take("capacity").and_then(|value| value.whole(1));
    let status = fields
        .take("status")
        .and_then(|value| value.word(STATUS).map(|status| value.spanned(status)));
    let waitlist = fields.take("waitlist").and_then(Value::url);
    let note = fields.take("note").and_then(Value::text);
    if rolling {
        let hint = "remove `rolling` if there is a deadline, or the deadline if there is none";
        if !fields.exclude("rolling", "closes", hint) {
            fields.exclude("rolling", "rounds", hint);
        }
    }
    let closes = last_deadline(&mut fields, closes, &rounds);
    if closes.is_none()
        && fields.take("closes").is_none()
        && fields.take("rounds").is_none()
        && let Some(span) = fields.key("was")
    {
        let message = "`was` tells the earlier deadline, but there is no new one";
        let told = Diagnostic::new(Code::FieldConflict, span, message);
        value.report(told.hint("add `closes` with the new deadline"));
    }
    fields.finish();
    let span = value.span();
    Some(Enrollment {
        url,
        label,
        opens,
        closes,
        was,
        rounds,
        rolling,
        capacity,
        status,
        waitlist,
        note,
        span,
    })
}

fn rounds(fields: &mut Fields<'_>) -> Vec<Round> {
    let Some(value) = fields.take("rounds") else { return Vec::new() };
    let mut number = 0;
    let mut rounds = value.list(|item| {
        number += 1;
        let mut fields = item.fields("a round", "closes: 2026-10-01")?;
        let label = fields.take("label").and_then(Value::text);
        let closes = fields.need("closes", "2026-10-01").and_then(|value| value.moment(Edge::End));
        fields.finish();
        Some(Round { label: label.unwrap_or_else(|| format!("Round {number}")), closes: closes? })
    });
    rounds.sort_by_key(|round| local_order(&round.closes.value));
    rounds
}

fn local_order(moment: &Moment) -> impl Ord + use<> {
    (moment.date, moment.time.is_none(), moment.time)
}

/// With rounds, the close of the last one; a `closes` beside them must say the same.
fn last_deadline(
    fields: &mut Fields<'_>,
    closes: Option<Spanned<Moment>>,
    rounds: &[Round],
) -> Option<Spanned<Moment>> {
    let Some(last) = rounds.last() else { return closes };
    if let Some(closes) = closes
        && closes.value != last.closes.value
    {
        let message = "`closes` is not the deadline of the last round";
        let told = Diagnostic::new(Code::FieldConflict, closes.span, message)
            .also(last.closes.span, "the last round closes here")
            .hint("remove `closes`: with rounds it is the last of them");
        fields.reader().report(told);
        return Some(closes);
    }
    Some(last.closes.clone())
}
