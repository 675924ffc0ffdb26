//! YAML that cannot be read, told in the words of people who write it.
//!
//! A parser says where it gave up, which is rarely where the mistake is. This looks at the lines up
//! to that place for the mistakes that people make, and takes the first.

use std::ops::Range;

use super::line::{closing_bracket, closing_quote, key_and_value};

/// What is wrong, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    pub range: Range<usize>,
    pub message: String,
    pub hints: Vec<String>,
}

impl Mistake {
    fn new(range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { range, message: message.into(), hints: vec![hint.into()] }
    }
}

/// A text short enough for a message.
pub(super) fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let mut short: String = line.chars().take(60).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    short
}

/// The value in quotes that YAML reads back as it is.
fn quoted(value: &str) -> String {
    let inner = value.trim_matches(['“', '”', '‘', '’', '"']).trim();
    let short = shown(inner);
    if short.contains(['"', '\\']) {
        format!("'{}'", short.replace('\'', "''"))
    } else {
        format!("\"{short}\"")
    }
}

/// A file of which the YAML is a text or a list.
pub(super) fn not_fields(text: &str) -> Mistake {
    let mut at = 0;
    for written in text.split_inclusive('\n') {
        let line = written.trim();
        let start = at + (written.len() - written.trim_start().len());
        at += written.len();
        if line.is_empty() || line.starts_with('#') || line == "---" {
            continue;
        }
        if let Some(found) = missing_space(line, start) {
            return found;
        }
        let message = if line.starts_with("- ") {
            "a list stands here where fields are expected"
        } else {
            "this is not a field"
        };
        let hint = "write fields as a name, a colon, a space and a value: `title: Self as Core`";
        return Mistake::new(start..start + line.len(), message, hint);
    }
    Mistake::new(0..0, "there are no fields here", "write them as `title: Self as Core`")
}

/// The mistake because of which the parser gave up at the byte `at`.
pub(super) fn explain(text: &str, at: usize) -> Mistake {
    let mut reader = Reader::default();
    let mut start = 0;
    for written in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        let line = written.trim_end();
        if let Some(found) = reader.line(line, start, text) {
            return found;
        }
        start += written.len();
    }
    fallback(text, at)
}

fn fallback(text: &str, at: usize) -> Mistake {
    let at = at.min(text.trim_end().len());
    let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |n| n + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let end = line_start + line.trim_end().len();
    let start = at.clamp(line_start, end.max(line_start));
    let range = if start < end { start..end } else { (line_start + indent).min(end)..end };
    Mistake::new(
        range,
        "this does not fit the lines above it",
        "look at this line and the one above: is it indented like its neighbours, is there a space \
         after each colon and hyphen, are quotes and brackets closed?",
    )
}

/// What is known of the lines read so far.
#[derive(Default)]
struct Reader {
    /// The columns of open lists and maps, and whether it is a list.
    levels: Vec<(usize, bool)>,
    /// Whether the line before opened a deeper level: a key or a hyphen without a value.
    opens: bool,
    /// Inside a block text whose key stands in this column.
    block: Option<usize>,
    /// Inside a quoted text or brackets that began on an earlier line, until this byte.
    inside_until: usize,
}

impl Reader {
    fn line(&mut self, line: &str, start: usize, text: &str) -> Option<Mistake> {
        let bare = line.trim_start();
        let white = line.len() - bare.len();
        if bare.is_empty() || start + line.len() <= self.inside_until {
            return None;
        }
        if let Some(column) = self.block {
            if white > column || (white == line.len()) {
                return None;
            }
            self.block = None;
        }
        let indent = line.get(..white).unwrap_or_default();
        if let Some(tab) = indent.find('\t') {
            return Some(Mistake::new(
                start + tab..start + tab + 1,
                "a tab stands here; only spaces may indent a line",
                "replace the tab with two spaces for each level",
            ));
        }
        if bare.starts_with('#') || (white == 0 && bare == "---") {
            return None;
        }
        self.dashes_and_key(bare, white, start + white, text)
    }

