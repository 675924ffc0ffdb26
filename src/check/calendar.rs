//! Days: in the program year, not closed, on the weekday that was meant.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    ClosedDays, Gap, Offering, ProgramYear, Session, When, YearStart, month_name, weekday_word,
};
use crate::schedule::{OfferingSchedule, ScheduledSession};
use crate::source::Span;

/// Of the faults that lie at one place, the first: the days of a repeat are all written there.
fn once_a_place(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    diagnostics.retain(|one| told.insert((one.primary.span, one.code)));
    diagnostics
}

/// Every session that takes place, alternatives one by one.
fn taking_place<'s, 'a: 's>(
    facts: &Facts<'_>,
    schedule: &'s OfferingSchedule<'a>,
) -> impl Iterator<Item = &'s ScheduledSession<'a>> {
    schedule.sessions().flat_map(ScheduledSession::leaves).filter(|session| {
        session.takes_place() && !facts.lacks(session.written.span, &[Gap::Status])
    })
}

/// A session lies in its offering's program year, unless the year is written; an offering without
/// a day names its year.
pub(super) fn years(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let settings = &facts.catalog.settings;
    let start = settings.year_starts;
    let mut diagnostics = Vec::new();
    if facts.lacks(Span::node(settings.file, 0), &[Gap::Year]) {
        return diagnostics;
    }
    for schedule in facts.schedules() {
        let offering = schedule.offering;
        let Some(year) = schedule.year else {
            let broken = facts.lacks(offering.span, &[Gap::Days, Gap::Year]);
            let repeats =
                offering.written_sessions().any(|(_, s)| matches!(s.when, When::Repeat(_)));
            // A repeat that falls on no day has been reported as such.
            if !broken && !repeats {
                diagnostics.push(missing_year(facts, offering));
            }
            continue;
        };
        if offering.year.is_some() || facts.lacks(offering.span, &[Gap::Year]) {
            continue;
        }
        for session in schedule.sessions().flat_map(ScheduledSession::leaves) {
            if let Some((what, (first, last), span)) = stretch(session)
                && !year.contains(first, start)
                && !year.contains(last, start)
            {
                diagnostics.push(outside(&what, span, year, start));
            }
            for meeting in session.meetings().iter().filter(|m| !year.contains(m.date, start)) {
                let what = meeting.date.to_string();
                diagnostics.push(outside(&what, meeting.span, year, start));
            }
        }
    }
    once_a_place(diagnostics)
}

/// A month or season by its name, its first and last day, and where it is written.
fn stretch(session: &ScheduledSession<'_>) -> Option<(String, (Date, Date), Span)> {
    match &session.written.when {
        When::Month(written) => {
            let month = written.value;
            let name = format!("{} {}", month_name(month.month), month.year);
            Some((name, (month.first_day(), month.last_day()), written.span))
        }
        When::Season(written) => {
            let (season, year) = written.value;
            Some((format!("{} {year}", season.word()), season.days(year), written.span))
        }
        _ => None,
    }
}

fn outside(what: &str, span: Span, year: ProgramYear, start: YearStart) -> Diagnostic {
    let message = format!("{what} is not in the program year {year} of this offering");
    Diagnostic::new(Code::SessionOutsideYear, span, message)
        .label(format!("{year} runs from {} to {}", year.first_day(start), year.last_day(start)))
        .hint("check the year of this date")
        .hint(format!("if the offering really goes on into another year, write `year: {year}`"))
}

fn missing_year(facts: &Facts<'_>, offering: &Offering) -> Diagnostic {
    let now = facts.now.today(&facts.catalog.settings.timezone);
    let year = crate::model::ProgramYear::of(now, facts.catalog.settings.year_starts);
    Diagnostic::new(
        Code::MissingYear,
        offering.title.span,
        "the offering has no session with a date, and does not name its program year",
    )
    .hint(format!("write for example `year: {year}`"))
}

