//! Sessions to offerings: which belong together, and what becomes of the file of each.

use indexmap::IndexMap;

use super::Wish;
use super::sitting::{About, Sitting};
use super::when::Days;
use super::write::{self, NewOffering};
use crate::model::{Offering, ProgramYear, Sessions};
use crate::scaffold::{NewFile, Refusal, Surroundings, folder_of, id_of, kind_of};
use crate::syntax::blocks;

/// What becomes of an offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A new file.
    New,
    /// It had no sessions, and gets these.
    Filled,
    /// Its sessions are replaced by these.
    Replaced,
    /// It has these sessions already.
    Unchanged,
    /// It has other sessions, and nobody asked to replace them.
    Taken,
}

/// An offering of an import.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Its file as it will be.
    pub file: NewFile,
    /// How many sessions it has by this import.
    pub sessions: usize,
    /// What becomes of it.
    pub state: State,
    /// A new offering that stays out of the site until it has a summary.
    pub draft: bool,
}

/// What becomes of every offering, in the order in which they are first named.
pub(super) fn offerings(
    around: &Surroundings<'_>,
    sittings: Vec<Sitting>,
    wish: &Wish,
) -> Result<Vec<Planned>, Refusal> {
    let mut groups: IndexMap<String, (String, Vec<Sitting>)> = IndexMap::new();
    for sitting in sittings {
        let (id, title) = home(&sitting, around, wish)?;
        groups.entry(id).or_insert_with(|| (title, Vec::new())).1.push(sitting);
    }
    groups
        .into_iter()
        .map(|(id, (title, sittings))| planned(around, &id, &title, &sittings, wish))
        .collect()
}

/// The ID and the title of the offering that a session belongs to.
fn home(
    sitting: &Sitting,
    around: &Surroundings<'_>,
    wish: &Wish,
) -> Result<(String, String), Refusal> {
    if let Some(id) = &wish.into {
        let offering = around.catalog.offerings.get(id.as_str());
        let Some(offering) = offering else {
            let known: Vec<&str> =
                around.catalog.offerings.keys().map(crate::model::Id::as_str).collect();
            let refusal = Refusal::new(format!("the catalog has no offering `{id}`"));
            return Err(match crate::diag::did_you_mean(id, known) {
                Some(guess) => refusal.hint(guess),
                None => refusal.hint("for a new one, name its title: `--title TITLE`"),
            });
        };
        return Ok((id.clone(), offering.title.value.clone()));
    }
    let title = wish.title.as_ref().or(sitting.offering.as_ref()).or(sitting.title.as_ref());
    let title = title.cloned().unwrap_or_default();
    match id_of(&title) {
        Some(id) => Ok((id, title)),
        None => Err(Refusal::new(format!("no ID can be made of \"{title}\""))
            .hint("name the offering with `--title TITLE`, in letters of English")),
    }
}

fn planned(
    around: &Surroundings<'_>,
    id: &str,
    title: &str,
    sittings: &[Sitting],
    wish: &Wish,
) -> Result<Planned, Refusal> {
    let sessions = write::sessions(sittings, title);
    let (file, state, draft) = match around.catalog.offerings.get(id) {
        Some(offering) => {
            let (file, state) = existing(around, offering, &sessions, wish)?;
            (file, state, false)
        }
        None if around.find(crate::syntax::Collection::Offerings, id).is_some() => {
            return Err(Refusal::new(format!(
                "the offering `{id}` has errors, and cannot be added to"
            ))
            .hint("mend them first: `convene check` names them"));
        }
        None => {
            let mut about = About { summary: wish.summary.clone(), ..About::default() };
            for sitting in sittings {
                about.join(&sitting.about);
            }
            let draft = about.summary.is_none();
            (new(around, id, title, &about, &sessions, sittings, wish)?, State::New, draft)
        }
    };
    Ok(Planned { file, sessions: sittings.len(), state, draft })
}

/// The file of an offering that is there, with these sessions and everything else as it is.
fn existing(
    around: &Surroundings<'_>,
    offering: &Offering,
    sessions: &str,
    wish: &Wish,
) -> Result<(NewFile, State), Refusal> {
    let id = &offering.id;
    if matches!(&offering.sessions, Sessions::Cohorts(_)) {
        return Err(Refusal::new(format!(
            "the offering `{id}` has cohorts, and an import has none"
        ))
        .hint("import into an offering of its own, and move the sessions into the cohort"));
    }
    let source = around.sources.get(offering.span.file);
    let text = source.text().unwrap_or_default();
    let Some(blocks) = blocks(around.sources, offering.span.file) else {
        return Err(Refusal::new(format!(
            "the fields of `{}` are not each on a line",
            source.path
        ))
        .hint("write every field of the offering on a line of its own"));
    };
    let ends = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let sessions = sessions.replace('\n', ends);
    let (range, state, new) = if let Some(block) = blocks.find("sessions") {
        let before = text.get(block.lines.clone()).unwrap_or_default();
        let state = if before.trim_end() == sessions.trim_end() {
            State::Unchanged
        } else if wish.force {
            State::Replaced
        } else {
            State::Taken
        };
        (block.lines.clone(), state, sessions)
    } else {
        let yaml = text.get(blocks.yaml.clone()).unwrap_or_default();
        let end = blocks.yaml.start + yaml.trim_end().len();
        (end..blocks.yaml.end, State::Filled, format!("{ends}{ends}{sessions}"))
    };
    let text = match state {
        State::Unchanged | State::Taken => text.to_owned(),
        _ => {
            let before = text.get(..range.start).unwrap_or_default();
            format!("{before}{new}{}", text.get(range.end..).unwrap_or_default())
        }
    };
    Ok((NewFile::new(&*source.path, text), state))
}

fn new(
    around: &Surroundings<'_>,
    id: &str,
    title: &str,
    about: &About,
    sessions: &str,
    sittings: &[Sitting],
    wish: &Wish,
) -> Result<NewFile, Refusal> {
    let starts = around.catalog.settings.year_starts;
    let days = sittings.iter().filter_map(|sitting| match &sitting.days {
        Days::On(days) => days.iter().min(),
        _ => None,
    });
    let first = days.min().map(|day| ProgramYear::of(*day, starts));
    let Some(year) = first.or(wish.year) else {
        return Err(Refusal::new(format!("no session of \"{title}\" has a date"))
            .hint("name the program year with `--year`, such as `--year 2026-27`"));
    };
    let kind = kind_of(around, about.kind.as_deref().or(wish.kind.as_deref()))?;
    let roles = if about.roles.is_empty() { &wish.roles } else { &about.roles };
    let text = write::offering(&NewOffering {
        title,
        kind: &kind,
        roles: &around.roles(roles)?,
        about,
        year: first.is_none().then(|| year.to_string()),
        sessions,
    });
    Ok(NewFile::new(format!("{}/{id}.md", folder_of(around, year)), text))
}
