//! The stages of a build, each on a generated catalog in memory: `cargo bench`.

#![allow(clippy::expect_used, missing_docs, reason = "a bench has nobody to report to")]

#[path = "../examples/generate.rs"]
#[allow(dead_code, reason = "its own main")]
mod generate;

use convene::build::{self, Aside, Files, Now, Options};
use convene::source::Sources;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// So many offerings, each with six sessions.
const SIZES: [usize; 2] = [100, 1000];

fn sources(count: usize) -> Sources {
    let files = generate::files(count, 2026, 0).expect("a catalog");
    Sources::from_texts(files.into_iter().map(|(path, text)| (format!("content/{path}"), text)))
}

fn options() -> Options {
    let now = Now::Instant("2026-11-25T12:00:00Z".parse().expect("a moment"));
    Options { now, drafts: false, future: false, strict: false }
}

/// What an unchanged build does besides reading.
#[divan::bench(args = SIZES)]
fn key(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count);
    bencher.bench_local(|| build::key(black_box(&sources), &options()));
}

/// Parsing, lowering, the timetable, every check, the plan.
#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count);
    bencher.bench_local(|| build::check(black_box(&sources), &options()));
}

/// All of it, and every file made once and forgotten.
#[divan::bench(args = SIZES, sample_count = 10)]
fn make(bencher: Bencher<'_, '_>, count: usize) {
    let sources = sources(count);
    bencher.bench_local(|| {
        build::draft(black_box(&sources), &options(), Aside::default(), |draft| {
            let site = draft.value.expect("no errors");
            let made = |path: &&build::OutputPath| {
                let bytes = site.file(path.as_str()).expect("it is planned");
                bytes.expect("the templates are right").len()
            };
            site.paths().iter().map(made).sum::<usize>()
        })
    });
}

/// Single pages of a catalog that is ready: what a browser waits for.
#[divan::bench(args = [
    "index.html",
    "offerings/offering-7/index.html",
    "offerings/index.html",
    "kinds/series/index.html",
    "schedule/index.html",
    "calendar/offering/offering-7.ics",
    "api/v1/offerings/offering-7.json",
])]
fn page(bencher: Bencher<'_, '_>, path: &str) {
    let sources = sources(1000);
    build::draft(&sources, &options(), Aside::default(), |draft| {
        let site = draft.value.expect("no errors");
        bencher.bench_local(|| site.file(black_box(path)).expect("it is planned").is_ok());
    });
}
