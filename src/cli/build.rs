//! `convene build`

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::{self, Format, Selection};
use super::moment::{Clock, seconds};
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED};
use crate::build::{self, Now, Options, Site};
use crate::diag::{Count, Diagnostic, Severity};
use crate::publish::{self, Protected, Published};
use crate::source::{self, LoadError};

/// Checks, renders, publishes.
pub(super) fn run(root: &Path, arguments: &args::Build, clock: Clock, terminal: &Terminal) -> u8 {
    let begun = Instant::now();
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let read = begun.elapsed();
    let built = build::build(&sources, &options(&arguments.selection, clock));
    let rendered = begun.elapsed();
    terminal.report(arguments.format, root, &sources, &built.diagnostics);
    let Some(site) = built.value else {
        let errors = errors(&built.diagnostics);
        terminal.complain(&format!("nothing was written: the content has {errors}"));
        return CONTENT_ERRORS;
    };

    let output = arguments.output.clone().unwrap_or_else(|| here(&root.join("public")));
    let protected = Protected { project: root.to_path_buf(), home: std::env::home_dir() };
    let published = match publish::publish(&site, &output, &protected) {
        Ok(published) => published,
        Err(error) => {
            terminal.complain(&error.to_string());
            return WORLD_REFUSED;
        }
    };
    let all = begun.elapsed();
    if arguments.format == Format::Human {
        terminal.say(&summary(&site, &published, &output, all));
        if arguments.timings {
            terminal.say(&format!(
                "  read {} in {}, checked and rendered {} in {}, published in {}",
                Count::of(sources.len(), "file"),
                seconds(read),
                Count::of(site.files.len(), "file"),
                seconds(rendered.saturating_sub(read)),
                seconds(all.saturating_sub(rendered)),
            ));
        }
    }
    DONE
}

/// What a build depends on, by the arguments and the clock.
pub(super) fn options(selection: &Selection, clock: Clock) -> Options {
    Options {
        now: selection.at.unwrap_or_else(|| Now::Instant(clock.now())),
        drafts: selection.drafts,
        future: selection.future,
        strict: selection.strict,
    }
}

/// Says why there is nothing to read.
pub(super) fn unreadable(error: &LoadError, terminal: &Terminal) -> u8 {
    let missing = error.error.kind() == std::io::ErrorKind::NotFound;
    if missing && error.path.ends_with("content") {
        let folder = error.path.parent().filter(|folder| *folder != Path::new("."));
        let folder = folder.map_or("this folder".to_owned(), |all| format!("`{}`", all.display()));
        terminal.complain(&format!(
            "{folder} has no catalog: there is no folder `content` in it\n  \
             help: go to the folder that has `content` in it, or name it with `--root`\n  \
             help: `convene new catalog DIR` makes a small catalog to start from"
        ));
    } else {
        terminal.complain(&error.to_string());
    }
    WORLD_REFUSED
}

/// How many errors there are: `3 errors`.
pub(super) fn errors(diagnostics: &[Diagnostic]) -> Count {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error);
    Count::of(errors.count(), "error")
}

/// A path as one would type it.
fn here(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_path_buf()
}

/// `Built 74 pages into public in 0.12 s: 90 files written, 1 removed`
fn summary(site: &Site, published: &Published, output: &Path, took: Duration) -> String {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "html");
    let pages = site.files.keys().filter(|path| is_page(path.as_str())).count();
    let changed = match (published.written.len(), published.removed.len()) {
        (0, 0) => "unchanged, nothing written".to_owned(),
        (written, 0) => format!("{} written", Count::of(written, "file")),
        (0, removed) => format!("{} removed", Count::of(removed, "file")),
        (written, removed) => format!("{} written, {removed} removed", Count::of(written, "file")),
    };
    let mut words = format!(
        "Built {} into {} in {}: {changed}",
        Count::of(pages, "page"),
        output.display(),
        seconds(took)
    );
    if !published.atomic && !published.is_unchanged() {
        words.push_str(
            "\n  note: this folder cannot be exchanged in one step, so files were replaced one by one",
        );
    }
    words
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::summary;
    use crate::build::Site;
    use crate::publish::Published;

    #[track_caller]
    fn case(written: usize, removed: usize, atomic: bool, expected: &str) {
        let some = |number| vec![String::new(); number];
        let published =
            Published { written: some(written), removed: some(removed), unchanged: 0, atomic };
        let words =
            summary(&Site::default(), &published, Path::new("public"), Duration::from_millis(120));
        assert_eq!(words, format!("Built 0 pages into public in 0.12 s: {expected}"));
    }

    #[test]
    fn the_summary_says_what_changed() {
        case(0, 0, true, "unchanged, nothing written");
        case(1, 0, true, "1 file written");
        case(90, 2, true, "90 files written, 2 removed");
        case(0, 1, true, "1 file removed");
        case(
            2,
            0,
            false,
            "2 files written\n  note: this folder cannot be exchanged in one step, \
             so files were replaced one by one",
        );
    }
}
