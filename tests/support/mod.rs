//! Small catalogs in memory, and what convene says of them.

#![allow(dead_code, clippy::expect_used, reason = "each test binary uses a part of this")]

use std::collections::BTreeMap;

use convene::build::{self, Aside, Now, Options, Site};
use convene::report;
use convene::source::Sources;
use convene::view::Tense;

/// The moment for which the tests build, unless they say otherwise.
pub const NOW: &str = "2026-11-24T09:00:00-05:00";

/// A small valid catalog, which a test changes.
pub const CATALOG: &str = "\
title: Learning
organization: Office
url: https://example.org/learn/
timezone: America/New_York
kinds:
  series: { name: Series }
roles:
  principal: { name: Principal }
  assistant-principal: { name: Assistant principal }
topics:
  equity: { name: Equity }
credits:
  act-48: { name: Act 48, unit: hours }
";

/// An offering without a fault.
pub const OFFERING: &str = "\
---
title: Self as Core
kind: series
summary: Who one is as a leader, and what follows from it.
roles: [principal]
enroll:
  url: https://example.org/enroll/self
  closes: 2027-01-10
sessions:
  - date: 2027-01-14
    time: 8:30-11:30 AM
---

About it.
";

/// A project in memory.
#[derive(Clone)]
#[must_use]
pub struct Project {
    files: BTreeMap<String, String>,
    now: String,
    strict: bool,
}

impl Project {
    /// The small valid catalog with one offering.
    pub fn new() -> Self {
        let files = [("catalog.yaml", CATALOG), ("offerings/self.md", OFFERING)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        Self { files, now: NOW.to_owned(), strict: false }
    }

    /// Adds or replaces a file below `content/`.
    pub fn write(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// Removes a file.
    pub fn without(mut self, path: &str) -> Self {
        self.files.remove(path);
        self
    }

    /// Replaces a part of a file, which must be in it exactly once.
    #[track_caller]
    pub fn change(mut self, path: &str, from: &str, to: &str) -> Self {
        let text = self.files.get_mut(path).unwrap_or_else(|| panic!("no {path}"));
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        *text = text.replace(from, to);
        self
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        self.files.get(path).unwrap_or_else(|| panic!("no {path}")).clone()
    }

    /// Another present moment.
    pub fn at(&self, now: &str) -> Self {
        Self { now: now.to_owned(), ..self.clone() }
    }

    /// Warnings are errors.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    fn sources(&self) -> Sources {
        let files = self.files.iter().map(|(path, text)| (format!("content/{path}"), text.clone()));
        Sources::from_texts(files)
    }

    fn options(&self) -> Options {
        let now = Now::Instant(self.now.parse().expect("a moment"));
        Options { now, drafts: false, future: false, strict: self.strict }
    }

    /// Everything that is wrong, one a line: `code path:line:column`.
    pub fn faults(&self) -> Vec<String> {
        let sources = self.sources();
        let diagnostics = build::check(&sources, &self.options()).diagnostics;
        report::json(&sources, &diagnostics)
            .lines()
            .map(|line| {
                let one: serde_json::Value = serde_json::from_str(line).expect("an object");
                let path = one["file"].as_str().unwrap_or_default();
                let path = path.strip_prefix("content/").unwrap_or(path);
                let code = one["code"].as_str().unwrap_or_default();
                format!("{code} {path}:{}:{}", one["line"], one["column"])
            })
            .collect()
    }

    /// Everything that is wrong, as people read it.
    pub fn words(&self) -> String {
        let sources = self.sources();
        report::human(&sources, &build::check(&sources, &self.options()).diagnostics, false)
    }

    /// The site, which must be without errors.
    #[track_caller]
    pub fn site(&self) -> Site {
        let built = build::build(&self.sources(), &self.options());
        built.value.unwrap_or_else(|| panic!("{}", self.words()))
    }

    /// The state in which the preview says that a page's offering is now.
    #[track_caller]
    pub fn present_state(&self, path: &str) -> &'static str {
        let sources = self.sources();
        build::draft(&sources, &self.options(), Aside::default(), |checked| {
            let draft = checked.value.unwrap_or_else(|| panic!("{}", self.words()));
            let facts = convene::preview::facts(&draft, &sources, &[], path);
            let steps = &facts.steps[0].steps;
            steps.iter().find(|step| step.tense == Tense::Present).expect("one is now").id
        })
    }

    /// A file of the site as text.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        let site = self.site();
        let found = site.files.iter().find(|(output, _)| output.as_str() == path);
        let (_, bytes) = found.unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(bytes.to_vec()).expect("text")
    }

    /// Asserts exactly these faults.
    #[track_caller]
    pub fn has(&self, faults: &[&str]) {
        assert_eq!(self.faults(), faults, "\n{}", self.words());
    }
}
