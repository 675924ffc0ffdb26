//! `convene diff`: every kind of edit in the words of every form, and the ways to name two sides.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;
#[path = "support/repository.rs"]
mod repository;

use std::path::Path;

use convene::build::{Now, Options, with_edition};
use convene::diff::{Difference, Snapshot, compare, json, markdown, text};
use convene::source::Sources;
use folder::Folder;
use repository::git;

const CATALOG: &str = "
title: Learning
organization: Office
url: https://example.org/learn/
timezone: America/New_York
kinds:
  series: { name: Series }
  talk: { name: Talk }
roles:
  principal: { name: Principal }
  coach: { name: Coach, plural: Coaches }
networks:
  north: { name: North }
credits:
  act-48: { name: Act 48 }
";

const SELF: &str = "---
title: Self as Core
kind: series
summary: Who one is as a leader.
roles: [principal]
credit:
  - { type: act-48, amount: 6 }
enroll:
  url: https://example.org/enroll
  opens: 2026-12-01
  closes: 2027-01-10
sessions:
  - title: Beginning
    date: 2027-01-14
    time: 8:30-11:30 AM
    place: hall
  - title: Middle
    dates: [2027-02-02, 2027-02-03]
    time: 1-3 PM
    online: true
  - title: End
    month: 2027-03
---
";

const CIRCLE: &str = "---
title: Closed circle
kind: talk
summary: Among ourselves.
roles: [coach]
private: true
enroll:
  url: https://example.org/circle
cohorts:
  a:
    title: Group A
    sessions:
      - date: 2027-01-20
        time: 4-5 PM
        place: Room behind the stage
        online: https://video.example.org/secret
---
";

const RULE: &str = "---
title: One each year
roles: [principal]
choose: 1
of: [self, circle]
---
";

/// The catalog after an edit of one of its texts.
fn edited(from: &str, to: &str) -> Sources {
    let texts = [
        ("content/catalog.yaml", CATALOG),
        ("content/offerings/self.md", SELF),
        ("content/offerings/circle.md", CIRCLE),
        ("content/requirements/one.md", RULE),
        ("content/places/hall.yaml", "name: Town Hall\nroom: Room 2\n"),
        ("content/places/annex.yaml", "name: The Annex\n"),
    ];
    let found = texts.iter().filter(|(_, text)| text.contains(from)).count();
    assert!(from.is_empty() || found > 0, "{from:?} is in no text");
    let replaced = |text: &str| {
        if from.is_empty() { text.to_owned() } else { text.replace(from, to) }
    };
    Sources::from_texts(texts.map(|(path, text)| (path, replaced(text))))
}

fn options() -> Options {
    let now = Now::Instant("2026-11-24T14:00:00Z".parse().unwrap());
    Options { now, drafts: false, future: false, strict: false }
}

fn snapshot(sources: &Sources) -> Snapshot {
    with_edition(sources, &options(), Snapshot::new).unwrap()
}

fn difference(old: &Sources, new: &Sources) -> Difference {
    compare(&snapshot(old), &snapshot(new), "2026-11-24T14:00:00Z".parse().unwrap())
}

