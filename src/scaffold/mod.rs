//! New content as text: entries that are valid in the catalog at hand, explained in plain words.
//!
//! Values in, files as text out; writing them is for the command line. What an entry may name (kinds,
//! roles, offerings) is looked up in the catalog, so that what comes out passes the checks.

mod dates;
mod editor;
mod entry;
mod offering;
mod requirement;
mod sessions;
mod theme;
mod year;

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

pub use dates::Dates;
pub use editor::{EditorFiles, editor};
pub use entry::{NewPage, NewPerson, NewPlace, page, person, place};
pub use offering::{NewOffering, folder_of, kind_of, offering};
pub use requirement::{NewRequirement, NewRule, requirement};
pub use theme::theme;
pub use year::{Carried, YearChange, year};

use crate::diag::{did_you_mean, either};
use crate::lower;
use crate::model::{Catalog, Id, is_id};
use crate::source::{Content, SourceFile, Sources, Span};
use crate::syntax::{self, Collection};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the project's root, with forward slashes.
    pub path: String,
    /// What it will hold.
    pub text: String,
}

impl NewFile {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// The file as one of a project.
    pub fn as_source(&self) -> SourceFile {
        SourceFile {
            path: self.path.as_str().into(),
            content: Content::Text(self.text.as_str().into()),
        }
    }
}

/// Why nothing was made, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// How to mend it, best first.
    pub hints: Vec<String>,
    /// True when something of this name is there already.
    pub taken: bool,
}

impl Refusal {
    /// A refusal without a mend yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new(), taken: false }
    }

    /// A way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, "\n  help: {hint}"))
    }
}

/// The project that something new is made for.
#[derive(Debug)]
pub struct Surroundings<'s> {
    /// Its files.
    pub sources: &'s Sources,
    /// What they say. Faults do not matter here: what cannot be read is not there.
    pub catalog: Catalog,
}

impl<'s> Surroundings<'s> {
    /// Reads the project.
    pub fn of(sources: &'s Sources) -> Self {
        let project = syntax::parse(sources).value;
        Self { sources, catalog: lower::lower(sources, &project).value }
    }

    /// Where an entry of a collection stands, if there is one of this ID.
    pub fn find(&self, collection: Collection, id: &str) -> Option<&'s str> {
        let (catalog, broken) = (&self.catalog, &self.catalog.broken);
        let span: Option<Span> = match collection {
            Collection::Offerings => catalog.offerings.get(id).map(|one| one.span),
            Collection::Requirements => catalog.requirements.get(id).map(|one| one.span),
            Collection::People => catalog.people.get(id).map(|one| one.span),
            Collection::Places => catalog.places.get(id).map(|one| one.span),
            Collection::Pages => catalog.pages.get(id).map(|one| one.span),
        };
        let unreadable = match collection {
            Collection::Offerings => broken.offerings.iter().any(|one| one.as_str() == id),
            Collection::Requirements => broken.requirements.iter().any(|one| one.as_str() == id),
            Collection::People => broken.people.iter().any(|one| one.as_str() == id),
            Collection::Places => broken.places.iter().any(|one| one.as_str() == id),
            Collection::Pages => broken.pages.iter().any(|one| one.as_str() == id),
        };
        match span {
            Some(span) => Some(&self.sources.get(span.file).path),
            None if unreadable => Some(collection.folder()),
            None => None,
        }
    }

    /// The ID for something new: as given, or made of its name. It must be free.
    ///
    /// # Errors
    ///
    /// When it is no ID, none can be made, or it is taken.
    pub fn free_id(
        &self,
        collection: Collection,
        given: Option<&str>,
        name: &str,
    ) -> Result<String, Refusal> {
        let id = match given {
            Some(id) if is_id(id) => id.to_owned(),
            Some(id) => {
                return Err(Refusal::new(format!("`{id}` cannot be an ID"))
                    .maybe_hint(id_of(id).map(|id| format!("did you mean `{id}`?")))
                    .hint("an ID has lower-case letters a to z, digits and hyphens"));
            }
            None => id_of(name).ok_or_else(|| {
                Refusal::new(format!("no ID can be made of \"{name}\""))
                    .hint("name one with `--id`, such as `--id self-as-core`")
            })?,
        };
        match self.find(collection, &id) {
            None => Ok(id),
            Some(path) => Err(Refusal {
                taken: true,
                ..Refusal::new(format!("there is an entry `{id}` already: `{path}`"))
                    .hint("nothing is ever overwritten; choose another ID with `--id`")
            }),
        }
    }

    /// The roles of `--roles`, or all of the catalog, as the field is written.
    ///
    /// # Errors
    ///
    /// When the catalog has no such role.
    pub fn roles(&self, given: &[String]) -> Result<String, Refusal> {
        if given.is_empty() || given.iter().any(|role| role == "all") {
            return Ok("all".to_owned());
        }
        let known: Vec<&str> = self.catalog.roles.keys().map(Id::as_str).collect();
        for role in given {
            named("role", role, &known)?;
        }
        Ok(format!("[{}]", given.join(", ")))
    }
}

/// The ID that a name makes: `École and Home` becomes `ecole-and-home`.
pub fn id_of(name: &str) -> Option<String> {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).collect();
    lower::id_from(&plain.replace('&', " and "))
}

/// Something that the catalog must have under this name.
fn named<'k>(noun: &str, written: &str, known: &[&'k str]) -> Result<&'k str, Refusal> {
    if let Some(found) = known.iter().find(|name| **name == written) {
        return Ok(found);
    }
    let refusal = Refusal::new(format!("the catalog has no {noun} `{written}`"));
    Err(match did_you_mean(written, known.iter().copied()) {
        Some(guess) => refusal.hint(guess),
        None if known.is_empty() => refusal,
        None => refusal.hint(format!("it has {}", either(known.iter().copied()))),
    })
}

/// Fills a text: words in double braces are replaced, and `{{field}}` alone on a line whose value
/// is empty takes its line with it.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        let mut filled = line.to_owned();
        let mut dropped = false;
        for (name, value) in values {
            let mark = format!("{{{{{name}}}}}");
            dropped |= value.is_empty() && line.trim() == mark;
            filled = filled.replace(&mark, value);
        }
        if !dropped {
            out.push_str(&filled);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fill, id_of};

    #[test]
    fn names_make_ids() {
        for (name, id) in [
            ("Self as Core", "self-as-core"),
            ("École & Home", "ecole-and-home"),
            ("  Principal’s PD (2026) ", "principals-pd-2026"),
        ] {
            assert_eq!(id_of(name).as_deref(), Some(id), "{name}");
        }
        assert_eq!(id_of("日本"), None);
        assert_eq!(id_of(""), None);
    }

    #[test]
    fn an_empty_field_takes_its_line_with_it() {
        let values = [("a", "x: 1"), ("b", ""), ("c", "there")];
        assert_eq!(fill("{{a}}\n{{b}}\nhere {{c}}\n", &values), "x: 1\nhere there\n");
    }
}
