//! `convene build`

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::args::{self, Format, Selection};
use super::moment::{Clock, seconds};
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED, changed};
use crate::build::{self, Aside, Files, Now, Options, Timings};
use crate::diag::{Count, Diagnostic, Severity};
use crate::publish::{self, Protected, PublishError, Published, Recalled, Remembered};
use crate::source::{self, LoadError};

/// Checks, renders, publishes.
pub(super) fn run(root: &Path, arguments: &args::Build, clock: Clock, terminal: &Terminal) -> u8 {
    let begun = Instant::now();
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let timings = arguments.timings.then(Timings::default);
    if let Some(timings) = &timings {
        timings.stage("read", begun.elapsed());
    }
    let options = options(&arguments.selection, clock);
    let output = arguments.output.clone().unwrap_or_else(|| here(&root.join("public")));
    let protected = Protected { project: root.to_path_buf(), home: std::env::home_dir() };
    let key = build::key(&sources, &options);
    let second = match options.now {
        Now::Instant(now) => now.as_second(),
        // The key has the local time, and the sources the zone.
        Now::Local(_) => 0,
    };
    let recalled = key.and_then(|key| publish::recall(&output, &protected, &key, second));
    if let Some(timings) = &timings {
        timings.stage("compare", begun.elapsed());
    }
    if let Some((found, files)) = recalled.as_ref().and_then(self::recalled) {
        terminal.report(arguments.format, root, &sources, &found);
        let published = Published { unchanged: files.len(), atomic: true, ..Published::default() };
        if arguments.format == Format::Human {
            let pages = files.iter().filter(|path| is_page(path)).count();
            terminal.say(&summary(pages, &published, &output, begun.elapsed()));
            if let Some(timings) = &timings {
                terminal.say(&timings_in_words(timings, sources.len()));
            }
        }
        return DONE;
    }
    let refused = |found: &[Diagnostic]| {
        terminal.report(arguments.format, root, &sources, found);
        let errors = errors(found);
        terminal.complain(&format!("nothing was written: the content has {errors}"));
        CONTENT_ERRORS
    };
    let aside = Aside { timings: timings.as_ref(), memory: None };
    build::draft(&sources, &options, aside, |checked| {
        let Some(site) = checked.value else { return refused(&checked.diagnostics) };
        let written = Instant::now();
        let remembered = || {
            let holds = match options.now {
                Now::Instant(_) => site.holds(),
                Now::Local(_) => 0..1,
            };
            let notes = serde_json::to_vec(&checked.diagnostics).ok()?;
            Some(Remembered { key: key?, holds, notes })
        };
        let published = match publish::publish_and_remember(&site, &output, &protected, remembered)
        {
            Ok(published) => published,
            Err(PublishError::Faults(faults)) => {
                let faults = build::template_faults(&sources, &options, faults);
                return refused(&[checked.diagnostics, faults].concat());
            }
            Err(error) => {
                terminal.report(arguments.format, root, &sources, &checked.diagnostics);
                terminal.complain(&error.to_string());
                return WORLD_REFUSED;
            }
        };
        terminal.report(arguments.format, root, &sources, &checked.diagnostics);
        if let Some(folder) = &arguments.list_changed
            && let Err((path, error)) = changed::list(folder, &published)
        {
            terminal.complain(&format!("could not write `{}`: {error}", path.display()));
            return WORLD_REFUSED;
        }
        if arguments.format == Format::Human {
            let pages = site.paths().iter().filter(|path| is_page(path.as_str())).count();
            terminal.say(&summary(pages, &published, &output, begun.elapsed()));
            if let Some(timings) = &timings {
                timings.stage("render and write", written.elapsed());
                terminal.say(&timings_in_words(timings, sources.len()));
            }
        }
        // The system takes a large catalog out of memory faster than it is given back piece by piece.
        terminal.leave(DONE)
    })
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

/// What a memo has to say of a site that is still in its place.
fn recalled(recalled: &Recalled) -> Option<(Vec<Diagnostic>, &[String])> {
    Some((serde_json::from_slice(&recalled.notes).ok()?, &recalled.files))
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}

/// `Built 74 pages into public in 0.12 s: 90 files written, 1 removed`
fn summary(pages: usize, published: &Published, output: &Path, took: Duration) -> String {
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

/// Where the time went, as a table: stages, then what each kind of file cost, then the slowest files.
fn timings_in_words(timings: &Timings, read: usize) -> String {
    let milliseconds = |took: Duration| format!("{:.1} ms", took.as_secs_f64() * 1000.0);
    let mut words = format!("{} read\n\n", Count::of(read, "file"));
    words += &format!("{:<18}{:>12}\n", "stage", "time");
    for (name, took) in timings.stages() {
        words += &format!("{name:<18}{:>12}\n", milliseconds(took));
    }
    words += &format!(
        "\n{:<18}{:>8}{:>12}{:>12}{:>12}{:>10}\n",
        "made", "files", "time", "of it data", "each", "size"
    );
    for (name, count, all) in timings.kinds() {
        let each = all.took / u32::try_from(count).unwrap_or(u32::MAX).max(1);
        words += &format!(
            "{name:<18}{count:>8}{:>12}{:>12}{:>12}{:>7} kB\n",
            milliseconds(all.took),
            milliseconds(all.gathered),
            milliseconds(each),
            all.bytes.div_ceil(1000)
        );
    }
    words.push_str("(the time of all threads together)\n\nslowest files\n");
    for (took, path) in timings.slowest() {
        words += &format!("{:>12}  {path}\n", milliseconds(took));
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::summary;
    use crate::publish::Published;

    #[track_caller]
    fn case(written: usize, removed: usize, atomic: bool, expected: &str) {
        let some = |number| vec![String::new(); number];
        let published =
            Published { written: some(written), removed: some(removed), unchanged: 0, atomic };
        let words = summary(0, &published, Path::new("public"), Duration::from_millis(120));
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
