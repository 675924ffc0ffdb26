//! One side of a comparison: a folder with a project, with content or with a published site, or a
//! revision of the project's git repository.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::build::{errors, unreadable};
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, WORLD_REFUSED};
use crate::build::{self, Options};
use crate::diag::{has_errors, ticked};
use crate::diff::Snapshot;
use crate::source::{self, Sources};

/// Where a side is read.
pub(super) enum Side {
    /// A folder that has `content/` in it.
    Project(PathBuf),
    /// A folder that has `catalog.yaml` in it.
    Content(PathBuf),
    /// The project of `root` as it was at a revision.
    Revision {
        /// The project's folder.
        root: PathBuf,
        /// As it was named.
        revision: String,
    },
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Project(folder) | Self::Content(folder) => {
                write!(f, "{}", folder.display())
            }
            Self::Revision { revision, .. } => f.write_str(revision),
        }
    }
}

impl Side {
    /// What an argument names: a folder if there is one, else a revision. None for a folder in which
    /// there is nothing to compare.
    pub(super) fn named(argument: &str, root: &Path) -> Option<Self> {
        let folder = Path::new(argument);
        if !folder.is_dir() {
            return Some(Self::Revision { root: root.to_owned(), revision: argument.to_owned() });
        }
        if folder.join("content").is_dir() {
            Some(Self::Project(folder.to_owned()))
        } else if folder.join("catalog.yaml").is_file() {
            Some(Self::Content(folder.to_owned()))
        } else {
            None
        }
    }

    /// The sources, or the exit code after saying why there are none.
    fn sources(&self, terminal: &Terminal) -> Result<Sources, u8> {
        let of_folder = |read: Result<Sources, source::LoadError>| {
            read.map_err(|error| unreadable(&error, terminal))
        };
        match self {
            Self::Project(folder) => of_folder(source::load(folder)),
            Self::Content(folder) => of_folder(source::load_content(folder)),
            Self::Revision { root, revision } => {
                source::load_revision(root, revision).map_err(|error| {
                    terminal.complain(&error.to_string());
                    WORLD_REFUSED
                })
            }
        }
    }

    /// What was there before. Content with errors is taken as far as it can be read, for nobody can
    /// mend the past; what cannot be is not compared, and that is said.
    pub(super) fn before(&self, options: &Options, terminal: &Terminal) -> Result<Snapshot, u8> {
        let sources = self.sources(terminal)?;
        let snapshot = build::with_edition(&sources, options, Snapshot::new);
        if !snapshot.unread.is_empty() {
            let all = ticked(snapshot.unread.iter().map(String::as_str));
            terminal.note(&format!("not compared, for errors at `{self}`: {all}"));
        }
        Ok(snapshot)
    }

    /// What there is now, with the moment at which it is looked at. Errors are reported.
    pub(super) fn after(
        &self,
        options: &Options,
        terminal: &Terminal,
    ) -> Result<(Snapshot, Timestamp), u8> {
        let sources = self.checked(options, terminal)?;
        Ok(build::with_edition(&sources, options, |edition| (Snapshot::new(edition), edition.now)))
    }

    /// The sources, if they have no error.
    pub(super) fn checked(&self, options: &Options, terminal: &Terminal) -> Result<Sources, u8> {
        let sources = self.sources(terminal)?;
        let diagnostics = build::check(&sources, options).diagnostics;
        if !has_errors(&diagnostics) {
            return Ok(sources);
        }
        terminal.report(super::args::Format::Human, Path::new("."), &sources, &diagnostics);
        terminal.complain(&format!("`{self}` has {}, see above", errors(&diagnostics)));
        Err(CONTENT_ERRORS)
    }
}

/// Says that a folder has nothing to compare.
pub(super) fn nothing_in(folder: &str, terminal: &Terminal) -> u8 {
    terminal.complain(&format!(
        "there is nothing to compare in `{folder}`\n  \
         help: name a folder that has `content` in it, the content folder itself, or a published \
         site\n  \
         help: for a revision of the same name, write `{folder}^0`"
    ));
    WORLD_REFUSED
}
