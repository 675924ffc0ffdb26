//! What builds of one project leave behind for the next of them.

use std::sync::{Mutex, PoisonError};

use crate::diag::Warned;
use crate::lower;
use crate::model::Catalog;
use crate::source::Sources;
use crate::syntax::Project;

/// What earlier builds of a project found out. It says of each thing what it was found out from,
/// which is compared, so a build with it gives what one without it gives, only sooner.
#[derive(Default)]
pub struct Memory {
    lowered: Mutex<lower::Memory>,
}

impl Memory {
    /// Lowers the files that are not as they were.
    pub(super) fn lower(&self, sources: &Sources, project: &Project) -> Warned<Catalog> {
        let mut lowered = self.lowered.lock().unwrap_or_else(PoisonError::into_inner);
        lower::lower_again(sources, project, &mut lowered)
    }
}
