//! `convene schema`: the table of fields against the reader of fields, and the schemas against files.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;
mod support;

use std::fs;
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use convene::schema::{FILES, Field, File, Group, Known, group, json};
use folder::Folder;
use serde_json::Value;
use support::Project;

/// The schemas of every kind of file, ready to use.
struct Validator {
    schemas: Schemas,
    of: Vec<(&'static str, SchemaIndex)>,
}

impl Validator {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        let mut of = Vec::new();
        for file in FILES {
            let text = json(file, &Known::default());
            let schema: Value = serde_json::from_str(&text).expect("JSON");
            let id = schema["$id"].as_str().expect("an ID").to_owned();
            compiler.add_resource(&id, schema).expect("a resource");
            // Compiling holds the schema against the meta-schema of 2020-12, too.
            of.push((file.name(), compiler.compile(&id, &mut schemas).expect("a schema")));
        }
        Self { schemas, of }
    }

    /// What is wrong with the YAML of a file of the content.
    fn check(&self, path: &str, text: &str) -> Result<(), String> {
        let name = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["catalog.yaml"] => "catalog",
            ["people.yaml"] => "people",
            ["places.yaml"] => "places",
            ["requirements.yaml"] => "requirements",
            ["offerings", ..] => "offering",
            ["people", ..] => "person",
            ["places", ..] => "place",
            ["requirements", ..] => "requirement",
            ["pages", ..] => "page",
            _ => panic!("{path}"),
        };
        let yaml = if path.ends_with(".md") {
            text.trim_start_matches(['\u{feff}', '\n']).split("---\n").nth(1).expect("front matter")
        } else {
            text
        };
        let value: Value = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
        let (_, index) = self.of.iter().find(|(of, _)| *of == name).expect("a schema");
        self.schemas.validate(&value, *index).map_err(|error| format!("{path}: {error:#}"))
    }
}

const CATALOG: &str = "{ title: L, organization: O, url: \"https://example.org/\", \
    timezone: America/New_York, kinds: { series: { name: S } }, \
    roles: { principal: { name: P } }, networks: { network-1: { name: N } }, \
    topics: { equity: { name: E } }, credits: { act-48: { name: C } }, @ }";
const OFFERING: &str =
    "{ title: A, kind: series, summary: What one does there., roles: all, year: 2026-27, @ }";

/// Where a group stands in a file: `@` is the place of its fields.
fn frame(noun: &str) -> (&'static str, String) {
    let catalog = |field: &str| ("catalog.yaml", CATALOG.replace('@', field));
    let replaced =
        |from: &str, to: &str| ("catalog.yaml", CATALOG.replace(from, to).replace(", @ }", " }"));
    let offering = |field: &str| ("offerings/a.yaml", OFFERING.replace('@', field));
    let session = |field: &str| offering(&format!("sessions: [{{ date: 2027-01-14, {field} }}]"));
    match noun {
        "the catalog" => ("catalog.yaml", "{ @ }".to_owned()),
        "a kind" => replaced("series: { name: S }", "series: { # }"),
        "a role" => replaced("principal: { name: P }", "principal: { # }"),
        "a network" => replaced("network-1: { name: N }", "network-1: { # }"),
        "a topic" => replaced("equity: { name: E }", "equity: { # }"),
        "a kind of credit" => replaced("act-48: { name: C }", "act-48: { # }"),
        "closed days" => catalog("closed: [{ @ }]"),
        "a notice" => catalog("notices: [{ @ }]"),
        "a link of the menu" => catalog("menu: [{ @ }]"),
        "a brand" => catalog("brand: { @ }"),
        "a contact" => catalog("contact: { @ }"),
        "an offering" => ("offerings/a.yaml", "{ @ }".to_owned()),
        "a unit" => offering("unit: { @ }"),
        "a team" => offering("unit: { team: { @ } }"),
        "attendance" => offering("attendance: { @ }"),
        "a cohort" => offering("cohorts: { fall: { @ } }"),
        "enrollment" => offering("enroll: { @ }"),
        "a round" => offering("enroll: { url: \"https://example.org/\", rounds: [{ @ }] }"),
        "a session" => offering("sessions: [{ @ }]"),
        "a meeting" => offering("sessions: [{ meetings: [{ @ }] }]"),
        "a backup" => session("backup: { @ }"),
        "a repeat" => session("repeat: { @ }"),
        "credit" => offering("credit: [{ @ }]"),
        "a material" => offering("materials: [{ @ }]"),
        "a picture" => offering("image: { @ }"),
        "a requirement" => ("requirements/a.yaml", "{ @ }".to_owned()),
        "a person" => ("people/a.yaml", "{ @ }".to_owned()),
        "a place" => ("places/a.yaml", "{ @ }".to_owned()),
        "a page" => ("pages/a.yaml", "{ @ }".to_owned()),
        _ => panic!("there is no frame for {noun}: add one"),
    }
}

