//! `convene new`: entries to start from, valid from the first second.

use std::fs;
use std::io;
use std::path::Path;

use super::args::CiHost;
use super::change::write;
use super::moment::Clock;
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;
use crate::scaffold::{self, Dates, NewFile, Surroundings};
use crate::schema::Known;
use crate::source::Sources;

/// The files of a new catalog, by path. Words in double braces are replaced.
const CATALOG: [(&str, &str); 8] = [
    ("content/catalog.yaml", include_str!("new/catalog.yaml")),
    ("content/offerings/first-workshop.md", include_str!("new/offering.md")),
    ("content/requirements/one-workshop-a-year.md", include_str!("new/requirement.md")),
    ("content/people/sam-rivera.md", include_str!("new/person.md")),
    ("content/places/learning-center.md", include_str!("new/place.md")),
    ("content/pages/help.md", include_str!("new/page.md")),
    (".gitignore", include_str!("new/gitignore")),
    ("README.md", include_str!("new/readme.md")),
];

/// What installs convene on a host's machines.
const INSTALL: (&str, &str) = ("ci/install-convene", include_str!("new/ci/install-convene"));

/// The files with which a host checks and publishes a catalog.
fn workflow_files(host: CiHost) -> [NewFile; 2] {
    let text = match host {
        CiHost::Github => include_str!("new/ci/github.yml"),
        CiHost::Gitlab => include_str!("new/ci/gitlab.yml"),
    };
    let text = text.replace("{{version}}", env!("CARGO_PKG_VERSION"));
    let (install, script) = INSTALL;
    [NewFile::new(workflow_path(host), text), NewFile::new(install, script)]
}

fn workflow_path(host: CiHost) -> &'static str {
    match host {
        CiHost::Github => ".github/workflows/catalog.yml",
        CiHost::Gitlab => ".gitlab-ci.yml",
    }
}

/// A small catalog in a new or empty folder, with the workflow of a host.
pub(super) fn catalog(folder: &Path, ci: Option<CiHost>, clock: Clock, terminal: &Terminal) -> u8 {
    match in_the_way(folder) {
        Ok(None) => {}
        Ok(Some(name)) => {
            terminal.complain(&format!(
                "`{}` is not empty, and nothing is ever overwritten: `{name}` is in it\n  \
                 help: name a new folder",
                folder.display()
            ));
            return WORLD_REFUSED;
        }
        Err(error) => {
            terminal.complain(&format!("could not read `{}`: {error}", folder.display()));
            return WORLD_REFUSED;
        }
    }
    let dates = Dates::near(clock.now());
    let content = CATALOG.iter().map(|(name, text)| NewFile::new(*name, dates.fill(text)));
    let content: Vec<NewFile> = content.collect();
    let sources = Sources::new(content.iter().map(NewFile::as_source).collect());
    let editor = scaffold::editor(&Known::of(&Surroundings::of(&sources).catalog));
    let workflow: Vec<NewFile> = ci.into_iter().flat_map(workflow_files).collect();
    for file in content.iter().chain(&editor.own).chain(&editor.made).chain(&workflow) {
        let path = folder.join(&file.path);
        if let Err(error) = write(&path, &file.text) {
            terminal.complain(&format!("could not write `{}`: {error}", path.display()));
            return WORLD_REFUSED;
        }
    }
    let files = Count::of(content.len() + workflow.len(), "file");
    terminal.say(&format!(
        "Made a catalog of {files} in {}\n  with settings for VS Code in .vscode\n  \
         next: {}convene serve --open",
        folder.display(),
        change_to(folder)
    ));
    if let Some(path) = ci.map(workflow_path) {
        terminal.say(&format!("  then: read the first lines of {path}, which say what to set"));
    }
    DONE
}

/// What is in the folder already; that it is a new repository does not matter.
fn in_the_way(folder: &Path) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let names: io::Result<Vec<String>> =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect();
    Ok(names?.into_iter().filter(|name| name != ".git").min())
}

/// The command that goes to a folder, when one has to.
fn change_to(folder: &Path) -> String {
    let name = folder.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./\\:".contains(c);
    match name.as_str() {
        "." | "./" => String::new(),
        name if name.chars().all(plain) => format!("cd {name} && "),
        name => format!("cd \"{name}\" && "),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use jiff::{Span, Timestamp};

    use super::{CATALOG, change_to};
    use crate::build::{self, Now, Options};
    use crate::report;
    use crate::scaffold::Dates;
    use crate::source::Sources;

    fn said_on(now: Timestamp) -> String {
        let dates = Dates::near(now);
        let content = CATALOG.iter().filter(|(path, _)| path.starts_with("content/"));
        let sources = Sources::from_texts(content.map(|(path, text)| (*path, dates.fill(text))));
        let options =
            Options { now: Now::Instant(now), drafts: false, future: false, strict: false };
        report::human(&sources, &build::check(&sources, &options).diagnostics, false)
    }

    #[test]
    fn a_new_catalog_is_without_fault_on_any_day() {
        for week in 0..53 {
            // Every eighth day meets every weekday, both changes of the clock, and the year's end.
            let day = date(2026, 11, 24).saturating_add(Span::new().days(week * 8));
            let now =
                TimeZone::UTC.to_ambiguous_timestamp(day.at(23, 59, 0, 0)).compatible().unwrap();
            assert_eq!(said_on(now), "", "on {day}");
        }
    }

    #[test]
    fn no_placeholder_is_left() {
        let dates = Dates::near(Timestamp::UNIX_EPOCH);
        for (path, text) in CATALOG {
            assert!(!dates.fill(text).contains("{{"), "{path}");
        }
    }

    #[test]
    fn the_next_command_can_be_pasted() {
        assert_eq!(change_to(Path::new(".")), "");
        assert_eq!(change_to(Path::new("a/b")), "cd a/b && ");
        assert_eq!(change_to(Path::new("my catalog")), "cd \"my catalog\" && ");
    }
}
