//! Styles and scripts as they are sent: without comments and indentation, and otherwise as they were
//! written. They are packed by the host after this, so that shorter names would gain next to
//! nothing, and rewriting what is not understood would risk a lot.

/// A style sheet without comments and without white space that means nothing.
///
/// Strings stay as they are. White space is dropped only beside braces and semicolons and after
/// colons and commas, where no CSS means anything by it; a space between two words, or around an
/// operator of `calc()`, stays.
pub(super) fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            space(&mut out);
        } else if c.is_ascii_whitespace() {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
            space(&mut out);
        } else if c == '"' || c == '\'' {
            let end = end_of_string(rest, c);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            if matches!(c, '{' | '}' | ';') && out.ends_with(' ') {
                out.pop();
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// One space, unless what stands before it needs none.
fn space(out: &mut String) {
    let needless = |c: char| matches!(c, '{' | '}' | ';' | ',' | ':' | ' ');
    if !out.chars().next_back().is_none_or(needless) {
        out.push(' ');
    }
}

/// The length of a string with its quotes.
fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// A script without lines that are comments and without indentation.
///
/// A text over several lines (a template with back quotes) could have lines that only look like
/// that: a script that has one is left as it is.
pub(super) fn script(text: &str) -> String {
    let over_lines = |line: &str| line.matches('`').count() % 2 == 1;
    if text.lines().any(over_lines) || text.contains("/*") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{css, script};

    #[test]
    fn styles_lose_what_means_nothing() {
        let written =
            "/* a */\n@layer x {\n  a  :hover,\n  b > c {\n    width: calc(1px + 2px);\n  }\n}\n";
        assert_eq!(css(written), "@layer x{a :hover,b > c{width:calc(1px + 2px)}}");
        assert_eq!(css("a{content:\" /* {  } */ \"}"), "a{content:\" /* {  } */ \"}");
        assert_eq!(css("a{content:'\\'  '; b:c}"), "a{content:'\\'  ';b:c}");
        assert_eq!(css("a/**/b{}"), "a b{}");
        assert_eq!(css("/* open"), "");
        assert_eq!(css("a{content:\"open"), "a{content:\"open");
    }

    #[test]
    fn scripts_lose_comments_and_indentation() {
        assert_eq!(script("// a\nif (a) {\n  b(); // c\n}\n"), "if (a) {\nb(); // c\n}\n");
        let template = "const a = `\n  // not a comment\n`;\n";
        assert_eq!(script(template), template);
    }
}
