//! Markdown to HTML: valid, under the site's base path, and never with more than the policy allows.
//!
//! Everything is escaped. Links lead where the caller says, or are shown as their words. No style
//! attribute is written, so that the page runs under a strict content security policy.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Parser, Tag, TagEnd,
};

use crate::model::{HtmlPolicy, LinkTarget, Markdown};
use crate::syntax::markdown::{is_comment, options, target};

/// Gives the address for a link or a picture; none if it leads nowhere.
pub type LinkResolver = Arc<dyn Fn(&LinkTarget) -> Option<String> + Send + Sync>;

/// How a text is to stand on its page.
pub struct Setting<'s> {
    /// The level of the heading under which it stands, 1 to 5.
    pub under: u8,
    /// Set before every anchor of the text.
    pub prefix: &'s str,
    /// What happens to raw HTML.
    pub html: HtmlPolicy,
    /// Where links and pictures lead.
    pub link: LinkResolver,
}

/// A text as HTML.
pub fn html(markdown: &Markdown, setting: &Setting<'_>) -> String {
    let mut writer = Writer {
        setting,
        out: String::with_capacity(markdown.text.len() * 3 / 2),
        headings: markdown.outline.headings.iter().map(|heading| heading.id.as_str()).collect(),
        next_heading: 0,
        // A body that begins with `#` is moved below the page's own heading as a whole.
        shift: shift(markdown, setting.under),
        footnotes: BTreeMap::new(),
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        in_image: None,
        dropped_links: Vec::new(),
        tables: 0,
    };
    for event in Parser::new_ext(&markdown.text, options()) {
        writer.event(event);
    }
    match setting.html {
        HtmlPolicy::Reject => writer.out,
        HtmlPolicy::Sanitize => sanitize(&writer.out, setting),
    }
}

/// A text without markup, for where there is none: its words, a line for each paragraph, a hyphen
/// before each item of a list. Raw HTML is left out.
pub fn plain(markdown: &Markdown) -> String {
    let mut text = String::with_capacity(markdown.text.len());
    for event in Parser::new_ext(&markdown.text, options()) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak => text.push(' '),
            Event::Start(Tag::Item) => text.push_str("- "),
            Event::HardBreak
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            ) if !text.is_empty() && !text.ends_with('\n') => text.push('\n'),
            Event::End(TagEnd::TableCell) => text.push(' '),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// How many levels headings go down: the highest one of the text comes right below the heading
/// under which it stands.
fn shift(markdown: &Markdown, under: u8) -> i8 {
    let begins_with_title = markdown.outline.headings.iter().any(|heading| heading.level == 1);
    let highest = if begins_with_title { 1 } else { 2 };
    i8::try_from(under.saturating_add(1)).unwrap_or(2) - highest
}

struct Writer<'s, 'm> {
    setting: &'s Setting<'s>,
    out: String,
    headings: Vec<&'m str>,
    next_heading: usize,
    shift: i8,
    /// Footnotes by their name: number, and how many references there have been.
    footnotes: BTreeMap<String, (usize, usize)>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// The words of an image's alternative, while one is open, and how it ends.
    in_image: Option<Image>,
    /// For each open link whether it is shown as its words alone.
    dropped_links: Vec<bool>,
    tables: usize,
}

struct Image {
    src: Option<String>,
    title: String,
    alt: String,
    depth: usize,
}

