//! Sessions in the order of time: agendas and calendar months.

mod entry;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::slice::ParallelSliceMut;
use serde::Serialize;

pub(super) use entry::Standing;
pub use entry::{AgendaEntry, Facets, Item, UndatedEntry};

use super::address::{day_path, month_path};
use super::date::hours;
use super::session::when;
use super::{ChangeView, DateView, Edition, LONG, MonthName, Part};
use crate::model::{PersonId, PlaceId, Venue, YearMonth};
use crate::schedule::{Occurs, OfferingSchedule};

/// A day and all that is on it.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaDay {
    /// The day.
    pub date: DateView,
    /// Why nothing is scheduled, if it is a closed day.
    pub closed: Option<String>,
    /// Over at the moment of building.
    pub past: bool,
    /// What is on it.
    pub entries: Vec<AgendaEntry>,
}

/// A month and its days.
#[derive(Clone, Debug, Serialize)]
pub struct AgendaMonth {
    /// The month.
    pub month: MonthName,
    /// Its own page.
    pub href: String,
    /// Its days that have something.
    pub days: Vec<AgendaDay>,
    /// What is in this month on a day not known yet.
    pub undated: Vec<UndatedEntry>,
}

/// A day in the table of a month.
#[derive(Clone, Debug, Serialize)]
pub struct CalendarCell {
    /// The day.
    pub date: DateView,
    /// False for the days before the first and after the last.
    pub in_month: bool,
    /// The day of building.
    pub today: bool,
    /// Over at the moment of building.
    pub past: bool,
    /// Why nothing is scheduled, if it is a closed day.
    pub closed: Option<String>,
    /// How much is on it.
    pub count: usize,
    /// The page of the day, in a month with very many sessions; its entries stand there.
    pub href: Option<String>,
    /// What is on it.
    pub entries: Vec<AgendaEntry>,
}

/// Every day of every session that is shown, in the order of time, with the ways to find some of
/// them without looking at all.
pub struct Agenda<'a> {
    items: Vec<Item<'a>>,
    undated: Vec<Standing<'a>>,
    found: OnceLock<Found>,
}

/// The positions of items among all, by who and where.
#[derive(Default)]
struct Found {
    by_person: HashMap<PersonId, Vec<usize>>,
    by_place: HashMap<PlaceId, Vec<usize>>,
}

