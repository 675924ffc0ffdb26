//! The same content gives the same bytes: on any machine, in any place of the disk, under any
//! locale, time zone, number of threads, order of the folder and default permissions.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

/// The last second of a day in New York, so that a zone taken from the machine would show.
const AT: &str = "2026-11-24T23:59:59-05:00";

/// The sample catalog of this repository in a folder of its own, its files made in this order.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn of(project: &str, reversed: bool) -> Self {
        // A disk in memory lists a folder in the order in which its files were made.
        let memory = Path::new("/dev/shm");
        let folder = tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap();
        let mut files: Vec<PathBuf> = WalkDir::new(Path::new(project).join("content"))
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .filter(|path| path.is_file())
            .collect();
        if reversed {
            files.reverse();
        }
        for file in files {
            let to = folder.path().join(file.strip_prefix(project).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(file, to).unwrap();
        }
        Self { folder }
    }

    /// Builds with these variables, and gives every file with its content, the list of files
    /// beside the site included.
    fn build(&self, variables: &[(&str, &str)], umask: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.folder.path();
        let output = root.join("public");
        let program = env!("CARGO_BIN_EXE_convene");
        let mut command = if cfg!(unix) {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\""), program]);
            command
        } else {
            Command::new(program)
        };
        command.args(["build", "--quiet", "--at", AT, "--root"]).arg(root);
        command.arg("--output").arg(&output).env_remove("SOURCE_DATE_EPOCH");
        let status = command.envs(variables.iter().copied()).status().expect("it runs");
        assert!(status.success(), "{variables:?}");
        let mut files = tree(&output);
        let list = fs::read(root.join(".public.convene-manifest")).unwrap();
        files.insert("(list)".to_owned(), list);
        files
    }
}

type Variables<'a> = &'a [(&'a str, &'a str)];

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let of = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
        (path.replace('\\', "/"), fs::read(entry.path()).unwrap())
    };
    files.map(of).collect()
}

#[track_caller]
fn same(first: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>, how: &str) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(first), names(second), "{how}");
    for (path, bytes) in first {
        assert!(second[path] == *bytes, "`{path}` differs: {how}");
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    for project in [".", "tests/calendars"] {
        let first = Copy::of(project, false).build(
            &[("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")],
            "022",
        );
        assert!(first.len() > 50, "{}", first.len());
        let elsewhere: [(bool, Variables<'_>, &str); 4] = [
            (true, &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")], "077"),
            (true, &[("TZ", "America/Los_Angeles"), ("LANG", "ar_EG.UTF-8")], "002"),
            (false, &[("RAYON_NUM_THREADS", "7"), ("LC_ALL", "de_DE.UTF-8")], "000"),
            (false, &[("TZ", ":/nowhere"), ("LANG", "nonsense"), ("HOME", "/nowhere")], "027"),
        ];
        for (reversed, variables, umask) in elsewhere {
            let copy = Copy::of(project, reversed);
            let how = format!("{project}, {variables:?}, umask {umask}, reversed: {reversed}");
            same(&first, &copy.build(variables, umask), &how);
            // And again, over the site that is there.
            same(&first, &copy.build(variables, umask), &how);
        }
    }
}

#[test]
fn the_moment_of_a_commit_is_the_moment_of_its_site() {
    let copy = Copy::of(".", false);
    let by_argument = copy.build(&[], "022");
    let folder = copy.folder.path();
    let moment: jiff::Timestamp = AT.parse().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["build", "--quiet", "--root"])
        .arg(folder)
        .arg("--output")
        .arg(folder.join("by-variable"))
        .env("SOURCE_DATE_EPOCH", moment.as_second().to_string())
        .status()
        .unwrap();
    assert!(status.success());
    let mut by_variable = tree(&folder.join("by-variable"));
    by_variable.insert("(list)".to_owned(), by_argument["(list)"].clone());
    same(&by_argument, &by_variable, "SOURCE_DATE_EPOCH");
}

/// So many times the program is killed.
const KILLS: u64 = 60;

#[test]
fn the_program_may_be_killed_at_any_moment() {
    let copy = Copy::of("tests/calendars", false);
    let root = copy.folder.path();
    let page = root.join("content/pages/note.md");
    let catalog = fs::canonicalize(root.join("content/catalog.yaml")).unwrap();
    let text = fs::read_to_string(&catalog).unwrap();
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    // Two states of one catalog: every page differs, and one comes and goes.
    let put = |state: u64| {
        fs::write(&catalog, format!("{text}\ndescription: State {state}.\n")).unwrap();
        if state == 0 {
            fs::write(&page, "---\ntitle: Note\n---\nText.\n").unwrap();
        } else {
            fs::remove_file(&page).unwrap();
        }
    };
    let build = |output: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
        command.args(["build", "--quiet", "--at", AT, "--root"]).arg(root);
        command.arg("--output").arg(output).env_remove("SOURCE_DATE_EPOCH");
        command
    };
    let mut whole = Vec::new();
    let begun = std::time::Instant::now();
    for state in [0, 1] {
        put(state);
        let clean = root.join(format!("clean-{state}"));
        assert!(build(&clean).status().unwrap().success());
        whole.push(tree(&clean));
    }
    assert_ne!(whole[0], whole[1]);
    let once = u64::try_from(begun.elapsed().as_micros()).unwrap() / 2;

    let public = root.join("public");
    assert!(build(&public).status().unwrap().success());
    let (mut seed, mut new, mut shown) = (7_u64, 0, 1);
    for kill in 0..KILLS {
        let state = kill % 2;
        put(state);
        let mut child = build(&public).spawn().unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        // Most moments are near the end, where the site is written.
        let part = once / 3 + (seed >> 33) % once;
        std::thread::sleep(std::time::Duration::from_micros(part));
        let _ = child.kill();
        child.wait().unwrap();
        let found = tree(&public);
        let which = whole.iter().position(|tree| *tree == found);
        let which = which.unwrap_or_else(|| panic!("kill {kill}: a mixture"));
        new += usize::from(which != shown);
        shown = which;
    }
    assert!(new > 3, "only {new} of {KILLS} came as far as a new site");
    // The next build heals, and what it remembers is true.
    for state in [0, 1] {
        put(state);
        for _ in 0..2 {
            assert!(build(&public).status().unwrap().success());
            same(&whole[usize::try_from(state).unwrap()], &tree(&public), "healed");
        }
    }
}
