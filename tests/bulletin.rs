//! `convene bulletin`: what it says, for whom, and how it knows what changed.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;
#[path = "support/repository.rs"]
mod repository;

use folder::Folder;
use repository::git;

const CATALOG: &str = "
    title: Learning
    organization: Office
    url: https://example.org/learn/
    timezone: America/New_York
    kinds:
      series: { name: Series }
    roles:
      principal: { name: Principal }
      coach: { name: Coach, plural: Coaches }
";

const SELF: &str = "
    ---
    title: Self as Core
    kind: series
    summary: Who one is as a leader.
    roles: [principal]
    enroll:
      url: https://example.org/self
      label: Take part
      opens: 2026-11-20
      closes: 2026-12-08
      was: 2026-12-01
    sessions:
      - title: Beginning
        date: 2026-12-03
        time: 8:30-11:30 AM
        place: The *big* hall
        online: https://video.example.org/self
      - title: Middle
        date: 2026-12-07
        moved_from: 2026-12-04
        reason: A conflict.
      - title: End
        date: 2026-12-09
        status: cancelled
        backup: { date: 2026-12-10 }
    ---
";

const CIRCLE: &str = "
    ---
    title: Closed circle
    kind: series
    summary: Among ourselves.
    roles: [coach]
    private: true
    publish: 2026-11-19
    enroll:
      url: https://example.org/circle
      rounds:
        - { label: First round, closes: 2026-11-23 }
        - { label: Second round, closes: 2026-11-30 5 PM }
      status: waitlist
    sessions:
      - date: 2026-12-02
        time: 4-5 PM
        place: Room behind the stage
        online: https://video.example.org/secret
        status: tentative
    ---
";

fn project() -> Folder {
    Folder::new()
        .write("content/catalog.yaml", CATALOG)
        .write("content/offerings/self.md", SELF)
        .write("content/offerings/circle.md", CIRCLE)
}

/// No repository above the folder is looked for.
fn ceiling() -> String {
    std::env::temp_dir().to_str().unwrap().to_owned()
}

const NO_REPOSITORY: &str = "note: what changed is told by what the content records: the project is \
    in no git repository that can be read: not a git repository[..]";

