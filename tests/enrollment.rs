//! The state of an enrollment at a moment, by a table that tests the program here and the theme's
//! script in `tests/scripts/state.test.mjs`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use serde_json::Value;
use support::Project;

/// The catalog, the offering of a case, and nothing else.
fn project(case: &Value) -> Project {
    let access = case["access"].as_str().unwrap_or("open");
    let mut text = format!(
        "---\ntitle: Self as Core\nkind: series\nsummary: Who one is.\nroles: all\naccess: {access}\n"
    );
    if case["cancelled"] == true {
        text.push_str("cancelled: true\n");
    }
    let enroll = case["enroll"].as_str().unwrap();
    if !enroll.is_empty() {
        text.push_str(&format!("enroll: {enroll}\n"));
    }
    text.push_str("year: 2026-27\nsessions:\n");
    for session in case["sessions"].as_array().unwrap() {
        text.push_str(&format!("  - {}\n", session.as_str().unwrap()));
    }
    text.push_str("---\n");
    Project::new().write("offerings/self.md", &text)
}

/// The opening tag of the first element that shows a state.
fn state_element(html: &str) -> &str {
    let at = html.find(" data-state=\"").expect("a state");
    let start = html[..at].rfind('<').unwrap();
    &html[start..start + html[start..].find('>').unwrap()]
}

fn attribute<'h>(element: &'h str, name: &str) -> Option<&'h str> {
    let start = element.find(&format!(" data-{name}=\""))? + name.len() + 8;
    element[start..].split('"').next()
}

#[test]
fn the_state_at_each_moment() {
    let table: Value =
        serde_json::from_str(include_str!("enrollment-states.json")).expect("a table");
    let cases = table["cases"].as_array().unwrap();
    assert!(cases.len() >= 16, "the table has lost cases");
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let project = project(case);
        for state in case["states"].as_array().unwrap() {
            let (moment, expected) = (state[0].as_str().unwrap(), state[1].as_str().unwrap());
            let page = project.at(moment).page("offerings/self/index.html");
            let element = state_element(&page);
            assert_eq!(attribute(element, "state"), Some(expected), "{name} at {moment}");
            // Those who write are told the same, from all the states that it passes through.
            let told = project.at(moment).present_state("offerings/self/index.html");
            assert_eq!(told, expected, "{name} at {moment}, in the preview");
            says_what_the_script_needs(name, expected, element, &case["way"]);
        }
    }
}

/// The page carries the instants of the table, those that can still matter.
fn says_what_the_script_needs(name: &str, state: &str, element: &str, way: &Value) {
    if state == "past" || state == "cancelled" {
        return;
    }
    for field in ["closes", "starts", "ends", "status"] {
        assert_eq!(attribute(element, field), way[field].as_str(), "{field} of {name}: {element}");
    }
    if state == "opens-on" {
        assert_eq!(attribute(element, "opens"), way["opens"].as_str(), "{name}: {element}");
    }
}
