//! `convene new editor`: settings for VS Code beside a catalog.

use std::path::Path;

use super::build::unreadable;
use super::change::{put, write};
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED};
use crate::diag::Count;
use crate::scaffold::{self, Surroundings};
use crate::schema::Known;
use crate::source;

/// Writes what is not there, and makes schemas and snippets anew.
pub(super) fn run(root: &Path, terminal: &Terminal) -> u8 {
    let sources = match source::load(root) {
        Ok(sources) => sources,
        Err(error) => return unreadable(&error, terminal),
    };
    let files = scaffold::editor(&Known::of(&Surroundings::of(&sources).catalog));
    let mut kept = Vec::new();
    let mut count = 0;
    for (file, own) in
        files.own.iter().map(|file| (file, true)).chain(files.made.iter().map(|file| (file, false)))
    {
        let path = root.join(&file.path);
        if own && path.exists() {
            kept.push(file.path.as_str());
            continue;
        }
        let written = if own { write(&path, &file.text) } else { put(&path, &file.text) };
        if let Err(error) = written {
            terminal.complain(&format!("could not write `{}`: {error}", path.display()));
            return WORLD_REFUSED;
        }
        count += 1;
    }
    terminal.say(&format!("Wrote {} into .vscode", Count::of(count, "file")));
    for path in kept {
        terminal.say(&format!("  {path} is yours, and was left as it is"));
    }
    terminal.say("  next: open this folder in VS Code; docs/editors.md says what it does");
    DONE
}
