//! The commands as a person runs them: what they say, where, and with which exit code.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
mod folder;

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use folder::Folder;

const CATALOG: &str = "
    title: Learning
    organization: Office
    url: https://example.org/learn/
    timezone: America/New_York
    kinds:
      series: { name: Series }
    roles:
      principal: { name: Principal }
";

const OFFERING: &str = "
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

/// A misspelt field, an unknown kind, no link to enroll, and a Saturday.
const FAULTY: &str = "
    ---
    titel: Micro Disruptions
    kind: seris
    summary: Small steps.
    roles: [principal]
    sessions:
      - date: 2027-01-16
    ---
";

fn project() -> Folder {
    Folder::new()
        .write("content/catalog.yaml", CATALOG)
        .write("content/offerings/self.md", OFFERING)
}

fn with_warning() -> Folder {
    let text = OFFERING.replace("2027-01-14", "2027-01-16");
    project().write("content/offerings/self.md", &text)
}

const WARNING: &str = "
    warning[session-on-weekend]: 2027-01-16 is a Saturday
      --> content/offerings/self.md:10:11
       |
    10 |   - date: 2027-01-16
       |           ^^^^^^^^^^
       = help: if that is meant, write `weekday: saturday`

    1 warning in 1 file
";

// Help and wrong usage.

#[test]
fn every_command_explains_itself_with_examples() {
    let all = [
        "build",
        "check",
        "serve",
        "new",
        "import",
        "diff",
        "bulletin",
        "explain",
        "schema",
        "completions",
        "man",
    ];
    let new = [
        "catalog",
        "offering",
        "person",
        "place",
        "requirement",
        "page",
        "year",
        "editor",
        "theme",
    ];
    let new = new.map(|what| vec!["new", what]);
    for command in all.map(|one| vec![one]).into_iter().chain(new) {
        let output = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(&command)
            .arg("--help")
            .output()
            .expect("it runs");
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains("Examples:\n  convene "), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(output.status.success() && output.stderr.is_empty());
    }
}

#[test]
fn the_version_is_told() {
    let version = format!("convene {}\n", env!("CARGO_PKG_VERSION"));
    Folder::new().run(["--version"]).stdout(&version).success();
}

#[test]
fn wrong_usage_is_told() {
    Folder::new()
        .run(["bild"])
        .stderr(
            "
            error: unrecognized subcommand 'bild'

              tip: a similar subcommand exists: 'build'

            Usage: convene [OPTIONS] <COMMAND>

            For more information, try '--help'.
            ",
        )
        .failure(2)
        .run(["check", "--at", "tomorrow"])
        .stderr(
            "
            error: invalid value 'tomorrow' for '--at <MOMENT>': write a moment as `2027-01-15`, \
            `2027-01-15 17:00` or `2027-01-15T17:00:00-05:00`

            For more information, try '--help'.
            ",
        )
        .failure(2)
        .run(["check"])
        .env("SOURCE_DATE_EPOCH", "yesterday")
        .stderr(
            "
            error: the variable `SOURCE_DATE_EPOCH` is not a number of seconds: `yesterday`
              help: set it to seconds since 1970, such as `git log -1 --format=%ct` prints
            ",
        )
        .failure(2);
}

#[test]
fn a_folder_without_content_is_told_with_a_mend() {
    let mend = "
          help: go to the folder that has `content` in it, or name it with `--root`
          help: `convene new catalog DIR` makes a small catalog to start from
    ";
    let here = "error: this folder has no catalog: there is no folder `content` in it";
    let there = "error: `other` has no catalog: there is no folder `content` in it";
    let mend = mend.replace("\n        ", "\n");
    let folder = Folder::new().write("other/a", "");
    let folder = folder.run(["build"]).stderr(&format!("{here}{mend}")).failure(3);
    let folder =
        folder.run(["check", "--root", "other"]).stderr(&format!("{there}{mend}")).failure(3);
    folder.run(["check", "--root", "none"]).stderr("error: could not read `none`: [..]").failure(3);
}

// Building.

#[test]
fn a_build_says_what_it_did_and_the_next_that_nothing_changed() {
    let folder = project()
        .run(["build"])
        .stdout("Built [..] pages into public in [TIME]: [..] files written")
        .success();
    assert!(folder.read("public/offerings/self/index.html").contains("Self as Core"));
    folder
        .run(["build"])
        .stdout("Built [..] pages into public in [TIME]: unchanged, nothing written")
        .success()
        .write("content/offerings/self.md", &OFFERING.replace("About it.", "More about it."))
        .run(["build"])
        .stdout("Built [..] pages into public in [TIME]: [..] written")
        .success()
        .remove("content/offerings/self.md")
        .run(["build"])
        .stdout("Built [..] pages into public in [TIME]: [..] files written, [..] removed")
        .success()
        .run(["build", "--quiet"])
        .success();
}