/// What an edit is told as: the lines of the text below the title of the one entry that changed,
/// those of the Markdown below it, and the kinds of the JSON.
#[track_caller]
fn case(from: &str, to: &str, in_text: &str, in_markdown: &str, kinds: &[&str]) {
    let difference = difference(&edited("", ""), &edited(from, to));
    let lines = |text: String, indent: &str| -> String {
        let below = text.lines().filter_map(|line| line.strip_prefix(indent));
        below.map(|line| format!("{line}\n")).collect()
    };
    let expected = |text: &str| -> String {
        text.trim()
            .lines()
            .map(|line| format!("{}\n", line.strip_prefix("        ").unwrap_or(line)))
            .collect()
    };
    assert_eq!(lines(text(&difference), "    "), expected(in_text), "{from} -> {to}");
    assert_eq!(lines(markdown(&difference), "  - "), expected(in_markdown), "{from} -> {to}");
    let value: serde_json::Value = serde_json::from_str(&json(&difference)).unwrap();
    let entries = value["offerings"].as_array().unwrap().iter();
    let entries = entries.chain(value["requirements"].as_array().unwrap());
    let changes = entries.flat_map(|entry| entry["changes"].as_array().unwrap());
    let found: Vec<&str> = changes.map(|change| change["kind"].as_str().unwrap()).collect();
    assert_eq!(found, kinds, "{from} -> {to}");
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../docs/diff.schema.json")).unwrap();
    let known = schema["$defs"]["kind"]["enum"].as_array().unwrap();
    assert!(kinds.iter().all(|kind| known.iter().any(|one| one == kind)), "{kinds:?}");
    let fields = schema["$defs"]["change"]["properties"].as_object().unwrap();
    let changes = value["offerings"].as_array().unwrap().iter();
    let changes = changes.flat_map(|entry| entry["changes"].as_array().unwrap());
    for field in changes.flat_map(|change| change.as_object().unwrap().keys()) {
        assert!(fields.contains_key(field), "{field} is not in the schema");
    }
}

#[test]
fn nothing_is_nothing() {
    let same = difference(&edited("", ""), &edited("", ""));
    assert!(same.is_empty());
    assert_eq!(text(&same), "Nothing that a leader sees has changed.\n");
    assert_eq!(markdown(&same), "**Nothing that a leader sees has changed.**\n");
    assert_eq!(
        json(&same),
        "{\n  \"version\": 1,\n  \"changed\": false,\n  \"offerings\": [],\n  \"requirements\": []\n}\n"
    );
    // Neither the order of fields nor the way in which a date is written is a change.
    case("date: 2027-01-14", "date: January 14, 2027", "", "", &[]);
    case("time: 8:30-11:30 AM", "time: 08:30 to 11:30", "", "", &[]);
}

#[test]
fn an_offering_changes() {
    case(
        "title: Self as Core",
        "title: Self *and* Core",
        "
        Renamed
          was  Self as Core
          now  Self *and* Core
        ",
        r"
        **Renamed**: ~~Self as Core~~ → Self \*and\* Core
        ",
        &["renamed"],
    );
    case(
        "kind: series",
        "kind: talk",
        "
        Of another kind
          was  Series
          now  Talk
        ",
        "**Of another kind**: ~~Series~~ → Talk",
        &["kind-changed"],
    );
    case(
        "summary: Who one is as a leader.",
        "summary: Who one is, and why.",
        "
        Described in other words
          was  Who one is as a leader.
          now  Who one is, and why.
        ",
        "**Described in other words**: ~~Who one is as a leader.~~ → Who one is, and why.",
        &["summary-changed"],
    );
    case(
        "leader.\nroles: [principal]",
        "leader.\nroles: [principal, coach]\nnetworks: [north]",
        "
        For others than before
          was  Principals
          now  Principals, Coaches; North
        ",
        "**For others than before**: ~~Principals~~ → Principals, Coaches; North",
        &["audience-changed"],
    );
    case(
        "leader.\n",
        "leader.\naccess: application\n",
        "
        Another way to come in
          was  open
          now  application
        ",
        "**Another way to come in**: ~~open~~ → application",
        &["access-changed"],
    );
    case(
        "amount: 6",
        "amount: 7.5, pending: true",
        "
        Credit changed
          was  6 hours of Act 48
          now  7.5 hours of Act 48 (pending)
        ",
        "**Credit changed**: ~~6 hours of Act 48~~ → 7.5 hours of Act 48 (pending)",
        &["credit-changed"],
    );
    // Whatever else became of it, nobody can come.
    case(
        "leader.\n",
        "leader.\ncancelled: true\n",
        "Cancelled as a whole",
        "**Cancelled as a whole**",
        &["cancelled"],
    );
}

