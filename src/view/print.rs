//! The catalog for paper: as one document, and a role's year on one sheet.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

use super::offering::is_required;
use super::pages::groups_by_kind;
use super::requirement::{RequirementCard, requirements};
use super::{
    Agenda, AgendaDay, Asked, CardView, Edition, LONG, LinkView, OfferingView, PagerView, Part,
    Shared, UndatedEntry,
};
use crate::model::RoleId;
use crate::schedule::OfferingSchedule;

/// The whole catalog of a year as one document.
#[derive(Clone, Debug, Serialize)]
pub struct PrintView {
    /// The program year.
    pub year: String,
    /// Every requirement.
    pub requirements: Vec<RequirementCard>,
    /// Every kind with its offerings.
    pub kinds: Vec<PrintedKind>,
    /// True when there are too many offerings to print all that is known of each.
    pub brief: bool,
    /// The other parts of a document of very many offerings.
    pub pager: Option<PagerView>,
    /// The sheets of the roles.
    pub sheets: Vec<LinkView>,
}

/// A kind and its offerings.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedKind {
    /// `Series`
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// Its offerings.
    pub offerings: Vec<PrintedOffering>,
}

/// An offering on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedOffering {
    /// What a list shows.
    pub card: Shared<CardView>,
    /// What its page shows; absent when the document is brief.
    pub whole: Option<Box<OfferingView>>,
    /// Where one enrolls, as people write it down and as phones read it.
    pub enroll: Option<PrintedLink>,
}

/// An address on paper.
#[derive(Clone, Debug, Serialize)]
pub struct PrintedLink {
    /// The words of the button.
    pub label: String,
    /// The address.
    pub href: String,
    /// The same for a camera; absent when it is too long for that.
    pub code: Option<CodeView>,
}

/// A QR code (ISO/IEC 18004) as a path of an SVG image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeView {
    /// Width and height in modules, with the quiet zone of four around it.
    pub size: i32,
    /// The dark modules.
    pub path: String,
}

/// A role's year on one sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetView {
    /// The program year.
    pub year: String,
    /// The role.
    pub role: LinkView,
    /// What people of this role must complete.
    pub requirements: Vec<RequirementCard>,
    /// The days that everyone of the role attends.
    pub required: Vec<AgendaDay>,
    /// Those of them whose day is not set yet.
    pub undated: Vec<UndatedEntry>,
    /// What they may choose; empty when it does not fit on a sheet.
    pub choices: Vec<PrintedOffering>,
    /// How many offerings they may choose from, when those do not fit on a sheet; otherwise 0.
    pub more: usize,
    /// The page on which they plan.
    pub plan: PrintedLink,
}

/// Above this many offerings the document names each in a few lines.
const WHOLE: usize = 250;

impl PrintView {
    /// A part of the document of the current year, whose offerings are given by kind. `sheets` are
    /// the addresses of the roles' sheets.
    pub fn new(
        edition: &Edition<'_>,
        (current, part, path): (&[&OfferingSchedule<'_>], Part, &str),
        sheets: Vec<LinkView>,
        asked: &Asked,
    ) -> Self {
        let brief = current.len() > WHOLE;
        let shown = current.get(part.range(current.len())).unwrap_or_default();
        let mut schedules = shown.iter();
        // The groups are of these offerings, in this order.
        let kinds = groups_by_kind(edition, shown).into_iter().map(|group| PrintedKind {
            title: group.title,
            description: group.description,
            offerings: group
                .cards
                .into_iter()
                .zip(schedules.by_ref())
                .map(|(card, schedule)| {
                    let whole = (!brief).then(|| OfferingView::new(edition, schedule, "/", asked));
                    PrintedOffering {
                        // Nobody prints thousands of offerings to point a camera at them.
                        enroll: link(edition, schedule, !part.is_divided()),
                        card,
                        whole: whole.map(Box::new),
                    }
                })
                .collect(),
        });
        let kinds = kinds.collect();
        let first = part.number == 1;
        Self {
            year: edition.year.to_string(),
            requirements: if first { requirements(edition, |_| true) } else { Vec::new() },
            kinds,
            brief,
            pager: PagerView::new(edition, part, current.len(), path),
            sheets,
        }
    }
}

impl SheetView {
    /// The sheet of a role.
    pub fn new(edition: &Edition<'_>, agenda: &Agenda<'_>, role: &RoleId, plan: &str) -> Self {
        let of_role = |schedule: &OfferingSchedule<'_>| {
            schedule.year == Some(edition.year) && schedule.offering.roles.includes(role)
        };
        let required = |schedule: &OfferingSchedule<'_>| is_required(edition, schedule.offering);
        let choices = edition.in_order(|schedule| {
            of_role(schedule) && !required(schedule) && schedule.offering.cancelled.is_none()
        });
        let more = if choices.len() > LONG { choices.len() } else { 0 };
        let shown = if more > 0 { &[] } else { choices.as_slice() };
        let choices = shown.iter().map(|schedule| PrintedOffering {
            card: edition.card(schedule),
            whole: None,
            enroll: link(edition, schedule, true),
        });
        let days = agenda.days_of(edition, |item| {
            of_role(item.offering()) && required(item.offering()) && item.takes_place()
        });
        Self {
            year: edition.year.to_string(),
            role: edition.role_link(role),
            requirements: requirements(edition, |requirement| requirement.roles.includes(role)),
            required: days,
            undated: agenda.without_day(edition, |one| of_role(one) && required(one)),
            choices: choices.collect(),
            more,
            plan: PrintedLink::new("My plan".to_owned(), edition.addresses.absolute(plan)),
        }
    }
}

impl PrintedLink {
    fn new(label: String, href: String) -> Self {
        Self { code: CodeView::of(&href), label, href }
    }
}

/// Where one enrolls in an offering, unless that is over.
fn link(
    edition: &Edition<'_>,
    schedule: &OfferingSchedule<'_>,
    coded: bool,
) -> Option<PrintedLink> {
    let (enroll, bounds) = schedule.best_enrollment(edition.zone(), edition.now);
    let offering = schedule.offering;
    let view = super::EnrollView::new(edition, offering, enroll?, bounds);
    let absolute = match view.href.strip_prefix('/') {
        Some(_) => format!("{}{}", edition.addresses.origin(), view.href),
        None => view.href,
    };
    matches!(view.state.id, "open" | "closing-soon" | "opens-on" | "waitlist").then(|| {
        let code = coded.then(|| CodeView::of(&absolute)).flatten();
        PrintedLink { code, label: view.label, href: absolute }
    })
}

impl CodeView {
    /// The code of a text; none when it does not fit into one.
    fn of(text: &str) -> Option<Self> {
        const QUIET: i32 = 4;
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let run = (x..code.size()).take_while(|&x| code.get_module(x, y)).count();
                if run > 0 {
                    let (left, top) = (x + QUIET, y + QUIET);
                    path += &format!("M{left} {top}h{run}v1h-{run}z");
                }
                x += i32::try_from(run).unwrap_or(0) + 1;
            }
        }
        Some(Self { size: code.size() + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::CodeView;

    #[test]
    fn a_code_has_its_three_corners_and_a_quiet_zone() {
        let code = CodeView::of("https://example.org/enroll").unwrap();
        assert_eq!(code.size, 25 + 8);
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        assert!(code.path.contains("M22 4h7v1h-7z"), "{}", code.path);
        assert!(code.path.contains("M4 28h7v1h-7z"), "{}", code.path);
        assert_eq!(CodeView::of(&"x".repeat(5000)), None);
    }
}
