//! What a person sees of mistakes in content: the check, the line, the column, the words.

use convene::diag::Diagnostic;
use convene::model::{Catalog, Gap};
use convene::source::{Place, Sources};
use convene::{lower, syntax};

const CATALOG: &str = "\
title: Leadership Catalog
organization: Example School District
url: https://example.org/learning
timezone: America/New_York
kinds:
  series: { name: Series, plural: Series }
  convening: { name: Convening }
roles:
  principal: { name: Principal }
topics:
  equity: { name: Equity }
credits:
  act-48: { name: Act 48, unit: hours }
";

const OFFERING: &str = "\
---
title: Self as Core
kind: series
summary: Six half days.
roles: [principal]
---
Body.
";

fn read(sources: &Sources) -> (Catalog, Vec<Diagnostic>) {
    let project = syntax::parse(sources);
    let lowered = lower::lower(sources, &project.value);
    let mut diagnostics = project.diagnostics;
    diagnostics.extend(lowered.diagnostics);
    syntax::locate(sources, &mut diagnostics);
    diagnostics.sort_by_key(|one| (one.primary.span.file, one.primary.span.place));
    (lowered.value, diagnostics)
}

/// A catalog with one file more, and what was said of it: `line:column code: message`.
#[track_caller]
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut files = vec![("content/catalog.yaml", CATALOG)];
    files.retain(|(known, _)| *known != path);
    files.push((path, text));
    let sources = Sources::from_texts(files);
    let (_, diagnostics) = read(&sources);
    diagnostics
        .iter()
        .map(|one| {
            let Place::Bytes { start, end } = one.primary.span.place else {
                panic!("not located: {one:?}");
            };
            let source = sources.get(one.primary.span.file);
            assert_eq!(&*source.path, path, "{one:?}");
            assert!(start <= end && end as usize <= source.bytes().len(), "{one:?}");
            assert!(!one.hints.is_empty(), "no mend: {one:?}");
            let at = source.location(start as usize);
            format!("{}:{} {}: {}", at.line, at.column, one.code, one.message)
        })
        .collect()
}

#[track_caller]
fn expect(path: &str, text: &str, expected: &[&str]) {
    assert_eq!(faults(path, text), expected, "\n{text}");
}

/// An offering with more fields.
fn offering(fields: &str) -> String {
    OFFERING.replace("roles: [principal]\n", &format!("roles: [principal]\n{fields}"))
}

/// Expects faults in fields written from line 6 on.
#[track_caller]
fn in_offering(fields: &str, expected: &[&str]) {
    expect("content/offerings/self-as-core.md", &offering(fields), expected);
}

#[test]
fn good_content_has_no_fault() {
    let sources = Sources::from_texts([
        ("content/catalog.yaml", CATALOG),
        ("content/offerings/self-as-core.md", OFFERING),
        ("content/people.yaml", "dana-reyes:\n  name: Dana Reyes\n  phone: 5551234\n"),
        ("content/files/map.pdf", "x"),
        ("content/offerings/group/team.jpg", "x"),
    ]);
    let (catalog, diagnostics) = read(&sources);
    assert_eq!(diagnostics, []);
    assert_eq!(catalog.offerings.len(), 1);
    assert_eq!(&*catalog.settings.url.value, "https://example.org/learning/");
    let files: Vec<&str> = catalog.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, ["/files/map.pdf", "/offerings/group/team.jpg"]);
    let dana = catalog.people.values().next().unwrap();
    assert_eq!(dana.phone.as_deref(), Some("5551234"));
}

#[test]
fn texts_that_yaml_takes_for_something_else() {
    let text = OFFERING.replace("Self as Core", "2026").replace("Six half days.", "no").replace(
        "roles:",
        "cost: 2.50\ncommitment: 0x1F\ndates: 0123\nhosts: [true, Null, off]\nroles:",
    );
    let sources = Sources::from_texts([
        ("content/catalog.yaml", CATALOG),
        ("content/offerings/self-as-core.md", &text),
    ]);
    let (catalog, diagnostics) = read(&sources);
    assert_eq!(diagnostics, []);
    let offering = catalog.offerings.values().next().unwrap();
    assert_eq!(offering.title.value, "2026");
    assert_eq!(offering.summary.value, "no");
    assert_eq!(offering.cost.as_ref().unwrap().value, "2.50");
    assert_eq!(offering.commitment.as_ref().unwrap().value, "0x1F");
    assert_eq!(offering.dates.as_ref().unwrap().value, "0123");
    let hosts: Vec<&str> = offering.hosts.iter().map(|host| host.value.as_str()).collect();
    assert_eq!(hosts, ["true", "Null", "off"]);
}

