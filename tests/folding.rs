//! A disk that does not tell `A` from `a`, as those of macOS and Windows: what convene publishes
//! and serves there is the same site.
//!
//! Linux has such disks by FUSE. Where the programs for them, or the right to mount, are not there,
//! the test says so.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use support::CATALOG;
use walkdir::WalkDir;

const AT: &str = "2026-11-24";

/// The folder of the disk, for [`a_project_on_a_disk_that_folds_case`].
const DISK: &str = "CONVENE_TEST_FOLDING_DISK";

/// Keeps the case of names, has no hard links, and cannot exchange folders.
const EXFAT: &str = r#"
    mkfs.exfat "$IMAGE" >/dev/null
    device=$(losetup --find --show "$IMAGE")
    mount.exfat-fuse "$device" "$DISK" >/dev/null 2>&1 || { losetup --detach "$device"; exit 99; }
    losetup --detach "$device"
"#;

/// Writes every name in small letters, has hard links, and cannot exchange folders.
const NTFS: &str = r#"
    mkfs.ntfs --quiet --fast --force "$IMAGE" >/dev/null 2>&1
    lowntfs-3g -o ignore_case "$IMAGE" "$DISK" 2>/dev/null || exit 99
"#;

#[test]
fn on_exfat_it_is_the_same_site() {
    on_a_disk("exfat", &["mkfs.exfat", "mount.exfat-fuse", "losetup"], EXFAT);
}

#[test]
fn on_ntfs_it_is_the_same_site() {
    on_a_disk("ntfs", &["mkfs.ntfs", "lowntfs-3g"], NTFS);
}

/// Mounts a disk in a name space of its own, and runs the test below there.
fn on_a_disk(name: &str, programs: &[&str], mount: &str) {
    // What a test prints is not shown while it passes; this is.
    let says_why = |why: &str| {
        let _ = writeln!(std::io::stderr(), "tests/folding.rs: not run on {name}: {why}");
    };
    let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
    let has =
        |program: &&&str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    if let Some(missing) = programs.iter().find(|program| !has(program)) {
        return says_why(&format!("{missing} is missing"));
    }
    let work = tempfile::tempdir().unwrap();
    let (image, disk) = (work.path().join("image"), work.path().join("disk"));
    fs::create_dir(&disk).unwrap();
    fs::File::create(&image).unwrap().set_len(64 << 20).unwrap();
    let script = format!(
        "set -e\n{mount}\ntrap 'umount \"$DISK\"' EXIT\n\
         \"$PROGRAM\" --exact a_project_on_a_disk_that_folds_case --nocapture"
    );
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", &script])
        .env("PATH", &path)
        .env("IMAGE", &image)
        .env("DISK", &disk)
        .env(DISK, &disk)
        .env("PROGRAM", std::env::current_exe().unwrap())
        .output();
    let Ok(output) = output else { return says_why("unshare is missing") };
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(99) || said.starts_with("unshare: unshare failed") {
        return says_why("this process may not mount");
    }
    assert!(output.status.success(), "{name}: {}\n{said}", output.status);
}

#[test]
fn a_project_on_a_disk_that_folds_case() {
    let Some(disk) = std::env::var_os(DISK).map(PathBuf::from) else { return };
    fs::write(disk.join("Abc"), "abc").unwrap();
    assert_eq!(fs::read_to_string(disk.join("aBC")).expect("the disk folds case"), "abc");

    let plain = tempfile::tempdir().unwrap();
    let project = Project { here: disk.join("Project"), plain: plain.path().to_path_buf() };
    project.write("catalog.yaml", CATALOG);
    project.write("files/Guides/Handout.TXT", "one");
    project.offering("Who one is as a leader.");
    project.publish();
    project.publish();

    project.offering("What one does as a leader.");
    project.publish();

    // The name of a file changes in case alone, and so does that of a folder.
    project.rename("files/Guides/Handout.TXT", "files/Guides/HANDOUT.txt");
    project.publish();
    project.publish();
    project.write("files/Guides/HANDOUT.txt", "two");
    project.publish();
    project.rename("files/Guides", "files/guides");
    project.publish();
    project.publish();

    // What is somebody else's is refused, however its name is written.
    fs::write(project.here.join("public/NOTES.txt"), "mine").unwrap();
    let output = Project::build(&project.here);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("that convene did not write"));
    fs::remove_file(project.here.join("public/notes.TXT")).unwrap();

    // A run that is killed: the next one heals.
    for kill in 0..8 {
        project.write("files/guides/HANDOUT.txt", &format!("{kill}"));
        project.offering(&format!("The summary number {kill}."));
        let mut child = Project::command(&project.here).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(40 + 45 * kill));
        let _ = child.kill();
        child.wait().unwrap();
    }
    project.publish();

    project.remove("files/guides");
    project.publish();
    project.serves();
}

