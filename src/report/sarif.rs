//! SARIF 2.1.0 (OASIS standard, 27 March 2020), as code scanning reads it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{label_text, shown, word};
use crate::diag::{Diagnostic, Label};
use crate::source::Sources;

/// All diagnostics as one SARIF log. Code scanning wants paths from the repository's root; `folder`
/// is where the project is in it: nothing, or `learning/`.
pub fn sarif(sources: &Sources, diagnostics: &[Diagnostic], folder: &str) -> String {
    let codes: BTreeSet<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code.name() })).collect();
    let results: Vec<Value> = diagnostics.iter().map(|one| result(sources, one, folder)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "convene",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(sources: &Sources, diagnostic: &Diagnostic, folder: &str) -> Value {
    let mut text = diagnostic.message.clone();
    for hint in &diagnostic.hints {
        text.push_str("\nhelp: ");
        text.push_str(hint);
    }
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .enumerate()
        .map(|(id, label)| {
            let mut location = location(sources, label, folder);
            location["id"] = json!(id);
            if let Some(text) = label_text(label) {
                location["message"] = json!({ "text": text });
            }
            location
        })
        .collect();
    json!({
        "ruleId": diagnostic.code.name(),
        "level": word(diagnostic.severity),
        "message": { "text": text },
        "locations": [location(sources, &diagnostic.primary, folder)],
        "relatedLocations": related,
    })
}

fn location(sources: &Sources, label: &Label, folder: &str) -> Value {
    let shown = shown(sources, label.span);
    let uri = url_path(&format!("{folder}{}", shown.file.path));
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri },
        "region": {
            "startLine": shown.start.line,
            "startColumn": shown.start.column,
            "endLine": shown.end.line,
            "endColumn": shown.end.column,
        },
    }})
}

/// A path as a relative URI reference (RFC 3986).
fn url_path(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

#[cfg(test)]
mod tests {
    use super::sarif;
    use crate::diag::{Code, Diagnostic};
    use crate::source::{Sources, Span};

    #[test]
    fn a_log_has_one_result_for_each_diagnostic() {
        let sources = Sources::from_texts([("content/a b.md", "x")]);
        let file = sources.find("content/a b.md").unwrap();
        let span = Span::bytes(file, 0..1);
        let diagnostic = Diagnostic::new(Code::UnknownField, span, "no").also(span, "here");
        let log: serde_json::Value =
            serde_json::from_str(&sarif(&sources, &[diagnostic], "my site/")).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "unknown-field");
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "my%20site/content/a%20b.md"
        );
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "here");
    }
}