/// Nothing takes place on a closed day.
pub(super) fn closed_days(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let closed = &facts.catalog.settings.closed;
    if closed.is_empty() {
        return Vec::new();
    }
    let mut diagnostics = Vec::new();
    for schedule in facts.schedules().filter(|s| s.offering.cancelled.is_none()) {
        for session in taking_place(facts, schedule) {
            for meeting in session.meetings() {
                let date = meeting.date;
                if let Some(days) = closed.iter().find(|d| (d.from..=d.to).contains(&date)) {
                    diagnostics.push(on_closed_day(session.written, date, meeting.span, days));
                }
            }
        }
    }
    once_a_place(diagnostics)
}

fn on_closed_day(session: &Session, date: Date, span: Span, days: &ClosedDays) -> Diagnostic {
    let why = days.name.as_deref().unwrap_or("a closed day");
    let diagnostic = Diagnostic::new(
        Code::SessionOnClosedDay,
        span,
        format!("{date} is a day on which nothing may be scheduled: {why}"),
    )
    .also(days.span, "the day is closed here");
    match session.when {
        When::Repeat(_) => diagnostic
            .hint("write `skip_closed: true` in `repeat`")
            .hint(format!("or leave the day out: `except: [{date}]`")),
        _ => diagnostic.hint("choose another day"),
    }
}

/// The weekday is the one that was written; without one, it is not a weekend.
pub(super) fn weekdays(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for schedule in facts.schedules() {
        let over = facts.is_over(schedule);
        for session in schedule.sessions().flat_map(ScheduledSession::leaves) {
            let meetings = session.meetings();
            if let Some(weekday) = &session.written.weekday {
                let wrong = meetings.iter().find(|m| m.date.weekday() != weekday.value);
                diagnostics.extend(wrong.map(|meeting| {
                    let (date, real) = (meeting.date, capitalized(meeting.date.weekday()));
                    let expected = capitalized(weekday.value);
                    Diagnostic::new(
                        Code::WeekdayMismatch,
                        weekday.span,
                        format!("{date} is a {real}, not a {expected}"),
                    )
                    .also(meeting.span, format!("a {real}"))
                    .maybe_hint(nearest_weekday(date, weekday.value).map(|near| {
                        format!(
                            "the {expected} nearest to it is {near}; is the date from another year?"
                        )
                    }))
                }));
            } else if !over
                && session.takes_place()
                && !facts.lacks(session.written.span, &[Gap::Status, Gap::Weekday])
            {
                let weekend =
                    |date: Date| matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
                diagnostics.extend(meetings.iter().filter(|m| weekend(m.date)).map(|meeting| {
                    let word = weekday_word(meeting.date.weekday());
                    Diagnostic::new(
                        Code::SessionOnWeekend,
                        meeting.span,
                        format!("{} is a {}", meeting.date, capitalized(meeting.date.weekday())),
                    )
                    .hint(format!("if that is meant, write `weekday: {word}`"))
                }));
            }
        }
    }
    once_a_place(diagnostics)
}

/// `Thursday`
fn capitalized(weekday: Weekday) -> String {
    let word = weekday_word(weekday);
    word[..1].to_uppercase() + &word[1..]
}

fn nearest_weekday(date: Date, weekday: Weekday) -> Option<Date> {
    (1..=3).find_map(|days| {
        let span = jiff::Span::new().days(days);
        let before = date.checked_sub(span).ok().filter(|day| day.weekday() == weekday);
        before.or_else(|| date.checked_add(span).ok().filter(|day| day.weekday() == weekday))
    })
}

/// What moved, moved to another time.
pub(super) fn moved(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let sessions = facts.schedules().flat_map(OfferingSchedule::sessions);
    sessions
        .flat_map(ScheduledSession::leaves)
        .filter_map(|session| {
            let moved = session.written.moved_from.as_ref()?;
            let from = moved.value.moment;
            let meeting = session.meetings().iter().find(|meeting| {
                meeting.date == from.date
                    && from.time.is_none_or(|time| meeting.hours.is_some_and(|h| h.start == time))
            })?;
            let message = format!("the session moved from {}, and is still on that day", from.date);
            Some(
                Diagnostic::new(Code::MovedNowhere, moved.span, message)
                    .also(meeting.span, "the day on which it is")
                    .hint("write the earlier day here, and the new one as `date`"),
            )
        })
        .collect()
}
