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

use convene::build::{self, Now, Options, Site};
use convene::import::{self, Wish};
use convene::model::{SitePath, Url};
use convene::report;
use convene::scaffold::Surroundings;
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
    fuzz_and(name, make, |files| read(files).map(drop));
}

/// The same, by a reader of one's own.
fn fuzz_and(
    name: &str,
    make: impl Fn(&mut Numbers) -> Vec<(String, String)>,
    read: impl Fn(&[(String, String)]) -> Result<(), String>,
) {
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

/// Builds, and looks at what is said. Gives the site, if there is one.
fn read(files: &[(String, String)]) -> Result<Option<Site>, String> {
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
    Ok(built.value)
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

/// A text as YAML writes it, whatever is in it.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

const CALENDAR: [&str; 34] = [
    "Self",
    " ",
    "as",
    ",",
    ";",
    ":",
    "\\",
    "\\n",
    "\\,",
    "\"",
    "'",
    "\n",
    "\r\n",
    "\t",
    "END:VEVENT",
    "BEGIN:VALARM",
    "ATTENDEE:mailto:a@example.org",
    "X-A=",
    "é",
    "界",
    "𝒳",
    "👩\u{200d}🏫",
    "\u{301}",
    "\u{2028}",
    "\u{85}",
    "\u{200b}",
    "\u{202e}",
    "=",
    "<b>",
    "&amp;",
    "%0d%0a",
    "a",
    "ab",
    "a word that is long enough to fold a line somewhere in the middle of it",
];

#[test]
fn calendars() {
    fuzz_and(
        "calendars",
        |numbers| {
            let text = |numbers: &mut Numbers| quoted(&text_of(numbers, &CALENDAR, 30));
            let offering = OFFERING.replace("Self as Core", &text(numbers));
            // One site, many texts.
            let sessions: String = (1..=20)
                .map(|day| {
                    format!(
                        "  - date: 2027-01-{day:02}\n    title: {}\n    place: {}\n    note: {}\n    \
                         moved_from: 2026-12-14\n    reason: {}\n",
                        text(numbers),
                        text(numbers),
                        text(numbers),
                        text(numbers)
                    )
                })
                .collect();
            let (before, after) = offering.split_once("  - date: 2027-01-14").expect("a session");
            let (_, after) = after.split_once("---").expect("the end of the fields");
            let offering = format!("{before}{sessions}---{after}");
            with("offerings/self.md", offering)
        },
        |files| {
            let Some(site) = read(files)? else { return Ok(()) };
            let mut calendars = 0;
            for (path, bytes) in
                site.files.iter().filter(|(path, _)| path.as_str().ends_with(".ics"))
            {
                let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
                calendar(text).map_err(|fault| format!("{path}: {fault}"))?;
                calendars += 1;
            }
            if calendars == 0 { Err("no calendar".to_owned()) } else { Ok(()) }
        },
    );
}

/// What is wrong with the lines of a calendar (RFC 5545, 3.1 and 3.3.11).
fn calendar(text: &str) -> Result<(), String> {
    if text.replace("\r\n", "").contains(['\r', '\n']) || !text.ends_with("\r\n") {
        return Err("a line end alone".to_owned());
    }
    if let Some(long) = text.split("\r\n").find(|line| line.len() > 75) {
        return Err(format!("a line of {} octets: {long}", long.len()));
    }
    let whole = text.replace("\r\n ", "");
    let mut open = Vec::new();
    for line in whole.split_terminator("\r\n") {
        let end = line.find([':', ';']).ok_or_else(|| format!("no property: {line}"))?;
        let (name, value) = (&line[..end], &line[end + 1..]);
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_uppercase() || b == b'-') {
            return Err(format!("not a property: {line}"));
        }
        match name {
            "BEGIN"
                if ["VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"]
                    .contains(&value) =>
            {
                open.push(value);
            }
            "END" if open.pop() == Some(value) => {}
            "BEGIN" | "END" | "ATTENDEE" | "ORGANIZER" => return Err(format!("not ours: {line}")),
            "SUMMARY" | "DESCRIPTION" | "LOCATION" => escaped(value)?,
            _ => {}
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("not closed: {open:?}")) }
}

/// A value that is text has no bare comma, semicolon or control character, and no escape but four.
fn escaped(value: &str) -> Result<(), String> {
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        let fits = match c {
            '\\' => characters.next().is_some_and(|c| matches!(c, '\\' | ';' | ',' | 'n')),
            c => !matches!(c, ';' | ',') && !c.is_control(),
        };
        if !fits {
            return Err(format!("not escaped: {value}"));
        }
    }
    Ok(())
}

const TABLE: [&str; 44] = [
    "Title",
    "Date",
    "Time",
    "Place",
    "Session",
    "Facilitator",
    "Link",
    "Notes",
    ",",
    ",",
    ",",
    ";",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\"",
    "\"\"",
    "2027-01-14",
    "1/14/2027",
    "Jan 14",
    "14.01.2027",
    "8:30 AM",
    "8:30-11:30 AM",
    "noon",
    "TBA",
    "=1+1",
    "+1",
    "@x",
    "é",
    "界",
    "\u{0}",
    "\u{feff}",
    "PK\u{3}\u{4}",
    "BEGIN:VCALENDAR\r\n",
    "BEGIN:VEVENT\r\n",
    "DTSTART:20270114T083000\r\n",
    "SUMMARY:A\\, b\r\n",
    "DTSTART;TZID=America/New_York:20270114T0830\r\n",
    "RRULE:FREQ=DAILY;COUNT=99999\r\n",
    "END:VEVENT\r\n",
    "END:VCALENDAR\r\n",
    " folded",
    "UID:a\r\n",
];

