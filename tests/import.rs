//! `convene import`: tables and calendars as content, and what is hostile as a message.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "support/folder.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod folder;

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use folder::Folder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CATALOG: &str = "
    title: Learning
    organization: Office
    url: https://example.org/learn/
    timezone: America/New_York
    kinds:
      series: { name: Series }
      workshop: { name: Workshop }
    roles:
      principal: { name: Principal }
      assistant-principal: { name: Assistant principal }
";

fn project() -> Folder {
    Folder::new()
        .write("content/catalog.yaml", CATALOG)
        .write("content/places/hall.md", "---\nname: Main Hall\n---\n")
        .write("content/people/maya.md", "---\nname: Maya Ortiz\n---\n")
}

/// Runs an import of these bytes, within a time that no honest file needs.
fn import(folder: &Folder, name: &str, bytes: &[u8], options: &[&str]) -> Output {
    fs::write(folder.path(name), bytes).unwrap();
    let begun = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["import", name])
        .args(options)
        .current_dir(folder.path(""))
        .env("SOURCE_DATE_EPOCH", "1795528800")
        .output()
        .expect("it runs");
    assert!(begun.elapsed().as_secs() < 60, "{name} hangs");
    output
}

#[track_caller]
fn refused(bytes: &[u8], options: &[&str], words: &str) {
    let folder = project();
    let before = folder.tree("content");
    let output = import(&folder, "file", bytes, options);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(words), "{said}");
    assert!(!said.contains("panicked") && output.status.code() != Some(101), "{said}");
    assert_ne!(output.status.code(), Some(0), "{said}");
    assert_eq!(folder.tree("content"), before);
}

// The table of 2022-23.

const TABLE: &str = "
    Leadership Convening 2022-23

    September 30th, 2022 | 8:30 AM - 4:00 PM | Virtual - School Leader PD | Zoom
    October 27th, 2022 and October 28th, 2022 | 8:30 AM - 4:00 PM | In-Person - School Leader PD | PA Convention Center
    November 18th, 2022 | 8:30 AM - 4:00 PM | Virtual - School Leader PD | Zoom
    December 8th, 2022 and December 9th, 2022 | 8:30 AM - 4:00 PM | In-Person - School Leader PD | PA Convention Center
    January 13th, 2023 | 8:30 AM - 4:00 PM | Virtual - School Leader PD | Zoom
    February 23rd, 2023 and February 24th, 2023 | 8:30 AM - 4:00 PM | In-Person - School Leader PD | PA Convention Center
    April 13th, 2023 | 8:30 AM - 12:00 PM | In-Person and Virtual - School Leader PD | Various locations
";