#[test]
fn a_session_moves() {
    case(
        "date: 2027-01-14",
        "date: 2027-01-21\n    moved_from: 2027-01-14\n    reason: A conflict.",
        "
        Moved: Beginning
          was  Thursday, January 14, 2027, 8:30 to 11:30 AM
          now  Thursday, January 21, 2027, 8:30 to 11:30 AM
          why  A conflict.
        ",
        "**Moved** Beginning: ~~Thursday, January 14, 2027, 8:30 to 11:30 AM~~ → Thursday, January 21, \
         2027, 8:30 to 11:30 AM (A conflict.)",
        &["session-moved"],
    );
    case(
        "time: 1-3 PM",
        "time: 2-4 PM",
        "
        Moved: Middle
          was  Tuesday, February 2, 2027, 1:00 to 3:00 PM; Wednesday, February 3,
               2027, 1:00 to 3:00 PM
          now  Tuesday, February 2, 2027, 2:00 to 4:00 PM; Wednesday, February 3,
               2027, 2:00 to 4:00 PM
        ",
        "**Moved** Middle: ~~Tuesday, February 2, 2027, 1:00 to 3:00 PM; Wednesday, February 3, 2027, \
         1:00 to 3:00 PM~~ → Tuesday, February 2, 2027, 2:00 to 4:00 PM; Wednesday, February 3, 2027, \
         2:00 to 4:00 PM",
        &["session-moved"],
    );
    case(
        "2027-02-03]",
        "2027-02-05]",
        "
        Moved: Middle
          was  Wednesday, February 3, 2027, 1:00 to 3:00 PM
          now  Friday, February 5, 2027, 1:00 to 3:00 PM
        ",
        "**Moved** Middle: ~~Wednesday, February 3, 2027, 1:00 to 3:00 PM~~ → Friday, February 5, 2027, \
         1:00 to 3:00 PM",
        &["session-moved"],
    );
    case(
        "2027-02-03]",
        "2027-02-03, 2027-02-05]",
        "
        One more day: Middle
          now  Friday, February 5, 2027, 1:00 to 3:00 PM
        ",
        "**One more day** Middle: Friday, February 5, 2027, 1:00 to 3:00 PM",
        &["session-day-added"],
    );
    case(
        "[2027-02-02, 2027-02-03]",
        "[2027-02-02]",
        "
        No longer on: Middle
          was  Wednesday, February 3, 2027, 1:00 to 3:00 PM
        ",
        "**No longer on** Middle: ~~Wednesday, February 3, 2027, 1:00 to 3:00 PM~~",
        &["session-day-removed"],
    );
    case(
        "month: 2027-03",
        "date: 2027-03-18",
        "
        Date set: End
          was  March 2027
          now  Thursday, March 18, 2027
        ",
        "**Date set** End: ~~March 2027~~ → Thursday, March 18, 2027",
        &["session-date-set"],
    );
    case(
        "month: 2027-03",
        "season: spring 2027",
        "
        Moved: End
          was  March 2027
          now  Spring 2027
        ",
        "**Moved** End: ~~March 2027~~ → Spring 2027",
        &["session-moved"],
    );
    case(
        "date: 2027-01-14\n    time: 8:30-11:30 AM",
        "tba: Soon",
        "
        Date withdrawn: Beginning
          was  Thursday, January 14, 2027, 8:30 to 11:30 AM
          now  Soon
        ",
        "**Date withdrawn** Beginning: ~~Thursday, January 14, 2027, 8:30 to 11:30 AM~~ → Soon",
        &["session-date-withdrawn"],
    );
}

