//! The rooms of `ARCHITECTURE.md`, held against the code: who uses whom, and who touches the world.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// What each room may use, as the table of `ARCHITECTURE.md` says.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").expect("the map");
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut above: BTreeSet<String> = BTreeSet::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let names = cells[0].split(", ").map(|name| name.trim_matches('`').to_owned());
        let uses: BTreeSet<String> = match cells[2] {
            "" => BTreeSet::new(),
            "all above" => above.clone(),
            names => names.split(", ").map(ToOwned::to_owned).collect(),
        };
        for name in names {
            above.insert(name.clone());
            table.insert(name, uses.clone());
        }
    }
    table
}

/// Every source file with the room that it belongs to.
fn files() -> Vec<(String, String, String)> {
    WalkDir::new("src")
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| {
            let path = entry.path().to_string_lossy().replace('\\', "/");
            let room = path.trim_start_matches("src/").split('/').next().unwrap_or_default();
            let room = room.trim_end_matches(".rs").to_owned();
            (path, room, fs::read_to_string(entry.path()).expect("source"))
        })
        .filter(|(path, ..)| path != "src/lib.rs" && path != "src/main.rs")
        .collect()
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let end = text.find("#[cfg(test)]").unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn every_room_uses_only_what_the_map_allows() {
    let table = table();
    let mut faults = Vec::new();
    for (path, room, text) in files() {
        let allowed = table.get(&room).unwrap_or_else(|| panic!("{room} is not on the map"));
        for line in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let names: Vec<&str> = match rest.strip_prefix('{') {
                    Some(list) => list
                        .split(',')
                        .map(|name| name.trim().split("::").next().unwrap_or(""))
                        .collect(),
                    None => vec![
                        rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""),
                    ],
                };
                for name in names {
                    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
                    if name != room && table.contains_key(name) && !allowed.contains(name) {
                        faults.push(format!("{path} uses {name}: {}", line.trim()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_map_names_every_room() {
    let rooms: BTreeSet<String> = files().into_iter().map(|(_, room, _)| room).collect();
    let named: BTreeSet<String> = table().into_keys().collect();
    assert_eq!(rooms, named);
}

#[test]
fn the_disk_and_the_clock_belong_to_a_few_rooms() {
    let mut faults = Vec::new();
    for (path, room, text) in files() {
        for line in code(&text) {
            let disk = line.contains("std::fs") || line.contains("fs::");
            if disk && !matches!(room.as_str(), "source" | "publish" | "serve" | "cli") {
                faults.push(format!("{path} touches the disk: {}", line.trim()));
            }
            let clock = line.contains("::now()") && !line.contains("Instant::now()");
            if clock && room != "cli" {
                faults.push(format!("{path} reads the clock: {}", line.trim()));
            }
            let environment = line.contains("env::var");
            if environment && room != "cli" {
                faults.push(format!("{path} reads the environment: {}", line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn one_room_alone_reads_yaml_and_one_alone_fills_templates() {
    for (path, room, text) in files() {
        for line in code(&text) {
            let yaml = line.contains("serde_yaml") || line.contains("saphyr");
            assert!(!yaml || room == "syntax", "{path}: {line}");
            // A view that many pages share keeps the value that templates see of it.
            let value = line == "use tera::Value;" && path.ends_with("view/shared.rs");
            assert!(!line.contains("tera::") || room == "render" || value, "{path}: {line}");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for (path, _, text) in files() {
        assert!(text.starts_with("//! "), "{path}");
    }
}

#[test]
fn nothing_is_left_for_later() {
    for (path, _, text) in files() {
        for mark in ["todo!(", "unimplemented!(", "FIXME", "XXX", "dbg!("] {
            assert!(!text.contains(mark), "{path} has {mark}");
        }
    }
    assert!(Path::new("LICENSE-MIT").exists() && Path::new("LICENSE-APACHE").exists());
}
