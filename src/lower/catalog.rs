//! `catalog.yaml`: names, vocabularies, the calendar of the whole.

use indexmap::IndexMap;
use jiff::tz::TimeZone;

use super::address::{base_url, site_path, url};
use super::fields::Fields;
use super::offering::contact_card;
use super::reader::{Reader, spanned};
use super::scalar::{
    check_name, closing, color, date, id_of_key, language, opening, text, timezone, word,
    year_start,
};
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Brand, ClosedDays, CreditId, CreditKind, HtmlPolicy, Id, Kind, KindId, MenuLink, Network,
    NetworkId, Notice, NoticeLevel, Role, RoleId, Settings, Topic, TopicId,
};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Value};

/// What `catalog.yaml` says.
pub(super) struct Head {
    pub settings: Settings,
    pub kinds: IndexMap<KindId, Kind>,
    pub roles: IndexMap<RoleId, Role>,
    pub networks: IndexMap<NetworkId, Network>,
    pub topics: IndexMap<TopicId, Topic>,
    pub credits: IndexMap<CreditId, CreditKind>,
    /// True when something is missing that others refer to.
    pub broken: bool,
}

/// Reads `catalog.yaml`. Where something is missing, a stand-in lets the checks go on; it is never
/// published, for what is missing is an error.
pub(super) fn read(reader: &mut Reader<'_>) -> Head {
    let empty = Node { id: 0, value: Value::Map(Vec::new()) };
    let document = reader.document();
    let readable = document.root.is_some();
    let root = document.root.as_ref().unwrap_or(&empty);
    let file = reader.file();
    let start = reader.start();
    let before = reader.diagnostics.len();
    let Some(mut fields) =
        Fields::open(reader, "catalog", "the catalog", root, "title: Learning for leaders")
    else {
        return unreadable(reader);
    };
    let title = fields.required("title", "Learning for leaders", text);
    let organization = fields.required("organization", "Office of Learning", text);
    let url_field = fields.required("url", "https://learning.example.org/", base_url);
    let zone = fields.required("timezone", "America/New_York", timezone);
    let description = fields.optional("description", text);
    let language = fields.optional("language", language);
    let theme = fields.placed("theme", theme_name);
    let year_starts = fields.optional("year_starts", year_start);
    let contact = fields.optional("contact", contact_card);
    let kinds = vocabulary(&mut fields, "kinds", Some("{ series: { name: Series } }"), kind);
    let roles = vocabulary(&mut fields, "roles", Some("{ principal: { name: Principal } }"), role);
    let networks = vocabulary(&mut fields, "networks", None, network);
    let topics = vocabulary(&mut fields, "topics", None, topic);
    let credits = vocabulary(&mut fields, "credits", None, credit);
    let closed = fields.list("closed", closed_days);
    let notices = fields.list("notices", notice);
    let menu = fields.list("menu", menu_link);
    let html = fields.optional(
        "html",
        word([("reject", HtmlPolicy::Reject), ("sanitize", HtmlPolicy::Sanitize)]),
    );
    let brand = fields.optional("brand", brand);
    let allow = fields.list("allow", spanned(check_name));
    if readable {
        fields.finish();
    }
    if !readable {
        // The file's one fault has been reported; that its fields are missing follows from it.
        reader.diagnostics.truncate(before);
    }
    let missing = |name: &str| Spanned::new(name.to_owned(), start);
    let settings = Settings {
        file,
        title: title.unwrap_or_else(|| missing("")).value,
        organization: organization.unwrap_or_else(|| missing("")).value,
        url: url_field.unwrap_or_else(|| Spanned::new("https://example.org/".into(), start)),
        timezone: zone.map_or(TimeZone::UTC, |zone| zone.value),
        description,
        language: language.unwrap_or_else(|| "en".to_owned()),
        theme: theme.unwrap_or_else(|| missing("district")),
        year_starts: year_starts.unwrap_or_default(),
        contact,
        closed,
        notices,
        menu,
        html: html.unwrap_or_default(),
        brand: brand.unwrap_or_default(),
        allow,
    };
    let broken = !readable || kinds.is_empty() || roles.is_empty();
    Head { settings, kinds, roles, networks, topics, credits, broken }
}

