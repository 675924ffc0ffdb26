//! Small grammar for good sentences.

use std::fmt;

/// A number and its noun: `1 session`, `3 sessions`.
pub struct Count {
    number: usize,
    noun: &'static str,
}

impl Count {
    /// The noun in the singular; the plural takes an `s` (or `ies` for a final `y`).
    pub fn of(number: usize, noun: &'static str) -> Self {
        Self { number, noun }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, noun } = self;
        match (number, noun.strip_suffix('y')) {
            (1, _) => write!(f, "1 {noun}"),
            (_, Some(stem)) => write!(f, "{number} {stem}ies"),
            (_, None) => write!(f, "{number} {noun}s"),
        }
    }
}

/// The names as `a`, `b` or `c`.
pub fn either<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    list(names, "or")
}

/// The names as `a`, `b` and `c`.
pub fn ticked<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    list(names, "and")
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The nearest of `known`, if it is near enough to be what was meant: a third of the letters may
/// differ, or one may begin with the other.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = fold(written);
    known
        .into_iter()
        .map(|name| (distance(&written, &fold(name)), name))
        .filter(|&(far, name)| far * 3 <= name.chars().count().max(written.chars().count()))
        .min_by_key(|&(far, name)| (far, name))
        .map(|(_, name)| name)
}

/// "did you mean `x`?", when something is near enough.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|name| format!("did you mean `{name}`?"))
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace(['_', ' '], "-")
}

fn distance(written: &str, known: &str) -> usize {
    let long = written.len() >= 4 && known.len() >= 4;
    if long && (known.starts_with(written) || written.starts_with(known)) {
        return 1;
    }
    strsim::damerau_levenshtein(written, known)
}

#[cfg(test)]
mod tests {
    use super::{Count, either, nearest};

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(Count::of(1, "error").to_string(), "1 error");
        assert_eq!(Count::of(0, "error").to_string(), "0 errors");
        assert_eq!(Count::of(2, "entry").to_string(), "2 entries");
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(either(["a"]), "`a`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn suggestions_are_near() {
        let known = ["facilitators", "title", "summary", "sessions"];
        assert_eq!(nearest("facilitator", known), Some("facilitators"));
        assert_eq!(nearest("Title", known), Some("title"));
        assert_eq!(nearest("sesions", known), Some("sessions"));
        assert_eq!(nearest("colour", known), None);
    }
}
