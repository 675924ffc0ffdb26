//! IDs.

use super::super::reader::Reader;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::model::Id;
use crate::source::Span;
use crate::syntax::{Node, proposed_id};

/// The ID of something that is declared elsewhere.
pub(in crate::lower) fn id<T>(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Id<T>> {
    let text = reader.words(field, node)?;
    let span = reader.span(node);
    checked(reader, &text, span, &format!("`{text}` cannot be an ID in `{field}`"))
}

/// The ID that the name of a field declares: a key of a map from ID to entry.
pub(in crate::lower) fn id_of_key<T>(
    reader: &mut Reader<'_>,
    name: &str,
    span: Span,
) -> Option<Id<T>> {
    checked(reader, name, span, &format!("`{name}` cannot be an ID"))
}

fn checked<T>(reader: &mut Reader<'_>, text: &str, span: Span, message: &str) -> Option<Id<T>> {
    let id = Id::new(text);
    if id.is_none() {
        let proposed = proposed_id(text);
        reader.report(
            Diagnostic::new(Code::InvalidId, span, message)
                .hint("an ID has lower-case letters from a to z, digits and hyphens")
                .maybe_hint((!proposed.is_empty()).then(|| format!("write `{proposed}`"))),
        );
    }
    id
}

/// The name of a check, in `allow`.
pub(in crate::lower) fn check_name(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<String> {
    let text = reader.words(field, node)?;
    if Code::from_name(&text).is_some() {
        return Some(text);
    }
    reader.report(
        Diagnostic::new(
            Code::UnknownWord,
            reader.span(node),
            format!("there is no check `{text}`"),
        )
        .maybe_hint(did_you_mean(&text, Code::ALL.iter().map(|code| code.name())))
        .hint("a check is named in brackets in its message: `warning[session-on-weekend]`"),
    );
    None
}