/// A folder of `themes/`.
fn theme_name(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<String> {
    let id: Id<()> = super::scalar::id(reader, field, node)?;
    Some(id.to_string())
}

/// A map from ID to an entry. One that must be there and is not gets reported with an example.
fn vocabulary<K, T>(
    fields: &mut Fields<'_, '_, '_>,
    name: &'static str,
    required: Option<&str>,
    read: impl Fn(&mut Reader<'_>, &str, &Node) -> Option<T>,
) -> IndexMap<Id<K>, T> {
    let mut entries = IndexMap::new();
    let Some(node) = fields.node(name) else {
        if let Some(example) = required {
            fields.missing(name, example);
        }
        return entries;
    };
    let Value::Map(written) = &node.value else {
        let example = required.unwrap_or("{ some-id: { name: Some name } }");
        let example = format!("{name}: {example}");
        let _: Option<()> = fields.reader.wrong_type(name, node, "a map from ID to name", &example);
        return entries;
    };
    for entry in written {
        let span = Span::node(fields.reader.file(), entry.name_id);
        let id = id_of_key(fields.reader, &entry.name, span);
        let value = read(fields.reader, &entry.name, &entry.node);
        if let (Some(id), Some(value)) = (id, value) {
            entries.entry(id).or_insert(value);
        }
    }
    entries
}

/// An entry that is its name alone: `north: North Network`.
fn name_alone(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Spanned<String>> {
    match node.value {
        Value::Map(_) | Value::List(_) | Value::Nothing => None,
        _ => reader.placed(field, node, text),
    }
}

/// Opens an entry of a vocabulary, or says what was expected.
fn open<'r, 'd, 'n>(
    reader: &'r mut Reader<'d>,
    field: &str,
    what: &'static str,
    node: &'n Node,
) -> Option<Fields<'r, 'd, 'n>> {
    Fields::open(reader, field, what, node, &format!("{field}: {{ name: Some name }}"))
}

fn plural_of(name: &str) -> String {
    if name.ends_with('s') { name.to_owned() } else { format!("{name}s") }
}

fn kind(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Kind> {
    if let Some(name) = name_alone(reader, field, node) {
        return Some(Kind { plural: plural_of(&name.value), name, description: None });
    }
    let mut fields = open(reader, field, "a kind", node)?;
    let name = fields.required("name", "Series", text);
    let plural = fields.optional("plural", text);
    let description = fields.optional("description", text);
    fields.finish();
    let name = name?;
    Some(Kind { plural: plural.unwrap_or_else(|| plural_of(&name.value)), name, description })
}

fn role(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Role> {
    if let Some(name) = name_alone(reader, field, node) {
        return Some(Role { plural: plural_of(&name.value), name });
    }
    let mut fields = open(reader, field, "a role", node)?;
    let name = fields.required("name", "Principal", text);
    let plural = fields.optional("plural", text);
    fields.finish();
    let name = name?;
    Some(Role { plural: plural.unwrap_or_else(|| plural_of(&name.value)), name })
}

fn network(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Network> {
    if let Some(name) = name_alone(reader, field, node) {
        return Some(Network { name });
    }
    let mut fields = open(reader, field, "a network", node)?;
    let name = fields.required("name", "Network 1", text);
    fields.finish();
    Some(Network { name: name? })
}

fn topic(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Topic> {
    if let Some(name) = name_alone(reader, field, node) {
        return Some(Topic { name, description: None });
    }
    let mut fields = open(reader, field, "a topic", node)?;
    let name = fields.required("name", "Racial equity", text);
    let description = fields.optional("description", text);
    fields.finish();
    Some(Topic { name: name?, description })
}

fn credit(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<CreditKind> {
    let hours = || "hours".to_owned();
    if let Some(name) = name_alone(reader, field, node) {
        return Some(CreditKind { name, unit: hours() });
    }
    let mut fields = open(reader, field, "a kind of credit", node)?;
    let name = fields.required("name", "Act 48", text);
    let unit = fields.optional("unit", text);
    fields.finish();
    Some(CreditKind { name: name?, unit: unit.unwrap_or_else(hours) })
}

/// `date`, or `from` and `to`, with a `name`; or a date alone.
fn closed_days(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<ClosedDays> {
    let span = reader.span(node);
    if !matches!(node.value, Value::Map(_)) {
        let day = date(reader, field, node)?;
        return Some(ClosedDays { from: day, to: day, name: None, span });
    }
    let example = format!("{field}: [{{ date: 2026-11-26, name: Thanksgiving }}]");
    let mut fields = Fields::open(reader, field, "a closed day", node, &example)?;
    let day = fields.optional("date", date);
    let from = fields.placed("from", date);
    let to = fields.placed("to", date);
    let name = fields.optional("name", text);
    fields.one_of(&["date", "from"], "it is one day, or several");
    fields.conflict("date", "to", "it is one day, or several", "write `from` and `to`");
    let incomplete = match (fields.has("date"), fields.has("from"), fields.has("to")) {
        (false, true, false) => Some(("to", "2027-01-01")),
        (false, false, true) => Some(("from", "2026-12-24")),
        (false, false, false) => Some(("date", "2026-11-26")),
        _ => None,
    };
    if let Some((missing, example)) = incomplete {
        fields.missing(missing, example);
    }
    fields.finish();
    if let Some(day) = day {
        return Some(ClosedDays { from: day, to: day, name, span });
    }
    let (from, to) = (from?, to?);
    if to.value < from.value {
        reader.report(
            Diagnostic::new(
                Code::EndsBeforeStart,
                to.span,
                "the closed days end before they begin",
            )
            .also(from.span, "they begin here")
            .hint("exchange the two dates"),
        );
        return None;
    }
    Some(ClosedDays { from: from.value, to: to.value, name, span })
}

fn notice(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Notice> {
    let span = reader.span(node);
    let example = format!("{field}: [{{ text: Offices are closed on Monday. }}]");
    let mut fields = Fields::open(reader, field, "a notice", node, &example)?;
    let words = fields.required("text", "Offices are closed on Monday.", text);
    let from = fields.placed("from", opening);
    let until = fields.placed("until", closing);
    let levels = [("info", NoticeLevel::Info), ("warning", NoticeLevel::Warning)];
    let level = fields.optional("level", word(levels)).unwrap_or_default();
    fields.finish();
    if let (Some(from), Some(until)) = (&from, &until)
        && (until.value.date, until.value.time.is_some(), until.value.time)
            < (from.value.date, false, None)
    {
        reader.report(
            Diagnostic::new(Code::EndsBeforeStart, until.span, "the notice ends before it begins")
                .also(from.span, "it begins here")
                .hint("exchange the two dates"),
        );
    }
    Some(Notice { text: words?.value, from, until, level, span })
}

fn menu_link(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<MenuLink> {
    let example = format!("{field}: [{{ title: Help, url: /pages/help/ }}]");
    let mut fields = Fields::open(reader, field, "a link of the menu", node, &example)?;
    let title = fields.required("title", "Help", text);
    let url = fields.required("url", "/pages/help/", url);
    fields.finish();
    Some(MenuLink { title: title?.value, url: url? })
}

fn brand(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Brand> {
    let example = "brand: { color: \"#0b4f6c\" }";
    unquoted_colors(reader, node);
    let mut fields = Fields::open(reader, field, "`brand`", node, example)?;
    let logo = fields.placed("logo", site_path);
    let alt = fields.node("logo_alt");
    let logo_alt = match alt.map(|node| (&node.value, node)) {
        Some((Value::Text(text), _)) => Some(text.trim().to_owned()),
        Some((_, node)) => fields.reader.words("logo_alt", node),
        None => None,
    };
    if logo.is_some() && logo_alt.is_none() {
        let span = fields.name_span("logo").unwrap_or_else(|| fields.span());
        fields.reader.report(
            Diagnostic::new(Code::ImageWithoutAlt, span, "the logo is not described in words")
                .hint("write `logo_alt:` and the name that it shows")
                .hint("if the name stands beside it anyway, write `logo_alt: \"\"`"),
        );
    }
    let color_field = fields.placed("color", color);
    let accent = fields.placed("accent", color);
    fields.finish();
    Some(Brand { logo, logo_alt: logo_alt.unwrap_or_default(), color: color_field, accent })
}

/// `color: #0b4f6c` without quotes is a field without a value: YAML takes the rest for a comment.
fn unquoted_colors(reader: &mut Reader<'_>, node: &Node) {
    let Value::Map(entries) = &node.value else { return };
    for entry in entries {
        if matches!(entry.name.as_str(), "color" | "accent") && entry.node.value == Value::Nothing {
            let span = Span::node(reader.file(), entry.name_id);
            reader.report(
                Diagnostic::new(Code::InvalidColor, span, format!("`{}` is empty", entry.name))
                    .hint("put quotes around the colour: what follows a `#` is a comment otherwise")
                    .hint(format!("write for example `{}: \"#0b4f6c\"`", entry.name)),
            );
        }
    }
}

fn unreadable(reader: &Reader<'_>) -> Head {
    let start = reader.start();
    Head {
        settings: Settings {
            file: reader.file(),
            title: String::new(),
            organization: String::new(),
            url: Spanned::new("https://example.org/".into(), start),
            timezone: TimeZone::UTC,
            description: None,
            language: "en".to_owned(),
            theme: Spanned::new("district".to_owned(), start),
            year_starts: crate::model::YearStart::default(),
            contact: None,
            closed: Vec::new(),
            notices: Vec::new(),
            menu: Vec::new(),
            html: HtmlPolicy::default(),
            brand: Brand::default(),
            allow: Vec::new(),
        },
        kinds: IndexMap::new(),
        roles: IndexMap::new(),
        networks: IndexMap::new(),
        topics: IndexMap::new(),
        credits: IndexMap::new(),
        broken: true,
    }
}
