//! When everything takes place: every written session with its days, in its zone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::recurrence;
use super::zone::{TimeFault, TimeFaultKind, at, start_of_day};
use crate::model::{
    Catalog, ClosedDays, Cohort, CohortId, MeetingDay, Offering, OfferingId, ProgramYear, Season,
    Session, SessionStatus, Sessions, Settings, TimeRange, Venue, When, YearMonth, YearStart,
};
use crate::source::{Span, Spanned};

/// The timetable of a catalog.
#[derive(Debug)]
pub struct Timetable<'a> {
    offerings: BTreeMap<&'a OfferingId, OfferingSchedule<'a>>,
    /// Times that do not mean what was written, in the order of the offerings.
    pub faults: Vec<TimeFault>,
}

/// When an offering takes place.
#[derive(Debug)]
pub struct OfferingSchedule<'a> {
    /// The offering.
    pub offering: &'a Offering,
    /// Its program year: as written, or that of its first session. None when neither is known.
    pub year: Option<ProgramYear>,
    /// Its sessions: one group, or one for each cohort.
    pub groups: Vec<Group<'a>>,
}

/// Sessions that belong together: those of a cohort, or all.
#[derive(Debug)]
pub struct Group<'a> {
    /// The cohort, if there are cohorts.
    pub cohort: Option<(&'a CohortId, &'a Cohort)>,
    /// Its sessions as written, a repeat as the sessions that it makes.
    pub sessions: Vec<ScheduledSession<'a>>,
    /// See [`Group::bounds`]; found once, for many ask.
    bounds: Option<Bounds>,
}

/// One session.
#[derive(Debug)]
pub struct ScheduledSession<'a> {
    /// Its identity, stable when it moves, unique in its group: the written ID; for one that a
    /// repeat made, the ID and its day: `3-20261001`; for an alternative, the session's ID and its
    /// own: `1-2`.
    pub id: String,
    /// What was written.
    pub written: &'a Session,
    /// Its position in the group, from 1.
    pub number: usize,
    /// Its place in the rule, from 1, when a repeat made it. Days that are left out have places, too.
    pub repeat: Option<usize>,
    /// When it takes place.
    pub occurs: Occurs<'a>,
    backup: Option<Box<Meeting<'a>>>,
}

/// When a session takes place, at the precision that is known.
#[derive(Debug)]
pub enum Occurs<'a> {
    /// On these days, in the order of time; at least one.
    Meetings(Vec<Meeting<'a>>),
    /// Attend any one of these.
    Alternatives(Vec<ScheduledSession<'a>>),
    /// In this month.
    Month(YearMonth),
    /// In this season of a calendar year.
    Season(Season, i16),
    /// Not set yet; what to say instead.
    Unset(&'a str),
}

/// One day of a session.
#[derive(Debug)]
pub struct Meeting<'a> {
    /// Its place among the days of the session as they are written, from 1.
    pub number: usize,
    /// The day.
    pub date: Date,
    /// Its hours; none for the whole day.
    pub hours: Option<TimeRange>,
    /// When it starts.
    pub starts: ZonedDateTime,
    /// When it ends: the first instant at which it is over.
    pub ends: ZonedDateTime,
    /// The place of this day, when it has one of its own.
    pub own_place: Option<&'a Spanned<Venue>>,
    /// Where it is: the day's own place, or the session's.
    pub places: Vec<&'a Spanned<Venue>>,
    /// Where the day is written.
    pub span: Span,
}

/// The first start and the last end of some sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first start.
    pub starts: Timestamp,
    /// The last end: the first instant at which everything is over.
    pub ends: Timestamp,
}

impl Bounds {
    /// The first start, when a session has a day.
    pub fn start(self) -> Option<Timestamp> {
        (self.starts < self.ends).then_some(self.starts)
    }

    fn join(self, other: Self) -> Self {
        Self { starts: self.starts.min(other.starts), ends: self.ends.max(other.ends) }
    }
}

/// The order of time at the precision that is known: a day comes before the month in which it
/// lies, a month before its season, and what is not known comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    last_known: Date,
    precision: u8,
}

