//! Publishing that cannot hurt: whatever happens, the output is the old site or the new one, and
//! nothing is lost that convene did not write.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use convene::build::Site;
use convene::model::SitePath;
use convene::plan::OutputPath;
use convene::publish::{Protected, PublishError, Published, publish};
use tempfile::TempDir;
use walkdir::WalkDir;

/// A folder with a project in it, and an output beside the content.
struct Scene {
    folder: TempDir,
}

impl Scene {
    fn new() -> Self {
        Self::of(tempfile::tempdir().expect("a folder"))
    }

    /// A scene that is in memory where the system has a disk for that: there a run is killed many
    /// times in the time that a real disk takes to be flushed once.
    fn in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        Self::of(tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).expect("a folder"))
    }

    fn of(folder: TempDir) -> Self {
        let scene = Self { folder };
        for folder in ["home", "project/content/offerings", "project/themes/district"] {
            fs::create_dir_all(scene.at(folder)).expect("a folder");
        }
        scene.write("project/content/catalog.yaml", "title: x");
        scene
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn output(&self) -> PathBuf {
        self.at("project/public")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn protected(&self) -> Protected {
        Protected { project: self.at("project"), home: Some(self.at("home")) }
    }

    fn publish(&self, files: &Files) -> Result<Published, PublishError> {
        publish(&site(files), &self.output(), &self.protected())
    }

    #[track_caller]
    fn published(&self, files: &Files) -> Published {
        self.publish(files).expect("published")
    }

    /// Asserts that the output has exactly these files.
    #[track_caller]
    fn holds(&self, files: &Files) {
        let found = tree(&self.output());
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found), names(files));
        for (path, bytes) in files {
            assert!(found[path] == *bytes, "`{path}` differs");
        }
    }

    /// Asserts that nothing but the lock and the list of files stands beside the output.
    #[track_caller]
    fn is_tidy(&self) {
        let entries = fs::read_dir(self.at("project")).expect("the project");
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name.starts_with('.'));
        names.sort();
        assert_eq!(names, [".public.convene-lock", ".public.convene-manifest"]);
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
}

fn site(files: &Files) -> Site {
    let output = |path: &str| OutputPath::of(&SitePath::new(&format!("/{path}")).expect("a path"));
    let files =
        files.iter().map(|(path, bytes)| (output(path), Arc::<[u8]>::from(bytes.as_slice())));
    Site { files: files.collect(), ..Site::default() }
}

/// Every file below a folder with its content; a link with where it leads, a folder with nothing.
fn tree(folder: &Path) -> Files {
    let mut found = Files::new();
    for entry in WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("it can be listed");
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        if entry.file_type().is_file() {
            found.insert(path, fs::read(entry.path()).expect("it can be read"));
        } else if entry.file_type().is_symlink() {
            let target = fs::read_link(entry.path()).unwrap().display().to_string();
            found.insert(path, target.into_bytes());
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            found.insert(path + "/", Vec::new());
        }
    }
    found
}

/// A site of some hundred files. Some are of every generation, some change, some come and go.
fn generation(number: usize) -> Files {
    let mut files = Files::new();
    files.insert("index.html".to_owned(), format!("{number}").into_bytes());
    for index in 0..100 {
        let page = format!("offerings/o{index}/index.html");
        files.insert(page, format!("{number} {}", "x".repeat(index * 40)).into_bytes());
        files.insert(format!("assets/a{index}.css"), vec![b'c'; index * 50]);
        if (index + number).is_multiple_of(3) {
            files.insert(format!("only/{number}-{index}.json"), vec![b'j'; index]);
        }
    }
    files
}

/// Asserts that the output is one whole generation, and gives its number.
#[track_caller]
fn whole(scene: &Scene) -> usize {
    let index = fs::read_to_string(scene.output().join("index.html")).expect("a home page");
    let number = index.parse().expect("a number");
    scene.holds(&generation(number));
    number
}

/// Numbers without an order, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) % limit.max(1)
    }
}

// The first time, and again.

#[test]
fn a_site_is_written_and_then_only_what_differs() {
    let scene = Scene::new();
    let first = scene.published(&files([("index.html", "a"), ("a/index.html", "b"), ("c", "c")]));
    assert_eq!(first.written, ["a/index.html", "c", "index.html"]);
    assert!(first.atomic);

    let next = files([("index.html", "a"), ("a/index.html", "B"), ("d/e/f", "d")]);
    let second = scene.published(&next);
    assert_eq!(second.written, ["a/index.html", "d/e/f"]);
    assert_eq!(second.removed, ["c"]);
    assert_eq!(second.unchanged, 1);
    scene.holds(&next);
    scene.is_tidy();
}

