//! A table as rows of text: CSV in any of its forms, Markdown, what was copied from a page.

use csv::ReaderBuilder;
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::scaffold::Refusal;

/// A table has at most so many rows.
pub(super) const MAX_ROWS: usize = 5_000;
/// A row has at most so many cells.
pub(super) const MAX_CELLS: usize = 100;
/// A cell has at most so many characters.
pub(super) const MAX_TEXT: usize = 4_000;

/// One row, and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The line of a text, the row of a sheet, from 1.
    pub at: usize,
    /// What stands in it, without white space around it.
    pub cells: Vec<String>,
}

impl Row {
    /// A row of these cells; none when all are empty.
    pub fn of(at: usize, cells: impl IntoIterator<Item = String>) -> Option<Self> {
        let cells: Vec<String> = cells.into_iter().map(|cell| cleaned(&cell)).collect();
        let filled = cells.iter().any(|cell| !cell.is_empty());
        filled.then_some(Self { at, cells })
    }
}

/// A cell without white space around it, without invisible characters, and not too long.
fn cleaned(cell: &str) -> String {
    let seen = |c: char| match c {
        '\u{a0}' | '\t' | '\u{2007}' | '\u{202f}' => Some(' '),
        '\n' => Some('\n'),
        c if c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}') => {
            None
        }
        c => Some(c),
    };
    cell.trim().chars().filter_map(seen).take(MAX_TEXT).collect::<String>().trim().to_owned()
}

/// The text of a file: UTF-8, UTF-16 with a mark, or what Excel on Windows writes.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// The rows of a text.
///
/// # Errors
///
/// When it is too large, or no table.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Refusal> {
    if text.contains('\0') {
        return Err(Refusal::new("this is no table: the file is not text")
            .hint("save it as CSV or XLSX, or copy the table into a text file"));
    }
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<table") {
        return Err(Refusal::new("this is a web page, not a table").hint(
            "open it in the browser, select the table, copy it, and paste it into a text file",
        ));
    }
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let with = |c: char| lines.iter().filter(|line| line.contains(c)).count();
    let rows =
        if with('|') * 2 > lines.len() { piped(text) } else { separated(text, delimiter(text))? };
    if rows.len() > MAX_ROWS {
        return Err(too_many_rows());
    }
    Ok(rows)
}

pub(super) fn too_many_rows() -> Refusal {
    Refusal::new(format!("the table has more than {MAX_ROWS} rows"))
        .hint("import it in parts, such as one program year at a time")
}

/// `a | b`, with or without bars at both ends, as Markdown writes tables.
fn piped(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        let inner = line.strip_prefix('|').unwrap_or(line);
        let inner = inner.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(inner);
        let rule = |c: char| matches!(c, '-' | ':' | '|' | '=' | '+' | ' ');
        if inner.chars().all(rule) {
            continue;
        }
        let hidden = inner.replace("\\|", "\u{1}");
        let cells = hidden.split('|').take(MAX_CELLS).map(|cell| cell.replace('\u{1}', "|"));
        rows.extend(Row::of(at + 1, cells));
        if rows.len() > MAX_ROWS {
            break;
        }
    }
    rows
}

/// The separator that stands most often outside of quotes in the first lines.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0)];
    let mut quoted = false;
    for byte in text.bytes().take(20_000) {
        match byte {
            b'"' => quoted = !quoted,
            byte if !quoted => {
                for (separator, count) in &mut counts {
                    *count += usize::from(*separator == byte);
                }
            }
            _ => {}
        }
    }
    // A tab is never part of what people write; a comma often is.
    let [(_, tabs), (_, semicolons), (_, commas)] = counts;
    if tabs > 0 {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

fn separated(text: &str, delimiter: u8) -> Result<Vec<Row>, Refusal> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| Refusal::new(format!("the table cannot be read: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        rows.extend(Row::of(at, record.iter().take(MAX_CELLS).map(ToOwned::to_owned)));
        if rows.len() > MAX_ROWS {
            break;
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::{decoded, rows};

    #[track_caller]
    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).expect("a table").into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn the_same_table_in_every_form() {
        let expected = [["Date", "Title"], ["Oct 1, 2026", "A | B"]];
        for text in [
            "Date,Title\n\"Oct 1, 2026\",A | B\n",
            "Date;Title\r\nOct 1, 2026;A | B\r\n\r\n",
            "Date\tTitle\nOct 1, 2026\tA | B\n",
            "| Date | Title |\n|:---|---:|\n| Oct 1, 2026 | A \\| B |\n",
            "Date | Title\n--- | ---\n Oct 1, 2026 | A \\| B",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cell_may_have_lines_and_quotes() {
        assert_eq!(cells("a,\"b \"\"c\"\"\nd\"\n"), [["a", "b \"c\"\nd"]]);
        assert_eq!(cells("a,\"never closed\nb,c\n")[0][0], "a");
    }

    #[test]
    fn encodings_of_excel_are_read() {
        assert_eq!(decoded(b"caf\xe9"), "café");
        assert_eq!(decoded(b"\xef\xbb\xbfcaf\xc3\xa9"), "café");
        assert_eq!(decoded(b"\xff\xfea\0b\0"), "ab");
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(rows("a\0b").unwrap_err().message.contains("not text"));
        assert!(rows("<!DOCTYPE html><table>").unwrap_err().message.contains("web page"));
        let long = "a,b\n".repeat(6_000);
        assert!(rows(&long).unwrap_err().message.contains("more than 5000 rows"));
    }
}
