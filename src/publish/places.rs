//! Where an output stands, what stands beside it, and whether it is a place to publish to.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Protected;
use super::error::{Doing, PublishError, at};

/// The output folder, and what stands beside it on the same file system. No path has a link in it.
pub(super) struct Places {
    /// The folder that is published.
    pub output: PathBuf,
    /// The folder in which it stands.
    pub parent: PathBuf,
    /// Where the new site is made; after the exchange, the old one.
    pub staging: PathBuf,
    /// The list of files that are ours.
    pub manifest: PathBuf,
    /// What the site was made from.
    pub memo: PathBuf,
    /// What keeps other runs out.
    pub lock: PathBuf,
}

impl Places {
    /// Finds the output, and refuses folders in which nobody wants a site to replace everything.
    /// Changes nothing.
    pub(super) fn of(output: &Path, protected: &Protected) -> Result<Self, PublishError> {
        let refuse = |why| Err(PublishError::Dangerous { path: output.to_path_buf(), why });
        if output.as_os_str().is_empty() {
            return refuse("it has no name");
        }
        // Without the slash at the end, by which the system would follow a link.
        let path: PathBuf =
            std::path::absolute(output).map_err(at(Doing::Find, output))?.components().collect();
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => return refuse("it is a link"),
            Ok(metadata) if !metadata.is_dir() => return refuse("it is a file"),
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(at(Doing::Find, output)(error));
            }
            _ => {}
        }
        let path = real(&path).map_err(at(Doing::Find, output))?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return refuse("it is the root of the disk");
        };
        if let Some(why) = danger(&path, protected) {
            return refuse(why);
        }
        let name = name.to_string_lossy();
        let beside = |what: &str| parent.join(format!(".{name}.convene-{what}"));
        Ok(Self {
            staging: beside("new"),
            manifest: beside("manifest"),
            memo: beside("memo"),
            lock: beside("lock"),
            parent: parent.to_path_buf(),
            output: path.clone(),
        })
    }
}

/// Why a folder, given without links, must not be published to.
fn danger(output: &Path, protected: &Protected) -> Option<&'static str> {
    if output.components().any(|part| part.as_os_str() == ".git") {
        return Some("it belongs to a Git repository's own data");
    }
    if [".git", ".hg", ".svn"].iter().any(|name| output.join(name).exists()) {
        return Some("it is the root of a repository");
    }
    let home = protected.home.as_ref().and_then(|home| real(home).ok());
    if home.is_some_and(|home| home.starts_with(output)) {
        return Some("your home folder is in it");
    }
    let project = real(&protected.project).ok()?;
    if project == output {
        return Some("it is the project's own folder");
    }
    if project.starts_with(output) {
        return Some("the project is in it");
    }
    let sources = ["content", "themes"].map(|name| real(&project.join(name)));
    if sources.iter().flatten().any(|folder| output.starts_with(folder)) {
        return Some("it is part of the project's sources");
    }
    if sources.iter().flatten().any(|folder| folder.starts_with(output)) {
        return Some("the project's sources are in it");
    }
    None
}

/// The path without links, as far as it exists.
fn real(path: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(real), ..) => Ok(real),
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(real(parent)?.join(name))
        }
        (Err(error), ..) => Err(error),
    }
}
