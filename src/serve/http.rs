//! HTTP/1.1 for one machine: `GET` and `HEAD`, from memory.
//!
//! No path is ever looked up on disk. The `Host` header must be one of a fixed list, since a page
//! of another origin could otherwise read the catalog by a rebound name.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::stage::Stage;

/// The longest request head: no browser sends more to such a site.
const MAX_HEAD: usize = 16 * 1024;
/// How many connections there are at once at the most.
const MAX_CONNECTIONS: usize = 128;
/// How long a connection may keep us waiting.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How often a quiet stream of messages says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(10);

const LIVE_SCRIPT: &str = include_str!("live.js");
const LIVE_STYLES: &str = include_str!("live.css");
/// Where the parts of live preview stand, outside of every site's base path.
const LIVE: &str = "/_convene/";

/// The names under which the server may be asked for.
pub(super) fn allowed_hosts(address: IpAddr, port: u16) -> Vec<String> {
    let bare = match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    };
    ["127.0.0.1", "localhost", "[::1]", &bare].map(|name| format!("{name}:{port}")).to_vec()
}

/// Takes connections for as long as the program runs.
pub(super) fn accept(listener: &TcpListener, stage: &Arc<Stage>, hosts: &Arc<Vec<String>>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().filter_map(Result::ok) {
        if open.load(Ordering::Relaxed) >= MAX_CONNECTIONS {
            continue;
        }
        open.fetch_add(1, Ordering::Relaxed);
        let (stage, hosts, open) = (Arc::clone(stage), Arc::clone(hosts), Arc::clone(&open));
        thread::spawn(move || {
            // A browser that hangs up is nobody's fault.
            let _ = converse(stream, &stage, &hosts);
            open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// One request and its answer; the connection is closed after it.
fn converse(mut stream: TcpStream, stage: &Stage, hosts: &[String]) -> io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    stream.set_nodelay(true)?;
    match read_request(&mut stream, hosts)? {
        Err(status) => answer(&mut stream, &Answer::plain(status), false),
        Ok(request) if request.path == format!("{LIVE}events") => send_messages(stream, stage),
        Ok(request) => answer(&mut stream, &respond(&request.path, stage), request.head),
    }
}

struct Request {
    /// Still percent-encoded, without the query.
    path: String,
    head: bool,
}

/// A request, or the status that refuses it.
fn read_request(
    stream: &mut TcpStream,
    hosts: &[String],
) -> io::Result<Result<Request, (u16, &'static str)>> {
    const BAD: (u16, &str) = (400, "Bad Request");
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(Err(BAD));
        }
        head.extend_from_slice(&chunk[..read]);
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Err(_) => return Ok(Err(BAD)),
            Ok(httparse::Status::Partial) if head.len() > MAX_HEAD => {
                return Ok(Err((431, "Request Header Fields Too Large")));
            }
            Ok(httparse::Status::Partial) => {}
            Ok(httparse::Status::Complete(_)) => return Ok(admit(&request, hosts)),
        }
    }
}

fn admit(
    request: &httparse::Request<'_, '_>,
    hosts: &[String],
) -> Result<Request, (u16, &'static str)> {
    let named: Vec<_> =
        request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host")).collect();
    let known = matches!(named.as_slice(), [host] if hosts.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(host.value)));
    if !known {
        return Err((421, "Misdirected Request"));
    }
    let head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err((405, "Method Not Allowed")),
    };
    let target = request.path.unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or(target);
    if !path.starts_with('/') {
        return Err((400, "Bad Request"));
    }
    Ok(Request { path: path.to_owned(), head })
}

struct Answer {
    status: (u16, &'static str),
    kind: &'static str,
    body: Arc<[u8]>,
    location: Option<String>,
}

impl Answer {
    fn plain(status: (u16, &'static str)) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            body: status.1.as_bytes().into(),
            location: None,
        }
    }

