//! A bounded fuzz of everything that reads content: an equal of cargo-fuzz on stable Rust.
//!
//! Texts are made of pieces that mean something to YAML, to Markdown or to the format, and of
//! catalogs with parts cut, doubled, exchanged and flipped. Whatever comes, convene neither panics
//! nor takes long, and what it refuses has a place and a mend.
//!
//! `CONVENE_FUZZ_SECONDS=600 CONVENE_FUZZ_SEED=7 cargo test --release --test fuzz` runs longer, and
//! repeats a run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

#[path = "support/numbers.rs"]
mod numbers;
mod support;

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use convene::build::{self, Now, Options};
use convene::report;
use convene::source::Sources;
use numbers::Numbers;
use support::{CATALOG, NOW, OFFERING};

/// Seconds for each target unless the environment says otherwise.
const SECONDS: u64 = 2;
/// No text takes longer, even on a busy machine in a debug build.
const PATIENCE: Duration = Duration::from_secs(5);

fn from_environment(name: &str, or: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// What this process has worked so far, where Linux tells it, in steps of 10 ms (proc(5), `stat`).
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
}

/// Runs a target for its time. A failure names the seed and shows the text.
fn fuzz(name: &str, make: impl Fn(&mut Numbers) -> Vec<(String, String)>) {
    let seed = from_environment("CONVENE_FUZZ_SEED", 20_261_124);
    let time = Duration::from_secs(from_environment("CONVENE_FUZZ_SECONDS", SECONDS));
    let begun = Instant::now();
    let mut rounds = 0_u64;
    while begun.elapsed() < time {
        let mut numbers = Numbers(seed.wrapping_mul(1_000_003).wrapping_add(rounds));
        let files = make(&mut numbers);
        let (one, worked) = (Instant::now(), processor_time());
        let result = catch_unwind(AssertUnwindSafe(|| read(&files)));
        // A busy machine may stop us for a while; then less is worked than time passes.
        let worked = processor_time().zip(worked).map(|(now, then)| now.saturating_sub(then));
        let taken = one.elapsed().min(worked.unwrap_or(Duration::MAX));
        let show =
            || files.iter().map(|(path, text)| format!("{path}: {text:?}\n")).collect::<String>();
        let Ok(outcome) = result else {
            panic!("{name}, seed {seed}, round {rounds}: panic\n{}", show())
        };
        if let Err(fault) = outcome {
            panic!("{name}, seed {seed}, round {rounds}: {fault}\n{}", show());
        }
        assert!(taken < PATIENCE, "{name}, seed {seed}, round {rounds}: {taken:?}\n{}", show());
        rounds += 1;
    }
    println!("{name}: {rounds} rounds in {} s, seed {seed}", begun.elapsed().as_secs());
}

/// Builds, and looks at what is said.
fn read(files: &[(String, String)]) -> Result<(), String> {
    let sources =
        Sources::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let now = Now::Instant(NOW.parse().expect("a moment"));
    let options = Options { now, drafts: true, future: true, strict: false };
    let built = build::build(&sources, &options);
    let human = report::human(&sources, &built.diagnostics, false);
    if let Some(wide) = human.lines().find(|line| line.chars().count() > 120) {
        return Err(format!("a line is too wide: {wide}"));
    }
    for line in report::json(&sources, &built.diagnostics).lines() {
        let one: serde_json::Value =
            serde_json::from_str(line).map_err(|error| error.to_string())?;
        if one["line"].as_u64() < Some(1) || one["column"].as_u64() < Some(1) {
            return Err(format!("no place: {line}"));
        }
        let syntax =
            matches!(one["code"].as_str(), Some("invalid-yaml" | "invalid-date" | "invalid-time"));
        if syntax && one["hints"].as_array().is_none_or(Vec::is_empty) {
            return Err(format!("no mend: {line}"));
        }
    }
    if built.value.is_none() && human.is_empty() {
        return Err("nothing was built, and nothing said".to_owned());
    }
    Ok(())
}

const YAML: [&str; 58] = [
    "title: ",
    "kind: series",
    "summary: x y z",
    "roles: [principal]",
    "sessions:\n",
    "  - date: ",
    "- ",
    "  ",
    "\n",
    "\n\n",
    "---\n",
    "...\n",
    ": ",
    ":",
    "\"",
    "'",
    "|\n",
    ">-\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "#",
    "# note\n",
    "&a ",
    "*a",
    "!t ",
    "<<: ",
    "? ",
    "\t",
    "%",
    "@",
    "`",
    "\u{feff}",
    "\0",
    "\u{85}",
    "\u{2028}",
    "é",
    "界",
    "“",
    "”",
    "true",
    "null",
    "~",
    "1e999",
    "0x1F",
    "-",
    "9999999999999999999999",
    ".nan",
    "cohorts:\n",
    "  a: ",
    "enroll:\n",
    "  url: https://example.org",
    "  closes: ",
    "repeat: ",
    "\r\n",
    "allow: [x]",
];

