//! Markdown as other rooms need to know it: headings, links, images, raw HTML, each with its bytes.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::model::{
    Heading, HtmlReference, Link, LinkTarget, Outline, Picture, SitePath, Url, UrlError,
};

/// CommonMark with what the format adds. Metadata blocks are never enabled: the front matter is
/// split off before, and the parser takes quadratic time for them.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}

/// What a text contains.
pub fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut anchors = Anchors::default();
    let mut heading: Option<Heading> = None;
    let mut link: Option<Link> = None;
    let mut image: Option<Picture> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.map_or_else(String::new, |id| id.to_string());
                heading = Some(Heading { level: level as u8, id, text: String::new(), range });
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(mut done) = heading.take() {
                    let wanted = if done.id.is_empty() { &done.text } else { &done.id };
                    done.id = anchors.take(wanted);
                    outline.headings.push(done);
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let target = match link_type {
                    LinkType::Email => mail(&dest_url),
                    _ => target(&dest_url),
                };
                link = Some(Link {
                    target,
                    written: dest_url.to_string(),
                    text: String::new(),
                    range,
                });
            }
            Event::End(TagEnd::Link) => outline.links.extend(link.take()),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let source = target(&dest_url);
                image = Some(Picture {
                    source,
                    written: dest_url.to_string(),
                    alt: String::new(),
                    range,
                });
            }
            Event::End(TagEnd::Image) => {
                if let Some(done) = image.take() {
                    outline.images.push(done);
                }
            }
            Event::Text(words) | Event::Code(words) => {
                add(&words, &mut heading, &mut link, &mut image);
            }
            Event::SoftBreak | Event::HardBreak => add(" ", &mut heading, &mut link, &mut image),
            Event::Html(html) | Event::InlineHtml(html) if !is_comment(&html) => {
                outline.in_html.extend(html_references(&html, range.start));
                outline.raw_html.push(trimmed(text, range));
            }
            _ => {}
        }
    }
    outline
}

/// Words count for everything that is open around them.
fn add(
    words: &str,
    heading: &mut Option<Heading>,
    link: &mut Option<Link>,
    image: &mut Option<Picture>,
) {
    if let Some(heading) = heading {
        heading.text.push_str(words);
    }
    if let Some(link) = link {
        link.text.push_str(words);
    }
    if let Some(image) = image {
        image.alt.push_str(words);
    }
}

/// True for `<!-- … -->` alone: a note of the staff, which is left out of the page.
pub fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.is_empty()
        || (html.starts_with("<!--") && html.ends_with("-->") && html.matches("-->").count() == 1)
}

/// The links and images in a piece of raw HTML that begins at a byte of the text. What is no tag as
/// one writes it is left to the sanitizer.
fn html_references(html: &str, start: usize) -> Vec<HtmlReference> {
    let mut found = Vec::new();
    for (at, _) in html.match_indices('<') {
        let Some(length) = html[at..].find('>').map(|end| end + 1) else { break };
        let tag = &html[at..at + length];
        let name: String = tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let (attribute, is_image) = match name.to_ascii_lowercase().as_str() {
            "img" => ("src", true),
            "a" => ("href", false),
            _ => continue,
        };
        let written = attribute_of(tag, attribute).unwrap_or_default();
        if written.is_empty() && !is_image {
            continue;
        }
        found.push(HtmlReference {
            target: target(written),
            written: written.to_owned(),
            lacks_alt: is_image && attribute_of(tag, "alt").is_none(),
            range: start + at..start + at + length,
        });
    }
    found
}

/// The value of an attribute of a tag; empty when it has none.
fn attribute_of<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name).map(|at| from + at) {
        let rest = &tag[at + name.len()..];
        let begins = lower[..at].ends_with([' ', '\n', '\t', '"', '\'']);
        from = at + name.len();
        if !begins {
            continue;
        }
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            let ends = rest.starts_with([' ', '\n', '\t', '/', '>']);
            if ends {
                return Some("");
            }
            continue;
        };
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split([' ', '\n', '\t', '>']).next(),
        };
    }
    None
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let length = text.get(range.clone()).map_or(0, |html| html.trim_end().len());
    range.start..range.start + length
}

fn mail(address: &str) -> LinkTarget {
    Url::parse(&format!("mailto:{address}")).map_or(LinkTarget::Invalid, LinkTarget::Url)
}

