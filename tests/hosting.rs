//! What docs/hosting.md tells to set by hand is what `_headers` says.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use support::Project;

fn guide() -> String {
    std::fs::read_to_string("docs/hosting.md").expect("the guide")
}

/// The rules of `_headers`: a path under the site's own, and a header.
fn rules() -> Vec<(String, String)> {
    let (mut rules, mut path) = (Vec::new(), String::new());
    for line in Project::new().page("_headers").lines() {
        match line.strip_prefix("  ") {
            Some(header) => rules.push((path.clone(), header.to_owned())),
            None => line.strip_prefix("/learn").unwrap_or_default().clone_into(&mut path),
        }
    }
    rules
}

#[test]
fn the_policy_of_the_guide_is_the_one_that_is_sent() {
    let (_, policy) = rules()
        .into_iter()
        .find(|(path, header)| path == "/*" && header.starts_with("Content-Security-Policy: "))
        .expect("a policy");
    let policy = policy.trim_start_matches("Content-Security-Policy: ").to_owned();
    assert_eq!(guide().matches(&format!("\"{policy}\"")).count(), 2, "nginx and Apache: {policy}");
}

#[test]
fn every_header_is_in_the_guide() {
    let guide = guide();
    let rules = rules();
    assert!(rules.len() > 8, "{rules:?}");
    for (path, header) in rules {
        let (name, value) = header.split_once(": ").expect("a header");
        // The types of feeds follow from the endings of their files; the policy is looked at above.
        if name == "Content-Type" || value.len() > 200 {
            continue;
        }
        let row = format!("| `{path}` | `{header}` |");
        assert!(guide.contains(&row), "the guide has no row {row}");
    }
}
