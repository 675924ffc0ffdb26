//! An XLSX workbook as rows of text. Formulas are not computed: what the program that saved the file
//! had computed is taken.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::table::{MAX_CELLS, MAX_ROWS, Row, too_many_rows};
use crate::diag::{did_you_mean, ticked};
use crate::scaffold::Refusal;

/// A workbook unpacks to at most so many bytes.
const MAX_UNPACKED: u64 = 48 * 1024 * 1024;
/// A workbook has at most so many parts.
const MAX_PARTS: usize = 1_000;

/// The rows of a sheet: the one that is named, or else the first with anything in it.
///
/// # Errors
///
/// When it is no workbook, too large, or has no such sheet.
pub(super) fn rows(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Row>, Refusal> {
    let mut workbook = open(bytes)?;
    let names = workbook.sheet_names().clone();
    if let Some(wanted) = sheet {
        let Some(name) = names.iter().find(|name| name.eq_ignore_ascii_case(wanted)) else {
            let all = names.iter().map(String::as_str);
            let refusal = Refusal::new(format!("the workbook has no sheet `{wanted}`"));
            return Err(match did_you_mean(wanted, all.clone()) {
                Some(guess) => refusal.hint(guess),
                None => refusal.hint(format!("it has {}", ticked(all))),
            });
        };
        return sheet_rows(&mut workbook, name);
    }
    for name in &names {
        let rows = sheet_rows(&mut workbook, name)?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Err(Refusal::new("the workbook is empty"))
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(format!("this is no workbook that can be read: {error}"))
        .hint("open it in Excel and save it anew as XLSX, or as CSV")
}

/// Unpacks the workbook within bounds first: what a zip says of its size may be a lie.
fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<Vec<u8>>>, Refusal> {
    let mut packed = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if packed.len() > MAX_PARTS {
        return Err(broken(format!("it has more than {MAX_PARTS} parts")));
    }
    let mut left = MAX_UNPACKED;
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for at in 0..packed.len() {
        let mut part = packed.by_index(at).map_err(broken)?;
        let name = part.name().map_err(broken)?.into_owned();
        // Pictures and macros are not looked at.
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let mut text = Vec::new();
        part.by_ref().take(left + 1).read_to_end(&mut text).map_err(broken)?;
        let size = text.len() as u64;
        if size > left {
            let most = MAX_UNPACKED / (1024 * 1024);
            return Err(Refusal::new(format!("the workbook unpacks to more than {most} MB"))
                .hint("copy the rows that matter into a new workbook"));
        }
        left -= size;
        if !references(&text).all(lies_on_a_sheet) {
            return Err(broken("it names a cell that no sheet has"));
        }
        plain.start_file(name, stored).map_err(broken)?;
        plain.write_all(&text).map_err(broken)?;
    }
    Xlsx::new(plain.finish().map_err(broken)?).map_err(broken)
}

/// What the tags of a part say of cells, rows and ranges: the values of `r` and `ref`.
fn references(xml: &[u8]) -> impl Iterator<Item = &[u8]> {
    let tags = xml.split(|byte| *byte == b'<').filter_map(|tag| tag.split(|b| *b == b'>').next());
    tags.flat_map(|tag| {
        let words = tag.split(u8::is_ascii_whitespace);
        words.filter_map(|word| {
            let value = word.strip_prefix(b"r=").or_else(|| word.strip_prefix(b"ref="))?;
            let quote = |byte: &u8| matches!(byte, b'"' | b'\'');
            value.split(quote).nth(1)
        })
    })
}

/// True for `A1`, `12`, `A:C`, `A1:C30` within the bounds of a sheet, the beginning first. The library that
/// reads the workbook counts on it.
fn lies_on_a_sheet(reference: &[u8]) -> bool {
    let mut ends = reference.split(|byte| *byte == b':').map(corner);
    match (ends.next().flatten(), ends.next(), ends.next()) {
        (Some(_), None, None) => true,
        (Some(from), Some(Some(to)), None) => from.0 <= to.0 && from.1 <= to.1,
        _ => false,
    }
}

/// The column and the row, from 1; 0 for the one that is not named.
fn corner(reference: &[u8]) -> Option<(u32, u32)> {
    const COLUMNS: u32 = 16_384;
    const ROWS: u32 = 1_048_576;
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (column, row) = reference.split_at_checked(letters).filter(|_| letters <= 3)?;
    let column = column
        .iter()
        .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    if row.is_empty() {
        return (1..=COLUMNS).contains(&column).then_some((column, 0));
    }
    let digits = row.iter().all(u8::is_ascii_digit);
    let row: u32 = std::str::from_utf8(row).ok().filter(|_| digits)?.parse().ok()?;
    (column <= COLUMNS && (1..=ROWS).contains(&row)).then_some((column, row))
}

/// Reads cell by cell: a sheet with two cells at its opposite corners is not made whole.
fn sheet_rows(workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<Row>, Refusal> {
    let mut cells: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut reader = workbook.worksheet_cells_reader(name).map_err(broken)?;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let text = words(cell.get_value());
        if text.is_empty() || column as usize >= MAX_CELLS {
            continue;
        }
        let row = cells.entry(row).or_default();
        if row.len() <= column as usize {
            row.resize(column as usize + 1, String::new());
        }
        if let Some(place) = row.get_mut(column as usize) {
            *place = text;
        }
        if cells.len() > MAX_ROWS {
            return Err(too_many_rows());
        }
    }
    Ok(cells.into_iter().filter_map(|(row, cells)| Row::of(row as usize + 1, cells)).collect())
}

fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(word) => word.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            if moment.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}")
            } else if (hour, minute) == (0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.replace('T', " "),
        // What a formula could not compute: `#REF!`.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{lies_on_a_sheet, references};

    #[test]
    fn cells_and_ranges_lie_on_a_sheet() {
        for good in ["A1", "12", "A", "A:C", "XFD1048576", "a1:c30", "B2:B2"] {
            assert!(lies_on_a_sheet(good.as_bytes()), "{good}");
        }
        for bad in [
            "",
            "A0",
            "XFE1",
            "AAAA1",
            "A1048577",
            "ZZ99999999",
            "C3:A1",
            "A1:B2:C3",
            "A1:",
            "$A$1",
        ] {
            assert!(!lies_on_a_sheet(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn references_stand_in_tags() {
        let xml =
            b"<row r=\"1\"><c s='2' r='B7'><v>r=\"ZZ99999999\"</v></c></row><d ref=\"A1:B2\"/>";
        let found: Vec<&[u8]> = references(xml).collect();
        assert_eq!(found, [&b"1"[..], b"B7", b"A1:B2"]);
    }
}
