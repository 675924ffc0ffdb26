//! Markdown that everyone can read: headings in order, pictures described, links that say where
//! they lead.

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{HtmlPolicy, LinkTarget, Markdown};

/// Words that say nothing of where a link leads.
const VAGUE: [&str; 14] = [
    "click",
    "click here",
    "details",
    "here",
    "learn more",
    "link",
    "more",
    "read more",
    "see here",
    "see more",
    "this",
    "this link",
    "this page",
    "tap here",
];

/// Applies all rules for Markdown to every text.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let catalog = facts.catalog;
    let eligibility =
        catalog.offerings.values().filter_map(|offering| offering.eligibility.as_ref());
    let access = catalog.places.values().filter_map(|place| place.accessibility.as_ref());
    let reject = catalog.settings.html == HtmlPolicy::Reject;
    let mut diagnostics = Vec::new();
    for text in catalog.bodies().chain(eligibility).chain(access) {
        if reject {
            raw_html(text, &mut diagnostics);
        } else {
            html_images(text, &mut diagnostics);
        }
        headings(text, &mut diagnostics);
        images(text, &mut diagnostics);
        links(text, &mut diagnostics);
    }
    diagnostics
}

/// One diagnostic for each run of HTML: an opening and its closing tag are one fault.
fn raw_html(text: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    let mut line_of_last = None;
    for range in &text.outline.raw_html {
        let line = text.text.get(..range.start).map_or(0, |before| before.matches('\n').count());
        if line_of_last == Some(line) {
            continue;
        }
        line_of_last = Some(line);
        diagnostics.push(
            Diagnostic::new(Code::RawHtml, text.place(range), "HTML is not shown, only Markdown")
                .hint("write it in Markdown: `**bold**`, `[words](address)`, `- item`")
                .hint("to show a `<`, write `\\<`"),
        );
    }
}

fn headings(text: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    // The page's title is the heading of the first level.
    let mut before = 1;
    for heading in &text.outline.headings {
        if heading.level > before + 1 {
            let (found, wanted) =
                ("#".repeat(heading.level.into()), "#".repeat((before + 1).into()));
            let after = if before == 1 {
                "the page's title".to_owned()
            } else {
                format!("`{}`", "#".repeat(before.into()))
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::HeadingSkipsLevel,
                    text.place(&first_line(text, &heading.range)),
                    format!("a heading `{found}` follows {after}, and a level is skipped"),
                )
                .hint(format!("write `{wanted} {}`", heading.text)),
            );
        }
        before = heading.level;
    }
}

fn images(text: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    for picture in text.outline.images.iter().filter(|picture| picture.alt.trim().is_empty()) {
        diagnostics.push(
            Diagnostic::new(
                Code::ImageWithoutAlt,
                text.place(&picture.range),
                "the picture is not described in words",
            )
            .hint(format!("say what it shows: `![Five leaders at a table]({})`", picture.written)),
        );
    }
}

fn html_images(text: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    for picture in text.outline.in_html.iter().filter(|one| one.lacks_alt) {
        let message = "the picture is not described in words";
        diagnostics.push(
            Diagnostic::new(Code::ImageWithoutAlt, text.place(&picture.range), message)
                .hint("say what it shows: `alt=\"Five leaders at a table\"`")
                .hint("if it is decoration, write `alt=\"\"`"),
        );
    }
}

fn links(text: &Markdown, diagnostics: &mut Vec<Diagnostic>) {
    for link in &text.outline.links {
        let words = link.text.trim().trim_end_matches(['.', '!', '…', '>', '»']).to_lowercase();
        if link.target == LinkTarget::Invalid {
            diagnostics.push(
                Diagnostic::new(
                    Code::InvalidUrl,
                    text.place(&link.range),
                    format!("`{}` is not an address for a link", link.written),
                )
                .hint(
                    "an address begins with `https://`, `http://`, `mailto:` or, on this site, `/`",
                ),
            );
        } else if VAGUE.contains(&words.as_str()) {
            diagnostics.push(
                Diagnostic::new(
                    Code::VagueLinkText,
                    text.place(&link.range),
                    format!("the words `{}` do not say where the link leads", link.text.trim()),
                )
                .hint("some hear only the links of a page: name what is behind it")
                .hint(format!("write for example `[How to enroll]({})`", link.written)),
            );
        }
    }
    for picture in &text.outline.images {
        if picture.source == LinkTarget::Invalid {
            diagnostics.push(
                Diagnostic::new(
                    Code::InvalidUrl,
                    text.place(&picture.range),
                    format!("`{}` is not the address of a picture", picture.written),
                )
                .hint("put the picture into `content/files/` and write `/files/name.jpg`"),
            );
        }
    }
}

fn first_line(text: &Markdown, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let line = text.text.get(range.clone()).unwrap_or_default();
    let length = line.find(['\n', '\r']).unwrap_or(line.len());
    range.start..range.start + length
}
