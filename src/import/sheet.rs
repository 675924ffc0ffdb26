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
        plain.start_file(name, stored).map_err(broken)?;
        plain.write_all(&text).map_err(broken)?;
    }
    Xlsx::new(plain.finish().map_err(broken)?).map_err(broken)
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
