//! A build over an old site gives what a build into an empty folder gives, whatever was edited in
//! between; and a build of what has not changed makes nothing and writes nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use support::{CATALOG, OFFERING};
use tempfile::TempDir;
use walkdir::WalkDir;

/// A small generator of numbers (`SplitMix64`, Steele, Lea and Flood, 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

type Tree = BTreeMap<String, (Vec<u8>, SystemTime)>;

struct Scene {
    folder: TempDir,
    /// Seconds of the Unix time.
    now: i64,
    drafts: bool,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let scene = Self { folder, now: 1_795_586_400, drafts: false };
        scene.write("content/catalog.yaml", CATALOG);
        scene.write("content/offerings/self.md", OFFERING);
        scene.write("content/people/ada.md", "---\nname: Ada\n---\n");
        scene
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Builds into a folder, and gives what was said.
    fn build(&self, output: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convene"));
        command.args(["build", "--timings", "--root"]).arg(self.folder.path());
        command.arg("--output").arg(self.at(output));
        command.env("SOURCE_DATE_EPOCH", self.now.to_string());
        if self.drafts {
            command.arg("--drafts");
        }
        let ran = command.output().expect("it runs");
        let said = [ran.stdout, ran.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(ran.status.success(), "{said}");
        said
    }

    fn tree(&self, output: &str) -> Tree {
        let folder = self.at(output);
        let files = WalkDir::new(&folder).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let path = entry.path().strip_prefix(&folder).unwrap().display().to_string();
                let time = entry.metadata().unwrap().modified().unwrap();
                (path, (fs::read(entry.path()).unwrap(), time))
            })
            .collect()
    }

    /// The offerings as they are on the disk, by the names of their files.
    fn offerings(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = fs::read_dir(self.at("content/offerings"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        all.sort();
        all
    }

    /// Something that people do, or that time does. Says what.
    fn edit(&mut self, numbers: &mut Numbers, step: usize) -> String {
        let offerings = self.offerings();
        let one = offerings.get(numbers.below(offerings.len().max(1)));
        let catalog = fs::read_to_string(self.at("content/catalog.yaml")).unwrap();
        match (numbers.below(13), one) {
            (0 | 1, Some(one)) => {
                let text = fs::read_to_string(one).unwrap();
                let day = 1 + numbers.below(28);
                fs::write(one, text.replace("About it", &format!("Step {step}. About it")))
                    .unwrap();
                let text = fs::read_to_string(one).unwrap();
                let at = text.find("date: ").unwrap() + 6;
                let moved = format!("{}2027-03-{day:02}{}", &text[..at], &text[at + 10..]);
                fs::write(one, moved).unwrap();
                format!("{} moves to March {day}", one.display())
            }
            (2, Some(one)) => {
                fs::rename(one, one.with_file_name(format!("renamed-{step}.md"))).unwrap();
                format!("{} is renamed", one.display())
            }
            (3, Some(one)) => {
                fs::remove_file(one).unwrap();
                format!("{} is deleted", one.display())
            }
            (4, _) => {
                let old = "series: { name: ";
                let name = catalog.find(old).unwrap() + old.len();
                let end = catalog[name..].find([',', ' ', '}']).unwrap() + name;
                let text = format!("{}Series{step}{}", &catalog[..name], &catalog[end..]);
                self.write("content/catalog.yaml", &text);
                "a kind has another name".to_owned()
            }
            (5, _) => {
                let template = format!("{{# {step} #}}<p>{{{{ page.title }}}} {step}</p>\n");
                self.write("themes/district/templates/not_found.html", &template);
                "a template changes".to_owned()
            }
            (6, _) => {
                let style = format!("@layer base {{ p {{ order: {step}; }} }}\n");
                self.write("themes/district/styles/own.css", &style);
                "a style changes".to_owned()
            }
            (7, _) => {
                let hours = [0, 1, 30, 24 * 40][numbers.below(4)];
                self.now += hours * 3600 + 7;
                format!("{hours} hours and seven seconds go by")
            }
            (8, _) => {
                self.drafts = !self.drafts;
                "drafts are shown, or not".to_owned()
            }
            (9, _) => {
                self.write("public/404.html", "edited by hand");
                "a published file is edited".to_owned()
            }
            (10, _) => {
                let _ = fs::remove_file(self.at("public/index.html"));
                "a published file is deleted".to_owned()
            }
            (11, _) => {
                let memo = self.at(".public.convene-memo");
                let mut bytes = fs::read(&memo).unwrap_or_default();
                let length = bytes.len();
                if length > 0 {
                    bytes[numbers.below(length)] ^= 1;
                    bytes.truncate(length - numbers.below(2) * numbers.below(length));
                }
                fs::write(&memo, bytes).unwrap();
                "the memo is damaged".to_owned()
            }
            _ => {
                let draft = ["", "draft: true\n"][numbers.below(2)];
                let text =
                    OFFERING.replace("title: Self", &format!("{draft}title: New {step} Self"));
                self.write(&format!("content/offerings/new-{step}.md"), &text);
                "an offering is new".to_owned()
            }
        }
    }
}

#[track_caller]
fn same(over: &Tree, clean: &Tree, after: &str) {
    let paths = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(over), paths(clean), "{after}");
    for (path, (bytes, _)) in over {
        assert!(*bytes == clean[path].0, "{path} is not what a clean build makes: {after}");
    }
}