const DATES: [&str; 44] = [
    "2027", "-01", "-14", "-02-30", "1/2/27", "Oct", "October ", "Sept ", " 1,", " 2026", "th",
    "12", "00", "31", ":30", " AM", "pm", "noon", " - ", "–", " to ", "to", "8", "13", "24:00",
    "fall ", "spring", "2026-27", "third ", "last ", "friday", "15", "every: ", "week", "2 weeks",
    "month", "count: 3", "until: ", "0", "-", ",", "１", "٣", "99999",
];

const MARKDOWN: [&str; 52] = [
    "# ",
    "## ",
    "###### ",
    "* ",
    "- [ ] ",
    "1. ",
    "> ",
    "```\n",
    "~~~",
    "    ",
    "\n",
    "\n\n",
    "|",
    "|---|\n",
    ":-:",
    "[a]",
    "(b)",
    "[^1]",
    "[^1]: ",
    "![",
    "](",
    ")",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "&amp;",
    "&#0;",
    "\\",
    "*",
    "**",
    "_",
    "`",
    "``",
    "~~",
    "{#id}",
    "{.c}",
    ": ",
    "Term\n: ",
    "http://",
    "javascript:",
    "mailto:a@b.c",
    "#top",
    "/pages/",
    "../",
    "\u{0}",
    "\u{202e}",
    "界",
    "<a@b.c>",
    "<https://x.y>",
];

fn text_of(numbers: &mut Numbers, pieces: &[&str], most: usize) -> String {
    let count = 1 + numbers.below(most);
    (0..count).map(|_| numbers.pick(pieces)).collect()
}

fn with(path: &str, text: String) -> Vec<(String, String)> {
    vec![("content/catalog.yaml".to_owned(), CATALOG.to_owned()), (format!("content/{path}"), text)]
}

#[test]
fn front_matter() {
    fuzz("front matter", |numbers| {
        let fields = text_of(numbers, &YAML, 40);
        with("offerings/self.md", format!("---\n{fields}\n---\nText.\n"))
    });
}

#[test]
fn dates_and_times() {
    fuzz("dates and times", |numbers| {
        let mut text = OFFERING.to_owned();
        let value = |numbers: &mut Numbers| text_of(numbers, &DATES, 5);
        for (from, field) in
            [("2027-01-14", "date"), ("8:30-11:30 AM", "time"), ("2027-01-10", "closes")]
        {
            if numbers.below(2) == 0 {
                text = text
                    .replace(&format!("{field}: {from}"), &format!("{field}: {}", value(numbers)));
            }
        }
        with("offerings/self.md", text)
    });
}

#[test]
fn recurrence() {
    fuzz("recurrence", |numbers| {
        let years = ["1999", "2026", "2027", "2199"];
        let date = format!(
            "{}-{:02}-{:02}",
            numbers.pick(&years),
            1 + numbers.below(12),
            1 + numbers.below(31)
        );
        let every =
            numbers.pick(&["day", "week", "month", "2 weeks", "60 months", "999 days", "3 day"]);
        let on = numbers.pick(&[
            "thursday",
            "third thursday",
            "last friday",
            "31",
            "15",
            "[monday, friday]",
            "~",
        ]);
        let end = match numbers.below(3) {
            0 => format!("count: {}", numbers.below(70_000)),
            1 => format!("until: {}-06-30", numbers.pick(&years)),
            _ => "count: 12".to_owned(),
        };
        let extra =
            numbers.pick(&["", ", skip_closed: true", ", except: [2027-01-21, 2027-02-30]"]);
        let rule =
            format!("date: {date}\n    repeat: {{ every: {every}, on: {on}, {end}{extra} }}");
        with("offerings/self.md", OFFERING.replace("date: 2027-01-14", &rule))
    });
}

#[test]
fn markdown() {
    fuzz("Markdown", |numbers| {
        let body = text_of(numbers, &MARKDOWN, 60);
        let policy = numbers.pick(&["reject", "sanitize"]);
        let mut files = with("offerings/self.md", OFFERING.replace("About it.", &body));
        files[0].1.push_str(&format!("html: {policy}\n"));
        files
    });
}

#[test]
fn whole_files_cut_doubled_and_flipped() {
    fuzz("whole files", |numbers| {
        let mut files = with("offerings/self.md", OFFERING.to_owned());
        files.push((
            "content/people.yaml".to_owned(),
            "maya:\n  name: Maya\n  email: m@example.org\n".to_owned(),
        ));
        let which = numbers.below(files.len());
        let text = &mut files[which].1;
        for _ in 0..=numbers.below(4) {
            mutate(numbers, text);
        }
        files
    });
}

fn mutate(numbers: &mut Numbers, text: &mut String) {
    let at = |numbers: &mut Numbers, text: &str| {
        let mut at = numbers.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (a, b) = (at(numbers, text), at(numbers, text));
    let (from, to) = (a.min(b), a.max(b));
    match numbers.below(5) {
        0 => text.replace_range(from..to, ""),
        1 => {
            let part = text[from..to].to_owned();
            text.insert_str(a, &part);
        }
        2 => text.truncate(from),
        3 => text.insert_str(a, numbers.pick(&YAML)),
        _ => {
            let c = char::from(numbers.below(128) as u8);
            text.insert(a, c);
        }
    }
}
