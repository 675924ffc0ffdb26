//! `convene build`

use std::path::Path;
use std::time::Instant;

use super::args::{self, Format, Selection};
use super::moment::{now, seconds};
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED};
use crate::build::{self, Options, Site};
use crate::diag::Count;
use crate::publish::{self, Published};
use crate::source::{self, LoadError};

/// Checks, renders, publishes.
pub(super) fn run(root: &Path, arguments: &args::Build, terminal: &Terminal) -> u8 {
    let begun = Instant::now();
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let read = begun.elapsed();
    let built = build::build(&sources, &options(&arguments.selection));
    let rendered = begun.elapsed();
    terminal.report(arguments.format, &sources, &built.diagnostics);
    let Some(site) = built.value else {
        terminal.complain(&format!(
            "nothing was written: the content has {}",
            Count::of(errors(&built.diagnostics), "error")
        ));
        return CONTENT_ERRORS;
    };
    let output = arguments.output.clone().unwrap_or_else(|| root.join("public"));
    let published = match publish::publish(&site, &output, &[root.to_path_buf()]) {
        Ok(published) => published,
        Err(error) => {
            terminal.complain(&error.to_string());
            return WORLD_REFUSED;
        }
    };
    if arguments.format == Format::Human {
        terminal.say(&summary(&site, &published, &output, &seconds(begun.elapsed())));
        if arguments.timings {
            terminal.say(&format!(
                "  read {} in {}, checked and rendered {} in {}, published in {}",
                Count::of(sources.len(), "file"),
                seconds(read),
                Count::of(site.files.len(), "file"),
                seconds(rendered.saturating_sub(read)),
                seconds(begun.elapsed().saturating_sub(rendered)),
            ));
        }
    }
    DONE
}

/// What a build depends on, by the arguments and the clock.
pub(super) fn options(selection: &Selection) -> Options {
    Options {
        now: selection.at.unwrap_or_else(now),
        drafts: selection.drafts,
        future: selection.future,
        strict: selection.strict,
    }
}

/// Says why there is nothing to read.
pub(super) fn unreadable(error: &LoadError, terminal: &Terminal) -> u8 {
    let missing = error.error.kind() == std::io::ErrorKind::NotFound;
    let help = if missing && error.path.ends_with("content") {
        "\n  help: run convene in the folder that has `content/` in it, or name it with `--root`\n  \
         help: `convene new catalog DIR` makes a small catalog to start from"
    } else {
        ""
    };
    terminal.complain(&format!("{error}{help}"));
    WORLD_REFUSED
}

fn errors(diagnostics: &[crate::diag::Diagnostic]) -> usize {
    diagnostics.iter().filter(|one| one.severity == crate::diag::Severity::Error).count()
}

fn summary(site: &Site, published: &Published, output: &Path, time: &str) -> String {
    let pages = site.files.keys().filter(|path| path.as_str().ends_with(".html")).count();
    let changed = match (published.written.len(), published.removed.len()) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{} written", Count::of(written, "file")),
        (0, removed) => format!("{} removed", Count::of(removed, "file")),
        (written, removed) => format!("{} written, {removed} removed", Count::of(written, "file")),
    };
    let step = if published.atomic {
        ""
    } else {
        "\n  note: this folder cannot be exchanged in one step, so files were replaced one by one"
    };
    format!(
        "Built {} into {} in {time}: {changed}{step}",
        Count::of(pages, "page"),
        output.display()
    )
}