#[test]
fn any_sequence_of_edits_gives_the_bytes_of_a_clean_build() {
    for seed in [1, 2] {
        let (mut scene, mut numbers) = (Scene::new(), Numbers(seed));
        scene.build("public");
        let mut history = format!("seed {seed}");
        for step in 0..18 {
            let before = scene.tree("public");
            history.push_str(&format!("\n{step}: {}", scene.edit(&mut numbers, step)));
            scene.build("public");
            let clean = format!("clean-{step}");
            scene.build(&clean);
            let after = scene.tree("public");
            same(&after, &scene.tree(&clean), &history);
            fs::remove_dir_all(scene.at(&clean)).unwrap();
            for (path, (bytes, time)) in &after {
                // What somebody edited or deleted by hand is written again, of course.
                let by_hand = path == "404.html" || path == "index.html";
                if let Some((old, old_time)) = before.get(path).filter(|_| !by_hand)
                    && old == bytes
                {
                    assert!(time == old_time, "{path} is the same and was written: {history}");
                }
            }
        }
    }
}

#[test]
fn what_has_not_changed_is_not_made_again() {
    let mut scene = Scene::new();
    assert!(scene.build("public").contains("render and write"));
    let before = scene.tree("public");
    scene.now += 5;
    let said = scene.build("public");
    assert!(said.contains("unchanged, nothing written"), "{said}");
    assert!(!said.contains("render") && !said.contains("parse"), "{said}");
    assert!(before == scene.tree("public"));

    // The day after, every page says so.
    scene.now += 24 * 3600;
    assert!(scene.build("public").contains("render and write"));
    assert!(before != scene.tree("public"));
}

#[test]
fn warnings_are_told_again() {
    let scene = Scene::new();
    let weekend = OFFERING.replace("2027-01-14", "2027-01-16");
    scene.write("content/offerings/weekend.md", &weekend.replace("enroll/self", "enroll/other"));
    let first = scene.build("public");
    let again = scene.build("public");
    assert!(first.contains("warning[session-on-weekend]"), "{first}");
    assert!(again.contains("warning[session-on-weekend]"), "{again}");
    assert!(!again.contains("render and write"), "{again}");
}

#[test]
fn an_old_memo_is_not_believed_when_the_folder_is_not_what_it_was() {
    let scene = Scene::new();
    scene.build("public");
    let original = fs::read(scene.at("public/404.html")).unwrap();
    // As long, and as old: only the inode tells.
    let path: &Path = &scene.at("public/404.html");
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let mut other = original.clone();
    other[0] ^= 1;
    let beside = scene.at("other");
    fs::write(&beside, other).unwrap();
    fs::File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
    fs::rename(beside, path).unwrap();
    scene.build("public");
    assert!(fs::read(path).unwrap() == original, "it is healed");
}