#[test]
fn a_session_is_elsewhere_or_off() {
    case(
        "place: hall",
        "place: annex\n    place_was: hall\n    reason: The heating.",
        "
        Another place: Beginning
          was  Town Hall, Room 2
          now  The Annex
          why  The heating.
        ",
        "**Another place** Beginning: ~~Town Hall, Room 2~~ → The Annex (The heating.)",
        &["session-place-changed"],
    );
    case(
        "online: true",
        "online: https://video.example.org/m",
        "
        Another way to join: Middle
          was  Link sent after enrolling
          now  https://video.example.org/m
        ",
        "**Another way to join** Middle: ~~Link sent after enrolling~~ → https\\://video.example.org/m",
        &["session-online-changed"],
    );
    case(
        "place: hall",
        "place: hall\n    status: cancelled\n    reason: Too few.",
        "
        Cancelled: Beginning
          was  Thursday, January 14, 2027, 8:30 to 11:30 AM
          why  Too few.
        ",
        "**Cancelled** Beginning: ~~Thursday, January 14, 2027, 8:30 to 11:30 AM~~ (Too few.)",
        &["session-cancelled"],
    );
    case(
        "place: hall",
        "place: hall\n    status: postponed",
        "
        Postponed: Beginning
          was  Thursday, January 14, 2027, 8:30 to 11:30 AM
        ",
        "**Postponed** Beginning: ~~Thursday, January 14, 2027, 8:30 to 11:30 AM~~",
        &["session-postponed"],
    );
    case(
        "place: hall",
        "place: hall\n    status: tentative",
        "
        Tentative: Beginning
          now  Thursday, January 14, 2027, 8:30 to 11:30 AM
        ",
        "**Tentative** Beginning: Thursday, January 14, 2027, 8:30 to 11:30 AM",
        &["session-tentative"],
    );
    case(
        "place: hall",
        "place: hall\n    backup: { date: 2027-01-15 }",
        "
        Backup date changed: Beginning
          now  Friday, January 15, 2027, 8:30 to 11:30 AM
        ",
        "**Backup date changed** Beginning: Friday, January 15, 2027, 8:30 to 11:30 AM",
        &["session-backup-changed"],
    );
    case(
        "title: Beginning",
        "title: A start",
        "
        Session renamed: A start
          was  Beginning
          now  A start
        ",
        "**Session renamed** A start: ~~Beginning~~ → A start",
        &["session-renamed"],
    );
    case(
        "month: 2027-03",
        "month: 2027-03\n  - title: After\n    date: 2027-04-15\n    place: annex",
        "
        Session added: After
          now  Thursday, April 15, 2027; The Annex
        ",
        "**Session added** After: Thursday, April 15, 2027; The Annex",
        &["session-added"],
    );
    case(
        "  - title: End\n    month: 2027-03\n",
        "",
        "
        Session removed: End
          was  March 2027
        ",
        "**Session removed** End: ~~March 2027~~",
        &["session-removed"],
    );
}

#[test]
fn enrollment_changes() {
    case(
        "closes: 2027-01-10",
        "closes: 2027-01-12 5 PM\n  was: 2027-01-10",
        "
        Enrollment extended
          was  January 10, 2027
          now  January 12, 2027, 5:00 PM
        ",
        "**Enrollment extended**: ~~January 10, 2027~~ → January 12, 2027, 5:00 PM",
        &["enrollment-extended"],
    );
    case(
        "closes: 2027-01-10",
        "closes: 2027-01-08",
        "
        Enrollment closes earlier
          was  January 10, 2027
          now  January 8, 2027
        ",
        "**Enrollment closes earlier**: ~~January 10, 2027~~ → January 8, 2027",
        &["enrollment-shortened"],
    );
    case(
        "  closes: 2027-01-10\n",
        "  rolling: true\n",
        "
        Enrollment has no deadline any more
          was  January 10, 2027
        ",
        "**Enrollment has no deadline any more**: ~~January 10, 2027~~",
        &["enrollment-deadline-removed"],
    );
    case(
        "opens: 2026-12-01",
        "opens: 2026-11-20",
        "
        Enrollment opened
          was  December 1, 2026
          now  November 20, 2026
        ",
        "**Enrollment opened**: ~~December 1, 2026~~ → November 20, 2026",
        &["enrollment-opened"],
    );
    case(
        "opens: 2026-12-01",
        "opens: 2026-12-05",
        "
        Enrollment opens another day
          was  December 1, 2026
          now  December 5, 2026
        ",
        "**Enrollment opens another day**: ~~December 1, 2026~~ → December 5, 2026",
        &["enrollment-opens-changed"],
    );
    for (status, words, kind) in [
        ("full", "Full", "enrollment-full"),
        ("waitlist", "Waitlist", "enrollment-waitlist"),
        ("closed", "Enrollment closed", "enrollment-closed"),
    ] {
        let to = format!("closes: 2027-01-10\n  status: {status}");
        case("closes: 2027-01-10", &to, words, &format!("**{words}**"), &[kind]);
    }
    case(
        "https://example.org/enroll\n",
        "https://example.org/e_2\n",
        "
        Another link to enroll
          was  https://example.org/enroll
          now  https://example.org/e_2
        ",
        r"**Another link to enroll**: ~~https\://example.org/enroll~~ → https\://example.org/e\_2",
        &["enrollment-link-changed"],
    );
    case(
        "enroll:\n  url: https://example.org/enroll\n  opens: 2026-12-01\n  closes: 2027-01-10\n",
        "",
        "
        Enrollment removed
          was  Enrollment: December 1, 2026 to January 10, 2027
        ",
        "**Enrollment removed**: ~~Enrollment: December 1, 2026 to January 10, 2027~~",
        &["enrollment-removed"],
    );
}

