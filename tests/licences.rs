//! Every crate that is built in is under a licence that `deny.toml` allows, and comes from
//! crates.io. `cargo deny check`, which also asks for advisories, takes longer to build than all of
//! this; CI runs it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

/// What is allowed for all, and for one crate.
fn allowed() -> (BTreeSet<String>, BTreeMap<String, String>) {
    let text = fs::read_to_string("deny.toml").expect("deny.toml");
    let words = |line: &str| -> Vec<String> {
        line.split('"').skip(1).step_by(2).map(ToOwned::to_owned).collect()
    };
    let (_, rest) = text.split_once("\nallow = [").expect("a list");
    let (list, _) = rest.split_once(']').expect("its end");
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with("{ allow = ["));
    let exceptions = lines.map(|line| {
        let words = words(line);
        (words[1].clone(), words[0].clone())
    });
    (words(list).into_iter().collect(), exceptions.collect())
}

/// True when a licence expression (SPDX) can be met with these licences.
fn is_met(expression: &str, licences: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = either(&words, &mut at, licences);
    assert_eq!(at, words.len(), "{expression}");
    met
}

fn either(words: &[&str], at: &mut usize, licences: &dyn Fn(&str) -> bool) -> bool {
    let mut met = all(words, at, licences);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, licences);
    }
    met
}

fn all(words: &[&str], at: &mut usize, licences: &dyn Fn(&str) -> bool) -> bool {
    let mut met = one(words, at, licences);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, licences);
    }
    met
}

fn one(words: &[&str], at: &mut usize, licences: &dyn Fn(&str) -> bool) -> bool {
    if words.get(*at) == Some(&"(") {
        *at += 1;
        let met = either(words, at, licences);
        assert_eq!(words.get(*at), Some(&")"));
        *at += 1;
        return met;
    }
    let mut name = words[*at].to_owned();
    *at += 1;
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words[*at + 1]);
        *at += 2;
    }
    licences(&name)
}

#[test]
fn expressions_are_read_as_they_bind() {
    let mit = |name: &str| name == "MIT" || name == "ISC";
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT/GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("MIT AND ISC", true),
        ("MIT OR GPL-3.0 AND GPL-2.0", true),
        ("(MIT OR GPL-3.0) AND GPL-2.0", false),
        ("MIT WITH LLVM-exception", false),
        ("MIT WITH LLVM-exception OR ISC", true),
    ] {
        assert_eq!(is_met(expression, &mit), expected, "{expression}");
    }
}

#[test]
fn every_crate_is_under_an_allowed_licence_and_from_crates_io() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p};{l}"])
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let (licences, exceptions) = allowed();
    assert!(licences.contains("MIT") && exceptions.contains_key("webpki-roots"));
    for line in &crates {
        let (package, expression) = line.split_once(';').expect("two fields");
        let name = package.split(' ').next().unwrap();
        // A crate from elsewhere is shown with its place.
        let elsewhere = package.contains('(') && !package.contains("(proc-macro)");
        assert!(!elsewhere || name == "convene", "{package} is not from crates.io");
        let fits = |licence: &str| {
            licences.contains(licence) || exceptions.get(name).is_some_and(|one| one == licence)
        };
        assert!(!expression.is_empty() && is_met(expression, &fits), "{name}: {expression}");
    }
    assert!(crates.len() > 80, "{}", crates.len());
}
