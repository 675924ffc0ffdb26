//! Templates cannot run away: loops, recursion, nesting, output and time are bounded, and what goes
//! out of bounds is named. Nothing is published then.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use std::fs;
use std::process::Command;

use support::{CATALOG, OFFERING};

/// Builds with a template of one's own, for at most a second a page: what is said, when nothing
/// was published.
#[track_caller]
fn refused(template: &str, text: &str) -> String {
    refused_within(1, template, text)
}

#[track_caller]
fn refused_within(seconds: u32, template: &str, text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let theme = format!("themes/district/templates/{template}");
    let files = [
        ("content/catalog.yaml", CATALOG),
        ("content/offerings/self.md", OFFERING),
        ("content/pages/help.md", "---\ntitle: Help\n---\nUs.\n"),
        (theme.as_str(), text),
    ];
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["build", "--quiet", "--at", "2026-11-24", "--color", "never"])
        .current_dir(folder.path())
        .env("CONVENE_TEMPLATE_SECONDS", seconds.to_string())
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(!folder.path().join("public").exists());
    said
}

/// Words on one line, as they were before they were folded to the width of a terminal.
fn unfolded(said: &str) -> String {
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(said: &str, words: &str) {
    assert!(unfolded(said).contains(words), "{said}");
}

#[test]
fn a_loop_that_writes_for_ever_is_stopped() {
    let said = refused(
        "home.html",
        "{% for a in range(end=99999) %}{% for b in range(end=99999) %}\
         .{% endfor %}{% endfor %}",
    );
    says(&said, "error[invalid-theme]: the template `home.html` does not come to an end");
    says(&said, "--> themes/district/templates/home.html:1:1");
    says(&said, "help: look for a loop in a loop, in it or in what it includes");
    says(&said, "help: it was found while the page `/` was made");
    says(&said, "error: nothing was written: the content has 1 error");
}

#[test]
fn a_loop_that_does_nothing_for_ever_ends_with_the_process() {
    let loops = "{% for a in range(end=99999) %}".repeat(3);
    let said = refused("page.html", &format!("{loops}{}", "{% endfor %}".repeat(3)));
    says(&said, "error: the template `page.html` does not come to an end");
    says(&said, "it was found while the page `/pages/help/` was made, for more than 1 seconds");
    says(&said, "if it needs longer, set the variable `CONVENE_TEMPLATE_SECONDS`");
}

#[test]
fn lists_in_lists_are_loops() {
    let said = refused(
        "home.html",
        "{% for a in range(end=99999) %}\
         {% set b = [c for c in range(end=99999)] %}{% endfor %}",
    );
    says(&said, "error: the template `home.html` does not come to an end");
}

#[test]
fn a_page_has_a_size_that_it_may_not_pass() {
    let line = "x".repeat(500_000);
    let said = refused_within(
        60,
        "home.html",
        &format!("{{% for a in range(end=99999) %}}{line}{{% endfor %}}"),
    );
    says(&said, "error[invalid-theme]: the template `home.html` makes a page of more than 512 MiB");
    says(&said, "--> themes/district/templates/home.html:1:1");
}

#[test]
fn what_comes_back_to_itself_is_named() {
    let said = refused("home.html", "{% include \"home.html\" %}");
    says(&said, "the template `home.html` cannot be used: it comes back to itself by way of");
    says(&said, "--> themes/district/templates/home.html:1:1");
    let said = refused("home.html", "{% extends \"home.html\" %}");
    says(&said, "the template `home.html` cannot be used: it comes back to itself by way of");
    let said = refused(
        "home.html",
        "{% component Again() %}{{ <Again /> }}{% endcomponent %}{{ <Again /> }}",
    );
    says(&said, "the template `home.html` cannot be used: Maximum render recursion depth");
    says(&said, "--> themes/district/templates/home.html:1:1");
}

#[test]
fn nesting_is_bounded() {
    for (text, words) in [
        (format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000)), "too complex"),
        (format!("{}{}", "{% if true %}".repeat(20_000), "{% endif %}".repeat(20_000)), "too deep"),
        (format!("{{{{ 1{} }}}}", " | string".repeat(50_000)), "too complex"),
        (format!("{{{{ 1{} }}}}", " ~ 1".repeat(50_000)), "too complex"),
        (format!("{{{{ site{} }}}}", ".a".repeat(50_000)), "too complex"),
        (format!("{{{{ {}{} }}}}", "[".repeat(50_000), "]".repeat(50_000)), "2 dimensions"),
    ] {
        let said = refused("home.html", &text);
        says(&said, "the template `home.html` cannot be used");
        says(&said, words);
    }
}

#[test]
fn a_template_reads_no_file_no_clock_and_no_environment() {
    for text in [
        "{{ now() }}",
        "{{ get_env(name=\"HOME\") }}",
        "{{ load_data(path=\"content/catalog.yaml\") }}",
        "{{ read_file(path=\"/etc/passwd\") }}",
        "{{ get_random(end=5) }}",
        "{% include \"../../content/catalog.yaml\" %}",
        "{% include \"/etc/passwd\" %}",
        "{% extends \"../../../content/catalog.yaml\" %}",
    ] {
        let said = refused("home.html", text);
        says(&said, "error[invalid-theme]: the template");
        assert!(!said.contains("root:"), "{said}");
    }
}
