//! What the templates of a theme ask for, so that nothing else is gathered.

use std::collections::BTreeMap;

use super::task::Subject;
use crate::theme::{Section, Theme};
use crate::view::Asked;

/// What each template of a theme asks for.
pub struct AskedBy(BTreeMap<&'static str, Asked>);

impl AskedBy {
    /// Reads the templates of a theme.
    pub fn new(theme: &Theme) -> Self {
        let names = theme.names();
        let of = |template: &&'static str| {
            (*template, names.of(template).map_or(Asked::EVERYTHING, Asked::only))
        };
        Self(Subject::TEMPLATES.iter().map(of).collect())
    }

    /// What a template asks for.
    pub(super) fn template(&self, name: &str) -> &Asked {
        self.0.get(name).unwrap_or(&Asked::EVERYTHING)
    }

    /// What the templates ask for that a theme fills.
    pub fn any(&self, theme: &Theme) -> Asked {
        let filled = self.0.iter().filter(|(name, _)| {
            let section = match **name {
                "person.html" => Section::People,
                "place.html" => Section::Places,
                "requirement.html" => Section::Requirements,
                "schedule.html" | "month.html" | "day.html" => Section::Schedule,
                "year.html" => Section::Years,
                "plan.html" => Section::Plan,
                "print.html" | "sheet.html" => Section::Print,
                "search.html" | "offline.html" => Section::Search,
                _ => return true,
            };
            !theme.left_out.contains(&section)
        });
        Asked::any(filled.map(|(_, asked)| asked))
    }
}
