//! `convene serve` while a thousand things are done to its folder, in every way in which editors
//! save: at the end it shows what a clean build makes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;
#[path = "support/numbers.rs"]
mod numbers;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use convene::build::{self, Now, Options, Site};
use convene::source;
use folder::Folder;
use numbers::Numbers;

const OPERATIONS: usize = 1_000;
/// How long it may take to be seen at the end, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server, the folder that it serves, and what is in that.
struct Storm {
    child: Child,
    address: String,
    folder: Folder,
    numbers: Numbers,
    /// Folders below `content/pages`, by their path; the first is that itself.
    folders: Vec<PathBuf>,
    /// Pages by their path.
    pages: Vec<PathBuf>,
    made: usize,
}

impl Drop for Storm {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Storm {
    fn new(seed: u64) -> Self {
        let folder = Folder::new().write(
            "content/catalog.yaml",
            "
            title: Learning
            organization: Office
            url: https://example.org/
            timezone: America/New_York
            kinds:
              series: { name: Series }
            roles:
              principal: { name: Principal }
            ",
        );
        let pages = folder.path("content/pages");
        fs::create_dir_all(&pages).unwrap();
        fs::create_dir_all(folder.path("outside")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(["serve", "--port", "0", "--at", "2026-11-24"])
            .current_dir(folder.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().unwrap().contains("http://")).unwrap().unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let numbers = Numbers(seed);
        Self { child, address, folder, numbers, folders: vec![pages], pages: vec![], made: 0 }
    }

    fn next_name(&mut self, what: &str) -> String {
        self.made += 1;
        format!("{what}{}", self.made)
    }

    fn any_folder(&mut self) -> PathBuf {
        let at = self.numbers.below(self.folders.len());
        self.folders[at].clone()
    }

    fn any_page(&mut self) -> Option<usize> {
        (!self.pages.is_empty()).then(|| self.numbers.below(self.pages.len()))
    }

    fn text(&mut self) -> String {
        // Often of one length, so that size alone tells nothing.
        let word = self.numbers.below(9000) + 1000;
        let more = if self.numbers.below(3) == 0 { "More words.\n" } else { "" };
        format!("---\ntitle: Page {word}\n---\n\nWords {word}.\n{more}")
    }

    /// One thing that people do to a folder.
    fn operate(&mut self) {
        match self.numbers.below(20) {
            0..=2 => self.create(),
            3..=12 => self.edit(),
            13 => self.rename_page(),
            14..=15 => self.delete_page(),
            16 => self.make_folder(),
            17 => self.move_folder(),
            18 => self.delete_folder(),
            _ => self.move_folder_in(),
        }
        match self.numbers.below(60) {
            0 => self.take_content_away(),
            1..=3 => std::thread::sleep(Duration::from_millis(20)),
            4..=30 => std::thread::sleep(Duration::from_millis(1)),
            _ => {}
        }
    }

    fn create(&mut self) {
        let name = self.next_name("page");
        let path = self.any_folder().join(format!("{name}.md"));
        fs::write(&path, self.text()).unwrap();
        self.pages.push(path);
    }

    /// A save in one of the ways of editors.
    fn edit(&mut self) {
        let Some(at) = self.any_page() else { return self.create() };
        let path = self.pages[at].clone();
        let text = self.text();
        let beside = |name: &str| path.with_file_name(name);
        match self.numbers.below(8) {
            // In place.
            0 => fs::write(&path, text).unwrap(),
            // A new file takes the place of the old one.
            1 => {
                fs::write(beside(".new"), text).unwrap();
                fs::rename(beside(".new"), &path).unwrap();
            }
            // The same, the new one under a name that a build reads.
            2 => {
                fs::write(beside("new.md"), text).unwrap();
                fs::rename(beside("new.md"), &path).unwrap();
            }
            // The old one is kept as a backup.
            3 => {
                let backup = PathBuf::from(format!("{}~", path.display()));
                fs::rename(&path, &backup).unwrap();
                fs::write(&path, text).unwrap();
                fs::remove_file(backup).unwrap();
            }
            // Removed and made anew.
            4 => {
                fs::remove_file(&path).unwrap();
                fs::write(&path, text).unwrap();
            }
            // In two parts, with a pause between.
            5 => {
                let mut file = File::create(&path).unwrap();
                let (one, other) = text.split_at(text.len() / 2);
                file.write_all(one.as_bytes()).unwrap();
                std::thread::sleep(Duration::from_millis(2));
                file.write_all(other.as_bytes()).unwrap();
            }
            // In place, and as old as before.
            6 => {
                let before = fs::metadata(&path).unwrap().modified().unwrap();
                fs::write(&path, text).unwrap();
                File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
            }
            // Something is added at the end.
            _ => {
                let mut file = File::options().append(true).open(&path).unwrap();
                file.write_all(b"\nAdded.\n").unwrap();
            }
        }
    }

    fn rename_page(&mut self) {
        let Some(at) = self.any_page() else { return };
        let name = self.next_name("page");
        let to = self.any_folder().join(format!("{name}.md"));
        fs::rename(&self.pages[at], &to).unwrap();
        self.pages[at] = to;
    }

    fn delete_page(&mut self) {
        let Some(at) = self.any_page() else { return };
        fs::remove_file(self.pages.swap_remove(at)).unwrap();
    }

    fn make_folder(&mut self) {
        let name = self.next_name("folder");
        let path = self.any_folder().join(name);
        fs::create_dir(&path).unwrap();
        // Something is in it at once.
        let page = self.next_name("page");
        let page = path.join(format!("{page}.md"));
        fs::write(&page, self.text()).unwrap();
        self.pages.push(page);
        self.folders.push(path);
    }

    /// Renames a folder, or moves it into another.
    fn move_folder(&mut self) {
        let from = self.any_folder();
        let into = self.any_folder();
        if from == self.folders[0] || into.starts_with(&from) {
            return;
        }
        let to = into.join(self.next_name("folder"));
        fs::rename(&from, &to).unwrap();
        let moved =
            |path: &Path| path.strip_prefix(&from).map_or(path.to_path_buf(), |rest| to.join(rest));
        self.pages = self.pages.iter().map(|path| moved(path)).collect();
        self.folders = self.folders.iter().map(|path| moved(path)).collect();
        // What was the folder itself has no part behind it.
        self.folders = self.folders.iter().map(|path| path.components().collect()).collect();
    }

    fn delete_folder(&mut self) {
        let folder = self.any_folder();
        if folder == self.folders[0] || self.numbers.below(3) > 0 {
            return;
        }
        fs::remove_dir_all(&folder).unwrap();
        self.pages.retain(|path| !path.starts_with(&folder));
        self.folders.retain(|path| !path.starts_with(&folder));
    }

    /// Moves a folder in that was made elsewhere.
    fn move_folder_in(&mut self) {
        let (name, page) = (self.next_name("folder"), self.next_name("page"));
        let outside = self.folder.path("outside").join(&name);
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join(format!("{page}.md")), self.text()).unwrap();
        let to = self.any_folder().join(&name);
        fs::rename(&outside, &to).unwrap();
        self.pages.push(to.join(format!("{page}.md")));
        self.folders.push(to);
    }

