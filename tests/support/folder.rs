//! A project on disk, and the program as a person runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

/// 24 November 2026, 9:00 in New York: the present moment, unless a test says otherwise.
const NOW: &str = "1795528800";

/// A folder for one test, which is removed at its end.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// Writes a file; what it steps in by is removed.
    pub fn write(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, unindented(text)).expect("a file");
        self
    }

    /// Removes a file.
    pub fn remove(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).expect("it was there");
        self
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file.
    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder with its content.
    pub fn tree(&self, path: &str) -> BTreeMap<String, Vec<u8>> {
        Self::tree_at(&self.path(path))
    }

    /// The same of a folder anywhere.
    pub fn tree_at(top: &Path) -> BTreeMap<String, Vec<u8>> {
        let entries = WalkDir::new(top).into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|file| (slashed(top, file.path()), fs::read(file.path()).unwrap())).collect()
    }

    /// The program with these arguments, in this folder.
    pub fn run<const N: usize>(self, arguments: [&str; N]) -> Run {
        let arguments = arguments.map(ToOwned::to_owned).to_vec();
        let environment = vec![("SOURCE_DATE_EPOCH".to_owned(), NOW.to_owned())];
        let (stdout, stderr) = (String::new(), String::new());
        Run { folder: self, arguments, environment, stdout, stderr }
    }
}

/// A run of the program, and what it must say. What is not mentioned must be empty.
///
/// In expected text, `[..]` stands for anything within a line, `[ROOT]` for the folder, and
/// `[TIME]` for a stretch of time.
#[must_use = "end it with `success` or `failure`"]
pub struct Run {
    folder: Folder,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    stdout: String,
    stderr: String,
}

impl Run {
    /// A variable of the environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What it prints for people to read on, or for programs.
    pub fn stdout(mut self, text: &str) -> Self {
        self.stdout = unindented(text);
        self
    }

    /// What it says went wrong.
    pub fn stderr(mut self, text: &str) -> Self {
        self.stderr = unindented(text);
        self
    }

    /// Asserts that it ends well.
    #[track_caller]
    pub fn success(self) -> Folder {
        self.ends(0)
    }

    /// Asserts that it ends with this code.
    #[track_caller]
    pub fn failure(self, code: i32) -> Folder {
        assert_ne!(code, 0, "that would be a success");
        self.ends(code)
    }

    #[track_caller]
    fn ends(self, code: i32) -> Folder {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
        command.args(&self.arguments).current_dir(self.folder.path("")).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        let output = command.envs(self.environment).output().expect("the program runs");
        let stdout = self.folder.said(&output.stdout);
        let stderr = self.folder.said(&output.stderr);
        let all = format!("{:?}\n--- stdout\n{stdout}--- stderr\n{stderr}", self.arguments);
        assert_eq!(output.status.code(), Some(code), "{all}");
        assert!(matches(&self.stdout, &stdout), "{all}--- expected stdout\n{}", self.stdout);
        assert!(matches(&self.stderr, &stderr), "{all}--- expected stderr\n{}", self.stderr);
        self.folder
    }
}

impl Folder {
    fn said(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        let root = self.path("");
        let root = root.to_str().expect("text").trim_end_matches('/');
        without_times(&text.replace(root, "[ROOT]").replace("convene.exe", "convene"))
    }
}

/// `0.12 s` becomes `[TIME]`.
fn without_times(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(end) = rest.find(" s") {
        let number = rest[..end].rfind(|c: char| !c.is_ascii_digit() && c != '.');
        let start = number.map_or(0, |at| at + 1);
        let ends_word = !rest[end + 2..].starts_with(|c: char| c.is_alphanumeric());
        if ends_word && rest[start..end].contains('.') {
            out.push_str(&rest[..start]);
            out.push_str("[TIME]");
        } else {
            out.push_str(&rest[..end + 2]);
        }
        rest = &rest[end + 2..];
    }
    out + rest
}

/// Compares line by line; `[..]` takes anything.
fn matches(expected: &str, found: &str) -> bool {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    expected.len() == found.len()
        && expected.iter().zip(found).all(|(expected, found)| line_matches(expected, found))
}

fn line_matches(expected: &str, found: &str) -> bool {
    let Some((first, others)) = expected.split_once("[..]") else { return expected == found };
    let Some(rest) = found.strip_prefix(first) else { return false };
    let starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    starts.into_iter().any(|at| line_matches(others, &rest[at..]))
}

/// Removes what every line that is not empty begins with.
fn unindented(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let least = filled().map(depth).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(least..).unwrap_or("")).collect();
    if lines.is_empty() { String::new() } else { lines.join("\n").trim_end().to_owned() + "\n" }
}

fn slashed(top: &Path, path: &Path) -> String {
    path.strip_prefix(top).expect("below").to_str().expect("text").replace('\\', "/")
}
