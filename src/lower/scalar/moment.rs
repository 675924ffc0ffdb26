//! Moments: a day, or a day and a time.

use super::super::reader::Reader;
use super::date;
use super::time::parse_time;
use crate::diag::Code;
use crate::model::{Edge, Moment};
use crate::syntax::Node;

/// A moment of which a plain date means the start of the day: `opens`, `publish`, `from`.
pub(in crate::lower) fn opening(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<Moment> {
    moment(reader, field, node, Edge::Start)
}

/// A moment of which a plain date means the end of the day: `closes`, `until`, `expire`.
pub(in crate::lower) fn closing(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<Moment> {
    moment(reader, field, node, Edge::End)
}

fn moment(reader: &mut Reader<'_>, field: &str, node: &Node, edge: Edge) -> Option<Moment> {
    let text = reader.words(field, node)?;
    // The time, if any, begins after the year, which is the last group of four digits or, in
    // `2026-10-01`, what the date begins with.
    let (day, time) = split(&text);
    let Some(time) = time else {
        return date::date(reader, field, node).map(|date| Moment { date, time: None, edge });
    };
    let Ok(day) = date::parse(day) else {
        return date::date(reader, field, node).map(|date| Moment { date, time: None, edge });
    };
    match parse_time(time) {
        Ok(time) => Some(Moment { date: day, time: Some(time), edge }),
        Err(_) => {
            let message = format!("`{}` is not written as a time is", time.trim());
            let hint = format!("write for example `{field}: {day} 5:00 PM`, or the day alone");
            reader.fault(Code::InvalidTime, node, message, hint)
        }
    }
}

/// A date and what follows it.
fn split(text: &str) -> (&str, Option<&str>) {
    let end = match text.get(..10) {
        Some(start) if date::parse(start).is_ok() => 10,
        _ => {
            let year = text.rfind(", ").map(|at| at + 2);
            match year.filter(|at| {
                text.get(*at..at + 4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()))
            }) {
                Some(at) => at + 4,
                None => text.len(),
            }
        }
    };
    match text.get(end..) {
        Some(rest) if rest.starts_with(' ') && !rest.trim().is_empty() => {
            (&text[..end], Some(rest))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_moment_is_a_day_and_perhaps_a_time() {
        assert_eq!(split("2026-09-18"), ("2026-09-18", None));
        assert_eq!(split("2026-09-18 5:00 PM"), ("2026-09-18", Some(" 5:00 PM")));
        assert_eq!(split("Sep 18, 2026 5:00 PM"), ("Sep 18, 2026", Some(" 5:00 PM")));
        assert_eq!(split("September 18, 2026"), ("September 18, 2026", None));
        assert_eq!(split("soon"), ("soon", None));
        assert_eq!(split("é, é, 99"), ("é, é, 99", None));
    }
}