#[test]
fn it_is_made_of_what_the_content_records() {
    project()
        .run(["bulletin", "--since", "2026-11-17"])
        .env("GIT_CEILING_DIRECTORIES", &ceiling())
        .env("LC_ALL", "C")
        .stderr(NO_REPOSITORY)
        .stdout(
            r"
            # Learning

            News since November 17, 2026, as of November 24, 2026.

            ## New

            - **[Closed circle](https://example.org/learn/offerings/circle/)**: Among ourselves.
              Series: Coaches. December 2, 2026.
              Enrollment: until November 30, 2026, 5:00 PM. [Enroll](https://example.org/circle)

            ## Changed

            - [Self as Core](https://example.org/learn/offerings/self/)
              - **Enrollment extended**: ~~December 1, 2026~~ → December 8, 2026
              - **Moved** Middle: ~~December 4, 2026~~ → Monday, December 7, 2026 (A conflict.)
              - **Cancelled** End: ~~Wednesday, December 9, 2026~~

            ## Enrollment closes soon

            - **November 30, 2026, 5:00 PM**: [Closed circle](https://example.org/learn/offerings/circle/) (Second round), waitlist. [Enroll](https://example.org/circle)
            - **December 8, 2026**: [Self as Core](https://example.org/learn/offerings/self/). [Take part](https://example.org/self)

            ## Enrollment opens

            - open since **November 20, 2026**: [Self as Core](https://example.org/learn/offerings/self/). [Take part](https://example.org/self)

            ## The next 14 days

            **Wednesday, December 2, 2026**

            - **Tentative:** 4:00 to 5:00 PM: [Closed circle](https://example.org/learn/offerings/circle/#session.1). Link sent after enrolling

            **Thursday, December 3, 2026**

            - 8:30 to 11:30 AM: [Self as Core, Beginning](https://example.org/learn/offerings/self/#session.1). The \*big\* hall; [Join online](https://video.example.org/self)

            **Monday, December 7, 2026**

            - all day: [Self as Core, Middle](https://example.org/learn/offerings/self/#session.2)
            ",
        )
        .success();
}

#[test]
fn it_is_for_one_role_and_looks_as_far_as_it_is_told() {
    project()
        .run([
            "bulletin",
            "--since",
            "2026-11-24",
            "--role",
            "coach",
            "--days",
            "7",
            "--output",
            "b.md",
        ])
        .env("GIT_CEILING_DIRECTORIES", &ceiling())
        .env("LC_ALL", "C")
        .stderr(NO_REPOSITORY)
        .stdout("Wrote b.md")
        .success()
        .run(["bulletin", "--since", "2026-11-24", "--role", "principle"])
        .stderr(
            "
            error: the catalog has no role `principle`
              help: did you mean `principal`?
            ",
        )
        .failure(2)
        .run(["bulletin", "--since", "2026-11-25"])
        .stderr("error: `--since` is after the moment of the bulletin")
        .failure(2);
}

#[test]
fn nothing_is_told_as_nothing() {
    let folder = project()
        .run([
            "bulletin",
            "--since",
            "2027-06-01",
            "--at",
            "2027-06-08",
            "--old",
            ".",
            "--days",
            "3",
        ])
        .stdout(
            "
            # Learning

            News since June 1, 2027, as of June 8, 2027.

            Nothing is new, and nothing meets or closes in the next 3 days.
            ",
        )
        .success()
        .run([
            "bulletin",
            "--since",
            "2026-11-24",
            "--role",
            "coach",
            "--days",
            "7",
            "--output",
            "b.md",
            "--old",
            ".",
        ])
        .stdout("Wrote b.md")
        .success();
    let text = folder.read("b.md");
    assert!(text.starts_with(
        "# Learning\n\nNews since November 24, 2026, as of November 24, 2026, for Coaches.\n"
    ));
    assert!(text.contains("(Second round)") && !text.contains("Self as Core"), "{text}");
    assert!(!text.contains("## The next"), "{text}");
    for secret in ["stage", "secret"] {
        assert!(!text.contains(secret), "{text}");
    }
}

fn commit(folder: &Folder, date: &str) {
    git(&folder.path(""), date, &["add", "content"]);
    git(&folder.path(""), date, &["commit", "--quiet", "-m", date]);
}

/// The part of a bulletin under a heading.
fn part<'t>(text: &'t str, title: &str) -> &'t str {
    let after = text.split_once(&format!("\n## {title}\n\n")).map_or("", |(_, after)| after);
    after.split("\n\n## ").next().unwrap_or_default().trim_end()
}

#[test]
fn in_a_repository_it_compares_with_the_revision_of_the_day() {
    let folder = project();
    git(&folder.path(""), "2026-11-01", &["init", "--quiet"]);
    commit(&folder, "2026-11-01");
    // Before the day of which it tells: no news any more.
    let text = SELF.replace("title: Middle", "title: The middle");
    let folder = folder.write("content/offerings/self.md", &text);
    commit(&folder, "2026-11-10");
    let text =
        text.replace("8:30-11:30 AM", "9-11:30 AM").replace("title: Self as Core", "title: Self");
    let folder = folder.write("content/offerings/self.md", &text);
    commit(&folder, "2026-11-20");
    let folder =
        folder.run(["bulletin", "--since", "2026-11-17", "--output", "b.md", "--quiet"]).success();
    let text = folder.read("b.md");
    // What was written long ago and announced since then is new.
    assert!(part(&text, "New").starts_with("- **[Closed circle]"), "{text}");
    assert_eq!(
        part(&text, "Changed"),
        "- [Self](https://example.org/learn/offerings/self/)
  - **Renamed**: ~~Self as Core~~ → Self
  - **Moved** Beginning: ~~Thursday, December 3, 2026, 8:30 to 11:30 AM~~ → Thursday, December 3, 2026, \
         9:00 to 11:30 AM"
    );
    // There is nothing as old: the content is asked.
    let folder = folder
        .run(["bulletin", "--since", "2026-10-17", "--output", "b.md"])
        .stdout("Wrote b.md")
        .stderr("note: what changed is told by what the content records: the repository has no content as old")
        .success();
    assert!(
        part(&folder.read("b.md"), "Changed")
            .contains("**Moved** The middle: ~~December 4, 2026~~")
    );
    // A shallow clone does not reach back.
    let from = format!("file://{}", folder.path("").display());
    git(&folder.path(""), "2026-11-24", &["clone", "--quiet", "--depth", "1", &from, "clone"]);
    folder
        .run(["bulletin", "--since", "2026-11-17", "--root", "clone", "--output", "b.md"])
        .stdout("Wrote b.md")
        .stderr(
            "
            note: what changed is told by what the content records: git refused: this clone does not reach \
            back as far
              help: fetch the history first: `git fetch --unshallow`
            ",
        )
        .success();
}

#[test]
fn an_older_state_can_be_named() {
    let old = SELF.replace("        status: cancelled\n", "");
    let folder = project()
        .write("old/content/catalog.yaml", CATALOG)
        .write("old/content/offerings/self.md", &old)
        .write("old/content/offerings/gone.md", &CIRCLE.replace("Closed circle", "Open circle"))
        .run(["bulletin", "--since", "2026-11-20", "--old", "old", "--output", "b.md", "--quiet"])
        .success();
    let text = folder.read("b.md");
    assert_eq!(
        part(&text, "Changed"),
        "- Open circle: no longer offered
- [Self as Core](https://example.org/learn/offerings/self/): **Cancelled** End: ~~Wednesday, December 9, 2026~~"
    );
}

#[test]
fn an_enrollment_is_named_by_what_one_enrolls_in() {
    let text = "
        ---
        title: Walks
        kind: series
        summary: Through schools.
        roles: [principal]
        cohorts:
          east:
            title: East
            enroll: { url: https://example.org/east, closes: 2026-12-01 }
            sessions:
              - title: Walk
                date: 2026-12-10
                repeat: { every: week, count: 3 }
                enroll: { url: https://example.org/walk, closes: 2026-12-04 }
          west:
            title: West
            enroll: { url: https://example.org/west, closes: 2026-12-02, status: closed }
            sessions:
              - { date: 2026-12-11 }
        ---
    ";
    let folder = Folder::new()
        .write("content/catalog.yaml", CATALOG)
        .write("content/offerings/walks.md", text)
        .run(["bulletin", "--since", "2026-11-20", "--old", ".", "--output", "b.md", "--quiet"])
        .success();
    let page = "https://example.org/learn/offerings/walks/";
    assert_eq!(
        part(&folder.read("b.md"), "Enrollment closes soon"),
        format!(
            "- **December 1, 2026**: [Walks, East]({page}). [Enroll](https://example.org/east)\n\
             - **December 4, 2026**: [Walks, East, Walk]({page}). [Enroll](https://example.org/walk)"
        )
    );
}