#[test]
fn an_unchanged_site_writes_nothing_at_all() {
    let scene = Scene::new();
    scene.published(&generation(1));
    let state = || {
        let entries = WalkDir::new(scene.at("project")).sort_by_file_name().into_iter();
        let of = |entry: walkdir::DirEntry| {
            (entry.path().to_path_buf(), entry.metadata().unwrap().modified().unwrap())
        };
        entries.map(|entry| of(entry.unwrap())).collect::<Vec<_>>()
    };
    let before = state();
    thread::sleep(Duration::from_millis(20));
    let again = scene.published(&generation(1));
    assert!(again.is_unchanged());
    assert_eq!(again.unchanged, generation(1).len());
    assert_eq!(state(), before);
}

#[cfg(unix)]
#[test]
fn unchanged_files_stay_the_same_files() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let scene = Scene::new();
    scene.published(&files([("a", "a"), ("b", "b")]));
    fs::set_permissions(scene.output(), fs::Permissions::from_mode(0o750)).unwrap();
    let before = fs::metadata(scene.output().join("a")).unwrap();
    scene.published(&files([("a", "a"), ("b", "B")]));
    let after = fs::metadata(scene.output().join("a")).unwrap();
    assert_eq!(
        (after.ino(), after.modified().unwrap()),
        (before.ino(), before.modified().unwrap())
    );
    assert_eq!(fs::metadata(scene.output()).unwrap().mode() & 0o777, 0o750);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let scene = Scene::new();
    let file = files([("a", "a"), ("b/index.html", "b"), ("b/c/d", "d")]);
    let folder = files([("a/index.html", "a"), ("a/x/y", "y"), ("b", "b")]);
    for site in [&file, &folder, &file, &folder] {
        scene.published(site);
        scene.holds(site);
    }
}

#[test]
fn what_was_changed_or_removed_by_hand_is_healed() {
    let scene = Scene::new();
    let all = files([("index.html", "a"), ("a/b", "b"), ("c", "c")]);
    scene.published(&all);
    scene.write("project/public/index.html", "z");
    fs::remove_dir_all(scene.output().join("a")).unwrap();
    assert_eq!(scene.published(&all).written, ["a/b", "index.html"]);
    scene.holds(&all);
    fs::remove_dir_all(scene.output()).unwrap();
    assert_eq!(scene.published(&all).written.len(), 3);
    scene.holds(&all);
}

#[test]
fn the_list_of_files_has_the_form_of_b3sum() {
    let scene = Scene::new();
    scene.published(&generation(1));
    scene.published(&generation(2));
    let text = fs::read_to_string(scene.at("project/.public.convene-manifest")).unwrap();
    let expected: String = generation(2)
        .iter()
        .map(|(path, bytes)| format!("{}  {path}\n", blake3::hash(bytes)))
        .collect();
    assert_eq!(text, expected);
}

// What is somebody else's.

#[test]
fn foreign_files_are_refused_and_kept() {
    let scene = Scene::new();
    scene.published(&generation(1));
    scene.write("project/public/notes.txt", "mine");
    scene.write("project/public/offerings/o1/photo.jpg", "mine");
    let before = tree(&scene.at("project"));
    let error = scene.publish(&generation(2)).expect_err("refused").to_string();
    assert!(error.contains("has files that convene did not write: `notes.txt` and 1 other file"));
    assert!(error.contains("help: move them away, or choose another folder with `--output`"));
    assert_eq!(tree(&scene.at("project")), before);

    fs::remove_file(scene.output().join("notes.txt")).unwrap();
    fs::remove_file(scene.output().join("offerings/o1/photo.jpg")).unwrap();
    scene.published(&generation(2));
    assert_eq!(whole(&scene), 2);
}

#[test]
fn names_with_a_dot_and_empty_folders_stay() {
    let scene = Scene::new();
    let others = [".gitkeep", ".gitignore", ".nojekyll", ".well-known/acme/token"];
    for path in others {
        scene.write(&format!("project/public/{path}"), path);
    }
    fs::create_dir_all(scene.output().join("uploads/new")).unwrap();
    for number in [1, 2, 2, 3] {
        scene.published(&generation(number));
        let mut expected = generation(number);
        expected.extend(others.map(|path| (path.to_owned(), path.as_bytes().to_vec())));
        expected.insert("uploads/new/".to_owned(), Vec::new());
        scene.holds(&expected);
    }
    scene.is_tidy();
}

