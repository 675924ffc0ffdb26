//! JSON Schema (2020-12) of what stands in a file, for editors that complete and check YAML.
//!
//! Only words that older drafts have, too, so that editors of every age understand it. A field that
//! is left empty is fine for the checks and told by the schema: an editor is the place to say so.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::group::{Field, Group, Is, Names, group};
use crate::diag::Code;
use crate::model::{Catalog, Id};
use crate::source::Sources;
use crate::syntax::{self, Kind, Node};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `catalog.yaml`
    Catalog,
    /// `offerings/ID.md`
    Offering,
    /// `requirements/ID.md`
    Requirement,
    /// `people/ID.md`
    Person,
    /// `places/ID.md`
    Place,
    /// `pages/ID.md`
    Page,
    /// `requirements.yaml`
    Requirements,
    /// `people.yaml`
    People,
    /// `places.yaml`
    Places,
}

/// Every kind of file.
pub const FILES: [File; 9] = [
    File::Catalog,
    File::Offering,
    File::Requirement,
    File::Person,
    File::Place,
    File::Page,
    File::Requirements,
    File::People,
    File::Places,
];

impl File {
    /// Its name, as one types it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Offering => "offering",
            Self::Requirement => "requirement",
            Self::Person => "person",
            Self::Place => "place",
            Self::Page => "page",
            Self::Requirements => "requirements",
            Self::People => "people",
            Self::Places => "places",
        }
    }

    /// The files that it is for, from the project's root, as editors write patterns.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Catalog => "content/catalog.yaml",
            Self::Offering => "content/offerings/**/*.yaml",
            Self::Requirement => "content/requirements/*.yaml",
            Self::Person => "content/people/*.yaml",
            Self::Place => "content/places/*.yaml",
            Self::Page => "content/pages/**/*.yaml",
            Self::Requirements => "content/requirements.yaml",
            Self::People => "content/people.yaml",
            Self::Places => "content/places.yaml",
        }
    }

    /// The noun of its fields, and whether they stand below an ID.
    fn noun(self) -> (&'static str, bool) {
        match self {
            Self::Catalog => ("the catalog", false),
            Self::Offering => ("an offering", false),
            Self::Requirement => ("a requirement", false),
            Self::Person => ("a person", false),
            Self::Place => ("a place", false),
            Self::Page => ("a page", false),
            Self::Requirements => ("a requirement", true),
            Self::People => ("a person", true),
            Self::Places => ("a place", true),
        }
    }
}

/// The IDs that a catalog has: with them an editor completes what one may name.
#[derive(Clone, Debug, Default)]
pub struct Known {
    ids: BTreeMap<Names, Vec<String>>,
}

impl Known {
    /// Those of this catalog, in the order in which it has them.
    pub fn of(catalog: &Catalog) -> Self {
        fn all<'i, T: 'i>(ids: impl Iterator<Item = &'i Id<T>>) -> Vec<String> {
            ids.map(ToString::to_string).collect()
        }
        let ids = [
            (Names::Kinds, all(catalog.kinds.keys())),
            (Names::Roles, all(catalog.roles.keys())),
            (Names::Networks, all(catalog.networks.keys())),
            (Names::Topics, all(catalog.topics.keys())),
            (Names::Credits, all(catalog.credits.keys())),
            (Names::People, all(catalog.people.keys())),
            (Names::Places, all(catalog.places.keys())),
            (Names::Offerings, all(catalog.offerings.keys())),
        ];
        Self { ids: ids.into_iter().collect() }
    }

    /// The IDs of one kind; empty when the catalog is not known, or has none.
    pub fn ids(&self, names: Names) -> &[String] {
        self.ids.get(&names).map_or(&[], Vec::as_slice)
    }
}

const ID: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
const DATE: &str = "([0-9]{4}-[0-9]{2}-[0-9]{2}|[A-Za-z]{3,9} +[0-9]{1,2} *, *[0-9]{4})";

/// The schema of a kind of file, as text.
pub fn json(file: File, known: &Known) -> String {
    let (noun, collection) = file.noun();
    let mut writer = Writer { known, needed: vec![noun], defined: BTreeSet::new() };
    let mut definitions = Map::new();
    while let Some(noun) = writer.needed.pop() {
        if let Some(group) = group(noun).filter(|group| writer.defined.insert(group.noun)) {
            let definition = writer.group(group);
            definitions.insert(key(noun), definition);
        }
    }
    let root = format!("#/$defs/{}", key(noun));
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(format!("urn:convene:content:{}", file.name())));
    schema.insert("title".to_owned(), json!(file.pattern().replace(".yaml", "")));
    if collection {
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("propertyNames".to_owned(), json!({ "pattern": ID }));
        schema.insert("additionalProperties".to_owned(), json!({ "$ref": root }));
    } else {
        schema.insert("$ref".to_owned(), json!(root));
    }
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    let text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text + "\n"
}

/// The name of a group's definition: `a kind of credit` is `kind-of-credit`.
fn key(noun: &str) -> String {
    let bare = ["a ", "an ", "the "].into_iter().find_map(|article| noun.strip_prefix(article));
    bare.unwrap_or(noun).replace(' ', "-")
}