/// The same project on the disk and, to compare, on a disk as usual.
struct Project {
    here: PathBuf,
    plain: PathBuf,
}

impl Project {
    fn write(&self, path: &str, text: &str) {
        for root in [&self.here, &self.plain] {
            let path = root.join("content").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn offering(&self, summary: &str) {
        let text = format!(
            "---\ntitle: Self as Core\nkind: series\nsummary: {summary}\nroles: [principal]\n\
             enroll:\n  url: https://example.org/enroll\n  closes: 2027-01-10\n\
             sessions:\n  - date: 2027-01-14\n---\n"
        );
        self.write("offerings/self.md", &text);
    }

    fn rename(&self, from: &str, to: &str) {
        for root in [&self.here, &self.plain] {
            let content = root.join("content");
            // By way of a third name: not every disk changes case in one step.
            fs::rename(content.join(from), content.join("between")).unwrap();
            fs::rename(content.join("between"), content.join(to)).unwrap();
        }
    }

    fn remove(&self, path: &str) {
        for root in [&self.here, &self.plain] {
            fs::remove_dir_all(root.join("content").join(path)).unwrap();
        }
    }

    fn command(root: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
        command.args(["build", "--at", AT, "--root"]).arg(root);
        command.stdout(Stdio::null()).stderr(Stdio::null()).env_remove("SOURCE_DATE_EPOCH");
        command
    }

    fn build(root: &Path) -> Output {
        Self::command(root).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()
    }

    /// Builds on both disks; the files are the same, but for the case of their names.
    #[track_caller]
    fn publish(&self) {
        for root in [&self.here, &self.plain] {
            let output = Self::build(root);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{}: {said}", root.display());
        }
        let (here, plain) = (tree(&self.here), tree(&self.plain));
        let fold = |files: &BTreeMap<String, Vec<u8>>| {
            files.keys().map(|path| path.to_lowercase()).collect::<Vec<_>>()
        };
        assert_eq!(sorted(fold(&here)), sorted(fold(&plain)));
        for (path, bytes) in &plain {
            let found = fs::read(self.here.join("public").join(path)).expect(path);
            assert!(found == *bytes, "`{path}` differs");
        }
        // What pages link to is there by the very name that is written there, where the disk
        // writes names as they are given.
        let keeps_case = here.keys().any(|path| path.to_lowercase() != *path);
        if keeps_case {
            let last = |path: &String| path.rsplit('/').next().unwrap().to_owned();
            assert_eq!(
                sorted(here.keys().map(last).collect()),
                sorted(plain.keys().map(last).collect())
            );
        }
    }

    /// `convene serve` sees each change.
    fn serves(&self) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(["serve", "--port", "0", "--at", AT, "--root"])
            .arg(&self.here)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.contains("http://")).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        let says = |words: &str| {
            let mut stream = TcpStream::connect(&address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let path = "/learn/offerings/self/";
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).contains(words)
        };
        let mut seen = true;
        for number in 0..4 {
            let words = format!("Change number {number}.");
            self.offering(&words);
            let begun = Instant::now();
            while seen && !says(&words) {
                seen = begun.elapsed() < Duration::from_secs(20);
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        assert!(seen, "a change was not served");
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let public = root.join("public");
    let entries = WalkDir::new(&public).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&public).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}
