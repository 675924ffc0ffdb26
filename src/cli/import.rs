//! `convene import`: what was understood and what was not, row by row, and then the files.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::args::{self, Format, Selection};
use super::build::{options, unreadable};
use super::change::{self, Change};
use super::moment::Clock;
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, DONE, WORLD_REFUSED, WRONG_USAGE};
use crate::diag::Count;
use crate::import::{self, Import, MAX_BYTES, Planned, RowReport, State, Wish};
use crate::scaffold::Surroundings;
use crate::source;

/// Reads a file, says what it holds, and writes offerings.
pub(super) fn run(root: &Path, arguments: &args::Import, clock: Clock, terminal: &Terminal) -> u8 {
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let bytes = match read(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let name = arguments.file.display();
            terminal.complain(&format!("could not read `{name}`: {error}"));
            return WORLD_REFUSED;
        }
    };
    let import = match import::import(&Surroundings::of(&sources), &bytes, &wish(arguments)) {
        Ok(import) => import,
        Err(refusal) => {
            terminal.complain(&refusal.to_string());
            return WRONG_USAGE;
        }
    };
    terminal.say(&understood(&import));
    complain_of_rows(&import, terminal);
    let missed = import.not_understood();
    if missed > 0 && !arguments.partial {
        terminal.complain(&format!(
            "nothing was written: {} not understood\n  \
             help: mend them in the file and import it again\n  \
             help: or write the others alone, with `--partial`",
            Count::of(missed, "row was").to_string().replace("row wass", "rows were")
        ));
        return CONTENT_ERRORS;
    }
    if let Some(taken) = import.offerings.iter().find(|one| one.state == State::Taken) {
        terminal.complain(&format!(
            "nothing was written: `{}` has other sessions\n  \
             help: look at them; `--force` replaces them by these",
            taken.file.path
        ));
        return WORLD_REFUSED;
    }

    let changed = import.offerings.iter().filter(|one| one.state != State::Unchanged);
    let change =
        Change { files: changed.map(|one| one.file.clone()).collect(), removed: Vec::new() };
    let selection = Selection { drafts: false, future: false, strict: false, at: None };
    let vetted = change::vet(&sources, &change, &options(&selection, clock));
    terminal.report(Format::Human, root, &vetted.sources, &vetted.news);
    if vetted.is_bad() {
        terminal.complain("nothing was written: it would have these errors");
        return CONTENT_ERRORS;
    }
    if arguments.dry_run {
        for one in &import.offerings {
            terminal.say(&format!("Would be {}: {}", told(one.state), file_line(root, one)));
        }
        return DONE;
    }
    if let Err((path, error)) = change::make(root, &change, true) {
        terminal.complain(&format!("could not write `{}`: {error}", path.display()));
        return WORLD_REFUSED;
    }
    for one in &import.offerings {
        terminal.say(&format!("{}: {}", capital(told(one.state)), file_line(root, one)));
    }
    let drafts = import.offerings.iter().filter(|one| one.draft).count();
    if drafts > 0 {
        let what =
            if drafts == 1 { "the new offering is a draft" } else { "new offerings are drafts" };
        terminal.say(&format!(
            "  next: {what} until it has a summary; open the file and write one,\n        \
             or give `--summary TEXT`"
        ));
    }
    DONE
}

/// The bytes of a file, or of what is piped in; never more than an import reads.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    } else {
        let file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > MAX_BYTES {
        let most = MAX_BYTES / (1024 * 1024);
        return Err(io::Error::other(format!("it is larger than {most} MB; import it in parts")));
    }
    Ok(bytes)
}

fn wish(arguments: &args::Import) -> Wish {
    Wish {
        into: arguments.into.clone(),
        title: arguments.title.clone(),
        kind: arguments.kind.clone(),
        roles: arguments.roles.clone(),
        summary: arguments.summary.clone(),
        year: arguments.year,
        sheet: arguments.sheet.clone(),
        force: arguments.force,
    }
}

/// The rows as they were understood, one a line.
fn understood(import: &Import) -> String {
    let good: Vec<&RowReport> = import.rows.iter().filter(|row| row.understood.is_ok()).collect();
    let mut text = format!("Understood {}", Count::of(good.len(), "session"));
    for row in good {
        let words = row.understood.as_deref().unwrap_or_default();
        text.push_str(&format!("\n  {} {}: {words}", import.unit, row.at));
        for note in &row.notes {
            text.push_str(&format!("\n    note: {note}"));
        }
    }
    for aside in &import.asides {
        text.push_str(&format!("\nPassed over {} {}: {}", import.unit, aside.at, aside.words));
    }
    if !import.unknown_columns.is_empty() {
        text.push_str(&format!("\nColumns not read: {}", import.unknown_columns.join(", ")));
    }
    text
}

fn complain_of_rows(import: &Import, terminal: &Terminal) {
    for row in &import.rows {
        if let Err(why) = &row.understood {
            terminal.complain(&format!("{} {}: {why}\n  {}", import.unit, row.at, row.words));
        }
    }
}

fn told(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Filled => "added to",
        State::Replaced => "replaced in",
        State::Unchanged => "unchanged",
        State::Taken => "left alone",
    }
}

fn capital(word: &str) -> String {
    word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default()
}

/// `content/offerings/self-as-core.md (5 sessions)`
fn file_line(root: &Path, one: &Planned) -> String {
    let path = root.join(&one.file.path).display().to_string();
    let path = path.strip_prefix("./").unwrap_or(&path);
    format!("{path} ({})", Count::of(one.sessions, "session"))
}
