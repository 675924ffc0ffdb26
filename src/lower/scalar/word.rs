//! Words out of a fixed list.

use super::super::reader::Reader;
use crate::diag::{Code, Diagnostic, did_you_mean, either};
use crate::syntax::Node;

/// A reader of one of some words, each with what it means.
pub(in crate::lower) fn word<T: Copy, const N: usize>(
    words: [(&'static str, T); N],
) -> impl Fn(&mut Reader<'_>, &str, &Node) -> Option<T> {
    move |reader, field, node| {
        let text = reader.words(field, node)?;
        let lower = text.to_lowercase();
        match words.iter().find(|(name, _)| *name == lower) {
            Some((_, meaning)) => Some(*meaning),
            None => word_in(reader, field, node, &text, words.map(|(name, _)| name)),
        }
    }
}

/// Reports a word that is not among those that a field takes.
pub(super) fn word_in<T, const N: usize>(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
    text: &str,
    known: [&'static str; N],
) -> Option<T> {
    reader.report(
        Diagnostic::new(
            Code::UnknownWord,
            reader.span(node),
            format!("`{field}` cannot be `{text}`"),
        )
        .maybe_hint(did_you_mean(text, known))
        .hint(format!("it can be {}", either(known))),
    );
    None
}
