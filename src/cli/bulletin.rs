//! `convene bulletin`

use std::fs;
use std::path::Path;

use jiff::Timestamp;

use super::args;
use super::build::options;
use super::moment::Clock;
use super::side::{Side, nothing_in};
use super::terminal::Terminal;
use super::{DONE, WORLD_REFUSED, WRONG_USAGE};
use crate::build::{self, Now, Options};
use crate::bulletin::{Before, Bulletin, Scope, markdown};
use crate::diag::did_you_mean;
use crate::source;

/// Writes the bulletin.
pub(super) fn run(
    root: &Path,
    arguments: &args::Bulletin,
    clock: Clock,
    terminal: &Terminal,
) -> u8 {
    written(root, arguments, clock, terminal).unwrap_or_else(|code| code)
}

fn written(
    root: &Path,
    arguments: &args::Bulletin,
    clock: Clock,
    terminal: &Terminal,
) -> Result<u8, u8> {
    let options = options(&arguments.selection, clock);
    let sources = Side::Project(root.to_owned()).checked(&options, terminal)?;
    let (snapshot, now) = super::side::seen(&sources, &options, terminal)?;
    let (since, announced) = build::with_edition(&sources, &options, |edition| {
        let since = arguments.since.in_zone(edition.zone());
        (since, edition.announced_since(since).map(ToString::to_string).collect())
    });
    if since > now {
        terminal.complain("`--since` is after the moment of the bulletin");
        return Err(WRONG_USAGE);
    }
    if let Some(role) = arguments.role.as_ref().filter(|role| !snapshot.roles.contains_key(*role)) {
        let known = did_you_mean(role, snapshot.roles.keys().map(String::as_str));
        let help = known.map(|guess| format!("\n  help: {guess}")).unwrap_or_default();
        terminal.complain(&format!("the catalog has no role `{role}`{help}"));
        return Err(WRONG_USAGE);
    }
    let before = match earlier(root, arguments, since, terminal)? {
        Some(side) => {
            // Seen at that time: what was announced since then is new, too.
            let then = Options { now: Now::Instant(since), ..options };
            Before::Seen(side.before(&then, terminal)?.0)
        }
        None => Before::Recorded { announced },
    };
    let scope = Scope { since, now, days: arguments.days, role: arguments.role.clone() };
    let text = markdown(&Bulletin::new(snapshot, before, &scope));
    let Some(output) = &arguments.output else {
        terminal.show(text.trim_end());
        return Ok(DONE);
    };
    fs::write(output, text).map_err(|error| {
        terminal.complain(&format!("could not write `{}`: {error}", output.display()));
        WORLD_REFUSED
    })?;
    terminal.say(&format!("Wrote {}", output.display()));
    Ok(DONE)
}

/// Where the catalog as it was is to be read: as named; else the revision of that time, if the
/// project is in a repository that has one.
fn earlier(
    root: &Path,
    arguments: &args::Bulletin,
    since: Timestamp,
    terminal: &Terminal,
) -> Result<Option<Side>, u8> {
    if let Some(old) = &arguments.old {
        let side = Side::named(old, root).ok_or_else(|| nothing_in(old, terminal))?;
        return Ok(Some(side));
    }
    let why = match source::revision_before(root, since) {
        Ok(Some(revision)) => return Ok(Some(Side::Revision { root: root.to_owned(), revision })),
        Ok(None) => "the repository has no content as old".to_owned(),
        Err(error) => error.to_string(),
    };
    terminal.note(&format!("what changed is told by what the content records: {why}"));
    Ok(None)
}