/// The timetable of a catalog.
pub fn timetable(catalog: &Catalog) -> Timetable<'_> {
    let of = |(id, offering)| {
        let mut faults = Vec::new();
        let schedule = schedule(&catalog.settings, offering, &mut faults);
        ((id, schedule), faults)
    };
    let made: Vec<((&OfferingId, OfferingSchedule<'_>), Vec<TimeFault>)> =
        catalog.offerings.par_iter().map(|(id, offering)| of((id, &**offering))).collect();
    let (offerings, faults): (BTreeMap<_, _>, Vec<_>) = made.into_iter().unzip();
    Timetable { offerings, faults: faults.concat() }
}

/// When one offering takes place.
pub fn schedule_of<'a>(settings: &'a Settings, offering: &'a Offering) -> OfferingSchedule<'a> {
    schedule(settings, offering, &mut Vec::new())
}

fn schedule<'a>(
    settings: &'a Settings,
    offering: &'a Offering,
    faults: &mut Vec<TimeFault>,
) -> OfferingSchedule<'a> {
    let mut maker = Maker { zone: &settings.timezone, closed: &settings.closed, faults };
    let mut groups = match &offering.sessions {
        Sessions::Single(sessions) => {
            let sessions = maker.sessions(sessions);
            vec![Group { cohort: None, sessions, bounds: None }]
        }
        Sessions::Cohorts(cohorts) => cohorts
            .iter()
            .map(|(id, cohort)| Group {
                cohort: Some((id, cohort)),
                sessions: maker.sessions(&cohort.sessions),
                bounds: None,
            })
            .collect(),
    };
    let year = offering.year.as_ref().map(|year| year.value);
    let year = year.or_else(|| year_of_first(&groups, settings.year_starts));
    let end_of_year = year.map(|year| year.last_day(settings.year_starts));
    for group in &mut groups {
        let known = group.sessions.iter().filter_map(ScheduledSession::bounds);
        let latest = undated_end(&group.sessions, end_of_year, &settings.timezone);
        let latest = latest.map(|end| Bounds { starts: end, ends: end });
        group.bounds = known.chain(latest).reduce(Bounds::join);
    }
    OfferingSchedule { offering, year, groups }
}