#[test]
fn timings_name_the_slowest_files() {
    let folder = project();
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["build", "--timings"])
        .current_dir(folder.path(""))
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{text}");
    let (before, slowest) = text.split_once("\nslowest files\n").expect("the slowest files");
    assert!(before.contains("\noffering.html "), "{text}");
    assert!(slowest.lines().count() > 1, "{text}");
}

#[test]
fn the_output_may_be_another_folder() {
    let folder = project()
        .run(["build", "--root", ".", "--output", "a/b"])
        .stdout("Built [..] pages into a/b in [TIME]: [..] files written")
        .success();
    assert!(folder.tree("a/b").contains_key("index.html"));
    assert!(!folder.path("public").exists());
}

#[test]
fn an_output_with_foreign_files_is_refused() {
    let folder = project()
        .write("public/notes.txt", "mine")
        .run(["build"])
        .stderr(
            "
            error: `public` has files that convene did not write: `notes.txt`
              help: move them away, or choose another folder with `--output`
              help: if the folder is only an old site, delete it and build again
            ",
        )
        .failure(3)
        .run(["build", "--output", "content"])
        .stderr(
            "
            error: `content` is not a folder to publish to: it is part of the project's sources
              help: choose a folder of its own with `--output`
            ",
        )
        .failure(3);
    assert_eq!(folder.tree("public").len(), 1);
    assert_eq!(folder.read("public/notes.txt"), "mine\n");
}

#[test]
fn nothing_is_written_while_there_is_an_error() {
    let folder = project()
        .run(["build", "--quiet"])
        .success()
        .write("content/offerings/self.md", &OFFERING.replace("title:", "titel:"));
    let before = folder.tree("public");
    let folder = folder
        .run(["build"])
        .stderr(
            "
            error[unknown-field]: an offering has no field `titel`
             --> content/offerings/self.md:2:1
              |
            2 | titel: Self as Core
              | ^^^^^
              = help: did you mean `title`?

            1 error in 1 file
            error: nothing was written: the content has 1 error
            ",
        )
        .failure(1);
    assert_eq!(folder.tree("public"), before);
}

#[test]
fn a_moment_is_local_to_the_catalog_unless_it_has_an_offset() {
    let later = OFFERING.replace("roles:", "publish: 2026-12-01\n    roles:");
    let mut folder = project().write("content/offerings/self.md", &later);
    for (at, shown) in [
        ("2026-11-30", false),
        ("2026-11-30 23:59", false),
        ("2026-12-01", true),
        ("2026-12-01T04:59:00Z", false),
        ("2026-12-01T05:00:00Z", true),
        ("2026-11-30 23:00-06:00", true),
    ] {
        folder = folder.run(["build", "--quiet", "--at", at]).success();
        assert_eq!(folder.path("public/offerings/self/index.html").exists(), shown, "{at}");
    }
    // The environment's moment, with `--at` above it.
    folder = folder.run(["build", "-q"]).env("SOURCE_DATE_EPOCH", "1796101200").success();
    assert!(folder.path("public/offerings/self/index.html").exists());
    folder = folder
        .run(["build", "-q", "--at", "2026-11-30"])
        .env("SOURCE_DATE_EPOCH", "1796101200")
        .success();
    assert!(!folder.path("public/offerings/self/index.html").exists());
    folder = folder.run(["build", "-q", "--future"]).success();
    assert!(folder.path("public/offerings/self/index.html").exists());
}

#[test]
fn drafts_are_shown_when_asked_for() {
    let draft = OFFERING.replace("roles:", "draft: true\n    roles:");
    let folder =
        project().write("content/offerings/self.md", &draft).run(["build", "-q"]).success();
    assert!(!folder.path("public/offerings/self/index.html").exists());
    let folder = folder.run(["build", "-q", "--drafts"]).success();
    assert!(folder.path("public/offerings/self/index.html").exists());
}

#[test]
fn two_builds_are_equal_byte_for_byte() {
    let folder = project().run(["build", "-q", "--output", "a"]).success();
    let folder = folder.run(["build", "-q", "--output", "b"]).env("TZ", "Asia/Tokyo").success();
    assert_eq!(folder.tree("a"), folder.tree("b"));
}

// Checking.

#[test]
fn content_without_fault_is_said_to_be_so() {
    let folder = project().run(["check"]).stdout("No errors and no warnings.").success();
    let folder = folder.run(["check", "--quiet"]).success();
    let folder = folder.run(["check", "--format", "json"]).success();
    assert!(!folder.path("public").exists());
}