#[test]
fn files_and_front_matter() {
    let path = "content/offerings/a.md";
    expect(path, "", &["1:1 missing-front-matter: this file is empty"]);
    expect(
        path,
        "title: A\n",
        &["1:1 missing-front-matter: the front matter is missing: the first line must be `---`"],
    );
    expect(
        path,
        "—\ntitle: A\n—\n",
        &[
            "1:1 missing-front-matter: this line is `—`, and must be `---`: three hyphens and nothing else",
        ],
    );
    expect(
        path,
        "---\ntitle: A\n",
        &["1:1 unclosed-front-matter: the front matter that begins here is never closed"],
    );
    expect(path, "---\n---\n", &["1:1 missing-front-matter: there are no fields here"]);
    expect(
        path,
        "---\n- a\n---\n",
        &["2:1 invalid-yaml: a list stands here where fields are expected"],
    );
    let crlf = format!("\u{feff}{}", OFFERING.replace('\n', "\r\n").replace("---\r", "---  \r"));
    expect(path, &crlf, &[]);
    expect(
        path,
        &crlf.replace("kind", "knd"),
        &["3:1 unknown-field: an offering has no field `knd`"],
    );
    expect(
        "content/catalog.yml",
        "",
        &["1:1 unexpected-file: the name `catalog.yml` ends with `.yml`"],
    );
    for (path, words) in [
        (
            "content/offerings/a.yml",
            "a file that ends with `.yml` is no entry of `content/offerings/`",
        ),
        (
            "content/offerings/a.docx",
            "a file that ends with `.docx` is no entry of `content/offerings/`",
        ),
        ("content/people/x/a.md", "`content/people/` has no folders in it"),
        ("content/offering/a.md", "there is no folder `offering` in a catalog"),
        ("content/help.md", "no file of a catalog is named `content/help.md`"),
        ("content/map.pdf", "`map.pdf` stands directly in `content/`"),
        ("content/places/a.jpg", "`content/places/` holds no pictures or documents"),
    ] {
        expect(path, "x", &[&format!("1:1 unexpected-file: {words}")]);
    }
}

#[test]
fn yaml_that_cannot_be_read() {
    for (fields, expected) in [
        (
            "commitment: Days: six\n",
            "6:17 invalid-yaml: a colon inside a value needs quotes around the value",
        ),
        (
            "\tcommitment: six\n",
            "6:1 invalid-yaml: a tab stands here; only spaces may indent a line",
        ),
        (
            "commitment: \"six\ncost: none\n",
            "6:13 invalid-yaml: a quote opens here and is not closed",
        ),
        (
            "commitment: 'don't'\n",
            "6:18 invalid-yaml: the quote ' closes before this, so this is left over",
        ),
        (
            "commitment: \"Six\" days\n",
            "6:19 invalid-yaml: the quote \" closes before this, so this is left over",
        ),
        (
            "hosts: [a, b\ncost: none\n",
            "6:8 invalid-yaml: the bracket `[` opens here and is not closed",
        ),
        (
            "cost: [Draft] none\n",
            "6:7 invalid-yaml: a value that begins with `[` is a list, and text follows it",
        ),
        ("cost: @home\n", "6:7 invalid-yaml: a value cannot begin with `@`"),
        ("cost: `x`\n", "6:7 invalid-yaml: a value cannot begin with a backtick"),
        ("cost: %5\n", "6:7 invalid-yaml: a value cannot begin with `%`"),
        ("cost:none\n", "6:5 invalid-yaml: a space is missing after this colon"),
        ("  cost: none\n", "6:3 invalid-yaml: this line is indented more than the line above it"),
        (
            "contact:\n    name: A\n  email: b\n",
            "8:3 invalid-yaml: this line does not line up with any line above it",
        ),
        ("hosts: - a\n", "6:8 invalid-yaml: a list cannot begin in the line of its name"),
        (
            "cost: “a: b”\n",
            "6:9 invalid-yaml: a colon inside a value needs quotes around the value",
        ),
        ("cost: \"C:\\Users\"\n", "6:10 invalid-yaml: `\\U` means nothing between double quotes"),
        (
            "cost: > 5 dollars\n",
            "6:7 invalid-yaml: a value cannot begin with `>` and go on in the same line",
        ),
        ("Just some prose\n", "6:1 invalid-yaml: this line is not a field"),
        (
            "hosts: &a [x]\ntopics: *a\n",
            "6:8 yaml-feature: `&a` is a YAML anchor, which catalogs do not use",
        ),
        ("cost: !!str 5\n", "6:7 yaml-feature: `!!str` is a YAML tag, which catalogs do not use"),
        ("cost: *none\n", "6:7 yaml-feature: `*none` is a YAML alias, which catalogs do not use"),
        (
            "contact:\n  <<: x\n",
            "7:3 yaml-feature: `<<` is a YAML merge key, which catalogs do not use",
        ),
        ("cost: a\u{0}b\n", "6:8 control-character: a NUL character stands here (U+0000)"),
        (
            "cost: a\u{2028}b\n",
            "6:8 control-character: an invisible line separator, pasted from another program, stands here (U+2028)",
        ),
        ("kind: series\n", "6:1 duplicate-field: `kind` is written twice"),
        (
            "{{ x }}: y\n",
            "6:1 invalid-yaml: brackets stand here where the name of a field is expected",
        ),
    ] {
        let found = faults("content/offerings/self-as-core.md", &offering(fields));
        assert_eq!(found.first().map(String::as_str), Some(expected), "{fields}");
        let several = fields.contains("*a") || fields.contains("{{");
        assert!(several || found.len() == 1, "{found:?}");
    }
    expect(
        "content/offerings/a.yaml",
        "title: A\n---\ntitle: B\n",
        &["2:1 invalid-yaml: a second entry begins here, but a file holds only one"],
    );
}

