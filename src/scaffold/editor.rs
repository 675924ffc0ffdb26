//! The settings by which VS Code completes, checks and shows a catalog.
//!
//! The YAML extension completes and checks YAML files by the schemas. It does not look into the front
//! matter of Markdown: there, snippets complete the fields, and a task runs the checks and marks what
//! they find in the editor.

use serde_json::{Map, Value, json};

use super::NewFile;
use crate::schema::{FILES, Field, Is, Known, group, json as schema};

const TASKS: &str = include_str!("texts/tasks.json");
const EXTENSIONS: &str = "{\n  \"recommendations\": [\"redhat.vscode-yaml\"]\n}\n";
/// Where the schemas are.
const SCHEMAS: &str = ".vscode/schema";

/// Files that belong to whoever edits them, and files that are made anew each time.
#[derive(Clone, Debug)]
pub struct EditorFiles {
    /// Settings, tasks: never written over.
    pub own: Vec<NewFile>,
    /// Schemas and snippets: made of the table of fields and the IDs of the catalog.
    pub made: Vec<NewFile>,
}

/// The files for a catalog with these IDs.
pub fn editor(known: &Known) -> EditorFiles {
    let mut made: Vec<NewFile> = FILES
        .iter()
        .map(|file| NewFile::new(format!("{SCHEMAS}/{}.json", file.name()), schema(*file, known)))
        .collect();
    made.push(NewFile::new(".vscode/convene.code-snippets", pretty(&snippets())));
    let own = vec![
        NewFile::new(".vscode/settings.json", pretty(&settings())),
        NewFile::new(".vscode/tasks.json", TASKS),
        NewFile::new(".vscode/extensions.json", EXTENSIONS),
    ];
    EditorFiles { own, made }
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

fn settings() -> Value {
    let schemas: Map<String, Value> = FILES
        .iter()
        .map(|file| (format!("./{SCHEMAS}/{}.json", file.name()), json!([file.pattern()])))
        .collect();
    json!({
        "yaml.schemas": schemas,
        // Without these, VS Code offers nothing while one types in Markdown.
        "[markdown]": {
            "editor.quickSuggestions": { "other": true, "comments": false, "strings": true },
            "editor.snippetSuggestions": "top",
            "editor.wordBasedSuggestions": "off",
        },
        "files.exclude": { "public": true },
    })
}

/// Groups whose fields are offered, the first that has a name before the others.
const OFFERED: [&str; 7] =
    ["an offering", "enrollment", "a session", "a requirement", "a person", "a place", "a page"];

/// A snippet for every field that stands in front matter.
fn snippets() -> Value {
    let mut all = Map::new();
    let fields = OFFERED
        .iter()
        .filter_map(|noun| group(noun))
        .flat_map(|group| group.fields.iter().map(move |field| (group.noun, field)));
    for (noun, field) in fields {
        all.entry(field.name).or_insert_with(|| {
            json!({
                "prefix": field.name,
                "scope": "markdown,yaml",
                "description": format!("{} ({noun})", field.says),
                "body": body(field),
            })
        });
    }
    Value::Object(all)
}

fn body(field: &Field) -> Vec<String> {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    match field.is {
        Is::Word(words) => vec![format!("{}: ${{1|{}|}}", field.name, words.join(","))],
        Is::Bool => vec![format!("{}: ${{1|true,false|}}", field.name)],
        // An entry of a list by its fields, one a line, as one reads it best.
        Is::Fields(noun) | Is::List(&Is::Fields(noun)) => {
            let list = matches!(field.is, Is::List(_));
            let example = field.example.trim_matches(['[', ']', '{', '}', ' ']);
            let inner = group(noun).map_or(&[][..], |group| group.fields);
            let shown = inner
                .iter()
                .filter(|inner| inner.required || example.contains(&format!("{}:", inner.name)));
            let mut lines = vec![format!("{}:", field.name)];
            for (at, inner) in shown.enumerate() {
                let mark = match (list, at) {
                    (true, 0) => "  - ",
                    (true, _) => "    ",
                    (false, _) => "  ",
                };
                let example = escaped(inner.example);
                lines.push(format!("{mark}{}: ${{{}:{example}}}", inner.name, at + 1));
            }
            lines
        }
        _ => vec![format!("{}: ${{1:{}}}", field.name, escaped(field.example))],
    }
}