#[test]
fn import_of_tables_and_calendars() {
    fuzz_and(
        "import",
        |numbers| {
            let begin =
                numbers.pick(&["", "Title,Date,Time\n", "Title\tDate\n", "BEGIN:VCALENDAR\r\n"]);
            with("table", format!("{begin}{}", text_of(numbers, &TABLE, 60)))
        },
        |files| {
            let (table, content) = files.split_last().ok_or("no table")?;
            let sources = Sources::from_texts(content.iter().cloned());
            let around = Surroundings::of(&sources);
            let wish = Wish { kind: Some("series".to_owned()), ..Wish::default() };
            let Ok(import) = import::import(&around, table.1.as_bytes(), &wish) else {
                return Ok(());
            };
            let mut all = content.to_vec();
            for planned in import.offerings {
                let path = planned.file.path;
                let id = path
                    .strip_prefix("content/offerings/")
                    .and_then(|path| path.strip_suffix(".md"));
                let id = id.ok_or_else(|| format!("a file elsewhere: {path}"))?;
                let fits =
                    |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/".contains(&b);
                if id.is_empty() || !id.bytes().all(fits) {
                    return Err(format!("no ID: {path}"));
                }
                all.push((path, planned.file.text));
            }
            // What was written can be read.
            read(&all).map(drop)
        },
    );
}

const PATHS: [&str; 45] = [
    "/",
    "/",
    "/",
    ".",
    "..",
    "../",
    "/..",
    "%2e",
    "%2E%2e",
    "%2f",
    "%5c",
    "%00",
    "\\",
    "a",
    "b",
    "old",
    "Old",
    "OLD",
    "é",
    "e\u{301}",
    "ſ",
    "K",
    "\u{212a}",
    "ß",
    "ẞ",
    "i",
    "İ",
    "con",
    "CON",
    "nul.txt",
    "com1",
    "aux",
    "index.html",
    "offerings",
    "self",
    "~",
    "$",
    " ",
    ". ",
    "?",
    "#",
    ":",
    "*",
    "\u{0}",
    "\u{202e}",
];

#[test]
fn aliases_and_paths() {
    fuzz_and(
        "aliases and paths",
        |numbers| {
            let path = |numbers: &mut Numbers| quoted(&format!("/{}", text_of(numbers, &PATHS, 8)));
            let aliases = [path(numbers), path(numbers), path(numbers)].join(", ");
            let image = path(numbers);
            let mut text = OFFERING.replace("roles:", &format!("aliases: [{aliases}]\nroles:"));
            if numbers.below(4) == 0 {
                text =
                    text.replace("roles:", &format!("image: {{ src: {image}, alt: A }}\nroles:"));
            }
            let mut files = with("offerings/self.md", text);
            let name = text_of(numbers, &PATHS, 4);
            files.push((format!("content/files/{name}"), "x".to_owned()));
            files
        },
        |files| {
            let Some(site) = read(files)? else { return Ok(()) };
            let mut folded = std::collections::BTreeSet::new();
            for path in site.files.keys() {
                is_safe(&format!("/{path}"))?;
                let name: String =
                    unicode_normalization::UnicodeNormalization::nfc(path.as_str()).collect();
                if !folded.insert(name.to_lowercase()) {
                    return Err(format!("two files at {path}"));
                }
            }
            Ok(())
        },
    );
}

#[test]
fn paths_and_addresses() {
    fuzz_and(
        "paths",
        |numbers| {
            let paths = (0..500).map(|_| format!("/{}", text_of(numbers, &PATHS, 8)));
            vec![("paths".to_owned(), paths.collect::<Vec<_>>().join("\n"))]
        },
        |files| {
            for text in files[0].1.split('\n') {
                // Whatever comes, it is refused or safe.
                if let Ok(path) = SitePath::new(text) {
                    is_safe(path.as_str())?;
                }
                if let Ok(Url::Site { path, .. }) = Url::parse(text) {
                    is_safe(path.as_str())?;
                }
                if let Ok(Url::Absolute(url)) = Url::parse(text.trim_start_matches('/')) {
                    return Err(format!("an address: {url}"));
                }
            }
            Ok(())
        },
    );
}

/// A path that stays in its folder, on every system.
fn is_safe(path: &str) -> Result<(), String> {
    let inner = path.strip_prefix('/').ok_or_else(|| format!("not from the root: {path}"))?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let bad = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        part.is_empty()
            || part.starts_with(' ')
            || part.ends_with(['.', ' '])
            || part.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '%', '#', '\0'])
            || ["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.as_str())
    };
    match inner.split('/').find(|part| bad(part)) {
        Some(part) if !inner.is_empty() => Err(format!("{path:?} has the part {part:?}")),
        _ => Ok(()),
    }
}
