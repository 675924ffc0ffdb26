//! Properties of random catalogs: a valid one has no fault and builds the same bytes twice; one
//! mistake in it yields the check that belongs to it, on the line of the mistake.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

#[path = "support/numbers.rs"]
mod numbers;
mod support;

use jiff::civil::{Date, date};
use numbers::Numbers;
use support::Project;

const CATALOGS: u64 = 150;

const CATALOG: &str = "\
title: Learning
organization: Office
url: https://example.org/learn/
timezone: America/New_York
kinds:
  series: { name: Series }
  convening: { name: Convening }
roles:
  principal: { name: Principal }
  assistant-principal: { name: Assistant principal }
topics:
  equity: { name: Equity }
  practice: { name: Practice }
networks:
  north: { name: North }
credits:
  act-48: { name: Act 48, unit: hours }
closed:
  - { date: 2027-01-18, name: Holiday }
";

/// Days of offerings: each has a fortnight of its own, so that nobody is in two places.
struct Days {
    next: Date,
}

impl Days {
    /// The next working day that is not closed.
    fn take(&mut self) -> Date {
        loop {
            self.next = self.next.tomorrow().unwrap();
            let weekend = self.next.weekday().to_monday_zero_offset() > 4;
            if !weekend && self.next != date(2027, 1, 18) {
                return self.next;
            }
        }
    }
}

/// One session that is on a day, in one of many ways to write it.
fn session(numbers: &mut Numbers, days: &mut Days, n: usize) -> String {
    let mut text = match numbers.below(7) {
        0 => {
            let (a, b) = (days.take(), days.take());
            format!("  - dates: [{a}, {b}]\n    time: 8:30 AM - 4:00 PM\n")
        }
        1 => {
            let (a, b) = (days.take(), days.take());
            format!(
                "  - meetings:\n      - {{ date: {a}, time: 9 AM - noon }}\n      - {{ date: {b}, time: 13:00-15:00 }}\n"
            )
        }
        2 => {
            let (a, b) = (days.take(), days.take());
            format!(
                "  - alternatives:\n      - {{ date: {a}, time: 8:30-11:30 AM }}\n      - {{ date: {b} }}\n"
            )
        }
        3 => {
            let first = days.take();
            days.next = first.checked_add(jiff::Span::new().days(21)).unwrap();
            format!(
                "  - date: {first}\n    time: 1:00-3:00 PM\n    repeat: {{ every: week, count: 3, skip_closed: true }}\n"
            )
        }
        4 => {
            let day = days.take();
            let weekday = day.strftime("%A").to_string().to_lowercase();
            format!(
                "  - date: {}\n    weekday: {weekday}\n    time: 08:30–16:00\n",
                day.strftime("%B %-d, %Y")
            )
        }
        _ => format!("  - date: {}\n    time: 8:30-11:30 AM\n", days.take()),
    };
    if numbers.chance(3) {
        text.push_str(&format!("    title: Step {n}\n"));
    }
    if numbers.chance(4) {
        text.push_str("    facilitators: [sam]\n");
    }
    text
}

/// An offering without a fault. Its first session is on a plain `date` line.
fn offering(numbers: &mut Numbers, days: &mut Days, n: usize) -> String {
    let mut text =
        format!("---\ntitle: Offering {n}\nkind: {}\n", numbers.pick(&["series", "convening"]));
    text.push_str("summary: What one does there, and what it is good for.\n");
    text.push_str(&format!(
        "roles: {}\n",
        numbers.pick(&["all", "[principal]", "[principal, assistant-principal]"])
    ));
    for line in [
        "topics: [equity]\n",
        "networks: [north]\n",
        "private: false\n",
        "cost: No cost\n",
        "hosts: [One, Two]\n",
        "facilitators: [maya]\n",
        "commitment: \"six days: all\"\n",
    ] {
        if numbers.chance(2) {
            text.push_str(line);
        }
    }
    text.push_str(&format!("enroll:\n  url: https://example.org/enroll/{n}\n  opens: 2026-10-01\n  closes: 2026-12-20\n  capacity: 20\n"));
    text.push_str("sessions:\n");
    text.push_str(&format!(
        "  - date: {}\n    time: 8:30-11:30 AM\n    place: hall\n",
        days.take()
    ));
    for session_n in 0..numbers.below(4) {
        text.push_str(&session(numbers, days, session_n));
    }
    text.push_str("---\n\n## What it is\n\nSome words with a [page on help](/pages/help/).\n");
    text
}

fn catalog(seed: u64) -> Project {
    let mut numbers = Numbers(seed);
    let mut days = Days { next: date(2026, 12, 31) };
    let mut project = Project::new()
        .without("offerings/self.md")
        .write("catalog.yaml", CATALOG)
        .write("people/maya.md", "---\nname: Maya Ortiz\nemail: maya@example.org\n---\n")
        .write("people/sam.yaml", "name: Sam Rivera\nbody: Some words.\n")
        .write("places.yaml", "hall:\n  name: Main Hall\n  capacity: 40\n")
        .write("pages/help.md", "---\ntitle: Help\n---\n\n## Whom to ask\n\nUs.\n")
        .write(
            "requirements/one.md",
            "---\ntitle: One a year\nroles: [principal]\nchoose: 1\nof: [offering-0]\n---\n",
        );
    for n in 0..=numbers.below(3) {
        let text = offering(&mut numbers, &mut days, n);
        project = project.write(&format!("offerings/offering-{n}.md"), &text);
    }
    project
}

