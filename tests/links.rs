//! `convene check --links`, before a server on this machine: each answer has its meaning, at the
//! link's own place; nobody is asked twice, or two things at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use support::CATALOG;

/// A server of another site, which writes down who asked for what.
struct Other {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    agents: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
    end: Arc<AtomicBool>,
}

impl Other {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let other = Self {
            port: listener.local_addr().unwrap().port(),
            seen: Arc::default(),
            agents: Arc::default(),
            most_at_once: Arc::default(),
            end: Arc::default(),
        };
        let (seen, agents) = (Arc::clone(&other.seen), Arc::clone(&other.agents));
        let (most, end) = (Arc::clone(&other.most_at_once), Arc::clone(&other.end));
        let at_once = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    break;
                }
                let (seen, agents) = (Arc::clone(&seen), Arc::clone(&agents));
                let (most, at_once) = (Arc::clone(&most), Arc::clone(&at_once));
                thread::spawn(move || {
                    most.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    answer(&stream, &seen, &agents);
                    at_once.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        other
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked for since the last time, in order.
    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn answer(stream: &TcpStream, seen: &Mutex<Vec<String>>, agents: &Mutex<Vec<String>>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    agents.lock().unwrap().push(headers.get("user-agent").cloned().unwrap_or_default());
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let times = {
        let mut seen = seen.lock().unwrap();
        seen.push(format!("{method} {path}"));
        seen.iter().filter(|one| one.ends_with(path)).count()
    };
    let (status, more) = match (path, method) {
        ("/good", _) => ("200 OK", ""),
        ("/gone", _) => ("404 Not Found", ""),
        ("/broken", _) => ("500 Internal Server Error", ""),
        ("/no-head", "HEAD") => ("405 Method Not Allowed", ""),
        ("/no-head", _) => ("200 OK", ""),
        ("/members", _) => ("403 Forbidden", ""),
        ("/moved", _) => ("301 Moved Permanently", "Location: /good\r\n"),
        ("/login", _) => ("302 Found", "Location: /good\r\n"),
        ("/round", _) => ("302 Found", "Location: /round\r\n"),
        ("/elsewhere", _) => ("301 Moved Permanently", "Location: javascript:alert(1)\r\n"),
        ("/busy", _) if times == 1 => ("429 Too Many Requests", "Retry-After: 1\r\n"),
        ("/busy", _) => ("200 OK", ""),
        ("/closes", "HEAD") => return,
        ("/closes", _) => ("200 OK", ""),
        _ => ("404 Not Found", ""),
    };
    // Time enough for two requests to meet, if there were two.
    thread::sleep(Duration::from_millis(20));
    let mut stream = stream;
    let _ =
        write!(stream, "HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

fn project(enroll: &str, body: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let offering = format!(
        "---\ntitle: Self as Core\nkind: series\nsummary: Who one is as a leader.\n\
         roles: [principal]\nenroll:\n  url: {enroll}\n  closes: 2027-01-10\nsessions:\n  \
         - date: 2027-01-14\n---\n\n{body}\n"
    );
    fs::create_dir_all(folder.path().join("content/offerings")).unwrap();
    fs::write(folder.path().join("content/catalog.yaml"), CATALOG).unwrap();
    fs::write(folder.path().join("content/offerings/self.md"), offering).unwrap();
    folder
}

/// What is said of links: `check line message`.
fn check(folder: &tempfile::TempDir, now: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--links", "--format", "json", "--at", "2026-11-24"])
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", now)
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .env_remove("ALL_PROXY")
        .env_remove("all_proxy")
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| {
            let one: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
            let hint = one["hints"][0].as_str().unwrap_or_default();
            format!("{} {} {} ({hint})", text("code"), one["line"], text("message"))
        })
        .collect()
}

#[test]
fn every_answer_has_its_meaning_at_the_links_own_place() {
    let other = Other::start();
    let paths = [
        "/good",
        "/gone",
        "/broken",
        "/no-head",
        "/members",
        "/moved",
        "/login",
        "/round",
        "/elsewhere",
        "/busy",
        "/closes",
    ];
    let body: Vec<String> =
        paths.iter().map(|path| format!("[Words on {path}]({})", other.url(path))).collect();
    let folder = project(&other.url("/gone?enroll"), &body.join("\n"));
    let good = other.url("/good");
    let mend = "(open it in a browser; mend it, or remove it)";
    assert_eq!(
        check(&folder, "1795528800"),
        [
            format!(
                "link-unreachable 7 the enrollment link leads nowhere: it answers 404 Not Found {mend}"
            ),
            format!("link-unreachable 14 this link leads nowhere: it answers 404 Not Found {mend}"),
            format!(
                "link-unreachable 15 this link leads nowhere: it answers 500 Internal Server Error {mend}"
            ),
            format!("link-moved 18 this address has moved for good (write `{good}`)"),
            format!(
                "link-unreachable 20 this link leads nowhere: it leads on more than 10 times {mend}"
            ),
            format!(
                "link-unreachable 21 this link leads nowhere: it leads on to an address that begins with `javascript:` {mend}"
            ),
        ]
    );
    let seen = other.seen();
    assert_eq!(seen[0], "HEAD /gone?enroll", "enrollment first");
    assert!(seen.contains(&"GET /no-head".to_owned()) && seen.contains(&"GET /closes".to_owned()));
    assert_eq!(seen.iter().filter(|one| one.ends_with("/busy")).count(), 2, "it was waited");
    assert!(!seen.contains(&"GET /good".to_owned()), "what answers HEAD is not asked again");
    assert_eq!(other.most_at_once.load(Ordering::SeqCst), 1, "one request at a time");
    let agents = other.agents.lock().unwrap();
    assert!(agents.iter().all(|name| name.starts_with("convene/")), "{agents:?}");
}

#[test]
fn what_is_there_is_not_asked_again_for_a_day() {
    let other = Other::start();
    let folder = project(&other.url("/good"), &format!("[It]({})", other.url("/good")));
    assert_eq!(check(&folder, "1795528800"), [""; 0]);
    assert_eq!(other.seen(), ["HEAD /good"], "one address, named twice");
    assert_eq!(check(&folder, "1795528900"), [""; 0]);
    assert_eq!(other.seen(), [""; 0]);
    assert_eq!(check(&folder, "1795628900"), [""; 0]);
    assert_eq!(other.seen(), ["HEAD /good"]);
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".convene-links.json", "content"]);
}

#[test]
fn nobody_is_asked_unless_it_is_wanted() {
    let other = Other::start();
    let folder = project(&other.url("/gone"), "Text.");
    let run = |arguments: &[&str]| {
        let status = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(arguments)
            .args(["--quiet", "--at", "2026-11-24"])
            .current_dir(folder.path())
            .status()
            .expect("it runs");
        assert!(status.success());
    };
    run(&["check"]);
    run(&["build"]);
    assert_eq!(other.seen(), [""; 0]);
}

#[test]
fn an_entry_may_silence_it_and_needs_not_be_asked_to_know() {
    let other = Other::start();
    let folder = project(&other.url("/gone"), "Text.");
    let path = folder.path().join("content/offerings/self.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("roles:", "allow: [link-unreachable]\nroles:")).unwrap();
    assert_eq!(check(&folder, "1795528800"), [""; 0]);
    let status = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--strict", "--at", "2026-11-24"])
        .current_dir(folder.path())
        .status()
        .expect("it runs");
    assert!(status.success(), "an `allow` of what was not asked is not useless");
}

#[test]
fn a_host_that_is_not_there_is_told() {
    // A port on which nobody listens: it was free just now.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = project(&format!("http://127.0.0.1:{port}/"), "Text.");
    let found = check(&folder, "1795528800");
    let expected = "link-unreachable 7 the enrollment link leads nowhere: no connection";
    assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
}

#[test]
fn what_is_over_is_left_alone() {
    let other = Other::start();
    let folder = project(&other.url("/gone"), "Text.");
    let path = folder.path().join("content/offerings/self.md");
    let text = fs::read_to_string(&path).unwrap();
    let over = text.replace("2027-01-10", "2026-09-01").replace("2027-01-14", "2026-09-10");
    fs::write(&path, over).unwrap();
    assert_eq!(check(&folder, "1795528800"), [""; 0]);
    assert_eq!(other.seen(), [""; 0]);
}