/// A field with its example, as it stands in brackets.
fn written(field: &Field) -> String {
    let example = field.example;
    let bare = example.starts_with(['[', '{', '"'])
        || example.parse::<f64>().is_ok()
        || matches!(example, "true" | "false");
    if bare {
        format!("{}: {example}", field.name)
    } else {
        format!("{}: \"{example}\"", field.name)
    }
}

/// Every group that any schema reaches.
fn groups() -> Vec<&'static Group> {
    let mut nouns: Vec<String> = Vec::new();
    for file in FILES {
        let schema: Value = serde_json::from_str(&json(file, &Known::default())).unwrap();
        nouns.extend(schema["$defs"].as_object().unwrap().keys().cloned());
    }
    nouns.sort();
    nouns.dedup();
    let found = |key: &String| {
        let words = key.replace('-', " ");
        let nouns = ["", "a ", "an ", "the "].map(|article| format!("{article}{words}"));
        nouns.iter().find_map(|noun| group(noun)).unwrap_or_else(|| panic!("{key}"))
    };
    nouns.iter().map(found).collect()
}

/// A file with one field of a group, beside those that the group must have.
fn with_field(group: &Group, field: &Field) -> (&'static str, String) {
    let (path, frame) = frame(group.noun);
    let must = group.fields.iter().filter(|one| one.required && one.name != field.name);
    let mut fields: Vec<String> = must.map(written).collect();
    fields.push(written(field));
    (path, frame.replace(['@', '#'], &fields.join(", ")))
}