    fn dashes_and_key(
        &mut self,
        mut rest: &str,
        mut column: usize,
        mut at: usize,
        text: &str,
    ) -> Option<Mistake> {
        while rest == "-" || rest.starts_with("- ") {
            if let Some(found) = self.level(column, true, rest, at) {
                return Some(found);
            }
            self.opens = true;
            let next = rest.get(1..).unwrap_or_default().trim_start();
            let moved = rest.len() - next.len();
            (rest, column, at) = (next, column + moved, at + moved);
            if rest.is_empty() {
                return None;
            }
        }
        let Some((key, value)) = key_and_value(rest) else {
            return self.no_key(rest, column, at, text);
        };
        if let Some(found) = self.level(column, false, rest, at) {
            return Some(found);
        }
        let value_at = at + (rest.len() - value.len());
        self.opens = value.is_empty();
        if value.starts_with(['|', '>']) {
            let header = value.get(1..).unwrap_or_default();
            let header = header.split(" #").next().unwrap_or_default().trim();
            if !header.chars().all(|c| matches!(c, '+' | '-' | '0'..='9')) {
                let sign = value.chars().next().unwrap_or('>');
                return Some(Mistake::new(
                    value_at..value_at + value.len(),
                    format!("a value cannot begin with `{sign}` and go on in the same line"),
                    format!("put quotes around it: `{key}: {}`", quoted(value)),
                ));
            }
            self.block = Some(self.levels.iter().rev().find(|l| !l.1).map_or(column, |l| l.0));
            return None;
        }
        self.value(Some(key), value, value_at, text)
    }

    /// A line that is no field: the rest of a text, an item, or a mistake.
    fn no_key(&mut self, rest: &str, column: usize, at: usize, text: &str) -> Option<Mistake> {
        if let Some(found) = missing_space(rest, at) {
            return Some(found);
        }
        if self.opens {
            self.opens = false;
            return self.value(None, rest, at, text);
        }
        let deepest = self.levels.iter().rev().find(|level| !level.1).map(|level| level.0);
        if deepest.is_none_or(|key| column <= key) && !rest.starts_with([']', '}']) {
            return Some(Mistake {
                range: at..at + rest.len(),
                message: "this line is not a field".to_owned(),
                hints: vec![
                    "if it continues the text above, indent it by two spaces".to_owned(),
                    "if the body begins here, put a line `---` before it".to_owned(),
                ],
            });
        }
        None
    }

    /// Checks that a hyphen or a key lines up with what is open, and notes it.
    fn level(&mut self, column: usize, list: bool, rest: &str, at: usize) -> Option<Mistake> {
        let mut closed = None;
        while self.levels.last().is_some_and(|&(open, _)| open > column) {
            closed = self.levels.pop();
        }
        let range = at..at + rest.len();
        match self.levels.last() {
            Some(&(open, was_list)) if open == column => {
                if was_list && !list {
                    // A list at its key's own column ends with the next key.
                    self.levels.pop();
                    if self.levels.last() != Some(&(column, false)) {
                        self.levels.push((column, false));
                    }
                } else if list && !was_list {
                    if !self.opens {
                        return Some(Mistake::new(
                            range,
                            "a list item stands here, but the line above is no list",
                            "put the name of the list before it, with a colon: `topics:`",
                        ));
                    }
                    self.levels.push((column, true));
                }
                None
            }
            _ if closed.is_some() => Some(Mistake::new(
                range,
                "this line does not line up with any line above it",
                "begin it in the same column as the fields it belongs to",
            )),
            above => {
                if above.is_some() && !self.opens {
                    return Some(Mistake::new(
                        range,
                        "this line is indented more than the line above it",
                        "begin it in the same column as the field above",
                    ));
                }
                self.levels.push((column, list));
                None
            }
        }
    }

    fn value(&mut self, key: Option<&str>, value: &str, at: usize, text: &str) -> Option<Mistake> {
        let field = |value: &str| match key {
            Some(key) => format!("`{}: {value}`", shown(key)),
            None => format!("`{value}`"),
        };
        let whole = at..at + value.len();
        let first = value.chars().next()?;
        match first {
            '"' | '\'' => self.quotes(first, value, at, text, &field),
            '[' | '{' => self.brackets(value, at, text, &field),
            '@' | '`' | '%' | ',' | ']' | '}' | '&' | '*' | '!' => Some(Mistake::new(
                at..at + first.len_utf8(),
                match first {
                    '`' => "a value cannot begin with a backtick".to_owned(),
                    _ => format!("a value cannot begin with `{first}`"),
                },
                format!("put quotes around it: {}", field(&quoted(value))),
            )),
            '-' if value.starts_with("- ") => Some(Mistake::new(
                whole,
                "a list cannot begin in the line of its name",
                format!("put each item in a line of its own, `  {}`", shown(value)),
            )),
            _ => {
                let plain = value.split(" #").next().unwrap_or(value).trim_end();
                let last = plain.ends_with(':').then(|| plain.len() - 1);
                let colon = plain.find(": ").or(last);
                let colon = colon?;
                let mut found = Mistake::new(
                    at + colon..at + colon + 1,
                    "a colon inside a value needs quotes around the value",
                    format!("put quotes around it: {}", field(&quoted(plain))),
                );
                if first == '“' || first == '”' || first == '‘' || first == '’' {
                    found.hints.push("curly quotes do not count: type straight ones".to_owned());
                }
                Some(found)
            }
        }
    }

