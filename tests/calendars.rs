//! Calendars as programs read them: identity, what moves, what is private, what is nasty.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use convene::build::{self, Now, Options, Site};
use convene::source;
use jiff::civil::date;
use support::Project;

/// The lines of a calendar, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"));
    text.replace("\r\n ", "").split_terminator("\r\n").map(ToOwned::to_owned).collect()
}

/// The events of a calendar, each as its lines.
fn events(text: &str) -> Vec<Vec<String>> {
    let lines = lines(text);
    let parts = lines.split(|line| line == "BEGIN:VEVENT").skip(1);
    parts
        .map(|part| part.iter().take_while(|line| *line != "END:VEVENT").cloned().collect())
        .collect()
}

/// The event with this identity before the `@`.
#[track_caller]
fn event(text: &str, identity: &str) -> Vec<String> {
    let wanted = format!("UID:{identity}@example.org");
    let found = events(text).into_iter().find(|event| event.contains(&wanted));
    found.unwrap_or_else(|| panic!("no {wanted} in\n{text}"))
}

/// The value of a property, whatever its parameters.
#[track_caller]
fn value<'e>(event: &'e [String], name: &str) -> &'e str {
    let named = |line: &&String| line.split([':', ';']).next() == Some(name);
    let line = event.iter().find(named).unwrap_or_else(|| panic!("no {name} in {event:#?}"));
    line.split_once(':').expect("a value").1
}

fn sequence(event: &[String]) -> u32 {
    value(event, "SEQUENCE").parse().expect("a number")
}

const ALL: &str = "calendar/all.ics";
const SESSION: &str = "  - date: 2027-01-14\n    time: 8:30-11:30 AM\n";

/// The small catalog with other sessions.
fn with(sessions: &str) -> Project {
    Project::new().change("offerings/self.md", SESSION, sessions)
}

fn with_places(sessions: &str) -> Project {
    with(sessions)
        .write("places/hall.md", "---\nname: Hall\naddress: 1 Example Street\nroom: Room 7\naccessibility: \"**Step-free** by the\\nnorth door.\"\n---\n")
        .write("places/room.md", "---\nname: Online room\nonline: true\nurl: https://meet.example.org/j/1\n---\n")
}

#[test]
fn an_event_has_all_that_a_calendar_shows() {
    let text = Project::new().page(ALL);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    let head = lines(&text);
    for line in [
        "NAME:Learning",
        "X-WR-CALNAME:Learning",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "SOURCE;VALUE=URI:https://example.org/learn/calendar/all.ics",
        "TZID:America/New_York",
    ] {
        assert!(head.iter().any(|one| one == line), "{line}");
    }
    assert!(!text.contains("METHOD"));
    let expected = "\
UID:self.1@example.org
DTSTAMP:20250701T000000Z
LAST-MODIFIED:20250701T000000Z
SEQUENCE:0
DTSTART;TZID=America/New_York:20270114T083000
DTEND;TZID=America/New_York:20270114T113000
SUMMARY:Self as Core
DESCRIPTION:Who one is as a leader\\, and what follows from it.\\n\\nEnrollment: until January 10\\, 2027\\nhttps://example.org/enroll/self\\n\\nDetails: https://example.org/learn/offerings/self/#session.1
URL:https://example.org/learn/offerings/self/#session.1
CATEGORIES:Series
STATUS:CONFIRMED
TRANSP:OPAQUE";
    assert_eq!(event(&text, "self.1").join("\n"), expected);
}

