//! The vocabulary of the table: groups of fields, and what a value may be.

use super::table::GROUPS;

/// Fields that stand together: an entry, or a part of one.
#[derive(Debug)]
pub struct Group {
    /// What the messages call it: `a session`.
    pub noun: &'static str,
    /// What it is, in a sentence.
    pub says: &'static str,
    /// Its fields, in the order in which one writes them.
    pub fields: &'static [Field],
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// It must be there.
    pub required: bool,
    /// What its value may be.
    pub is: Is,
    /// What it is for, in plain words.
    pub says: &'static str,
    /// A value as one writes it.
    pub example: &'static str,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Is {
    /// Words on one line or several, never Markdown.
    Text,
    /// Words of at most so many characters.
    Short(u32),
    /// Markdown.
    Markdown,
    /// `true` or `false`.
    Bool,
    /// `true` alone.
    True,
    /// A whole number from 1 on.
    Whole,
    /// A number above 0 with at most two decimals.
    Amount,
    /// A day.
    Date,
    /// A day, or a day and a time.
    Moment,
    /// Hours from and to.
    Hours,
    /// A year and a month.
    Month,
    /// A season and its year.
    Season,
    /// A day of the week.
    Weekday,
    /// How often: `week`.
    Every,
    /// On which day: `third thursday`.
    On,
    /// `2026-27`.
    ProgramYear,
    /// A month and a day.
    YearStart,
    /// An address, or a path of this site.
    Url,
    /// A path of this site.
    SitePath,
    /// An address for mail.
    Email,
    /// `#12493b`.
    Color,
    /// The IANA name of a time zone.
    Zone,
    /// The tag of a language.
    Language,
    /// An ID that the entry gives itself.
    NewId,
    /// The ID of something in the catalog.
    Id(Names),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a check.
    Check,
    /// Several of the same.
    List(&'static Is),
    /// Fields, by the noun of their group.
    Fields(&'static str),
    /// A map from ID to fields.
    Map(&'static str),
    /// One of several.
    Any(&'static [Is]),
}

/// Where an ID is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Names {
    /// `kinds` of the catalog.
    Kinds,
    /// `roles` of the catalog.
    Roles,
    /// `networks` of the catalog.
    Networks,
    /// `topics` of the catalog.
    Topics,
    /// `credits` of the catalog.
    Credits,
    /// Files of `people/`.
    People,
    /// Files of `places/`.
    Places,
    /// Files of `offerings/`.
    Offerings,
}

/// The group of a noun.
pub fn group(noun: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.noun == noun)
}

impl Group {
    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
