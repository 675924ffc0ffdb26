//! Offerings.

use indexmap::IndexMap;

use super::address::{image, resource, site_path, url};
use super::credit::award;
use super::enrollment::enrollment;
use super::fields::Fields;
use super::people::body;
use super::reader::{Reader, spanned};
use super::scalar::{
    check_name, closing, email, id, id_of_key, opening, program_year, short_text, text, word,
};
use super::session;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Access, Attendance, Audience, Cancelled, Cohort, CohortId, Contact, ContactCard, Id, Offering,
    OfferingId, Sessions, TeamSize, Unit, is_id,
};
use crate::source::Span;
use crate::syntax::{Node, Value};

/// The longest summary, in characters.
const MAX_SUMMARY: usize = 240;

/// An offering.
pub(super) fn read(reader: &mut Reader<'_>, id_: OfferingId, node: &Node) -> Option<Offering> {
    let example = "title: Self as Core";
    let mut fields = Fields::open(reader, id_.as_str(), "an offering", node, example)?;
    let span = fields.span();
    let title = fields.required("title", "Self as Core", text);
    let kind = fields.required("kind", "series", id);
    let summary =
        fields.required("summary", "How leaders see themselves.", short_text(MAX_SUMMARY));
    let roles = fields.required("roles", "[principal]", audience);
    let networks = fields.list("networks", spanned(id));
    let access = fields.optional(
        "access",
        word([
            ("open", Access::Open),
            ("required", Access::Required),
            ("application", Access::Application),
            ("nomination", Access::Nomination),
            ("invitation", Access::Invitation),
        ]),
    );
    let unit = fields.optional("unit", unit);
    let private = fields.optional("private", Reader::truth).unwrap_or(false);
    let eligibility = fields.optional("eligibility", Reader::markdown);
    let hosts = fields.list("hosts", text);
    let facilitators = fields.list("facilitators", spanned(id));
    let contact = fields.optional("contact", contact);
    let topics = fields.list("topics", spanned(id));
    let outcomes = fields.list("outcomes", text);
    let credit = fields.list("credit", award);
    let attendance = fields.optional("attendance", attendance);
    let cost = fields.optional("cost", text);
    let commitment = fields.optional("commitment", text);
    let prerequisites = fields.list("prerequisites", spanned(id));
    let materials = fields.list("materials", resource);
    let image = fields.optional("image", image);
    let enroll = fields.optional("enroll", enrollment);
    let sessions = sessions(&mut fields);
    let year = fields.placed("year", program_year);
    let dates = fields.optional("dates", text);
    let cancelled = fields.optional("cancelled", cancelled).flatten();
    let continues = fields.placed("continues", id);
    let draft = fields.optional("draft", Reader::truth).unwrap_or(false);
    let publish = fields.placed("publish", opening);
    let expire = fields.placed("expire", closing);
    let featured = fields.optional("featured", Reader::truth).unwrap_or(false);
    let aliases = fields.list("aliases", spanned(site_path));
    let body = body(&mut fields);
    let allow = fields.list("allow", spanned(check_name));
    fields.finish();
    Some(Offering {
        id: id_,
        span,
        title: title?,
        kind: kind?,
        summary: summary?,
        roles: roles?.value,
        networks,
        access: access.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        private,
        eligibility,
        hosts,
        facilitators,
        contact,
        topics,
        outcomes,
        credit,
        attendance: attendance.unwrap_or_default(),
        cost,
        commitment,
        prerequisites,
        materials,
        image,
        enroll,
        sessions,
        year,
        dates,
        cancelled,
        continues,
        draft,
        publish,
        expire,
        featured,
        aliases,
        allow,
        body,
    })
}

