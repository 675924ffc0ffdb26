//! Sessions without their dates, as the content writes them.

use crate::model::{
    Cohort, CohortId, CreditAward, Offering, Online, Session, Sessions, Url, Venue, When,
};
use crate::syntax::{flow_scalar, scalar};

/// The fields `sessions` or `cohorts` of an offering for another year: what each session is called and
/// needs, and no day, place in time or news of it.
pub(super) fn undated(offering: &Offering) -> String {
    match &offering.sessions {
        Sessions::Single(sessions) if sessions.is_empty() => String::new(),
        Sessions::Single(sessions) => format!("sessions:\n{}", list(sessions, 2)),
        Sessions::Cohorts(cohorts) => {
            let cohorts: String = cohorts.iter().map(|(id, one)| cohort(id, one)).collect();
            format!("cohorts:\n{cohorts}")
        }
    }
}

fn cohort(id: &CohortId, cohort: &Cohort) -> String {
    let mut text = format!("  {id}:\n    title: {}\n", scalar(&cohort.title.value));
    if !cohort.sessions.is_empty() {
        text.push_str(&format!("    sessions:\n{}", list(&cohort.sessions, 6)));
    }
    text
}

fn list(sessions: &[Session], depth: usize) -> String {
    let step = " ".repeat(depth);
    let mut text = String::new();
    for (at, session) in sessions.iter().enumerate() {
        for (line_at, line) in lines(session, at + 1).iter().enumerate() {
            text.push_str(&format!("{step}{} {line}\n", if line_at == 0 { "-" } else { " " }));
        }
    }
    text
}

fn lines(session: &Session, position: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if session.id.as_str() != position.to_string() {
        lines.push(format!("id: {}", session.id));
    }
    lines.extend(session.title.as_ref().map(|title| format!("title: {}", scalar(title))));
    lines.push("tba: To be announced".to_owned());
    match session.places.as_slice() {
        [] => {}
        [one] => lines.push(format!("place: {}", venue(&one.value, scalar))),
        several => {
            let all: Vec<String> =
                several.iter().map(|one| venue(&one.value, flow_scalar)).collect();
            lines.push(format!("places: [{}]", all.join(", ")));
        }
    }
    // A link to a room of last year is not one to keep.
    match session.online.as_ref().map(|online| &online.value) {
        Some(Online::SentLater | Online::Link(_))
            if !matches!(session.when, When::Alternatives(_)) =>
        {
            lines.push("online: true".to_owned());
        }
        _ => {}
    }
    let ids = |name: &str, ids: Vec<String>| {
        (!ids.is_empty()).then(|| format!("{name}: [{}]", ids.join(", ")))
    };
    lines.extend(ids("roles", session.roles.iter().map(|id| id.value.to_string()).collect()));
    lines.extend(ids(
        "facilitators",
        session.facilitators.iter().map(|id| id.value.to_string()).collect(),
    ));
    lines.extend(session.required.map(|required| format!("required: {required}")));
    if !session.credit.is_empty() {
        lines.push("credit:".to_owned());
        lines.extend(session.credit.iter().map(credit));
    }
    if !session.materials.is_empty() {
        lines.push("materials:".to_owned());
        lines.extend(session.materials.iter().map(|one| {
            let url = one.url.as_ref().map(|url| match &url.value {
                Url::Absolute(address) => address.to_string(),
                Url::Site { path, suffix } => format!("{path}{suffix}"),
            });
            let url = url.map(|url| format!(", url: {}", flow_scalar(&url))).unwrap_or_default();
            format!("  - {{ title: {}{url} }}", flow_scalar(&one.title))
        }));
    }
    lines
}

fn venue(venue: &Venue, written: fn(&str) -> String) -> String {
    match venue {
        Venue::Place(id) => id.to_string(),
        Venue::Text(words) => written(words),
    }
}

/// `- { type: act-48, amount: 6.5 }`
fn credit(award: &CreditAward) -> String {
    let (whole, part) = (award.hundredths / 100, award.hundredths % 100);
    let part = format!("{part:02}");
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    let pending = if award.pending { ", pending: true" } else { "" };
    format!("  - {{ type: {}, amount: {whole}{point}{part}{pending} }}", award.kind.value)
}
