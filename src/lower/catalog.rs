//! `catalog.yaml`: names, vocabularies, calendar.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::tz::TimeZone;

use crate::diag::{Code, Diagnostic, nearest};
use crate::model::{
    Brand, ClosedDays, CreditId, CreditKind, Edge, Gap, HtmlPolicy, Kind, KindId, MenuLink,
    Network, NetworkId, Notice, NoticeLevel, Role, RoleId, Settings, Topic, TopicId, Url,
    YearStart, is_id,
};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::{self, Node};

use super::fields::Fields;
use super::id::normalized;
use super::part::allow;
use super::reader::{Value, shown};
use super::scalar::date::parse_year_start;
use super::vocabulary::{credit, entries, kind, network, role, topic};

/// What `catalog.yaml` says.
pub(super) struct Declared {
    pub settings: Settings,
    pub kinds: IndexMap<KindId, Kind>,
    pub roles: IndexMap<RoleId, Role>,
    pub networks: IndexMap<NetworkId, Network>,
    pub topics: IndexMap<TopicId, Topic>,
    pub credits: IndexMap<CreditId, CreditKind>,
    /// Vocabularies that could not be read whole.
    pub broken_vocabularies: BTreeSet<&'static str>,
    /// IDs that are in a vocabulary, but not as they should be.
    pub broken_words: BTreeSet<(&'static str, String)>,
    /// What the catalog's faults leave unknown.
    pub gaps: Vec<(Span, Gap)>,
}

/// The vocabularies by the names of their fields.
const VOCABULARIES: [&str; 5] = ["kinds", "roles", "networks", "topics", "credits"];

impl Declared {
    /// What stands in for a catalog that cannot be read.
    pub fn nothing(file: FileId) -> Self {
        Self {
            settings: Settings {
                file,
                title: "Catalog".to_owned(),
                organization: String::new(),
                url: Spanned::new(Arc::from("https://missing.invalid/"), start(file)),
                timezone: TimeZone::UTC,
                description: None,
                language: "en".to_owned(),
                theme: Spanned::new("district".to_owned(), start(file)),
                year_starts: YearStart::default(),
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
            broken_vocabularies: VOCABULARIES.into(),
            broken_words: BTreeSet::new(),
            gaps: Vec::new(),
        }
    }
}

fn start(file: FileId) -> Span {
    Span::start_of(file)
}

pub(super) fn catalog(value: Value<'_>) -> Declared {
    let mut declared = Declared::nothing(value.reader.file());
    let Some(mut fields) = value.fields("the catalog", "title: Leadership Catalog") else {
        return declared;
    };
    settings(&mut fields, &mut declared.settings);
    if let Some(value) = fields.need("kinds", "series, with `name: Series` below it") {
        declared.kinds = entries(value, "series", "name: Series", kind);
    }
    if let Some(value) = fields.need("roles", "principal, with `name: Principal` below it") {
        declared.roles = entries(value, "principal", "name: Principal", role);
    }
    if let Some(value) = fields.take("networks") {
        declared.networks = entries(value, "network-1", "name: Network 1", network);
    }
    if let Some(value) = fields.take("topics") {
        declared.topics = entries(value, "equity", "name: Equity", topic);
    }
    if let Some(value) = fields.take("credits") {
        declared.credits = entries(value, "act-48", "name: Act 48", credit);
    }
    let unknown = fields.unknown();
    fields.finish();
    declared.broken_vocabularies.clear();
    for name in VOCABULARIES {
        match value.field(name) {
            Some(node) => broken_words(node, name, &mut declared),
            // A misspelt name of a vocabulary is one mistake, not one for every use of its IDs.
            None if unknown.iter().any(|&key| is_misspelt(key, name)) => {
                declared.broken_vocabularies.insert(name);
            }
            None if name == "kinds" || name == "roles" => {
                declared.broken_vocabularies.insert(name);
            }
            None => {}
        }
    }
    declared
}

/// True for an unknown field that may be a vocabulary by another name.
fn is_misspelt(key: &str, name: &str) -> bool {
    nearest(key, VOCABULARIES).is_none_or(|meant| meant == name)
}

/// IDs of a vocabulary that are there, but cannot be read. What is wrong with them is told where
/// they are declared, not where they are used.
fn broken_words(node: &Node<'_>, name: &'static str, declared: &mut Declared) {
    let syntax::Kind::Map(written) = &node.kind else {
        declared.broken_vocabularies.insert(name);
        return;
    };
    for entry in written {
        if is_id(&entry.key) && matches!(entry.value.kind, syntax::Kind::Map(_)) {
            continue;
        }
        match normalized(&entry.key) {
            Some(id) => drop(declared.broken_words.insert((name, id))),
            None => drop(declared.broken_vocabularies.insert(name)),
        }
    }
}

fn settings(fields: &mut Fields<'_>, settings: &mut Settings) {
    if let Some(title) = fields.need("title", "Leadership Catalog").and_then(Value::text) {
        settings.title = title;
    }
    let organization = fields.need("organization", "Example School District");
    if let Some(organization) = organization.and_then(Value::text) {
        settings.organization = organization;
    }
    if let Some(url) = fields.need("url", "https://example.org/").and_then(base_url) {
        settings.url = url;
    }
    if let Some(zone) = fields.need("timezone", "America/New_York").and_then(Value::timezone) {
        settings.timezone = zone;
    }
    settings.description = fields.take("description").and_then(Value::text);
    if let Some(language) = fields.take("language").and_then(Value::language) {
        settings.language = language;
    }
    if let Some(theme) = fields.take("theme").and_then(theme) {
        settings.theme = theme;
    }
    if let Some(year_starts) = fields.take("year_starts").and_then(year_starts) {
        settings.year_starts = year_starts;
    }
    settings.contact = fields.take("contact").and_then(Value::contact_card);
    settings.closed =
        fields.take("closed").map(|value| value.list(closed_days)).unwrap_or_default();
    settings.notices = fields.take("notices").map(|value| value.list(notice)).unwrap_or_default();
    settings.menu = fields.take("menu").map(|value| value.list(menu_link)).unwrap_or_default();
    let html = [("reject", HtmlPolicy::Reject), ("sanitize", HtmlPolicy::Sanitize)];
    settings.html = fields.take("html").and_then(|value| value.word(&html)).unwrap_or_default();
    settings.brand = fields.take("brand").and_then(brand).unwrap_or_default();
    settings.allow = allow(fields);
}

fn base_url(value: Value<'_>) -> Option<Spanned<Arc<str>>> {
    let url = value.url()?;
    let Url::Absolute(address) = &url.value else {
        let told = value.fault(Code::InvalidUrl, "`url` is the address of the whole site");
        value.report(told.hint("write it from its beginning: `url: https://example.org/`"));
        return None;
    };
    if !address.starts_with("http") {
        let told = value.fault(Code::InvalidUrl, "a site is not served from an address of mail");
        value.report(told.hint("write the site's address: `url: https://example.org/`"));
        return None;
    }
    if let Some(at) = address.find(['?', '#']) {
        let message = "`url` has a `?` or a `#`, which the address of a site has not";
        let bare = address.get(..at).unwrap_or_default().to_owned();
        let told = value.fault(Code::InvalidUrl, message);
        value.report(told.hint(format!("did you mean `{bare}`?")));
        return None;
    }
    let slash = if address.ends_with('/') { "" } else { "/" };
    Some(value.spanned(format!("{address}{slash}").into()))
}

fn theme(value: Value<'_>) -> Option<Spanned<String>> {
    let name = value.spanned_text()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.value.chars().all(plain) {
        return Some(name);
    }
    let message = format!("`{}` is not the name of a folder in `themes/`", shown(&name.value));
    let told = value.fault(Code::UnknownTheme, message);
    value.report(told.hint("write the folder's name alone, such as `district`"));
    None
}

fn year_starts(value: Value<'_>) -> Option<YearStart> {
    let written = value.words("a month and a day")?;
    let start = parse_year_start(&written);
    if start.is_none() {
        let message = format!("`{}` is not a day on which a year can begin", shown(&written));
        let told = value.fault(Code::InvalidDate, message);
        value.report(told.hint("write the month and the day, such as `07-01`"));
    }
    start
}

fn closed_days(value: Value<'_>) -> Option<ClosedDays> {
    let span = value.span();
    if !value.is_map() {
        let date = value.date()?.value;
        return Some(ClosedDays { from: date, to: date, name: None, span });
    }
    let mut fields = value.fields("closed days", "date: 2026-12-25")?;
    let hint = "write `date` for one day, `from` and `to` for several";
    let conflict = fields.exclude("date", "from", hint) || fields.exclude("date", "to", hint);
    let name = fields.take("name").and_then(Value::text);
    let has_date = fields.take("date").is_some();
    let date = fields.take("date").and_then(Value::date);
    let from_given = fields.take("from");
    let to_given = fields.take("to");
    if !has_date {
        match (from_given, to_given) {
            (None, None) => {
                let message = "closed days need `date`, or `from` and `to`";
                let told = Diagnostic::new(Code::MissingField, span, message);
                fields
                    .lack(&["date", "from"], told.hint("add the day, such as `date: 2026-12-25`"));
            }
            (Some(_), None) => drop(fields.need("to", "2027-01-01")),
            (None, Some(_)) => drop(fields.need("from", "2026-12-24")),
            (Some(_), Some(_)) => {}
        }
    }
    let from = from_given.and_then(Value::date);
    let to = to_given.and_then(Value::date);
    fields.finish();
    if conflict {
        return None;
    }
    if let Some(date) = date {
        return Some(ClosedDays { from: date.value, to: date.value, name, span });
    }
    let (from, to) = (from?, to?);
    if to.value < from.value {
        let message =
            format!("these days end on {}, before they begin on {}", to.value, from.value);
        value.report(
            Diagnostic::new(Code::EndsBeforeStart, to.span, message)
                .also(from.span, "they begin here")
                .hint("look at the year of both dates"),
        );
        return None;
    }
    Some(ClosedDays { from: from.value, to: to.value, name, span })
}

fn notice(value: Value<'_>) -> Option<Notice> {
    let mut fields = value.fields("a notice", "text: Enrollment is open")?;
    let text = fields.need("text", "Enrollment is open").and_then(Value::text);
    let from = fields.take("from").and_then(|value| value.moment(Edge::Start));
    let until = fields.take("until").and_then(|value| value.moment(Edge::End));
    let levels = [("info", NoticeLevel::Info), ("warning", NoticeLevel::Warning)];
    let level = fields.take("level").and_then(|value| value.word(&levels)).unwrap_or_default();
    fields.finish();
    if let (Some(from), Some(until)) = (&from, &until)
        && (until.value.date, until.value.time.unwrap_or(jiff::civil::Time::MAX))
            < (from.value.date, from.value.time.unwrap_or(jiff::civil::Time::MIN))
    {
        let told =
            Diagnostic::new(Code::EndsBeforeStart, until.span, "this notice ends before it begins");
        value.report(told.also(from.span, "it begins here").hint("look at the year of both dates"));
    }
    Some(Notice { text: text?, from, until, level, span: value.span() })
}

fn menu_link(value: Value<'_>) -> Option<MenuLink> {
    let mut fields = value.fields("a link of the menu", "title: Help")?;
    let title = fields.need("title", "Help").and_then(Value::text);
    let url = fields.need("url", "/pages/help/").and_then(Value::url);
    fields.finish();
    Some(MenuLink { title: title?, url: url? })
}

fn brand(value: Value<'_>) -> Option<Brand> {
    let mut fields = value.fields("a brand", "color: \"#0b3d91\"")?;
    let logo = fields.take("logo").and_then(Value::site_path);
    let logo_alt = fields.take("logo_alt").and_then(|value| value.words("text"));
    let color = fields.take("color").and_then(Value::color);
    let accent = fields.take("accent").and_then(Value::color);
    for name in ["color", "accent"] {
        // Without quotes, YAML takes a colour for a comment, and the field is empty.
        if let Some(span) = fields.empty_key(name) {
            let told = Diagnostic::new(Code::InvalidColor, span, format!("`{name}` is empty"));
            value.report(
                told.hint("put quotes around the color: what follows a `#` is a note otherwise")
                    .hint(format!("write it as `{name}: \"#0b3d91\"`")),
            );
        }
    }
    if let (Some(logo), None) = (&logo, &logo_alt) {
        let message = "the logo is not described in words";
        value.report(
            Diagnostic::new(Code::ImageWithoutAlt, logo.span, message)
                .hint("add `logo_alt:` and the name that the logo shows")
                .hint("if the name stands beside it anyway, write `logo_alt: \"\"`"),
        );
    }
    fields.finish();
    let logo_alt = logo_alt.unwrap_or_default().trim().to_owned();
    Some(Brand { logo, logo_alt, color, accent })
}
