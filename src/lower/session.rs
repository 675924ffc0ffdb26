//! Sessions.

use std::collections::BTreeMap;

use super::address::{resource, url};
use super::credit::award;
use super::enrollment::enrollment;
use super::fields::Fields;
use super::reader::{Reader, spanned};
use super::scalar::{date, id, opening, text, time_range, timezone, weekday, word};
use super::when::{self, Nested};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Backup, Id, MovedFrom, Online, Session, SessionId, SessionStatus, Venue, is_id,
};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Value};

/// A list of sessions. IDs are unique in it; a session without one has its position.
pub(super) fn list(reader: &mut Reader<'_>, field: &str, node: &Node) -> Vec<Session> {
    nested_list(reader, field, node, Nested::No)
}

/// The sessions of which one is to be attended.
pub(super) fn alternatives(reader: &mut Reader<'_>, field: &str, node: &Node) -> Vec<Session> {
    nested_list(reader, field, node, Nested::Yes)
}

fn nested_list(reader: &mut Reader<'_>, field: &str, node: &Node, nested: Nested) -> Vec<Session> {
    let Some(items) = reader.items(field, node) else { return Vec::new() };
    let mut taken: BTreeMap<SessionId, Span> = BTreeMap::new();
    let mut sessions = Vec::with_capacity(items.len());
    for (item, position) in items.iter().zip(1_u32..) {
        let Some(session) = read(reader, field, item, position, nested) else { continue };
        let span = session.span;
        if let Some(first) = taken.get(&session.id) {
            reader.report(
                Diagnostic::new(
                    Code::DuplicateId,
                    span,
                    format!("two sessions have the ID `{}`", session.id),
                )
                .label("the second one")
                .also(*first, "the first one")
                .hint("give one of the two another `id`; a session without one has its position"),
            );
            continue;
        }
        taken.insert(session.id.clone(), span);
        sessions.push(session);
    }
    sessions
}

fn read(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
    position: u32,
    nested: Nested,
) -> Option<Session> {
    let example = format!("{field}: [{{ date: 2026-10-01, time: 8:30 AM - 4:00 PM }}]");
    let span = reader.span(node);
    let mut fields = Fields::open(reader, field, "a session", node, &example)?;
    let written_id: Option<SessionId> = fields.optional("id", id);
    let title = fields.optional("title", text);
    let when = when::read(&mut fields, nested);
    let weekday = fields.placed("weekday", weekday);
    let timezone = fields.optional("timezone", timezone);
    let places = places(&mut fields);
    let online = fields.optional("online", online).flatten();
    let roles = fields.list("roles", spanned(id));
    let facilitators = fields.list("facilitators", spanned(id));
    let required = fields.optional("required", Reader::truth);
    let status = fields.placed(
        "status",
        word([
            ("tentative", SessionStatus::Tentative),
            ("postponed", SessionStatus::Postponed),
            ("cancelled", SessionStatus::Cancelled),
        ]),
    );
    let moved_from = fields.placed("moved_from", opening);
    let place_was = fields.placed("place_was", venue);
    let reason = fields.optional("reason", text);
    let backup = fields.optional("backup", backup);
    let credit = fields.list("credit", award);
    let enroll = fields.optional("enroll", enrollment);
    let materials = fields.list("materials", resource);
    let recording = fields.placed("recording", url);
    let note = fields.optional("note", text);
    fields.finish();
    // The position is digits, which are an ID.
    let id = written_id.or_else(|| Id::new(&position.to_string()))?;
    Some(Session {
        id,
        span,
        title,
        when: when?,
        weekday,
        timezone,
        places,
        online,
        roles,
        facilitators,
        required,
        status,
        moved_from: moved_from.map(|moved| moved.map(|moment| MovedFrom { moment })),
        place_was,
        reason,
        backup,
        credit,
        enroll,
        materials,
        recording,
        note,
    })
}

/// `place`, or `places` for several at once.
fn places(fields: &mut Fields<'_, '_, '_>) -> Vec<Spanned<Venue>> {
    let one = fields.placed("place", venue);
    let several = fields.list("places", spanned(venue));
    fields.conflict(
        "place",
        "places",
        "one is for a single place",
        "keep `places`, with all of them",
    );
    one.into_iter().chain(several).collect()
}

/// The ID of a place, or a place in words.
pub(super) fn venue(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Venue> {
    let text = reader.words(field, node)?;
    Some(match Id::new(&text) {
        Some(id) if is_id(&text) => Venue::Place(id),
        _ => Venue::Text(text.into()),
    })
}

/// A link, or `true` for one that is sent later; `false` says that there is none.
fn online(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Option<Spanned<Online>>> {
    let span = reader.span(node);
    match node.value {
        Value::Bool(false) => Some(None),
        Value::Bool(true) => Some(Some(Spanned::new(Online::SentLater, span))),
        _ => {
            let link = url(reader, field, node)?;
            Some(Some(Spanned::new(Online::Link(link), span)))
        }
    }
}

/// `date` and `time` of a snow date; or its date alone.
fn backup(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Backup> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Backup { date: reader.placed(field, node, date)?, time: None });
    }
    let mut fields = Fields::open(reader, field, "`backup`", node, "backup: { date: 2027-02-18 }")?;
    let date = fields.required("date", "2027-02-18", date);
    let time = fields.placed("time", time_range);
    fields.finish();
    Some(Backup { date: date?, time })
}
