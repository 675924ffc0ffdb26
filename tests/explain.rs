//! The page of every check: it is there, its wrong example shows the check and nothing else, its
//! right example shows nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;

use convene::diag::Code;
use support::Project;

/// Checks that no file of the content can show, and why.
const NOT_SHOWN: [(&str, &str); 8] = [
    ("unreadable-file", "the system must refuse a file"),
    ("not-utf8", "an example is text"),
    ("control-character", "it cannot be seen"),
    ("missing-catalog", "a file that is not there cannot be shown"),
    ("too-large", "the example would be 64 kB"),
    ("invalid-theme", "it is not in the content"),
    ("link-unreachable", "another site has to be asked"),
    ("link-moved", "another site has to be asked"),
];

fn page(code: Code) -> String {
    let path = format!("docs/checks/{code}.md");
    fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {path}"))
}

/// The files of an example: fenced blocks that name a path.
fn files(section: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut rest = section;
    while let Some(at) = rest.find("```yaml content/") {
        let block = &rest[at + "```yaml content/".len()..];
        let (path, text) = block.split_once('\n').expect("a path, then the file");
        let end = text.find("\n```").expect("a closed block");
        files.push((path.trim().to_owned(), format!("{}\n", &text[..end])));
        rest = &text[end + 4..];
    }
    files
}

fn project(section: &str) -> Project {
    files(section).iter().fold(Project::new(), |project, (path, text)| project.write(path, text))
}

fn codes(project: &Project) -> BTreeSet<String> {
    let faults = project.faults();
    faults.iter().filter_map(|fault| fault.split(' ').next()).map(ToOwned::to_owned).collect()
}

fn sections(text: &str) -> (&str, &str) {
    let (_, rest) = text.split_once("\n## Wrong\n").expect("a section `Wrong`");
    rest.split_once("\n## Right\n").expect("a section `Right`")
}

#[test]
fn every_check_has_a_page() {
    for &code in Code::ALL {
        let text = page(code);
        assert!(text.starts_with(&format!("# {code}\n")), "{code}");
        let meaning = text.split("\n## ").next().unwrap();
        assert!(meaning.len() > 80, "{code} says too little");
    }
}

#[test]
fn every_wrong_example_shows_its_check_and_no_other() {
    for &code in Code::ALL {
        if NOT_SHOWN.iter().any(|(name, _)| *name == code.name()) {
            continue;
        }
        let text = page(code);
        let project = project(sections(&text).0);
        let expected = BTreeSet::from([code.name().to_owned()]);
        assert_eq!(codes(&project), expected, "{code}\n{}", project.words());
    }
}

#[test]
fn every_right_example_has_no_fault() {
    for &code in Code::ALL {
        if NOT_SHOWN.iter().any(|(name, _)| *name == code.name()) {
            continue;
        }
        let text = page(code);
        let project = project(sections(&text).1);
        assert!(project.faults().is_empty(), "{code}\n{}", project.words());
    }
}

#[test]
fn there_is_no_page_of_a_check_that_does_not_exist() {
    for entry in fs::read_dir("docs/checks").expect("the folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let name = name.trim_end_matches(".md");
        assert!(name == "README" || Code::from_name(name).is_some(), "{name}");
    }
}

#[test]
fn the_list_names_every_check_with_its_severity() {
    let list = fs::read_to_string("docs/checks/README.md").expect("the list");
    for code in Code::ALL {
        let severity = format!("{:?}", code.severity()).to_lowercase();
        assert!(list.contains(&format!("| [`{code}`]({code}.md) | {severity} |")), "{code}");
    }
}
