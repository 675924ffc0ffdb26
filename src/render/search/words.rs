//! Text to the words by which it is found. The theme's scripts/search-words.js does the same to
//! what a reader types; tests/search-words.json holds the two together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: small letters, without accents, and in English without endings.
pub(super) fn words(text: &str, english: bool) -> Vec<String> {
    let folded: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).collect();
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| if english { stem(word) } else { word.to_owned() })
        .collect()
}

/// An English word without the endings that its forms differ by: plural, `-ing`, `-ed`, silent
/// `e`. It need not be a word; it only has to be the same for all forms.
fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    let long = |word: &str| word.len() > 3;
    if !word.is_ascii() || !long(&word) {
        return word;
    }
    if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        word.pop();
    }
    for ending in ["ing", "ed"] {
        if let Some(rest) = word.strip_suffix(ending)
            && long(rest)
            && rest.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        {
            word = rest.to_owned();
            break;
        }
    }
    if word.ends_with('e') && word.len() > 4 {
        word.pop();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_as_the_table_has_them() {
        let table: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/search-words.json")).unwrap();
        for case in table["cases"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let of = |name: &str| -> Vec<&str> {
                case[name].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect()
            };
            assert_eq!(words(text, true), of("english"), "{text}");
            assert_eq!(words(text, false), of("plain"), "{text}");
        }
    }
}
