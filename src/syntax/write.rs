//! Text as YAML: what this room reads, written so that it reads back the same.

/// A text as one value on one line, in quotes where it needs them.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The same inside of brackets, where a comma ends a value and a colon may begin one.
pub fn flow_scalar(text: &str) -> String {
    let plain = is_plain(text) && !text.contains(['[', ']', '{', '}', ',', '?', ':']);
    if plain { text.to_owned() } else { quoted(text) }
}

/// True when YAML reads a text without quotes as this text, outside of brackets.
fn is_plain(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let reserved = matches!(
        word.as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '/');
    let strange =
        |c: char| c.is_control() || "\"\\\u{2028}\u{2029}\u{85}\u{feff}\u{a0}".contains(c);
    begins
        && !reserved
        && !text.chars().any(strange)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\U{:08x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{flow_scalar, scalar};
    use crate::syntax::node::{Kind, tree};

    #[test]
    fn what_needs_quotes_gets_them() {
        for (text, written) in [
            ("School Leader PD", "School Leader PD"),
            ("https://example.org/a", "https://example.org/a"),
            ("Leaders’ day", "Leaders’ day"),
            ("no", "\"no\""),
            ("2026", "\"2026\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("=SUM(A1)", "\"=SUM(A1)\""),
            ("one, two", "one, two"),
            ("say \"hi\"\n", "\"say \\\"hi\\\"\\n\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }

    #[test]
    fn every_text_reads_back_the_same() {
        let pieces =
            ["a", "é", ":", " ", "#", "-", "'", "\"", "\\", "\n", "[", "]", "{", ",", "&", "*"];
        let more = ["!", "|", ">", "%", "@", "`", "~", "1", "\t", "\u{2028}", "?", "null", "\u{7}"];
        let all: Vec<&str> = pieces.into_iter().chain(more).collect();
        let mut texts: Vec<String> = Vec::new();
        for a in &all {
            for b in &all {
                texts.extend(all.iter().map(|c| format!("{a}{b}{c}")));
            }
        }
        for text in texts {
            for yaml in [format!("key: {}\n", scalar(&text)), format!("[{}]", flow_scalar(&text))] {
                let tree = tree(&yaml).unwrap_or_else(|error| panic!("{yaml:?}: {error}"));
                let found = match tree.root.kind {
                    Kind::Map(entries) => entries[0].value.kind.clone(),
                    Kind::List(items) => items[0].kind.clone(),
                    other => other,
                };
                assert_eq!(found, Kind::Text(text.clone().into()), "{yaml:?}");
            }
        }
    }
}
