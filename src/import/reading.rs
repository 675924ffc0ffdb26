//! One row to one session: each cell by its column, and everything told that could not be used.

use super::columns::{Column, Columns};
use super::sitting::{About, Sitting, Venue};
use super::table::Row;
use super::when::{self, Days, Hint, short};
use crate::model::{Catalog, SessionStatus, is_id};

/// What came of a row.
pub(super) struct Reading {
    /// The session, if there is one in it.
    pub sitting: Result<Sitting, String>,
    /// What was guessed or left out.
    pub notes: Vec<String>,
    /// A line of a table that is not meant to be a session: a title, a remark.
    pub aside: bool,
}

/// Reads one row.
pub(super) fn row(row: &Row, columns: &Columns, catalog: &Catalog, hint: Hint) -> Reading {
    let mut notes = Vec::new();
    let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let sitting = sitting(row, columns, catalog, hint, &mut notes);
    let aside = sitting.is_err() && filled == 1 && columns.of.iter().flatten().count() > 1;
    Reading { sitting, notes, aside }
}

fn sitting(
    row: &Row,
    columns: &Columns,
    catalog: &Catalog,
    hint: Hint,
    notes: &mut Vec<String>,
) -> Result<Sitting, String> {
    let cell = |column: Column| -> &str {
        let at = columns.of.iter().position(|one| *one == Some(column));
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    };
    let (mut days, behind) = when::days(cell(Column::Date), hint)?;
    if !cell(Column::EndDate).is_empty() {
        let (last, _) = when::days(cell(Column::EndDate), hint)?;
        if let (Days::On(first), Days::On(last)) = (&days, &last)
            && let ([first], [last]) = (first.as_slice(), last.as_slice())
        {
            days = Days::On(when::through(*first, *last)?);
        }
    }
    let (start, end) = (cell(Column::Start), cell(Column::End));
    let (time, guess) = match (cell(Column::Time), behind) {
        ("", _) if !start.is_empty() || !end.is_empty() => when::between(start, end)?,
        // Midnight stands behind a date that a program wrote without hours.
        ("", Some(text)) if text.starts_with("00:00") => (None, None),
        ("", Some(text)) => when::hours(&text)?,
        (text, _) => when::hours(text)?,
    };
    notes.extend(guess);
    let (mode_of_title, title) = mode_before(cell(Column::Title));
    let mode = Mode::of(cell(Column::Mode)).join(mode_of_title);
    let mut sitting = Sitting {
        title: some(title),
        offering: some(cell(Column::Offering)),
        days,
        time,
        repeat: Vec::new(),
        place: None,
        online: None,
        facilitators: Vec::new(),
        status: status(cell(Column::Status), notes),
        note: some(&one_line(cell(Column::Note))),
        about: about(&cell, catalog, notes),
    };
    venue(&mut sitting, cell(Column::Place), cell(Column::Link), mode, catalog, notes);
    for name in split_names(cell(Column::Facilitators)) {
        let person = catalog
            .people
            .iter()
            .find(|(id, person)| id.as_str() == name || same(&person.name.value, &name));
        match person {
            Some((id, _)) => sitting.facilitators.push(id.to_string()),
            None => notes.push(format!(
                "nobody of the catalog is called `{}`; make the person with `convene new person`",
                short(&name)
            )),
        }
    }
    Ok(sitting)
}

fn some(text: &str) -> Option<String> {
    let text = one_line(text);
    (!text.is_empty()).then_some(text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Equal but for case and white space.
fn same(a: &str, b: &str) -> bool {
    one_line(a).to_lowercase() == one_line(b).to_lowercase()
}

fn split_names(text: &str) -> Vec<String> {
    let text = text.replace(" and ", ",").replace(['&', ';', '\n', '/'], ",");
    text.split(',').filter_map(some).collect()
}

/// How one takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mode {
    /// One is there oneself.
    pub in_person: bool,
    /// One takes part from afar.
    pub online: bool,
}

impl Mode {
    /// The mode that words name; neither where they name none.
    fn of(text: &str) -> Self {
        let text = text.to_lowercase().replace(['-', '_'], " ");
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let hybrid = any(&["hybrid", "blended"]);
        Self {
            in_person: hybrid
                || any(&["in person", "inperson", "on site", "onsite", "face to face"]),
            online: hybrid || any(&["virtual", "online", "remote", "webinar", "zoom"]),
        }
    }

    fn join(self, other: Self) -> Self {
        Self { in_person: self.in_person || other.in_person, online: self.online || other.online }
    }
}

/// `In-Person - School Leader PD` as its mode and its title.
fn mode_before(title: &str) -> (Mode, &str) {
    for separator in [" - ", " – ", " — ", ": "] {
        let Some((before, after)) = title.split_once(separator) else { continue };
        if is_mode_alone(before) && !after.trim().is_empty() {
            return (Mode::of(before), after.trim());
        }
        if is_mode_alone(after) && !before.trim().is_empty() {
            return (Mode::of(after), before.trim());
        }
    }
    if let Some((before, after)) = title.rsplit_once('(')
        && let Some(inside) = after.trim().strip_suffix(')')
        && is_mode_alone(inside)
        && !before.trim().is_empty()
    {
        return (Mode::of(inside), before.trim());
    }
    (Mode::default(), title.trim())
}

/// True when a text says how one takes part and nothing else.
fn is_mode_alone(text: &str) -> bool {
    let words = text.to_lowercase();
    let words: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "and" | "or" | "via"))
        .collect();
    let known = [
        "in", "person", "virtual", "online", "remote", "hybrid", "zoom", "webinar", "onsite",
        "site", "on", "blended", "inperson",
    ];
    let mode = Mode::of(text);
    (mode.in_person || mode.online) && words.iter().all(|word| known.contains(word))
}