struct Writer<'k> {
    known: &'k Known,
    needed: Vec<&'static str>,
    defined: BTreeSet<&'static str>,
}

impl Writer<'_> {
    fn group(&mut self, group: &'static Group) -> Value {
        let required: Vec<&str> =
            group.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let fields: Map<String, Value> =
            group.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let mut written = json!({
            "type": "object",
            "description": group.says,
            "properties": fields,
            "additionalProperties": false,
        });
        if let (false, Some(written)) = (required.is_empty(), written.as_object_mut()) {
            written.insert("required".to_owned(), json!(required));
        }
        written
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let value = self.value(field.is);
        // What stands beside `$ref` is not seen by older editors, so it stands inside of `allOf`.
        let mut written = match value {
            Value::Object(value) if value.contains_key("$ref") => {
                Map::from_iter([("allOf".to_owned(), json!([value]))])
            }
            Value::Object(value) => value,
            _ => Map::new(),
        };
        written.insert("description".to_owned(), json!(field.says));
        if let Some(example) = example(field) {
            written.insert("examples".to_owned(), json!([example]));
        }
        Value::Object(written)
    }

    fn value(&mut self, is: Is) -> Value {
        let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        match is {
            Is::Text | Is::Markdown => json!({ "type": ["string", "number"] }),
            Is::Short(most) => json!({ "type": ["string", "number"], "maxLength": most }),
            Is::Bool => json!({ "type": "boolean" }),
            Is::True => json!({ "const": true }),
            Is::Whole => json!({ "type": "integer", "minimum": 1 }),
            Is::Amount => json!({ "type": "number", "exclusiveMinimum": 0 }),
            Is::Date => pattern(&format!("^{DATE}$")),
            Is::Moment => pattern(&format!("^{DATE}([ T,].+)?$")),
            Is::Hours => pattern("^.*[0-9nN].*(-|–| to ).+$"),
            Is::Month => pattern("^[0-9]{4}-(0[1-9]|1[0-2])$"),
            Is::Season => {
                pattern("^([Ww]inter|[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn)[ ,] *[0-9]{4}$")
            }
            Is::Weekday => json!({ "anyOf": [
                { "enum": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] },
                { "type": "string", "pattern": "^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$" },
            ] }),
            Is::Every => pattern("^([0-9]{1,3} +)?(day|week|month)s?$"),
            Is::On => json!({ "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": 31 },
                pattern("^(([A-Za-z0-9]+ +)?[A-Za-z]+day|[0-9]{1,2})$"),
            ] }),
            Is::ProgramYear => pattern("^[0-9]{4}-[0-9]{2}$"),
            Is::YearStart => pattern("^[0-9]{2}-[0-9]{2}$"),
            Is::Url => pattern("^(https?://|mailto:|/).*$"),
            Is::SitePath => pattern("^/"),
            Is::Email => pattern("^[^@ ]+@[^@ ]+[.][^@ ]+$"),
            Is::Color => pattern("^#[0-9a-fA-F]{6}$"),
            Is::Zone => pattern("^[A-Za-z0-9_+/-]+$"),
            Is::Language => pattern("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"),
            Is::NewId => json!({ "type": ["string", "integer"], "pattern": ID }),
            Is::Id(names) => match self.known.ids(names) {
                [] => json!({ "type": ["string", "integer"], "pattern": ID }),
                // An ID that was added since is no mistake: whether there is one is for the checks.
                ids => json!({ "anyOf": [
                    { "enum": ids },
                    { "type": ["string", "integer"], "pattern": ID },
                ] }),
            },
            Is::Word(words) => json!({ "enum": words }),
            Is::Check => {
                let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
                json!({ "enum": names })
            }
            Is::List(item) => {
                let item = self.value(*item);
                json!({ "type": "array", "items": item })
            }
            Is::Fields(noun) => self.reference(noun),
            Is::Map(noun) => {
                let entry = self.reference(noun);
                json!({
                    "type": "object",
                    "propertyNames": { "pattern": ID },
                    "additionalProperties": entry,
                })
            }
            Is::Any(several) => {
                let several: Vec<Value> = several.iter().map(|one| self.value(*one)).collect();
                json!({ "anyOf": several })
            }
        }
    }

    fn reference(&mut self, noun: &'static str) -> Value {
        self.needed.push(noun);
        json!({ "$ref": format!("#/$defs/{}", key(noun)) })
    }
}

/// The example of a field as a value, read as the content is read.
fn example(field: &Field) -> Option<Value> {
    let path = "content/example.yaml";
    let sources = Sources::from_texts([(path, format!("example: {}\n", field.example))]);
    let document = syntax::read(&sources, sources.find(path)?, false).value;
    let Kind::Map(entries) = &document.root.as_ref()?.kind else { return None };
    entries.first().map(|entry| value(&entry.value))
}

fn value(node: &Node<'_>) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Bool(word) => json!(word),
        Kind::Int(number) => json!(number),
        Kind::Float(number) => json!(number),
        Kind::Text(text) => json!(text),
        Kind::List(items) => items.iter().map(value).collect(),
        Kind::Map(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), value(&entry.value))).collect()
        }
    }
}
