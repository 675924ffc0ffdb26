//! The agenda, the months and the days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::month_link;
use crate::model::{ProgramYear, YearMonth};
use crate::view::address::{CALENDAR_OF_ALL, CALENDAR_OF_ENROLLMENT, day_path};
use crate::view::{
    Agenda, AgendaDay, AgendaMonth, CalendarCell, DateView, EACH, Edition, FeedView, FinderView,
    LONG, LinkView, MonthName, NamedFeedView, PagerView, Part, StateView, UndatedEntry,
};

/// The agenda of what is to come.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleView {
    /// What the sessions can be narrowed by; absent when they do not all stand on this page.
    pub finder: Option<FinderView>,
    /// The state of enrollment of each offering on this page, by which its sessions are narrowed.
    pub states: Vec<OfferingState>,
    /// How many entries there are on this page.
    pub count: usize,
    /// How many there are in all; those that do not stand here stand on the pages of their months.
    pub total: usize,
    /// The calendar of everything.
    pub feed: FeedView,
    /// The calendar of the opening and the closing of enrollment.
    pub other_feeds: Vec<NamedFeedView>,
    /// Months from the present one on, each with its days.
    pub months: Vec<AgendaMonth>,
    /// What has no month yet: the season, or nothing.
    pub undated: Vec<UndatedEntry>,
    /// Links to the months of the current year, for a row of links.
    pub all_months: Vec<LinkView>,
}

/// The state of an offering that is named by its ID.
#[derive(Clone, Debug, Serialize)]
pub struct OfferingState {
    /// The ID of the offering.
    pub id: String,
    /// The state at the moment of building.
    pub state: StateView,
}

/// A month as a table and as a list.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// The month.
    pub month: MonthName,
    /// The month before that has something.
    pub previous: Option<LinkView>,
    /// The month after that has something.
    pub next: Option<LinkView>,
    /// Names of the days, Sunday first.
    pub weekdays: Vec<&'static str>,
    /// Weeks, each of seven days, Sunday first.
    pub weeks: Vec<Vec<CalendarCell>>,
    /// The same as a list, for a phone. Empty in a month with very many sessions, whose days have
    /// pages of their own; see [`CalendarCell::href`].
    pub days: Vec<AgendaDay>,
    /// What is in this month on a day not known yet.
    pub undated: Vec<UndatedEntry>,
}

/// A day of a month that has very many sessions.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// The day and those of its sessions that stand on this part.
    pub day: AgendaDay,
    /// The month.
    pub month: LinkView,
    /// The day before that has something.
    pub previous: Option<LinkView>,
    /// The day after that has something.
    pub next: Option<LinkView>,
    /// The other parts of a long list.
    pub pager: Option<PagerView>,
}

impl ScheduleView {
    /// The agenda from the present month on, without what has passed. `months` are all months of
    /// the schedule that have a page.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, months: &[YearMonth]) -> Self {
        let (shown, total) = agenda.months_to_come(edition, LONG, EACH);
        let undated = agenda.undated(edition, |s| s.year >= Some(edition.year));
        let in_months = |month: &AgendaMonth| {
            month.days.iter().map(|day| day.entries.len()).sum::<usize>() + month.undated.len()
        };
        let count = shown.iter().map(in_months).sum::<usize>() + undated.len();
        let total = total + undated.len();
        let whole = count == total;
        Self {
            count,
            total,
            finder: whole.then(|| FinderView::of_agenda(edition, &shown, &undated)),
            states: if whole { states(edition, &shown, &undated) } else { Vec::new() },
            feed: FeedView::new(&edition.addresses, CALENDAR_OF_ALL),
            other_feeds: vec![NamedFeedView {
                name: "When enrollment opens and closes".to_owned(),
                feed: FeedView::new(&edition.addresses, CALENDAR_OF_ENROLLMENT),
            }],
            months: shown,
            undated,
            all_months: months
                .iter()
                .filter(|month| {
                    ProgramYear::of(month.first_day(), edition.settings().year_starts)
                        == edition.year
                })
                .map(|&month| month_link(edition, month))
                .collect(),
        }
    }
}

/// The states of all offerings that stand in an agenda, in the order of their IDs.
fn states(
    edition: &Edition<'_>,
    months: &[AgendaMonth],
    undated: &[UndatedEntry],
) -> Vec<OfferingState> {
    let dated = months.iter().flat_map(|month| &month.days).flat_map(|day| &day.entries);
    let of_months = months.iter().flat_map(|month| &month.undated);
    let ids: BTreeSet<&str> = dated
        .map(|entry| entry.offering.id.as_str())
        .chain(of_months.chain(undated).map(|entry| entry.offering.id.as_str()))
        .collect();
    let shown = edition.offerings.iter().filter(|(id, _)| ids.contains(id.as_str()));
    shown
        .map(|(id, schedule)| OfferingState {
            id: id.to_string(),
            state: StateView::of_whole(edition, schedule),
        })
        .collect()
}

impl MonthView {
    /// A month, with links to its neighbours among `months`.
    pub fn new(
        edition: &Edition<'_>,
        agenda: &Agenda<'_>,
        month: AgendaMonth,
        months: &[YearMonth],
        at: usize,
    ) -> Self {
        let link = |at: Option<usize>| {
            at.and_then(|at| months.get(at)).map(|&month| month_link(edition, month))
        };
        let year_month = months.get(at).copied().unwrap_or(YearMonth::of(edition.today));
        Self {
            previous: link(at.checked_sub(1)),
            next: link(at.checked_add(1)),
            weekdays: vec![
                "Sunday",
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
            ],
            weeks: agenda.weeks(edition, year_month, &month.days),
            days: month.days,
            undated: month.undated,
            month: month.month,
        }
    }
}

impl DayView {
    /// A part of a day with very many sessions.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, date: Date, part: Part) -> Option<Self> {
        let path = day_path(date);
        let (day, count) = agenda.part_of_day(edition, date, part)?;
        let link = |date: Date| edition.link("", &DateView::new(date).text, &day_path(date));
        let (before, after) = agenda.around(date);
        let near = |date: &Date| agenda.is_crowded(YearMonth::of(*date));
        Some(Self {
            day,
            month: month_link(edition, YearMonth::of(date)),
            previous: before.filter(near).map(link),
            next: after.filter(near).map(link),
            pager: PagerView::new(edition, part, count, &path),
        })
    }
}