/// The year of the first session, by the earliest day that may be meant.
fn year_of_first(groups: &[Group<'_>], start: YearStart) -> Option<ProgramYear> {
    let sessions =
        groups.iter().flat_map(|group| &group.sessions).flat_map(ScheduledSession::leaves);
    let first = sessions.filter_map(ScheduledSession::first_known_day).min()?;
    Some(ProgramYear::of(first, start))
}

/// When the sessions without a day are over at the latest: at the end of their month or season,
/// else of the program year. None when all have a day, or the year is not known. One that is
/// postponed has none yet, and where no session is written there will be some.
fn undated_end(
    sessions: &[ScheduledSession<'_>],
    end_of_year: Option<Date>,
    zone: &TimeZone,
) -> Option<Timestamp> {
    let last_day = |session: &ScheduledSession<'_>| match &session.occurs {
        _ if session.is_postponed() => end_of_year,
        Occurs::Month(month) => Some(month.last_day()),
        Occurs::Season(season, year) => Some(season.days(*year).1),
        Occurs::Unset(_) => end_of_year,
        Occurs::Meetings(_) | Occurs::Alternatives(_) => None,
    };
    let last = if sessions.is_empty() {
        end_of_year
    } else {
        sessions.iter().flat_map(ScheduledSession::leaves).filter_map(last_day).max()
    };
    last.and_then(|day| day.tomorrow().ok()).map(|next| start_of_day(next, zone).timestamp())
}

struct Maker<'a, 'f> {
    zone: &'a TimeZone,
    closed: &'a [ClosedDays],
    faults: &'f mut Vec<TimeFault>,
}

impl<'a> Maker<'a, '_> {
    fn sessions(&mut self, written: &'a [Session]) -> Vec<ScheduledSession<'a>> {
        let mut sessions = Vec::with_capacity(written.len());
        for session in written {
            let number = sessions.len() + 1;
            match &session.when {
                When::Repeat(rule) => {
                    let (days, endless) = recurrence::days(rule, self.closed);
                    if days.is_empty() || endless {
                        let kind = if endless {
                            TimeFaultKind::RepeatEndless
                        } else {
                            TimeFaultKind::RepeatEmpty
                        };
                        self.faults.push(TimeFault { kind, span: rule.span });
                    }
                    for (index, (place, day)) in days.into_iter().enumerate() {
                        let hours = rule.time.as_ref();
                        let meeting = self.meeting(session, day, rule.from.span, hours, None);
                        sessions.push(ScheduledSession {
                            id: format!("{}-{}", session.id, day.strftime("%Y%m%d")),
                            written: session,
                            number: number + index,
                            repeat: Some(place),
                            occurs: Occurs::Meetings(vec![meeting]),
                            backup: None,
                        });
                    }
                }
                _ => sessions.push(self.session(session, session.id.to_string(), number)),
            }
        }
        sessions
    }

    fn session(&mut self, session: &'a Session, id: String, number: usize) -> ScheduledSession<'a> {
        let occurs = match &session.when {
            When::Days(days) => Occurs::Meetings(self.meetings(session, days)),
            When::Alternatives(alternatives) => Occurs::Alternatives(
                alternatives
                    .iter()
                    .zip(1..)
                    .map(|(one, number)| self.session(one, format!("{id}-{}", one.id), number))
                    .collect(),
            ),
            When::Month(month) => Occurs::Month(month.value),
            When::Season(season) => Occurs::Season(season.value.0, season.value.1),
            When::Unset(text) => Occurs::Unset(text),
            // A repeat is no single session; lowering admits none among alternatives.
            When::Repeat(_) => Occurs::Unset(""),
        };
        let backup = session.backup.as_ref().map(|backup| {
            let hours = backup.time.as_ref().or_else(|| first_hours(session));
            Box::new(self.meeting(session, backup.date.value, backup.date.span, hours, None))
        });
        ScheduledSession { id, written: session, number, repeat: None, occurs, backup }
    }

    fn meetings(&mut self, session: &'a Session, days: &'a [MeetingDay]) -> Vec<Meeting<'a>> {
        let mut meetings: Vec<Meeting<'a>> = days
            .iter()
            .zip(1..)
            .map(|(day, number)| {
                let (place, hours) = (day.place.as_ref(), day.time.as_ref());
                let meeting = self.meeting(session, day.date.value, day.date.span, hours, place);
                Meeting { number, ..meeting }
            })
            .collect();
        meetings.sort_by_key(|a| a.starts.timestamp());
        meetings
    }

    fn meeting(
        &mut self,
        session: &'a Session,
        date: Date,
        span: Span,
        hours: Option<&Spanned<TimeRange>>,
        own_place: Option<&'a Spanned<Venue>>,
    ) -> Meeting<'a> {
        let zone = session.timezone.as_ref().unwrap_or(self.zone);
        let (starts, ends) = match hours {
            None => {
                let next = date.tomorrow().unwrap_or(Date::MAX);
                (start_of_day(date, zone), start_of_day(next, zone))
            }
            Some(hours) => {
                let mut resolve = |time| {
                    let (instant, fault) = at(date, time, zone);
                    self.faults.extend(fault.map(|kind| TimeFault { kind, span: hours.span }));
                    instant
                };
                (resolve(hours.value.start), resolve(hours.value.end))
            }
        };
        let places = match own_place {
            Some(place) => vec![place],
            None => session.places.iter().collect(),
        };
        let hours = hours.map(|hours| hours.value);
        Meeting { number: 1, date, hours, starts, ends, own_place, places, span }
    }
}

fn first_hours(session: &Session) -> Option<&Spanned<TimeRange>> {
    match &session.when {
        When::Days(days) => days.iter().find_map(|day| day.time.as_ref()),
        _ => None,
    }
}

impl<'a> Timetable<'a> {
    /// Every offering, ordered by ID.
    pub fn offerings(&self) -> impl Iterator<Item = (&'a OfferingId, &OfferingSchedule<'a>)> {
        self.offerings.iter().map(|(id, schedule)| (*id, schedule))
    }

    /// One offering.
    pub fn get(&self, id: &OfferingId) -> Option<&OfferingSchedule<'a>> {
        self.offerings.get(id)
    }
}

impl<'a> OfferingSchedule<'a> {
    /// All sessions, group by group.
    pub fn sessions(&self) -> impl Iterator<Item = &ScheduledSession<'a>> {
        self.groups.iter().flat_map(|group| &group.sessions)
    }

    /// The first start and the last end of all; see [`Group::bounds`].
    pub fn bounds(&self) -> Option<Bounds> {
        self.groups.iter().filter_map(Group::bounds).reduce(Bounds::join)
    }

    /// The first and the last day of all that takes place.
    pub fn bounds_in_days(&self) -> Option<(Date, Date)> {
        self.groups.iter().filter_map(Group::bounds_in_days).reduce(join_days)
    }

    /// The order of time.
    pub fn sort_key(&self) -> SortKey {
        let leaves = self.sessions().flat_map(ScheduledSession::leaves);
        let unknown = SortKey { last_known: Date::MAX, precision: u8::MAX };
        leaves.map(ScheduledSession::sort_key).min().unwrap_or(unknown)
    }
}

