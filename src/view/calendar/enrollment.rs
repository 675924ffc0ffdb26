//! The opening and the closing of enrollment as events.

use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::event::{MOVED, in_a_year, revised, sequence, session_key};
use super::{CalendarEvent, EventSpan, EventStatus, Paragraph};
use crate::model::{Enrollment, Moment, Offering, ProgramYear};
use crate::schedule::{OfferingSchedule, ScheduledSession, instant};
use crate::view::Edition;
use crate::view::address::offering_path;
use crate::view::enrollment::window_of;

/// When enrollment in an offering opens and closes, in the present program year and later: its own,
/// its cohorts' and its sessions'.
pub fn enrollment_events(
    edition: &Edition<'_>,
    schedule: &OfferingSchedule<'_>,
) -> Vec<Arc<CalendarEvent>> {
    let mut events = Vec::new();
    for NamedEnrollment { enroll, scope, name } in named_enrollments(schedule) {
        Window { edition, schedule, enroll, scope, name }.events(&mut events);
    }
    events
}

/// An enrollment, and what it is called.
pub struct NamedEnrollment<'a> {
    /// The enrollment.
    pub enroll: &'a Enrollment,
    /// Its identity in the whole catalog, made of IDs alone: `self-as-core.fall_cohort`.
    pub scope: String,
    /// To what it admits: `Self as Core (Fall cohort)`.
    pub name: String,
}

/// The enrollments of an offering: its own, its cohorts' and its sessions'.
pub fn named_enrollments<'a>(schedule: &OfferingSchedule<'a>) -> Vec<NamedEnrollment<'a>> {
    let offering = schedule.offering;
    let title = &offering.title.value;
    let mut named = Vec::new();
    let mut add = |enroll: Option<&'a Enrollment>, scope: String, name: String| {
        named.extend(enroll.map(|enroll| NamedEnrollment { enroll, scope, name }));
    };
    add(offering.enroll.as_ref(), offering.id.to_string(), title.clone());
    for group in &schedule.groups {
        let cohort = group.cohort;
        if let Some((id, cohort)) = cohort {
            let name = format!("{title} ({})", cohort.title.value);
            add(cohort.enroll.as_ref(), format!("{}.{id}_cohort", offering.id), name);
        }
        for session in group.sessions.iter().flat_map(ScheduledSession::leaves) {
            let own = session.written.title.clone();
            let own = own.unwrap_or_else(|| format!("Session {}", session.number));
            let scope = session_key(&offering.id, cohort.map(|(id, _)| id), session);
            // What a repeat made shares one enrollment.
            if session.repeat.is_none_or(|place| place == 1) {
                add(session.written.enroll.as_deref(), scope, format!("{title}: {own}"));
            }
        }
    }
    named
}

struct Window<'w, 'a> {
    edition: &'w Edition<'a>,
    schedule: &'w OfferingSchedule<'w>,
    enroll: &'w Enrollment,
    scope: String,
    name: String,
}

impl Window<'_, '_> {
    fn events(&self, events: &mut Vec<Arc<CalendarEvent>>) {
        let enroll = self.enroll;
        if let Some(opens) = &enroll.opens {
            events.extend(self.event("opens", "Enrollment opens", opens.value));
        }
        for (round, number) in enroll.rounds.iter().zip(1..) {
            let what = format!("{} closes", round.label);
            events.extend(self.event(&format!("round{number}"), &what, round.closes.value));
        }
        if let Some(closes) = enroll.closes.as_ref().filter(|_| enroll.rounds.is_empty()) {
            events.extend(self.event("closes", "Enrollment closes", closes.value));
        }
    }

    fn event(&self, edge: &str, what: &str, moment: Moment) -> Option<Arc<CalendarEvent>> {
        let edition = self.edition;
        let starts = edition.settings().year_starts;
        let offering: &Offering = self.schedule.offering;
        let off = offering.cancelled.is_some();
        if moment.date < edition.year.first_day(starts)
            || (off && in_a_year(moment.date) < edition.today)
        {
            return None;
        }
        let extended = edge == "closes" && self.enroll.was.is_some();
        let sequence = sequence(&[(off, super::event::CANCELLED), (extended, MOVED)]);
        let year = self.schedule.year.unwrap_or_else(|| ProgramYear::of(moment.date, starts));
        let page = edition.addresses.absolute(&offering_path(&offering.id));
        let window = window_of(edition, self.enroll);
        let address = edition.addresses.absolute_url(&self.enroll.url.value);
        let mut description = Vec::new();
        if off {
            description.push(Paragraph::Own("Cancelled.".to_owned()));
        }
        if let Some(was) = self.enroll.was.as_ref().filter(|_| extended) {
            let was = edition.moment(was.value).text;
            description.push(Paragraph::Own(format!("Extended from {was}.")));
        }
        description.push(Paragraph::Own(offering.summary.value.clone()));
        description.push(Paragraph::Own(format!("{window}\n{address}")));
        description.push(Paragraph::Own(format!("Details: {page}")));
        let prefix = if off { "Cancelled: " } else { "" };
        Some(Arc::new(CalendarEvent {
            uid: format!("{}_{edge}@{}", self.scope, edition.addresses.host()),
            sequence,
            revised: revised(year, starts, sequence),
            span: match moment.time {
                Some(_) => EventSpan::Moment(Box::new(
                    instant(moment, edition.zone()).to_zoned_datetime(edition.zone().clone()),
                )),
                None => EventSpan::Days(moment.date, moment.date.tomorrow().unwrap_or(Date::MAX)),
            },
            summary: format!("{prefix}{what}: {}", self.name),
            location: None,
            description,
            url: page,
            conference: None,
            categories: Arc::new(["Enrollment".to_owned()]),
            status: if off { EventStatus::Cancelled } else { EventStatus::Confirmed },
            busy: false,
            lines: OnceLock::new(),
        }))
    }
}
