//! Which column is what: by its heading, in the words that people use, or by what stands in it.

use super::table::Row;
use super::when::{self, Hint};

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// The day or the days.
    Date,
    /// The last day of several.
    EndDate,
    /// The hours.
    Time,
    /// When it begins.
    Start,
    /// When it ends.
    End,
    /// What the session is called.
    Title,
    /// The offering that the session belongs to.
    Offering,
    /// Where it is.
    Place,
    /// In person, online or both.
    Mode,
    /// The address of the online room.
    Link,
    /// Where one enrolls.
    Enroll,
    /// The kind of the offering.
    Kind,
    /// For whom.
    Roles,
    /// Who leads it.
    Facilitators,
    /// What the offering is about, in a sentence.
    Summary,
    /// How many seats there are.
    Capacity,
    /// Cancelled, tentative, postponed.
    Status,
    /// Anything else to know.
    Note,
    /// The day of the week, which the date says anyway.
    Weekday,
}

/// The headings that are recognised, in lower case, without punctuation; the documentation lists
/// the same.
pub(super) const HEADINGS: [(Column, &[&str]); 19] = [
    (
        Column::Date,
        &["date", "dates", "session date", "session dates", "day", "days", "when", "start date"],
    ),
    (Column::EndDate, &["end date", "last day", "through"]),
    (Column::Time, &["time", "times", "hours", "session time"]),
    (Column::Start, &["start", "start time", "begins", "from"]),
    (Column::End, &["end", "end time", "ends", "to", "until"]),
    (Column::Title, &["title", "session", "session title", "subject", "event", "name", "meeting"]),
    (
        Column::Offering,
        &["offering", "program", "series", "course", "course title", "workshop", "program name"],
    ),
    (Column::Place, &["place", "location", "venue", "where", "site", "building", "room"]),
    (Column::Mode, &["mode", "format", "modality", "delivery"]),
    (Column::Link, &["link", "online", "url", "meeting link", "join link", "zoom", "zoom link"]),
    (
        Column::Enroll,
        &[
            "enroll",
            "enrollment",
            "enrollment link",
            "registration",
            "registration link",
            "register",
            "sign up",
        ],
    ),
    (Column::Kind, &["kind", "type", "category"]),
    (Column::Roles, &["roles", "role", "audience", "for whom", "who"]),
    (
        Column::Facilitators,
        &[
            "facilitator",
            "facilitators",
            "presenter",
            "presenters",
            "instructor",
            "instructors",
            "led by",
            "speaker",
        ],
    ),
    (Column::Summary, &["summary", "description", "about"]),
    (Column::Capacity, &["capacity", "seats"]),
    (Column::Status, &["status"]),
    (Column::Note, &["note", "notes", "comment", "comments", "details"]),
    (Column::Weekday, &["weekday", "day of week", "day of the week"]),
];

/// The columns of a table, and where its sessions begin.
#[derive(Debug)]
pub(super) struct Columns {
    /// What each column is; none for one that is not read.
    pub of: Vec<Option<Column>>,
    /// The headings that nobody knows, for the report.
    pub unknown: Vec<String>,
    /// The row of the headings; none where the columns were told apart by what stands in them.
    pub heading: Option<usize>,
}