    fn take_content_away(&mut self) {
        let (content, away) = (self.folder.path("content"), self.folder.path("away"));
        fs::rename(&content, &away).unwrap();
        std::thread::sleep(Duration::from_millis(self.numbers.below(30) as u64));
        fs::rename(&away, &content).unwrap();
    }

    /// What a clean build makes of the folder as it is now.
    fn built(&self) -> Site {
        let sources = source::load(&self.folder.path(".")).unwrap();
        let now = Now::Local("2026-11-24T00:00:00".parse().unwrap());
        let options = Options { now, drafts: false, future: false, strict: false };
        build::build(&sources, &options).value.expect("the content is good")
    }

    fn served(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let body = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        without_live(&answer[body..])
    }

    /// Asserts that before long the server shows what a clean build makes.
    #[track_caller]
    fn is_seen(&self) {
        let site = self.built();
        let expected: BTreeMap<&str, &[u8]> =
            site.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)).collect();
        let begun = Instant::now();
        loop {
            let other = expected.iter().find(|(path, bytes)| self.served(path) != **bytes);
            let Some((path, bytes)) = other else { break };
            if begun.elapsed() > PATIENCE {
                let (served, built) = (self.served(path), String::from_utf8_lossy(bytes));
                panic!("{path} is\n{}\nnot\n{built}", String::from_utf8_lossy(&served));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // Nothing is left of what has gone.
        for gone in 0..self.made {
            let path = format!("pages/page{gone}/index.html");
            let there = expected.contains_key(path.as_str());
            let missing = self.served(&path) == expected["404.html"];
            assert_eq!(missing, !there, "{path}");
        }
    }
}

/// A page without the script of live preview.
fn without_live(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let (Some(from), Some(end)) =
        (text.find("<script type=\"module\" src=\"/_convene/"), text.find("</script>"))
    else {
        return page.to_vec();
    };
    [&page[..from], &page[end + "</script>".len()..]].concat()
}

#[test]
fn after_a_thousand_operations_the_server_shows_what_a_clean_build_makes() {
    let seed = std::env::var("CONVENE_STORM_SEED").ok().and_then(|seed| seed.parse().ok());
    let mut storm = Storm::new(seed.unwrap_or(7));
    for number in 1..=OPERATIONS {
        storm.operate();
        if number % (OPERATIONS / 4) == 0 {
            storm.is_seen();
        }
    }
    assert!(storm.pages.len() > 10 && storm.folders.len() > 3, "the storm blew itself out");
}
