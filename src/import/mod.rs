//! Tables and calendars as content: CSV, XLSX, iCalendar, or what was copied from a page.
//!
//! Bytes and a catalog in; rows as they were understood, and files as text, out. What is not
//! understood is told with its row, never guessed in silence. Inputs are bounded in every
//! direction, and nothing in them is computed, followed or fetched.

mod calendar;
mod columns;
mod gather;
mod reading;
mod sheet;
mod sitting;
mod table;
mod when;
mod write;

pub use gather::{Planned, State};

use crate::diag::ticked;
use crate::model::ProgramYear;
use crate::scaffold::{Refusal, Surroundings};

use sitting::Sitting;
use when::{Hint, short};

/// A file to be imported is at most so large, in bytes.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What is wished of an import.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The ID of the offering that gets all sessions.
    pub into: Option<String>,
    /// The title of the new offering that gets all sessions.
    pub title: Option<String>,
    /// The kind of new offerings.
    pub kind: Option<String>,
    /// The roles of new offerings; all if none is given.
    pub roles: Vec<String>,
    /// The summary of new offerings.
    pub summary: Option<String>,
    /// The program year of dates without a year, and of what has no date.
    pub year: Option<ProgramYear>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Sessions that an offering has already are replaced.
    pub force: bool,
}

/// One row or event, and what was understood.
#[derive(Clone, Debug)]
pub struct RowReport {
    /// Where it stands: the line or the row, from 1.
    pub at: usize,
    /// Its words, shortened.
    pub words: String,
    /// The session in words, or why there is none.
    pub understood: Result<String, String>,
    /// What was guessed or left out.
    pub notes: Vec<String>,
}

/// What came of an import.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// `line` or `row`: what [`RowReport::at`] counts.
    pub unit: &'static str,
    /// The rows with sessions, or what should be one.
    pub rows: Vec<RowReport>,
    /// Rows that are no sessions and were not meant to be: titles and remarks.
    pub asides: Vec<RowReport>,
    /// Headings that nobody knows.
    pub unknown_columns: Vec<String>,
    /// The offerings.
    pub offerings: Vec<Planned>,
}

impl Import {
    /// How many rows were not understood.
    pub fn not_understood(&self) -> usize {
        self.rows.iter().filter(|row| row.understood.is_err()).count()
    }
}

/// Reads a file and says what it would make of the catalog.
///
/// # Errors
///
/// When nothing can be made of it, or the wish does not fit the catalog.
pub fn import(around: &Surroundings<'_>, bytes: &[u8], wish: &Wish) -> Result<Import, Refusal> {
    let mut import = Import { unit: "line", ..Import::default() };
    let mut sittings: Vec<Sitting> = Vec::new();
    if is_old_excel(bytes) {
        return Err(Refusal::new("this is a workbook of an old Excel")
            .hint("open it in Excel and save it as XLSX or CSV"));
    }
    if bytes.starts_with(b"PK") {
        import.unit = "row";
        let rows = sheet::rows(bytes, wish.sheet.as_deref())?;
        read_rows(around, &rows, wish, &mut import, &mut sittings)?;
    } else {
        let text = table::decoded(bytes);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
            read_events(around, &text, wish, &mut import, &mut sittings)?;
        } else {
            read_rows(around, &table::rows(&text)?, wish, &mut import, &mut sittings)?;
        }
    }
    if sittings.is_empty() && import.rows.is_empty() {
        return Err(Refusal::new("there is no row with a date in it"));
    }
    import.offerings = gather::offerings(around, sittings, wish)?;
    Ok(import)
}

