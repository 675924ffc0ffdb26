//! `convene explain`

use super::terminal::Terminal;
use super::{DONE, WRONG_USAGE};
use crate::diag::{Code, Severity, did_you_mean};

/// The page of every check by its file's name: `docs/checks`, carried in the binary.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/checks.rs"));

/// Shows the page of a check, or the names of all.
pub(super) fn run(check: Option<&str>, terminal: &Terminal) -> u8 {
    let Some(name) = check else {
        terminal.show(&all());
        return DONE;
    };
    // Both `weekday-mismatch` and what stands in a message, `error[weekday-mismatch]`, will do.
    let name = name.rsplit('[').next().unwrap_or(name).trim_end_matches(']');
    if let Some(text) = Code::from_name(name).and_then(page) {
        terminal.show(text.trim_end());
        return DONE;
    }
    let guess = did_you_mean(name, Code::ALL.iter().map(|code| code.name()));
    let guess = guess.map(|guess| format!("\n  help: {guess}")).unwrap_or_default();
    let all = "\n  help: `convene explain` names them all";
    terminal.complain(&format!("there is no check `{name}`{guess}{all}"));
    WRONG_USAGE
}

fn page(code: Code) -> Option<&'static str> {
    let file = format!("{code}.md");
    PAGES.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}

/// Every check with its severity and its first sentence.
fn all() -> String {
    let mut text = String::new();
    for &code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let sentence = page(code).and_then(|page| page.lines().nth(2)).unwrap_or_default();
        text.push_str(&format!("{code} ({severity})\n    {sentence}\n"));
    }
    text.trim_end().to_owned()
}
