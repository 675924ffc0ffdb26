//! Reads a project as it was at a revision of its git repository, with the user's own `git`.
//!
//! Nothing is checked out: the objects are read into memory.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use super::load::is_passed_over;
use super::{Content, MAX_FILE_BYTES, SourceFile, Sources, Unread};

/// Why a revision could not be read.
#[derive(Debug)]
pub enum RevisionError {
    /// There is no program `git`.
    GitMissing,
    /// The folder is in no repository, or git will not read it; git's words.
    NoRepository(String),
    /// What begins with a dash is an option of git, not a revision.
    Dash(String),
    /// The repository has no such commit.
    Unknown(String),
    /// The commit has no `content/` in this folder.
    NoContent(String),
    /// Git refused; its words.
    Refused(String),
    /// Git could not be run, or did not say what it says otherwise.
    Failed(io::Error),
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GitMissing => f.write_str(
                "a revision is read with `git`, and there is no such program\n  \
                 help: install git, or name a folder instead",
            ),
            Self::NoRepository(words) => {
                write!(f, "the project is in no git repository that can be read: {words}")
            }
            Self::Dash(revision) => {
                write!(f, "`{revision}` begins with a dash, as no revision does")
            }
            Self::Unknown(revision) => write!(
                f,
                "`{revision}` is neither a folder nor a revision of this repository\n  \
                 help: in a shallow clone (CI), fetch the history first: `git fetch --unshallow`"
            ),
            Self::NoContent(revision) => {
                write!(f, "at `{revision}` the project has no folder `content`")
            }
            Self::Refused(words) => write!(f, "git refused: {words}"),
            Self::Failed(error) => write!(f, "git could not be run: {error}"),
        }
    }
}

impl std::error::Error for RevisionError {}

/// The project at `root` as it was at a revision: `HEAD~1`, `origin/main`, a commit's hash.
///
/// Files are passed over and links followed as by [`load`](super::load()), as far as they lead to
/// other files of `content/` and `themes/`.
///
/// # Errors
///
/// When there is no git, no repository, no such revision, or no content in it.
pub fn load_revision(root: &Path, revision: &str) -> Result<Sources, RevisionError> {
    let git = Git::new(root)?;
    let commit = git.commit(revision)?;
    let entries = git.list(&commit)?;
    if !entries.iter().any(|entry| entry.path.starts_with("content/")) {
        return Err(RevisionError::NoContent(revision.to_owned()));
    }
    git.read(entries).map(Sources::new)
}

/// The revision that last changed the content of the project at `root` before an instant, by the
/// first parents of the current branch, so that a branch counts from the moment at which it was
/// merged. None when the repository has no content as old.
///
/// # Errors
///
/// When there is no git, no repository, or no commit yet; also when the history was cut off before
/// that instant (a shallow clone).
pub fn revision_before(
    root: &Path,
    instant: jiff::Timestamp,
) -> Result<Option<String>, RevisionError> {
    let git = Git::new(root)?;
    let before = format!("--before={}", instant.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let found = git.run(&["rev-list", "-1", "--first-parent", &before, "HEAD", "--", "content"])?;
    let commit = String::from_utf8_lossy(&found).trim().to_owned();
    if !commit.is_empty() {
        return Ok(Some(commit));
    }
    if git.run(&["rev-parse", "--is-shallow-repository"])?.trim_ascii() == b"true" {
        return Err(RevisionError::Refused(
            "this clone does not reach back as far\n  \
             help: fetch the history first: `git fetch --unshallow`"
                .to_owned(),
        ));
    }
    Ok(None)
}

/// The user's git, in the folder of a project.
struct Git<'r> {
    root: &'r Path,
}

/// A file of a commit.
struct Entry {
    mode: Vec<u8>,
    object: String,
    size: Option<u64>,
    path: String,
}

