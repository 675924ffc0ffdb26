//! Lists that are too long for one page, shown in parts.

use std::ops::Range;

use serde::Serialize;

use super::{Edition, LinkView};

/// A list of more entries than this is divided. Below it a reader narrows the list with a few
/// choices and scrolls; the page stays below half a megabyte.
pub const LONG: usize = 300;

/// How many entries a part has.
pub const EACH: usize = 100;

/// A part of a list, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1. The first stands where the whole list would stand.
    pub number: usize,
    /// How many parts there are; 1 for a list that is shown whole.
    pub of: usize,
}

/// Where the other parts of a list are.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// The number of this part, from 1.
    pub number: usize,
    /// How many parts there are.
    pub of: usize,
    /// How many entries the whole list has.
    pub count: usize,
    /// The position of the first entry of this part, from 1.
    pub first: usize,
    /// The position of its last entry.
    pub last: usize,
    /// The part before.
    pub previous: Option<LinkView>,
    /// The part after.
    pub next: Option<LinkView>,
    /// The first and the last part, and those around this one.
    pub parts: Vec<LinkView>,
}

impl Part {
    /// A list that is shown whole.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The parts of a list of so many entries.
    pub fn all(count: usize) -> impl Iterator<Item = Self> {
        let of = if count > LONG { count.div_ceil(EACH) } else { 1 };
        (1..=of).map(move |number| Self { number, of })
    }

    /// True when there are other parts.
    pub fn is_divided(self) -> bool {
        self.of > 1
    }

    /// The entries of this part.
    pub fn range(self, count: usize) -> Range<usize> {
        if self.is_divided() {
            (self.number - 1) * EACH..(self.number * EACH).min(count)
        } else {
            0..count
        }
    }

    /// The path of this part of the list at `path`.
    pub fn path(self, path: &str) -> String {
        if self.number == 1 { path.to_owned() } else { format!("{path}page/{}/", self.number) }
    }

    /// The title of its page: `Series, page 2 of 5`.
    pub fn title(self, title: &str) -> String {
        match self.number {
            1 => title.to_owned(),
            number => format!("{title}, page {number} of {}", self.of),
        }
    }
}

impl PagerView {
    /// The way to the other parts of the list at `path`; none when there are none.
    pub fn new(edition: &Edition<'_>, part: Part, count: usize, path: &str) -> Option<Self> {
        let link = |number: usize| {
            let at = Part { number, ..part };
            edition.link("", &number.to_string(), &at.path(path))
        };
        let near = part.number.saturating_sub(2).max(1)..=(part.number + 2).min(part.of);
        let mut numbers: Vec<usize> = [1, part.of].into_iter().chain(near).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let range = part.range(count);
        part.is_divided().then(|| Self {
            number: part.number,
            of: part.of,
            count,
            first: range.start + 1,
            last: range.end,
            previous: (part.number > 1).then(|| link(part.number - 1)),
            next: (part.number < part.of).then(|| link(part.number + 1)),
            parts: numbers.into_iter().map(link).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{EACH, LONG, Part};

    #[test]
    fn parts_cover_a_list_without_a_gap() {
        for count in [0, 1, LONG, LONG + 1, LONG + EACH, 10_000, 10_001] {
            let parts: Vec<Part> = Part::all(count).collect();
            let mut at = 0;
            for part in &parts {
                let range = part.range(count);
                assert_eq!(range.start, at);
                at = range.end;
            }
            assert_eq!(at, count);
            assert_eq!(parts.len() > 1, count > LONG);
        }
    }

    #[test]
    fn the_first_part_keeps_the_address() {
        let parts: Vec<Part> = Part::all(1000).collect();
        assert_eq!(parts[0].path("/kinds/series/"), "/kinds/series/");
        assert_eq!(parts[1].path("/kinds/series/"), "/kinds/series/page/2/");
        assert_eq!(parts[1].title("Series"), "Series, page 2 of 10");
    }
}
