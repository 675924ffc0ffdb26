//! A new program year: the offerings of the year before carried on without their dates, and archived.
//!
//! What is carried on keeps its ID, and with it its address and its place in requirements. Last
//! year's stays under an ID of its own, which the new one names in `continues`.

use super::sessions;
use super::{NewFile, Refusal, Surroundings};
use crate::model::{Access, Offering, ProgramYear, Url};
use crate::schedule::timetable;
use crate::syntax::{Block, Blocks, Collection, blocks, scalar};

/// What a new year changes.
#[derive(Clone, Debug, Default)]
pub struct YearChange {
    /// The year that is archived.
    pub before: String,
    /// Files to be written: this year's, and last year's under their new names.
    pub files: Vec<NewFile>,
    /// Last year's files under their old names.
    pub removed: Vec<String>,
    /// Every offering that is carried on.
    pub carried: Vec<Carried>,
    /// IDs of those that are not, and why.
    pub left: Vec<(String, String)>,
}

/// An offering that is carried on.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The file of the new year.
    pub new: String,
    /// The file of the old year.
    pub archived: String,
    /// How many sessions wait for a date.
    pub sessions: usize,
}

/// Fields that belong to one year alone.
const OF_ONE_YEAR: [&str; 9] = [
    "sessions",
    "cohorts",
    "enroll",
    "year",
    "dates",
    "cancelled",
    "continues",
    "publish",
    "expire",
];

/// Carries the offerings of the year before on into a year.
///
/// # Errors
///
/// When there is nothing to carry on, an ID is taken, or a file is not written line by line.
pub fn year(around: &Surroundings<'_>, year: ProgramYear) -> Result<YearChange, Refusal> {
    let catalog = &around.catalog;
    let before = ProgramYear { begins: year.begins.saturating_sub(1) };
    let timetable = timetable(catalog);
    let mut change = YearChange { before: before.to_string(), ..YearChange::default() };
    for (id, schedule) in timetable.offerings().filter(|(_, one)| one.year == Some(before)) {
        let offering = schedule.offering;
        let continued = catalog
            .offerings
            .values()
            .find(|one| one.continues.as_ref().is_some_and(|continues| continues.value == *id));
        if let Some(next) = continued {
            change.left.push((id.to_string(), format!("`{}` continues it already", next.id)));
        } else if offering.cancelled.is_some() {
            change.left.push((id.to_string(), "it was cancelled".to_owned()));
        } else {
            carry(around, offering, before, year, &mut change)?;
        }
    }
    if change.carried.is_empty() {
        let mut refusal = Refusal::new(format!("no offering of {before} is left to carry on"));
        for (id, why) in &change.left {
            refusal = refusal.hint(format!("`{id}`: {why}"));
        }
        return Err(refusal);
    }
    Ok(change)
}

fn carry(
    around: &Surroundings<'_>,
    offering: &Offering,
    before: ProgramYear,
    year: ProgramYear,
    change: &mut YearChange,
) -> Result<(), Refusal> {
    let source = around.sources.get(offering.span.file);
    let text = source.text().unwrap_or_default();
    let Some(blocks) = blocks(around.sources, offering.span.file) else {
        return Err(Refusal::new(format!(
            "the fields of `{}` are not each on a line",
            source.path
        ))
        .hint("write every field of the offering on a line of its own"));
    };
    let ending = if source.path.ends_with(".yaml") { "yaml" } else { "md" };
    // What is named for its year keeps its name, and the new one gets that of the new year.
    let named_for_year = offering.id.as_str().strip_suffix(&format!("-{before}"));
    let (new_id, old_id) = match named_for_year {
        Some(stem) => (format!("{stem}-{year}"), offering.id.to_string()),
        None => (offering.id.to_string(), format!("{}-{before}", offering.id)),
    };
    let taken = if named_for_year.is_some() { &new_id } else { &old_id };
    if let Some(path) = around.find(Collection::Offerings, taken) {
        return Err(Refusal {
            taken: true,
            ..Refusal::new(format!("there is an offering `{taken}` already: `{path}`"))
                .hint("nothing is ever overwritten; rename it first")
        });
    }
    let new_path = format!("content/offerings/{year}/{new_id}.{ending}");
    let old_path = match named_for_year {
        Some(_) => source.path.to_string(),
        None => format!("content/offerings/{before}/{old_id}.{ending}"),
    };
    change.files.push(NewFile::new(
        &new_path,
        carried_text(offering, text, &blocks, year, &old_id, &source.path),
    ));
    if named_for_year.is_none() {
        let archived = archived_text(offering, text, &blocks, &source.path);
        change.removed.push(source.path.to_string());
        change.files.push(NewFile::new(&old_path, archived));
    }
    change.carried.push(Carried {
        new: new_path,
        archived: old_path,
        sessions: offering.written_sessions().count(),
    });
    Ok(())
}

