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
type Mistake = (&'static str, &'static str, &'static str, usize);

const FILE: &str = "offerings/offering-0.md";
const R: &str = "roles: ";
const S: &str = "    place: hall";

/// Mistakes in the signs of YAML: there is no tree in which others could be found.
const OF_SYNTAX: [Mistake; 7] = [
    ("summary: What one", "summary: What: one", "invalid-yaml", 0),
    ("summary: What", "summary: \"What", "invalid-yaml", 0),
    ("summary: What", "summary: &a What", "yaml-feature", 0),
    ("summary: What", "summary: !!str What", "yaml-feature", 0),
    ("summary: What", "summary: @What", "invalid-yaml", 0),
    ("summary: What", "summary: Wh\u{2028}at", "control-character", 0),
    ("  opens: 2026-10-01", "\topens: 2026-10-01", "invalid-yaml", 0),
];

const MISTAKES: [Mistake; 89] = [
    ("title: ", "titel: ", "unknown-field", 0),
    ("title: Offering", "title: [Offering]\n#", "wrong-type", 0),
    ("title: Offering", "title:\n#", "missing-field", 0),
    ("kind: ", "kinds: ", "unknown-field", 0),
    ("kind: ", "kind: x", "unknown-id", 0),
    ("kind: ", "kind: The ", "invalid-id", 0),
    ("summary: What", "summary: [What]\n#", "wrong-type", 0),
    ("summary: What", "sumary: What", "unknown-field", 0),
    ("roles: ", "roles: [dean]\n#", "unknown-id", 0),
    ("roles: ", "roles: dean\n#", "wrong-type", 0),
    ("roles: ", "roles: []\n#", "missing-field", 0),
    ("roles: ", "roles: ALL\n#", "unknown-word", 0),
    ("roles: ", "role: ", "unknown-field", 0),
    (R, "access: opne\nroles: ", "unknown-word", 0),
    (R, "draft: yes\nroles: ", "wrong-type", 0),
    (R, "featured: 1\nroles: ", "wrong-type", 0),
    (R, "title: Again\nroles: ", "duplicate-field", 0),
    (R, "colour: blue\nroles: ", "unknown-field", 0),
    (R, "prerequisites: [nothing]\nroles: ", "unknown-id", 0),
    (R, "prerequisites: nothing\nroles: ", "wrong-type", 0),
    (R, "prerequisites: [offering-0]\nroles: ", "prerequisite-cycle", 0),
    (R, "continues: nothing\nroles: ", "unknown-id", 0),
    (R, "contact: nobody\nroles: ", "unknown-id", 0),
    (R, "contact: a@example.org\nroles: ", "wrong-type", 0),
    (R, "contact: { email: a.example.org }\nroles: ", "invalid-url", 0),
    (R, "allow: [session-on-weekend]\nroles: ", "useless-allow", 0),
    (R, "allow: [no-such-check]\nroles: ", "unknown-word", 0),
    (R, "aliases: [/schedule/]\nroles: ", "alias-collision", 0),
    (R, "aliases: [../up]\nroles: ", "invalid-url", 0),
    (R, "credit: [{ type: act-49, amount: 6 }]\nroles: ", "unknown-id", 0),
    (R, "credit: [{ type: act-48, amount: none }]\nroles: ", "wrong-type", 0),
    (R, "credit: [{ type: act-48 }]\nroles: ", "missing-field", 0),
    (R, "credit: [{ type: act-48, amount: 6, hours: 6 }]\nroles: ", "unknown-field", 0),
    (R, "credit: { type: act-48, amount: 6 }\nroles: ", "wrong-type", 0),
    (R, "attendance: most\nroles: ", "unknown-word", 0),
    (R, "attendance: { at_least: 0 }\nroles: ", "invalid-number", 0),
    (R, "unit: crowd\nroles: ", "unknown-word", 0),
    (R, "unit: { min: 4, max: 3 }\nroles: ", "invalid-number", 0),
    (R, "image: { src: /files/a.png, alt: A }\nroles: ", "broken-link", 0),
    (R, "materials: [{ title: A, url: /files/a.pdf }]\nroles: ", "broken-link", 0),
    (R, "materials: [{ url: /pages/help/ }]\nroles: ", "missing-field", 0),
    (R, "materials: [A book]\nroles: ", "wrong-type", 0),
    (R, "outcomes: [\"\"]\nroles: ", "missing-field", 0),
    (R, "year: 2026\nroles: ", "invalid-date", 0),
    (R, "publish: soon\nroles: ", "invalid-date", 0),
    (R, "expire: 2027-02-30\nroles: ", "invalid-date", 0),
    (R, "cancelled: [no]\nroles: ", "wrong-type", 0),
    (R, "eligibility: \"See <b>this</b>.\"\nroles: ", "raw-html", 0),
    (R, "eligibility: \"See [here](/pages/help/).\"\nroles: ", "vague-link-text", 0),
    ("url: https://example.org", "url: example.org", "invalid-url", 0),
    ("url: https://example.org", "url: javascript:alert(1)//", "invalid-url", 0),
    ("url: https://example.org", "link: https://example.org", "unknown-field", 0),
    ("  opens: 2026-10-01", "  opens: 2026-12-31", "enroll-closes-before-opens", 1),
    ("  opens: 2026-10-01", "  opens: 10/1/2026", "invalid-date", 0),
    ("  opens: 2026-10-01", "  opened: 2026-10-01", "unknown-field", 0),
    ("  opens: 2026-10-01", "  rolling: true\n  opens: 2026-10-01", "field-conflict", 2),
    ("closes: 2026-12-20", "closes: 2028-12-20", "enroll-closes-after-end", 0),
    ("closes: 2026-12-20", "closes: 20.12.2026", "invalid-date", 0),
    ("closes: 2026-12-20", "closes: 2026-12-20 at five", "invalid-time", 0),
    ("capacity: 20", "capacity: 0", "invalid-number", 0),
    ("capacity: 20", "capacity: many", "wrong-type", 0),
    ("capacity: 20", "capacity: 20.5", "invalid-number", 0),
    ("capacity: 20", "capacity: 400", "capacity-above-place", 0),
    ("capacity: 20", "status: fulll", "unknown-word", 0),
    ("capacity: 20", "waitlist: nowhere", "invalid-url", 0),
    ("  - date: ", "  - date: 0", "invalid-date", 0),
    ("  - date: ", "  - dates: ", "wrong-type", 0),
    ("  - date: ", "  - dat: ", "unknown-field", 0),
    ("    time: 8:30-11:30 AM\n    place", "    time: 8:30\n    place", "invalid-time", 0),
    ("    time: 8:30-11:30 AM\n    place", "    tim: 8:30-11:30 AM\n    place", "unknown-field", 0),
    (
        "    time: 8:30-11:30 AM\n    place",
        "    time: 11:30-8:30 AM\n    place",
        "ends-before-start",
        0,
    ),
    (S, "    place: hal", "unknown-id", 0),
    (S, "    place: [hall]", "wrong-type", 0),
    (S, "    place: hall\n    weekday: sunday", "weekday-mismatch", 1),
    (S, "    place: hall\n    weekday: someday", "unknown-word", 1),
    (S, "    place: hall\n    month: 2027-01", "field-conflict", 1),
    (S, "    place: hall\n    places: [hall]", "field-conflict", 1),
    (S, "    place: hall\n    timezone: EST5", "unknown-timezone", 1),
    (S, "    place: hall\n    status: canceled", "unknown-word", 1),
    (S, "    place: hall\n    roles: [dean]", "unknown-id", 1),
    (S, "    place: hall\n    facilitators: [nobody]", "unknown-id", 1),
    (S, "    place: hall\n    online: yes", "wrong-type", 1),
    (S, "    place: hall\n    required: always", "wrong-type", 1),
    (S, "    place: hall\n    moved_from: last week", "invalid-date", 1),
    (S, "    place: hall\n    backup: tomorrow", "invalid-date", 1),
    (S, "    place: hall\n    recording: ftp://example.org/a", "invalid-url", 1),
    ("## What it is", "#### What it is", "heading-skips-level", 0),
    ("## What it is", "## What it is\n\n![](/files/none.png)", "image-without-alt", 2),
    ("/pages/help/", "/pages/hepl/", "broken-link", 0),
];

/// The text with a mistake, and the line of that; none where what it replaces is not there.
fn with(text: &str, (from, to, _, after): Mistake) -> Option<(String, usize)> {
    let at = text.find(from)?;
    let bad = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
    Some((bad, text[..at].matches('\n').count() + 1 + after))
}

/// The checks that speak, and on which lines.
fn told(project: &Project) -> Vec<String> {
    let of = |fault: &String| {
        let (name, place) = fault.split_once(' ').unwrap();
        let line = place.rsplit(':').nth(1).unwrap();
        format!("{name} {}:{line}", place.split(':').next().unwrap())
    };
    project.faults().iter().map(of).collect()
}

/// A picture that is not there is a mistake of its own.
fn expected(code: &str, line: usize, to: &str) -> Vec<String> {
    let mut all = vec![format!("{code} {FILE}:{line}")];
    if to.contains("none.png") {
        all.push(format!("broken-link {FILE}:{line}"));
    }
    all
}

#[test]
fn one_mistake_yields_its_check_on_its_line_and_no_other() {
    for seed in 0..CATALOGS / 15 {
        for mistake in MISTAKES.into_iter().chain(OF_SYNTAX) {
            let good = catalog(seed);
            let (bad, line) =
                with(&good.text(FILE), mistake).unwrap_or_else(|| panic!("{mistake:?}"));
            let project = good.write(FILE, &bad);
            let mut told = told(&project);
            told.sort();
            let mut wanted = expected(mistake.2, line, mistake.1);
            wanted.sort();
            assert_eq!(told, wanted, "seed {seed}\n{bad}\n{}", project.words());
        }
    }
}

/// The field that a mistake is about.
fn subject(mistake: &Mistake) -> &'static str {
    let (from, to, ..) = *mistake;
    let beside = to.strip_prefix(S).filter(|rest| rest.starts_with('\n'));
    let text = match beside {
        Some(added) => added,
        None if from == R && to.ends_with(R) => to,
        None => from,
    };
    text.trim_start_matches(['\n', ' ', '-']).split([':', ' ']).next().unwrap_or_default()
}

