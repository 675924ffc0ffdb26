//! The form for programs: one JSON object a line.
//!
//! Members: `code`, `severity` (`error`, `warning`), `message`, `file`, `line`, `column`,
//! `end_line`, `end_column` (from 1, columns in characters, the end not included), `label`,
//! `hints` (texts), `related` (objects with the members of a place and `message`).

use serde_json::{Map, Value, json};

use super::{shown, word};
use crate::diag::{Diagnostic, Label};
use crate::source::Sources;

/// All diagnostics, one object a line.
pub fn json(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("{}\n", object(sources, diagnostic))).collect()
}

fn object(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let mut object = place(sources, &diagnostic.primary);
    object.insert("code".to_owned(), json!(diagnostic.code.name()));
    object.insert("severity".to_owned(), json!(word(diagnostic.severity)));
    object.insert("message".to_owned(), json!(diagnostic.message));
    object.insert("label".to_owned(), json!(diagnostic.primary.text));
    object.insert("hints".to_owned(), json!(diagnostic.hints));
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .map(|label| {
            let mut related = place(sources, label);
            related.insert("message".to_owned(), json!(label.text));
            Value::Object(related)
        })
        .collect();
    object.insert("related".to_owned(), json!(related));
    Value::Object(object)
}

fn place(sources: &Sources, label: &Label) -> Map<String, Value> {
    let shown = shown(sources, label.span);
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(&*shown.file.path));
    object.insert("line".to_owned(), json!(shown.start.line));
    object.insert("column".to_owned(), json!(shown.start.column));
    object.insert("end_line".to_owned(), json!(shown.end.line));
    object.insert("end_column".to_owned(), json!(shown.end.column));
    object
}

#[cfg(test)]
mod tests {
    use super::json;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{Sources, Span};

    #[test]
    fn one_object_a_line() {
        let sources = Sources::from_texts([("content/a.md", "---\ntitel: x\n")]);
        let file = sources.find("content/a.md").unwrap();
        let diagnostic = Diagnostic::new(Code::UnknownField, Span::bytes(file, 4..9), "no \"x\"\n");
        let text = json(&sources, &[diagnostic.clone(), diagnostic]);
        assert_eq!(text.lines().count(), 2);
        let object: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        assert_eq!(object["line"], 2);
        assert_eq!(object["end_column"], 6);
        assert_eq!(object["message"], "no \"x\"\n");
    }
}
