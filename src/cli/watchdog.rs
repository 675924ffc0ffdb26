//! Watches the pages that are being made: a template whose loops never end is stopped, and named.

use std::collections::BTreeMap;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::CONTENT_ERRORS;
use super::terminal::Terminal;
use crate::build::{InProgress, in_progress};

/// How many seconds a page may take, when nothing else was asked for. The longest page of a
/// catalog of 10,000 offerings takes less than one.
const PATIENCE: u32 = 60;
/// How often the pages are looked at, each second.
const LOOKS: u32 = 4;

/// How many seconds a page may take, by the variable `CONVENE_TEMPLATE_SECONDS`.
pub(super) fn patience() -> Result<u32, String> {
    let Some(set) = std::env::var_os("CONVENE_TEMPLATE_SECONDS").filter(|set| !set.is_empty())
    else {
        return Ok(PATIENCE);
    };
    let seconds = set.to_str().and_then(|set| set.trim().parse().ok());
    seconds.filter(|&seconds| seconds > 0).ok_or_else(|| {
        format!(
            "the variable `CONVENE_TEMPLATE_SECONDS` is not a number of seconds: `{}`\n  \
             help: set it to how long a page may take, such as `120`",
            set.to_string_lossy()
        )
    })
}

/// Watches from now on. A page that is over its time is asked to end. One that does not even write
/// any more can only be ended with the whole process: nothing has been published by then.
pub(super) fn start(patience: u32, terminal: Terminal) {
    thread::spawn(move || {
        let mut seen = BTreeMap::new();
        loop {
            thread::sleep(Duration::from_secs(1) / LOOKS);
            if let Some(page) = look(&mut seen, patience * LOOKS) {
                terminal.complain(&format!(
                    "the template `{}` does not come to an end\n  \
                     help: look for a loop in a loop, in it or in what it includes\n  \
                     help: it was found while the page `{}` was made, for more than {patience} \
                     seconds\n  \
                     help: if it needs longer, set the variable `CONVENE_TEMPLATE_SECONDS`",
                    page.template, page.page
                ));
                process::exit(CONTENT_ERRORS.into());
            }
        }
    });
}

/// Counts how often each page was seen. Stops those that were seen more than `most` times, and
/// gives one that goes on in spite of it.
fn look(seen: &mut BTreeMap<u64, u32>, most: u32) -> Option<Arc<InProgress>> {
    let pages = in_progress();
    seen.retain(|number, _| pages.iter().any(|page| page.number == *number));
    for page in pages {
        let times = seen.entry(page.number).or_default();
        *times += 1;
        if *times > most {
            page.stop();
        }
        // What still writes ends at once.
        if *times > most + 2 * LOOKS {
            return Some(page);
        }
    }
    None
}