#[test]
fn what_is_undone_is_told_too() {
    let back = |from: &str, to: &str| {
        let difference = difference(&edited(from, to), &edited("", ""));
        let told = text(&difference);
        told.lines().find_map(|line| line.strip_prefix("    ")).unwrap().to_owned()
    };
    assert_eq!(back("leader.\n", "leader.\ncancelled: true\n"), "No longer cancelled");
    let status = |status| back("place: hall", &format!("place: hall\n    status: {status}"));
    assert_eq!(status("cancelled"), "Takes place again: Beginning");
    assert_eq!(status("postponed"), "Takes place again: Beginning");
    assert_eq!(status("tentative"), "Confirmed: Beginning");
    let full = back("closes: 2027-01-10", "closes: 2027-01-10\n  status: full");
    assert_eq!(full, "Seats again");
    let without =
        "enroll:\n  url: https://example.org/enroll\n  opens: 2026-12-01\n  closes: 2027-01-10\n";
    assert_eq!(back(without, ""), "Enrollment added");
}

#[test]
fn cohorts_come_and_go() {
    case(
        "title: Group A",
        "title: Group *A*",
        "
        Cohort renamed: Group *A*
          was  Group A
          now  Group *A*
        ",
        r"**Cohort renamed** Group \*A\*: ~~Group A~~ → Group \*A\*",
        &["cohort-renamed"],
    );
    case(
        "cohorts:\n",
        "cohorts:\n  b:\n    title: Group B\n    sessions: [{ date: 2027-02-10 }]\n",
        "
        Cohort added: Group B
          now  Wednesday, February 10, 2027
        ",
        "**Cohort added** Group B: Wednesday, February 10, 2027",
        &["cohort-added"],
    );
    case(
        "  a:\n    title: Group A",
        "  b:\n    title: Group B",
        "
        Cohort added: Group B
          now  Wednesday, January 20, 2027, 4:00 to 5:00 PM
        Cohort removed: Group A
          was  Wednesday, January 20, 2027, 4:00 to 5:00 PM
        ",
        "
        **Cohort added** Group B: Wednesday, January 20, 2027, 4:00 to 5:00 PM
        **Cohort removed** Group A: ~~Wednesday, January 20, 2027, 4:00 to 5:00 PM~~
        ",
        &["cohort-added", "cohort-removed"],
    );
    case(
        "date: 2027-01-20",
        "date: 2027-01-27",
        "
        Moved: Group A
          was  Wednesday, January 20, 2027, 4:00 to 5:00 PM
          now  Wednesday, January 27, 2027, 4:00 to 5:00 PM
        ",
        "**Moved** Group A: ~~Wednesday, January 20, 2027, 4:00 to 5:00 PM~~ → Wednesday, January 27, \
         2027, 4:00 to 5:00 PM",
        &["session-moved"],
    );
}