/// The first bytes of the format before XLSX.
fn is_old_excel(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

fn read_rows(
    around: &Surroundings<'_>,
    rows: &[table::Row],
    wish: &Wish,
    import: &mut Import,
    sittings: &mut Vec<Sitting>,
) -> Result<(), Refusal> {
    let catalog = &around.catalog;
    let hint = Hint { year: wish.year, starts: catalog.settings.year_starts };
    let Some(columns) = columns::columns(rows, hint) else {
        return Err(Refusal::new("no column of dates was found")
            .hint("give the columns headings, such as `Date`, `Time`, `Title` and `Place`")
            .hint("write dates as `2026-10-01`, `10/1/2026` or `October 1, 2026`"));
    };
    import.unknown_columns.clone_from(&columns.unknown);
    for row in rows {
        if columns.heading.is_some_and(|heading| row.at <= heading) {
            continue;
        }
        let read = reading::row(row, &columns, catalog, hint);
        let words = short(&row.cells.join(" | "));
        let understood = read.sitting.as_ref().map(in_words).map_err(Clone::clone);
        let report = RowReport { at: row.at, words, understood, notes: read.notes };
        if read.aside {
            import.asides.push(report);
        } else {
            sittings.extend(named(read.sitting, wish, report, &mut import.rows));
        }
    }
    Ok(())
}

fn read_events(
    around: &Surroundings<'_>,
    text: &str,
    wish: &Wish,
    import: &mut Import,
    sittings: &mut Vec<Sitting>,
) -> Result<(), Refusal> {
    for event in calendar::events(text)? {
        let mut notes = Vec::new();
        let sitting = calendar::sitting(&event, &around.catalog, &mut notes);
        let understood = sitting.as_ref().map(in_words).map_err(Clone::clone);
        let report = RowReport { at: event.at, words: event.words(), understood, notes };
        sittings.extend(named(sitting, wish, report, &mut import.rows));
    }
    Ok(())
}

/// A session that belongs somewhere; one that does not is reported as not understood.
fn named(
    sitting: Result<Sitting, String>,
    wish: &Wish,
    mut report: RowReport,
    rows: &mut Vec<RowReport>,
) -> Option<Sitting> {
    let homeless = wish.into.is_none()
        && wish.title.is_none()
        && sitting.as_ref().is_ok_and(|one| one.title.is_none() && one.offering.is_none());
    if homeless {
        let words = "it names no offering; name one with `--into ID` or `--title TITLE`";
        report.understood = Err(words.to_owned());
    }
    rows.push(report);
    sitting.ok().filter(|_| !homeless)
}

/// A session in words, for the report.
fn in_words(sitting: &Sitting) -> String {
    let mut parts = Vec::new();
    match &sitting.days {
        when::Days::On(days) => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            parts.push(days.join(" and "));
        }
        when::Days::Month(month) => parts.push(month.to_string()),
        when::Days::Season(season) => parts.push(season.clone()),
        when::Days::Unset => parts.push("date to be announced".to_owned()),
    }
    if !sitting.repeat.is_empty() {
        let rule: Vec<String> =
            sitting.repeat.iter().map(|(name, value)| format!("{name} {value}")).collect();
        parts.push(format!("repeated ({})", rule.join(", ")));
    }
    if let Some(time) = &sitting.time {
        let clock = crate::lower::scalar::time::in_words;
        parts.push(format!("{} - {}", clock(time.start), clock(time.end)));
    }
    if let (Some(offering), _) | (None, Some(offering)) = (&sitting.offering, &sitting.title) {
        parts.push(format!("\"{}\"", short(offering)));
    }
    if let (Some(_), Some(title)) = (&sitting.offering, &sitting.title) {
        parts.push(format!("\"{}\"", short(title)));
    }
    match &sitting.place {
        Some(sitting::Venue::Place(id)) => parts.push(format!("at `{id}`")),
        Some(sitting::Venue::Words(words)) => parts.push(format!("at \"{}\"", short(words))),
        None => {}
    }
    match sitting.online.as_deref() {
        Some("true") => parts.push("online".to_owned()),
        Some(address) => parts.push(format!("online at {}", short(address))),
        None => {}
    }
    if !sitting.facilitators.is_empty() {
        parts.push(format!("with {}", ticked(sitting.facilitators.iter().map(String::as_str))));
    }
    if let Some(status) = sitting.status {
        parts.push(write::status_word(status).to_owned());
    }
    parts.join(", ")
}
