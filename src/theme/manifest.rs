//! `theme.yaml`: what a theme says of itself that the program has to know.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Warned, did_you_mean};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{self, Kind, Node};

/// A part of the site that a theme may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is explained by its word")]
pub enum Section {
    Calendars,
    Data,
    Search,
    News,
    Pictures,
    Schedule,
    Plan,
    Print,
    Kinds,
    Roles,
    Networks,
    Topics,
    People,
    Places,
    Requirements,
    Years,
}

/// The word of each in `theme.yaml`.
const WORDS: [(&str, Section); 16] = [
    ("calendars", Section::Calendars),
    ("data", Section::Data),
    ("search", Section::Search),
    ("news", Section::News),
    ("pictures", Section::Pictures),
    ("schedule", Section::Schedule),
    ("plan", Section::Plan),
    ("print", Section::Print),
    ("kinds", Section::Kinds),
    ("roles", Section::Roles),
    ("networks", Section::Networks),
    ("topics", Section::Topics),
    ("people", Section::People),
    ("places", Section::Places),
    ("requirements", Section::Requirements),
    ("years", Section::Years),
];

/// The parts that `without:` of a theme's own `theme.yaml` names.
pub(super) fn left_out(sources: &Sources, file: FileId) -> Warned<BTreeSet<Section>> {
    let read = syntax::read(sources, file, true);
    let mut diagnostics = read.diagnostics;
    let document = read.value;
    let mut found = BTreeSet::new();
    let fields = match document.root.as_ref().map(|root| &root.kind) {
        Some(Kind::Map(fields)) => fields.as_slice(),
        _ => &[],
    };
    if let Some(field) = fields.iter().find(|field| field.key == "without") {
        match &field.value.kind {
            Kind::Null => {}
            Kind::List(items) => {
                for item in items {
                    match section(file, item) {
                        Ok(section) => drop(found.insert(section)),
                        Err(fault) => diagnostics.push(fault),
                    }
                }
            }
            _ => {
                let span = Span::node(file, field.value.id);
                let message = "`without` takes a list";
                let hint = "write for example `without: [calendars, data]`";
                diagnostics.push(Diagnostic::new(Code::InvalidTheme, span, message).hint(hint));
            }
        }
    }
    Warned { value: found, diagnostics }
}

fn section(file: FileId, item: &Node<'_>) -> Result<Section, Diagnostic> {
    let word = match &item.kind {
        Kind::Text(text) => text.trim(),
        _ => "",
    };
    let known = WORDS.iter().find(|(name, _)| *name == word);
    known.map(|(_, section)| *section).ok_or_else(|| {
        let words = WORDS.map(|(name, _)| name);
        let message = format!("a site has no part `{word}` that a theme could leave out");
        Diagnostic::new(Code::InvalidTheme, Span::node(file, item.id), message)
            .maybe_hint(did_you_mean(word, words))
            .hint(format!("the parts are {}", words.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::{Section, left_out};
    use crate::source::Sources;

    #[track_caller]
    fn case(text: &str, expected: &[Section], faults: &[&str]) {
        let sources = Sources::from_texts([("themes/bare/theme.yaml", text)]);
        let read = left_out(&sources, sources.find("themes/bare/theme.yaml").unwrap());
        assert_eq!(read.value.into_iter().collect::<Vec<_>>(), expected);
        let told: Vec<_> = read.diagnostics.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(told, faults);
    }

    #[test]
    fn a_theme_names_what_it_leaves_out() {
        case("name: Bare\n", &[], &[]);
        case("without: [data, calendars]\n", &[Section::Calendars, Section::Data], &[]);
        case(
            "without: [calendar]\n",
            &[],
            &["a site has no part `calendar` that a theme could leave out"],
        );
        case("without: data\n", &[], &["`without` takes a list"]);
    }
}