#[test]
fn fields_and_types() {
    in_offering(
        "facilitator: [dana]\n",
        &["6:1 unknown-field: an offering has no field `facilitator`"],
    );
    in_offering(
        "hosts: Office\n",
        &["6:8 wrong-type: `hosts` takes a list, but the text `Office` stands here"],
    );
    in_offering(
        "topics:\n  -equity\n",
        &["7:3 wrong-type: `topics` takes a list, but the text `-equity` stands here"],
    );
    in_offering("cost: [a]\n", &["6:7 wrong-type: `cost` takes text, but a list stands here"]);
    in_offering(
        "private: yes\n",
        &["6:10 wrong-type: `private` takes `true` or `false`, but the text `yes` stands here"],
    );
    in_offering(
        "access: opne\n",
        &[
            "6:9 unknown-word: `access` takes `open`, `required`, `application`, `nomination` or `invitation`, but not `opne`",
        ],
    );
    in_offering(
        "networks: [Network 1]\n",
        &["6:12 invalid-id: `Network 1` cannot be an ID: it has the capital letter `N`"],
    );
    in_offering("image:\n  src: a.jpg\n", &["7:3 image-without-alt: this picture has no `alt`"]);
    in_offering("image: {src: a.jpg, alt: \"\"}\n", &[]);
    in_offering(
        "credit:\n  - type: act-48\n    amount: 6.125\n",
        &[
            "8:13 invalid-number: `amount` is `6.125`, and must be a number above 0 with at most two decimals",
        ],
    );
    in_offering("aliases: [old]\n", &["6:11 invalid-url: `old` is not a path of this site"]);
    in_offering(
        "allow: [sesion-on-weekend]\n",
        &["6:9 unknown-word: there is no check `sesion-on-weekend`"],
    );
    in_offering("year: 2026\n", &["6:7 invalid-date: `2026` is not a program year"]);
    in_offering(
        "unit: {team: {min: 8, max: 3}}\n",
        &["6:28 invalid-number: `max` is 3, below `min`, which is 8"],
    );
    in_offering(
        "enroll: {opens: 2026-09-01}\n",
        &["6:9 missing-field: enrollment needs `url`, and it is missing"],
    );
    in_offering(
        "enroll:\n  url: www.example.org\n  capacity: -5\n",
        &[
            "7:8 invalid-url: `www.example.org` is not a whole address",
            "8:13 invalid-number: `capacity` is `-5`, and must be a number from 1 on",
        ],
    );
    in_offering(
        "enroll:\n  url: https://example.org\n  rolling: true\n  closes: 2026-10-01\n",
        &["9:3 field-conflict: `closes` cannot stand beside `rolling`"],
    );
    in_offering("body: x\n", &["6:1 unknown-field: an offering has no field `body`"]);
    let long = OFFERING.replace("Six half days.", &"x".repeat(241));
    expect(
        "content/offerings/a.md",
        &long,
        &["4:10 too-long: the summary has 241 characters, and 240 is the most"],
    );
    let bare =
        OFFERING.replace("roles: [principal]\n", "").replace("title: Self as Core", "title:");
    expect(
        "content/offerings/a.md",
        &bare,
        &[
            "2:1 missing-field: `title` is empty",
            "2:1 missing-field: an offering needs `roles`, and it is missing",
        ],
    );
}

