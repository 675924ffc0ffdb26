//! A corpus of mistakes: each file of `tests/invalid/` is a catalog with what convene says of it.
//!
//! A file has sections. `-- PATH --` is a file below `content/`, laid over the small catalog of
//! `tests/support`; `-- PATH removed --` takes one away; `-- expected --` is the report for people,
//! to the letter: name, file, line, column, words.
//!
//! After a change of words, `CONVENE_UPDATE=1 cargo test --test invalid` writes the reports anew.
//! Read the difference before you commit it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;

use convene::diag::Code;
use support::Project;

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> =
        fs::read_dir("tests/invalid").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The sections of a case by their titles, in order.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut sections = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("-- ") {
        let (title, body) = rest[at + 3..].split_once(" --\n").expect("a title");
        let end = match body.find("\n-- ") {
            _ if body.starts_with("-- ") => 0,
            Some(end) => end + 1,
            None => body.len(),
        };
        sections.push((title, &body[..end]));
        rest = &body[end..];
    }
    sections
}

fn project(sections: &[(&str, &str)]) -> Project {
    sections.iter().filter(|(title, _)| *title != "expected").fold(
        Project::new(),
        |project, (title, body)| match title.strip_suffix(" removed") {
            Some(path) => project.without(path),
            None => project.write(title, &unescaped(body)),
        },
    )
}

/// Characters that cannot be shown are written as `<U+0000>`; a tab as `<TAB>`; `<CR>` and `<BOM>`.
fn unescaped(body: &str) -> String {
    body.replace("<TAB>", "\t")
        .replace("<CR>", "\r")
        .replace("<BOM>", "\u{feff}")
        .replace("<U+0000>", "\0")
        .replace("<U+2028>", "\u{2028}")
}

#[test]
fn every_catalog_is_told_what_is_wrong_with_it() {
    let update = env::var_os("CONVENE_UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let all = sections(&text);
        let words = project(&all).words();
        let expected =
            all.iter().find(|(title, _)| *title == "expected").map_or("", |(_, body)| body);
        if words != expected {
            if update {
                let end = text.find("-- expected --").unwrap_or(text.len());
                fs::write(&path, format!("{}-- expected --\n{words}", &text[..end])).unwrap();
            } else {
                wrong.push(format!("{}\nexpected:\n{expected}\nfound:\n{words}", path.display()));
            }
        }
        assert!(!words.is_empty(), "{} has no fault", path.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_large_and_covers_the_checks() {
    let mut seen = BTreeSet::new();
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let faults = project(&sections(&text)).faults();
        seen.extend(
            faults.iter().filter_map(|fault| fault.split(' ').next().map(ToOwned::to_owned)),
        );
    }
    assert!(cases().len() >= 120, "{}", cases().len());
    // What the disk must refuse, or themes have, is tested elsewhere.
    let elsewhere = [
        "unreadable-file",
        "not-utf8",
        "invalid-theme",
        "too-large",
        "link-unreachable",
        "link-moved",
    ];
    for code in Code::ALL {
        let name = code.name();
        assert!(seen.contains(name) || elsewhere.contains(&name), "no catalog shows {name}");
    }
}

#[test]
fn no_word_of_a_library_reaches_a_person() {
    const FOREIGN: [&str; 12] = [
        "serde",
        "expected a sequence",
        "untagged",
        "invalid type",
        "struct ",
        "enum ",
        "Option",
        "deserialize",
        "did not find expected",
        "mapping values",
        "scanning",
        "at line",
    ];
    for path in cases() {
        let text = fs::read_to_string(&path).unwrap();
        let words = project(&sections(&text)).words();
        for line in words.lines().filter(|line| !line.contains(" | ")) {
            for word in FOREIGN {
                assert!(!line.contains(word), "{}: {line}", path.display());
            }
            assert!(line.chars().count() <= 80, "{}: {line}", path.display());
        }
    }
}
