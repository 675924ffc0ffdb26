//! What became of each file, so that one that has not changed is not read again.
//!
//! What a file is lowered to depends on its bytes, its path, its number (which stands in every
//! place) and, of the catalog, on one word. All of these are compared, so what is recalled is what
//! would come of reading it again.

use std::sync::Arc;

use super::entry::Lowered;
use crate::model::KindId;
use crate::source::{FileId, SourceFile, Sources};

/// What became of the files of one build.
#[derive(Default)]
pub struct Memory {
    /// The kind that stands in for one that cannot be read.
    any_kind: Option<KindId>,
    /// By the number of the file.
    files: Vec<Option<(SourceFile, Arc<Lowered>)>>,
}

impl Memory {
    /// Forgets everything if it was made with another kind.
    pub(super) fn expect(&mut self, any_kind: Option<&KindId>) {
        if self.any_kind.as_ref() != any_kind {
            *self = Self { any_kind: any_kind.cloned(), files: Vec::new() };
        }
    }

    /// What became of a file, or becomes of it now.
    pub(super) fn recall(
        &self,
        sources: &Sources,
        file: FileId,
        lower: impl FnOnce() -> Lowered,
    ) -> Arc<Lowered> {
        let now = sources.get(file);
        match self.files.get(file.index()).and_then(Option::as_ref) {
            Some((then, lowered)) if then.is_same(now) => Arc::clone(lowered),
            _ => Arc::new(lower()),
        }
    }

    /// Remembers what became of the files of these sources, and nothing else.
    pub(super) fn remember(&mut self, sources: &Sources, lowered: &[Arc<Lowered>]) {
        self.files.clear();
        self.files.resize_with(sources.len(), || None);
        for one in lowered {
            if let Some(place) = self.files.get_mut(one.file.index()) {
                *place = Some((sources.get(one.file).clone(), Arc::clone(one)));
            }
        }
    }
}
