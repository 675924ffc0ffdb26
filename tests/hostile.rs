//! Input that nobody means well: it is told with a place and a mend, in bounded time, without panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use std::time::{Duration, Instant};

use convene::diag::Diagnostic;
use convene::source::{Content, Place, SourceFile, Sources};
use convene::{lower, syntax};

const CATALOG: &str = "title: T\norganization: O\nurl: https://example.org/\n\
                       timezone: America/New_York\nkinds: {series: {name: S}}\n\
                       roles: {principal: {name: P}}\n";

fn read(content: Content) -> (Vec<Diagnostic>, Duration, Sources) {
    let sources = Sources::new(vec![
        SourceFile { path: "content/catalog.yaml".into(), content: Content::Text(CATALOG.into()) },
        SourceFile { path: "content/offerings/a.md".into(), content },
    ]);
    let start = Instant::now();
    let project = syntax::parse(&sources);
    let mut diagnostics = project.diagnostics;
    diagnostics.extend(lower::lower(&sources, &project.value).diagnostics);
    syntax::locate(&sources, &mut diagnostics);
    (diagnostics, start.elapsed(), sources)
}

#[track_caller]
fn told(content: Content, name: &str) {
    let (diagnostics, time, sources) = read(content);
    assert!(!diagnostics.is_empty(), "silence: {name}");
    // A debug build on a busy machine is given more.
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 5_000 } else { 100 });
    assert!(time < limit, "{name}: {time:?}");
    for one in &diagnostics {
        let Place::Bytes { start, end } = one.primary.span.place else { panic!("{name}: {one:?}") };
        let size = sources.get(one.primary.span.file).bytes().len();
        assert!(start <= end && end as usize <= size, "{name}: {one:?}");
        assert!(!one.hints.is_empty(), "{name}: {one:?}");
        assert!(one.message.len() < 400, "{name}: {one:?}");
    }
}

fn front(yaml: &str) -> Content {
    Content::Text(format!("---\n{yaml}\n---\n").into())
}

#[test]
fn shapes_that_exhaust_parsers() {
    let size = 60_000;
    let bomb: String = (1..12)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(",")))
        .collect();
    for (name, yaml) in [
        ("nested maps", "{a: ".repeat(size / 4)),
        ("nested lists", "[".repeat(size)),
        ("nested dashes", "- ".repeat(size / 2)),
        ("nested keys", "? ".repeat(size / 2)),
        ("indented maps", (0..300).map(|n| format!("{}a:\n", " ".repeat(n))).collect()),
        ("alias bomb", format!("a0: &a0 x\n{bomb}")),
        ("anchors", "a: &b c\n".repeat(size / 8)),
        ("tags", "a: !b c\n".repeat(size / 8)),
        ("duplicate keys", "a: 1\n".repeat(size / 5)),
        ("many fields", (0..6000).map(|n| format!("f{n}: 1\n")).collect()),
        ("long fields", (0..40).map(|n| format!("{n}{}: 1\n", "x".repeat(1000))).collect()),
        ("one long line", format!("title: {}", "a: ".repeat(size / 3))),
        ("open quote", format!("title: \"{}", "a\n".repeat(size / 2))),
        ("many quotes", "title: \"\n".repeat(size / 9)),
        ("many brackets", "a: [\n".repeat(size / 5)),
        ("closed brackets, then a fault", format!("{}x: @", "a: [x]\n".repeat(size / 8))),
        ("quotes over lines, then a fault", format!("{}x: @", "a: \"x\n  y\"\n".repeat(size / 12))),
        ("colons", ":".repeat(size)),
        ("hashes", "#\n".repeat(size / 2)),
        ("percent", "%a b\n".repeat(size / 5)),
        ("documents", "---x\n".repeat(size / 5)),
        ("document ends", "...\n".repeat(size / 4)),
        ("block texts", "a: |\n".repeat(size / 5)),
        ("NUL", "\0".repeat(size)),
        ("line separators", "\u{2028}".repeat(size / 3)),
        ("sessions without a date", format!("sessions:\n{}", "  - {}\n".repeat(size / 8))),
        ("too large", "a".repeat(70_000)),
        ("numbers", format!("title: [{}]", "99999999999999999999999999,".repeat(2000))),
        (
            "raw words",
            format!(
                "title: A\nkind: series\nsummary: S\nroles: all\nhosts: [{}",
                "1,".repeat(20_000)
            ),
        ),
        (
            "zones",
            format!("sessions:\n{}", "  - {date: 2026-10-01, timezone: Mars}\n".repeat(1400)),
        ),
    ] {
        told(front(&yaml), name);
    }
}

#[test]
fn files_that_are_no_text() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("---\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, bytes) in [
        ("UTF-16", utf16),
        ("Latin-1", b"---\ntitle: caf\xe9\n---\n".to_vec()),
        ("Word", b"PK\x03\x04\xff\xff".to_vec()),
        ("zeros", vec![0xff; 10_000]),
    ] {
        told(Content::Binary(bytes.into()), name);
    }
    let (found, _, sources) = read(Content::Binary(b"---\ntitle: caf\xe9\n---\n".to_vec().into()));
    let Place::Bytes { start, .. } = found[0].primary.span.place else { panic!() };
    let at = sources.get(found[0].primary.span.file).location(start as usize);
    assert_eq!((at.line, at.column), (2, 11));
}

/// A small generator with a fixed seed: the same inputs on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

#[test]
fn random_front_matter() {
    const PIECES: &[&str] = &[
        "title",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\"",
        "'",
        "|",
        ">",
        "\n---\n",
        "...",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "#",
        " #",
        "é",
        "“",
        "\t",
        "\r\n",
        "\r",
        "\u{85}",
        "\u{feff}",
        "sessions",
        "date",
        "2026-10-01",
        "roles",
        "all",
        "? ",
        "~",
        "null",
        "1",
        "2.5",
        "true",
        "<<",
        "\\",
        "\0",
        "a",
        " ",
        "kind",
        "enroll",
        "url",
    ];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..5_000 {
        let length = 1 + random.below(40);
        let yaml: String = (0..length).map(|_| PIECES[random.below(PIECES.len())]).collect();
        told(front(&yaml), &yaml);
    }
}

#[test]
fn mutations_of_an_offering() {
    const GOOD: &str = "title: Self as Core\nkind: series\nsummary: Six half days.\nroles: \
                        [principal]\nsessions:\n  - date: 2026-10-01\n    time: 8:30 AM - 4 PM\n  \
                        - dates:\n      - 2026-11-01\nenroll:\n  url: https://example.org/\n  \
                        opens: 2026-09-01\nimage: {src: a.jpg, alt: A}\n";
    let mut random = Random(42);
    for _ in 0..5_000 {
        let mut bytes = GOOD.as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, b" :-\n\"'[]{}#&*!|>%@`\tx1"[random.below(22)]),
                _ => bytes[at] = b" :-\n\"'[]{}#&*!|>%@`\tx1"[random.below(22)],
            }
        }
        let yaml = String::from_utf8(bytes).unwrap();
        let (diagnostics, ..) = read(front(&yaml));
        for one in diagnostics {
            assert!(matches!(one.primary.span.place, Place::Bytes { .. }), "{yaml}");
            assert!(!one.hints.is_empty(), "{one:?}\n{yaml}");
        }
    }
}
