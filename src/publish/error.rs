//! Why a site was not published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Count, Diagnostic};

/// Why a site was not published. The folder is as it was, unless it says otherwise.
#[derive(Debug)]
pub enum PublishError {
    /// The folder is not one to publish to.
    Dangerous {
        /// The folder.
        path: PathBuf,
        /// Why not, as the end of a sentence.
        why: &'static str,
    },
    /// The folder has files that convene did not write.
    Foreign {
        /// The folder.
        path: PathBuf,
        /// One of the files.
        example: String,
        /// How many there are.
        count: usize,
    },
    /// Another run holds the folder, and did not end in time.
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The folder beside which the site has to be prepared cannot be written.
    NoRoomBeside {
        /// The output folder.
        path: PathBuf,
        /// The system's error.
        error: io::Error,
    },
    /// Files of the site could not be made: the faults of the theme's templates.
    Faults(Vec<Diagnostic>),
    /// The system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was being done.
        doing: Doing,
        /// The system's error.
        error: io::Error,
    },
    /// The system refused while files were replaced one by one, because the folder cannot be
    /// exchanged: it may have files of both sites.
    Halfway {
        /// The folder.
        path: PathBuf,
        /// What happened.
        cause: Box<PublishError>,
    },
}

/// What was being done when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Finding a folder.
    Find,
    /// Reading a file or folder.
    Read,
    /// Making a folder.
    Make,
    /// Writing a file.
    Write,
    /// Removing what is no longer needed.
    Remove,
    /// Keeping other runs out.
    Lock,
    /// Putting the new site in place.
    Exchange,
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dangerous { path, why } => write!(
                f,
                "`{}` is not a folder to publish to: {why}\n  \
                 help: choose a folder of its own with `--output`",
                path.display()
            ),
            Self::Foreign { path, example, count } => {
                let others = match count {
                    1 => String::new(),
                    2 => " and 1 other file".to_owned(),
                    count => format!(" and {} other files", count - 1),
                };
                write!(
                    f,
                    "`{}` has files that convene did not write: `{example}`{others}\n  \
                     help: move them away, or choose another folder with `--output`\n  \
                     help: if the folder is only an old site, delete it and build again",
                    path.display()
                )
            }
            Self::Busy { path } => write!(
                f,
                "another run of convene is writing to `{}`, and does not end\n  \
                 help: end it, and build again",
                path.display()
            ),
            Self::NoRoomBeside { path, error } => write!(
                f,
                "the site is prepared beside `{}`, and nothing can be written there: {error}\n  \
                 help: choose a folder in it, such as `{}`",
                path.display(),
                path.join("site").display()
            ),
            Self::Faults(faults) => {
                write!(f, "the templates of the theme have {}", Count::of(faults.len(), "fault"))
            }
            Self::Io { path, doing, error } => {
                let doing = match doing {
                    Doing::Find => "find",
                    Doing::Read => "read",
                    Doing::Make => "make the folder",
                    Doing::Write => "write",
                    Doing::Remove => "remove",
                    Doing::Lock => "lock",
                    Doing::Exchange => "put the new site in place of",
                };
                write!(f, "could not {doing} `{}`: {error}", path.display())
            }
            Self::Halfway { path, cause } => write!(
                f,
                "{cause}\n  \
                 note: `{}` cannot be exchanged in one step, and has files of the old and the new site\n  \
                 help: build again when the cause is mended",
                path.display()
            ),
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } | Self::NoRoomBeside { error, .. } => Some(error),
            Self::Halfway { cause, .. } => Some(cause),
            Self::Dangerous { .. } | Self::Foreign { .. } | Self::Busy { .. } | Self::Faults(_) => {
                None
            }
        }
    }
}

/// Ties an error of the system to its path.
pub(super) fn at(doing: Doing, path: &Path) -> impl Fn(io::Error) -> PublishError {
    move |error| PublishError::Io { path: path.to_path_buf(), doing, error }
}
