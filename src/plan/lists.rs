//! The lists of offerings that several pages show, each put in order once.

use std::collections::BTreeMap;

use super::facets;
use crate::model::ProgramYear;
use crate::schedule::OfferingSchedule;
use crate::view::Edition;
use crate::view::address::year_path;

/// Offerings by kind, then by time: of each facet, of each year.
pub(super) struct Lists<'a> {
    by_path: BTreeMap<String, Vec<&'a OfferingSchedule<'a>>>,
    this_year: Vec<&'a OfferingSchedule<'a>>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(edition: &'a Edition<'a>) -> Self {
        let kinds = edition.catalog.kinds.keys();
        let position: BTreeMap<_, usize> = kinds.zip(0..).collect();
        let mut all = edition.in_order(|_| true);
        all.sort_by_key(|one| position.get(&one.offering.kind.value).copied());
        let of = |year: ProgramYear| -> Vec<_> {
            all.iter().copied().filter(|one| one.year == Some(year)).collect()
        };
        let this_year = of(edition.year);
        let mut by_path = BTreeMap::new();
        for facet in facets::all(edition.catalog) {
            let picked = this_year.iter().copied().filter(|one| facet.picks(one));
            by_path.insert(facet.path(), picked.collect());
        }
        for year in edition.years() {
            by_path.insert(year_path(year), of(year));
        }
        Self { by_path, this_year }
    }

    /// Those of the current year.
    pub(super) fn this_year(&self) -> &[&'a OfferingSchedule<'a>] {
        &self.this_year
    }

    /// Those that the page at a path lists, from its first part on.
    pub(super) fn of(&self, path: &str) -> &[&'a OfferingSchedule<'a>] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }
}
