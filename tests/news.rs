//! The news feeds: what is in them, and that their dates come from the content.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use support::Project;

/// The ID, the date and the title of each entry, the latest first.
fn entries(project: &Project) -> Vec<[String; 3]> {
    let feed = project.page("feed.json");
    let feed: serde_json::Value = serde_json::from_str(&feed).expect("JSON");
    let text = |item: &serde_json::Value, name: &str| item[name].as_str().unwrap().to_owned();
    let items = feed["items"].as_array().expect("a list").iter();
    items.map(|item| ["id", "date_modified", "title"].map(|name| text(item, name))).collect()
}

fn titles(project: &Project) -> Vec<String> {
    entries(project).into_iter().map(|[_, _, title]| title).collect()
}

const MOVED: &str = "  - date: 2027-01-14\n    moved_from: 2027-01-07\n    reason: Snow.\n";

fn moved() -> Project {
    Project::new().change("offerings/self.md", "  - date: 2027-01-14\n", MOVED)
}

#[test]
fn an_offering_is_news_from_the_first_day_of_its_year_or_from_publish() {
    let project = Project::new();
    let new = ["tag:example.org,2026:learn/self/new", "2026-07-01T04:00:00Z", "New: Self as Core"];
    assert_eq!(entries(&project), [new.map(ToOwned::to_owned)]);
    assert_eq!(entries(&project.at("2026-06-01T00:00:00Z")), Vec::<[String; 3]>::new());
    let publish = "kind: series\npublish: 2026-11-02 8:00 AM\n";
    let project = project.change("offerings/self.md", "kind: series\n", publish);
    assert_eq!(entries(&project)[0][1], "2026-11-02T13:00:00Z");
}

#[test]
fn enrollment_is_news_when_it_opens_and_when_it_is_extended() {
    let opens = "  opens: 2026-12-01\n  closes: 2027-01-10\n  was: 2027-01-05\n";
    let project = Project::new().change("offerings/self.md", "  closes: 2027-01-10\n", opens);
    assert_eq!(titles(&project), ["Enrollment extended: Self as Core", "New: Self as Core"]);
    let [opened, ..] = &entries(&project.at("2026-12-02T00:00:00Z"))[..] else { panic!() };
    assert_eq!(opened[1], "2026-12-01T05:00:00Z");
    let text = project.at("2026-12-02T00:00:00Z").page("feed.atom");
    assert!(text.contains("Until January 10, 2027. It was to close January 5, 2027."), "{text}");
}

#[test]
fn a_move_is_news_at_once_four_weeks_ahead_and_on_the_day() {
    let id = "tag:example.org,2026:learn/self.1/moved/2027-01-14";
    for (now, date) in [
        ("2026-06-01T00:00:00Z", "2025-07-01T00:00:00Z"),
        ("2026-11-24T00:00:00Z", "2026-07-01T04:00:00Z"),
        ("2026-12-24T00:00:00Z", "2026-12-10T05:00:00Z"),
        ("2027-01-07T05:00:00Z", "2027-01-07T05:00:00Z"),
        ("2027-05-01T00:00:00Z", "2027-01-07T05:00:00Z"),
    ] {
        let all = entries(&moved().at(now));
        let found = all.iter().find(|[one, ..]| one == id).expect("the move");
        assert_eq!((found[1].as_str(), found[2].as_str()), (date, "Moved: Self as Core"), "{now}");
    }
}

#[test]
fn building_again_later_changes_nothing_until_a_date_has_come() {
    let text = |now: &str| moved().at(now).page("feed.atom");
    assert_eq!(text("2026-07-02T00:00:00Z"), text("2026-12-09T23:00:00Z"));
}

#[test]
fn what_does_not_take_place_says_so() {
    let cancelled = "  - date: 2027-01-14\n    status: cancelled\n    reason: No bus.\n";
    let one = Project::new().change("offerings/self.md", "  - date: 2027-01-14\n", cancelled);
    assert_eq!(titles(&one), ["Cancelled: Self as Core", "New: Self as Core"]);
    let whole = Project::new().change(
        "offerings/self.md",
        "kind: series\n",
        "kind: series\ncancelled: No room.\n",
    );
    assert_eq!(titles(&whole), ["Cancelled: Self as Core"]);
}

#[test]
fn of_a_private_offering_no_place_is_told() {
    let placed =
        "  - date: 2027-01-14\n    place: The secret hall\n    place_was: The other hall\n";
    let public = moved().change("offerings/self.md", MOVED, placed);
    assert!(public.page("feed.atom").contains("The secret hall"));
    let private =
        public.change("offerings/self.md", "kind: series\n", "kind: series\nprivate: true\n");
    for form in ["feed.atom", "feed.json"] {
        let text = private.page(form);
        assert!(text.contains("New place: Self as Core") && !text.contains(" hall"), "{text}");
    }
}

#[test]
fn texts_are_texts() {
    let nasty = "title: \"<b>&amp; ]]> Ü \\\"q\\\" 'a'\"\n";
    let project = Project::new().change("offerings/self.md", "title: Self as Core\n", nasty);
    let text = project.page("feed.atom");
    let title = "<title>New: &lt;b&gt;&amp;amp; ]]&gt; Ü &quot;q&quot; &apos;a&apos;</title>";
    assert!(text.contains(title), "{text}");
}