#[test]
fn every_calendar_is_there() {
    let site = Project::new()
        .change("catalog.yaml", "topics:", "networks:\n  north: { name: North }\ntopics:")
        .change(
            "offerings/self.md",
            "roles: [principal]",
            "roles: [principal]\nfacilitators: [maya]\ntopics: [equity]",
        )
        .change("offerings/self.md", SESSION, "  - { date: 2027-01-14, place: hall }\n")
        .write("people/maya.md", "---\nname: Maya\n---\n")
        .write("places/hall.md", "---\nname: Hall\n---\n")
        .write("requirements/one.md", "---\ntitle: One\nroles: [principal]\nall: [self]\n---\n")
        .site();
    for (path, count) in [
        ("all", 1),
        ("enrollment", 1),
        ("kind/series", 1),
        ("role/principal", 1),
        ("role/assistant-principal", 0),
        ("role/principal/north", 1),
        ("role/assistant-principal/north", 0),
        ("network/north", 1),
        ("topic/equity", 1),
        ("offering/self", 1),
        ("person/maya", 1),
        ("place/hall", 1),
        ("requirement/one", 1),
        ("event/self/1", 1),
    ] {
        let path = format!("calendar/{path}.ics");
        let file = site.files.iter().find(|(output, _)| output.as_str() == path);
        let text =
            String::from_utf8(file.unwrap_or_else(|| panic!("no {path}")).1.to_vec()).unwrap();
        assert_eq!(events(&text).len(), count, "{path}");
        // A calendar needs a component.
        assert!(count > 0 || text.contains("BEGIN:VTIMEZONE"), "{path}");
    }
    let single = Project::new().page("calendar/event/self/1.ics");
    assert!(!single.contains("NAME:Learning") && !single.contains("REFRESH"), "{single}");
}

#[test]
fn a_moved_session_keeps_its_uid_and_its_sequence_rises() {
    let states = [
        "",
        "    place: hall\n    place_was: room\n",
        "    place: hall\n    place_was: room\n    status: postponed\n",
        "    place: hall\n    place_was: room\n    moved_from: 2027-01-07\n",
        "    place: hall\n    place_was: room\n    moved_from: 2027-01-07\n    status: cancelled\n",
    ];
    let mut before: Option<Vec<String>> = None;
    for state in states {
        let now = event(&with_places(&format!("{SESSION}{state}")).page(ALL), "self.1");
        if let Some(before) = before {
            assert!(sequence(&before) < sequence(&now), "{before:#?}\n{now:#?}");
            assert!(value(&before, "DTSTAMP") < value(&now, "DTSTAMP"));
            assert!(value(&before, "LAST-MODIFIED") < value(&now, "LAST-MODIFIED"));
        }
        before = Some(now);
    }
    let moved = with(&format!("{SESSION}    moved_from: 2027-01-07\n    reason: Snow\n"));
    let moved = event(&moved.page(ALL), "self.1");
    assert!(value(&moved, "DESCRIPTION").starts_with("Moved from January 7\\, 2027. Snow\\n"));
}

#[test]
fn what_is_off_says_so_for_a_year() {
    let cancelled = with(&format!("{SESSION}    status: cancelled\n    reason: No heating\n"));
    let off = event(&cancelled.page(ALL), "self.1");
    assert_eq!(value(&off, "SUMMARY"), "Cancelled: Self as Core");
    assert_eq!(value(&off, "STATUS"), "CANCELLED");
    assert_eq!(value(&off, "TRANSP"), "TRANSPARENT");
    assert!(value(&off, "DESCRIPTION").starts_with("Cancelled. No heating\\n"));
    let own = "calendar/offering/self.ics";
    let later =
        |moment: &str| with(&format!("{SESSION}    status: cancelled\n")).at(moment).page(own);
    assert_eq!(events(&later("2028-01-14T12:00:00-05:00")).len(), 1);
    assert_eq!(events(&later("2028-01-15T12:00:00-05:00")).len(), 0);
    let postponed = with(&format!("{SESSION}    status: postponed\n")).page(ALL);
    assert_eq!(value(&event(&postponed, "self.1"), "SUMMARY"), "Postponed: Self as Core");
    assert_eq!(value(&event(&postponed, "self.1"), "STATUS"), "CANCELLED");
    let whole = Project::new().change("offerings/self.md", "kind:", "cancelled: Too few\nkind:");
    let whole = event(&whole.page(ALL), "self.1");
    assert_eq!(value(&whole, "STATUS"), "CANCELLED");
    assert!(value(&whole, "DESCRIPTION").starts_with("Cancelled. Too few\\n"));
}

