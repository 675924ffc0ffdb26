//! `convene new`: entries that are valid as they are written, and over nothing that was there.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;

use folder::Folder;

const CATALOG: &str = "
    title: Learning
    organization: Office
    url: https://example.org/learn/
    timezone: America/New_York
    kinds:
      series: { name: Series }
      workshop: { name: Workshop }
    roles:
      principal: { name: Principal }
      assistant-principal: { name: Assistant principal }
    topics:
      equity: { name: Equity }
";

fn project() -> Folder {
    Folder::new().write("content/catalog.yaml", CATALOG)
}

const FINE: &str = "No errors and no warnings.";

#[test]
fn every_kind_of_entry_is_without_fault_when_it_is_made() {
    project()
        .run(["new", "offering", "Self as Core: one", "--kind", "series", "-q"])
        .success()
        .run(["new", "offering", "Winter", "--kind", "workshop", "--roles", "principal", "-q"])
        .success()
        .run(["new", "person", "Zoë Quinn", "--title", "Coach: math", "--email", "z@example.org"])
        .stdout(
            "
            Wrote content/people/zoe-quinn.md
              next: name the person in an offering: facilitators: [zoe-quinn]
            ",
        )
        .success()
        .run(["new", "place", "Main Hall", "--address", "1 A Street, Springfield"])
        .stdout("Wrote content/places/main-hall.md\n  next: name the place in a session: place: main-hall")
        .success()
        .run(["new", "place", "Zoom", "--online", "-q"])
        .success()
        .run(["new", "requirement", "One a year", "--of", "self-as-core-one,winter", "-q"])
        .success()
        .run(["new", "requirement", "All of it", "--all", "winter", "-q"])
        .success()
        .run(["new", "page", "Who we are", "--menu", "-q"])
        .success()
        .run(["new", "theme", "our-look"])
        .stdout(
            "
            Wrote themes/our-look/styles/site.css
              next: write `theme: our-look` into content/catalog.yaml
            ",
        )
        .success()
        .write("content/catalog.yaml", &format!("{CATALOG}    theme: our-look\n"))
        .run(["check"])
        .stdout(FINE)
        .success()
        .run(["check", "--drafts"])
        .stdout(FINE)
        .success();
}

/// The file without the `#` before what is an example, as its notes say.
fn with_examples(text: &str) -> String {
    let example = |line: &str| {
        let bare = line.strip_prefix("# ")?;
        let key = bare.trim_start().trim_start_matches("- ");
        let word = key.split(':').next().unwrap_or(key);
        let field = !word.contains(' ') && key.contains(':') && !word.is_empty();
        let item = bare.starts_with("  ");
        (field || item).then(|| bare.to_owned())
    };
    text.lines().map(|line| example(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

#[test]
fn the_examples_in_the_notes_are_right_too() {
    let mut folder = project();
    for command in [
        ["new", "person", "Zoë Quinn"],
        ["new", "place", "Main Hall"],
        ["new", "page", "Help"],
        ["new", "offering", "Self as Core"],
    ] {
        folder = match command[1] {
            "offering" => folder.run(["new", "offering", "Self as Core", "--kind", "series", "-q"]),
            kind => folder.run(["new", kind, command[2], "-q"]),
        }
        .success();
    }
    for path in ["people/zoe-quinn.md", "places/main-hall.md", "offerings/self-as-core.md"] {
        let path = format!("content/{path}");
        let text = folder.read(&path);
        let shown = with_examples(&text);
        assert_ne!(text, shown, "{path} has examples");
        // What the notes say to delete.
        let shown = shown.replace("allow: [no-enroll-link]\n", "").replace("dates: Dates", "# ");
        folder = folder.write(&path, &shown);
    }
    assert!(folder.read("content/offerings/self-as-core.md").contains("\nsessions:\n"));
    folder.run(["check", "--drafts"]).stdout(FINE).success();
}

#[test]
fn an_offering_says_where_it_is_and_what_to_do_next() {
    let folder = project()
        .write("content/offerings/2026-27/old.md", &offering("2026-12-03"))
        .run([
            "new",
            "offering",
            "Self as Core",
            "--kind",
            "series",
            "--year",
            "2027-28",
            "--enroll",
            "https://example.org/enroll/self",
            "--summary",
            "What: how",
        ])
        .stdout(
            "
            Wrote content/offerings/2027-28/self-as-core.md
              next: open it, write your own words, delete the line `draft: true`;
                    `convene serve --drafts --open` shows it while you write
            ",
        )
        .success();
    let text = folder.read("content/offerings/2027-28/self-as-core.md");
    for line in
        ["year: 2027-28", "summary: \"What: how\"", "  url: https://example.org/enroll/self"]
    {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    folder.run(["check"]).stdout(FINE).success();
}

fn offering(date: &str) -> String {
    format!(
        "
        ---
        title: Old
        kind: series
        summary: What there was before, in a few words.
        roles: all
        enroll: {{ url: https://example.org/enroll/old, closes: 2026-11-30 }}
        sessions:
          - date: {date}
        ---
        "
    )
}

#[test]
fn nothing_is_overwritten() {
    let folder = project().write("content/offerings/deep/old.md", &offering("2026-12-03"));
    let before = folder.tree("content");
    let folder = folder
        .run(["new", "offering", "Old", "--kind", "series"])
        .stderr(
            "
            error: there is an entry `old` already: `content/offerings/deep/old.md`
              help: nothing is ever overwritten; choose another ID with `--id`
            ",
        )
        .failure(3);
    assert_eq!(folder.tree("content"), before);
}

#[test]
fn what_the_catalog_does_not_have_is_told_with_what_it_has() {
    let folder = project();
    let before = folder.tree("content");
    let folder = folder
        .run(["new", "offering", "Self as Core"])
        .stderr(
            "
            error: an offering needs a kind
              help: name one with `--kind`: series, workshop
              help: such as `--kind series`
            ",
        )
        .failure(2)
        .run(["new", "offering", "Self as Core", "--kind", "serie"])
        .stderr("error: the catalog has no kind `serie`\n  help: did you mean `series`?")
        .failure(2)
        .run(["new", "offering", "日本", "--kind", "series"])
        .stderr(
            "
            error: no ID can be made of \"日本\"
              help: name one with `--id`, such as `--id self-as-core`
            ",
        )
        .failure(2)
        .run(["new", "requirement", "One", "--of", "self-as-core"])
        .stderr("error: the catalog has no offering `self-as-core`")
        .failure(2)
        .run(["new", "person", "Dana Reyes", "--email", "dana"])
        .stderr(
            "
            error[invalid-url]: `dana` is not an e-mail address
             --> content/people/dana-reyes.md:5:8
              |
            5 | email: dana
              |        ^^^^
              = help: write one address, such as `name@example.org`

            1 error in 1 file
            error: nothing was written: it would have these errors
            ",
        )
        .failure(1);
    assert_eq!(folder.tree("content"), before);
}
