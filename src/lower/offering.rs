//! Offerings.

use indexmap::IndexMap;

use crate::diag::{Code, Count, Diagnostic};
use crate::model::{
    Access, Attendance, Cancelled, Cohort, CohortId, Edge, Id, KindId, Offering, OfferingId,
    Sessions, TeamSize, Unit,
};
use crate::source::{Span, Spanned};
use crate::syntax::Kind;

use super::enrollment::enrollment;
use super::fields::Fields;
use super::part::{allow, body};
use super::reader::Value;
use super::session::sessions;
use super::vocabulary::entries;

/// A summary is at most so long.
const MAX_SUMMARY: usize = 240;

const ACCESS: &[(&str, Access)] = &[
    ("open", Access::Open),
    ("required", Access::Required),
    ("application", Access::Application),
    ("nomination", Access::Nomination),
    ("invitation", Access::Invitation),
];

/// Fields of what an offering holds, for people who write them beside it.
const ELSEWHERE: [(&[&str], &str); 2] = [
    (
        &["url", "opens", "closes", "capacity", "waitlist", "rounds", "rolling", "deadline"],
        "write it below `enroll:`, indented by two spaces",
    ),
    (
        &["date", "time", "place", "online", "weekday", "month", "season", "repeat", "recording"],
        "write it in a session: below `sessions:`, after a hyphen",
    ),
];

/// Reads an offering. A required field that is missing has been reported, and stands in with a
/// value that no check objects to, so that all else that is wrong is told as well.
pub(super) fn offering(
    value: Value<'_>,
    id: OfferingId,
    any_kind: Option<&KindId>,
) -> Option<Offering> {
    let mut fields = value.fields("an offering", "title: Self as Core")?;
    for (names, hint) in ELSEWHERE {
        for name in names {
            fields.elsewhere(name, hint);
        }
    }
    let missing = |text: &str| Spanned::new(text.to_owned(), value.span());
    let title = fields.need("title", "Self as Core").and_then(Value::spanned_text);
    let title = title.unwrap_or_else(|| missing(id.as_str()));
    let kind = fields.need("kind", "series").and_then(Value::id);
    let kind = kind.or_else(|| {
        let kind = any_kind.cloned().or_else(|| Id::new("unknown"))?;
        Some(Spanned::new(kind, value.span()))
    })?;
    let summary = fields.need("summary", "Six half days on leading for equity.").and_then(summary);
    let summary = summary.unwrap_or_else(|| missing("…"));
    let roles = fields.need("roles", "[principal, assistant-principal]").and_then(Value::audience);
    let roles = roles.unwrap_or(crate::model::Audience::All);
    let offering = Offering {
        span: value.span(),
        title,
        kind,
        summary,
        roles,
        networks: fields.take("networks").map(Value::ids).unwrap_or_default(),
        access: fields.take("access").and_then(|value| value.word(ACCESS)).unwrap_or_default(),
        unit: fields.take("unit").and_then(unit).unwrap_or_default(),
        private: fields.take("private").and_then(Value::bool).unwrap_or_default(),
        eligibility: fields.take("eligibility").and_then(Value::markdown),
        hosts: texts(&mut fields, "hosts"),
        facilitators: fields.take("facilitators").map(Value::ids).unwrap_or_default(),
        contact: fields.take("contact").and_then(Value::contact),
        topics: fields.take("topics").map(Value::ids).unwrap_or_default(),
        outcomes: texts(&mut fields, "outcomes"),
        credit: fields
            .take("credit")
            .map(|value| value.list(|item| item.credit_award(true)))
            .unwrap_or_default(),
        attendance: fields.take("attendance").and_then(attendance).unwrap_or_default(),
        cost: fields.take("cost").and_then(Value::spanned_text),
        commitment: fields.take("commitment").and_then(Value::spanned_text),
        prerequisites: fields.take("prerequisites").map(Value::ids).unwrap_or_default(),
        materials: fields
            .take("materials")
            .map(|value| value.list(Value::resource))
            .unwrap_or_default(),
        image: fields.take("image").and_then(Value::image),
        enroll: fields.take("enroll").and_then(enrollment),
        sessions: all_sessions(&mut fields),
        year: fields.take("year").and_then(Value::program_year),
        dates: fields.take("dates").and_then(Value::spanned_text),
        cancelled: fields.take("cancelled").and_then(cancelled),
        continues: fields.take("continues").and_then(Value::id),
        draft: fields.take("draft").and_then(Value::bool).unwrap_or_default(),
        publish: fields.take("publish").and_then(|value| value.moment(Edge::Start)),
        expire: fields.take("expire").and_then(|value| value.moment(Edge::End)),
        featured: fields.take("featured").and_then(Value::bool).unwrap_or_default(),
        aliases: fields
            .take("aliases")
            .map(|value| value.list(Value::site_path))
            .unwrap_or_default(),
        allow: allow(&mut fields),
        body: body(&mut fields),
        id,
    };
    fields.finish();
    Some(offering)
}