/// The sample catalog in a folder of its own.
fn sample() -> Folder {
    let mut folder = Folder::new().write("table.txt", TABLE);
    for entry in walkdir::WalkDir::new("content").into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let to = folder.path(entry.path().to_str().unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
    folder = folder.run(["check", "-q"]).success();
    folder
}

const CONVENING: &str = "content/offerings/2022-23/leadership-convening-2022-23.md";

#[test]
fn the_table_of_2022_23_gives_the_content_of_the_sample() {
    let folder = sample();
    let whole = folder.read(CONVENING);
    let begins = whole.find("sessions:\n").unwrap();
    let ends = begins + whole[begins..].find("---\n").unwrap();
    fs::write(folder.path(CONVENING), format!("{}{}", &whole[..begins], &whole[ends..])).unwrap();
    let folder = folder
        .run(["import", "table.txt", "--into", "leadership-convening-2022-23"])
        .stdout(
            "
            Understood 7 sessions
              line 3: 2022-09-30, 8:30 AM - 4:00 PM, \"School Leader PD\", at `zoom`
              line 4: 2022-10-27 and 2022-10-28, 8:30 AM - 4:00 PM, \"School Leader PD\", at `pa-convention-center`
              line 5: 2022-11-18, 8:30 AM - 4:00 PM, \"School Leader PD\", at `zoom`
              line 6: 2022-12-08 and 2022-12-09, 8:30 AM - 4:00 PM, \"School Leader PD\", at `pa-convention-center`
              line 7: 2023-01-13, 8:30 AM - 4:00 PM, \"School Leader PD\", at `zoom`
              line 8: 2023-02-23 and 2023-02-24, 8:30 AM - 4:00 PM, \"School Leader PD\", at `pa-convention-center`
              line 9: 2023-04-13, 8:30 AM - 12:00 PM, \"School Leader PD\", at \"Various locations\", online
                note: `Various locations` is no place of the catalog, and stays as words
            Passed over line 1: Leadership Convening 2022-23
            Added to: content/offerings/2022-23/leadership-convening-2022-23.md (7 sessions)
            ",
        )
        .success();
    assert_eq!(folder.read(CONVENING), whole);

    // Once more: nothing changes.
    let before = folder.tree("content");
    let folder = folder
        .run(["import", "table.txt", "--into", "leadership-convening-2022-23", "-q"])
        .success();
    assert_eq!(folder.tree("content"), before);
}

#[test]
fn other_sessions_are_replaced_only_by_force() {
    let folder = sample();
    let before = folder.tree("content");
    let shorter = TABLE.replace("4:00 PM", "3:00 PM");
    let folder = folder
        .write("table.txt", &shorter)
        .run(["import", "table.txt", "--into", "leadership-convening-2022-23", "--quiet"])
        .stderr(
            "
            error: nothing was written: `content/offerings/2022-23/leadership-convening-2022-23.md` \
            has other sessions
              help: look at them; `--force` replaces them by these
            ",
        )
        .failure(3);
    assert_eq!(folder.tree("content"), before);
    let whole = folder.read(CONVENING);
    let folder = folder
        .run(["import", "table.txt", "--into", "leadership-convening-2022-23", "-q", "--force"])
        .success();
    assert_eq!(folder.read(CONVENING), whole.replace("4:00 PM", "3:00 PM"));
}

// Tables with headings.

const CSV: &str = "\
Program,Session,Date(s),Start Time,End Time,Location,Presenter,Audience,Seats,Shoe size
Self as Core,Where we come from,10/8/2026,8:30 AM,11:30 AM,Main Hall,Maya Ortiz,Principals,30,42
Self as Core,\"What we were taught, and by whom\",\"Thursday, October 29, 2026\",1:00 PM,4:00 PM,Library,,Principals,,
Winter Institute,,January 12-13 2027,,,Zoom meeting,Somebody Else,,,
";

#[test]
fn a_table_with_headings_becomes_offerings() {
    let folder = project();
    let output = import(
        &folder,
        "a.csv",
        CSV.as_bytes(),
        &["--kind", "workshop", "--summary", "What one does there in short."],
    );
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("Columns not read: Shoe size"), "{said}");
    assert!(said.contains("note: nobody of the catalog is called `Somebody Else`"), "{said}");
    assert_eq!(
        folder.read("content/offerings/self-as-core.md"),
        "\
---
title: Self as Core
kind: workshop
summary: What one does there in short.
roles: [principal]

sessions:
  - title: Where we come from
    date: 2026-10-08
    weekday: thursday
    time: 8:30 AM - 11:30 AM
    place: hall
    facilitators: [maya]
  - title: What we were taught, and by whom
    date: 2026-10-29
    weekday: thursday
    time: 1:00 PM - 4:00 PM
    place: Library
---
"
    );
    let winter = folder.read("content/offerings/winter-institute.md");
    assert!(
        winter.contains("  - dates: [2027-01-12, 2027-01-13]\n    place: Zoom meeting\n"),
        "{winter}"
    );
    let before = folder.tree("content");
    let again = import(&folder, "a.csv", CSV.as_bytes(), &["--kind", "workshop"]);
    assert!(again.status.success());
    assert_eq!(folder.tree("content"), before);
}

#[test]
fn a_row_that_is_not_understood_keeps_everything_from_being_written() {
    let table = "Date,Title\n2026-12-03,Winter\nDecember 32,Winter\n";
    let folder = project();
    let before = folder.tree("content");
    let folder = folder
        .write("a.csv", table)
        .run(["import", "a.csv", "--kind", "series"])
        .stdout("Understood 1 session\n  line 2: 2026-12-03, \"Winter\"")
        .stderr(
            "
            error: line 3: `32` stands where a day of a month is expected
              December 32 | Winter
            error: nothing was written: 1 row was not understood
              help: mend them in the file and import it again
              help: or write the others alone, with `--partial`
            ",
        )
        .failure(1);
    assert_eq!(folder.tree("content"), before);
    let output = import(&folder, "a.csv", table.as_bytes(), &["--kind", "series", "--partial"]);
    assert!(output.status.success());
    let text = folder.read("content/offerings/winter.md");
    assert!(text.contains("draft: true\n") && text.contains("  - date: 2026-12-03\n"), "{text}");
}