#[test]
fn requirements_change() {
    case(
        "title: One each year",
        "title: One a year",
        "
        Renamed
          was  One each year
          now  One a year
        ",
        "**Renamed**: ~~One each year~~ → One a year",
        &["renamed"],
    );
    case(
        "of: [self, circle]",
        "of: [self]",
        "
        The rule changed
          was  All principals complete one of these two offerings each year.
          now  All principals complete Self as Core each year.
        No longer a choice
          was  Closed circle
        ",
        "
        **The rule changed**: ~~All principals complete one of these two offerings each year.~~ → All \
         principals complete Self as Core each year.
        **No longer a choice**: ~~Closed circle~~
        ",
        &["rule-changed", "choice-removed"],
    );
}

#[test]
fn offerings_come_and_go() {
    let draft = edited("title: Self as Core\n", "title: Self as Core\ndraft: true\n");
    let all = edited("", "");
    let come = text(&difference(&draft, &all));
    assert_eq!(
        come,
        "1 offering added; 1 requirement changed

New offerings
  Self as Core
    Series: Principals
    January 14 to February 3, 2027, more dates to come; 3 sessions
    Enrollment: December 1, 2026 to January 10, 2027
    https://example.org/learn/offerings/self/

Changed requirements
  One each year
    One more choice
      now  Self as Core
"
    );
    let gone = markdown(&difference(&all, &draft));
    assert_eq!(
        gone,
        "**1 offering gone; 1 requirement changed**

### Offerings that are gone

- Self as Core

### Changed requirements

- [One each year](https://example.org/learn/requirements/one/)
  - **No longer a choice**: ~~Self as Core~~
"
    );
}

#[test]
fn a_private_offering_tells_neither_room_nor_link() {
    let moved = edited("Room behind the stage", "Other secret room");
    assert!(difference(&edited("", ""), &moved).is_empty());
    let linked = edited("https://video.example.org/secret", "https://video.example.org/other");
    assert!(difference(&edited("", ""), &linked).is_empty());
    let none = edited("title: Closed circle\n", "title: Closed circle\ndraft: true\n");
    for difference in [difference(&none, &edited("", "")), difference(&edited("", ""), &none)] {
        for told in [text(&difference), markdown(&difference), json(&difference)] {
            assert!(told.contains("Closed circle"), "{told}");
            assert!(!told.contains("stage") && !told.contains("secret"), "{told}");
        }
    }
}

#[test]
fn markdown_is_words_and_bounded() {
    let nasty = "'<img src=x onerror=alert(1)> @team #12 [a](b) `c` | www.d.org https://e.org'";
    let difference_of = edited("title: Self as Core", &format!("title: {nasty}"));
    let told = markdown(&difference(&edited("", ""), &difference_of));
    let expected = r"\<img src=x onerror=alert(1)\> \@<!-- -->team \#<!-- -->12 \[a\](b) \`c\` \| www\.d.org https\://e.org";
    assert!(told.contains(&format!("→ {expected}\n")), "{told}");

    let many = (0..3000).map(|number| {
        let text = SELF.replace("title: Self as Core", &format!("title: Offering {number}"));
        (format!("content/offerings/o{number}.md"), text)
    });
    let catalog = ("content/catalog.yaml".to_owned(), CATALOG.to_owned());
    let many = Sources::from_texts(many.chain([catalog.clone()]));
    let told = markdown(&difference(&Sources::from_texts([catalog]), &many));
    assert!(told.len() <= convene::diff::MAX_MARKDOWN_BYTES, "{}", told.len());
    let last = told.lines().last().unwrap();
    assert!(
        last.starts_with("*… and ") && last.ends_with(" more, too many to list here.*"),
        "{last}"
    );
    let shown = told.lines().filter(|line| line.starts_with("- ")).count();
    assert!(last.contains(&(3000 - shown).to_string()), "{last}, {shown} shown");
}

// The two sides.

fn moved() -> String {
    SELF.replace("date: 2027-01-14", "date: 2027-01-21")
}

const MOVED: &str = "
    1 offering changed

    Changed offerings
      Self as Core
        Moved: Beginning
          was  Thursday, January 14, 2027, 8:30 to 11:30 AM
          now  Thursday, January 21, 2027, 8:30 to 11:30 AM
";

fn project(folder: Folder, top: &str, offering: &str) -> Folder {
    folder
        .write(&format!("{top}content/catalog.yaml"), CATALOG)
        .write(&format!("{top}content/places/hall.yaml"), "name: Town Hall\n")
        .write(&format!("{top}content/offerings/self.md"), offering)
}

#[test]
fn folders_are_compared() {
    let folder = project(project(Folder::new(), "old/", SELF), "new/", &moved());
    let folder = folder.run(["diff", "old", "new"]).stdout(MOVED).success();
    let folder = folder.run(["diff", "old/content", "new/content"]).stdout(MOVED).success();
    let folder = folder.run(["diff", "old", "--root", "new", "--quiet"]).stdout(MOVED).success();
    let folder = folder.run(["diff", "old", "new", "--exit-code"]).stdout(MOVED).failure(4);
    let same = "Nothing that a leader sees has changed.";
    let folder = folder.run(["diff", "old", "old", "--exit-code"]).stdout(same).success();
    std::fs::create_dir(folder.path("empty")).unwrap();
    folder
        .run(["diff", "empty", "new"])
        .stderr(
            "
            error: there is nothing to compare in `empty`
              help: name a folder that has `content` in it, the content folder itself, or a published site
              help: for a revision of the same name, write `empty^0`
            ",
        )
        .failure(3);
}

#[test]
fn revisions_are_compared() {
    // The project is not at the repository's root, and a link leads from one entry to another.
    let folder = project(Folder::new(), "learning/", SELF);
    #[cfg(unix)]
    std::os::unix::fs::symlink("hall.yaml", folder.path("learning/content/places/annex.yaml"))
        .unwrap();
    let folder = folder.write("learning/content/files/.hidden", "x");
    git(&folder.path(""), "2026-11-01", &["init", "--quiet"]);
    git(&folder.path(""), "2026-11-01", &["add", "."]);
    git(&folder.path(""), "2026-11-01", &["commit", "--quiet", "-m", "first"]);
    let folder = folder.write("learning/content/offerings/self.md", &moved());
    let folder = folder.run(["diff", "HEAD", "--root", "learning"]).stdout(MOVED).success();
    git(&folder.path(""), "2026-11-01", &["commit", "--quiet", "--all", "-m", "moved"]);
    let folder =
        folder.run(["diff", "HEAD~1", "HEAD", "--root", "learning"]).stdout(MOVED).success();
    let folder =
        folder.run(["diff", "main~1", "learning", "--root", "learning"]).stdout(MOVED).success();
    let unknown = |revision: &str| {
        format!(
            "
            error: `{revision}` is neither a folder nor a revision of this repository
              help: in a shallow clone (CI), fetch the history first: `git fetch --unshallow`
            "
        )
    };
    let folder = folder
        .run(["diff", "nowhere", "--root", "learning"])
        .stderr(&unknown("nowhere"))
        .failure(3)
        .run(["diff", "--root", "learning", "--", "--output=x"])
        .stderr("error: `--output=x` begins with a dash, as no revision does")
        .failure(3)
        .run(["diff", "HEAD:learning", "--root", "learning"])
        .stderr(&unknown("HEAD:learning"))
        .failure(3);
    assert!(!folder.path("x").exists() && !folder.path("learning/x").exists());
    // Nothing was checked out or changed.
    assert!(folder.read("learning/content/offerings/self.md").contains("2027-01-21"));
    std::fs::create_dir(folder.path("other")).unwrap();
    git(&folder.path(""), "2026-11-01", &["rm", "-r", "--quiet", "--cached", "learning"]);
    git(&folder.path(""), "2026-11-01", &["commit", "--quiet", "-m", "without"]);
    folder
        .run(["diff", "HEAD", "--root", "learning"])
        .stderr("error: at `HEAD` the project has no folder `content`")
        .failure(3);
}

#[test]
fn without_a_repository_or_git_the_reason_is_told() {
    let folder = project(Folder::new(), "", SELF);
    let folder = folder
        .run(["diff", "HEAD~1"])
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir().to_str().unwrap())
        .env("LC_ALL", "C")
        .stderr(
            "error: the project is in no git repository that can be read: not a git repository[..]",
        )
        .failure(3);
    folder
        .run(["diff", "HEAD~1"])
        .env("PATH", "/nonexistent")
        .stderr(
            "
            error: a revision is read with `git`, and there is no such program
              help: install git, or name a folder instead
            ",
        )
        .failure(3);
}