#[test]
fn what_is_not_sure_takes_up_no_time() {
    let tentative = with(&format!("{SESSION}    status: tentative\n")).page(ALL);
    let tentative = event(&tentative, "self.1");
    assert_eq!(value(&tentative, "STATUS"), "TENTATIVE");
    assert_eq!(value(&tentative, "TRANSP"), "TRANSPARENT");
    let snow = with(&format!("{SESSION}    backup: 2027-01-21\n")).page(ALL);
    assert_eq!(value(&event(&snow, "self.1"), "STATUS"), "CONFIRMED");
    let backup = event(&snow, "self.1_backup");
    assert_eq!(value(&backup, "SUMMARY"), "Backup date: Self as Core");
    assert_eq!(value(&backup, "DTSTART"), "20270121T083000");
    assert_eq!(value(&backup, "STATUS"), "TENTATIVE");
    assert_eq!(value(&backup, "TRANSP"), "TRANSPARENT");
}

#[test]
fn what_has_no_day_is_in_no_calendar() {
    let vague =
        with("  - month: 2027-03\n  - season: fall 2026\n  - tba: When the hall is mended\n");
    assert!(events(&vague.page(ALL)).is_empty());
    let paths: BTreeSet<String> = vague.site().files.keys().map(ToString::to_string).collect();
    assert!(!paths.iter().any(|path| path.starts_with("calendar/event/")), "{paths:#?}");
}

#[test]
fn identities_come_from_what_staff_do_not_change() {
    let uids = |text: &str| -> Vec<(String, String)> {
        let all = events(text);
        all.iter().map(|e| (value(e, "UID").to_owned(), value(e, "DTSTART").to_owned())).collect()
    };
    // Leaving out one day of a repeat renames no other.
    let repeat = |except: &str| {
        with(&format!("  - id: call\n    date: 2027-01-14\n    repeat: {{ every: week, until: 2027-02-11{except} }}\n"))
            .page(ALL)
    };
    let (all, fewer) = (uids(&repeat("")), uids(&repeat(", except: [2027-01-21]")));
    assert_eq!(all.len(), 5);
    let (gone, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, day)| day == "20270121");
    assert_eq!(kept, fewer);
    assert_eq!(gone[0].0, "self.call_repeat2@example.org");
    // Days are known by the order in which they are written, not by their dates.
    let days = uids(&with("  - dates: [2027-01-21, 2027-01-14]\n").page(ALL));
    assert_eq!(
        days,
        [
            ("self.1_day2@example.org".to_owned(), "20270114".to_owned()),
            ("self.1@example.org".to_owned(), "20270121".to_owned()),
        ]
    );
    // An alternative is known by its own ID, a session of a cohort by the cohort's and its own.
    let choice = with(
        "  - alternatives:\n      - date: 2027-01-14\n      - { id: late, date: 2027-01-21 }\n",
    );
    let choice = uids(&choice.page(ALL)).into_iter().map(|(uid, _)| uid).collect::<Vec<_>>();
    assert_eq!(choice, ["self.1-1@example.org", "self.late@example.org"]);
    let cohorts = Project::new().change(
        "offerings/self.md",
        "sessions:\n  - date: 2027-01-14\n    time: 8:30-11:30 AM\n",
        "cohorts:\n  spring:\n    title: Spring\n    sessions: [{ date: 2027-01-14 }]\n",
    );
    let text = cohorts.page("calendar/event/self/spring.1.ics");
    assert_eq!(value(&event(&text, "self.spring.1"), "SUMMARY"), "Self as Core (Spring)");
}

#[test]
fn whole_days_end_on_the_day_after() {
    let text = with("  - dates: [2027-03-14, 2027-03-15]\n").page("calendar/event/self/1.ics");
    let (first, second) = (event(&text, "self.1"), event(&text, "self.1_day2"));
    assert!(first.contains(&"DTSTART;VALUE=DATE:20270314".to_owned()), "{first:#?}");
    assert!(first.contains(&"DTEND;VALUE=DATE:20270315".to_owned()));
    assert!(second.contains(&"DTEND;VALUE=DATE:20270316".to_owned()));
    assert_eq!(value(&second, "SUMMARY"), "Self as Core (day 2 of 2)");
    // No time is given, so no zone is needed.
    assert!(!text.contains("VTIMEZONE"));
}

