//! A build that has the memory of earlier ones gives what a build without it gives, whatever was
//! edited in between: the same files, each made when it is asked for, and the same words.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

mod support;
#[path = "support/numbers.rs"]
mod numbers;

use std::collections::BTreeMap;
use std::sync::Arc;

use convene::build::{self, Aside, Files as _, Memory, Now, Options};
use convene::diag::Diagnostic;
use convene::source::Sources;
use numbers::Numbers;
use support::{CATALOG, OFFERING};

const EDITS: usize = 60;

/// The files of a project, by path.
type Project = BTreeMap<String, String>;

fn whole() -> Project {
    let offering = |title: &str| OFFERING.replacen("title: ", &format!("title: {title} "), 1);
    let files = [
        ("content/catalog.yaml", CATALOG.to_owned()),
        ("content/offerings/self.md", OFFERING.to_owned()),
        ("content/offerings/2026-27/more.md", offering("More")),
        ("content/offerings/zeal.md", offering("Zeal")),
        (
            "content/people/ada.md",
            "---\nname: Ada\n---\nShe [leads](../offerings/self.md).\n".into(),
        ),
        ("content/pages/help.md", "---\ntitle: Help\n---\nHow to enroll.\n".into()),
        ("content/places.yaml", "hall: { name: Hall }\nroom: { name: Room }\n".into()),
        ("content/files/map.txt", "A map.".into()),
    ];
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

/// One thing that people do. Says what.
fn edit(project: &mut Project, numbers: &mut Numbers, step: usize) -> String {
    let paths: Vec<String> = project.keys().cloned().collect();
    let path = paths[numbers.below(paths.len())].clone();
    let text = project[&path].clone();
    match numbers.below(16) {
        0..=3 => {
            let day = 1 + numbers.below(28);
            let mark = if path.ends_with(".yaml") { "# " } else { "" };
            project.insert(path.clone(), text + &format!("\n{mark}Step {step}, day {day}.\n"));
            format!("{path} has more words")
        }
        4 => {
            project.insert(path.clone(), text.replacen("title: ", "title: New ", 1));
            format!("{path} has another title")
        }
        5 => {
            // Wrong, and mended by a later edit.
            project.insert(path.clone(), text.replacen("title: ", "titel: ", 1));
            format!("{path} is misspelt")
        }
        6 | 12..=14 => {
            project.retain(|_, text| !text.contains("titel: ") && !text.contains("seris"));
            project.extend(whole());
            "all is as it was, but for what is new".to_owned()
        }
        7 => {
            let name = format!("content/offerings/new-{step}.md");
            project.insert(name.clone(), OFFERING.replace("title: ", &format!("title: {step} ")));
            format!("{name} is new")
        }
        8 if path != "content/catalog.yaml" => {
            project.remove(&path);
            format!("{path} is gone")
        }
        9 if path.ends_with(".md") => {
            project.remove(&path);
            let name = path.replace(".md", "-moved.md");
            project.insert(name.clone(), text);
            format!("{path} is now {name}")
        }
        10 => {
            // Another kind comes first, and stands in where one cannot be read.
            let catalog = project.get_mut("content/catalog.yaml").unwrap();
            *catalog =
                catalog.replacen("kinds:\n", &format!("kinds:\n  k{step}: {{ name: K }}\n"), 1);
            "there is another kind".to_owned()
        }
        11 => {
            let template = "themes/district/templates/not_found.html";
            let words = format!(
                "{{% extends \"base.html\" %}}{{% block content %}}{step}{{% endblock content %}}"
            );
            project.insert(template.to_owned(), words);
            "the theme is another".to_owned()
        }
        _ => {
            project.insert(path.clone(), text.replacen("kind: series", "kind: seris", 1));
            format!("{path} has an unknown kind")
        }
    }
}

type Built = (Option<BTreeMap<String, Vec<u8>>>, Vec<Diagnostic>);

/// What a build with a memory says, and the files that it makes one by one.
fn again(sources: &Sources, options: &Options, memory: &Memory) -> Built {
    let aside = Aside { timings: None, memory: Some(memory) };
    build::draft(sources, options, aside, |checked| {
        let files = checked.value.map(|draft| {
            let file = |path: &build::OutputPath| {
                let bytes = draft.file(path.as_str()).unwrap().expect("no template is at fault");
                (path.to_string(), bytes)
            };
            draft.paths().into_iter().rev().map(file).collect()
        });
        (files, checked.diagnostics)
    })
}

fn from_nothing(sources: &Sources, options: &Options) -> Built {
    let built = build::build(sources, options);
    let files = built.value.map(|site| {
        site.files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
    });
    (files, built.diagnostics)
}

#[test]
fn a_build_with_a_memory_is_a_clean_build() {
    let mut numbers = Numbers(11);
    let (memory, mut project) = (Memory::default(), whole());
    let (mut good, mut bad) = (0, 0);
    let mut second = "2026-11-25T12:00:00Z".parse::<jiff::Timestamp>().unwrap().as_second();
    let mut texts: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for step in 0..EDITS {
        let what = edit(&mut project, &mut numbers, step);
        second += i64::try_from(numbers.below(400_000)).unwrap();
        let now = Now::Instant(jiff::Timestamp::from_second(second).unwrap());
        let options =
            Options { now, drafts: numbers.chance(5), future: false, strict: numbers.chance(9) };
        // What is the same is the same in memory, or it is not.
        let share = numbers.chance(2);
        let text = |(path, text): (&String, &String)| {
            let before = texts.get(path).filter(|before| share && ***before == **text);
            (path.clone(), before.map_or_else(|| text.as_str().into(), Arc::clone))
        };
        texts = project.iter().map(text).collect();
        let sources = Sources::from_texts(texts.clone());
        let (files, words) = again(&sources, &options, &memory);
        let (clean, clean_words) = from_nothing(&sources, &options);
        assert_eq!(words, clean_words, "step {step}: {what}");
        assert!(files == clean, "step {step}: {what}");
        if files.is_some() { good += 1 } else { bad += 1 }
    }
    assert!(good > EDITS / 6 && bad > EDITS / 6, "{good} good, {bad} bad");
}