#[test]
fn every_field_of_the_table_is_read_and_its_example_is_right() {
    let validator = Validator::new();
    let mut count = 0;
    for group in groups() {
        for field in group.fields {
            let (path, text) = with_field(group, field);
            let project = Project::new().write(path, &text);
            let faults = project.faults();
            let wrong = ["unknown-field", "wrong-type", "unknown-word", "invalid-"];
            let bad = faults.iter().find(|fault| wrong.iter().any(|code| fault.starts_with(code)));
            assert!(
                bad.is_none(),
                "`{}` of {}: {text}\n{}",
                field.name,
                group.noun,
                project.words()
            );
            assert_eq!(validator.check(path, &text), Ok(()), "{text}");
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

#[test]
fn a_field_that_is_unknown_or_of_another_type_is_refused_by_both() {
    let validator = Validator::new();
    for group in groups() {
        for wrong in ["strange: 1", "sesions: []"] {
            let must: Vec<String> =
                group.fields.iter().filter(|one| one.required).map(written).collect();
            let fields = [must, vec![wrong.to_owned()]].concat().join(", ");
            let (path, frame) = frame(group.noun);
            let text = frame.replace(['@', '#'], &fields);
            assert!(validator.check(path, &text).is_err(), "{text}");
            let faults = Project::new().write(path, &text).faults();
            assert!(
                faults.iter().any(|one| one.starts_with("unknown-field")),
                "{text}: {faults:?}"
            );
        }
        for field in group.fields {
            // A list in a list is nothing that any field takes.
            let odd = Field { example: "[[[1]]]", ..Field { is: field.is, ..copy(field) } };
            let (path, text) = with_field(group, &odd);
            assert!(validator.check(path, &text).is_err(), "{text}");
            let faults = Project::new().write(path, &text).faults();
            assert!(!faults.is_empty(), "{text}");
        }
    }
}

fn copy(field: &Field) -> Field {
    Field { ..*field }
}

#[test]
fn every_file_of_the_sample_and_of_a_new_catalog_is_valid() {
    let validator = Validator::new();
    let folder = Folder::new()
        .run(["new", "catalog", "new", "-q"])
        .success()
        .run(["new", "offering", "Self as Core", "--root", "new", "-q"])
        .success()
        .run(["new", "person", "Dana", "--root", "new", "-q"])
        .success()
        .run(["new", "place", "Hall", "--root", "new", "-q"])
        .success()
        .run(["new", "page", "About", "--root", "new", "-q"])
        .success();
    let mut count = 0;
    for top in
        [Path::new("content"), &folder.path("new/content"), Path::new("tests/calendars/content")]
    {
        for entry in walkdir::WalkDir::new(top).into_iter().filter_map(Result::ok) {
            let path = entry.path().strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
            if path.starts_with("files") || !(path.ends_with(".md") || path.ends_with(".yaml")) {
                continue;
            }
            let text = fs::read_to_string(entry.path()).unwrap();
            assert_eq!(validator.check(&path, &text), Ok(()));
            count += 1;
            let (at, more) = if path.ends_with(".md") {
                ("---\n", "---\nstrange: 1\n")
            } else {
                ("", "strange: 1\n")
            };
            let bad =
                if at.is_empty() { format!("{more}{text}") } else { text.replacen(at, more, 1) };
            assert!(validator.check(&path, &bad).is_err(), "{path}");
        }
    }
    assert!(count > 40, "{count}");
    let people = "maya: { name: Maya }\nsam: { name: Sam, email: sam@example.org }\n";
    assert_eq!(validator.check("people.yaml", people), Ok(()));
    assert!(validator.check("people.yaml", "Maya: { name: Maya }\n").is_err());
}

#[test]
fn the_command_knows_the_ids_of_the_catalog() {
    let known = |text: &str| text.contains("\"leadership-learning-center\"");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["schema", "offering"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && known(&text));
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let folder = Folder::new()
        .run(["schema", "--output", "all"])
        .stdout("Wrote 9 schemas into all")
        .success();
    assert_eq!(folder.tree("all").len(), FILES.len());
    assert_eq!(folder.read("all/offering.json"), json(File::Offering, &Known::default()));
    folder.run(["schema"]).stderr("error: the following required arguments were not provided:\n  <KIND>\n\nUsage: convene schema <KIND>\n\nFor more information, try '--help'.").failure(2);
}

#[test]
fn the_forms_of_decap_are_made_of_the_same_table() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["schema", "--decap"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let config: Value = serde_yaml::from_str(&text).expect("YAML");
    let collections = config["collections"].as_array().unwrap();
    let named =
        |name: &str| collections.iter().find(|one| one["name"] == name).expect("it is there");
    let this_year = named("offerings-2026-27");
    assert_eq!(this_year["folder"], "content/offerings/2026-27");
    let field = |of: &Value, name: &str| -> Value {
        let fields = of["fields"].as_array().unwrap();
        fields.iter().find(|one| one["name"] == name).cloned().unwrap_or_default()
    };
    let kind = field(this_year, "kind");
    assert_eq!(kind["widget"], "select");
    assert_eq!(kind["options"][0], "convening");
    assert_eq!(kind["required"], Value::Null);
    let sessions = field(this_year, "sessions");
    assert_eq!(
        (&sessions["widget"], &sessions["required"]),
        (&Value::from("list"), &Value::from(false))
    );
    assert_eq!(field(&sessions, "date")["widget"], "datetime");
    assert_eq!(field(this_year, "facilitators")["collection"], "people");
    for (name, noun) in [
        ("people", "a person"),
        ("places", "a place"),
        ("pages", "a page"),
        ("requirements", "a requirement"),
    ] {
        let offered = named(name)["fields"].as_array().unwrap().len();
        // All but `allow`, which is for those who read what the checks say.
        assert_eq!(offered, group(noun).unwrap().fields.len() - 1, "{name}");
    }
}