#[test]
fn what_would_be_wrong_is_not_written() {
    let folder = project().write(
        "content/catalog.yaml",
        &format!("{CATALOG}    closed:\n      - {{ date: 2026-12-03, name: Holiday }}\n"),
    );
    let before = folder.tree("content");
    let table = "Date,Title\n2026-12-03,Winter\n";
    let output = import(&folder, "a.csv", table.as_bytes(), &["--kind", "series"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("error[session-on-closed-day]") && said.contains("winter.md:"), "{said}");
    assert_eq!(folder.tree("content"), before);
}

#[test]
fn a_dry_run_writes_nothing_and_a_pipe_is_read() {
    let folder = project();
    let before = folder.tree("content");
    let mut child = Command::new(env!("CARGO_BIN_EXE_convene"))
        .args(["import", "-", "--kind", "series", "--dry-run", "--year", "2026-27"])
        .current_dir(folder.path(""))
        .env("SOURCE_DATE_EPOCH", "1795528800")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"Dec 3\tWinter\nJan 7\tWinter\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said,
        "Understood 2 sessions\n  line 1: 2026-12-03, \"Winter\"\n  line 2: 2027-01-07, \"Winter\"\n\
         Would be new: content/offerings/winter.md (2 sessions)\n"
    );
    assert_eq!(folder.tree("content"), before);
}

// Workbooks.