#[test]
fn strict_makes_warnings_errors() {
    let strict = WARNING.replace("warning[", "error[").replace("1 warning", "1 error");
    with_warning()
        .run(["check"])
        .stderr(WARNING)
        .success()
        .run(["check", "--strict"])
        .stderr(&strict)
        .failure(1);
}

#[test]
fn programs_get_one_object_a_line() {
    let folder = project().write("content/offerings/micro.md", FAULTY);
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--format", "json", "--at", "2026-11-24", "--root"])
        .arg(folder.path(""))
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let text = String::from_utf8(output.stdout).expect("text");
    let objects: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert!(objects.len() >= 3, "{text}");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../docs/report.schema.json")).expect("a schema");
    for object in &objects {
        let members: BTreeSet<&String> = object.as_object().expect("an object").keys().collect();
        let documented: BTreeSet<&String> =
            schema["properties"].as_object().expect("members").keys().collect();
        assert_eq!(members, documented, "docs/report.schema.json");
        for (name, is_right) in [
            ("file", object["file"].is_string()),
            ("line", object["line"].as_u64() >= Some(1)),
            ("column", object["column"].as_u64() >= Some(1)),
            ("end_line", object["end_line"].as_u64() >= object["line"].as_u64()),
            ("end_column", object["end_column"].as_u64() >= Some(1)),
            ("code", object["code"].is_string()),
            ("severity", ["error", "warning"].iter().any(|&word| object["severity"] == word)),
            ("message", object["message"].is_string()),
            ("label", object["label"].is_string()),
            ("hints", object["hints"].is_array()),
            ("related", object["related"].is_array()),
        ] {
            assert!(is_right, "{name} of {object}");
        }
    }
    let unknown = objects.iter().find(|one| one["code"] == "unknown-field").expect("the typo");
    assert_eq!((unknown["line"].as_u64(), unknown["column"].as_u64()), (Some(2), Some(1)));
    assert_eq!(unknown["hints"][0], "did you mean `title`?");
}

#[test]
fn annotations_and_code_scanning_name_files_from_where_the_command_runs() {
    let faulty = OFFERING.replace("title:", "titel:");
    let folder = Folder::new()
        .write("my site/content/catalog.yaml", CATALOG)
        .write("my site/content/offerings/self.md", &faulty)
        .run(["check", "--root", "my site", "--format", "github"])
        .stdout(
            "
            ::error file=my site/content/offerings/self.md,line=2,endLine=2,col=1,endColumn=6,\
            title=unknown-field::an offering has no field `titel`%0Ahelp: did you mean `title`?
            ",
        )
        .failure(1);
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--root", "my site", "--format", "sarif"])
        .current_dir(folder.path(""))
        .output()
        .expect("it runs");
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a log");
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 1);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20site/content/offerings/self.md");
    assert_eq!(place["region"]["startLine"], 2);
}

// The terminal.

