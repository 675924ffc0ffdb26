//! What the templates of a page ask for.

use std::collections::BTreeSet;
use std::sync::Arc;

/// The names that the templates of a page have in them. A field of a view that is not among them
/// cannot be seen, and what costs something to gather is left empty.
#[derive(Clone, Debug)]
pub struct Asked(Option<Arc<BTreeSet<String>>>);

impl Asked {
    /// Templates that may ask for anything.
    pub const EVERYTHING: Self = Self(None);

    /// Templates that ask for no field but these.
    pub fn only(names: BTreeSet<String>) -> Self {
        Self(Some(Arc::new(names)))
    }

    /// What any of some templates asks for.
    pub fn any<'o>(of: impl IntoIterator<Item = &'o Self>) -> Self {
        let names: Option<Vec<_>> = of.into_iter().map(|one| one.0.as_deref()).collect();
        let all = |names: Vec<&BTreeSet<String>>| names.into_iter().flatten().cloned().collect();
        names.map_or(Self::EVERYTHING, |names| Self::only(all(names)))
    }

    /// True when any field may be asked for.
    pub(super) fn is_everything(&self) -> bool {
        self.0.is_none()
    }

    /// True when a field of this name may be asked for.
    pub fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }

    /// A field, if it may be asked for; else what stands for nothing.
    pub fn then<T: Default>(&self, name: &str, gather: impl FnOnce() -> T) -> T {
        if self.has(name) { gather() } else { T::default() }
    }
}