impl<'r> Git<'r> {
    fn new(root: &'r Path) -> Result<Self, RevisionError> {
        let git = Self { root };
        git.run(&["rev-parse", "--git-dir"]).map_err(|error| match error {
            RevisionError::Refused(words) => RevisionError::NoRepository(words),
            other => other,
        })?;
        Ok(git)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(arguments);
        // Nothing is asked for, and nothing is written.
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        command.stderr(Stdio::piped()).stdout(Stdio::piped()).stdin(Stdio::null());
        command
    }

    /// What git prints.
    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, RevisionError> {
        let output = self.command(arguments).output().map_err(failed)?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(RevisionError::Refused(words(&output.stderr)))
        }
    }

    /// The hash of the commit that a revision names.
    fn commit(&self, revision: &str) -> Result<String, RevisionError> {
        let unknown = || RevisionError::Unknown(revision.to_owned());
        if revision.starts_with('-') {
            return Err(RevisionError::Dash(revision.to_owned()));
        }
        if revision.chars().any(char::is_control) {
            return Err(unknown());
        }
        let name = format!("{revision}^{{commit}}");
        match self.run(&["rev-parse", "--verify", "--quiet", &name]) {
            Ok(hash) => Ok(String::from_utf8_lossy(&hash).trim().to_owned()),
            Err(RevisionError::Refused(_)) => Err(unknown()),
            Err(other) => Err(other),
        }
    }

    /// The files of `content/` and `themes/` at a commit, with paths as seen from the project.
    fn list(&self, commit: &str) -> Result<Vec<Entry>, RevisionError> {
        let listed =
            self.run(&["ls-tree", "-r", "-z", "--long", commit, "--", "content", "themes"])?;
        let lines = listed.split(|&byte| byte == 0).filter(|line| !line.is_empty());
        let entries = lines.map(|line| Entry::parse(line).ok_or_else(unexpected));
        let entries: Result<Vec<Entry>, RevisionError> = entries.collect();
        Ok(entries?
            .into_iter()
            .filter(|entry| !entry.path.split('/').any(is_passed_over))
            .collect())
    }

    /// The files with what they hold.
    fn read(&self, entries: Vec<Entry>) -> Result<Vec<SourceFile>, RevisionError> {
        let wanted: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.is_blob() && !entry.is_too_large())
            .map(|entry| entry.object.as_str())
            .collect();
        let mut objects = self.objects(&wanted)?.into_iter();
        let mut found: BTreeMap<String, Content> = BTreeMap::new();
        let mut links = Vec::new();
        for entry in entries {
            let content = if !entry.is_blob() {
                Content::Unread(Unread::NotAFile)
            } else if entry.is_too_large() {
                Content::Unread(Unread::TooLarge(entry.size.unwrap_or(0)))
            } else {
                let bytes = objects.next().ok_or_else(unexpected)?;
                match String::from_utf8(bytes) {
                    Ok(target) if entry.is_link() => {
                        links.push((entry.path, target));
                        continue;
                    }
                    Ok(text) => Content::Text(text.into()),
                    Err(_) if entry.is_link() => Content::Unread(Unread::LinkBroken),
                    Err(error) => Content::Binary(Arc::from(error.into_bytes())),
                }
            };
            found.insert(entry.path, content);
        }
        for (path, target) in links {
            let content = match resolved(&path, &target) {
                None => Content::Unread(Unread::LinkLeaves),
                Some(file) => {
                    found.get(&file).cloned().unwrap_or(Content::Unread(Unread::LinkBroken))
                }
            };
            found.insert(path, content);
        }
        let files = found.into_iter();
        Ok(files.map(|(path, content)| SourceFile { path: path.into(), content }).collect())
    }

    /// The bytes of objects, in their order, by one run of git.
    fn objects(&self, hashes: &[&str]) -> Result<Vec<Vec<u8>>, RevisionError> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).spawn().map_err(failed)?;
        let asked: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
        let stdin = child.stdin.take();
        // Git answers while it is asked, so that asking needs a thread of its own.
        let asking = thread::spawn(move || {
            stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes()))
        });
        let output = child.wait_with_output().map_err(failed)?;
        let asked = asking.join();
        if !output.status.success() {
            return Err(RevisionError::Refused(words(&output.stderr)));
        }
        asked.map_err(|_| unexpected())?.map_err(failed)?;
        let mut rest = output.stdout.as_slice();
        let mut objects = Vec::with_capacity(hashes.len());
        for _ in hashes {
            let (bytes, after) = object(rest).ok_or_else(unexpected)?;
            objects.push(bytes.to_vec());
            rest = after;
        }
        Ok(objects)
    }
}