#[test]
fn a_time_that_clocks_show_twice_is_given_in_utc() {
    let text = with("  - { date: 2026-11-01, time: 12:30-1:30 AM }\n  - date: 2027-01-14\n")
        .page("calendar/offering/self.ics");
    let event = event(&text, "self.1");
    assert!(event.contains(&"DTSTART;TZID=America/New_York:20261101T003000".to_owned()));
    assert!(event.contains(&"DTEND:20261101T053000Z".to_owned()), "{event:#?}");
}

#[test]
fn places_and_links_are_where_programs_look_for_them() {
    let hybrid = with_places(&format!("{SESSION}    places: [hall, room]\n")).page(ALL);
    let both = event(&hybrid, "self.1");
    assert_eq!(value(&both, "LOCATION"), "Hall\\, Room 7\\, 1 Example Street\\; Online room");
    assert_eq!(value(&both, "CONFERENCE"), "https://meet.example.org/j/1");
    let description = value(&both, "DESCRIPTION");
    assert!(
        description.contains("Getting in (Hall):\\nStep-free by the north door.\\n"),
        "{description}"
    );
    let later = with_places(&format!("{SESSION}    place: hall\n    online: true\n")).page(ALL);
    let later = event(&later, "self.1");
    assert!(value(&later, "LOCATION").ends_with("; and online"));
    assert!(!later.iter().any(|line| line.starts_with("CONFERENCE")));
}

#[test]
fn a_private_offering_tells_no_room_and_no_link() {
    let sessions = format!(
        "{SESSION}    places: [hall, Secret Room]\n    online: https://secret.example.org/j\n    place_was: Old Secret\n"
    );
    let site = with_places(&sessions)
        .change("offerings/self.md", "kind:", "private: true\nallow: [private-leak]\nkind:")
        .write("offerings/open.md", "---\ntitle: Open\nkind: series\nsummary: For all.\nroles: all\naccess: required\nsessions: [{ date: 2027-01-20, place: hall }]\n---\n")
        .site();
    let mut seen = 0;
    for (path, bytes) in &site.files {
        if path.as_str().ends_with(".ics") {
            let text = String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n ", "");
            assert!(!text.contains("ecret"), "{path}\n{text}");
            for event in events(&text) {
                let private = value(&event, "UID").starts_with("self.");
                let placed = event
                    .iter()
                    .any(|line| line.starts_with("LOCATION") || line.contains("Getting in"));
                assert!(!(private && placed), "{path} {event:#?}");
                assert!(!(private && path.as_str().contains("/place/")), "{path}");
                seen += usize::from(private);
            }
        }
    }
    assert_eq!(seen, 5, "all, kind, role, offering, and the file of the session");
}

#[test]
fn years_that_are_over_stay_in_the_offerings_own_calendar() {
    let old = || Project::new().at("2027-09-01T09:00:00-04:00");
    assert!(events(&old().page(ALL)).is_empty());
    assert_eq!(events(&old().page("calendar/offering/self.ics")).len(), 1);
    // A day of the present year that has passed stays.
    assert_eq!(events(&Project::new().at("2027-06-30T09:00:00-04:00").page(ALL)).len(), 1);
}

#[test]
fn enrollment_has_a_calendar_of_its_own() {
    let text = Project::new()
        .change(
            "offerings/self.md",
            "  closes: 2027-01-10",
            "  opens: 2026-12-01 9 AM\n  closes: 2027-01-10\n  was: 2027-01-05",
        )
        .page("calendar/enrollment.ics");
    let opens = event(&text, "self_opens");
    assert_eq!(value(&opens, "SUMMARY"), "Enrollment opens: Self as Core");
    assert!(opens.contains(&"DTSTART;TZID=America/New_York:20261201T090000".to_owned()));
    let closes = event(&text, "self_closes");
    assert!(closes.contains(&"DTSTART;VALUE=DATE:20270110".to_owned()), "{closes:#?}");
    assert_eq!(value(&closes, "TRANSP"), "TRANSPARENT");
    assert!(sequence(&closes) > sequence(&opens));
}

/// The addresses of the links of a page.
fn hrefs(page: &str) -> Vec<String> {
    let parts = page.split("href=\"").skip(1);
    let addresses = parts.filter_map(|part| part.split('"').next());
    addresses
        .map(|address| address.replace("&amp;", "&").replace("&#x2F;", "/").replace("&#39;", "'"))
        .collect()
}

