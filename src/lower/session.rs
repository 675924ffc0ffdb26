//! Sessions: the steps of an offering.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::model::{
    Backup, Edge, Id, MovedFrom, Online, Session, SessionId, SessionStatus, Venue, When, is_id,
};
use crate::source::{Span, Spanned};
use crate::syntax::Kind;

use super::enrollment::enrollment;
use super::fields::Fields;
use super::reader::Value;
use super::when::when;

const STATUS: &[(&str, SessionStatus)] = &[
    ("tentative", SessionStatus::Tentative),
    ("postponed", SessionStatus::Postponed),
    ("cancelled", SessionStatus::Cancelled),
];

/// The sessions of an offering, of a cohort, or the alternatives of a session.
///
/// The default ID of a session is its position; of an alternative, the ID of its session, a hyphen
/// and its position, so that all are distinct.
pub(super) fn sessions(value: Value<'_>, of: Option<&SessionId>) -> Vec<Session> {
    let items = value.items().unwrap_or_default();
    let found: Vec<Session> =
        items.into_iter().enumerate().filter_map(|(at, item)| session(item, at + 1, of)).collect();
    if of.is_none() {
        report_duplicate_ids(value, &found);
    }
    found
}

fn report_duplicate_ids(value: Value<'_>, sessions: &[Session]) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let inner = |session: &'_ Session| match &session.when {
        When::Alternatives(alternatives) => {
            alternatives.iter().map(|one| (one.id.clone(), one.span)).collect()
        }
        _ => Vec::new(),
    };
    let nested: Vec<Vec<(SessionId, Span)>> = sessions.iter().map(inner).collect();
    let all = sessions.iter().zip(&nested).flat_map(|(session, nested)| {
        std::iter::once((&session.id, session.span))
            .chain(nested.iter().map(|(id, span)| (id, *span)))
    });
    for (id, span) in all {
        if let Some(first) = seen.insert(id.as_str(), span) {
            let message = format!("two sessions have the ID `{id}`");
            value.report(
                Diagnostic::new(Code::DuplicateId, span, message)
                    .also(first, "the other one")
                    .hint("give each an `id` of its own; without one it is the session's position"),
            );
        }
    }
}

fn session(value: Value<'_>, position: usize, of: Option<&SessionId>) -> Option<Session> {
    let mut fields = value.fields("a session", "date: 2026-10-01")?;
    let default = match of {
        Some(id) => format!("{id}-{position}"),
        None => position.to_string(),
    };
    let id = match fields.take("id").and_then(Value::id) {
        Some(id) => id.value,
        None => Id::new(&default)?,
    };
    let title = fields.take("title").and_then(Value::text);
    let weekday = fields.take("weekday").and_then(Value::weekday);
    let timezone = fields.take("timezone").and_then(Value::timezone);
    let places = places(&mut fields);
    let online = fields.take("online").and_then(online);
    let roles = fields.take("roles").map(Value::ids).unwrap_or_default();
    let facilitators = fields.take("facilitators").map(Value::ids).unwrap_or_default();
    let required = fields.take("required").and_then(Value::bool);
    let status = fields
        .take("status")
        .and_then(|value| value.word(STATUS).map(|status| value.spanned(status)));
    let moved_from = fields
        .take("moved_from")
        .and_then(|value| value.moment(Edge::Start))
        .map(|moment| moment.map(|moment| MovedFrom { moment }));
    let place_was = fields.take("place_was").and_then(venue);
    let reason = fields.take("reason").and_then(Value::text);
    let backup = fields.take("backup").and_then(backup);
    let credit = fields
        .take("credit")
        .map(|value| value.list(|item| item.credit_award(true)))
        .unwrap_or_default();
    let enroll = fields.take("enroll").and_then(enrollment);
    let materials =
        fields.take("materials").map(|value| value.list(Value::resource)).unwrap_or_default();
    let recording = fields.take("recording").and_then(Value::url);
    let note = fields.take("note").and_then(Value::text);
    let when = when(&mut fields, &id, of.is_some());
    fields.finish();
    let mut session = Session {
        id,
        span: value.span(),
        title,
        when,
        weekday,
        timezone,
        places,
        online: online.map(Box::new),
        roles,
        facilitators,
        required,
        status,
        moved_from: moved_from.map(Box::new),
        place_was: place_was.map(Box::new),
        reason,
        backup: backup.map(Box::new),
        credit,
        enroll: enroll.map(Box::new),
        materials,
        recording: recording.map(Box::new),
        note,
    };
    hand_down(&mut session);
    Some(session)
}

/// What stands beside `alternatives` holds for each of them that does not say otherwise.
fn hand_down(session: &mut Session) {
    let When::Alternatives(alternatives) = &mut session.when else { return };
    for one in alternatives {
        if one.places.is_empty() && one.online.is_none() {
            one.places.clone_from(&session.places);
            one.online.clone_from(&session.online);
        }
        if one.timezone.is_none() {
            one.timezone.clone_from(&session.timezone);
        }
        if one.roles.is_empty() {
            one.roles.clone_from(&session.roles);
        }
        if one.facilitators.is_empty() {
            one.facilitators.clone_from(&session.facilitators);
        }
    }
}

fn places(fields: &mut Fields<'_>) -> Vec<Spanned<Venue>> {
    let hint = "list all of them in `places`";
    fields.exclude("place", "places", hint);
    let one = fields.take("place").and_then(|value| match &value.node.kind {
        Kind::List(_) => {
            value.wrong_type("one place", "for several at once, write `places` instead of `place`");
            None
        }
        _ => venue(value),
    });
    let several = fields.take("places").map(|value| value.list(venue)).unwrap_or_default();
    if several.is_empty() { one.into_iter().collect() } else { several }
}

/// A place of the catalog, if it is written as an ID is; otherwise one in words.
pub(super) fn venue(value: Value<'_>) -> Option<Spanned<Venue>> {
    let text = value.text()?;
    let venue = match Id::new(&text) {
        Some(id) if is_id(&text) => Venue::Place(id),
        _ => Venue::Text(text.into()),
    };
    Some(value.spanned(venue))
}

fn online(value: Value<'_>) -> Option<Spanned<Online>> {
    match value.node.kind {
        Kind::Bool(true) => Some(value.spanned(Online::SentLater)),
        Kind::Bool(false) => None,
        Kind::Text(ref text) if matches!(text.trim(), "yes" | "on") => {
            value.wrong_type("an address or `true`", "write `online: true`");
            None
        }
        _ => value.url().map(|url| url.map(Online::Link)),
    }
}

fn backup(value: Value<'_>) -> Option<Backup> {
    if !value.is_map() {
        return value.date().map(|date| Backup { date, time: None });
    }
    let mut fields = value.fields("a backup", "date: 2026-10-08")?;
    let date = fields.need("date", "2026-10-08").and_then(Value::date);
    let time = fields.take("time").and_then(Value::time_range);
    fields.finish();
    Some(Backup { date: date?, time })
}
