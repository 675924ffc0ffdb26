//! What pages say to programs: JSON-LD, previews, icons.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use serde_json::Value;
use support::Project;

const PAGE: &str = "offerings/self/index.html";
const DAY: &str = "  - date: 2027-01-14\n";

/// The text inside the script, and its nodes.
fn graph(project: &Project, path: &str) -> (String, Vec<Value>) {
    let html = project.page(path);
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("JSON-LD");
    let (text, _) = rest.split_once("</script>").expect("its end");
    let value: Value = serde_json::from_str(text).expect("JSON");
    (text.to_owned(), value["@graph"].as_array().expect("a graph").clone())
}

fn event(project: &Project) -> Value {
    let (_, graph) = graph(project, PAGE);
    graph.into_iter().find(|node| node["@type"] == "EducationEvent").expect("an event")
}

fn with(day: &str) -> Project {
    Project::new().change("offerings/self.md", DAY, day)
}

#[test]
fn a_session_is_an_event_of_a_series_of_a_course() {
    let (_, graph) = graph(&Project::new(), PAGE);
    let of =
        |kind: &str| graph.iter().find(|node| node["@type"].to_string().contains(kind)).unwrap();
    let (course, series, event) = (of("\"Course\""), of("EventSeries"), of("EducationEvent"));
    assert_eq!(course["hasCourseInstance"][0]["@id"], series["@id"]);
    assert_eq!(series["subEvent"][0]["@id"], event["@id"]);
    assert_eq!(event["superEvent"]["@id"], series["@id"]);
    assert_eq!(event["startDate"], "2027-01-14T08:30:00-05:00");
    assert_eq!(event["endDate"], "2027-01-14T11:30:00-05:00");
    assert_eq!(event["offers"]["url"], "https://example.org/enroll/self");
    assert_eq!(event["offers"]["validThrough"], "2027-01-11T00:00:00-05:00");
    assert_eq!(of("BreadcrumbList")["itemListElement"][0]["item"], "https://example.org/learn/");
}

#[test]
fn what_became_of_a_session_is_said() {
    for (day, status, previous) in [
        (
            "  - date: 2027-01-14\n    moved_from: 2027-01-07 9:00 AM\n",
            "EventRescheduled",
            "2027-01-07T09:00:00-05:00",
        ),
        ("  - date: 2027-01-14\n    moved_from: 2027-01-07\n", "EventRescheduled", "2027-01-07"),
        ("  - date: 2027-01-14\n    status: postponed\n", "EventPostponed", ""),
        ("  - date: 2027-01-14\n    status: cancelled\n", "EventCancelled", ""),
        ("  - date: 2027-01-14\n    status: tentative\n", "EventScheduled", ""),
    ] {
        let event = event(&with(day));
        assert_eq!(event["eventStatus"], format!("https://schema.org/{status}"), "{day}");
        assert_eq!(event["previousStartDate"].as_str().unwrap_or_default(), previous, "{day}");
    }
    let cancelled = Project::new().change(
        "offerings/self.md",
        "kind: series\n",
        "kind: series\ncancelled: true\n",
    );
    assert_eq!(event(&cancelled)["eventStatus"], "https://schema.org/EventCancelled");
}

#[test]
fn a_place_a_link_or_both() {
    let online = event(&with("  - date: 2027-01-14\n    online: https://meet.example.org/x\n"));
    assert_eq!(online["location"][0]["@type"], "VirtualLocation");
    assert_eq!(online["location"][0]["url"], "https://meet.example.org/x");
    let both = event(&with("  - date: 2027-01-14\n    place: The hall\n    online: true\n"));
    let kinds: Vec<&Value> =
        both["location"].as_array().unwrap().iter().map(|l| &l["@type"]).collect();
    assert_eq!(kinds, ["Place", "VirtualLocation"]);
    let private = with("  - date: 2027-01-14\n    place: The secret hall\n").change(
        "offerings/self.md",
        "kind: series\n",
        "kind: series\nprivate: true\n",
    );
    assert_eq!(event(&private)["location"][0]["name"], "Told to participants");
}

#[test]
fn no_text_ends_the_script() {
    let title = "title: \"</script><script>alert(1)</script> & \\u2028\"\n";
    let project = Project::new().change("offerings/self.md", "title: Self as Core\n", title);
    let (text, graph) = graph(&project, PAGE);
    assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
    let course = graph.iter().find(|node| node["@type"] == "Course").unwrap();
    assert!(course["name"].as_str().unwrap().starts_with("</script><script>alert(1)</script> &"));
}

#[test]
fn every_offering_has_a_picture_of_its_own_and_every_page_one() {
    let site = Project::new().site();
    let html = |path: &str| {
        let found = site.files.iter().find(|(output, _)| output.as_str() == path).unwrap().1;
        String::from_utf8(found.to_vec()).unwrap()
    };
    let picture = |path: &str| {
        format!("<meta property=\"og:image\" content=\"https://example.org/learn/{path}\">")
    };
    assert!(html(PAGE).contains(&picture("pictures/offerings/self.png")));
    assert!(html("schedule/index.html").contains(&picture("pictures/site.png")));
    let bytes = |path: &str| site.files.iter().find(|(o, _)| o.as_str() == path).unwrap().1.clone();
    let (own, of_site) = (bytes("pictures/offerings/self.png"), bytes("pictures/site.png"));
    assert!(own.starts_with(b"\x89PNG\r\n\x1a\n") && own != of_site);
    assert!(own.len() < 16 * 1024, "{}", own.len());
}

#[test]
fn a_title_that_the_typeface_lacks_still_has_a_picture() {
    let title = "title: 学校のリーダー\n";
    let project = Project::new().change("offerings/self.md", "title: Self as Core\n", title);
    let site = project.site();
    let found = site.files.iter().find(|(o, _)| o.as_str() == "pictures/offerings/self.png");
    assert!(found.unwrap().1.starts_with(b"\x89PNG"));
}