#[test]
fn every_session_has_its_links() {
    // Before and after clocks change, all day, several days; nothing for what is over or off.
    let page = with(
        "  - { date: 2027-03-12, time: 8:30-11:30 AM, place: hall }\n  - { date: 2027-03-15, time: 8:30-11:30 AM }\n  - { date: 2027-03-16, title: \"A & B\" }\n  - { dates: [2027-04-01, 2027-04-02], time: 1:00-2:00 PM }\n  - { date: 2026-10-01 }\n  - { date: 2027-05-03, status: cancelled }\n  - { date: 2027-05-04, time: 9:00-10:00 AM, timezone: Australia/Sydney }\n",
    )
    .write("places/hall.md", "---\nname: Hall\naddress: \"1 Example Street; X\"\n---\n")
    .page("offerings/self/index.html");
    let hrefs = hrefs(&page);
    let google = |dates: &str| format!("&dates={dates}&");
    for dates in [
        "20270312T133000Z/20270312T163000Z",
        "20270315T123000Z/20270315T153000Z",
        "20270316/20270317",
        "20270401T170000Z/20270401T180000Z",
        "20270402T170000Z/20270402T180000Z",
        "20270503T230000Z/20270504T000000Z",
    ] {
        let mut of_google =
            hrefs.iter().filter(|href| href.starts_with("https://calendar.google.com/"));
        assert!(of_google.any(|href| href.contains(&google(dates))), "{dates} in {hrefs:#?}");
    }
    for window in [
        "startdt=2027-03-12T13:30:00Z&enddt=2027-03-12T16:30:00Z&subject=Self%20as%20Core:%20Session%201&location=Hall,%201%20Example%20Street%3B%20X&",
        "startdt=2027-03-16&enddt=2027-03-17&allday=true&subject=Self%20as%20Core:%20A%20%26%20B&",
    ] {
        let mut of_outlook =
            hrefs.iter().filter(|href| href.starts_with("https://outlook.office.com/"));
        assert!(of_outlook.any(|href| href.contains(window)), "{window} in {hrefs:#?}");
    }
    let files: Vec<&String> =
        hrefs.iter().filter(|href| href.contains("/calendar/event/")).collect();
    let expected =
        ["1", "2", "3", "4", "7"].map(|id| format!("/learn/calendar/event/self/{id}.ics"));
    assert_eq!(files, expected.iter().collect::<Vec<_>>());
    assert!(hrefs.contains(&"webcal://example.org/learn/calendar/offering/self.ics".to_owned()));
    assert!(page.contains(">https://example.org/learn/calendar/offering/self.ics<"));
    assert_eq!(page.matches("may lag a day").count(), 1);
}

fn nasty() -> Site {
    let sources = source::load(Path::new("tests/calendars")).expect("the nasty catalog");
    let now = Now::Local(date(2026, 11, 24).at(9, 0, 0, 0));
    let options = Options { now, drafts: false, future: false, strict: false };
    build::build(&sources, &options).value.expect("a site")
}

#[test]
fn the_nasty_catalog_keeps_every_rule() {
    let site = nasty();
    let mut seen = 0;
    for (path, bytes) in site.files.iter().filter(|(path, _)| path.as_str().ends_with(".ics")) {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path}"));
        for line in text.strip_suffix("\r\n").expect("an end").split("\r\n") {
            assert!(line.len() <= 75, "{path}: {line}");
            assert!(!line.chars().any(char::is_control), "{path}: {line:?}");
        }
        let lines = lines(text);
        let count = |wanted: &str| lines.iter().filter(|line| *line == wanted).count();
        assert_eq!(count("BEGIN:VEVENT"), count("END:VEVENT"), "{path}");
        assert_eq!(count("BEGIN:VEVENT"), lines.iter().filter(|l| l.starts_with("UID:")).count());
        let uids: BTreeSet<&String> = lines.iter().filter(|l| l.starts_with("UID:")).collect();
        assert_eq!(uids.len(), count("BEGIN:VEVENT"), "{path}");
        seen += uids.len();
    }
    assert!(seen > 3_000, "{seen}");
    assert_eq!(site.files, nasty().files);
}
