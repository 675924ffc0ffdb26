//! Texts with a shape: mail addresses, languages, time zones.

use jiff::tz::{TimeZone, db};

use super::super::reader::Reader;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::syntax::Node;

/// Any text that is not empty.
pub(in crate::lower) fn text(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<String> {
    reader.words(field, node)
}

/// A text of at most so many characters.
pub(in crate::lower) fn short_text(
    limit: usize,
) -> impl Fn(&mut Reader<'_>, &str, &Node) -> Option<String> {
    move |reader, field, node| {
        let text = reader.words(field, node)?;
        let length = text.chars().count();
        if length > limit {
            return reader.fault(
                Code::TooLong,
                node,
                format!("`{field}` has {length} characters, and at most {limit} are shown"),
                format!(
                    "shorten it by {}, and put the rest below the second line `---`",
                    length - limit
                ),
            );
        }
        Some(text)
    }
}

/// An address of electronic mail.
pub(in crate::lower) fn email(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<String> {
    let text = reader.words(field, node)?;
    let shaped = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let allowed = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-@".contains(c);
    if !shaped || !text.chars().all(allowed) || text.matches('@').count() != 1 {
        let message = format!("`{text}` is not an e-mail address");
        return reader.fault(
            Code::InvalidUrl,
            node,
            message,
            format!("write for example `{field}: name@example.org`"),
        );
    }
    Some(text)
}

/// A language tag (BCP 47): subtags of letters and digits, the first of two or three letters.
pub(in crate::lower) fn language(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<String> {
    let text = reader.words(field, node)?;
    let mut subtags = text.split('-');
    let first = subtags.next().unwrap_or_default();
    let valid = (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|tag| {
            (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !valid {
        let message = format!("`{text}` is not the code of a language");
        let hint = "write for example `language: en` for English, `language: es` for Spanish";
        return reader.fault(Code::InvalidLanguage, node, message, hint);
    }
    Some(text)
}

/// A time zone by its IANA name.
pub(in crate::lower) fn timezone(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<TimeZone> {
    let text = reader.words(field, node)?;
    // Names are compared as the database writes them, so that the same file means the same
    // everywhere.
    if let Ok(zone) = TimeZone::get(&text)
        && zone.iana_name() == Some(text.as_str())
    {
        return Some(zone);
    }
    let usual = match text.to_uppercase().as_str() {
        "EST" | "EDT" | "ET" | "EASTERN" | "US/EASTERN" => Some("America/New_York"),
        "CST" | "CDT" | "CT" | "CENTRAL" | "US/CENTRAL" => Some("America/Chicago"),
        "MST" | "MDT" | "MT" | "MOUNTAIN" | "US/MOUNTAIN" => Some("America/Denver"),
        "PST" | "PDT" | "PT" | "PACIFIC" | "US/PACIFIC" => Some("America/Los_Angeles"),
        _ => None,
    };
    let names: Vec<String> = db().available().map(|name| name.to_string()).collect();
    let guess = match usual {
        Some(name) => Some(format!("write `{name}`")),
        None => did_you_mean(&text, names.iter().map(String::as_str)),
    };
    reader.report(
        Diagnostic::new(
            Code::UnknownTimezone,
            reader.span(node),
            format!("there is no time zone `{text}`"),
        )
        .maybe_hint(guess)
        .hint("a zone is named by a continent and a city: `America/New_York`"),
    );
    None
}
