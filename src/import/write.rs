//! Sessions and offerings as the content writes them.

use super::sitting::{About, Sitting, Venue};
use super::when::Days;
use crate::lower::scalar::time::in_words;
use crate::model::{SessionStatus, weekday_word};
use crate::syntax::scalar;

/// The field `sessions`, whole. A title that is also that of the offering is left out.
pub(super) fn sessions(sittings: &[Sitting], offering_title: &str) -> String {
    let mut text = String::from("sessions:\n");
    for sitting in sittings {
        for (at, line) in session(sitting, offering_title).iter().enumerate() {
            text.push_str(if at == 0 { "  - " } else { "    " });
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn session(sitting: &Sitting, offering_title: &str) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(title) = sitting.title.as_ref().filter(|title| *title != offering_title) {
        lines.push(format!("title: {}", scalar(title)));
    }
    match &sitting.days {
        Days::On(days) => {
            match days.as_slice() {
                [day] => {
                    lines.push(format!("date: {day}"));
                    if sitting.repeat.is_empty() {
                        lines.push(format!("weekday: {}", weekday_word(day.weekday())));
                    }
                }
                days => {
                    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
                    lines.push(format!("dates: [{}]", days.join(", ")));
                }
            }
            if let Some(time) = &sitting.time {
                lines.push(format!("time: {} - {}", in_words(time.start), in_words(time.end)));
            }
        }
        Days::Month(month) => lines.push(format!("month: {month}")),
        Days::Season(season) => lines.push(format!("season: {season}")),
        Days::Unset => lines.push("tba: To be announced".to_owned()),
    }
    match &sitting.place {
        Some(Venue::Place(id)) => lines.push(format!("place: {id}")),
        Some(Venue::Words(words)) => lines.push(format!("place: {}", scalar(words))),
        None => {}
    }
    if let Some(online) = &sitting.online {
        let online = if online == "true" { online.clone() } else { scalar(online) };
        lines.push(format!("online: {online}"));
    }
    if !sitting.facilitators.is_empty() {
        lines.push(format!("facilitators: [{}]", sitting.facilitators.join(", ")));
    }
    if !sitting.repeat.is_empty() {
        lines.push("repeat:".to_owned());
        lines.extend(sitting.repeat.iter().map(|(name, value)| format!("  {name}: {value}")));
    }
    if let Some(status) = sitting.status {
        lines.push(format!("status: {}", status_word(status)));
    }
    if let Some(note) = &sitting.note {
        lines.push(format!("note: {}", scalar(note)));
    }
    lines
}

pub(super) fn status_word(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Tentative => "tentative",
        SessionStatus::Postponed => "postponed",
        SessionStatus::Cancelled => "cancelled",
    }
}

/// What a new offering is made of.
pub(super) struct NewOffering<'a> {
    pub title: &'a str,
    pub kind: &'a str,
    /// As the field is written.
    pub roles: &'a str,
    pub about: &'a About,
    /// The program year, where no session has a day.
    pub year: Option<String>,
    pub sessions: &'a str,
}

/// The file of a new offering. Without a summary of its own it is a draft.
pub(super) fn offering(new: &NewOffering<'_>) -> String {
    let mut text = String::from("---\n");
    if new.about.summary.is_none() {
        text.push_str(
            "# While this line is here, the offering is left out of the site.\n\
             # Write a summary below, then delete it.\n\
             draft: true\n",
        );
    }
    let summary = new.about.summary.as_deref();
    let summary = summary.unwrap_or("What one does here, and what it is good for at work.");
    text.push_str(&format!("title: {}\n", scalar(new.title)));
    text.push_str(&format!("kind: {}\n", new.kind));
    text.push_str(&format!("summary: {}\n", scalar(summary)));
    text.push_str(&format!("roles: {}\n", new.roles));
    if let Some(year) = &new.year {
        text.push_str(&format!("year: {year}\n"));
    }
    if let Some(enroll) = &new.about.enroll {
        text.push_str(&format!("\nenroll:\n  url: {}\n", scalar(enroll)));
        if let Some(capacity) = new.about.capacity {
            text.push_str(&format!("  capacity: {capacity}\n"));
        }
    }
    text.push('\n');
    text.push_str(new.sessions);
    text.push_str("---\n");
    text
}
