//! New people, places and pages.

use super::{NewFile, Refusal, Surroundings, fill};
use crate::syntax::{Collection, scalar};

/// What is known of a new person.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// The ID; made of the name if none is given.
    pub id: Option<String>,
    /// What the person is.
    pub title: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
}

/// What is known of a new place.
#[derive(Clone, Debug, Default)]
pub struct NewPlace {
    /// The name.
    pub name: String,
    /// The ID; made of the name if none is given.
    pub id: Option<String>,
    /// Where it is.
    pub address: Option<String>,
    /// A room that is not in a building.
    pub online: bool,
}

/// What is known of a new page.
#[derive(Clone, Debug, Default)]
pub struct NewPage {
    /// The title.
    pub title: String,
    /// The ID; made of the title if none is given.
    pub id: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// In the menu of the site.
    pub menu: bool,
}

/// A field with its value, if there is one.
fn field(name: &str, value: Option<&str>) -> String {
    value.map(|value| format!("{name}: {}", scalar(value))).unwrap_or_default()
}

/// The file of a new person.
///
/// # Errors
///
/// When the ID is taken, or none can be made of the name.
pub fn person(around: &Surroundings<'_>, new: &NewPerson) -> Result<NewFile, Refusal> {
    let id = around.free_id(Collection::People, new.id.as_deref(), &new.name)?;
    let mut text = fill(
        include_str!("texts/person.md"),
        &[
            ("title", &field("title", new.title.as_deref())),
            ("email", &field("email", new.email.as_deref())),
            ("id", &id),
            ("name", &scalar(&new.name)),
            ("first-name", new.name.split_whitespace().next().unwrap_or(&new.name)),
        ],
    );
    // What is said needs no example any more.
    for (given, example) in [(&new.title, "# title: "), (&new.email, "# email: ")] {
        if given.is_some() {
            text = without(&text, example);
        }
    }
    Ok(NewFile::new(format!("content/people/{id}.md"), text))
}

/// The file of a new place.
///
/// # Errors
///
/// When the ID is taken, or none can be made of the name.
pub fn place(around: &Surroundings<'_>, new: &NewPlace) -> Result<NewFile, Refusal> {
    let id = around.free_id(Collection::Places, new.id.as_deref(), &new.name)?;
    let mut text = fill(
        include_str!("texts/place.md"),
        &[
            ("online", if new.online { "online: true" } else { "" }),
            ("address", &field("address", new.address.as_deref())),
            ("id", &id),
            ("name", &scalar(&new.name)),
        ],
    );
    if new.address.is_some() {
        text = without(&text, "# address: ");
    }
    Ok(NewFile::new(format!("content/places/{id}.md"), text))
}

/// The file of a new page.
///
/// # Errors
///
/// When the ID is taken, or none can be made of the title.
pub fn page(around: &Surroundings<'_>, new: &NewPage) -> Result<NewFile, Refusal> {
    let id = around.free_id(Collection::Pages, new.id.as_deref(), &new.title)?;
    let summary = new.summary.as_deref().unwrap_or("What one finds on this page.");
    let text = fill(
        include_str!("texts/page.md"),
        &[
            ("id", &id),
            ("title", &scalar(&new.title)),
            ("summary", &scalar(summary)),
            ("menu", if new.menu { "true" } else { "false" }),
        ],
    );
    Ok(NewFile::new(format!("content/pages/{id}.md"), text))
}

/// A text without the line that begins so.
fn without(text: &str, beginning: &str) -> String {
    text.lines()
        .filter(|line| !line.starts_with(beginning))
        .map(|line| format!("{line}\n"))
        .collect()
}
