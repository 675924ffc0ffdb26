//! The street itself: sources to site, on one screen.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::Warned;
use crate::plan::OutputPath;
use crate::source::Sources;

/// What a build depends on besides the sources. Nothing else is read: no clock, no environment.
#[derive(Clone, Debug)]
pub struct Options {
    /// The present moment.
    pub now: Timestamp,
    /// Include entries marked `draft`.
    pub drafts: bool,
    /// Include entries whose `publish` is still to come.
    pub future: bool,
    /// Treat warnings as errors.
    pub strict: bool,
}

/// Everything that is to be published.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The content of every file, by its path.
    pub files: BTreeMap<OutputPath, Arc<[u8]>>,
}

/// Checks the sources and renders them. There is a site exactly when there is no error.
///
/// The places in the diagnostics are byte ranges, and the diagnostics are in the order of file and
/// place.
pub fn build(_sources: &Sources, _options: &Options) -> Warned<Option<Site>> {
    Warned { value: None, diagnostics: Vec::new() }
}

/// Runs every check and renders nothing.
pub fn check(_sources: &Sources, _options: &Options) -> Warned<()> {
    Warned { value: (), diagnostics: Vec::new() }
}
