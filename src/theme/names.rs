//! The names that templates have in them: what is not among them, no template can ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::Template;

/// What the templates of a theme say, text by text.
pub struct Names<'t> {
    texts: BTreeMap<&'t str, Text<'t>>,
}

struct Text<'t> {
    /// Every word counts as a name, so that there may be some too many, but none is missing. None
    /// when names are made up at run time: `view[name]`, `view["a" ~ "b"]`.
    words: Option<BTreeSet<&'t str>>,
    /// The templates that it extends, includes, or has a component from.
    uses: Vec<&'t str>,
}

impl<'t> Names<'t> {
    pub(super) fn new(templates: &'t BTreeMap<String, Template>) -> Self {
        let defined_in: BTreeMap<&str, &str> = templates
            .iter()
            .flat_map(|(name, one)| {
                components(&one.text).map(|component| (component, name.as_str()))
            })
            .collect();
        let of = |template: &'t Template| {
            let text: &'t str = &template.text;
            let all: BTreeSet<&str> = words(text).collect();
            let strings = text.split(['"', '\'', '`']);
            let quoted = strings.filter_map(|name| Some(templates.get_key_value(name)?.0.as_str()));
            let called = text.split('<').skip(1).filter_map(|call| words(call).next());
            let with = called.filter_map(|component| defined_in.get(component).copied());
            let uses = quoted.chain(with).collect();
            Text { words: (!makes_up_names(text)).then_some(all), uses }
        };
        Self { texts: templates.iter().map(|(name, one)| (name.as_str(), of(one))).collect() }
    }

    /// The names that a template, and all that it extends, includes or uses, may ask for. None
    /// when they may be any.
    pub fn of(&self, template: &str) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut next = vec![template];
        while let Some(name) = next.pop() {
            let Some((name, text)) = self.texts.get_key_value(name) else { continue };
            if seen.insert(*name) {
                names.extend(text.words.as_ref()?.iter().map(|word| (*word).to_owned()));
                next.extend(&text.uses);
            }
        }
        Some(names)
    }
}

/// The names of the components that a text defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split("component ").skip(1).filter_map(|rest| words(rest).next())
}

/// Whatever is made like a name.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// True for a subscript that is no plain string or number, but for those of `prose`, whose names
/// are no fields; and for the filter `get` with a name that is no plain string.
fn makes_up_names(text: &str) -> bool {
    let gets = text.split("key").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('='));
    let mut keys = gets.map(|key| key.split([',', ')']).next().unwrap_or_default().trim());
    keys.any(|key| !is_plain(key))
        || text.match_indices('[').any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + 1..]);
            let base = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
            let base = &before[base.len()..];
            let subscript = after.split(']').next().unwrap_or_default().trim();
            let is_subscript = !base.is_empty() || before.trim_end().ends_with([')', ']', '?']);
            is_subscript && base != "prose" && !is_plain(subscript)
        })
}

/// True for a string, a number, or a range of numbers.
fn is_plain(text: &str) -> bool {
    match text.chars().next().filter(|c| ['"', '\'', '`'].contains(c)) {
        Some(quote) => text.matches(quote).count() == 2 && text.ends_with(quote),
        None => text.chars().all(|c| c.is_ascii_digit() || "-: ".contains(c)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Names, Template};

    fn names(templates: &[(&str, &str)]) -> Option<String> {
        let of = |(name, text): &(&str, &str)| {
            ((*name).to_owned(), Template { text: (*text).into(), file: None })
        };
        let templates: BTreeMap<_, _> = templates.iter().map(of).collect();
        Some(Names::new(&templates).of("a.html")?.into_iter().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn every_word_of_a_template_counts() {
        let text = "words {{ view.title | upper }} {% if x['y'] %}{{ a[0] }}{% endif %}";
        assert_eq!(names(&[("a.html", text)]).unwrap(), "0 a endif if title upper view words x y");
    }

    #[test]
    fn what_a_template_extends_includes_and_uses_belongs_to_it() {
        let all = [
            ("a.html", "{% extends \"b.html\" %}{% include 'c.html' %}{{ <Card card={one} /> }}"),
            ("b.html", "{{ base }}"),
            ("c.html", "{{ included }}"),
            (
                "d.html",
                "{% component Card(card: Map) %}{{ card.component_field }}{% endcomponent %}",
            ),
            ("e.html", "{{ elsewhere }}"),
        ];
        let found = names(&all).unwrap();
        for name in ["base", "included", "component_field", "one"] {
            assert!(found.split(' ').any(|one| one == name), "{name}: {found}");
        }
        assert!(!found.contains("elsewhere"), "{found}");
    }

    #[test]
    fn a_name_that_is_made_up_may_be_any() {
        assert_eq!(names(&[("a.html", "{{ view[name] }}")]), None);
        assert_eq!(names(&[("a.html", "{{ view[\"linked_\" ~ \"data\"] }}")]), None);
        assert_eq!(names(&[("a.html", "{{ f(x)[key] }}")]), None);
        assert_eq!(names(&[("a.html", "{{ view | get(key=name) }}")]), None);
        assert_eq!(names(&[("a.html", "{{ view | get(key = \"a\" ~ \"b\", default=1) }}")]), None);
        assert!(names(&[("a.html", "{{ view | get(key=\"title\", default=\"\") }}")]).is_some());
        assert!(names(&[("a.html", "{{ prose[\"access-\" ~ place.id] }}")]).is_some());
        assert!(names(&[("a.html", "{% for x in [one, two] %}{{ x }}{% endfor %}")]).is_some());
        assert!(
            names(&[("a.html", "{% extends \"b.html\" %}"), ("b.html", "{{ a[b] }}")]).is_none()
        );
    }
}