#[test]
fn a_name_with_a_dot_that_is_ours_is_replaced() {
    let scene = Scene::new();
    scene.published(&files([(".well-known/a", "1"), ("b", "b")]));
    scene.write("project/public/.well-known/theirs", "t");
    scene.published(&files([(".well-known/a", "2"), ("b", "b")]));
    scene.holds(&files([(".well-known/a", "2"), (".well-known/theirs", "t"), ("b", "b")]));
    scene.published(&files([("b", "b")]));
    scene.holds(&files([(".well-known/theirs", "t"), ("b", "b")]));
}

#[test]
fn without_its_list_only_the_very_same_site_is_ours() {
    let scene = Scene::new();
    scene.published(&generation(1));
    fs::remove_file(scene.at("project/.public.convene-manifest")).unwrap();
    assert!(scene.published(&generation(1)).is_unchanged());
    scene.published(&generation(2));
    fs::remove_file(scene.at("project/.public.convene-manifest")).unwrap();
    let error = scene.publish(&generation(3)).expect_err("refused").to_string();
    assert!(error.contains("help: if the folder is only an old site, delete it and build again"));
    assert_eq!(whole(&scene), 2);
}

#[test]
fn dangerous_folders_are_refused_and_nothing_is_touched() {
    let scene = Scene::new();
    scene.write("project/.git/config", "");
    scene.write("project/themes/district/theme.yaml", "");
    scene.write("other/repository/.git/config", "");
    scene.write("other/worktree/.git", "gitdir: elsewhere");
    scene.write("other/mercurial/.hg/store", "");
    scene.write("other/subversion/.svn/entries", "");
    scene.write("other/public/index.html", "theirs");
    scene.write("other/deep/a/b/c.txt", "theirs");
    scene.write("other/file", "theirs");
    fs::create_dir_all(scene.at("other/empty")).unwrap();
    fs::create_dir_all(scene.at("home/me")).unwrap();
    let mut outputs: Vec<PathBuf> = [
        "",
        "home",
        "project",
        "project/",
        "project/.",
        "project/content",
        "project/content/",
        "project/content/offerings",
        "project/content/new/folder",
        "project/content/../content",
        "project/public/..",
        "project/missing/../public",
        "project/themes",
        "project/themes/district/public",
        "project/.git",
        "project/.git/public",
        "other/repository",
        "other/repository/.git/x",
        "other/worktree",
        "other/mercurial",
        "other/public",
        "other/deep",
        "other",
        "other/file",
        "other/file/public",
        "home/",
        "home/.",
        "home/me/..",
        "project/../project",
        "project/content/catalog.yaml",
        "project/content/catalog.yaml/site",
        "project/content/public",
        "project/content/offerings/..",
        "project/themes/",
        "project/themes/new",
        "project/themes/../content/files",
        "project/./content",
        "project/.git/..",
        "project/.git/objects/info",
        "other/.",
        "other/deep/..",
        "other/deep/a",
        "other/deep/a/b",
        "other/repository/",
        "other/repository/.git",
        "other/mercurial/.",
        "other/subversion",
    ]
    .map(|path| scene.at(path))
    .to_vec();
    outputs.extend(["", "/", "//", "/.", "/usr", "/etc", "/usr/../", "/dev"].map(PathBuf::from));
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(scene.at("other/empty"), scene.at("link")).unwrap();
        symlink(scene.at("nowhere"), scene.at("dangling")).unwrap();
        symlink(scene.at("project/content"), scene.at("to-content")).unwrap();
        fs::create_dir_all(scene.at("has-link")).unwrap();
        symlink(scene.at("other/file"), scene.at("has-link/index.html")).unwrap();
        let paths =
            ["link", "link/", "link/.", "dangling", "dangling/", "to-content/public", "has-link"];
        outputs.extend(paths.map(|path| scene.at(path)));
    }
    assert!(outputs.len() >= 50, "{}", outputs.len());
    let before = tree(scene.folder.path());
    for output in outputs {
        let error = publish(&site(&generation(1)), &output, &scene.protected());
        let error = error.err().unwrap_or_else(|| panic!("published to {}", output.display()));
        assert!(
            matches!(
                error,
                PublishError::Dangerous { .. }
                    | PublishError::Foreign { .. }
                    | PublishError::Io { .. }
            ),
            "{error}"
        );
        assert!(error.to_string().contains(&format!("`{}", output.display())), "{error}");
        assert_eq!(tree(scene.folder.path()), before, "{}", output.display());
    }
}