/// A list of role IDs, or `all`.
pub(super) fn audience(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Audience> {
    match &node.value {
        Value::Text(text) if text.trim() == "all" => Some(Audience::All),
        Value::List(items) if items.is_empty() => {
            let hint = format!("write the roles that it is for, or `{field}: all`");
            reader.fault(Code::MissingField, node, format!("`{field}` names nobody"), hint)
        }
        _ => reader.list(field, node, spanned(id)).map(Audience::Roles),
    }
}

/// `person`, `team`, or a team with its size: `team: { min: 4, max: 6 }`, or the size alone.
fn unit(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Unit> {
    const EXAMPLE: &str = "unit: { team: { min: 4, max: 6 } }";
    if !matches!(node.value, Value::Map(_)) {
        let words = [("person", Unit::Person), ("team", Unit::Team(TeamSize::default()))];
        return word(words)(reader, field, node);
    }
    let mut fields = Fields::open(reader, field, "`unit`", node, EXAMPLE)?;
    let inner = fields.optional("team", team_size);
    let size = bounds(&mut fields, inner.unwrap_or_default());
    fields.finish();
    Some(Unit::Team(size?))
}

fn team_size(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<TeamSize> {
    if node.value == Value::Bool(true) {
        return Some(TeamSize::default());
    }
    let example = "team: { min: 4, max: 6 }";
    let mut fields = Fields::open(reader, field, "`team`", node, example)?;
    let size = bounds(&mut fields, TeamSize::default());
    fields.finish();
    size
}

fn bounds(fields: &mut Fields<'_, '_, '_>, given: TeamSize) -> Option<TeamSize> {
    let min = fields.placed("min", Reader::positive);
    let max = fields.placed("max", Reader::positive);
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value > max.value
    {
        fields.reader.report(
            Diagnostic::new(
                Code::InvalidNumber,
                max.span,
                format!("a team of at least {} cannot have at most {}", min.value, max.value),
            )
            .also(min.span, "the least is written here")
            .hint("exchange the two numbers"),
        );
        return None;
    }
    let value = |placed: Option<crate::source::Spanned<u32>>| placed.map(|number| number.value);
    Some(TeamSize { min: value(min).or(given.min), max: value(max).or(given.max) })
}

/// A person's ID, or a map with a name and ways to reach them.
fn contact(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Contact> {
    match &node.value {
        Value::Map(_) => contact_card(reader, field, node).map(Contact::Card),
        Value::Text(text) if is_id(text) => Id::new(text)
            .map(|id| Contact::Person(crate::source::Spanned::new(id, reader.span(node)))),
        _ => reader.wrong_type(
            field,
            node,
            "the ID of a person, or a name with an e-mail address",
            "contact: { name: Leadership Office, email: leaders@example.org }",
        ),
    }
}

/// `name`, `email`, `phone` and `url`, at least one of them.
pub(super) fn contact_card(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<ContactCard> {
    let example = "contact: { name: Leadership Office, email: leaders@example.org }";
    let mut fields = Fields::open(reader, field, "a contact", node, example)?;
    let card = ContactCard {
        name: fields.optional("name", text),
        email: fields.optional("email", email),
        phone: fields.optional("phone", text),
        url: fields.placed("url", url),
    };
    fields.finish();
    Some(card)
}

/// `all`, `any`, or `at_least: N`.
fn attendance(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Attendance> {
    if !matches!(node.value, Value::Map(_)) {
        return word([("all", Attendance::All), ("any", Attendance::Any)])(reader, field, node);
    }
    let example = "attendance: { at_least: 4 }";
    let mut fields = Fields::open(reader, field, "`attendance`", node, example)?;
    let count = fields.required("at_least", "4", Reader::positive);
    fields.finish();
    Some(Attendance::AtLeast(count?.value))
}

/// A text, or `true`; `false` says that it is not.
fn cancelled(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Option<Cancelled>> {
    let span = reader.span(node);
    match node.value {
        Value::Bool(false) => Some(None),
        Value::Bool(true) => Some(Some(Cancelled { note: None, span })),
        _ => {
            let note = reader.words(field, node)?;
            Some(Some(Cancelled { note: Some(note), span }))
        }
    }
}

/// `sessions`, or `cohorts` with sessions of their own.
fn sessions(fields: &mut Fields<'_, '_, '_>) -> Sessions {
    let single = fields.node("sessions");
    let cohorts = fields.node("cohorts");
    fields.conflict(
        "sessions",
        "cohorts",
        "a participant joins one cohort, and each cohort has sessions of its own",
        "move the sessions into the cohorts, or delete `cohorts`",
    );
    match (single, cohorts) {
        (_, Some(node)) => Sessions::Cohorts(cohort_map(fields.reader, node)),
        (Some(node), None) => Sessions::Single(session::list(fields.reader, "sessions", node)),
        (None, None) => Sessions::Single(Vec::new()),
    }
}

fn cohort_map(reader: &mut Reader<'_>, node: &Node) -> IndexMap<CohortId, Cohort> {
    let mut cohorts = IndexMap::new();
    let Value::Map(entries) = &node.value else {
        let example = "cohorts: { fall: { title: Fall cohort, sessions: [] } }";
        let _: Option<()> = reader.wrong_type("cohorts", node, "a map from ID to cohort", example);
        return cohorts;
    };
    for entry in entries {
        let span = Span::node(reader.file(), entry.name_id);
        let id = id_of_key(reader, &entry.name, span);
        let cohort = cohort(reader, &entry.name, &entry.node, span);
        if let (Some(id), Some(cohort)) = (id, cohort) {
            cohorts.entry(id).or_insert(cohort);
        }
    }
    cohorts
}

fn cohort(reader: &mut Reader<'_>, name: &str, node: &Node, span: Span) -> Option<Cohort> {
    let example = format!("{name}: {{ title: Fall cohort, sessions: [] }}");
    let mut fields = Fields::open(reader, name, "a cohort", node, &example)?;
    let title = fields.required("title", "Fall cohort", text);
    let enroll = fields.optional("enroll", enrollment);
    let sessions = fields.node("sessions");
    let sessions =
        sessions.map_or_else(Vec::new, |node| session::list(fields.reader, "sessions", node));
    let note = fields.optional("note", text);
    fields.finish();
    Some(Cohort { title: title?, enroll, sessions, note, span })
}
