//! Enrollment.

use super::address::url;
use super::fields::Fields;
use super::reader::Reader;
use super::scalar::opening;
use super::scalar::{closing, text, word};
use crate::model::{Enrollment, EnrollmentStatus, Round};
use crate::syntax::Node;

/// `enroll`
pub(super) fn enrollment(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Enrollment> {
    let example = format!("{field}: {{ url: https://example.org/enroll }}");
    let span = reader.span(node);
    let mut fields = Fields::open(reader, field, "`enroll`", node, &example)?;
    let url_field = fields.required("url", "https://example.org/enroll", url);
    let label = fields.optional("label", text);
    let opens = fields.placed("opens", opening);
    let closes = fields.placed("closes", closing);
    let was = fields.placed("was", closing);
    let mut rounds = fields.list("rounds", round);
    let rolling = fields.optional("rolling", Reader::truth).unwrap_or(false);
    let capacity = fields.placed("capacity", Reader::positive);
    let status = fields.placed(
        "status",
        word([
            ("full", EnrollmentStatus::Full),
            ("waitlist", EnrollmentStatus::Waitlist),
            ("closed", EnrollmentStatus::Closed),
        ]),
    );
    let waitlist = fields.placed("waitlist", url);
    let note = fields.optional("note", text);
    if rolling {
        let why = "enrollment without a deadline has none";
        fields.conflict("rolling", "closes", why, "keep one of the two");
        fields.conflict("rolling", "rounds", why, "keep one of the two");
    }
    if !rounds.is_empty() {
        let why = "the last round is the deadline";
        fields.conflict("rounds", "closes", why, "delete `closes`");
    }
    fields.finish();
    rounds.sort_by_key(|round| (round.closes.value.date, round.closes.value.time));
    let closes = closes.or_else(|| rounds.last().map(|round| round.closes.clone()));
    Some(Enrollment {
        url: url_field?,
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

fn round(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Round> {
    let example = format!("{field}: [{{ label: First round, closes: 2026-10-01 }}]");
    let mut fields = Fields::open(reader, field, "a round", node, &example)?;
    let label = fields.required("label", "First round", text);
    let closes = fields.required("closes", "2026-10-01", closing);
    fields.finish();
    Some(Round { label: label?.value, closes: closes? })
}
