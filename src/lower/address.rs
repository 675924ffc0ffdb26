//! Addresses: of the web, of mail, and paths on the site.

use super::fields::Fields;
use super::reader::Reader;
use super::scalar::text;
use crate::diag::{Code, Diagnostic};
use crate::model::{Image, Resource, SitePath, SitePathError, Url, UrlError};
use crate::syntax::{Node, Value};

/// An address for a link.
pub(super) fn url(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Url> {
    let text = reader.words(field, node)?;
    let fault = match Url::parse(&text) {
        Ok(url) => return Some(url),
        Err(fault) => fault,
    };
    let (message, hint) = match fault {
        UrlError::Scheme => (
            format!("`{text}` is a kind of address that is not allowed in a link"),
            "an address begins with `https://`, `http://`, `mailto:` or, on this site, `/`"
                .to_owned(),
        ),
        UrlError::NoScheme if text.contains('@') => {
            (format!("`{text}` is not a whole address"), format!("write `mailto:{text}`"))
        }
        UrlError::NoScheme => (
            format!("`{text}` is not a whole address"),
            format!("write `https://{text}`, or begin it with `/` for a page of this site"),
        ),
        UrlError::Malformed => (
            format!("`{text}` is not an address"),
            format!("write for example `{field}: https://example.org/enroll`"),
        ),
        UrlError::Path(why) => return path_fault(reader, &text, node, why),
    };
    reader.fault(Code::InvalidUrl, node, message, hint)
}

/// A path on the site.
pub(super) fn site_path(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<SitePath> {
    let text = reader.words(field, node)?;
    match SitePath::new(&text) {
        Ok(path) => Some(path),
        Err(why) => path_fault(reader, &text, node, why),
    }
}

fn path_fault<T>(
    reader: &mut Reader<'_>,
    text: &str,
    node: &Node,
    why: SitePathError,
) -> Option<T> {
    let (message, hint) = match why {
        SitePathError::NotFromRoot => (
            format!("`{text}` is not a path on this site"),
            format!("begin it with a slash: `/{}`", text.trim_start_matches(['.', '/'])),
        ),
        SitePathError::Climbs => (
            format!("the path `{text}` has a part that is empty, `.` or `..`"),
            "write the whole path from the first slash on".to_owned(),
        ),
        SitePathError::Character(character) => (
            format!("the path `{text}` has the character `{}`", character.escape_default()),
            "use letters, digits, hyphens, dots and slashes".to_owned(),
        ),
        SitePathError::Reserved => (
            format!("the path `{text}` has a name that some computers keep for themselves"),
            "use another name; no name ends with a dot or a space".to_owned(),
        ),
    };
    reader.fault(Code::InvalidUrl, node, message, hint)
}

/// The address under which the whole site is served.
pub(super) fn base_url(
    reader: &mut Reader<'_>,
    field: &str,
    node: &Node,
) -> Option<std::sync::Arc<str>> {
    match url(reader, field, node)? {
        Url::Absolute(address)
            if address.starts_with("http")
                && !address.contains(['?', '#'])
                && !address.contains('@') =>
        {
            Some(if address.ends_with('/') { address } else { format!("{address}/").into() })
        }
        _ => reader.fault(
            Code::InvalidUrl,
            node,
            "the catalog's own address begins with `https://` and has no `?` or `#`",
            "write for example `url: https://learning.example.org/leaders/`",
        ),
    }
}

/// `title` and `url` of something to read, watch or bring.
pub(super) fn resource(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Resource> {
    let example = format!("{field}: [{{ title: Reading list, url: /files/reading.pdf }}]");
    let mut fields = Fields::open(reader, field, "an item of `materials`", node, &example)?;
    let title = fields.required("title", "Reading list", text);
    let url = fields.placed("url", url);
    fields.finish();
    Some(Resource { title: title?.value, url })
}

/// `src` and `alt` of a picture. A picture that is not described is reported here, where the place
/// is known best.
pub(super) fn image(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<Image> {
    let example = format!("{field}: {{ src: /files/team.jpg, alt: Five leaders at a table }}");
    let mut fields = Fields::open(reader, field, "a picture", node, &example)?;
    let src = fields.required("src", "/files/team.jpg", image_source);
    let span = fields.span();
    let alt = match fields.node("alt") {
        // `alt: ""` says that the picture is decoration.
        Some(node) if matches!(&node.value, Value::Text(text) if text.trim().is_empty()) => {
            Some(String::new())
        }
        Some(node) => fields.reader.words("alt", node),
        None => {
            fields.reader.report(
                Diagnostic::new(Code::ImageWithoutAlt, span, "the picture is not described in words")
                    .label("there is no `alt`")
                    .hint("say what it shows, for those who cannot see it: `alt: Five leaders at a table`")
                    .hint("if it is only decoration, write `alt: \"\"`"),
            );
            None
        }
    };
    fields.finish();
    Some(Image { src: src?, alt })
}

/// A path on the site, or the name of a file beside the entry.
fn image_source(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<String> {
    let text = reader.words(field, node)?;
    let path = if text.starts_with('/') {
        text.clone()
    } else {
        format!("/{}", text.strip_prefix("./").unwrap_or(&text))
    };
    if text.contains("://") {
        let hint = "put a copy of the picture into `content/files/` and write `/files/…`";
        let message = "a picture of another site cannot be shown";
        return reader.fault(Code::InvalidUrl, node, message, hint);
    }
    match SitePath::new(&path) {
        Ok(_) => Some(text),
        Err(why) => path_fault(reader, &text, node, why),
    }
}