#[test]
fn errors_of_the_past_are_told_and_those_of_the_present_refuse() {
    let faulty = SELF.replace("title: Self as Core\n", "");
    let folder = project(project(Folder::new(), "old/", &faulty), "new/", SELF);
    let folder = folder
        .run(["diff", "old", "new"])
        .stdout("Nothing that a leader sees has changed.")
        .stderr("note: not compared, for errors at `old`: `offerings/self`")
        .success();
    folder
        .run(["diff", "new", "old"])
        .stderr(
            "
            error[missing-field]: an offering needs `title`, and it is missing
             --> content/offerings/self.md:2:1
              |
            2 | kind: series
              | ^^^^
              = help: add it, such as `title: Self as Core`

            1 error in 1 file
            error: `old` has 1 error, see above
            ",
        )
        .failure(1);
}

#[test]
fn the_sample_is_as_it_is() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = sample.to_str().unwrap();
    Folder::new()
        .run(["diff", sample, sample, "--at", "2026-11-24", "--exit-code"])
        .stdout("Nothing that a leader sees has changed.")
        .success();
}

#[test]
fn content_is_as_its_own_published_site() {
    for project in ["", "tests/calendars"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
        let root = root.to_str().unwrap();
        let same = "Nothing that a leader sees has changed.";
        Folder::new()
            .run(["build", "--root", root, "--output", "site", "--at", "2026-11-24", "--quiet"])
            .success()
            .run(["diff", "site", root, "--at", "2026-11-24", "--exit-code"])
            .stdout(same)
            .success()
            .run(["diff", root, "site", "--at", "2026-11-24", "--exit-code"])
            .stdout(same)
            .success();
    }
}

