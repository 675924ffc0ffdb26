//! The sample catalog of this repository, built whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::path::Path;

use convene::build::{self, Now, Options, Site};
use convene::report;
use convene::source::{self, Sources};
use jiff::civil::date;

fn options(now: Now) -> Options {
    Options { now, drafts: false, future: false, strict: true }
}

fn now() -> Now {
    Now::Local(date(2026, 11, 24).at(9, 0, 0, 0))
}

fn sources() -> Sources {
    source::load(Path::new(".")).expect("the project can be read")
}

fn site() -> Site {
    let sources = sources();
    let built = build::build(&sources, &options(now()));
    let words = report::human(&sources, &built.diagnostics, false);
    assert!(built.diagnostics.is_empty(), "{words}");
    built.value.expect("a site")
}

fn page(site: &Site, path: &str) -> String {
    let found = site.files.iter().find(|(output, _)| output.as_str() == path);
    let (_, bytes) = found.unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.to_vec()).expect("text")
}

const OFFERINGS: [&str; 7] = [
    "leadership-convening",
    "self-as-core",
    "micro-disruptions",
    "macro-disruptions",
    "equity-improvement-community",
    "equity-leadership-think-tank",
    "black-male-leadership-think-tank",
];

#[test]
fn every_kind_of_page_is_there() {
    let site = site();
    let paths: BTreeSet<&str> = site.files.keys().map(convene::plan::OutputPath::as_str).collect();
    let mut expected: Vec<String> = [
        "index.html",
        "offerings/index.html",
        "offerings/leadership-convening-2022-23/index.html",
        "kinds/index.html",
        "kinds/think-tank/index.html",
        "roles/principal/index.html",
        "roles/assistant-principal/index.html",
        "networks/network-1/index.html",
        "topics/racial-equity/index.html",
        "people/maya-ortiz/index.html",
        "places/pa-convention-center/index.html",
        "requirements/equity-learning-each-year/index.html",
        "requirements/attend-every-convening/index.html",
        "schedule/index.html",
        "schedule/2022-10/index.html",
        "schedule/2026-12/index.html",
        "years/2022-23/index.html",
        "years/2026-27/index.html",
        "pages/help/index.html",
        "self-as-core/index.html",
        "files/logo.svg",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "_headers",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    expected.extend(OFFERINGS.map(|id| format!("offerings/{id}/index.html")));
    for path in expected {
        assert!(paths.contains(path.as_str()), "no {path}");
    }
}

#[test]
fn all_dates_of_2022_23_are_on_the_pages() {
    let site = site();
    let offering = page(&site, "offerings/leadership-convening-2022-23/index.html");
    let year = page(&site, "years/2022-23/index.html");
    for day in [
        "2022-09-30",
        "2022-10-27",
        "2022-10-28",
        "2022-11-18",
        "2022-12-08",
        "2022-12-09",
        "2023-01-13",
        "2023-02-23",
        "2023-02-24",
        "2023-04-13",
    ] {
        assert!(offering.contains(&format!("datetime=\"{day}T08:30")), "{day} on the offering");
        assert!(year.contains(&format!("datetime=\"{day}")), "{day} in the year");
        let month = page(&site, &format!("schedule/{}/index.html", &day[..7]));
        assert!(month.contains(&format!("datetime=\"{day}")), "{day} in the month");
    }
}

#[test]
fn both_requirements_name_what_they_ask_for() {
    let site = site();
    let choices = page(&site, "requirements/equity-learning-each-year/index.html");
    for id in &OFFERINGS[1..] {
        assert!(choices.contains(&format!("/leaders/offerings/{id}/")), "{id}");
    }
    let convening = page(&site, "requirements/attend-every-convening/index.html");
    assert!(convening.contains("/leaders/offerings/leadership-convening/"));
}

#[test]
fn nothing_private_is_in_any_file() {
    for (path, bytes) in &site().files {
        let text = String::from_utf8_lossy(bytes);
        for secret in
            ["bmltt-7f3a", "video.example.org/private", "Cobbs Hall", "behind the library"]
        {
            assert!(!text.contains(secret), "{path} has {secret}");
        }
    }
}

#[test]
fn every_link_stands_under_the_base_path() {
    for (path, bytes) in &site().files {
        if !path.as_str().ends_with(".html") {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        for attribute in ["href=\"/", "src=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let link = &text[at + attribute.len() - 1..];
                assert!(link.starts_with("/leaders/"), "{path}: {link:.60}");
            }
        }
    }
}

#[test]
fn no_page_has_a_script_or_a_style_of_its_own() {
    for (path, bytes) in &site().files {
        if path.as_str().ends_with(".html") {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(" style=\"") && !text.contains("<style"), "{path}");
            assert!(!text.contains("<script>"), "{path}");
        }
    }
}

#[test]
fn two_builds_are_byte_identical() {
    assert_eq!(site().files, site().files);
}

#[test]
fn the_order_of_reading_does_not_matter() {
    let sources = sources();
    let mut files: Vec<_> = sources.iter().map(|(_, file)| file.clone()).collect();
    files.reverse();
    let other = build::build(&Sources::new(files), &options(now())).value.expect("a site");
    assert_eq!(site().files, other.files);
}

#[test]
fn the_state_of_enrollment_follows_the_moment() {
    let sources = sources();
    let state = |day: jiff::civil::Date| {
        let built = build::build(
            &sources,
            &Options { strict: false, ..options(Now::Local(day.at(9, 0, 0, 0))) },
        );
        page(&built.value.expect("a site"), "offerings/micro-disruptions/index.html")
    };
    for (day, id) in [
        (date(2026, 10, 1), "opens-on"),
        (date(2026, 11, 24), "open"),
        (date(2026, 12, 14), "closing-soon"),
        (date(2026, 12, 19), "closed"),
        (date(2027, 1, 13), "in-progress"),
        (date(2027, 6, 1), "past"),
    ] {
        assert!(state(day).contains(&format!("state--{id}")), "{day} {id}");
    }
}
