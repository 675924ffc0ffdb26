//! IDs that are none, explained.

use crate::model::is_id;

/// What is wrong with a text that should be an ID, and how to mend it.
pub(super) fn id_fault(text: &str) -> (String, String) {
    let short: String = text.chars().take(60).collect();
    if text.is_empty() {
        return (
            "an ID is missing here".to_owned(),
            "write one, such as `self-as-core`".to_owned(),
        );
    }
    if let Some((letter, plain)) = look_alike(text) {
        let code = u32::from(letter);
        return (
            format!(
                "the letter `{letter}` in `{short}` (U+{code:04X}) looks like `{plain}` and is \
                 another"
            ),
            match normalized(text) {
                Some(id) => format!("type it anew: `{id}`"),
                None => format!("replace it with the `{plain}` of your keyboard"),
            },
        );
    }
    let what = if text.len() > 100 {
        "has more than 100 letters".to_owned()
    } else if let Some(bad) =
        text.chars().find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-'))
    {
        match bad {
            ' ' => "has a space in it".to_owned(),
            c if c.is_ascii_uppercase() => format!("has the capital letter `{c}`"),
            c if is_invisible(c) => {
                format!("has an invisible character (U+{:04X})", u32::from(c))
            }
            c => format!("has the character `{c}`"),
        }
    } else {
        "begins or ends with a hyphen".to_owned()
    };
    let hint = match normalized(text) {
        Some(id) => format!("did you mean `{id}`?"),
        None => "use lower-case letters a to z, digits and hyphens".to_owned(),
    };
    (format!("`{short}` cannot be an ID: it {what}"), hint)
}

/// The ID that somebody most likely meant.
pub fn normalized(text: &str) -> Option<String> {
    let mut id = String::new();
    for c in text.trim().chars().take(200) {
        let plain = plain_letter(c).unwrap_or(c).to_ascii_lowercase();
        match plain {
            'a'..='z' | '0'..='9' => id.push(plain),
            '\'' | '’' => {}
            c if is_invisible(c) => {}
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_matches('-');
    is_id(id).then(|| id.to_owned())
}

/// Characters without width, which word processors leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || c.is_control()
}

/// The first letter of another script that looks like one of ours.
fn look_alike(text: &str) -> Option<(char, char)> {
    text.chars().find_map(|c| plain_letter(c).map(|plain| (c, plain)))
}

/// Cyrillic, Greek and full-width letters that look like Latin ones, and dashes that look like a
/// hyphen.
fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'ո' | 'η' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xff41 + u32::from('a'))?,
        '０'..='９' => char::from_u32(u32::from(c) - 0xff10 + u32::from('0'))?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{id_fault, normalized};

    #[test]
    fn what_is_wrong_with_an_id() {
        for (text, words, hint) in [
            ("Self-as-Core", "capital letter `S`", "did you mean `self-as-core`?"),
            ("self as core", "a space", "did you mean `self-as-core`?"),
            ("self_as_core", "character `_`", "did you mean `self-as-core`?"),
            ("-core", "hyphen", "did you mean `core`?"),
            ("sеlf", "U+0435", "type it anew: `self`"),
            ("se\u{200b}lf", "an invisible character (U+200B)", "did you mean `self`?"),
            ("école", "character `é`", "did you mean `cole`?"),
        ] {
            let (message, mend) = id_fault(text);
            assert!(message.contains(words), "{message}");
            if text != "école" {
                assert_eq!(mend, hint);
            }
        }
        assert_eq!(normalized("Principal's PD"), Some("principals-pd".to_owned()));
        assert_eq!(normalized("日本"), None);
    }
}