#[test]
fn a_published_site_is_compared() {
    let folder = project(project(Folder::new(), "old/", SELF), "new/", &moved());
    let folder = folder
        .run(["build", "--root", "old", "--output", "site", "--quiet"])
        .success()
        .run(["diff", "site", "new"])
        .stdout(MOVED)
        .success();
    let catalog = folder.read("site/api/v1/catalog.json");
    let folder = folder
        .write("site/api/v1/catalog.json", &catalog.replace("\"version\":1", "\"version\":2"))
        .run(["diff", "site", "new"])
        .stderr(
            "error: `site/api/v1/catalog.json` cannot be read: it is of version 2 of the data, and this \
             convene reads version 1",
        )
        .failure(3)
        .write("site/api/v1/catalog.json", &catalog)
        .write("site/api/v1/offerings.json", "{\"offerings\": [{\"id\": \"../../../secret\"}]}")
        .run(["diff", "site", "new"])
        .stderr("error: `site/api/v1/offerings.json` cannot be read: `../../../secret` is no ID")
        .failure(3)
        .write("site/api/v1/offerings.json", "[")
        .run(["diff", "site", "new"])
        .stderr("error: `site/api/v1/offerings.json` cannot be read: EOF while parsing [..]")
        .failure(3)
        .remove("site/api/v1/offerings.json");
    folder
        .run(["diff", "site", "new"])
        .stderr(
            "
            error: could not read `site/api/v1/offerings.json`: No such file or directory (os error 2)
              help: is `site` the whole folder of a site that convene published?
            ",
        )
        .failure(3);
}