/// A workbook with one sheet of these rows of XML.
fn workbook(sheet: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let part = |zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    part(
        &mut zip,
        "[Content_Types].xml",
        &format!("{head}<Types xmlns=\"{packages}/content-types\"/>"),
    );
    part(
        &mut zip,
        "_rels/.rels",
        &format!(
            "{head}<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    part(
        &mut zip,
        "xl/workbook.xml",
        &format!(
            "{head}<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Dates\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        ),
    );
    part(
        &mut zip,
        "xl/_rels/workbook.xml.rels",
        &format!(
            "{head}<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
        ),
    );
    part(
        &mut zip,
        "xl/styles.xml",
        &format!(
            "{head}<styleSheet xmlns=\"{main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"18\"/></cellXfs></styleSheet>"
        ),
    );
    part(
        &mut zip,
        "xl/worksheets/sheet1.xml",
        &format!("{head}<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
    );
    zip.finish().unwrap().into_inner()
}

fn text_cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// Headings, and a row with a real date, a real time and a formula.
fn dates_sheet() -> String {
    let heads = ["Date", "Start", "End", "Title"];
    let heads: String =
        ["A1", "B1", "C1", "D1"].iter().zip(heads).map(|(at, text)| text_cell(at, text)).collect();
    format!(
        "<row r=\"1\">{heads}</row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46303</v></c>\
         <c r=\"B2\" s=\"2\"><v>0.354166666666667</v></c><c r=\"C2\" s=\"2\"><v>0.666666666666667</v></c>\
         <c r=\"D2\" t=\"str\"><f>CONCATENATE(\"Self\",\" as Core\")</f><v>Self as Core</v></c></row>"
    )
}

#[test]
fn a_workbook_is_read_with_its_dates_and_what_formulas_had_computed() {
    let folder = project();
    let output = import(&folder, "a.xlsx", &workbook(&dates_sheet()), &["--kind", "series"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("row 2: 2026-10-08, 8:30 AM - 4:00 PM, \"Self as Core\""), "{said}");
    let text = folder.read("content/offerings/self-as-core.md");
    assert!(
        text.contains("  - date: 2026-10-08\n    weekday: thursday\n    time: 8:30 AM - 4:00 PM\n")
    );
    refused(&workbook(&dates_sheet()), &["--sheet", "Date"], "did you mean `Dates`?");
}

#[test]
fn hostile_workbooks_end_in_a_message() {
    refused(b"PK\x03\x04 and no more", &[], "no workbook that can be read");
    refused(&workbook(""), &[], "the workbook is empty");
    refused(
        &workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></row>"),
        &[],
        "no workbook that can be read",
    );
    refused(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1], &[], "old Excel");
    // 200 MB of spaces in a few kilobytes.
    refused(&workbook(&" ".repeat(200 * 1024 * 1024)), &[], "unpacks to more than 48 MB");
    refused(
        &workbook(&format!("<row r=\"1\">{}</row>", text_cell("ZZ99999999", "a"))),
        &[],
        "a cell that no sheet has",
    );
    // Two cells at the corners of a sheet of seventeen billion.
    let corners = format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        text_cell("A1", "a"),
        text_cell("XFD1048576", "b")
    );
    refused(&workbook(&corners), &[], "no column of dates");
    let many: String = (1..6_000)
        .map(|at| format!("<row r=\"{at}\">{}</row>", text_cell(&format!("A{at}"), "x")))
        .collect();
    refused(&workbook(&many), &[], "more than 5000 rows");
}

#[test]
fn a_workbook_that_is_broken_anywhere_never_breaks_the_program() {
    let good = workbook(&dates_sheet());
    let folder = project();
    let mut seed = 2026u64;
    for _ in 0..60 {
        let mut bad = good.clone();
        for _ in 0..3 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = (seed >> 33) as usize % bad.len();
            bad[at] = bad[at].wrapping_add(seed.to_le_bytes()[2] | 1);
        }
        let output = import(&folder, "a.xlsx", &bad, &["--kind", "series", "--dry-run"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            !said.contains("panicked") && output.status.code().is_some_and(|code| code < 4),
            "{said}"
        );
    }
}

// Calendars.

fn calendar(events: &[&str]) -> Vec<u8> {
    let events: Vec<String> = events
        .iter()
        .map(|event| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", event.replace('\n', "\r\n")))
        .collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat()).into_bytes()
}

#[test]
fn events_become_sessions_in_the_zone_of_the_catalog() {
    let folder = project();
    let bytes = calendar(&[
        "SUMMARY:Self as\n  Core\\, one\nDTSTART:20261008T123000Z\nDTEND:20261008T153000Z\nLOCATION:Main Hall\nDESCRIPTION:Bring a pen.",
        "SUMMARY:Self as Core\\, one\nDTSTART;TZID=America/Chicago:20261015T083000\nDURATION:PT1H30M\nSTATUS:CANCELLED\nBEGIN:VALARM\nSUMMARY:Alarm\nEND:VALARM",
        "SUMMARY:Retreat\nDTSTART;VALUE=DATE:20261022\nDTEND;VALUE=DATE:20261024\nLOCATION:https://video.example.org/room",
        "SUMMARY:Third Thursday\nDTSTART;TZID=America/New_York:20261015T160000\nDTEND;TZID=America/New_York:20261015T170000\nRRULE:FREQ=MONTHLY;BYDAY=3TH;COUNT=6\nEXDATE;TZID=America/New_York:20261119T160000",
    ]);
    let output = import(&folder, "a.ics", &bytes, &["--kind", "series"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("note: its description was left out"), "{said}");
    let text = folder.read("content/offerings/self-as-core-one.md");
    assert!(
        text.ends_with(
            "\
sessions:
  - date: 2026-10-08
    weekday: thursday
    time: 8:30 AM - 11:30 AM
    place: hall
  - date: 2026-10-15
    weekday: thursday
    time: 9:30 AM - 11:00 AM
    status: cancelled
---
"
        ),
        "{text}"
    );
    let text = folder.read("content/offerings/retreat.md");
    assert!(
        text.contains(
            "  - dates: [2026-10-22, 2026-10-23]\n    online: https://video.example.org/room\n"
        ),
        "{text}"
    );
    let text = folder.read("content/offerings/third-thursday.md");
    assert!(text.contains(
        "    repeat:\n      every: month\n      on: third thursday\n      count: 5\n      except: [2026-11-19]\n"
    ), "{text}");
}

#[test]
fn rules_that_would_never_end_are_not_followed() {
    for (rule, words) in [
        ("FREQ=WEEKLY", "repeats without end"),
        ("FREQ=DAILY;COUNT=999999999", "repeats 999999999 times"),
        ("FREQ=SECONDLY;COUNT=5", "cannot be said in a catalog"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=5", "cannot be said in a catalog"),
        ("FREQ=YEARLY;BYMONTH=1,2,3;BYDAY=MO;BYHOUR=1,2,3", "cannot be said in a catalog"),
        ("FREQ=MONTHLY;BYDAY=é", "cannot be said in a catalog"),
        (";;;", "cannot be said in a catalog"),
    ] {
        let event =
            format!("SUMMARY:A\nDTSTART:20261008T123000\nDTEND:20261008T133000\nRRULE:{rule}");
        refused(&calendar(&[&event]), &["--kind", "series"], words);
    }
}

#[test]
fn hostile_texts_end_in_a_message() {
    refused(b"", &[], "no column of dates");
    refused(&[0, 1, 2, 3], &[], "not text");
    refused(&b"2026-10-01,A\n".repeat(6_000), &["--kind", "series"], "more than 5000 rows");
    refused(&vec![b','; 4_000_000], &[], "no column of dates");
    refused(&vec![b'a'; 17 * 1024 * 1024], &[], "larger than 16 MB");
    refused(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", &[], "no event");
    refused(
        &[&b"BEGIN:VCALENDAR\n"[..], &b"BEGIN:VEVENT\n".repeat(5_000)].concat(),
        &[],
        "nested too deeply",
    );
    refused(&calendar(&["DTSTART:2026é008T\nSUMMARY:A"]), &[], "no moment of a calendar");
    refused(b"Date,Title\n1/1/2026 - 12/31/2099,A\n", &["--kind", "series"], "more than 31 days");
    refused(
        b"Date,Title\n2026-10-01,=HYPERLINK\n2026-10-01,A\n",
        &["--into", "nothing"],
        "no offering `nothing`",
    );
    // What a spreadsheet would compute is only text here.
    let folder = project();
    let text = b"Date,Title,Notes\n2026-10-01,Sums,\"=SUM(A1) # {{ x }} <b>\"\n";
    assert!(import(&folder, "a.csv", text, &["--kind", "series"]).status.success());
    let text = folder.read("content/offerings/sums.md");
    assert!(text.contains("note: \"=SUM(A1) # {{ x }} <b>\"\n"), "{text}");
    assert!(Path::new(&folder.path("content/offerings/sums.md")).exists());
}

/// Thousands of broken texts, in this process: nothing panics, and everything comes to an end.
#[test]
fn broken_inputs_of_every_kind_are_read_or_refused() {
    use convene::import::{Wish, import};
    use convene::scaffold::Surroundings;
    use convene::source::Sources;

    let catalog = CATALOG.replace("\n    ", "\n");
    let sources = Sources::from_texts([("content/catalog.yaml", catalog)]);
    let around = Surroundings::of(&sources);
    let wish = Wish { kind: Some("series".to_owned()), ..Wish::default() };
    let event = calendar(&[
        "SUMMARY:A\nDTSTART;TZID=America/New_York:20261015T160000\nDTEND:20261015T170000Z\nRRULE:FREQ=MONTHLY;BYDAY=3TH,-1FR;COUNT=6;UNTIL=20270101\nEXDATE:20261119,20261220T0000",
        "SUMMARY:B\nDTSTART;VALUE=DATE:20261022\nDTEND;VALUE=DATE:20261024\nDURATION:PT1H30M",
    ]);
    let sheet = dates_sheet();
    let seeds: [(&[u8], bool); 4] = [
        (TABLE.as_bytes(), false),
        (CSV.as_bytes(), false),
        (&event, false),
        (sheet.as_bytes(), true),
    ];
    let odd = [
        "\u{0}",
        "\"",
        "|",
        ",",
        "-",
        "99999999999",
        "–",
        "é",
        "<",
        "r=\"ZZ99999999\"",
        "0.5e400",
        "T",
        ";",
        "and",
        "\n",
        "31",
        "&#x0;",
        "&lt;",
    ];
    let mut seed = 27u64;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    for round in 0..3_000 {
        let (text, is_sheet) = seeds[round % seeds.len()];
        let mut text = text.to_vec();
        for _ in 0..=draw(4) {
            let (at, word) = (draw(text.len()), odd[draw(odd.len())]);
            let until = (at + draw(6)).min(text.len());
            text.splice(at..until, word.bytes());
        }
        let bytes = if is_sheet { workbook(&String::from_utf8_lossy(&text)) } else { text };
        let _ = import(&around, &bytes, &wish);
    }
}