impl Entry {
    /// `100644 blob HASH    SIZE\tPATH`
    fn parse(line: &[u8]) -> Option<Self> {
        let tab = line.iter().position(|&byte| byte == b'\t')?;
        let (head, path) = (line.get(..tab)?, line.get(tab + 1..)?);
        let mut fields = head.split(|&byte| byte == b' ').filter(|field| !field.is_empty());
        let mode = fields.next()?.to_vec();
        let _kind = fields.next()?;
        let object = String::from_utf8(fields.next()?.to_vec()).ok()?;
        let size = std::str::from_utf8(fields.next()?).ok()?.parse().ok();
        Some(Self { mode, object, size, path: String::from_utf8_lossy(path).into_owned() })
    }

    fn is_blob(&self) -> bool {
        self.mode.starts_with(b"100") || self.is_link()
    }

    fn is_link(&self) -> bool {
        self.mode == b"120000"
    }

    fn is_too_large(&self) -> bool {
        self.size.is_some_and(|size| size > MAX_FILE_BYTES)
    }
}

/// The first object of an answer of `cat-file --batch`, and what follows it:
/// `HASH blob SIZE\n…\n`.
fn object(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = answer.iter().position(|&byte| byte == b'\n')?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = answer.get(end + 1..)?.get(..size)?;
    let after = answer.get(end + 1 + size..)?.strip_prefix(b"\n")?;
    Some((bytes, after))
}

/// The path to which a link leads; none when it leaves the project.
fn resolved(link: &str, target: &str) -> Option<String> {
    if target.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = link.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn failed(error: io::Error) -> RevisionError {
    if error.kind() == io::ErrorKind::NotFound {
        RevisionError::GitMissing
    } else {
        RevisionError::Failed(error)
    }
}

fn unexpected() -> RevisionError {
    RevisionError::Failed(io::Error::other("it said something unexpected"))
}

/// What git complained of, without its prefix.
fn words(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    first.trim_start_matches("fatal: ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Entry, object, resolved};

    #[test]
    fn a_listing_is_read() {
        let entry = Entry::parse(b"100644 blob 0a1b2c      12\tcontent/a b.md").unwrap();
        assert_eq!((entry.object.as_str(), entry.path.as_str()), ("0a1b2c", "content/a b.md"));
        assert_eq!(entry.size, Some(12));
        assert!(entry.is_blob() && !entry.is_link());
        let module = Entry::parse(b"160000 commit 0a1b2c       -\tthemes/x").unwrap();
        assert!(!module.is_blob() && module.size.is_none());
        assert!(Entry::parse(b"100644 blob").is_none());
    }

    #[test]
    fn an_answer_is_read_object_by_object() {
        let (first, rest) = object(b"aa blob 3\na\nb\nbb blob 0\n\n").unwrap();
        assert_eq!(first, b"a\nb");
        assert_eq!(object(rest), Some((b"".as_slice(), b"".as_slice())));
        assert_eq!(object(b"aa missing\n"), None);
        assert_eq!(object(b"aa blob 9\nshort\n"), None);
    }

    #[test]
    fn a_link_stays_in_the_project() {
        let lead = |target| resolved("content/people/a.md", target);
        assert_eq!(lead("b.md").as_deref(), Some("content/people/b.md"));
        assert_eq!(lead("../places/./b.md").as_deref(), Some("content/places/b.md"));
        assert_eq!(lead("../../../b.md"), None);
        assert_eq!(lead("/etc/passwd"), None);
    }
}