#[test]
fn a_new_folder_may_be_anywhere_else() {
    let scene = Scene::new();
    for output in ["home/site", "a/b/c", "project/build/site/", "project/public/../www", "empty"] {
        fs::create_dir_all(scene.at("empty")).unwrap();
        fs::create_dir_all(scene.at("project/public")).unwrap();
        let all = files([("index.html", "a")]);
        publish(&site(&all), &scene.at(output), &scene.protected()).expect(output);
        assert_eq!(tree(&scene.at(output)), all, "{output}");
    }
}

// What goes wrong.

#[test]
fn whatever_write_fails_the_old_site_stays() {
    let scene = Scene::new();
    scene.published(&generation(1));
    let names: Vec<String> = generation(2).into_keys().collect();
    for name in names.iter().step_by(7) {
        let mut broken = generation(2);
        let bytes = broken.remove(name).unwrap();
        // No file system takes a name of 300 letters.
        let too_long = format!("{name}-{}", "n".repeat(300));
        broken.insert(too_long.clone(), bytes);
        let error = scene.publish(&broken).expect_err(name).to_string();
        assert!(error.starts_with("could not write `") && error.contains(&too_long), "{error}");
        assert_eq!(whole(&scene), 1);
        scene.is_tidy();
    }
    scene.published(&generation(2));
    assert_eq!(whole(&scene), 2);
}

#[test]
fn two_runs_at_once_take_turns() {
    let scene = Scene::new();
    thread::scope(|scope| {
        for run in 0..3 {
            let scene = &scene;
            scope.spawn(move || {
                for turn in 0..8 {
                    scene.published(&generation(1 + (run * 8 + turn) % 5));
                }
            });
        }
    });
    whole(&scene);
    scene.is_tidy();
}

#[test]
fn a_reader_never_misses_a_file() {
    let scene = Scene::new();
    scene.published(&generation(1));
    let done = AtomicBool::new(false);
    let reads = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                for index in [0, 50, 99] {
                    let page = scene.output().join(format!("offerings/o{index}/index.html"));
                    let text = fs::read_to_string(page).expect("it is always there");
                    assert_eq!(text.len(), "1 ".len() + index * 40, "and always whole");
                    reads += 1;
                }
            }
            reads
        });
        for turn in 0..60 {
            scene.published(&generation(1 + turn % 2));
        }
        done.store(true, Ordering::Relaxed);
        reader.join().expect("the reader found everything")
    });
    assert!(reads > 100, "{reads}");
}

/// So many times a run is killed.
const KILLS: usize = 300;

/// The folder in which [`a_publisher_in_a_process_of_its_own`] is to work.
const WORK: &str = "CONVENE_TEST_WORK";
/// The first generation that it is to publish, and how many.
const TURNS: &str = "CONVENE_TEST_TURNS";

/// Publishes one generation after the other when another test asks for it.
#[test]
fn a_publisher_in_a_process_of_its_own() {
    let Some(folder) = std::env::var_os(WORK) else { return };
    let folder = PathBuf::from(folder);
    let turns = std::env::var(TURNS).expect("turns");
    let (first, count) = turns.split_once(' ').expect("two numbers");
    let first: usize = first.parse().expect("a number");
    let protected = Protected { project: folder.clone(), home: None };
    for number in first..first + count.parse::<usize>().expect("a number") {
        let published = publish(&site(&generation(number)), &folder.join("public"), &protected);
        if let Err(error) = published {
            panic!("{error}");
        }
    }
}

