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

// A new year, and the settings of an editor.

fn with_a_year() -> Folder {
    project()
        .write(
            "content/requirements/one.md",
            "---\ntitle: One\nroles: all\nall: [self-as-core]\n---\n",
        )
        .write(
            "content/offerings/self-as-core.md",
            "
            ---
            # A note that stays.
            title: Self as Core
            kind: series
            summary: What there is to learn, in a few words.
            roles: all
            enroll: { url: https://example.org/enroll/self, closes: 2026-11-30 }
            # A note on the sessions.
            sessions:
              - id: first
                title: \"One: the first\"
                date: 2026-12-03
                weekday: thursday
                place: Main Hall, room 2
                moved_from: 2026-12-02
                reason: Snow.
              - { date: 2026-12-10, online: https://video.example.org/x }
            aliases: [/self/]
            allow: [session-on-weekend]
            ---

            Words that stay.
            ",
        )
}

#[test]
fn a_new_year_carries_offerings_on_without_their_dates() {
    let folder = with_a_year();
    let text = folder.read("content/offerings/self-as-core.md");
    // The check has nothing to keep quiet about, so it is not there.
    let text = text.replace("allow: [session-on-weekend]\n", "");
    let before = folder.write("content/offerings/self-as-core.md", &text);
    let tree = before.tree("content");
    let folder = before
        .run(["new", "year", "2027-28", "--dry-run"])
        .stdout(
            "
            Would carry 1 offering of 2026-27 on into 2027-28
              content/offerings/2027-28/self-as-core.md (2 sessions without dates)
                archive: content/offerings/2026-27/self-as-core-2026-27.md
            ",
        )
        .success();
    assert_eq!(folder.tree("content"), tree);
    let folder = folder.run(["new", "year", "2027-28", "-q"]).success();
    assert_eq!(
        folder.read("content/offerings/2027-28/self-as-core.md"),
        "\
---
# A note that stays.
title: Self as Core
continues: self-as-core-2026-27
year: 2027-28
dates: The dates of 2027-28 are announced soon.

# How one enrolls: take away the # signs, write the link of this year, and delete `allow`.
# Last year it was https://example.org/enroll/self
# enroll:
#   url: https://enroll.example.org/
#   opens: …
#   closes: …
allow: [no-enroll-link]

kind: series
summary: What there is to learn, in a few words.
roles: all
aliases: [/self/]

# Write the dates in the place of `tba`, and delete `dates` above.
sessions:
  - id: first
    title: \"One: the first\"
    tba: To be announced
    place: Main Hall, room 2
  - tba: To be announced
    online: true
---

Words that stay.
"
    );
    assert_eq!(
        folder.read("content/offerings/2026-27/self-as-core-2026-27.md"),
        text.replace("aliases: [/self/]\n", "")
    );
    assert!(!folder.path("content/offerings/self-as-core.md").exists());
    let folder = folder.run(["check", "--strict"]).stdout(FINE).success();
    let tree = folder.tree("content");
    let folder = folder
        .run(["new", "year", "2027-28"])
        .stderr(
            "
            error: no offering of 2026-27 is left to carry on
              help: `self-as-core-2026-27`: `self-as-core` continues it already
            ",
        )
        .failure(2);
    assert_eq!(folder.tree("content"), tree);
    // And the year after that: what is carried on keeps its ID.
    let folder = folder.run(["new", "year", "2028-29", "-q"]).success();
    let text = folder.read("content/offerings/2028-29/self-as-core.md");
    assert!(text.contains("continues: self-as-core-2027-28\nyear: 2028-29\n"), "{text}");
    folder.run(["check", "--strict"]).stdout(FINE).success();
}

#[test]
fn the_settings_of_an_editor_are_its_owners() {
    let folder = with_a_year().write(".vscode/settings.json", "{}\n");
    let folder = folder
        .run(["new", "editor"])
        .stdout(
            "
            Wrote 12 files into .vscode
              .vscode/settings.json is yours, and was left as it is
              next: open this folder in VS Code; docs/editors.md says what it does
            ",
        )
        .success();
    assert_eq!(folder.read(".vscode/settings.json"), "{}\n");
    for path in folder.tree(".vscode").keys() {
        let text = folder.read(&format!(".vscode/{path}"));
        let _: serde_json::Value =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    let schema = folder.read(".vscode/schema/requirement.json");
    assert!(schema.contains("\"self-as-core\""), "the IDs of the catalog");
    folder.run(["new", "editor", "-q"]).success();
}

/// The pattern of the task reads what the check prints.
#[test]
fn the_task_of_the_editor_finds_the_mistakes() {
    let tasks: serde_json::Value =
        serde_json::from_str(include_str!("../src/scaffold/texts/tasks.json")).unwrap();
    let matcher = &tasks["tasks"][0]["problemMatcher"]["pattern"];
    let pattern = matcher["regexp"].as_str().unwrap();
    let line = "::error file=content/offerings/self.md,line=2,endLine=2,col=1,endColumn=6,title=unknown-field::an offering has no field `titel`%0Ahelp: did you mean `title`?";
    let found = regex::Regex::new(pattern).unwrap().captures(line).expect("a match");
    let part = |name: &str| {
        let at = usize::try_from(matcher[name].as_u64().unwrap()).unwrap();
        found.get(at).unwrap().as_str()
    };
    assert_eq!((part("severity"), part("line"), part("column")), ("error", "2", "1"));
    assert_eq!((part("file"), part("code")), ("content/offerings/self.md", "unknown-field"));
    // The line is one that the program prints.
    let folder = project().write("content/pages/a.md", "---\ntitel: A\n---\n");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--format", "github"])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.lines().all(|line| regex::Regex::new(pattern).unwrap().is_match(line)), "{said}");
    assert!(said.contains("content/pages/a.md"), "{said}");
}