#[test]
fn sessions() {
    for (session, expected) in [
        (
            "date: 10/1/2026",
            "7:11 invalid-date: `10/1/2026` is not a date as this catalog reads it",
        ),
        (
            "date: 2026-02-30",
            "7:11 invalid-date: `2026-02-30` does not exist: February 2026 has 28 days",
        ),
        (
            "date: “2026-02-03”",
            "7:11 invalid-date: `“2026-02-03”` is not a date as this catalog reads it",
        ),
        (
            "{date: 2026-10-01, time: 4 PM - 8 AM}",
            "7:30 ends-before-start: this ends at 8:00 AM, before it begins at 4:00 PM",
        ),
        ("{date: 2026-10-01, time: 8 AM}", "7:30 invalid-time: `8 AM` has no end"),
        (
            "{date: 2026-10-01, month: 2026-10}",
            "7:24 field-conflict: `month` cannot stand beside `date`",
        ),
        ("title: Day 1", "7:5 missing-field: a session needs to say when it is"),
        ("season: autum 2026", "7:13 invalid-date: `autum 2026` is not a season of a year"),
        (
            "{date: 2026-10-01, weekday: thurs}",
            "7:33 unknown-word: `thurs` is not a day of the week",
        ),
        (
            "{date: 2026-10-01, timezone: EST5}",
            "7:34 unknown-timezone: there is no time zone `EST5`",
        ),
        (
            "{date: 2026-10-01, online: yes}",
            "7:32 wrong-type: `online` takes an address or `true`, but the text `yes` stands here",
        ),
        (
            "{date: 2026-10-01, repeat: {every: weekly, count: 3}}",
            "7:40 unknown-word: `weekly` is not a step of a repeat",
        ),
        (
            "{date: 2026-10-01, repeat: {every: week}}",
            "7:32 missing-field: a repeat needs an end, `until` or `count`",
        ),
        (
            "{date: 2026-10-01, repeat: {every: week, until: 2025-12-01}}",
            "7:53 ends-before-start: the repeat ends on 2025-12-01, before it begins",
        ),
        (
            "{dates: [2026-10-01], repeat: {every: week, count: 2}}",
            "7:27 field-conflict: `repeat` cannot stand beside `dates`",
        ),
        ("{date: [2026-10-01]}", "7:12 wrong-type: `date` takes one date, but a list stands here"),
    ] {
        in_offering(&format!("sessions:\n  - {session}\n"), &[expected]);
    }
    in_offering(
        "sessions:\n  - id: a\n    date: 2026-10-01\n  - id: a\n    date: 2026-10-02\n",
        &["9:5 duplicate-id: two sessions have the ID `a`"],
    );
    in_offering(
        "sessions:\n  - date: 2026-10-01\ncohorts:\n  a:\n    sessions: []\n",
        &["8:1 field-conflict: `cohorts` cannot stand beside `sessions`"],
    );
}

