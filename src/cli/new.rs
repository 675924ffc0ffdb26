//! `convene new`: entries to start from, valid from the first second.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::moment::now;
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;
use crate::model::{ProgramYear, YearStart};

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

/// A small catalog in a new or empty folder.
pub(super) fn catalog(folder: &Path, terminal: &Terminal) -> u8 {
    match is_free(folder) {
        Ok(true) => {}
        Ok(false) => {
            terminal.complain(&format!(
                "`{}` is not empty, and nothing is ever overwritten\n  help: name a new folder",
                folder.display()
            ));
            return WORLD_REFUSED;
        }
        Err(error) => return refused(folder, &error, terminal),
    }
    let dates = Dates::from(now().in_zone(&TimeZone::UTC));
    for (name, text) in CATALOG {
        let path = folder.join(name);
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, dates.fill(text)));
        if let Err(error) = written {
            return refused(&path, &error, terminal);
        }
    }
    terminal.say(&format!(
        "Made a catalog of {} in {}\n  next: cd {} && convene serve --open",
        Count::of(CATALOG.len(), "file"),
        folder.display(),
        folder.display()
    ));
    DONE
}

/// True when the folder does not exist or has nothing in it.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn refused(path: &Path, error: &io::Error, terminal: &Terminal) -> u8 {
    terminal.complain(&format!("could not write `{}`: {error}", path.display()));
    WORLD_REFUSED
}

/// Dates near the present moment, so that the new catalog has neither errors nor warnings.
struct Dates {
    opens: Date,
    closes: Date,
    first: Date,
    second: Date,
}

impl Dates {
    fn from(now: Timestamp) -> Self {
        let today = now.to_zoned_datetime(TimeZone::UTC).date();
        let later = |days: i64| today.saturating_add(jiff::Span::new().days(days));
        let first = thursday_from(later(42));
        Self {
            opens: later(-7),
            closes: first.saturating_sub(jiff::Span::new().days(7)),
            first,
            second: first.saturating_add(jiff::Span::new().days(28)),
        }
    }

    fn fill(&self, text: &str) -> String {
        let year = ProgramYear::of(self.first, YearStart::default());
        text.replace("{{opens}}", &self.opens.to_string())
            .replace("{{closes}}", &self.closes.to_string())
            .replace("{{first}}", &self.first.to_string())
            .replace("{{second}}", &self.second.to_string())
            .replace("{{year}}", &year.to_string())
    }
}

fn thursday_from(date: Date) -> Date {
    date.series(jiff::Span::new().days(1))
        .find(|day| day.weekday() == Weekday::Thursday)
        .unwrap_or(date)
}
