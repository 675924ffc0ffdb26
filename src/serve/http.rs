//! HTTP/1.1 for one machine: connections, requests and who may send them.
//!
//! A page of another origin could read the catalog by a name that it has rebound to this machine,
//! so the `Host` header must be one of a fixed list, and a request that says that it comes from
//! another site gets nothing.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::{Duration, Instant};

use super::answer::{Answer, LIVE, respond};
use super::stage::Stage;

/// The longest request head: no browser sends more to such a site.
const MAX_HEAD: usize = 16 * 1024;
/// How many connections there are at once at the most.
const MAX_CONNECTIONS: usize = 128;
/// How long a request may take to arrive, and an answer to be taken.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How often a quiet stream of messages says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(10);
/// How long a browser that was refused may go on sending.
const LINGER: Duration = Duration::from_millis(200);

/// The names under which the server may be asked for.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    names: Vec<String>,
    /// It listens on every address of this machine. An address, unlike a name, cannot be rebound.
    any_address: bool,
}

impl Hosts {
    /// This machine's own names, and the address that is listened on.
    pub(super) fn of(address: IpAddr) -> Self {
        let bare = match address {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => format!("[{v6}]"),
        };
        let names = ["127.0.0.1", "localhost", "[::1]", &bare].map(ToOwned::to_owned).to_vec();
        Self { names, any_address: address.is_unspecified() }
    }

    /// True for `localhost:8000`. The port may be another one, when it is forwarded.
    fn admit(&self, authority: &str) -> bool {
        let name = match authority.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => authority,
        };
        let is_address = || {
            let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
            bare.map_or(name.parse::<Ipv4Addr>().is_ok(), |v6| v6.parse::<Ipv6Addr>().is_ok())
        };
        self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
            || (self.any_address && is_address())
    }
}

/// Counts a connection for as long as it lasts, however it ends.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Takes connections for as long as the program runs.
pub(super) fn accept(listener: &TcpListener, stage: &Arc<Stage>, hosts: &Arc<Hosts>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of file descriptors, as a rule: some will come back.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        if open.load(Ordering::Relaxed) >= MAX_CONNECTIONS {
            continue;
        }
        open.fetch_add(1, Ordering::Relaxed);
        let counted = Counted(Arc::clone(&open));
        let (stage, hosts) = (Arc::clone(stage), Arc::clone(hosts));
        // When there is no thread to be had, the connection is dropped, and counted out.
        let _ = thread::Builder::new().spawn(move || {
            let _counted = counted;
            // A browser that hangs up is nobody's fault.
            let _ = converse(stream, &stage, &hosts);
        });
    }
}

/// One request and its answer; the connection is closed after it.
fn converse(mut stream: TcpStream, stage: &Stage, hosts: &Hosts) -> io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    stream.set_nodelay(true)?;
    match read_request(&mut stream, hosts)? {
        Err(status) => {
            answer(&mut stream, &Answer::plain(status), false)?;
            drain(&mut stream)
        }
        Ok(request) if request.path == format!("{LIVE}events") => {
            send_messages(stream, stage, &request.query)
        }
        Ok(request) => {
            let what = respond(&request.path, request.worker, stage);
            answer(&mut stream, &what, request.head)
        }
    }
}

struct Request {
    /// Still percent-encoded, without the query.
    path: String,
    /// Without the question mark.
    query: String,
    head: bool,
    /// It asks for the script of a service worker.
    worker: bool,
}

type Status = (u16, &'static str);

/// A request, or the status that refuses it.
fn read_request(stream: &mut TcpStream, hosts: &Hosts) -> io::Result<Result<Request, Status>> {
    const BAD: Status = (400, "Bad Request");
    let begun = Instant::now();
    let mut head = Vec::new();
    let mut chunk = [0; 2048];
    loop {
        if begun.elapsed() > TIMEOUT {
            return Ok(Err((408, "Request Timeout")));
        }
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

fn admit(request: &httparse::Request<'_, '_>, hosts: &Hosts) -> Result<Request, Status> {
    const FORBIDDEN: Status = (403, "Forbidden");
    let named = |name: &str| {
        let same = |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case(name);
        request.headers.iter().filter(same).map(|header| header.value).collect::<Vec<_>>()
    };
    let host = match named("host").as_slice() {
        [host] => std::str::from_utf8(host).ok().filter(|host| hosts.admit(host)),
        _ => None,
    };
    let Some(host) = host else { return Err((421, "Misdirected Request")) };
    for origin in named("origin") {
        let authority = std::str::from_utf8(origin).ok().and_then(|origin| origin.split_once("//"));
        if !authority.is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)) {
            return Err(FORBIDDEN);
        }
    }
    // Following a link from another site is all that another site may make a browser do.
    let says = |name: &str, value: &str| named(name).contains(&value.as_bytes());
    if says("sec-fetch-site", "cross-site") && !says("sec-fetch-mode", "navigate") {
        return Err(FORBIDDEN);
    }
    let head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err((405, "Method Not Allowed")),
    };
    let target = request.path.unwrap_or("/");
    let target = target.split('#').next().unwrap_or(target);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !path.starts_with('/') {
        return Err((400, "Bad Request"));
    }
    let worker = says("service-worker", "script");
    Ok(Request { path: path.to_owned(), query: query.to_owned(), head, worker })
}

fn answer(stream: &mut TcpStream, answer: &Answer, head: bool) -> io::Result<()> {
    let (code, words) = answer.status;
    let mut text = format!(
        "HTTP/1.1 {code} {words}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Content-Security-Policy: frame-ancestors 'self'\r\nConnection: close\r\n",
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

/// Takes what a refused browser is still sending: closing before would throw the answer away.
fn drain(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    let (begun, mut chunk) = (Instant::now(), [0; 4096]);
    while begun.elapsed() < LINGER && stream.read(&mut chunk)? > 0 {}
    Ok(())
}

/// Messages to a page as server-sent events (HTML Standard, 9.2), until it hangs up. The query says
/// what the page is, and which version of it the browser has: `path=/learn/&version=1f2e`.
fn send_messages(mut stream: TcpStream, stage: &Stage, query: &str) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
          X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n",
    )?;
    let member = |name: &str| {
        let value = query.split('&').filter_map(|one| one.split_once('='));
        let value = value.filter(|(key, _)| *key == name).map(|(_, value)| value).next();
        let decoded = percent_encoding::percent_decode_str(value.unwrap_or_default());
        decoded.decode_utf8_lossy().into_owned()
    };
    let (listener, messages) = stage.listen(member("path"), member("version"));
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

#[cfg(test)]
mod tests {
    use super::Hosts;

    #[test]
    fn a_fixed_list_of_hosts_is_admitted() {
        let own = Hosts::of("127.0.0.1".parse().unwrap());
        for host in ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "localhost:9"] {
            assert!(own.admit(host), "{host}");
        }
        for host in ["evil.example:8000", "10.0.0.7:8000", "", "localhost.evil.example", "[::2]:1"]
        {
            assert!(!own.admit(host), "{host}");
        }
        let every = Hosts::of("0.0.0.0".parse().unwrap());
        assert!(every.admit("10.0.0.7:8000") && every.admit("[fe80::1]:80"));
        assert!(!every.admit("rebound.example:8000") && !every.admit("10.0.0.7.example"));
    }
}
