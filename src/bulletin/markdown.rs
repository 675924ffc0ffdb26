//! A bulletin as Markdown.

use jiff::civil::Date;

use super::{Bulletin, Coming, Edge};
use crate::diff::{Entry, Fate, Offering, Status, change_in_markdown, escaped, link};
use crate::view::DateView;

/// A bulletin as Markdown, with a line's end at its end. A part that is empty is left out.
pub fn markdown(bulletin: &Bulletin) -> String {
    let mut out = format!("# {}\n\n", escaped(&bulletin.title));
    let words = |date: Date| DateView::new(date).text;
    out.push_str(&format!("News since {}, as of {}", words(bulletin.since), words(bulletin.today)));
    if let Some(role) = &bulletin.role {
        out.push_str(&format!(", for {}", escaped(role)));
    }
    out.push_str(".\n");
    let before = out.len();
    section(&mut out, "New", bulletin.new.iter().map(new));
    section(&mut out, "Changed", bulletin.changes.iter().map(changed));
    section(&mut out, "Enrollment closes soon", bulletin.closing.iter().map(closing));
    section(&mut out, "Enrollment opens", bulletin.opening.iter().map(opening));
    next(&mut out, bulletin);
    if out.len() == before {
        out.push_str(&format!(
            "\nNothing is new, and nothing meets or closes in the next {} days.\n",
            bulletin.days
        ));
    }
    out
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    for (index, line) in lines.enumerate() {
        if index == 0 {
            out.push_str(&format!("\n## {title}\n\n"));
        }
        out.push_str(&line);
    }
}

fn new(offering: &Offering) -> String {
    let mut out = format!(
        "- **{}**: {}\n  {}: {}. {}.\n",
        link(&offering.title, &offering.url),
        escaped(&offering.summary),
        escaped(&offering.kind),
        escaped(&offering.audience),
        escaped(&offering.dates)
    );
    if let Some(enrollment) = &offering.enrollment {
        let action = link(&enrollment.label, &enrollment.url);
        out.push_str(&format!("  {}. {action}\n", escaped(&enrollment.window)));
    }
    out
}

fn changed(entry: &Entry) -> String {
    if entry.fate == Fate::Gone {
        return format!("- {}: no longer offered\n", escaped(&entry.title));
    }
    let title = link(&entry.title, &entry.url);
    let about: Vec<String> = entry.about.iter().map(|line| escaped(line)).collect();
    let changes = entry.changes.iter().map(|change| change_in_markdown(change, escaped));
    match about.into_iter().chain(changes).collect::<Vec<_>>().as_slice() {
        [one] => format!("- {title}: {one}\n"),
        several => {
            let lines = several.iter().map(|line| format!("  - {line}\n"));
            format!("- {title}\n{}", lines.collect::<String>())
        }
    }
}

fn closing(edge: &Edge) -> String {
    let round = edge.round.as_ref().map(|round| format!(" ({})", escaped(round)));
    line(edge, "", &round.unwrap_or_default())
}

fn opening(edge: &Edge) -> String {
    line(edge, if edge.to_come { "" } else { "open since " }, "")
}

/// `- **December 1, 2026**: [Self as Core](…), full. [Enroll](…)`
fn line(edge: &Edge, before: &str, after: &str) -> String {
    let status = match edge.status.as_str() {
        "" => String::new(),
        status => format!(", {status}"),
    };
    let (label, address) = &edge.action;
    format!(
        "- {before}**{}**: {}{after}{status}. {}\n",
        escaped(&edge.moment.words),
        link(&edge.name, &edge.url),
        link(label, address)
    )
}

fn next(out: &mut String, bulletin: &Bulletin) {
    let mut day = None;
    for coming in &bulletin.next {
        if day.is_none() {
            out.push_str(&format!("\n## The next {} days\n", bulletin.days));
        }
        if day != Some(&coming.day.date) {
            out.push_str(&format!("\n**{}**\n\n", escaped(&coming.day.day)));
            day = Some(&coming.day.date);
        }
        out.push_str(&meeting(coming));
    }
}

fn meeting(coming: &Coming) -> String {
    let hours = coming.day.hours.as_deref().unwrap_or("all day");
    let name: Vec<&str> = std::iter::once(coming.offering.as_str())
        .chain(coming.session.iter().map(String::as_str))
        .collect();
    let mut what = link(&name.join(", "), &coming.url);
    let (before, off) = match coming.status {
        Status::Cancelled => ("**Cancelled:** ", true),
        Status::Postponed => ("**Postponed:** ", true),
        _ if coming.backup => ("**Backup date:** ", false),
        Status::Tentative => ("**Tentative:** ", false),
        Status::Planned => ("", false),
    };
    let mut when = escaped(hours);
    if off {
        (what, when) = (format!("~~{what}~~"), format!("~~{when}~~"));
    }
    let online = coming.online.as_ref().map(|online| match online.strip_prefix("http") {
        Some(_) => link("Join online", online),
        None => escaped(online),
    });
    let place = coming.place.as_ref().map(|place| escaped(place));
    let ways: Vec<String> = place.into_iter().chain(online).filter(|_| !off).collect();
    let ways = if ways.is_empty() { String::new() } else { format!(". {}", ways.join("; ")) };
    format!("- {before}{when}: {what}{ways}\n")
}
