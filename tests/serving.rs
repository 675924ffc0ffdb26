//! `convene serve`: the site over HTTP, every change at once, errors over the last good page.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use folder::Folder;
use serde_json::Value;

const CATALOG: &str = "
    title: Learning
    organization: Office
    url: https://example.org/learn/
    timezone: America/New_York
    kinds:
      series: { name: Series }
    roles:
      principal: { name: Principal }
";

/// How long a change may take to be seen on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; it ends with the test.
struct Server {
    child: Child,
    address: String,
    folder: Folder,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn offering(summary: &str) -> String {
    format!(
        "---\ntitle: Self as Core\nkind: series\nsummary: {summary}\nroles: [principal]\n\
         enroll:\n  url: https://example.org/enroll\n  closes: 2027-01-10\n\
         sessions:\n  - date: 2027-01-14\n---\n"
    )
}

impl Server {
    fn start() -> Self {
        Self::start_with(&offering("Who one is as a leader."))
    }

    fn start_with(text: &str) -> Self {
        Self::start_in(
            Folder::new()
                .write("content/catalog.yaml", CATALOG)
                .write("content/offerings/self.md", text),
        )
    }

    fn start_in(folder: Folder) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(["serve", "--port", "0", "--at", "2026-11-24"])
            .current_dir(folder.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
        // What the server says later must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        let from = line.find("http://").unwrap() + "http://".len();
        let address = line[from..].split('/').next().unwrap().to_owned();
        Self { child, address, folder }
    }

    fn change(&self, path: &str, text: &str) {
        std::fs::write(self.folder.path(path), text).unwrap();
    }

    fn change_anew(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.folder.path(path).parent().unwrap()).unwrap();
        self.change(path, text);
    }

    /// The raw answer to a raw request.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // It may hang up before it has taken all.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address))
    }

    /// Asks until the page says something.
    #[track_caller]
    fn wait_for(&self, path: &str, words: &str) {
        let begun = Instant::now();
        while !self.get(path).contains(words) {
            assert!(begun.elapsed() < PATIENCE, "{path} never said `{words}`");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The messages to a page that is open in a browser, as it was sent.
    fn listen(&self, path: &str) -> impl Iterator<Item = Value> {
        let page = self.get(path);
        let version = page.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next());
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "GET /_convene/events?path={}&version={} HTTP/1.1\r\nHost: {}\r\n\r\n",
            path.replace('/', "%2F"),
            version.unwrap(),
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
    }
}