/// Where an address leads.
pub fn target(written: &str) -> LinkTarget {
    if let Some(anchor) = written.strip_prefix('#') {
        return LinkTarget::Anchor(anchor.to_owned());
    }
    match Url::parse(written) {
        Ok(url) => LinkTarget::Url(url),
        Err(UrlError::NoScheme) if entry_file(written).is_some() => {
            let (file, anchor) = entry_file(written).unwrap_or_default();
            LinkTarget::Entry { file: file.to_owned(), anchor: anchor.to_owned() }
        }
        Err(UrlError::NoScheme) => {
            let name = written.strip_prefix("./").unwrap_or(written);
            match SitePath::new(&format!("/{name}")) {
                Ok(path) => LinkTarget::Beside(path.as_str().trim_start_matches('/').to_owned()),
                Err(_) => LinkTarget::Invalid,
            }
        }
        Err(_) => LinkTarget::Invalid,
    }
}

/// The file of another entry and a heading of it: `../people/dana-reyes.md`, `#contact`.
fn entry_file(written: &str) -> Option<(&str, &str)> {
    let (file, anchor) = written.split_at(written.find('#').unwrap_or(written.len()));
    let mut inside = file;
    while let Some(rest) = inside.strip_prefix("./").or_else(|| inside.strip_prefix("../")) {
        inside = rest;
    }
    let is_entry = inside.ends_with(".md") && SitePath::new(&format!("/{inside}")).is_ok();
    is_entry.then_some((file, anchor))
}

/// Anchors that are taken in a text.
#[derive(Default)]
struct Anchors {
    taken: BTreeSet<String>,
}

impl Anchors {
    /// The anchor for some words: letters, digits and hyphens, with a number if it is taken.
    fn take(&mut self, words: &str) -> String {
        let slug = slug(words);
        let mut anchor = slug.clone();
        let mut number = 2;
        while !self.taken.insert(anchor.clone()) {
            anchor = format!("{slug}-{number}");
            number += 1;
        }
        anchor
    }
}

/// The words of a heading as an anchor: `Who can join?` is `who-can-join`.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "section".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{is_comment, outline, slug};
    use crate::model::LinkTarget;

    #[test]
    fn headings_have_unique_anchors() {
        let text = "## Who can join?\n\n## Who can join?\n\n### Dates {#when_1}\n\n## !!!\n";
        let ids: Vec<String> = outline(text).headings.into_iter().map(|h| h.id).collect();
        assert_eq!(ids, ["who-can-join", "who-can-join-2", "when-1", "section"]);
    }

    #[test]
    fn links_know_their_place_and_words() {
        let text = "See [the *map*](map.png), [help](/pages/help/#top), <a@b.org>, [x](javascript:1), [y](#who).";
        let links = outline(text).links;
        assert_eq!(&text[links[0].range.clone()], "[the *map*](map.png)");
        assert_eq!(links[0].text, "the map");
        assert_eq!(links[0].target, LinkTarget::Beside("map.png".to_owned()));
        let entry = |file: &str, anchor: &str| LinkTarget::Entry {
            file: file.to_owned(),
            anchor: anchor.to_owned(),
        };
        assert_eq!(super::target("help.md"), entry("help.md", ""));
        assert_eq!(super::target("../people/dana.md#call"), entry("../people/dana.md", "#call"));
        assert_eq!(super::target("a/../help.md"), LinkTarget::Invalid);
        assert!(matches!(links[1].target, LinkTarget::Url(_)));
        assert!(matches!(links[2].target, LinkTarget::Url(_)));
        assert_eq!(links[3].target, LinkTarget::Invalid);
        assert_eq!(links[4].target, LinkTarget::Anchor("who".to_owned()));
    }

    #[test]
    fn raw_html_is_found_and_comments_are_not() {
        let text = "a <b>c</b>\n\n<div>\nx\n</div>\n\n<!-- note -->\n";
        let found: Vec<&str> = outline(text).raw_html.into_iter().map(|r| &text[r]).collect();
        assert_eq!(found[..3], ["<b>", "</b>", "<div>"]);
        assert!(is_comment("<!-- a -->\n"));
        assert!(!is_comment("<!-- a --><b>-->"));
    }

    #[test]
    fn links_and_images_of_raw_html() {
        let text = "a <A class=x href='/pages/help/'>b</a> <img src=/files/a.png> <img alt=\"\" src=\"b.png\">\n";
        let found = outline(text).in_html;
        assert_eq!(found[0].written, "/pages/help/");
        assert_eq!(&text[found[1].range.clone()], "<img src=/files/a.png>");
        assert!(found[1].lacks_alt && !found[2].lacks_alt);
        assert_eq!(found[2].target, LinkTarget::Beside("b.png".to_owned()));
    }

    #[test]
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(slug("Principals’ Año 2"), "principals-año-2");
    }
}