#[test]
fn requirements_and_collections() {
    let path = "content/requirements/r.md";
    let rule = |rule: &str| format!("---\ntitle: R\nroles: [principal]\n{rule}---\n");
    expect(path, &rule(""), &["2:1 missing-field: a requirement needs a rule, and it is missing"]);
    expect(path, &rule("choose: 1\n"), &["4:9 field-conflict: `choose` needs `of` beside it"]);
    expect(
        path,
        &rule("choose: 1\nof: [a]\nall: [b]\n"),
        &["6:1 field-conflict: `all` cannot stand beside `choose`"],
    );
    expect(
        path,
        &rule("choose: one\nof: [a]\n"),
        &["4:9 wrong-type: `choose` takes a whole number, but the text `one` stands here"],
    );
    expect(
        "content/people.yaml",
        "dana: Dana\nLee:\n  name: Lee\n",
        &[
            "1:1 wrong-type: `dana` needs fields of its own",
            "2:1 invalid-id: `Lee` cannot be an ID: it has the capital letter `L`",
        ],
    );
    let sources = Sources::from_texts([
        ("content/catalog.yaml", CATALOG),
        ("content/people.yaml", "dana:\n  name: Dana\n"),
        ("content/people/dana.md", "---\nname: Dana\n---\n"),
    ]);
    let (_, diagnostics) = read(&sources);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].message, "two entries of `people` have the ID `dana`");
    assert_eq!(diagnostics[0].secondary.len(), 1);
}

#[test]
fn the_catalog_itself() {
    let path = "content/catalog.yaml";
    expect(
        path,
        &CATALOG.replace("America/New_York", "America/NewYork"),
        &["4:11 unknown-timezone: there is no time zone `America/NewYork`"],
    );
    expect(
        path,
        &CATALOG.replace("url: https", "url: ftp"),
        &["3:6 invalid-url: an address that begins with `ftp:` is not accepted"],
    );
    expect(
        path,
        &CATALOG.replace("roles:", "role:"),
        &["8:1 unknown-field: the catalog has no field `role`"],
    );
    expect(
        path,
        &format!("{CATALOG}closed:\n  - from: 2026-12-24\n    to: 2026-01-02\n"),
        &["16:9 ends-before-start: these days end on 2026-01-02, before they begin on 2026-12-24"],
    );
    expect(
        path,
        &format!("{CATALOG}brand: {{color: blue}}\n"),
        &["14:16 invalid-color: `blue` is not a color"],
    );
    let (catalog, diagnostics) =
        read(&Sources::from_texts([("content/pages/a.md", "---\ntitle: A\n---\n")]));
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code.name(), "missing-catalog");
    assert!(catalog.broken.may_be_word("kinds", "series"));
    read(&Sources::default());
}

#[test]
fn a_misspelt_name_is_one_mistake() {
    in_offering(
        "sessions:\n  - dat: 2026-10-01\n",
        &["7:5 unknown-field: a session has no field `dat`"],
    );
    expect(
        "content/requirements/r.md",
        "---\ntitle: R\nroles: [principal]\nchose: 1\nof: [a]\n---\n",
        &["4:1 unknown-field: a requirement has no field `chose`"],
    );
}

#[test]
fn names_of_files_that_are_no_ids() {
    for (stem, words) in [
        ("Self-as-Core", "`Self-as-Core` cannot be an ID: it has the capital letter `S`"),
        ("self as core", "`self as core` cannot be an ID: it has a space in it"),
        ("sеlf", "the letter `е` in `sеlf` (U+0435) looks like `e` and is another"),
    ] {
        let path = format!("content/offerings/{stem}.md");
        expect(&path, OFFERING, &[&format!("1:1 invalid-id: {words}")]);
    }
    // Who names the ID that was meant is not blamed for it.
    let sources = Sources::from_texts([
        ("content/catalog.yaml", CATALOG),
        ("content/offerings/Self-as-Core.md", OFFERING),
    ]);
    let (catalog, _) = read(&sources);
    assert_eq!(catalog.broken.offerings[0].as_str(), "self-as-core");
}

#[test]
fn an_entry_that_lacks_something_is_there_and_marked() {
    let sources = Sources::from_texts([
        ("content/catalog.yaml", CATALOG),
        (
            "content/offerings/a.md",
            "---\ntitle: A\nkind: series\nsummary: S\nroles: all\nyear: x\n---\n",
        ),
        ("content/offerings/b.md", "---\nsummary: S\n---\n"),
        ("content/offerings/c.md", "---\ntitle: a: b\n---\n"),
    ]);
    let (catalog, _) = read(&sources);
    for (id, gap) in [("a", Gap::Year), ("b", Gap::Audience)] {
        let offering = catalog.offerings.get(id).unwrap();
        assert!(catalog.broken.lacks(offering.span, gap));
        assert!(!catalog.broken.lacks(offering.span, Gap::Credit));
    }
    assert_eq!(catalog.broken.offerings[0].as_str(), "c");
}