/// Fields of which the one is read in the light of the other: a fault of the first may leave
/// nothing to say of the second.
const TOGETHER: [&[&str]; 6] = [
    &["opens", "closes"],
    &["closes", "date", "month"],
    &["date", "weekday", "month"],
    &["capacity", "place", "status", "online"],
    &["roles", "role"],
    &["materials", "/pages/help/"],
];

/// Two mistakes in two fields of one file are two: neither hides the other, and no third appears.
#[test]
fn two_mistakes_are_both_told() {
    let mut numbers = Numbers(7);
    for (at, first) in MISTAKES.iter().enumerate() {
        for second in &MISTAKES[at + 1..] {
            let (a, b) = (subject(first), subject(second));
            let apart = a != b && !TOGETHER.iter().any(|all| all.contains(&a) && all.contains(&b));
            let elsewhere = first.0 != second.0 || first.0 == R || first.0 == S;
            if !apart || !elsewhere || !numbers.chance(12) {
                continue;
            }
            let good = catalog(3);
            let Some((one, _)) = with(&good.text(FILE), *first) else { continue };
            let Some((both, _)) = with(&one, *second) else { continue };
            let project = good.write(FILE, &both);
            let name = |fault: &String| fault.split(' ').next().unwrap_or_default().to_owned();
            let mut found: Vec<String> = told(&project).iter().map(name).collect();
            let of = |one: &Mistake| expected(one.2, 0, one.1);
            let mut wanted: Vec<String> =
                [first, second].into_iter().flat_map(of).map(|one| name(&one)).collect();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{first:?} {second:?}\n{both}\n{}", project.words());
        }
    }
}
