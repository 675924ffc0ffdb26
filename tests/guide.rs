//! The guide for staff is true: every example in it is built, every field has one, the commands are
//! followed word by word, and it is easy to read.
//!
//! What stands behind the fence of a block says what it is:
//!
//! | block | is |
//! | --- | --- |
//! | `md PATH`, `yaml PATH.yaml` | a whole file below `content/` |
//! | `yaml offering`, `catalog` | fields, in place of those of `tests/guide/content` |
//! | `yaml session`, `enroll` | what stands below `sessions:` and `enroll:` of the offering |
//! | `yaml requirement`, `person`, `place`, `page` | a whole entry |
//! | `text shows`, `text shown-page PATH` | words that are then on the page of the offering, or on that page |
//! | `console` | commands behind `$`, and what they say; `…` stands for anything |
//! | `yaml find PATH`, `yaml change PATH` | a part of a file, and what is to stand there instead |
//! | `csv PATH` | a file beside the catalog |
//! | `text shown PATH`, `text error` | what `convene serve` then shows |

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;
#[path = "support/reading_level.rs"]
mod reading_level;
#[path = "support/walk.rs"]
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use convene::build::{self, Now, Options, Site};
use convene::report;
use convene::schema::{Group, group};
use convene::source::{self, Content, SourceFile, Sources};
use walk::{Block, blocks, plain};

const PAGES: &str = "docs/guide/content/pages";
/// The highest grade of school that a page may ask of its readers.
const GRADE: f64 = 8.0;

/// The pages of the guide by their names.
fn pages() -> BTreeMap<String, String> {
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read_to_string(entry.path()).unwrap())
    };
    fs::read_dir(PAGES).unwrap().map(|entry| read(entry.unwrap())).collect()
}

fn options() -> Options {
    let now = Now::Local("2026-09-01T09:00:00".parse().unwrap());
    Options { now, drafts: true, future: false, strict: false }
}

/// Builds. Whatever there is to say is a failure.
fn built(sources: &Sources) -> Result<Site, String> {
    let built = build::build(sources, &options());
    let words = report::human(sources, &built.diagnostics, false);
    built.value.filter(|_| words.is_empty()).ok_or(words)
}

/// The catalog of the examples with one file replaced or added.
fn with(base: &Sources, path: &str, text: &str) -> Sources {
    let path = format!("content/{path}");
    let others = base.iter().map(|(_, file)| file).filter(|file| *file.path != *path).cloned();
    let own = SourceFile { path: path.as_str().into(), content: Content::Text(text.into()) };
    Sources::new(others.chain([own]).collect())
}

fn text_of(base: &Sources, path: &str) -> String {
    let file = base.get(base.find(&format!("content/{path}")).unwrap());
    file.text().unwrap().to_owned()
}