/// The next message of a type; others may come before it.
#[track_caller]
fn next(messages: &mut impl Iterator<Item = Value>, kind: &str) -> Value {
    messages.find(|message| message["type"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

const PAGE: &str = "/learn/offerings/self/";

#[test]
fn a_change_is_seen_and_told() {
    const DATA: &str = "/learn/api/v1/offerings/self.json";
    let server = Server::start();
    assert!(server.get(PAGE).contains("Who one is as a leader."));
    let mut messages = server.listen(PAGE);
    let mut elsewhere = server.listen("/learn/pages/none/");
    // A page is told what there is to know of it when it begins to listen.
    next(&mut messages, "facts");
    next(&mut elsewhere, "facts");
    // Pages are told of the files that browsers have.
    assert!(server.get(DATA).contains("Who one is as a leader."));
    assert!(server.get("/learn/feed.atom").contains("<feed"));
    assert!(server.get("/learn/robots.txt").contains("User-agent"));
    server.change("content/offerings/self.md", &offering("Another sentence altogether."));
    assert_eq!(next(&mut messages, "changed")["page"], true);
    assert!(server.get(PAGE).contains("Another sentence altogether."));
    for listener in [&mut messages as &mut dyn Iterator<Item = Value>, &mut elsewhere] {
        let message = next(&mut { listener }, "changed");
        assert_eq!(message["page"], false);
        let files = message["files"].as_array().unwrap();
        assert!(files.contains(&DATA.into()), "{message}");
        assert!(!files.contains(&"/learn/robots.txt".into()), "{message}");
    }
    assert!(server.get(DATA).contains("Another sentence altogether."));
}

#[test]
fn a_page_that_missed_a_change_is_told_when_it_listens_again() {
    let server = Server::start();
    let before = server.get(PAGE);
    server.change("content/offerings/self.md", &offering("Another sentence altogether."));
    server.wait_for(PAGE, "Another sentence");
    let version = before.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = PAGE.replace('/', "%2F");
    let request = format!(
        "GET /_convene/events?path={path}&version={version} HTTP/1.1\r\nHost: {}\r\n\r\n",
        server.address
    );
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains(r#""page":true"#) && line.contains("changed")));
}

#[test]
fn an_error_lies_over_the_last_good_page_and_goes_away() {
    let server = Server::start();
    let mut messages = server.listen(PAGE);
    next(&mut messages, "facts");
    server.change(
        "content/offerings/self.md",
        &offering("New.").replace("kind: series", "kind: seris"),
    );
    let message = next(&mut messages, "errors");
    let error = &message["errors"][0];
    assert_eq!(message["count"], "1 error in 1 file");
    assert_eq!(error["file"], "content/offerings/self.md");
    assert_eq!((&error["line"], &error["column"]), (&3.into(), &7.into()));
    let words = error["words"].as_str().unwrap();
    assert!(words.contains("error[unknown-id]") && words.contains("3 | kind: seris"), "{words}");
    assert!(server.get(PAGE).contains("Who one is as a leader."));
    // A browser that comes now is told, too.
    next(&mut server.listen(PAGE), "errors");
    server.change("content/offerings/self.md", &offering("Who one is as a leader."));
    next(&mut messages, "clear");
}

#[test]
fn a_first_site_appears_when_the_errors_with_which_it_began_are_mended() {
    let broken = offering("New.").replace("kind: series", "kind: seris");
    let server = Server::start_with(&broken);
    assert!(server.get("/").contains("No site yet"));
    let mut messages = server.listen("/");
    next(&mut messages, "errors");
    server.change("content/offerings/self.md", &offering("Who one is as a leader."));
    next(&mut messages, "clear");
    assert_eq!(next(&mut messages, "changed")["page"], true);
    server.wait_for(PAGE, "Who one is as a leader.");
}

const HOME: &str = "themes/district/templates/home.html";

fn home(words: &str) -> String {
    format!("{{% extends \"base.html\" %}}{{% block content %}}{words}{{% endblock content %}}")
}

#[test]
fn a_fault_of_a_template_lies_over_the_last_good_page_wherever_it_is() {
    let server = Server::start();
    let mut messages = server.listen(PAGE);
    next(&mut messages, "facts");
    // The home page is not open, and is tried all the same.
    server.change_anew(HOME, &home("{{ view.nothing.there }}"));
    let message = next(&mut messages, "errors");
    assert_eq!(message["errors"][0]["file"], HOME, "{message}");
    let words = message["errors"][0]["words"].as_str().unwrap();
    assert!(words.contains("error[invalid-theme]") && words.contains("home.html"), "{words}");
    assert!(server.get("/learn/").starts_with("HTTP/1.1 200"));
    server.change(HOME, &home("Mended."));
    next(&mut messages, "clear");
    assert!(server.get("/learn/").contains("Mended."));
}

#[test]
fn a_fault_that_comes_up_late_brings_the_last_good_site_back() {
    let fails = home("This is home.{% if view.featured %}{{ view.nothing.there }}{% endif %}");
    let first = offering("Who one is as a leader.");
    let featured = offering("Now it is featured.").replace("roles:", "featured: true\nroles:");
    let server = Server::start_in(
        Folder::new()
            .write("content/catalog.yaml", CATALOG)
            .write("content/offerings/self.md", &first)
            .write(HOME, &fails),
    );
    let mut messages = server.listen(PAGE);
    next(&mut messages, "facts");
    server.change("content/offerings/self.md", &featured);
    let message = next(&mut messages, "errors");
    assert_eq!(message["errors"][0]["file"], HOME, "{message}");
    server.wait_for(PAGE, "Who one is as a leader.");
    assert!(server.get("/learn/").contains("This is home."));
    // The same fault again is found before anything is shown.
    server.change("content/offerings/self.md", &featured.replace("Now it", "It"));
    assert_eq!(next(&mut messages, "errors")["errors"][0]["file"], HOME);
    assert!(server.get(PAGE).contains("Who one is as a leader."));
    server.change(HOME, &home("This is another home."));
    next(&mut messages, "clear");
    assert!(server.get("/learn/").contains("This is another home."));
    assert!(server.get(PAGE).contains("It is featured."));
}

#[test]
fn a_page_knows_its_source_its_warnings_and_its_states() {
    let server = Server::start();
    let facts = next(&mut server.listen(PAGE), "facts");
    assert_eq!(facts["source"]["file"], "content/offerings/self.md");
    assert_eq!(facts["source"]["line"], 2);
    let steps: Vec<String> = facts["steps"][0]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            let words = ["word", "from", "tense"].map(|name| step[name].as_str().unwrap_or("-"));
            words.join(" ")
        })
        .collect();
    assert_eq!(
        steps,
        [
            "Open - present",
            "Closes soon from January 4, 2027 future",
            "Enrollment closed after January 10, 2027 future",
            "In progress from January 14, 2027 future",
            "Past after January 14, 2027 future",
        ]
    );
    assert_eq!(facts["own"].as_array().unwrap().len(), 0);
    // A summary that repeats the title is worth a warning, and no error.
    let mut messages = server.listen(PAGE);
    next(&mut messages, "facts");
    server.change("content/offerings/self.md", &offering("Self as Core"));
    let facts = next(&mut messages, "facts");
    assert_eq!(facts["own"][0]["code"], "summary-repeats-title", "{facts}");
    assert_eq!(facts["own"][0]["line"], 4);
    // On another page it is elsewhere.
    let facts = next(&mut server.listen("/learn/offerings/"), "facts");
    assert_eq!((&facts["source"], &facts["total"]), (&Value::Null, &1.into()));
    assert_eq!(facts["others"][0]["code"], "summary-repeats-title");
}

#[test]
fn files_that_come_and_go_are_seen_however_they_are_saved() {
    let server = Server::start();
    std::fs::create_dir_all(server.folder.path("content/pages/more")).unwrap();
    server.change("content/pages/more/help.md", "---\ntitle: Help\n---\n\nFirst words.\n");
    server.wait_for("/learn/pages/help/", "First words.");
    // As editors do: a new file takes the place of the old one.
    server.change("content/pages/more/.help.tmp", "---\ntitle: Help\n---\n\nSecond words.\n");
    let (fresh, page) = ("content/pages/more/.help.tmp", "content/pages/more/help.md");
    std::fs::rename(server.folder.path(fresh), server.folder.path(page)).unwrap();
    server.wait_for("/learn/pages/help/", "Second words.");
    std::fs::remove_dir_all(server.folder.path("content/pages")).unwrap();
    server.wait_for("/learn/pages/help/", "404 Not Found");
}

#[test]
fn only_the_site_is_served_and_only_to_this_machine() {
    let server = Server::start();
    assert!(server.get("/").starts_with("HTTP/1.1 302"));
    assert!(server.get("/learn/offerings/self").contains("Location: /learn/offerings/self/\r\n"));
    for path in [
        "/learn/../Cargo.toml",
        "/learn/%2e%2e/%2e%2e/etc/passwd",
        "/learn/..%2f..%2fetc/passwd",
        "/learn/offerings/..\\..\\secret",
        "/learn//etc/passwd",
        "/learn/%00",
        "/learn/%ff",
        "/_convene/../content/catalog.yaml",
        "/learn/content/catalog.yaml",
    ] {
        let answer = server.get(path);
        assert!(!answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        assert!(!answer.contains("root:") && !answer.contains("timezone:"), "{path}");
    }
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(), "421"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "421"),
        (format!("GET / HTTP/1.1\r\nHost: {0}\r\nHost: {0}\r\n\r\n", server.address), "421"),
        (format!("POST / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address), "405"),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000)), "431"),
    ] {
        let answer = server.ask(&request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request:.40}: {answer:.60}");
    }
    // It is still there.
    assert!(server.get(PAGE).starts_with("HTTP/1.1 200"));
}

#[test]
fn what_is_served_beside_the_page_is_in_no_published_file() {
    let server = Server::start();
    assert!(server.get(PAGE).contains("/_convene/live.js"));
    assert!(server.get("/_convene/live.js").contains("text/javascript"));
    let folder = Folder::new()
        .write("content/catalog.yaml", CATALOG)
        .write("content/offerings/self.md", &offering("Who one is as a leader."));
    let built = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["build", "--quiet", "--at", "2026-11-24"])
        .current_dir(folder.path("."))
        .status()
        .unwrap();
    assert!(built.success());
    for (path, bytes) in folder.tree("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("_convene/live"), "{path}");
    }
}

/// Two hundred requests and more that no browser sends, or that somebody sends to read what is not
/// on the site.
#[test]
fn hostile_requests_get_nothing_and_end_nothing() {
    const SECRET: &str = "a word that is on no page";
    let server = Server::start();
    for path in [".env", "secret.txt", "content/.hidden", "content/pages/draft~"] {
        std::fs::create_dir_all(server.folder.path(path).parent().unwrap()).unwrap();
        server.change(path, SECRET);
    }
    let host = format!("Host: {}", server.address);
    let mut requests: Vec<String> = Vec::new();
    let files = [
        "/etc/passwd",
        ".env",
        "secret.txt",
        "content/.hidden",
        "content/pages/draft~",
        "content/catalog.yaml",
        "proc/self/environ",
        "C:/Windows/win.ini",
    ];
    let ups = [
        "/../",
        "/learn/../",
        "/learn/../../../../../../",
        "/learn/%2e%2e/%2e%2e/",
        "/learn/..%2f",
        "/learn/..%5c..%5c",
        "/learn/..\\..\\",
        "/learn/%252e%252e/",
        "/learn/%c0%ae%c0%ae/",
        "/learn/.%00./",
        "/learn/....//....//",
        "/learn/;/../",
        "//",
        "/learn//",
        "/_convene/../",
        "/_convene/%2e%2e/",
        "/learn/%ef%bc%8e%ef%bc%8e/",
        "/learn/\u{2025}/",
        "/file:///",
        "/./",
    ];
    for up in ups {
        requests
            .extend(files.iter().map(|file| format!("GET {up}{file} HTTP/1.1\r\n{host}\r\n\r\n")));
    }
    for line in [
        "get / HTTP/1.1",
        "GET / HTTP/9.9",
        "GET /",
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 x",
        "/ GET",
        "GET http://evil.example/ HTTP/1.1",
        "GET * HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET ? HTTP/1.1",
        "CONNECT evil.example:443 HTTP/1.1",
        "TRACE / HTTP/1.1",
        "DELETE /learn/ HTTP/1.1",
        "PUT /learn/x HTTP/1.1",
        "PRI * HTTP/2.0",
        "GET \0 HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GET /%e2%82 HTTP/1.1",
        "GET /_convene/events?path=%ff&version=%00 HTTP/1.1x",
        "GET /a%0d%0aSet-Cookie:x=y HTTP/1.1",
        "GET /learn/a%0d%0aX:y HTTP/1.1",
        "\u{16}\u{3}\u{1}",
    ] {
        requests.push(format!("{line}\r\n{host}\r\n\r\n"));
    }
    for header in [
        "Host: evil.example".to_owned(),
        "Host:".to_owned(),
        format!("{host}\r\n{host}"),
        format!("{host}.evil.example"),
        "Host: 127.0.0.1@evil.example".to_owned(),
        "Host: 127.0.0.1.nip.example".to_owned(),
        "Host: [::1".to_owned(),
        "Host: 0:0".to_owned(),
        format!("{host}\r\nOrigin: https://evil.example"),
        format!("{host}\r\nOrigin: null"),
        format!("{host}\r\nOrigin: http://127.0.0.1:1"),
        format!("{host}\r\nOrigin: http://"),
        format!("{host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors"),
        format!("{host}\r\nSec-Fetch-Site: cross-site"),
        format!("{host}\r\nX: {}", "x".repeat(40_000)),
        format!("{host}{}", "\r\nX: y".repeat(200)),
        format!("{host}\r\n folded: x"),
        format!("{host}\r\nBad\0Name: x"),
        format!("{host}\r\n: x"),
        format!("{host}\r\nno colon"),
    ] {
        requests.push(format!("GET /learn/offerings/self/ HTTP/1.1\r\n{header}\r\n\r\n"));
    }
    assert!(requests.len() >= 200, "only {}", requests.len());
    let open_files =
        || std::fs::read_dir(format!("/proc/{}/fd", server.child.id())).map(Iterator::count);
    let before = open_files();
    for request in &requests {
        let answer = server.ask(request);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 "), "{request:?}: {answer}");
        assert!(!answer.starts_with("HTTP/1.1 200"), "{request:?}: {answer}");
        for leaked in [SECRET, "timezone:", "root:", "Set-Cookie", "[fonts]"] {
            assert!(!answer.contains(leaked), "{request:?}: {answer}");
        }
    }
    // What came from another site is told so.
    let foreign = format!("GET {PAGE} HTTP/1.1\r\n{host}\r\nOrigin: https://evil.example\r\n\r\n");
    assert!(server.ask(&foreign).starts_with("HTTP/1.1 403"));
    let own = foreign.replace("https://evil.example", &format!("http://{}", server.address));
    assert!(server.ask(&own).starts_with("HTTP/1.1 200"));
    // Nothing is left open (where the system can say so), and it goes on.
    std::thread::sleep(Duration::from_millis(300));
    if let (Ok(before), Ok(now)) = (before, open_files()) {
        assert!(now <= before + 2, "{now} open files, {before} before");
    }
    assert!(server.get(PAGE).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_browser_that_says_nothing_holds_nobody_up() {
    let server = Server::start();
    let silent: Vec<_> = (0..60).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    for stream in &silent {
        let _ = (&*stream).write_all(b"GET / HT");
    }
    assert!(server.get(PAGE).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_port_that_is_taken_is_said_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = Folder::new().write("content/catalog.yaml", CATALOG);
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["serve", "--port", &port])
        .current_dir(folder.path("."))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("port {port} is taken by another program")), "{said}");
    assert!(said.contains("help: leave `--port` out"), "{said}");
}