fn publisher(scene: &Scene, first: usize, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", "a_publisher_in_a_process_of_its_own", "--nocapture"])
        .env(WORK, scene.at("project"))
        .env(TURNS, format!("{first} {count}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let scene = Scene::in_memory();
    let begun = Instant::now();
    scene.published(&generation(0));
    scene.published(&generation(1));
    let turn = u64::try_from(begun.elapsed().as_micros()).unwrap() / 2;
    let mut dice = Dice(11);
    let mut last = 1;
    let mut seen_new = 0;
    for kill in 0..KILLS {
        let mut child = publisher(&scene, last + 1, 1_000_000).spawn().expect("a child");
        // The process needs some time to begin.
        let delay = 2_000 + dice.below(turn * 3);
        thread::sleep(Duration::from_micros(delay));
        child.kill().expect("killed");
        let status = child.wait().expect("ended");
        assert!(!status.success(), "it was killed");
        let number = whole(&scene);
        assert!(number >= last, "kill {kill}: {number} after {last}");
        seen_new += usize::from(number > last);
        last = number;
    }
    assert!(seen_new > 15, "only {seen_new} of {KILLS} came as far as a new site");
    // The next build heals what was left lying around.
    scene.published(&generation(0));
    assert_eq!(whole(&scene), 0);
    scene.is_tidy();
}

#[cfg(unix)]
#[test]
fn when_no_more_can_be_written_the_site_is_whole() {
    let scene = Scene::in_memory();
    scene.published(&generation(1));
    let mut failed = 0;
    // A limit to the size of files stands for a full disk: in blocks of 512 or 1,024 bytes. The
    // signal that comes with it is first ignored, so that the write fails, and then it kills.
    for (signal, blocks) in
        ["trap '' XFSZ; ", ""].iter().flat_map(|&trap| (0..9).map(move |blocks| (trap, blocks)))
    {
        let publisher = publisher(&scene, 2, 1);
        let script = format!("{signal}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut limited = Command::new("sh");
        limited.args(["-c", &script]).arg(publisher.get_program()).args(publisher.get_args());
        for (name, value) in publisher.get_envs() {
            limited.env(name, value.expect("a value"));
        }
        let status = limited.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it ran");
        let number = whole(&scene);
        assert_eq!(number, if status.success() { 2 } else { 1 });
        failed += usize::from(!status.success());
        scene.published(&generation(1));
        scene.is_tidy();
    }
    assert!(failed >= 10, "{failed}");
}

/// A disk of a few hundred kilobytes, which is filled step by step: each run finds a little less
/// room. It takes the right to mount one, in a name space of its own.
#[cfg(target_os = "linux")]
#[test]
fn on_a_small_disk_that_fills_up_the_site_is_whole() {
    const SMALL_DISK: &str = r#"
        set -eu
        mount -t tmpfs -o size=3200k,nr_inodes=1200 tmpfs "$WORK"
        mkdir "$WORK/home" "$WORK/project"
        run() { CONVENE_TEST_WORK="$WORK/project" CONVENE_TEST_TURNS="$1 1" "$PROGRAM" \
            --exact a_publisher_in_a_process_of_its_own >"$WORK/said" 2>&1; }
        is() { [ "$(cat "$WORK/project/public/index.html")" = "$1" ]; }
        run 1 && is 1
        cp -a "$WORK/project/public" "$KEPT"
        full=0 new=0
        for left in 0 2 4 8 12 16 24 32 48 64 96 128 160 256 512 640 768 1024; do
            free=$(df --output=avail "$WORK" | tail -n 1)
            take=$((free - left))
            [ "$take" -le 0 ] || head -c "${take}k" /dev/zero >"$WORK/filler"
            if run 2; then is 2; new=$((new + 1)); else
                is 1 && diff -r "$KEPT" "$WORK/project/public"
                full=$((full + 1))
            fi
            rm -f "$WORK/filler"
            run 1 && is 1 && diff -r "$KEPT" "$WORK/project/public"
        done
        echo "full $full times, $new times not"
        [ "$full" -ge 3 ] && [ "$new" -ge 1 ]
    "#;
    let can = Command::new("unshare").args(["--mount", "--map-root-user", "true"]).status();
    if !can.is_ok_and(|status| status.success()) {
        // Where a process may not have a name space of its own, the refused writes above, which
        // need no rights, say the same. What a test prints is hidden while it passes; this is not.
        let _ = writeln!(
            std::io::stderr(),
            "tests/publishing.rs: no small disk was filled: this process may not mount one"
        );
        return;
    }
    let (work, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", SMALL_DISK])
        .env("WORK", work.path())
        .env("KEPT", kept.path().join("public"))
        .env("PROGRAM", std::env::current_exe().expect("this program"))
        .output()
        .expect("it ran");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    println!("{said}");
}