/// The parts of a YAML text that begin with a name at the left margin, by that name.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let name = line.split(':').next().filter(|name| !name.is_empty() && line.contains(':'));
        let begins = name.is_some_and(|name| !name.starts_with([' ', '#', '-']));
        if begins {
            parts.push((name.unwrap().to_owned(), String::new()));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

/// Fields with others laid over them.
fn laid_over(base: &str, fields: &str) -> String {
    let own = parts(fields);
    let excluded = |name: &str| {
        own.iter().any(|(one, _)| {
            one == name || (name == "sessions" && matches!(one.as_str(), "cohorts" | "dates"))
        })
    };
    let kept = parts(base).into_iter().filter(|(name, _)| !excluded(name));
    kept.chain(own.clone()).map(|(_, part)| part).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// The file that an example makes: its path below `content/`, and its text.
fn example(base: &Sources, block: &Block) -> Option<(String, String)> {
    const OFFERING: &str = "offerings/self-as-core.md";
    let offering = |fields: &str| {
        let text = text_of(base, OFFERING);
        let front_matter = text.split("---\n").nth(1).unwrap().to_owned();
        (OFFERING.to_owned(), format!("---\n{}---\n", laid_over(&front_matter, fields)))
    };
    let text = &block.text;
    Some(match (block.language.as_str(), block.what.as_str()) {
        ("md", path) => (path.to_owned(), text.clone()),
        ("yaml", "offering") => offering(text),
        ("yaml", "session") => offering(&format!("sessions:\n{}", indented(text))),
        ("yaml", "enroll") => offering(&format!("enroll:\n{}", indented(text))),
        ("yaml", "catalog") => {
            ("catalog.yaml".to_owned(), laid_over(&text_of(base, "catalog.yaml"), text))
        }
        ("yaml", "requirement") => ("requirements/example.yaml".to_owned(), text.clone()),
        ("yaml", "person") => ("people/example.yaml".to_owned(), text.clone()),
        ("yaml", "place") => ("places/example.yaml".to_owned(), text.clone()),
        ("yaml", "page") => ("pages/example.yaml".to_owned(), text.clone()),
        ("yaml", path) if path.ends_with(".yaml") => (path.to_owned(), text.clone()),
        _ => return None,
    })
}

#[test]
fn every_example_is_built_and_shows_what_the_guide_says() {
    let base = source::load(Path::new("tests/guide")).unwrap();
    built(&base).unwrap();
    let (mut examples, mut shown, mut faults) = (0, 0, Vec::new());
    for (name, text) in pages() {
        let mut last: Option<Site> = None;
        for block in blocks(&text) {
            let place = format!("docs/guide/content/pages/{name}:{}", block.line);
            if let Some((path, text)) = example(&base, &block) {
                last = match built(&with(&base, &path, &text)) {
                    Ok(site) => Some(site),
                    Err(words) => {
                        faults.push(format!("{place}, as {path}:\n{text}{words}"));
                        None
                    }
                };
                examples += 1;
            } else if block.language == "text" {
                let path = match block.what.split_once(' ') {
                    None if block.what == "shows" => "/offerings/self-as-core/",
                    Some(("shown-page", path)) => path,
                    _ => continue,
                };
                let page = last.as_ref().and_then(|site| site.file_at(path));
                let page = plain(&String::from_utf8_lossy(page.map_or(b"", |page| page)));
                if !page.contains(block.text.trim()) {
                    faults.push(format!("{place}: `{}` is not in\n{page}", block.text.trim()));
                }
                shown += 1;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(examples > 80 && shown > 12, "{examples} examples, {shown} shown");
}

/// The fields that headings of a part of a page name, with those that must be there, and the
/// examples below each.
fn documented(text: &str, part: Option<&str>) -> BTreeMap<String, (bool, String)> {
    let mut found: BTreeMap<String, (bool, String)> = BTreeMap::new();
    let (mut inside, mut here) = (part.is_none(), Vec::new());
    let mut code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            code = !code;
        } else if code {
            for name in &here {
                let (_, example) = found.get_mut(name).unwrap();
                example.push_str(line);
                example.push('\n');
            }
        } else if let (Some(title), Some(part)) = (line.strip_prefix("## "), part) {
            inside = title == part;
            here.clear();
        } else if let Some(title) = line.strip_prefix("### ").filter(|_| inside) {
            here.clear();
            let pieces: Vec<&str> = title.split('`').collect();
            for pair in pieces[1..].chunks(2) {
                let must = pair.get(1).is_some_and(|after| after.starts_with(" *"));
                here.push(pair[0].to_owned());
                found.insert(pair[0].to_owned(), (must, String::new()));
            }
        }
    }
    found
}

/// Holds a part of the guide to the table of fields, both ways.
#[track_caller]
fn covers(group: &Group, page: &str, part: Option<&str>, elsewhere: &[&str]) {
    let pages = pages();
    let found = documented(&pages[page], part);
    for field in group.fields.iter().filter(|field| !elsewhere.contains(&field.name)) {
        let (must, example) = found.get(field.name).unwrap_or_else(|| {
            panic!("{page} has no heading for `{}` of {}", field.name, group.noun)
        });
        let here = format!("`{}` of {} in {page}", field.name, group.noun);
        assert_eq!(*must, field.required, "the star of {here}");
        let written = |line: &str| {
            let line = line.trim_start().trim_start_matches("- ").trim_start_matches("{ ");
            line.starts_with(&format!("{}:", field.name))
        };
        let within = example.contains(&format!(" {}: ", field.name));
        assert!(within || example.lines().any(written), "no example of {here}:\n{example}");
    }
    for name in found.keys() {
        assert!(group.field(name).is_some(), "{page}: {} has no field `{name}`", group.noun);
    }
}

#[test]
fn every_field_is_there_with_an_example() {
    covers(group("the catalog").unwrap(), "catalog.md", None, &[]);
    // The text of an offering stands below its fields; that of all entries is told in one place.
    covers(group("an offering").unwrap(), "offering.md", None, &["body"]);
    covers(group("enrollment").unwrap(), "enrollment.md", None, &[]);
    covers(group("a session").unwrap(), "session.md", None, &[]);
    let shared = ["body", "allow"];
    covers(group("a requirement").unwrap(), "entries.md", Some("Requirements"), &shared);
    covers(group("a person").unwrap(), "entries.md", Some("People"), &shared);
    covers(group("a place").unwrap(), "entries.md", Some("Places"), &shared);
    covers(group("a page").unwrap(), "entries.md", Some("Pages"), &shared);
    let both = documented(&pages()["entries.md"], Some("Fields that all of them have"));
    assert_eq!(both.keys().collect::<Vec<_>>(), ["allow", "body"]);
    // The fields of the parts are used somewhere.
    let all: String =
        pages().values().flat_map(|text| blocks(text)).map(|block| block.text).collect();
    for noun in [
        "a kind",
        "a role",
        "a network",
        "a topic",
        "a kind of credit",
        "closed days",
        "a notice",
        "a link of the menu",
        "a brand",
        "a contact",
        "a unit",
        "a team",
        "attendance",
        "a cohort",
        "a round",
        "a meeting",
        "a backup",
        "a repeat",
        "credit",
        "a material",
        "a picture",
    ] {
        for field in group(noun).unwrap_or_else(|| panic!("no group {noun}")).fields {
            let name = format!("{}:", field.name);
            assert!(all.contains(&name), "no example of `{}` of {noun}", field.name);
        }
    }
}

#[test]
fn the_guide_is_a_catalog_without_a_fault() {
    let sources = source::load(Path::new("docs/guide")).unwrap();
    let site = built(&sources).unwrap_or_else(|words| panic!("{words}"));
    for name in pages().keys() {
        let path = format!("/pages/{}/", name.trim_end_matches(".md"));
        assert!(site.file_at(&path).is_some(), "{path}");
    }
    // Links between its files lead to its pages.
    let page = String::from_utf8_lossy(site.file_at("/pages/start/").unwrap()).into_owned();
    assert!(page.contains("href=\"/guide/pages/recipes/\""), "{page}");
}

#[test]
fn it_asks_no_more_of_readers_than_eight_years_of_school() {
    let mut all = String::new();
    for (name, text) in pages() {
        let grade = reading_level::grade(&text);
        println!("{name}: grade {grade:.1}");
        assert!(grade <= GRADE, "{name} asks for grade {grade:.1}");
        all.push_str(&text);
    }
    println!("all: grade {:.1}", reading_level::grade(&all));
}

#[test]
fn the_first_change_is_followed_word_by_word() {
    walk::follow(&pages()["start.md"], folder::Folder::new());
}

#[test]
fn the_commands_are_followed_word_by_word() {
    for page in ["commands.md", "preview.md"] {
        let folder = folder::Folder::new();
        let target = folder.path("content");
        for (path, bytes) in folder::Folder::tree_at(Path::new("tests/guide/content")) {
            let path = target.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        walk::follow(&pages()[page], folder);
    }
}