/// Puts a session where its row says, in the catalog's own words where it has them.
pub(super) fn venue(
    sitting: &mut Sitting,
    written: &str,
    link: &str,
    mode: Mode,
    catalog: &Catalog,
    notes: &mut Vec<String>,
) {
    let written = one_line(written);
    let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    let link = if is_address(link) {
        link
    } else if is_address(&written) {
        &written
    } else {
        ""
    };
    if !link.is_empty() {
        sitting.online = Some(link.to_owned());
    }
    let place = catalog
        .places
        .iter()
        .find(|(id, place)| id.as_str() == written || same(&place.name.value, &written));
    let online_place = place.is_some_and(|(_, place)| place.online);
    if let Some((id, _)) = place {
        sitting.place = Some(Venue::Place(id.to_string()));
    } else if !written.is_empty() && !is_address(&written) && !is_mode_alone(&written) {
        // Words that look like an ID would be taken for one.
        let mut words = written.clone();
        if is_id(&words) {
            words = words.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default()
                + words.get(1..).unwrap_or_default();
        }
        notes.push(format!("`{}` is no place of the catalog, and stays as words", short(&written)));
        sitting.place = Some(Venue::Words(words));
    }
    let mode = if is_mode_alone(&written) { mode.join(Mode::of(&written)) } else { mode };
    if mode.online && !online_place && sitting.online.is_none() {
        sitting.online = Some("true".to_owned());
    }
    if mode.online && mode.in_person && sitting.note.is_none() {
        sitting.note = Some("In person and virtual.".to_owned());
    }
}

fn status(text: &str, notes: &mut Vec<String>) -> Option<SessionStatus> {
    match one_line(text).to_lowercase().as_str() {
        "" | "confirmed" | "scheduled" | "active" => None,
        "cancelled" | "canceled" => Some(SessionStatus::Cancelled),
        "postponed" => Some(SessionStatus::Postponed),
        "tentative" => Some(SessionStatus::Tentative),
        _ => {
            notes.push(format!("the status `{}` was not understood", short(text)));
            None
        }
    }
}

/// What a row says of its offering.
fn about<'r>(
    cell: &impl Fn(Column) -> &'r str,
    catalog: &Catalog,
    notes: &mut Vec<String>,
) -> About {
    let mut about = About { summary: some(cell(Column::Summary)), ..About::default() };
    let kind = cell(Column::Kind);
    if !kind.is_empty() {
        let found = catalog.kinds.iter().find(|(id, known)| {
            id.as_str() == kind || same(&known.name.value, kind) || same(&known.plural, kind)
        });
        match found {
            Some((id, _)) => about.kind = Some(id.to_string()),
            None => notes.push(format!("the catalog has no kind `{}`", short(kind))),
        }
    }
    for name in split_names(cell(Column::Roles)) {
        let found = catalog.roles.iter().find(|(id, role)| {
            id.as_str() == name || same(&role.name.value, &name) || same(&role.plural, &name)
        });
        match found {
            Some((id, _)) => about.roles.push(id.to_string()),
            None if same(&name, "all") => {}
            None => notes.push(format!("the catalog has no role `{}`", short(&name))),
        }
    }
    let enroll = cell(Column::Enroll);
    if ["https://", "http://", "mailto:"].iter().any(|scheme| enroll.starts_with(scheme)) {
        about.enroll = Some(enroll.to_owned());
    } else if !enroll.is_empty() {
        notes.push(format!("`{}` is no address at which one enrolls", short(enroll)));
    }
    let capacity = cell(Column::Capacity);
    match capacity.parse() {
        Ok(seats) if seats > 0 => about.capacity = Some(seats),
        _ if capacity.is_empty() => {}
        _ => notes.push(format!("`{}` is no number of seats", short(capacity))),
    }
    about
}

#[cfg(test)]
mod tests {
    use super::{Mode, mode_before};

    #[test]
    fn the_mode_stands_before_or_behind_a_title() {
        let (room, screen) =
            (Mode { in_person: true, online: false }, Mode { in_person: false, online: true });
        let both = Mode { in_person: true, online: true };
        for (text, mode, title) in [
            ("In-Person - School Leader PD", room, "School Leader PD"),
            ("Virtual – School Leader PD", screen, "School Leader PD"),
            ("In-Person and Virtual - School Leader PD", both, "School Leader PD"),
            ("Hybrid: School Leader PD", both, "School Leader PD"),
            ("School Leader PD (Zoom)", screen, "School Leader PD"),
            ("Online learning - a first look", Mode::default(), "Online learning - a first look"),
            ("Virtual", Mode::default(), "Virtual"),
        ] {
            assert_eq!(mode_before(text), (mode, title), "{text}");
        }
    }
}
