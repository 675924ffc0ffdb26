//! Recurrences: `repeat`.

use jiff::civil::{Date, Weekday};

use super::fields::Fields;
use super::reader::{Reader, spanned};
use super::scalar::{date, parse_weekday};
use crate::diag::{Code, Diagnostic};
use crate::model::{Recurrence, RepeatEnd, RepeatOn, RepeatUnit, TimeRange};
use crate::source::Spanned;
use crate::syntax::{Node, Value};

/// The longest step and the largest count.
const MAX_COUNT: u32 = 500;

/// A recurrence from a day on.
pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    from: Spanned<Date>,
    time: Option<Spanned<TimeRange>>,
) -> Option<Box<Recurrence>> {
    let example = "repeat: { every: week, count: 6 }";
    let span = reader.span(node);
    let mut fields = Fields::open(reader, "repeat", "`repeat`", node, example)?;
    let every = fields.required("every", "week", every);
    let on_node = fields.node("on");
    let on = match (on_node, &every) {
        (Some(node), Some(every)) => Some(on(fields.reader, node, every.value)?),
        _ => None,
    };
    let until = fields.placed("until", date);
    let count = fields.optional("count", Reader::positive);
    let except = fields.list("except", spanned(date));
    let skip_closed = fields.optional("skip_closed", Reader::truth).unwrap_or(false);
    fields.conflict("until", "count", "a repeat ends in one way", "keep one of the two");
    let given = fields.has("until") || fields.has("count");
    if !given {
        fields.reader.report(
            Diagnostic::new(Code::MissingField, span, "the repeat does not say when it ends")
                .hint("write `count: 6` for six sessions, or `until: 2027-05-31`"),
        );
    }
    fields.finish();
    let end = match (until, count) {
        (Some(until), _) if until.value < from.value => {
            reader.report(
                Diagnostic::new(
                    Code::EndsBeforeStart,
                    until.span,
                    format!(
                        "the repeat ends on {}, before it begins on {}",
                        until.value, from.value
                    ),
                )
                .also(from.span, "it begins here")
                .hint("write a day after the first date"),
            );
            return None;
        }
        (Some(until), _) => RepeatEnd::Until(until.value),
        (None, Some(count)) => RepeatEnd::Count(u16::try_from(count.min(MAX_COUNT + 1)).ok()?),
        (None, None) => return None,
    };
    let every = every?.value;
    Some(Box::new(Recurrence { from, time, every, on, end, except, skip_closed, span }))
}

/// `day`, `week`, `2 weeks`, `month`, `3 months`.
fn every(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<RepeatUnit> {
    let text = reader.words(field, node)?;
    let lower = text.to_lowercase();
    let (number, unit) = match lower.split_once(char::is_whitespace) {
        Some((number, unit)) => (number.parse::<u16>().ok(), unit.trim()),
        None => (Some(1), lower.as_str()),
    };
    let parsed = number.filter(|number| (1..=60).contains(number)).and_then(|number| {
        match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => Some(RepeatUnit::Days(number)),
            "week" => Some(RepeatUnit::Weeks(number)),
            "month" => Some(RepeatUnit::Months(number)),
            _ => None,
        }
    });
    if parsed.is_none() {
        let hint = "write `day`, `week`, `month`, or a number of them: `2 weeks`";
        return reader.fault(Code::UnknownWord, node, format!("`every` cannot be `{text}`"), hint);
    }
    parsed
}

/// `thursday`, a list of weekdays, `third thursday`, `last friday`, `15`.
fn on(reader: &mut Reader<'_>, node: &Node, every: RepeatUnit) -> Option<RepeatOn> {
    let parsed = match &node.value {
        Value::List(items) => {
            let texts: Option<Vec<Weekday>> = items
                .iter()
                .map(|item| match &item.value {
                    Value::Text(text) => parse_weekday(text),
                    _ => None,
                })
                .collect();
            texts.filter(|days| !days.is_empty()).map(RepeatOn::Weekdays)
        }
        Value::Whole(day) => {
            i8::try_from(*day).ok().filter(|day| (1..=31).contains(day)).map(RepeatOn::DayOfMonth)
        }
        Value::Text(text) => parse_on(text),
        _ => None,
    };
    let Some(on) = parsed else {
        let hint =
            "write `thursday`, `[tuesday, thursday]`, `third thursday`, `last friday` or `15`";
        return reader.fault(
            Code::UnknownWord,
            node,
            "`on` does not name a day of the week or of the month",
            hint,
        );
    };
    let fits = match (&on, every) {
        (RepeatOn::Weekdays(_), RepeatUnit::Weeks(_) | RepeatUnit::Months(_)) => true,
        (RepeatOn::NthWeekday(..) | RepeatOn::DayOfMonth(_), RepeatUnit::Months(_)) => true,
        _ => false,
    };
    if !fits {
        let (message, hint) = match every {
            RepeatUnit::Days(_) => (
                "a repeat by days falls on every such day, and `on` has no meaning",
                "delete `on`, or write `every: week`",
            ),
            _ => {
                ("this day comes once a month, and the repeat is by weeks", "write `every: month`")
            }
        };
        return reader.fault(Code::FieldConflict, node, message, hint);
    }
    Some(on)
}

fn parse_on(text: &str) -> Option<RepeatOn> {
    if let Some(weekday) = parse_weekday(text) {
        return Some(RepeatOn::Weekdays(vec![weekday]));
    }
    let lower = text.trim().to_lowercase();
    let (nth, weekday) = lower.split_once(char::is_whitespace)?;
    let nth = match nth {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        "last" => -1,
        _ => return None,
    };
    Some(RepeatOn::NthWeekday(nth, parse_weekday(weekday)?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Weekday;

    use super::parse_on;
    use crate::model::RepeatOn;

    #[test]
    fn days_of_a_recurrence() {
        assert_eq!(parse_on("Thursday"), Some(RepeatOn::Weekdays(vec![Weekday::Thursday])));
        assert_eq!(parse_on("third thursday"), Some(RepeatOn::NthWeekday(3, Weekday::Thursday)));
        assert_eq!(parse_on("last friday"), Some(RepeatOn::NthWeekday(-1, Weekday::Friday)));
        assert_eq!(parse_on("fifth friday"), None);
    }
}