/// Last year's file: what it was, but for old addresses, which lead to the new one.
fn archived_text(offering: &Offering, text: &str, blocks: &Blocks, path: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for (notes, block) in with_notes(blocks) {
        let drop = block.name == "aliases";
        kept.push_str(
            text.get(at..if drop { notes } else { block.lines.start }).unwrap_or_default(),
        );
        if !drop {
            kept.push_str(&with_picture(offering, text, block, path));
        }
        at = block.lines.end;
    }
    kept + text.get(at..).unwrap_or_default()
}

/// Every field with the place where the notes before it begin.
fn with_notes(blocks: &Blocks) -> impl Iterator<Item = (usize, &Block)> {
    let mut end = blocks.yaml.start;
    blocks.fields.iter().map(move |block| {
        let notes = end;
        end = block.lines.end;
        (notes, block)
    })
}

/// The lines of a field; a picture that lay beside the file is named from the root of the site.
fn with_picture(offering: &Offering, text: &str, block: &Block, path: &str) -> String {
    let lines = text.get(block.lines.clone()).unwrap_or_default();
    let src = offering.image.as_ref().map(|image| image.src.value.as_str());
    match src.filter(|src| block.name == "image" && !src.starts_with('/')) {
        Some(src) => {
            let folder = path.strip_prefix("content").and_then(|path| path.rsplit_once('/'));
            lines.replace(src, &format!("{}/{src}", folder.map_or("", |(folder, _)| folder)))
        }
        None => lines.to_owned(),
    }
}

fn carried_text(
    offering: &Offering,
    text: &str,
    blocks: &Blocks,
    year: ProgramYear,
    old_id: &str,
    path: &str,
) -> String {
    let mut new = text.get(..blocks.yaml.start).unwrap_or_default().to_owned();
    for (notes, block) in with_notes(blocks) {
        // Two offerings cannot answer to one old address: the one that keeps its ID keeps it.
        let elsewhere = block.name == "aliases" && old_id == offering.id.as_str();
        if OF_ONE_YEAR.contains(&block.name.as_str()) || block.name == "allow" || elsewhere {
            continue;
        }
        new.push_str(text.get(notes..block.lines.start).unwrap_or_default());
        new.push_str(&with_picture(offering, text, block, path));
        if block.name == "title" {
            new.push_str(&of_the_year(offering, year, old_id));
        }
    }
    let written = sessions::undated(offering);
    if !written.is_empty() {
        new.push_str(&format!(
            "\n# Write the dates in the place of `tba`, and delete `dates` above.\n{written}"
        ));
    }
    new.push_str(text.get(blocks.yaml.end..).unwrap_or_default());
    if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new }
}

/// What is new in the fields: lineage, year, and that there are no dates and no link yet.
fn of_the_year(offering: &Offering, year: ProgramYear, old_id: &str) -> String {
    let mut text = format!(
        "continues: {old_id}\nyear: {year}\ndates: {}\n",
        scalar(&format!("The dates of {year} are announced soon."))
    );
    let kept = |name: &str| {
        let dated = [
            "enroll",
            "session",
            "dates",
            "required",
            "no-enroll",
            "moved",
            "weekday",
            "facilitator",
            "place",
            "credit",
            "repeat",
            "ambiguous",
        ];
        !dated.iter().any(|beginning| name.starts_with(beginning))
    };
    let mut allow: Vec<&str> =
        offering.allow.iter().map(|name| name.value.as_str()).filter(|name| kept(name)).collect();
    if offering.access != Access::Required {
        allow.push("no-enroll-link");
        let link = offering.enroll.as_ref().and_then(|enroll| match &enroll.url.value {
            Url::Absolute(address) => Some(address.to_string()),
            Url::Site { .. } => None,
        });
        text.push_str("\n# How one enrolls: take away the # signs, write the link of this year, and delete `allow`.\n");
        if let Some(link) = link {
            text.push_str(&format!("# Last year it was {link}\n"));
        }
        text.push_str(
            "# enroll:\n#   url: https://enroll.example.org/\n#   opens: …\n#   closes: …\n",
        );
    }
    if !allow.is_empty() {
        text.push_str(&format!("allow: [{}]\n", allow.join(", ")));
    }
    text.push('\n');
    text
}
