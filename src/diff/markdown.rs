//! A difference as Markdown, for a comment on a pull request.

use super::difference::{Change, Difference, Entry, Fate};
use super::words::{happened, sections, subject, summary};

/// How long the Markdown of a difference is at most, in bytes. A comment on GitHub may have 65,536
/// characters.
pub const MAX_MARKDOWN_BYTES: usize = 60_000;

/// A difference as Markdown, with a line's end at its end. What does not fit into
/// [`MAX_MARKDOWN_BYTES`] is counted, not shown.
pub fn markdown(difference: &Difference) -> String {
    let mut out = format!("**{}**\n", summary(difference));
    let all = difference.offerings.len() + difference.requirements.len();
    let mut shown = 0;
    for (title, entries) in sections(difference) {
        let mut heading = Some(format!("\n### {title}\n\n"));
        for entry in entries {
            let text = heading.clone().unwrap_or_default() + &of_entry(entry);
            // Room is kept for the line that says what is missing.
            if out.len() + text.len() + 100 > MAX_MARKDOWN_BYTES {
                out.push_str(&format!("\n*… and {} more, too many to list here.*\n", all - shown));
                return out;
            }
            out.push_str(&text);
            heading = None;
            shown += 1;
        }
    }
    out
}

fn of_entry(entry: &Entry) -> String {
    let title = match entry.fate {
        Fate::Gone => quiet(&entry.title),
        Fate::Added | Fate::Changed => linked(quiet(&entry.title), &entry.url),
    };
    let mut out = format!("- {title}\n");
    for line in &entry.about {
        out.push_str(&format!("  - {}\n", quiet(line)));
    }
    for change in &entry.changes {
        out.push_str(&format!("  - {}\n", change_in_markdown(change, quiet)));
    }
    out
}

/// A change in one line, its words from the catalog through `escape`.
pub fn change_in_markdown(change: &Change, escape: fn(&str) -> String) -> String {
    let subject = subject(change).map(|subject| format!(" {}", escape(&subject)));
    let head = format!("**{}**{}", happened(change.kind), subject.unwrap_or_default());
    let struck = |was: &str| format!("~~{}~~", escape(was));
    let mut out = match (&change.was, &change.now) {
        (Some(was), Some(now)) => format!("{head}: {} → {}", struck(was), escape(now)),
        (Some(was), None) => format!("{head}: {}", struck(was)),
        (None, Some(now)) => format!("{head}: {}", escape(now)),
        (None, None) => head,
    };
    if let Some(reason) = &change.reason {
        out.push_str(&format!(" ({})", escape(reason)));
    }
    out
}

/// A link of Markdown. An address of another scheme than a site's or a mail's is left out.
pub fn link(words: &str, address: &str) -> String {
    linked(escaped(words), address)
}

fn linked(words: String, address: &str) -> String {
    if !["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        return words;
    }
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '"' | '\'' | '`' => {
                safe.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_whitespace() || c.is_control() => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    format!("[{words}]({safe})")
}

/// A text in which Markdown sees nothing but words: no emphasis, no link, no HTML, no list.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!'
            | '$' | '#' | '@' => true,
            // `https://` and `www.` would become links by themselves.
            ':' => letters.peek() == Some(&'/'),
            '.' if out.ends_with("www") || out.ends_with("WWW") => true,
            // What begins a list when it begins a line.
            '+' | '-' | '=' => out.is_empty(),
            '.' | ')' => {
                let ends = letters.peek().is_none_or(|next| next.is_whitespace());
                ends && !out.is_empty() && out.bytes().all(|b| b.is_ascii_digit())
            }
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
    }
    out
}

/// Escaped, and without a name that a forge would call (`@name`) or a number that it would link
/// (`#12`): an empty comment keeps the sign from what follows it.
fn quiet(text: &str) -> String {
    escaped(text).replace("\\@", "\\@<!-- -->").replace("\\#", "\\#<!-- -->")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::{escaped, link, quiet};

    /// What is seen of a line of Markdown, and whether there is anything but words in it.
    fn seen(markdown: &str) -> (String, bool) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_MATH;
        let (mut words, mut plain) = (String::new(), true);
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) => words.push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                Event::InlineHtml(html) if *html == *"<!-- -->" => {}
                _ => plain = false,
            }
        }
        (words, plain)
    }

    const NASTY: [&str; 24] = [
        "*a* _b_ **c** ~~d~~",
        "# no heading",
        "- no list",
        "+ none",
        "1. none",
        "12) none",
        "> no quotation",
        "`code` ``x``",
        "[a](b) ![c](d) [e]",
        "<b>x</b> <!-- x --> <https://e.org>",
        "a | b | c",
        "&amp; &lt;",
        "\\ \\* \\_",
        "---",
        "===",
        "~~~",
        "$x$ $$y$$",
        "@name #12 a@b.org",
        "www.example.org https://example.org",
        "[ ] task",
        "[^1]",
        "7.5 hours",
        "a: b",
        "7.",
    ];

    #[test]
    fn a_text_is_nothing_but_words() {
        for text in NASTY {
            for line in [text.to_owned(), format!("x {text}"), text.repeat(2)] {
                assert_eq!(seen(&escaped(&line)), (line.clone(), true), "{line}");
                assert_eq!(seen(&quiet(&line)), (line.clone(), true), "{line}");
            }
        }
        assert_eq!(escaped("two\nlines\u{7}"), "two lines ");
    }

    #[test]
    fn a_link_is_one_link() {
        let address = "https://example.org/a(b)?c=<d>&e='f' \"g\"";
        for text in NASTY {
            let markdown = link(text, address);
            let events: Vec<_> = Parser::new(&markdown).collect();
            let links = events.iter().filter(|one| matches!(one, Event::Start(Tag::Link { .. })));
            assert_eq!(links.count(), 1, "{markdown}");
            assert_eq!(seen(&markdown).0, text, "{markdown}");
        }
        assert_eq!(link("a", "javascript:alert(1)"), "a");
        assert_eq!(link("a", "/pages/help/"), "a");
    }
}
