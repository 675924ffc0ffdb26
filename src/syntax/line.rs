//! The parts of one line of YAML, as far as a mistake in it is to be found.

/// A name and what follows its colon; a colon counts only with a space or the line's end after it.
pub(super) fn key_and_value(line: &str) -> Option<(&str, &str)> {
    if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let close = closing_quote(line, quote)?;
        let rest = line.get(close + 1..)?.trim_start().strip_prefix(':')?;
        return Some((line.get(1..close)?, rest.trim()));
    }
    if line.starts_with(['[', '{', '#']) {
        return None;
    }
    let at = line
        .find(": ")
        .or_else(|| line.trim_end().ends_with(':').then(|| line.trim_end().len() - 1))?;
    let (key, rest) = line.split_at_checked(at)?;
    Some((key, rest.get(1..)?.trim()))
}

/// The byte of the quote that closes the one at the beginning.
pub(super) fn closing_quote(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && quote == '"' {
            characters.next();
        } else if c == quote {
            if quote == '\'' && characters.peek().is_some_and(|&(_, next)| next == '\'') {
                characters.next();
            } else {
                return Some(at);
            }
        }
    }
    None
}

/// The byte of the bracket that closes the one at the beginning; none if a field begins first.
pub(super) fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote: Option<char> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | '\n') => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            (None, '\n') => {
                let line =
                    text.get(at + 1..).unwrap_or_default().lines().next().unwrap_or_default();
                if line.starts_with(|c: char| c.is_ascii_lowercase())
                    && key_and_value(line).is_some()
                {
                    return None;
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}