    fn quotes(
        &mut self,
        quote: char,
        value: &str,
        at: usize,
        text: &str,
        field: &dyn Fn(&str) -> String,
    ) -> Option<Mistake> {
        let Some(close) = closing_quote(value, quote) else {
            let opening = Mistake::new(
                at..at + value.len(),
                "a quote opens here and is not closed",
                format!(
                    "close it at the end of the value: {}",
                    field(&quoted(value.trim_matches(quote)))
                ),
            );
            // A text in quotes may go on in the lines below, unless a field begins before it ends.
            let tail = text.get(at..).unwrap_or_default();
            let Some(end) = closing_quote(tail, quote) else { return Some(opening) };
            let below = tail.get(value.len()..end).unwrap_or_default();
            if below.lines().any(|line| key_and_value(line.trim_start()).is_some()) {
                return Some(opening);
            }
            self.inside_until = at + end + 1;
            return None;
        };
        let trailing = value.get(close + 1..).unwrap_or_default();
        let bare = trailing.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            return bad_escape(quote, value, close, at);
        }
        let start = at + value.len() - bare.len();
        let inner = value.trim_matches(quote);
        let mend = match quote {
            '\'' => format!("\"{}\"", shown(inner).replace('"', "\\\"")),
            _ => format!("'{}'", shown(value).replace('\'', "''")),
        };
        Some(Mistake::new(
            start..start + bare.len(),
            format!("the quote {quote} closes before this, so this is left over"),
            format!("put the whole value in the other kind of quotes: {}", field(&mend)),
        ))
    }

    fn brackets(
        &mut self,
        value: &str,
        at: usize,
        text: &str,
        field: &dyn Fn(&str) -> String,
    ) -> Option<Mistake> {
        let sign = value.chars().next()?;
        let tail = text.get(at..).unwrap_or_default();
        let Some(close) = closing_bracket(tail) else {
            let partner = if sign == '[' { ']' } else { '}' };
            return Some(Mistake::new(
                at..at + 1,
                format!("the bracket `{sign}` opens here and is not closed"),
                format!("close it with `{partner}`, or put quotes around the value if it is text"),
            ));
        };
        if close >= value.len() {
            self.inside_until = at + close + 1;
            return None;
        }
        let trailing = value.get(close + 1..).unwrap_or_default();
        let bare = trailing.trim_start();
        if bare.is_empty() || bare.starts_with('#') {
            return None;
        }
        Some(Mistake::new(
            at..at + value.len(),
            format!("a value that begins with `{sign}` is a list, and text follows it"),
            format!("if it is all text, put quotes around it: {}", field(&quoted(value))),
        ))
    }
}

/// `title:Self as Core`, but not `https://…` and not `8:30 AM`.
fn missing_space(line: &str, at: usize) -> Option<Mistake> {
    let (key, value) = line.split_once(':')?;
    let named = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !named || value.is_empty() || value.starts_with([' ', '/']) || key == "mailto" {
        return None;
    }
    let colon = at + key.len();
    Some(Mistake::new(
        colon..colon + 1,
        "a space is missing after this colon",
        format!("write `{key}: {}`", shown(value)),
    ))
}

/// A backslash before a letter that YAML does not know, such as in `"C:\Users"`.
fn bad_escape(quote: char, value: &str, close: usize, at: usize) -> Option<Mistake> {
    if quote != '"' {
        return None;
    }
    let inner = value.get(..close)?;
    let mut characters = inner.char_indices();
    while let Some((here, c)) = characters.next() {
        if c != '\\' {
            continue;
        }
        let (_, next) = characters.next()?;
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let follow = inner.get(here + 2..).unwrap_or_default().chars().take(digits);
        let whole = follow.filter(char::is_ascii_hexdigit).count() == digits;
        if !whole || !"0abtnvfre \"/\\N_LPxuU\t".contains(next) {
            return Some(Mistake::new(
                at + here..at + here + 1 + next.len_utf8(),
                format!("`\\{next}` means nothing between double quotes"),
                "put single quotes around the value, or double the backslash",
            ));
        }
    }
    None
}