impl Group<'_> {
    /// The first start and the last end. While a session has no day, the end is the latest that may
    /// be; while none has a day, there is no start, and the start is the end.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// The first and the last day.
    pub fn bounds_in_days(&self) -> Option<(Date, Date)> {
        let leaves = self.sessions.iter().flat_map(ScheduledSession::leaves);
        leaves.filter_map(ScheduledSession::days).reduce(join_days)
    }
}

fn join_days(one: (Date, Date), other: (Date, Date)) -> (Date, Date) {
    (one.0.min(other.0), one.1.max(other.1))
}

impl<'a> ScheduledSession<'a> {
    /// Its days, in the order of time; none when it has none yet, or only alternatives.
    pub fn meetings(&self) -> &[Meeting<'a>] {
        match &self.occurs {
            Occurs::Meetings(meetings) => meetings,
            _ => &[],
        }
    }

    /// The sessions of which one is to be attended.
    pub fn alternatives(&self) -> &[ScheduledSession<'a>] {
        match &self.occurs {
            Occurs::Alternatives(alternatives) => alternatives,
            _ => &[],
        }
    }

    /// The session itself, or its alternatives.
    pub fn leaves(&self) -> Box<dyn Iterator<Item = &ScheduledSession<'a>> + '_> {
        match &self.occurs {
            Occurs::Alternatives(alternatives) => {
                Box::new(alternatives.iter().flat_map(ScheduledSession::leaves))
            }
            _ => Box::new(std::iter::once(self)),
        }
    }

    /// Its identity in calendars, unique in its group, made of nothing but what staff do not change
    /// when they move it: its written ID (an alternative's own) and, for one that a repeat made, its
    /// place in the rule: `2`, `calls_repeat3`. IDs have no underscore, so that none is mistaken.
    pub fn identity(&self) -> String {
        match self.repeat {
            Some(place) => format!("{}_repeat{place}", self.written.id),
            None => self.written.id.to_string(),
        }
    }

    /// The snow date.
    pub fn backup(&self) -> Option<&Meeting<'a>> {
        self.backup.as_deref()
    }

    /// False for a session that is cancelled or postponed: nobody goes there.
    pub fn takes_place(&self) -> bool {
        let status = self.written.status.as_ref().map(|status| status.value);
        !matches!(status, Some(SessionStatus::Cancelled | SessionStatus::Postponed))
    }

    fn is_postponed(&self) -> bool {
        let status = self.written.status.as_ref().map(|status| status.value);
        status == Some(SessionStatus::Postponed)
    }

    /// The first start and the last end, over all alternatives.
    pub fn bounds(&self) -> Option<Bounds> {
        self.leaves()
            .flat_map(ScheduledSession::meetings)
            .map(|meeting| Bounds {
                starts: meeting.starts.timestamp(),
                ends: meeting.ends.timestamp(),
            })
            .reduce(Bounds::join)
    }

    /// The first and the last of its own days.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = self.meetings().iter().map(|meeting| (meeting.date, meeting.date));
        days.reduce(join_days)
    }

    /// The order of time.
    pub fn sort_key(&self) -> SortKey {
        let known = |last_known, precision| SortKey { last_known, precision };
        match &self.occurs {
            Occurs::Meetings(_) => known(self.days().map_or(Date::MAX, |(first, _)| first), 0),
            Occurs::Month(month) => known(month.last_day(), 1),
            Occurs::Season(season, year) => known(season.days(*year).1, 2),
            Occurs::Alternatives(alternatives) => alternatives
                .iter()
                .map(ScheduledSession::sort_key)
                .min()
                .unwrap_or(known(Date::MAX, 3)),
            Occurs::Unset(_) => known(Date::MAX, 3),
        }
    }

    /// The first day that may be meant.
    fn first_known_day(&self) -> Option<Date> {
        match &self.occurs {
            Occurs::Month(month) => Some(month.first_day()),
            Occurs::Season(season, year) => Some(season.days(*year).0),
            _ => self.days().map(|(first, _)| first),
        }
    }
}