impl<'a> Agenda<'a> {
    /// Gathers all days.
    pub fn new(edition: &Edition<'a>) -> Self {
        let mut items = Vec::new();
        let mut undated = Vec::new();
        for (rank, &offering) in edition.offerings.values().enumerate() {
            for group in &offering.groups {
                let several = group.sessions.len() > 1;
                for session in &group.sessions {
                    let cohort = group.cohort;
                    let of = None;
                    let standing = Standing { offering, rank, cohort, several, session, of };
                    gather(&mut items, &mut undated, standing);
                }
            }
        }
        items.par_sort_by(|a: &Item<'_>, b| a.order().cmp(&b.order()));
        Self { items, undated, found: OnceLock::new() }
    }

    /// Where those of each person and place are, looked for when the first is asked for.
    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let mut found = Found::default();
            for (index, item) in self.items.iter().enumerate() {
                let people = item.standing.offering.offering.facilitators.iter();
                let mut people: Vec<_> = people
                    .chain(&item.standing.session.written.facilitators)
                    .map(|p| &p.value)
                    .collect();
                people.sort_unstable();
                people.dedup();
                for person in people {
                    found.by_person.entry(person.clone()).or_default().push(index);
                }
                // Where a private offering meets is nobody else's business.
                if !item.standing.offering.offering.private {
                    for place in &item.meeting.places {
                        if let Venue::Place(id) = &place.value {
                            found.by_place.entry(id.clone()).or_default().push(index);
                        }
                    }
                }
            }
            found
        })
    }

    /// The entries from now on that a rule picks, a range of them, by day. Cancelled sessions are among them, so
    /// that nobody goes there.
    pub fn next(
        &self,
        edition: &Edition<'a>,
        range: Range<usize>,
        pick: impl Fn(&Item<'a>) -> bool,
    ) -> Vec<AgendaDay> {
        let picked = self.upcoming(edition).filter(|item| pick(item));
        Self::days(edition, picked.skip(range.start).take(range.len()))
    }

    /// The days that a rule picks, past ones included.
    pub fn days_of(
        &self,
        edition: &Edition<'a>,
        pick: impl Fn(&Item<'a>) -> bool,
    ) -> Vec<AgendaDay> {
        Self::days(edition, self.items.iter().filter(|item| pick(item)))
    }

    /// Sessions to come that moved, or that were cancelled or postponed, the next first.
    pub fn changes<'s>(
        &'s self,
        edition: &'s Edition<'a>,
    ) -> impl Iterator<Item = ChangeView> + use<'s, 'a> {
        let of_days = self.upcoming(edition).filter(|item| !item.backup && item.day.0 == 1);
        let of_days = of_days.filter_map(|item| {
            ChangeView::of_session(edition, &item.standing, || {
                let day = DateView::new(item.meeting.date).long;
                let hours = item.meeting.hours.map(|range| format!(", {}", hours(range)));
                day + &hours.unwrap_or_default()
            })
        });
        let without = self.undated.iter().filter(|one| one.offering.year >= Some(edition.year));
        let without =
            without.filter_map(|one| ChangeView::of_session(edition, one, || when(one.session)));
        of_days.chain(without)
    }

    /// Every session, each alternative as one of its own.
    pub(super) fn standings(&self) -> impl Iterator<Item = &Standing<'a>> {
        let first_days = self.items.iter().filter(|item| !item.backup && item.day.0 == 1);
        first_days.map(|item| &item.standing).chain(&self.undated)
    }

    /// The next days of a person.
    pub fn next_of_person(
        &self,
        edition: &Edition<'a>,
        id: &PersonId,
        count: usize,
    ) -> Vec<AgendaDay> {
        Self::days(edition, self.indexed(edition, self.found().by_person.get(id)).take(count))
    }

    /// The next days at a place.
    pub fn next_at_place(
        &self,
        edition: &Edition<'a>,
        id: &PlaceId,
        count: usize,
    ) -> Vec<AgendaDay> {
        Self::days(edition, self.indexed(edition, self.found().by_place.get(id)).take(count))
    }

    fn indexed<'s>(
        &'s self,
        edition: &'s Edition<'a>,
        indices: Option<&'s Vec<usize>>,
    ) -> impl Iterator<Item = &'s Item<'a>> {
        indices
            .into_iter()
            .flatten()
            .filter_map(|&index| self.items.get(index))
            .filter(|item| item.meeting.ends.timestamp() > *edition.now)
    }

    fn upcoming<'s>(&'s self, edition: &'s Edition<'a>) -> impl Iterator<Item = &'s Item<'a>> {
        // Items are ordered by their day; a day of two weeks ago has ended everywhere.
        let first = self.items.partition_point(|item| item.meeting.date < edition.today);
        self.items
            .get(first..)
            .unwrap_or_default()
            .iter()
            .filter(|item| item.meeting.ends.timestamp() > *edition.now)
    }

    /// Months with their days, of the items and undated sessions that a rule picks.
    pub fn months(
        &self,
        edition: &Edition<'a>,
        pick: impl Fn(&OfferingSchedule<'a>) -> bool,
    ) -> Vec<AgendaMonth> {
        let items = self.items.iter().filter(|item| pick(item.standing.offering));
        let undated = self.undated.iter().filter(|one| pick(one.offering));
        Self::by_month(edition, items, undated)
    }

    /// The months from the present day on, and how many entries there are to come. Of more than
    /// `long`, the next `few` are shown.
    pub fn months_to_come(
        &self,
        edition: &Edition<'a>,
        long: usize,
        few: usize,
    ) -> (Vec<AgendaMonth>, usize) {
        let this_month = YearMonth::of(edition.today);
        let first = self.items.partition_point(|item| item.meeting.date < edition.today);
        let items = self.items.get(first..).unwrap_or_default();
        let undated = self.undated.iter().filter(|one| in_month(one) >= Some(this_month));
        let total = items.len() + undated.clone().count();
        if total <= long {
            return (Self::by_month(edition, items.iter(), undated), total);
        }
        let items = items.get(..few).unwrap_or(items);
        let last = items.last().map(|item| YearMonth::of(item.meeting.date));
        let undated = undated.filter(|one| in_month(one) <= last).take(few);
        (Self::by_month(edition, items.iter(), undated), total)
    }

    fn by_month<'s>(
        edition: &Edition<'a>,
        items: impl Iterator<Item = &'s Item<'a>>,
        undated: impl Iterator<Item = &'s Standing<'a>>,
    ) -> Vec<AgendaMonth>
    where
        'a: 's,
    {
        let mut months: BTreeMap<YearMonth, (Vec<&Item<'a>>, Vec<UndatedEntry>)> = BTreeMap::new();
        for item in items {
            months.entry(YearMonth::of(item.meeting.date)).or_default().0.push(item);
        }
        for one in undated {
            if let Some(month) = in_month(one) {
                months.entry(month).or_default().1.push(one.undated(edition));
            }
        }
        months
            .into_iter()
            .map(|(month, (items, undated))| AgendaMonth {
                month: MonthName::new(month),
                href: edition.addresses.href(&month_path(month)),
                days: Self::days(edition, items.into_iter()),
                undated,
            })
            .collect()
    }

    /// How many days of sessions a rule picks.
    pub fn count(&self, pick: impl Fn(&OfferingSchedule<'a>) -> bool) -> usize {
        self.items.iter().filter(|item| pick(item.standing.offering)).count()
    }

    fn of_month(&self, month: YearMonth) -> &[Item<'a>] {
        let first = self.items.partition_point(|item| item.meeting.date < month.first_day());
        let after = self.items.partition_point(|item| item.meeting.date <= month.last_day());
        self.items.get(first..after).unwrap_or_default()
    }

    fn of_day(&self, date: Date) -> &[Item<'a>] {
        let first = self.items.partition_point(|item| item.meeting.date < date);
        let after = self.items.partition_point(|item| item.meeting.date <= date);
        self.items.get(first..after).unwrap_or_default()
    }

    /// True for a month with so many sessions that its days have pages of their own.
    pub fn is_crowded(&self, month: YearMonth) -> bool {
        self.of_month(month).len() > LONG
    }

    /// The days of crowded months that have something, and how much.
    pub fn crowded_days(&self) -> Vec<(Date, usize)> {
        let crowded = self.month_names().into_iter().filter(|month| self.is_crowded(*month));
        let days = crowded.flat_map(|month| {
            let items = self.of_month(month);
            items.chunk_by(|a, b| a.meeting.date == b.meeting.date)
        });
        days.filter_map(|day| Some((day.first()?.meeting.date, day.len()))).collect()
    }

    /// A part of a day, and how many entries the whole day has; none when it has none.
    pub fn part_of_day(
        &self,
        edition: &Edition<'a>,
        date: Date,
        part: Part,
    ) -> Option<(AgendaDay, usize)> {
        let all = self.of_day(date);
        let items = all.get(part.range(all.len())).unwrap_or_default();
        Some((Self::days(edition, items.iter()).into_iter().next()?, all.len()))
    }

    /// The days before and after one that have something.
    pub fn around(&self, date: Date) -> (Option<Date>, Option<Date>) {
        let first = self.items.partition_point(|item| item.meeting.date < date);
        let after = self.items.partition_point(|item| item.meeting.date <= date);
        let at = |index: Option<usize>| Some(self.items.get(index?)?.meeting.date);
        (at(first.checked_sub(1)), at(Some(after)))
    }

    /// One month. Of a crowded one, what has no day yet; its days have pages of their own.
    pub fn month(&self, edition: &Edition<'a>, month: YearMonth) -> AgendaMonth {
        let items = if self.is_crowded(month) { &[] } else { self.of_month(month) };
        let undated = self.undated.iter().filter(|one| in_month(one) == Some(month));
        AgendaMonth {
            month: MonthName::new(month),
            href: edition.addresses.href(&month_path(month)),
            days: Self::days(edition, items.iter()),
            undated: undated.map(|one| one.undated(edition)).collect(),
        }
    }

    /// The months that have something, in order.
    pub fn month_names(&self) -> Vec<YearMonth> {
        self.month_names_of(|_| true)
    }

    /// The months in which something is that a rule picks, in order.
    pub fn month_names_of(&self, pick: impl Fn(&OfferingSchedule<'a>) -> bool) -> Vec<YearMonth> {
        let items = self.items.iter().filter(|item| pick(item.standing.offering));
        let days = items.map(|item| YearMonth::of(item.meeting.date));
        let undated = self.undated.iter().filter(|one| pick(one.offering)).filter_map(in_month);
        days.chain(undated).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Sessions of some offerings that are not known to the month.
    pub fn undated(
        &self,
        edition: &Edition<'a>,
        pick: impl Fn(&OfferingSchedule<'a>) -> bool,
    ) -> Vec<UndatedEntry> {
        let in_no_month = |one: &&Standing<'_>| !matches!(one.session.occurs, Occurs::Month(_));
        let picked = self.undated.iter().filter(in_no_month).filter(|one| pick(one.offering));
        picked.map(|one| one.undated(edition)).collect()
    }

    /// Sessions of some offerings that have no day, known to the month or not.
    pub fn without_day(
        &self,
        edition: &Edition<'a>,
        pick: impl Fn(&OfferingSchedule<'a>) -> bool,
    ) -> Vec<UndatedEntry> {
        let picked = self.undated.iter().filter(|one| pick(one.offering));
        picked.map(|one| one.undated(edition)).collect()
    }

    /// Weeks of a month, Sunday first, with the days before and after that fill them.
    pub fn weeks(
        &self,
        edition: &Edition<'a>,
        month: YearMonth,
        days: &[AgendaDay],
    ) -> Vec<Vec<CalendarCell>> {
        let crowded = self.is_crowded(month);
        let by_date: BTreeMap<&str, &AgendaDay> =
            days.iter().map(|day| (day.date.iso.as_str(), day)).collect();
        let lead = i64::from(month.first_day().weekday().to_sunday_zero_offset());
        let Ok(mut date) = month.first_day().checked_sub(jiff::Span::new().days(lead)) else {
            return Vec::new();
        };
        let mut weeks = Vec::new();
        while date <= month.last_day() {
            let mut week = Vec::with_capacity(7);
            for _ in 0..7 {
                let mut cell = cell(edition, month, date, &by_date);
                if crowded && cell.in_month {
                    cell.count = self.of_day(date).len();
                    cell.href = (cell.count > 0).then(|| edition.addresses.href(&day_path(date)));
                }
                week.push(cell);
                date = date.tomorrow().unwrap_or(Date::MAX);
            }
            weeks.push(week);
        }
        weeks
    }

    fn days<'s>(edition: &Edition<'a>, items: impl Iterator<Item = &'s Item<'a>>) -> Vec<AgendaDay>
    where
        'a: 's,
    {
        let mut days: Vec<AgendaDay> = Vec::new();
        let mut current = None;
        for item in items {
            let date = item.meeting.date;
            if current != Some(date) {
                current = Some(date);
                days.push(AgendaDay {
                    date: DateView::new(date),
                    closed: closed_day(edition, date),
                    past: date < edition.today,
                    entries: Vec::new(),
                });
            }
            if let Some(day) = days.last_mut() {
                day.entries.push(item.entry(edition));
            }
        }
        days
    }
}

/// The month of a session whose day is not set, when it is known.
fn in_month(standing: &Standing<'_>) -> Option<YearMonth> {
    match standing.session.occurs {
        Occurs::Month(month) => Some(month),
        _ => None,
    }
}

fn gather<'a>(items: &mut Vec<Item<'a>>, undated: &mut Vec<Standing<'a>>, standing: Standing<'a>) {
    match &standing.session.occurs {
        Occurs::Meetings(meetings) => {
            let total = meetings.len();
            items.extend(meetings.iter().enumerate().map(|(index, meeting)| Item {
                standing,
                day: (index + 1, total),
                meeting,
                backup: false,
            }));
            let backup = standing.session.backup();
            items.extend(backup.map(|meeting| Item {
                standing,
                day: (1, 1),
                meeting,
                backup: true,
            }));
        }
        Occurs::Alternatives(sessions) => {
            for session in sessions {
                let of = Some(standing.session);
                gather(items, undated, Standing { session, of, ..standing });
            }
        }
        Occurs::Month(_) | Occurs::Season(..) | Occurs::Unset(_) => undated.push(standing),
    }
}

fn cell(
    edition: &Edition<'_>,
    month: YearMonth,
    date: Date,
    days: &BTreeMap<&str, &AgendaDay>,
) -> CalendarCell {
    let view = DateView::new(date);
    let in_month = YearMonth::of(date) == month;
    let entries = days
        .get(view.iso.as_str())
        .filter(|_| in_month)
        .map(|day| day.entries.clone())
        .unwrap_or_default();
    CalendarCell {
        in_month,
        today: date == edition.today,
        past: date < edition.today,
        closed: closed_day(edition, date),
        count: entries.len(),
        href: None,
        entries,
        date: view,
    }
}

/// Why nothing may be scheduled on a day.
fn closed_day(edition: &Edition<'_>, date: Date) -> Option<String> {
    edition
        .settings()
        .closed
        .iter()
        .find(|closed| (closed.from..=closed.to).contains(&date))
        .map(|closed| closed.name.clone().unwrap_or_else(|| "Closed".to_owned()))
}
