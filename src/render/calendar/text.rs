//! Content lines: escaped, folded, and never more of them than were meant.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The most octets of a line, without its end (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// Content lines as they are gathered.
#[derive(Debug, Default)]
pub struct Lines {
    text: String,
}

impl Lines {
    /// Room for so many octets.
    pub(super) fn with_capacity(octets: usize) -> Self {
        Self { text: String::with_capacity(octets) }
    }

    /// A line whose value is made of nothing that needs an escape: names, numbers, dates.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.line(name, value);
    }

    /// A line whose value is text (RFC 5545, 3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.line(name, &escape(value));
    }

    /// A line whose value is a list of texts.
    pub(super) fn texts<'t>(&mut self, name: &str, values: impl Iterator<Item = &'t str>) {
        let values: Vec<String> = values.map(escape).collect();
        if !values.is_empty() {
            self.line(name, &values.join(","));
        }
    }

    /// A line whose value is an address (RFC 5545, 3.3.13). What no address may have is
    /// percent-encoded; a control character is dropped.
    pub(super) fn uri(&mut self, name: &str, value: &str) {
        const OUTSIDE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\');
        let kept: String = value.chars().filter(|c| !c.is_control()).collect();
        self.line(name, &utf8_percent_encode(&kept, OUTSIDE).to_string());
    }

    fn line(&mut self, name: &str, value: &str) {
        fold(&mut self.text, &[name, ":", value]);
    }

    /// All lines.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A text as a value (RFC 5545, 3.3.11): backslash, semicolon, comma and line break are escaped,
/// every other control character is dropped. What some programs take for a line break (U+2028,
/// U+2029, U+0085) is one.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\r' => {
                characters.next_if_eq(&'\n');
                escaped.push_str("\\n");
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Appends a content line made of some parts, folded at 75 octets and never inside a character
/// (RFC 5545, 3.1), and its end.
pub fn fold(out: &mut String, parts: &[&str]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut room = WIDTH;
    if length <= room {
        out.extend(parts.iter().copied());
    } else {
        for part in parts {
            let mut rest = *part;
            while rest.len() > room {
                let end = rest.floor_char_boundary(room);
                out.push_str(&rest[..end]);
                out.push_str("\r\n ");
                rest = &rest[end..];
                room = WIDTH - 1;
            }
            out.push_str(rest);
            room -= rest.len();
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{Lines, escape, fold};

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold(&mut out, &["X:", text]);
        out
    }

    fn read(folded: &str) -> String {
        let line = folded.replace("\r\n ", "").replace("\r\n", "");
        let mut text = String::new();
        let mut characters = line.strip_prefix("X:").unwrap().chars();
        while let Some(c) = characters.next() {
            match c {
                '\\' => match characters.next().unwrap() {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                c => text.push(c),
            }
        }
        text
    }

    #[test]
    fn every_text_comes_back() {
        // Characters of every length in UTF-8, and all that is escaped (SplitMix64 picks).
        const ALPHABET: [char; 16] = [
            'a', 'Z', '9', ' ', '\\', ';', ',', ':', '"', '\n', 'n', 'é', '€', '漢', '😀',
            '\u{301}',
        ];
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            usize::try_from((z ^ (z >> 31)) % 1_000_000).unwrap()
        };
        for _ in 0..5_000 {
            let length = next() % 300;
            let text: String = (0..length).map(|_| ALPHABET[next() % ALPHABET.len()]).collect();
            let folded = folded(&escape(&text));
            assert!(folded.ends_with("\r\n"));
            for line in folded.trim_end_matches("\r\n").split("\r\n") {
                assert!(line.len() <= 75, "{line:?}");
                assert!(!line.contains(['\r', '\n']), "{line:?}");
            }
            assert_eq!(read(&folded), text);
        }
    }

    #[test]
    fn a_line_is_as_long_as_it_may_be() {
        assert_eq!(folded(&"a".repeat(73)), format!("X:{}\r\n", "a".repeat(73)));
        assert_eq!(folded(&"a".repeat(74)), format!("X:{}\r\n a\r\n", "a".repeat(73)));
        let two = format!("X:{}\r\n {}\r\n b\r\n", "a".repeat(73), "a".repeat(74));
        assert_eq!(folded(&format!("{}b", "a".repeat(147))), two);
        assert_eq!(
            folded(&format!("{}é", "a".repeat(72))),
            format!("X:{}\r\n é\r\n", "a".repeat(72))
        );
    }

    #[test]
    fn no_text_adds_a_line() {
        for attack in [
            "a\r\nBEGIN:VALARM",
            "a\nEND:VEVENT",
            "a\rEND:VEVENT",
            "a\u{85}END:VEVENT",
            "a\u{2028}END:VEVENT\u{2029}",
            "a\u{b}END:VEVENT\u{c}\u{1c}\u{1d}\u{1e}\u{0}\u{7f}",
        ] {
            let mut lines = Lines::default();
            lines.text("SUMMARY", attack);
            lines.texts("CATEGORIES", [attack].into_iter());
            lines.uri("URL", attack);
            let text = lines.finish();
            assert_eq!(text.matches("\r\n").count(), 3, "{text:?}");
            assert!(!text.replace("\r\n", "").chars().any(char::is_control), "{text:?}");
            assert!(!text.contains(['\u{2028}', '\u{2029}']), "{text:?}");
        }
    }
}