/// A heading as it is compared: `Session Date(s):` becomes `session dates`.
fn folded(text: &str) -> String {
    let text = text.replace("(s)", "s");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn by_heading(text: &str) -> Option<Column> {
    let text = folded(text);
    HEADINGS.iter().find(|(_, names)| names.contains(&text.as_str())).map(|(column, _)| *column)
}

/// Tells the columns apart. A heading may stand below a title of the table, but within its first
/// rows, and names at least two columns, one of them the date.
pub(super) fn columns(rows: &[Row], hint: Hint) -> Option<Columns> {
    for row in rows.iter().take(10) {
        let known: Vec<Option<Column>> = row.cells.iter().map(|cell| by_heading(cell)).collect();
        let found = known.iter().flatten().count();
        if found >= 2 && known.contains(&Some(Column::Date)) {
            let unknown = row.cells.iter().zip(&known);
            let unknown = unknown.filter(|(text, known)| known.is_none() && !text.is_empty());
            let unknown = unknown.map(|(text, _)| when::short(text)).collect();
            return Some(Columns { of: each_once(known), unknown, heading: Some(row.at) });
        }
    }
    by_content(rows, hint)
}

/// Of two columns for one thing, the first.
fn each_once(columns: Vec<Option<Column>>) -> Vec<Option<Column>> {
    let mut seen = Vec::new();
    let once = |column: Option<Column>| {
        column.filter(|column| {
            let new = !seen.contains(column);
            seen.push(*column);
            new
        })
    };
    columns.into_iter().map(once).collect()
}

/// The column of dates, that of hours, then a title and a place, in the order in which they stand.
fn by_content(rows: &[Row], hint: Hint) -> Option<Columns> {
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    // A date without a year is a date all the same; what is missing is told row by row.
    let year = hint.year.or(Some(crate::model::ProgramYear { begins: 2026 }));
    let hint = Hint { year, ..hint };
    let share = |at: usize, is: &dyn Fn(&str) -> bool| {
        let cells = || rows.iter().filter_map(|row| row.cells.get(at)).filter(|c| !c.is_empty());
        let good = cells().filter(|cell| is(cell)).count();
        good > 0 && good * 2 >= cells().count()
    };
    let is_date = |cell: &str| when::days(cell, hint).is_ok();
    let is_time = |cell: &str| when::hours(cell).is_ok_and(|(range, _)| range.is_some());
    let mut of: Vec<Option<Column>> = vec![None; width];
    let date = (0..width).find(|&at| share(at, &is_date))?;
    let time = (0..width).find(|&at| at != date && share(at, &is_time));
    let rest = (0..width).filter(|&at| at != date && Some(at) != time);
    let mut names = [Column::Title, Column::Place, Column::Note].into_iter();
    for at in rest {
        let filled = share(at, &|cell| !cell.is_empty());
        if let (true, Some(place)) = (filled, of.get_mut(at)) {
            *place = names.next();
        }
    }
    for (at, column) in [(Some(date), Column::Date), (time, Column::Time)] {
        if let Some(place) = at.and_then(|at| of.get_mut(at)) {
            *place = Some(column);
        }
    }
    Some(Columns { of, unknown: Vec::new(), heading: None })
}

#[cfg(test)]
mod tests {
    use super::{Column, columns};
    use crate::import::table::rows;
    use crate::import::when::Hint;
    use crate::model::YearStart;

    fn of(text: &str) -> (Vec<Option<Column>>, Option<usize>) {
        let hint = Hint { year: None, starts: YearStart::default() };
        let found = columns(&rows(text).unwrap(), hint).expect("columns");
        (found.of, found.heading)
    }

    #[test]
    fn headings_are_known_by_the_words_that_people_use() {
        let (found, heading) =
            of("Our calendar\nSession Date(s),Start Time,End Time,Subject,Colour\n");
        let expected = [Column::Date, Column::Start, Column::End, Column::Title];
        assert_eq!(found, [&expected.map(Some)[..], &[None]].concat());
        assert_eq!(heading, Some(2));
    }

    #[test]
    fn without_headings_the_cells_tell() {
        let expected = [Column::Date, Column::Time, Column::Title, Column::Place].map(Some);
        let text = "October 27th, 2022 and October 28th, 2022 | 8:30 AM - 4:00 PM | In-Person - School Leader PD | PA Convention Center";
        assert_eq!(of(text), (expected.to_vec(), None));
        assert_eq!(
            of("School Leader PD,10/27/2022,8:30-4 PM\n").0,
            [Column::Title, Column::Date, Column::Time].map(Some)
        );
    }

    #[test]
    fn every_heading_is_documented() {
        let page = include_str!("../../docs/import.md");
        for (column, names) in super::HEADINGS {
            let line = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            assert!(page.contains(&line), "{column:?}: {line}");
        }
    }

    #[test]
    fn no_heading_is_said_twice() {
        let mut all: Vec<&str> =
            super::HEADINGS.iter().flat_map(|(_, names)| *names).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