    fn ok(kind: &'static str, body: Arc<[u8]>) -> Self {
        Self { status: (200, "OK"), kind, body, location: None }
    }
}

fn respond(path: &str, stage: &Stage) -> Answer {
    const NOT_FOUND: (u16, &str) = (404, "Not Found");
    match path.strip_prefix(LIVE) {
        Some("live.js") => {
            return Answer::ok("text/javascript; charset=utf-8", LIVE_SCRIPT.as_bytes().into());
        }
        Some("live.css") => {
            return Answer::ok("text/css; charset=utf-8", LIVE_STYLES.as_bytes().into());
        }
        Some(_) => return Answer::plain(NOT_FOUND),
        None => {}
    }
    let (site, root) = (stage.site(), stage.root());
    let Some(relative) = path.strip_prefix(root.trim_end_matches('/')) else {
        // Everything outside of the base path leads to the home page: what is typed is `/`.
        return Answer { location: Some(root), ..Answer::plain((302, "Found")) };
    };
    if relative.is_empty() {
        return Answer { location: Some(root), ..Answer::plain((302, "Found")) };
    }
    let Ok(path) = percent_decode_str(relative).decode_utf8() else {
        return Answer::plain((400, "Bad Request"));
    };
    if let Some(bytes) = site.file_at(&path) {
        let kind = media_type(&path);
        let body = if kind.starts_with("text/html") { with_live(bytes) } else { Arc::clone(bytes) };
        return Answer::ok(kind, body);
    }
    if site.file_at(&format!("{path}/")).is_some() {
        let location = format!("{}{relative}/", root.trim_end_matches('/'));
        return Answer { location: Some(location), ..Answer::plain((302, "Found")) };
    }
    let page = |bytes| Answer::ok("text/html; charset=utf-8", with_live(bytes));
    match site.file_at("/404.html") {
        Some(missing) => Answer { status: NOT_FOUND, ..page(missing) },
        // There has been no good site yet: the errors are all there is to show.
        None => page(EMPTY_PAGE.as_bytes()),
    }
}

const EMPTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<title>convene</title>\n\
     <body>\n<p>There is no site to show yet. Mend the errors and it appears here.</p>\n</body>\n</html>\n";

/// A page with the script that reloads it. It is added here and never written to disk.
fn with_live(page: &[u8]) -> Arc<[u8]> {
    const TAGS: &[u8] = b"<link rel=\"stylesheet\" href=\"/_convene/live.css\">\
        <script type=\"module\" src=\"/_convene/live.js\"></script>\n";
    const BODY_END: &[u8] = b"</body>";
    let at =
        page.windows(BODY_END.len()).rposition(|window| window == BODY_END).unwrap_or(page.len());
    let mut with = Vec::with_capacity(page.len() + TAGS.len());
    with.extend_from_slice(&page[..at]);
    with.extend_from_slice(TAGS);
    with.extend_from_slice(&page[at..]);
    with.into()
}

fn answer(stream: &mut TcpStream, answer: &Answer, head: bool) -> io::Result<()> {
    let (code, words) = answer.status;
    let mut text = format!(
        "HTTP/1.1 {code} {words}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n",
        answer.kind,
        answer.body.len()
    );
    if let Some(location) = &answer.location {
        text.push_str("Location: ");
        text.push_str(location);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    stream.write_all(text.as_bytes())?;
    if !head {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

/// Messages to a browser as server-sent events (HTML Standard, 9.2), until it hangs up.
fn send_messages(mut stream: TcpStream, stage: &Stage) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
          Connection: close\r\n\r\nretry: 500\n\n",
    )?;
    let (listener, messages) = stage.listen();
    let result = loop {
        let event = match messages.recv_timeout(HEARTBEAT) {
            Ok(message) => format!("data: {message}\n\n"),
            Err(RecvTimeoutError::Timeout) => ": still here\n\n".to_owned(),
            Err(RecvTimeoutError::Disconnected) => break Ok(()),
        };
        if let Err(error) = stream.write_all(event.as_bytes()).and_then(|()| stream.flush()) {
            break Err(error);
        }
    };
    stage.forget(listener);
    result
}

/// The media type by the ending of the file that is sent.
fn media_type(path: &str) -> &'static str {
    if path.ends_with('/') {
        return "text/html; charset=utf-8";
    }
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
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
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{media_type, with_live};

    #[test]
    fn the_script_is_added_before_the_end_of_the_body() {
        let page = with_live(b"<body>x</body></html>");
        let text = std::str::from_utf8(&page).unwrap();
        assert!(text.starts_with("<body>x<link"));
        assert!(text.ends_with("</script>\n</body></html>"));
    }

    #[test]
    fn pages_are_html() {
        assert_eq!(media_type("/a/"), "text/html; charset=utf-8");
        assert_eq!(media_type("/a.ICS"), "text/calendar; charset=utf-8");
    }
}