#[test]
fn colours_follow_the_flag_and_then_the_environment() {
    for (color, variables, colored) in [
        ("auto", vec![], false),
        ("always", vec![], true),
        ("always", vec![("NO_COLOR", "1")], true),
        ("never", vec![("CLICOLOR_FORCE", "1")], false),
        ("auto", vec![("CLICOLOR_FORCE", "1")], true),
        ("auto", vec![("CLICOLOR_FORCE", "0")], false),
        ("auto", vec![("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        ("auto", vec![("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
    ] {
        let folder = Folder::new();
        let output = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(["build", "--color", color])
            .current_dir(folder.path(""))
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.clone())
            .output()
            .expect("it runs");
        assert_eq!(output.stderr.contains(&0x1b), colored, "{color} {variables:?}");
    }
}

#[test]
fn help_and_wrong_usage_follow_the_flag_for_colours_too() {
    for (arguments, colored) in [
        (["--color", "always", "--help"], true),
        (["--help", "--color=always", "check"], true),
        (["--color", "never", "--help"], false),
        (["bild", "--color", "always"], true),
        (["bild", "--color", "auto"], false),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(arguments)
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR")
            .output()
            .expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        assert_eq!(said.contains(&0x1b), colored, "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let folder = project().write("content/offerings/micro.md", FAULTY);
    let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["check", "--format", "json"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

// A new catalog.

#[test]
fn a_new_catalog_is_without_fault_and_builds() {
    let folder = Folder::new()
        .run(["new", "catalog", "my learning"])
        .stdout(
            "
            Made a catalog of 8 files in my learning
              with settings for VS Code in .vscode
              next: cd \"my learning\" && convene serve --open
            ",
        )
        .success();
    let (editor, files): (Vec<String>, Vec<String>) =
        folder.tree("my learning").into_keys().partition(|path| path.starts_with(".vscode/"));
    assert_eq!(editor.len(), 13);
    assert_eq!(
        files,
        [
            ".gitignore",
            "README.md",
            "content/catalog.yaml",
            "content/offerings/first-workshop.md",
            "content/pages/help.md",
            "content/people/sam-rivera.md",
            "content/places/learning-center.md",
            "content/requirements/one-workshop-a-year.md",
        ]
    );
    let folder = folder
        .run(["check", "--strict", "--root", "my learning"])
        .stdout("No errors and no warnings.")
        .success()
        .run(["build", "--root", "my learning"])
        .stdout("Built [..] pages into my learning/public in [TIME]: [..] files written")
        .success();
    let ignored = folder.read("my learning/.gitignore");
    assert!(ignored.contains("/public/\n") && ignored.contains("/.public.convene-*\n"));
}

#[test]
fn a_new_catalog_overwrites_nothing() {
    let folder = Folder::new().write("a/README.md", "mine").write("b/.git/config", "");
    let folder = folder
        .run(["new", "catalog", "a"])
        .stderr(
            "
            error: `a` is not empty, and nothing is ever overwritten: `README.md` is in it
              help: name a new folder
            ",
        )
        .failure(3)
        .run(["new", "catalog", "b"])
        .stdout("Made a catalog of 8 files in b\n  with settings for VS Code in .vscode\n  next: cd b && convene serve --open")
        .success()
        .run(["new", "catalog", "a/README.md"])
        .stderr("error: could not read `a/README.md`: [..]")
        .failure(3);
    assert_eq!(folder.tree("a").len(), 1);
    assert_eq!(folder.read("a/README.md"), "mine\n");
}

#[test]
fn a_check_is_explained_by_its_name_or_as_it_stands_in_a_message() {
    let page = include_str!("../docs/checks/weekday-mismatch.md");
    Folder::new()
        .run(["explain", "weekday-mismatch"])
        .stdout(page)
        .success()
        .run(["explain", "error[weekday-mismatch]"])
        .stdout(page)
        .success()
        .run(["explain", "weekday"])
        .stderr(
            "
            error: there is no check `weekday`
              help: did you mean `weekday-mismatch`?
              help: `convene explain` names them all
            ",
        )
        .failure(2);
}

#[test]
fn every_command_has_a_manual_page_and_is_completed() {
    let folder = Folder::new().run(["man", "man1"]).stdout("Wrote [..] pages into man1").success();
    let pages = folder.tree("man1");
    for name in ["convene", "convene-build", "convene-import", "convene-new-offering"] {
        let page = String::from_utf8(pages[&format!("{name}.1")].clone()).expect("text");
        assert!(page.contains(".SH NAME") && page.contains(".SH OPTIONS"), "{name}: {page}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Command::new(env!("CARGO_BIN_EXE_convene"))
            .args(["completions", shell])
            .output()
            .expect("it runs");
        let script = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success() && script.contains("convene"), "{shell}");
        for word in ["offering", "--dry-run", "--strict", "--into"] {
            assert!(script.contains(word.trim_start_matches("--")), "{shell}: {word}");
        }
    }
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_copied_are_told_by_name() {
    let folder = project().write("content/files/a.txt", "a");
    let link = |to: &str, at: &str| {
        std::os::unix::fs::symlink(to, folder.path(at)).unwrap();
    };
    link("/etc/hostname", "content/files/out.txt");
    link("/etc", "content/files/folder");
    link("nowhere", "content/files/dangling.txt");
    link("a.txt", "content/files/within.txt");
    folder
        .run(["check"])
        .stderr(
            "
            error[unreadable-file]: this is a link that leads nowhere
             --> content/files/dangling.txt:1:1
              = help: remove the link, or put the file here

            error[unreadable-file]: this is a link to a file outside the project
             --> content/files/folder:1:1
              = help: put a copy of the file here instead of the link

            error[unreadable-file]: this is a link to a file outside the project
             --> content/files/out.txt:1:1
              = help: put a copy of the file here instead of the link

            3 errors in 3 files
            ",
        )
        .failure(1);
}

#[test]
fn what_has_to_be_uploaded_is_listed() {
    let folder = project().run(["build", "--quiet", "--list-changed", "lists"]).success();
    let all = folder.tree("public");
    let names: String = all.keys().map(|path| format!("{path}\n")).collect();
    assert_eq!(folder.read("lists/written.txt"), names);
    assert_eq!(folder.read("lists/removed.txt"), "");
    let folder = folder.remove("lists/written.txt").remove("content/offerings/self.md");
    let folder = folder.run(["build", "--quiet", "--list-changed", "lists"]).success();
    assert!(folder.read("lists/removed.txt").contains("offerings/self/index.html\n"));
    assert!(folder.read("lists/written.txt").contains("index.html\n"));
}
