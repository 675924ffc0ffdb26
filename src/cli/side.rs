//! One side of a comparison: a folder with a project, with content or with a published site, or a
//! revision of the project's git repository.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::build::{errors, unreadable};
use super::terminal::Terminal;
use super::{CONTENT_ERRORS, WORLD_REFUSED};
use crate::build::{self, Options};
use crate::diag::{has_errors, ticked};
use crate::diff::{DataFault, Published, Snapshot, offering_ids};
use crate::source::{self, Sources};

/// Where a side is read.
pub(super) enum Side {
    /// A folder that has `content/` in it.
    Project(PathBuf),
    /// A folder that has `catalog.yaml` in it.
    Content(PathBuf),
    /// A folder that has `api/` in it.
    Published(PathBuf),
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
            Self::Project(folder) | Self::Content(folder) | Self::Published(folder) => {
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
        } else if folder.join("api").is_dir() {
            Some(Self::Published(folder.to_owned()))
        } else {
            None
        }
    }

    /// What there was before, with the moment at which it is looked at; or the exit code after
    /// saying why it could not be read. Content with errors is taken as far as it can be read, for
    /// nobody can mend the past; what cannot be is not compared, and that is said.
    pub(super) fn before(&self, options: &Options, terminal: &Terminal) -> Seen {
        let seen = match self {
            Self::Published(folder) => published(folder, options, terminal)?,
            _ => seen(&self.sources(terminal)?, options, terminal)?,
        };
        let unread = &seen.0.unread;
        if !unread.is_empty() {
            let all = ticked(unread.iter().map(String::as_str));
            terminal.note(&format!("not compared, for errors at `{self}`: {all}"));
        }
        Ok(seen)
    }

    /// What there is now, likewise. Errors are reported.
    pub(super) fn after(&self, options: &Options, terminal: &Terminal) -> Seen {
        match self {
            Self::Published(folder) => published(folder, options, terminal),
            _ => seen(&self.checked(options, terminal)?, options, terminal),
        }
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

    /// The sources; a published site has none.
    fn sources(&self, terminal: &Terminal) -> Result<Sources, u8> {
        let read = match self {
            Self::Project(folder) | Self::Published(folder) => source::load(folder),
            Self::Content(folder) => source::load_content(folder),
            Self::Revision { root, revision } => {
                return source::load_revision(root, revision)
                    .map_err(|error| refused(&error, terminal));
            }
        };
        read.map_err(|error| unreadable(&error, terminal))
    }
}

/// A snapshot and its moment, or an exit code.
pub(super) type Seen = Result<(Snapshot, Timestamp), u8>;

/// What sources show.
pub(super) fn seen(sources: &Sources, options: &Options, terminal: &Terminal) -> Seen {
    let (snapshot, now) = build::with_edition(sources, options, |edition| {
        (Snapshot::new(edition), edition.now.instant())
    });
    Ok((snapshot.map_err(|fault| refused(&fault, terminal))?, now))
}

/// What a published site shows.
fn published(site: &Path, options: &Options, terminal: &Terminal) -> Seen {
    let data = site.join("api/v1");
    let read = |name: &str| {
        let path = data.join(name);
        fs::read(&path).map_err(|error| {
            terminal.complain(&format!(
                "could not read `{}`: {error}\n  \
                 help: is `{}` the whole folder of a site that convene published?",
                path.display(),
                site.display()
            ));
            WORLD_REFUSED
        })
    };
    let faulty = |fault: DataFault| {
        let file = data.join(&fault.file);
        refused(&DataFault { file: file.display().to_string(), ..fault }, terminal)
    };
    let mut published = Published {
        catalog: read("catalog.json")?,
        requirements: read("requirements.json")?,
        ..Published::default()
    };
    let zone = published.timezone().map_err(faulty)?;
    for id in offering_ids(&read("offerings.json")?).map_err(faulty)? {
        let bytes = read(&format!("offerings/{id}.json"))?;
        published.offerings.insert(id, bytes);
    }
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Ok((published.read().map_err(faulty)?, options.now.in_zone(&zone)))
}

fn refused(error: &impl fmt::Display, terminal: &Terminal) -> u8 {
    terminal.complain(&error.to_string());
    WORLD_REFUSED
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
