//! A configuration for Decap CMS (decapcms.org), by which one edits entries as forms in a browser,
//! over Git. Made of the same table as everything else.

use super::group::{Field, Is, Names, group};
use super::json::Known;
use crate::syntax::scalar;

/// The folders in which the offerings of a catalog are.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// From the project's root, in order: `content/offerings/2026-27`.
    pub offerings: Vec<String>,
}

/// The collections but that of offerings: name, label, folder, noun, and the field that names one.
const COLLECTIONS: [(&str, &str, &str, &str, &str); 4] = [
    ("people", "People", "content/people", "a person", "name"),
    ("places", "Places", "content/places", "a place", "name"),
    ("requirements", "Requirements", "content/requirements", "a requirement", "title"),
    ("pages", "Pages", "content/pages", "a page", "title"),
];

const HEAD: &str = "\
# The forms of Decap CMS (https://decapcms.org) for this catalog, made by `convene schema --decap`.
# Make it anew when kinds, roles or topics change. What forms cannot say (cohorts, rounds and the
# like) stays as it is in the file when a form is saved; write it in the file.
backend:
  # Who may edit: see https://decapcms.org/docs/backends-overview/
  name: git-gateway
  branch: main
# A change waits until somebody looked at it.
publish_mode: editorial_workflow
media_folder: content/files
public_folder: /files
slug:
  encoding: ascii
  clean_accents: true
collections:
";

/// The configuration, as YAML.
pub fn decap(known: &Known, folders: &Folders) -> String {
    let mut out = String::from(HEAD);
    let offerings: Vec<&str> = if folders.offerings.is_empty() {
        vec!["content/offerings"]
    } else {
        folders.offerings.iter().map(String::as_str).collect()
    };
    for folder in offerings {
        let below = folder.strip_prefix("content/offerings").unwrap_or(folder);
        let year = below.trim_start_matches('/');
        let (name, label) = match year {
            "" => ("offerings".to_owned(), "Offerings".to_owned()),
            year => (format!("offerings-{}", year.replace('/', "-")), format!("Offerings {year}")),
        };
        collection(&mut out, &name, &label, folder, "an offering", "title", known);
    }
    for (name, label, folder, noun, identifier) in COLLECTIONS {
        collection(&mut out, name, label, folder, noun, identifier, known);
    }
    out
}

fn collection(
    out: &mut String,
    name: &str,
    label: &str,
    folder: &str,
    noun: &str,
    identifier: &str,
    known: &Known,
) {
    out.push_str(&format!(
        "  - name: {name}\n    label: {}\n    folder: {}\n    create: true\n    \
         extension: md\n    format: yaml-frontmatter\n    identifier_field: {identifier}\n    \
         slug: \"{{{{fields.{identifier}}}}}\"\n    fields:\n",
        scalar(label),
        scalar(folder)
    ));
    let fields = group(noun).map_or(&[][..], |group| group.fields);
    for field in fields {
        for line in form(field, known, 0).unwrap_or_default() {
            out.push_str(&format!("      {line}\n"));
        }
    }
}

/// Groups stand inside each other at most so deep in a form.
const MAX_DEPTH: usize = 3;

/// The lines of a field's form; none for what a form cannot say.
fn form(field: &Field, known: &Known, depth: usize) -> Option<Vec<String>> {
    let mut lines = vec![
        format!("- name: {}", field.name),
        format!("  label: {}", scalar(&label(field.name))),
        format!("  hint: {}", scalar(field.says)),
    ];
    if !field.required {
        lines.push("  required: false".to_owned());
    }
    lines.extend(widget(field.is, known, depth)?.into_iter().map(|line| format!("  {line}")));
    Some(lines)
}

/// `moved_from` as `Moved from`.
fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    words.get(..1).unwrap_or_default().to_uppercase() + words.get(1..).unwrap_or_default()
}

fn widget(is: Is, known: &Known, depth: usize) -> Option<Vec<String>> {
    let one = |name: &str| Some(vec![format!("widget: {name}")]);
    match is {
        Is::Short(_) => one("text"),
        Is::Markdown => one("markdown"),
        Is::Bool | Is::True => one("boolean"),
        Is::Whole => Some(vec!["widget: number".into(), "value_type: int".into(), "min: 1".into()]),
        Is::Amount => {
            Some(vec!["widget: number".into(), "value_type: float".into(), "min: 0".into()])
        }
        Is::Date | Is::Moment => Some(vec![
            "widget: datetime".into(),
            "format: YYYY-MM-DD".into(),
            "date_format: YYYY-MM-DD".into(),
            "time_format: false".into(),
        ]),
        Is::Word(words) => Some(choice(words.iter().copied(), false)),
        Is::Id(names) => Some(reference(names, known, false)),
        Is::List(&Is::Id(names)) => Some(reference(names, known, true)),
        Is::List(&Is::Text | &Is::SitePath) => one("list"),
        Is::List(&Is::Fields(noun)) => fields("list", noun, known, depth),
        Is::Fields(noun) => fields("object", noun, known, depth),
        // Of several forms, the one that says the most in a form.
        Is::Any(several) => {
            let best = several.iter().find(|is| matches!(is, Is::Id(_) | Is::List(_) | Is::Text));
            widget(*best.or(several.first())?, known, depth)
        }
        Is::Check | Is::Map(_) | Is::List(_) => None,
        _ => one("string"),
    }
}

fn fields(widget: &str, noun: &str, known: &Known, depth: usize) -> Option<Vec<String>> {
    let group = group(noun).filter(|_| depth < MAX_DEPTH)?;
    let mut lines =
        vec![format!("widget: {widget}"), "collapsed: true".to_owned(), "fields:".to_owned()];
    for field in group.fields {
        let inner = form(field, known, depth + 1).unwrap_or_default();
        lines.extend(inner.into_iter().map(|line| format!("  {line}")));
    }
    Some(lines)
}

fn choice<'w>(words: impl Iterator<Item = &'w str>, several: bool) -> Vec<String> {
    let words: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
    let mut lines = vec!["widget: select".to_owned(), format!("options: [{}]", words.join(", "))];
    if several {
        lines.push("multiple: true".to_owned());
    }
    lines
}

/// A choice among what the catalog has. People and places are looked up as one types.
fn reference(names: Names, known: &Known, several: bool) -> Vec<String> {
    let collection = match names {
        Names::People => "people",
        Names::Places => "places",
        _ if known.ids(names).is_empty() => {
            return vec![format!("widget: {}", if several { "list" } else { "string" })];
        }
        _ => return choice(known.ids(names).iter().map(String::as_str), several),
    };
    let mut lines = vec![
        "widget: relation".to_owned(),
        format!("collection: {collection}"),
        "value_field: \"{{slug}}\"".to_owned(),
        "search_fields: [name]".to_owned(),
        "display_fields: [name]".to_owned(),
    ];
    if several {
        lines.push("multiple: true".to_owned());
    }
    lines
}