impl<'m> Writer<'_, 'm> {
    fn event(&mut self, event: Event<'m>) {
        if self.in_image.is_some() {
            self.image_event(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => escape(&mut self.out, &text),
            Event::Code(code) => {
                self.out.push_str("<code>");
                escape(&mut self.out, &code);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html),
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => {
                let (checked, words) = if done { (" checked", "Done") } else { ("", "To do") };
                self.push(&format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{words}\"> "
                ));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => escape(&mut self.out, &text),
        }
    }

    fn push(&mut self, html: &str) {
        self.out.push_str(html);
    }

    fn start(&mut self, tag: Tag<'m>) {
        match tag {
            Tag::Paragraph => self.push("<p>"),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(kind) => self.push(block_quote(kind)),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.push("<pre tabindex=\"0\"><code>");
            }
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::List(None) => self.push("<ul>\n"),
            Tag::Item => self.push("<li>"),
            Tag::FootnoteDefinition(name) => self.footnote(&name),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.tables += 1;
                let number = self.tables;
                let label =
                    if number == 1 { "Table".to_owned() } else { format!("Table {number}") };
                self.push(&format!(
                    "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">\n<table>\n"
                ));
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.cell_start(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => target(&format!("mailto:{dest_url}")),
                    _ => target(&dest_url),
                };
                self.link(&target, &title);
            }
            Tag::Image { dest_url, title, .. } => {
                self.in_image = Some(Image {
                    src: (self.setting.link)(&target(&dest_url)),
                    title: title.to_string(),
                    alt: String::new(),
                    depth: 0,
                });
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(level) => {
                let level = self.level(level);
                self.push(&format!("</h{level}>\n"));
            }
            TagEnd::BlockQuote(_) => self.push("</blockquote>\n"),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => self.push("</div>\n</div>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                let end = if self.in_head { "</th>" } else { "</td>" };
                self.push(end);
                self.cell += 1;
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => {
                if self.dropped_links.pop() == Some(false) {
                    self.push("</a>");
                }
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn level(&self, written: HeadingLevel) -> i8 {
        (written as i8 + self.shift).clamp(2, 6)
    }

    fn heading(&mut self, level: HeadingLevel) {
        let level = self.level(level);
        let id = self.headings.get(self.next_heading).copied().unwrap_or_default();
        self.next_heading += 1;
        self.push(&format!("<h{level} id=\""));
        escape(&mut self.out, self.setting.prefix);
        escape(&mut self.out, id);
        self.push("\">");
    }

    fn cell_start(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-end\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        let tag = if self.in_head { "th scope=\"col\"" } else { "td" };
        self.push(&format!("<{tag}{class}>"));
    }

    fn link(&mut self, target: &LinkTarget, title: &str) {
        let href = (self.setting.link)(target);
        self.dropped_links.push(href.is_none());
        if let Some(href) = href {
            self.push("<a href=\"");
            escape(&mut self.out, &href);
            self.title(title);
            self.push("\">");
        }
    }

    /// Closes the attribute before, if there is a title, and leaves the title's own open.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.push("\" title=\"");
            escape(&mut self.out, title);
        }
    }

    fn image_event(&mut self, event: Event<'m>) {
        let Some(image) = &mut self.in_image else { return };
        match event {
            Event::Start(_) => image.depth += 1,
            Event::End(TagEnd::Image) if image.depth == 0 => self.image_end(),
            Event::End(_) => image.depth = image.depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
    }

    fn image_end(&mut self) {
        let Some(image) = self.in_image.take() else { return };
        match image.src {
            Some(src) if src.starts_with('/') => {
                self.push("<img src=\"");
                escape(&mut self.out, &src);
                self.push("\" alt=\"");
                escape(&mut self.out, &image.alt);
                self.title(&image.title);
                self.push("\" loading=\"lazy\" decoding=\"async\">");
            }
            Some(_) | None => escape(&mut self.out, &image.alt),
        }
    }

    /// The number of a footnote, by the order of the first mention.
    fn footnote_number(&mut self, name: &str) -> &mut (usize, usize) {
        let next = self.footnotes.len() + 1;
        self.footnotes.entry(name.to_owned()).or_insert((next, 0))
    }

    fn footnote_reference(&mut self, name: &CowStr<'_>) {
        let (number, references) = self.footnote_number(name);
        *references += 1;
        let (number, reference) = (*number, *references);
        let mut prefix = String::new();
        escape(&mut prefix, self.setting.prefix);
        let id = if reference == 1 { String::new() } else { format!("_{reference}") };
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}note_{number}\" id=\"{prefix}ref_{number}{id}\" aria-label=\"Note {number}\">{number}</a></sup>"
        ));
    }

    fn footnote(&mut self, name: &CowStr<'_>) {
        let number = self.footnote_number(name).0;
        let mut prefix = String::new();
        escape(&mut prefix, self.setting.prefix);
        self.push(&format!(
            "<div class=\"footnote\" id=\"{prefix}note_{number}\">\n<span class=\"footnote__number\"><a href=\"#{prefix}ref_{number}\" aria-label=\"Back to the text, note {number}\">{number}</a></span>\n<div class=\"footnote__text\">"
        ));
    }

    /// Raw HTML: kept for the sanitizer, or left out. That it is there has been reported.
    fn raw(&mut self, html: &str) {
        if self.setting.html == HtmlPolicy::Sanitize && !is_comment(html) {
            self.push(html);
        }
    }
}

fn block_quote(kind: Option<BlockQuoteKind>) -> &'static str {
    match kind {
        Some(_) | None => "<blockquote>\n",
    }
}

/// Escapes a text for content and for double-quoted attributes. Characters that no HTML document
/// may have are left out.
fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(needs_escape) {
        out.push_str(&rest[..at]);
        let Some(c) = rest[at..].chars().next() else { break };
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => {}
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
}

fn needs_escape(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'') || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A safe subset of HTML. What this module writes itself passes unchanged; what staff wrote loses
/// styles, classes, scripts and every address that is not allowed.
fn sanitize(html: &str, setting: &Setting<'_>) -> String {
    let link = Arc::clone(&setting.link);
    let mut builder = ammonia::Builder::default();
    builder
        .add_generic_attributes(["id", "role", "tabindex", "aria-label", "lang", "dir", "title"])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tags(["input", "section", "figure", "figcaption"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("th", ["scope"])
        .add_allowed_classes("div", ["table-scroll", "footnote", "footnote__text"])
        .add_allowed_classes("span", ["footnote__number"])
        .add_allowed_classes("sup", ["footnote-ref"])
        .add_allowed_classes("th", ["align-center", "align-end"])
        .add_allowed_classes("td", ["align-center", "align-end"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("a", "href") => site_address(value, &link).map(Cow::Owned),
            // A page asks no other site for anything.
            ("img", "src") => {
                site_address(value, &link).filter(|to| to.starts_with('/')).map(Cow::Owned)
            }
            ("input", "type") if value != "checkbox" => None,
            _ => Some(Cow::Borrowed(value)),
        });
    builder.clean(html).to_string()
}

/// An address in raw HTML: one that this module wrote stands already under the base path, and one
/// that staff wrote is led there.
fn site_address(value: &str, link: &LinkResolver) -> Option<String> {
    let root = link(&target("/"))?;
    if value.starts_with(&root) && root != "/" || value.starts_with('#') {
        return Some(value.to_owned());
    }
    link(&target(value))
}
