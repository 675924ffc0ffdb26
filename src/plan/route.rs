//! Paths of the site: where each page stands in the output folder and in a link.

use std::fmt;
use std::sync::Arc;

use crate::model::SitePath;

/// The path of a file in the output folder: relative, forward slashes, no `.` or `..`, safe on
/// every file system: `offerings/self-as-core/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The file that a server sends for this path of the site: `/a/` is `a/index.html`.
    pub fn of(path: &SitePath) -> Self {
        let relative = path.as_str().trim_start_matches('/');
        match relative.strip_suffix('/') {
            Some(folder) => Self(format!("{folder}/index.html").into()),
            None if relative.is_empty() => Self("index.html".into()),
            None => Self(relative.into()),
        }
    }

    /// The path, relative to the output folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
