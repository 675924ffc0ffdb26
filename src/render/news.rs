//! News as Atom (RFC 4287) and as JSON Feed 1.1 (jsonfeed.org).

use serde::Serialize;

use super::xml::escape;
use crate::view::{NewsEntry, NewsFile};

/// The news as Atom.
pub(super) fn atom(news: &NewsFile) -> String {
    let mut xml = String::with_capacity(2048 + news.entries.len() * 1024);
    let mut line = |text: &str| {
        xml.push_str(text);
        xml.push('\n');
    };
    line("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    let language = escape(&news.language);
    line(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">"));
    line(&format!("<id>{}</id>", escape(&news.atom)));
    line(&format!("<title>{}</title>", escape(&news.title)));
    line(&format!("<subtitle>{}</subtitle>", escape(&news.description)));
    line(&format!("<updated>{}</updated>", news.updated));
    line(&format!("<author><name>{}</name></author>", escape(&news.author)));
    line(&link("self", "application/atom+xml", &news.atom));
    line(&link("alternate", "text/html", &news.home));
    let (name, version) = news.generator.split_once(' ').unwrap_or((&news.generator, ""));
    line(&format!("<generator version=\"{version}\">{name}</generator>"));
    for entry in &news.entries {
        line("<entry>");
        line(&format!("<id>{}</id>", escape(&entry.id)));
        line(&format!("<title>{}</title>", escape(&entry.title)));
        line(&link("alternate", "text/html", &entry.url));
        if let Some(published) = entry.published {
            line(&format!("<published>{published}</published>"));
        }
        line(&format!("<updated>{}</updated>", entry.updated));
        let (term, label) = (escape(&entry.category.0), escape(&entry.category.1));
        line(&format!("<category term=\"{term}\" label=\"{label}\"/>"));
        line(&format!("<content type=\"html\">{}</content>", escape(&html(entry))));
        line("</entry>");
    }
    line("</feed>");
    xml
}

fn link(rel: &str, media_type: &str, href: &str) -> String {
    format!("<link rel=\"{rel}\" type=\"{media_type}\" href=\"{}\"/>", escape(href))
}

/// The paragraphs of an entry as HTML.
fn html(entry: &NewsEntry) -> String {
    let mut html = String::new();
    for paragraph in &entry.paragraphs {
        html.push_str(&format!("<p>{}</p>", escape(paragraph)));
    }
    if let Some((words, url)) = &entry.action {
        html.push_str(&format!("<p><a href=\"{}\">{}</a></p>", escape(url), escape(words)));
    }
    html
}

/// The news as JSON Feed.
pub(super) fn json_feed(news: &NewsFile) -> Vec<u8> {
    super::data::write(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &news.title,
        home_page_url: &news.home,
        feed_url: &news.json,
        description: &news.description,
        authors: [Author { name: &news.author, url: &news.home }],
        language: &news.language,
        items: news.entries.iter().map(Item::new).collect(),
    })
}

#[derive(Serialize)]
struct JsonFeed<'n> {
    version: &'static str,
    title: &'n str,
    home_page_url: &'n str,
    feed_url: &'n str,
    description: &'n str,
    authors: [Author<'n>; 1],
    language: &'n str,
    items: Vec<Item<'n>>,
}

#[derive(Serialize)]
struct Author<'n> {
    name: &'n str,
    url: &'n str,
}

#[derive(Serialize)]
struct Item<'n> {
    id: &'n str,
    url: &'n str,
    title: &'n str,
    content_html: String,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    date_modified: String,
    tags: [&'n str; 1],
}

impl<'n> Item<'n> {
    fn new(entry: &'n NewsEntry) -> Self {
        let action = entry.action.as_ref().map(|(words, url)| format!("{words}: {url}"));
        let text: Vec<&str> = entry.paragraphs.iter().chain(&action).map(String::as_str).collect();
        Self {
            id: &entry.id,
            url: &entry.url,
            title: &entry.title,
            content_html: html(entry),
            content_text: text.join("\n\n"),
            date_published: entry.published.map(|at| at.to_string()),
            date_modified: entry.updated.to_string(),
            tags: [&entry.category.1],
        }
    }
}
