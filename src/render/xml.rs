//! Text in XML 1.0.

use std::borrow::Cow;

/// A text as it may stand in an element or in a quoted attribute. What XML has no character for
/// (XML 1.0, 2.2) is left out.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\'') && is_character(c);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // As it is, a parser would make a line feed of it.
            '\r' => escaped.push_str("&#13;"),
            c if is_character(c) => escaped.push(c),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

/// `Char` of XML 1.0, but for the carriage return, which is escaped.
fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_is_escaped_and_what_xml_cannot_say_is_left_out() {
        assert_eq!(escape("plain – ü"), "plain – ü");
        assert_eq!(escape("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;");
        assert_eq!(escape("a\0\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}b\tc\nd\re"), "ab\tc\nd&#13;e");
    }
}
