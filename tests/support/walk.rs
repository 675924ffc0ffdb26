//! Follows a page of the guide: types its commands, makes its changes, and looks at what it shows.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::folder::Folder;

/// 24 November 2026, 9:00 in New York.
const NOW: &str = "1795528800";
/// How long a change may take to be seen on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A block of code in a page.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line of its fence, from 1.
    pub line: usize,
    /// The first word behind the fence.
    pub language: String,
    /// The rest.
    pub what: String,
    /// What is in it.
    pub text: String,
}

/// The blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            if !inside {
                let (language, what) = info.split_once(' ').unwrap_or((info, ""));
                let (language, what) = (language.to_owned(), what.to_owned());
                blocks.push(Block { line: at + 1, language, what, text: String::new() });
            }
            inside = !inside;
        } else if inside {
            let block = blocks.last_mut().unwrap();
            block.text.push_str(line);
            block.text.push('\n');
        }
    }
    assert!(!inside, "a block is not closed");
    blocks
}

/// The words of a page, with single spaces.
pub fn plain(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, words)| words));
    }
    let text = text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A person who follows a page: where they are, and the server that they have left running.
struct Reader {
    /// Held for as long as somebody is in it.
    _folder: Folder,
    here: PathBuf,
    server: Option<(Child, String)>,
    found: String,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some((server, _)) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// Follows a page in a folder.
#[track_caller]
pub fn follow(page: &str, folder: Folder) {
    let here = folder.path(".");
    let mut reader = Reader { _folder: folder, here, server: None, found: String::new() };
    let mut steps = 0;
    for block in blocks(page) {
        let what = block.what.split_once(' ').unwrap_or((&block.what, ""));
        match (block.language.as_str(), what) {
            ("console", _) => reader.type_in(&block),
            ("csv", (path, _)) => fs::write(reader.here.join(path), &block.text).unwrap(),
            ("yaml", ("find", _)) => reader.found.clone_from(&block.text),
            ("yaml", ("change", path)) => reader.change(path, &block),
            ("text", ("shown", path)) => reader.sees(path, &block),
            ("text", ("error", _)) => reader.sees_error(&block),
            _ => continue,
        }
        steps += 1;
    }
    assert!(steps > 1, "there was nothing to follow");
}

impl Reader {
    fn convene(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
        command.current_dir(&self.here).stdin(Stdio::null()).env("SOURCE_DATE_EPOCH", NOW);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Types the commands of a block, and holds their answers to it.
    fn type_in(&mut self, block: &Block) {
        self.stop();
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let typed = line.strip_prefix("$ ").unwrap_or_else(|| panic!("no command: {line}"));
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push(line);
            }
            let words = words(typed);
            let said = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["cd", folder] => {
                    self.here.push(folder);
                    assert!(self.here.is_dir(), "{typed}");
                    String::new()
                }
                ["convene", "serve", ..] => self.serve(),
                ["convene", arguments @ ..] => {
                    let output = self.convene().args(arguments).output().unwrap();
                    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let said = text(&output.stdout) + &text(&output.stderr);
                    assert!(output.status.success(), "line {}: {typed}\n{said}", block.line);
                    said
                }
                _ => panic!("line {}: who types `{typed}`?", block.line),
            };
            let said: Vec<&str> = said.lines().collect();
            let fits = matches(&expected, &said);
            assert!(fits, "line {}: {typed} said\n{}", block.line, said.join("\n"));
        }
    }

    /// Starts the server; what it says until the site is there.
    fn serve(&mut self) -> String {
        let server = self
            .convene()
            .args(["serve", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (server, address) = self.server.insert((server, String::new()));
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = String::new();
        for line in lines.by_ref() {
            said.push_str(&line);
            said.push('\n');
            if let Some((_, rest)) = line.split_once("http://") {
                rest.split('/').next().unwrap().clone_into(address);
                break;
            }
        }
        // What it says later must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        said
    }

    /// Ctrl-C, where a system has it.
    fn stop(&mut self) {
        let Some((mut server, _)) = self.server.take() else { return };
        let sent = Command::new("kill").args(["-INT", &server.id().to_string()]).status();
        if sent.is_ok_and(|status| status.success()) {
            assert!(server.wait().unwrap().success(), "the server does not end cleanly");
        } else {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// Puts the text of a block where the one before it was found first.
    fn change(&mut self, path: &str, block: &Block) {
        let path = self.here.join(path);
        let text = fs::read_to_string(&path).unwrap();
        let found = format!("\n{}", self.found);
        assert!(text.contains(&found), "line {}: there is no\n{found}in\n{text}", block.line);
        fs::write(path, text.replacen(&found, &format!("\n{}", block.text), 1)).unwrap();
    }

    fn address(&self) -> &str {
        self.server.as_ref().map(|(_, address)| address.as_str()).expect("the server runs")
    }

    fn get(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address());
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// Looks until the page has the words of a block, and no errors lie over it.
    fn sees(&self, path: &str, block: &Block) {
        let (begun, words) = (Instant::now(), block.text.trim());
        loop {
            let mut answer = String::new();
            self.get(path).read_to_string(&mut answer).unwrap();
            if plain(&answer).contains(words) {
                return;
            }
            let late = begun.elapsed() > PATIENCE;
            assert!(!late, "line {}: `{words}` is not in\n{}", block.line, plain(&answer));
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits for an error with the words of a block.
    fn sees_error(&self, block: &Block) {
        let messages = self.get("/_convene/events?path=/&version=").lines().map_while(Result::ok);
        let messages = messages
            .filter_map(|line| serde_json::from_str::<Value>(line.strip_prefix("data: ")?).ok());
        let message = messages.into_iter().find(|message| message["type"] == "errors").unwrap();
        let words = message["errors"][0]["words"].as_str().unwrap();
        assert_eq!(words.trim(), block.text.trim(), "line {}", block.line);
    }
}

/// The words of a command; quotes hold some together.
fn words(typed: &str) -> Vec<String> {
    let pieces = typed.split('"').enumerate();
    pieces
        .flat_map(|(at, piece)| match at % 2 {
            0 => piece.split_whitespace().map(ToOwned::to_owned).collect(),
            _ => vec![piece.to_owned()],
        })
        .collect()
}

/// Compares line by line. `…` takes anything within a line, or any lines if it stands alone.
fn matches(expected: &[&str], said: &[&str]) -> bool {
    match expected {
        [] => said.is_empty(),
        ["…", rest @ ..] => (0..=said.len()).any(|from| matches(rest, &said[from..])),
        [line, rest @ ..] => {
            said.first().is_some_and(|first| fits(line, first)) && matches(rest, &said[1..])
        }
    }
}

fn fits(expected: &str, line: &str) -> bool {
    let Some((first, others)) = expected.split_once('…') else { return expected == line };
    let Some(rest) = line.strip_prefix(first) else { return false };
    let starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    starts.into_iter().any(|at| fits(others, &rest[at..]))
}
