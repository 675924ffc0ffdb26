//! A new offering.

use super::{Dates, NewFile, Refusal, Surroundings, fill, named};
use crate::model::{Id, Offering, ProgramYear};
use crate::syntax::{Collection, scalar};

const TEXT: &str = include_str!("texts/offering.md");

const NO_LINK: &str = "\
# How one enrolls. Until there is a link, the first line keeps the checks quiet; delete it then, and
# take away the # signs of the others.
allow: [no-enroll-link]
# enroll:
#   url: https://enroll.example.org/{{id}}
#   opens: {{opens}}
#   closes: {{closes}}
#   capacity: 30";

const LINK: &str = "\
# How one enrolls. Take away the # signs of what you need.
enroll:
  url: {{url}}
  # opens: {{opens}}
  # closes: {{closes}}
  # capacity: 30";

/// What is known of a new offering.
#[derive(Clone, Debug, Default)]
pub struct NewOffering {
    /// Its title.
    pub title: String,
    /// Its ID; made of the title if none is given.
    pub id: Option<String>,
    /// The ID of its kind; may be left out where the catalog has only one.
    pub kind: Option<String>,
    /// For which roles; for all if none is given.
    pub roles: Vec<String>,
    /// Its summary.
    pub summary: Option<String>,
    /// Its program year; the one of the coming weeks if none is given.
    pub year: Option<ProgramYear>,
    /// The address at which one enrolls.
    pub enroll: Option<String>,
}

/// The file of a new offering: a draft that passes every check.
///
/// # Errors
///
/// When its ID is taken, or it names a kind or role that the catalog does not have.
pub fn offering(
    around: &Surroundings<'_>,
    new: &NewOffering,
    dates: &Dates,
) -> Result<NewFile, Refusal> {
    let catalog = &around.catalog;
    let id = around.free_id(Collection::Offerings, new.id.as_deref(), &new.title)?;
    let kinds: Vec<&str> = catalog.kinds.keys().map(Id::as_str).collect();
    let kind = kind_of(around, new.kind.as_deref())?;
    let roles: Vec<&str> = catalog.roles.keys().map(Id::as_str).collect();
    let year = new.year.unwrap_or_else(|| dates.year(catalog.settings.year_starts));
    let place = catalog.places.keys().next().map_or("Main hall", Id::as_str);
    let example = |field: &str, id: Option<&str>| {
        id.map(|id| format!("# {field}: [{id}]")).unwrap_or_default()
    };
    let enroll = match &new.enroll {
        Some(url) => fill(LINK, &[("url", &scalar(url))]),
        None => fill(NO_LINK, &[("id", &id)]),
    };
    let summary = new.summary.as_deref();
    let text = fill(
        TEXT,
        &[
            ("enroll", enroll.trim_end()),
            ("id", &id),
            ("title", &scalar(&new.title)),
            ("kinds", &kinds.join(", ")),
            ("kind", &kind),
            (
                "summary",
                &scalar(summary.unwrap_or("What one does here, and what it is good for at work.")),
            ),
            ("all-roles", &roles.join(", ")),
            ("roles", &around.roles(&new.roles)?),
            ("year", &year.to_string()),
            ("place", place),
            ("first", &dates.first.to_string()),
            ("second", &dates.second.to_string()),
            ("opens", &dates.opens.to_string()),
            ("closes", &dates.closes.to_string()),
            (
                "facilitators",
                &example("facilitators", catalog.people.keys().next().map(Id::as_str)),
            ),
            ("topics", &example("topics", catalog.topics.keys().next().map(Id::as_str))),
        ],
    );
    Ok(NewFile::new(format!("{}/{id}.md", folder_of(around, year)), text))
}

/// The kind of a new offering: as given, or the only one there is.
///
/// # Errors
///
/// When the catalog has no such kind, or there are several to choose from.
pub fn kind_of(around: &Surroundings<'_>, given: Option<&str>) -> Result<String, Refusal> {
    let kinds: Vec<&str> = around.catalog.kinds.keys().map(Id::as_str).collect();
    match (given, kinds.as_slice()) {
        (Some(kind), _) => named("kind", kind, &kinds).map(ToOwned::to_owned),
        (None, [kind]) => Ok((*kind).to_owned()),
        (None, _) => {
            let first = kinds.first().copied().unwrap_or("series");
            Err(Refusal::new("an offering needs a kind")
                .hint(format!("name one with `--kind`: {}", kinds.join(", ")))
                .hint(format!("such as `--kind {first}`")))
        }
    }
}

/// The folder of a year's offerings: one of the year's name where the catalog has such folders.
pub fn folder_of(around: &Surroundings<'_>, year: ProgramYear) -> String {
    let by_year =
        around.catalog.offerings.values().any(|offering| in_year_folder(around, offering));
    if by_year { format!("content/offerings/{year}") } else { "content/offerings".to_owned() }
}

fn in_year_folder(around: &Surroundings<'_>, offering: &Offering) -> bool {
    let path = &around.sources.get(offering.span.file).path;
    let below = path.strip_prefix("content/offerings/").and_then(|rest| rest.split_once('/'));
    below.is_some_and(|(folder, _)| {
        let begins = folder.split('-').next().and_then(|year| year.parse().ok());
        begins.is_some_and(|begins| ProgramYear { begins }.to_string() == folder)
    })
}