#[test]
fn a_valid_catalog_has_no_fault() {
    for seed in 0..CATALOGS {
        let project = catalog(seed);
        assert!(project.faults().is_empty(), "seed {seed}\n{}", project.words());
    }
}

#[test]
fn a_valid_catalog_builds_the_same_bytes_twice() {
    for seed in 0..10 {
        assert_eq!(catalog(seed).site().files, catalog(seed).site().files, "seed {seed}");
    }
}

/// A mistake: what is replaced by what in the first offering, and the check that finds it there.
/// The line is that of the first changed line, and so many after it.
const MISTAKES: [(&str, &str, &str, usize); 43] = [
    ("title: ", "titel: ", "unknown-field", 0),
    ("kind: ", "kinds: ", "unknown-field", 0),
    ("kind: ", "kind: x", "unknown-id", 0),
    ("summary: What", "summary: [What]\n#", "wrong-type", 0),
    ("summary: What one", "summary: What: one", "invalid-yaml", 0),
    ("summary: What", "summary: \"What", "invalid-yaml", 0),
    ("summary: What", "summary: &a What", "yaml-feature", 0),
    ("summary: What", "summary: !!str What", "yaml-feature", 0),
    ("summary: What", "summary: @What", "invalid-yaml", 0),
    ("summary: What", "summary: Wh\u{2028}at", "control-character", 0),
    ("roles: ", "roles: [dean]\n#", "unknown-id", 0),
    ("roles: ", "roles: dean\n#", "wrong-type", 0),
    ("roles: ", "access: opne\nroles: ", "unknown-word", 0),
    ("roles: ", "draft: yes\nroles: ", "wrong-type", 0),
    ("roles: ", "title: Again\nroles: ", "duplicate-field", 0),
    ("roles: ", "prerequisites: [nothing]\nroles: ", "unknown-id", 0),
    ("roles: ", "prerequisites: [offering-0]\nroles: ", "prerequisite-cycle", 0),
    ("roles: ", "contact: nobody\nroles: ", "unknown-id", 0),
    ("roles: ", "allow: [session-on-weekend]\nroles: ", "useless-allow", 0),
    ("roles: ", "aliases: [/schedule/]\nroles: ", "alias-collision", 0),
    ("roles: ", "aliases: [../up]\nroles: ", "invalid-url", 0),
    ("roles: ", "credit: [{ type: act-49, amount: 6 }]\nroles: ", "unknown-id", 0),
    ("roles: ", "credit: [{ type: act-48, amount: none }]\nroles: ", "wrong-type", 0),
    ("roles: ", "image: { src: /files/a.png, alt: A }\nroles: ", "broken-link", 0),
    ("roles: ", "image: { src: /files/a.png }\nroles: ", "image-without-alt", 0),
    ("url: https://example.org", "url: example.org", "invalid-url", 0),
    ("url: https://example.org", "url: javascript:alert(1)//", "invalid-url", 0),
    ("  opens: 2026-10-01", "  opens: 2026-12-31", "enroll-closes-before-opens", 1),
    ("  opens: 2026-10-01", "\topens: 2026-10-01", "invalid-yaml", 0),
    ("closes: 2026-12-20", "closes: 2028-12-20", "enroll-closes-after-end", 0),
    ("closes: 2026-12-20", "closes: 20.12.2026", "invalid-date", 0),
    ("closes: 2026-12-20", "closes: 2026-12-20 at five", "invalid-time", 0),
    ("capacity: 20", "capacity: 0", "invalid-number", 0),
    ("capacity: 20", "capacity: many", "wrong-type", 0),
    ("capacity: 20", "capacity: 400", "capacity-above-place", 0),
    ("  - date: ", "  - date: 0", "invalid-date", 0),
    ("    time: 8:30-11:30 AM\n    place", "    time: 8:30\n    place", "invalid-time", 0),
    (
        "    time: 8:30-11:30 AM\n    place",
        "    time: 11:30-8:30 AM\n    place",
        "ends-before-start",
        0,
    ),
    ("    place: hall", "    place: hal", "unknown-id", 0),
    ("    place: hall", "    place: hall\n    weekday: sunday", "weekday-mismatch", 1),
    ("    place: hall", "    place: hall\n    month: 2027-01", "field-conflict", 1),
    ("## What it is", "#### What it is", "heading-skips-level", 0),
    ("/pages/help/", "/pages/hepl/", "broken-link", 0),
];

#[test]
fn one_mistake_yields_its_check_on_its_line() {
    const FILE: &str = "offerings/offering-0.md";
    for seed in 0..CATALOGS / 5 {
        for (from, to, code, after) in MISTAKES {
            let good = catalog(seed);
            let text = good.text(FILE);
            let at = text.find(from).unwrap_or_else(|| panic!("{from}"));
            let bad = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
            let line = text[..at].matches('\n').count() + 1 + after;
            let project = good.write(FILE, &bad);
            let faults = project.faults();
            let found = faults.iter().any(|one| one.starts_with(&format!("{code} {FILE}:{line}:")));
            assert!(found, "seed {seed}: {code} at line {line}\n{bad}\n{}", project.words());
        }
    }
}
