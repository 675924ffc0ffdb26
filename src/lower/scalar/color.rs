//! Colours.

use super::super::reader::Reader;
use crate::diag::Code;
use crate::model::Rgb;
use crate::syntax::Node;

/// `#0b4f6c`, or `#abc` for `#aabbcc`.
pub(in crate::lower) fn color(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Rgb> {
    let text = reader.words(field, node)?;
    let parsed = parse(&text);
    if parsed.is_none() {
        let message = format!("`{text}` is not written as a colour is");
        let hint = format!(
            "write a `#` and six digits or letters from a to f, in quotes: `{field}: \"#0b4f6c\"`"
        );
        return reader.fault(Code::InvalidColor, node, message, hint);
    }
    parsed
}

fn parse(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |text: &str| u8::from_str_radix(text, 16).ok();
    match digits.len() {
        6 => Some(Rgb {
            red: channel(&digits[0..2])?,
            green: channel(&digits[2..4])?,
            blue: channel(&digits[4..6])?,
        }),
        3 => {
            let double = |at: usize| channel(&digits[at..=at]).map(|value| value * 17);
            Some(Rgb { red: double(0)?, green: double(1)?, blue: double(2)? })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::model::Rgb;

    #[test]
    fn six_digits_or_three() {
        let colour = Rgb { red: 0xaa, green: 0xbb, blue: 0xcc };
        assert_eq!(parse("#aabbcc"), Some(colour));
        assert_eq!(parse("#ABC"), Some(colour));
        for text in ["aabbcc", "#aabbc", "#ggg", "red", "#é1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