pub(super) fn texts(fields: &mut Fields<'_>, name: &'static str) -> Vec<Spanned<String>> {
    fields.take(name).map(|value| value.list(Value::spanned_text)).unwrap_or_default()
}

fn summary(value: Value<'_>) -> Option<Spanned<String>> {
    let text = value.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length > MAX_SUMMARY {
        let message = format!(
            "the summary has {}, and {MAX_SUMMARY} is the most",
            Count::of(length, "character")
        );
        let told = value.fault(Code::TooLong, message);
        value.report(told.hint(format!(
            "shorten it by {}; the body has room for the rest",
            Count::of(length - MAX_SUMMARY, "character")
        )));
    }
    Some(value.spanned(text))
}

/// `person`, `team`, or a team with its size: `unit: { team: { min: 3, max: 8 } }`, or the size
/// alone.
fn unit(value: Value<'_>) -> Option<Unit> {
    if !value.is_map() {
        return value.word(&[("person", Unit::Person), ("team", Unit::Team(TeamSize::default()))]);
    }
    let mut fields = value.fields("a unit", "team: { min: 3, max: 8 }")?;
    let inner = fields.take("team").filter(|team| team.is_map());
    let size = match inner {
        Some(team) => {
            let mut inner = team.fields("a team", "min: 3")?;
            let size = team_size(&mut inner);
            inner.finish();
            size
        }
        None => team_size(&mut fields),
    };
    fields.finish();
    size.map(Unit::Team)
}

fn team_size(fields: &mut Fields<'_>) -> Option<TeamSize> {
    let min = fields.take("min").and_then(|value| value.whole(1));
    let max = fields.take("max").and_then(|value| value.whole(1));
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value > max.value
    {
        let message = format!("`max` is {}, below `min`, which is {}", max.value, min.value);
        fields.reader().report(
            Diagnostic::new(Code::InvalidNumber, max.span, message)
                .also(min.span, "the least size")
                .hint("exchange the two, or correct one of them"),
        );
        return None;
    }
    Some(TeamSize { min: min.map(|min| min.value), max: max.map(|max| max.value) })
}

fn attendance(value: Value<'_>) -> Option<Attendance> {
    if !value.is_map() {
        return value.word(&[("all", Attendance::All), ("any", Attendance::Any)]);
    }
    let mut fields = value.fields("attendance", "at_least: 4")?;
    let number = fields.need("at_least", "4").and_then(|value| value.whole(1));
    fields.finish();
    number.map(|number| Attendance::AtLeast(number.value))
}

fn cancelled(value: Value<'_>) -> Option<Cancelled> {
    let span = value.span();
    match value.node.kind {
        Kind::Bool(true) => Some(Cancelled { note: None, span }),
        Kind::Bool(false) => None,
        _ => value.text().map(|note| Cancelled { note: Some(note), span }),
    }
}

fn all_sessions(fields: &mut Fields<'_>) -> Sessions {
    let hint = "move the sessions into the cohorts, or remove the cohorts";
    fields.exclude("sessions", "cohorts", hint);
    let single = fields.take("sessions").map(|value| sessions(value, None));
    let Some(value) = fields.take("cohorts") else {
        return Sessions::Single(single.unwrap_or_default());
    };
    let cohorts: IndexMap<CohortId, Cohort> = entries(value, "cohort-a", "title: Cohort A", cohort);
    match single {
        Some(single) if cohorts.is_empty() => Sessions::Single(single),
        _ => Sessions::Cohorts(cohorts),
    }
}

fn cohort(value: Value<'_>, id: &CohortId, key: Span) -> Option<Cohort> {
    let mut fields = value.fields("a cohort", "title: Cohort A")?;
    let title = fields.take("title").and_then(Value::spanned_text);
    let cohort = Cohort {
        title: title.unwrap_or_else(|| Spanned::new(in_words(id.as_str()), key)),
        enroll: fields.take("enroll").and_then(enrollment),
        sessions: fields.take("sessions").map(|value| sessions(value, None)).unwrap_or_default(),
        note: fields.take("note").and_then(Value::text),
        span: value.span(),
    };
    fields.finish();
    Some(cohort)
}

/// `north-side` as `North side`.
fn in_words(id: &str) -> String {
    let mut letters = id.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .map(|c| if c == '-' { ' ' } else { c })
        .collect()
}
