//! What is sent for a path: files of the last good site, from memory. No path is ever looked up on
//! disk.

use std::sync::Arc;

use super::stage::{Found, Stage, version};

/// Where the parts of live preview stand, outside of every site's base path.
pub(super) const LIVE: &str = "/_convene/";

/// The parts of live preview: name, media type, content.
const PARTS: &[(&str, &str, &str)] = &[
    ("live.js", SCRIPT, include_str!("live/live.js")),
    ("merge.js", SCRIPT, include_str!("live/merge.js")),
    ("overlay.js", SCRIPT, include_str!("live/overlay.js")),
    ("panel.js", SCRIPT, include_str!("live/panel.js")),
    ("place.js", SCRIPT, include_str!("live/place.js")),
    ("host.js", SCRIPT, include_str!("live/host.js")),
    ("live.css", "text/css; charset=utf-8", include_str!("live/live.css")),
];
const SCRIPT: &str = "text/javascript; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

const NOT_FOUND: (u16, &str) = (404, "Not Found");

/// A site that keeps itself for readers without a network must not keep what is being written: in
/// place of its service worker comes one that takes itself and what it kept away.
const NO_WORKER: &str = "addEventListener('install', () => skipWaiting());\n\
     addEventListener('activate', (event) => event.waitUntil((async () => {\n  \
     for (const name of await caches.keys()) await caches.delete(name);\n  \
     await registration.unregister();\n})()));\n";

const EMPTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
     <title>No site yet</title>\n</head>\n<body>\n<main>\n<h1>No site yet</h1>\n\
     <p>It appears here as soon as the errors are mended.</p>\n</main>\n</body>\n</html>\n";

const FAULTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
     <title>This page cannot be made</title>\n</head>\n<body>\n<main>\n\
     <h1>This page cannot be made</h1>\n\
     <p>It appears here as soon as the errors are mended.</p>\n</main>\n</body>\n</html>\n";

/// What is sent.
pub(super) struct Answer {
    pub status: (u16, &'static str),
    pub kind: &'static str,
    pub body: Arc<[u8]>,
    pub location: Option<String>,
}

impl Answer {
    /// The words of a status, and nothing else.
    pub(super) fn plain(status: (u16, &'static str)) -> Self {
        let kind = "text/plain; charset=utf-8";
        Self { status, kind, body: status.1.as_bytes().into(), location: None }
    }

    fn ok(kind: &'static str, body: Arc<[u8]>) -> Self {
        Self { status: (200, "OK"), kind, body, location: None }
    }

    fn to(location: String) -> Self {
        Self { location: Some(location), ..Self::plain((302, "Found")) }
    }
}

/// The answer for a path, which is still percent-encoded.
pub(super) fn respond(path: &str, worker: bool, stage: &Stage) -> Answer {
    if let Some(name) = path.strip_prefix(LIVE) {
        let part = PARTS.iter().find(|(part, ..)| *part == name);
        return part.map_or(Answer::plain(NOT_FOUND), |&(_, kind, content)| {
            Answer::ok(kind, content.as_bytes().into())
        });
    }
    if worker {
        return Answer::ok(SCRIPT, NO_WORKER.as_bytes().into());
    }
    // There has been no good site yet: the errors are all there is to show.
    let Some(good) = stage.good() else {
        return Answer::ok(HTML, with_live(EMPTY_PAGE.as_bytes(), ""));
    };
    let root = stage.root();
    let base = root.trim_end_matches('/');
    let Some(relative) = path.strip_prefix(base).filter(|relative| relative.starts_with('/'))
    else {
        // Everything outside of the base path leads to the home page: what is typed is `/`.
        return Answer::to(root);
    };
    let Some(decoded) = good.relative(path) else {
        return Answer::plain((400, "Bad Request"));
    };
    let kind = media_type(&decoded);
    let is_page = kind == HTML;
    match stage.fetch(&decoded, is_page) {
        Found::File(bytes) if is_page => Answer::ok(kind, with_live(&bytes, &version(&bytes))),
        Found::File(bytes) => Answer::ok(kind, bytes),
        Found::Folder => Answer::to(format!("{base}{relative}/")),
        Found::Faulty => faulty(),
        Found::Nothing => match stage.fetch("/404.html", true) {
            Found::File(page) => {
                let page = with_live(&page, &version(&page));
                Answer { status: NOT_FOUND, ..Answer::ok(HTML, page) }
            }
            Found::Faulty => faulty(),
            Found::Folder | Found::Nothing => Answer::plain(NOT_FOUND),
        },
    }
}

/// What stands for a page that cannot be made; the errors lie over it.
fn faulty() -> Answer {
    let status = (500, "Internal Server Error");
    Answer { status, ..Answer::ok(HTML, with_live(FAULTY_PAGE.as_bytes(), "")) }
}

/// A page with the script of live preview, which comes first, before any other changes the page. It
/// is added here and never written to disk.
fn with_live(page: &[u8], version: &str) -> Arc<[u8]> {
    let tag = format!(
        "<script type=\"module\" src=\"{LIVE}live.js\" data-version=\"{version}\"></script>"
    );
    let at = head_start(page).or_else(|| body_end(page)).unwrap_or(page.len());
    let mut with = Vec::with_capacity(page.len() + tag.len());
    with.extend_from_slice(page.get(..at).unwrap_or_default());
    with.extend_from_slice(tag.as_bytes());
    with.extend_from_slice(page.get(at..).unwrap_or_default());
    with.into()
}

/// Just behind `<head>`, which stands near the beginning.
fn head_start(page: &[u8]) -> Option<usize> {
    const HEAD: &[u8] = b"<head";
    let near = page.get(..page.len().min(4096))?;
    let at = near.windows(HEAD.len()).position(|window| window.eq_ignore_ascii_case(HEAD))?;
    let rest = near.get(at + HEAD.len()..)?;
    // Not `<header>`.
    rest.first().filter(|byte| **byte == b'>' || byte.is_ascii_whitespace())?;
    Some(at + HEAD.len() + rest.iter().position(|byte| *byte == b'>')? + 1)
}

fn body_end(page: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</body>";
    page.windows(END.len()).rposition(|window| window.eq_ignore_ascii_case(END))
}

/// The media type by the ending of the file that is sent.
fn media_type(path: &str) -> &'static str {
    if path.ends_with('/') {
        return HTML;
    }
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => SCRIPT,
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{media_type, with_live};

    #[test]
    fn the_script_comes_first() {
        let text = |page: &[u8]| String::from_utf8(with_live(page, "1").to_vec()).unwrap();
        let page = text(b"<!doctype html><html><HEAD lang=en><title>x</title></head></html>");
        assert!(page.contains("<HEAD lang=en><script type=\"module\" src=\"/_convene/live.js\""));
        assert!(page.contains("data-version=\"1\"></script><title>"));
        // Without a head it comes where it can.
        assert!(text(b"<header>x</header></body></html>").ends_with("</script></body></html>"));
        assert!(text(b"x").starts_with("x<script"));
    }

    #[test]
    fn pages_are_html() {
        assert_eq!(media_type("/a/"), "text/html; charset=utf-8");
        assert_eq!(media_type("/a.ICS"), "text/calendar; charset=utf-8");
    }
}
