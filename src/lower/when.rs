//! When a session takes place: exactly one of the ways in which the format says it.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, either};
use crate::model::{
    MeetingDay, Recurrence, RepeatEnd, RepeatOn, RepeatUnit, SessionId, TimeRange, When,
};
use crate::source::{Span, Spanned};
use crate::syntax::Kind;

use super::fields::Fields;
use super::part::order;
use super::reader::{Value, shown};
use super::scalar::repeat::{EVERY_FORMS, ON_FORMS, parse_every, parse_on};
use super::session::{sessions, venue};

const WAYS: [&str; 7] = ["date", "dates", "meetings", "month", "season", "alternatives", "tba"];

/// Reads when a session takes place. What cannot be read leaves the session without a date; the
/// fault has been reported.
pub(super) fn when(fields: &mut Fields<'_>, id: &SessionId, is_alternative: bool) -> When {
    let time = fields.take("time").and_then(Value::time_range);
    let repeat = fields.take("repeat");
    let unknown = || When::Unset(String::new());
    let mut ways: Vec<(u32, &'static str)> =
        WAYS.into_iter().filter_map(|way| fields.key(way).map(|span| (order(span), way))).collect();
    ways.sort_unstable();
    let Some(&(_, first)) = ways.first() else {
        if let Some(repeat) = repeat {
            let told = repeat.fault(Code::MissingField, "`repeat` needs a `date` to begin on");
            let hint = "add the first day beside it, such as `date: 2026-10-01`";
            fields.lack(&["date"], told.hint(hint));
            recurrence(repeat, None, None);
            return unknown();
        }
        let message = "a session needs to say when it is";
        let told = Diagnostic::new(Code::MissingField, fields.span(), message);
        let told = told
            .hint("add its day, such as `date: 2026-10-01`")
            .hint(format!("or one of {}", either(WAYS.into_iter().skip(1))));
        fields.lack(&WAYS, told);
        return unknown();
    };
    for &(_, other) in ways.iter().skip(1) {
        fields.exclude(first, other, "keep the one that is right: a session says once when it is");
    }
    if repeat.is_some() && first != "date" {
        fields.exclude(first, "repeat", "`repeat` goes with a `date` to begin on");
    }
    if first == "meetings" {
        fields.exclude("meetings", "time", "give each meeting its own `time`");
    }
    let Some(value) = fields.take(first) else { return unknown() };
    let read = match first {
        "date" if let Some(repeat) = repeat => {
            let from = value.date();
            recurrence(repeat, from, time).map(|rule| When::Repeat(Box::new(rule)))
        }
        "date" if matches!(value.node.kind, Kind::List(_)) => {
            value.wrong_type("one date", "for several days, write `dates` instead of `date`");
            None
        }
        "date" => value.date().map(|date| When::Days(vec![MeetingDay { date, time, place: None }])),
        "dates" => {
            let days = value.list(|item| {
                let day = item.date()?;
                Some(MeetingDay { date: day, time: time.clone(), place: None })
            });
            some_days(value, days)
        }
        "meetings" => some_days(value, value.list(meeting)),
        "month" => value.month().map(When::Month),
        "season" => value.season().map(When::Season),
        "alternatives" => alternatives(value, id, is_alternative, time.as_ref()),
        _ => value.text().map(When::Unset),
    };
    read.unwrap_or_else(unknown)
}

fn some_days(value: Value<'_>, days: Vec<MeetingDay>) -> Option<When> {
    if days.is_empty() {
        if matches!(&value.node.kind, Kind::List(items) if items.is_empty()) {
            let message = format!("`{}` is empty", value.name);
            let told = value.fault(Code::MissingField, message);
            value.report(told.hint("write at least one day"));
        }
        return None;
    }
    Some(When::Days(days))
}

fn meeting(value: Value<'_>) -> Option<MeetingDay> {
    let mut fields = value.fields("a meeting", "date: 2026-10-01")?;
    let date = fields.need("date", "2026-10-01").and_then(Value::date);
    let time = fields.take("time").and_then(Value::time_range);
    let place = fields.take("place").and_then(venue);
    fields.finish();
    Some(MeetingDay { date: date?, time, place })
}

fn alternatives(
    value: Value<'_>,
    id: &SessionId,
    is_alternative: bool,
    time: Option<&Spanned<TimeRange>>,
) -> Option<When> {
    if is_alternative {
        let message = "an alternative cannot have alternatives of its own";
        let told = value.fault(Code::FieldConflict, message);
        value.report(told.hint("put all of them into one list"));
        return None;
    }
    let mut found = sessions(value, Some(id));
    for session in &mut found {
        if let When::Days(days) = &mut session.when
            && days.iter().all(|day| day.time.is_none())
        {
            for day in days {
                day.time = time.cloned();
            }
        }
    }
    if found.is_empty() {
        if matches!(&value.node.kind, Kind::List(items) if items.is_empty()) {
            let told = value.fault(Code::MissingField, "`alternatives` is empty");
            value.report(told.hint("write at least two sessions of which one is attended"));
        }
        return None;
    }
    Some(When::Alternatives(found))
}

/// Reads `repeat`; all of it even without a first day, so that every fault is told.
fn recurrence(
    value: Value<'_>,
    from: Option<Spanned<Date>>,
    time: Option<Spanned<TimeRange>>,
) -> Option<Recurrence> {
    let mut fields = value.fields("a repeat", "every: week")?;
    let every = fields.need("every", "week").and_then(every);
    let on = fields.take("on").and_then(on);
    let unread = on.is_none() && fields.take("on").is_some();
    let until = fields.take("until").and_then(Value::date);
    let count = fields.take("count").and_then(|value| {
        let count = value.whole(1)?;
        let fits = u16::try_from(count.value).ok();
        if fits.is_none() {
            let told = value.fault(Code::InvalidNumber, "`count` is beyond measure");
            value.report(told.hint("write how many sessions there are, such as `count: 6`"));
        }
        fits
    });
    let both = fields.exclude("until", "count", "keep one: the last day, or how many there are");
    let neither = fields.take("until").is_none() && fields.take("count").is_none();
    if neither {
        let message = "a repeat needs an end, `until` or `count`";
        let told = Diagnostic::new(Code::MissingField, fields.span(), message);
        fields.lack(&["until", "count"], told.hint("add `until: 2027-05-31` or `count: 6`"));
    }
    let except = fields.take("except").map(|value| value.list(Value::date)).unwrap_or_default();
    let skip_closed = fields.take("skip_closed").and_then(Value::bool).unwrap_or_default();
    let misfit = fields.key("on").zip(every.as_ref()).zip(on.as_ref());
    if let Some(((key, every), on)) = misfit {
        report_misfit(value, key, *every, on);
    }
    fields.finish();
    let end = match (until, count) {
        (Some(until), _) => {
            if ends_early(value, from.as_ref(), &until) {
                return None;
            }
            RepeatEnd::Until(until.value)
        }
        (None, Some(count)) => RepeatEnd::Count(count),
        (None, None) => return None,
    };
    // A rule that was read in part would make sessions that nobody meant.
    if both || unread {
        return None;
    }
    Some(Recurrence {
        from: from?,
        time,
        every: every?,
        on,
        end,
        except,
        skip_closed,
        span: value.span(),
    })
}

fn ends_early(value: Value<'_>, from: Option<&Spanned<Date>>, until: &Spanned<Date>) -> bool {
    let Some(from) = from.filter(|from| until.value < from.value) else { return false };
    let message = format!("the repeat ends on {}, before it begins", until.value);
    value.report(
        Diagnostic::new(Code::EndsBeforeStart, until.span, message)
            .also(from.span, "it begins here")
            .hint("look at the year of both dates"),
    );
    true
}

fn report_misfit(value: Value<'_>, key: Span, every: RepeatUnit, on: &RepeatOn) {
    let (unit, mend) = match (every, on) {
        (RepeatUnit::Weeks(_), RepeatOn::Weekdays(_))
        | (RepeatUnit::Months(_), RepeatOn::NthWeekday(..) | RepeatOn::DayOfMonth(_)) => return,
        (RepeatUnit::Days(_), _) => ("days", "remove `on`, or write `every: week`"),
        (RepeatUnit::Weeks(_), _) => {
            ("weeks", "name a day such as `thursday`, or write `every: month`")
        }
        (RepeatUnit::Months(_), _) => {
            ("months", "say which one, such as `third thursday`, or write `every: week`")
        }
    };
    let message = format!("`on` names a day that does not go with a repeat by {unit}");
    value.report(Diagnostic::new(Code::FieldConflict, key, message).hint(mend));
}

fn every(value: Value<'_>) -> Option<RepeatUnit> {
    let written = value.words("a span of time")?;
    let unit = parse_every(&written);
    if unit.is_none() {
        let message = format!("`{}` is not a step of a repeat", shown(&written));
        let lower = written.trim().to_lowercase();
        let likely = match lower.as_str() {
            "daily" => Some("day"),
            "weekly" | "1" => Some("week"),
            "biweekly" | "bi-weekly" | "fortnight" | "other week" | "two weeks" => Some("2 weeks"),
            "monthly" => Some("month"),
            _ => None,
        };
        let told = value
            .fault(Code::UnknownWord, message)
            .maybe_hint(likely.map(|likely| format!("did you mean `{likely}`?")))
            .hint(EVERY_FORMS);
        value.report(told);
    }
    unit
}

fn on(value: Value<'_>) -> Option<RepeatOn> {
    if matches!(value.node.kind, Kind::List(_)) {
        let days = value.list(Value::weekday);
        return (!days.is_empty())
            .then(|| RepeatOn::Weekdays(days.into_iter().map(|day| day.value).collect()));
    }
    let written = value.words("a day")?;
    let on = parse_on(&written);
    if on.is_none() {
        let message = format!("`{}` is not a day of a repeat", shown(&written));
        value.report(value.fault(Code::UnknownWord, message).hint(ON_FORMS));
    }
    on
}
