//! What the data's objects are made of: moments, places, credit, enrollment, resources.

use jiff::civil::Time;
use serde::Serialize;

use crate::model::{Contact, ContactCard, Enrollment, EnrollmentStatus, Moment, Offering, Venue};
use crate::schedule::instant;
use crate::source::Spanned;
use crate::view::date::offset;
use crate::view::enrollment::{label, window_of};
use crate::view::{ContactView, CreditView, Edition, ResourceView, VenueView};

/// A point in time as staff wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentData {
    /// The instant that is meant, with its offset. A day that ends something ends at midnight:
    /// `2026-12-02T00:00:00-05:00` for a deadline on December 1.
    pub at: String,
    /// The day that was written.
    pub date: String,
    /// The time that was written: `17:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// In words: `September 18, 2026, 5:00 PM`.
    pub text: String,
}

impl MomentData {
    /// A moment of the catalog's zone.
    pub fn new(edition: &Edition<'_>, moment: Moment) -> Self {
        let at = instant(moment, edition.zone()).to_zoned_datetime(edition.zone().clone());
        Self {
            at: offset(&at),
            date: moment.date.to_string(),
            time: moment.time.map(clock_24),
            text: edition.moment(moment).text,
        }
    }

    fn of(edition: &Edition<'_>, moment: Option<&Spanned<Moment>>) -> Option<Self> {
        moment.map(|moment| Self::new(edition, moment.value))
    }
}

/// `08:30`
pub(super) fn clock_24(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A place of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VenueData {
    /// The ID of a place in `places.json`; absent for a place in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// Postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// An online room.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub online: bool,
}

impl VenueData {
    /// Some places; none of a private offering.
    pub(in crate::view) fn all<'s>(
        edition: &Edition<'_>,
        places: impl IntoIterator<Item = &'s Spanned<Venue>>,
        private: bool,
    ) -> Vec<Self> {
        VenueView::all(edition, places, private).into_iter().map(Self::from).collect()
    }

    /// Name and room, as one line.
    pub(in crate::view) fn in_words(&self) -> String {
        match &self.room {
            Some(room) => format!("{}, {room}", self.name),
            None => self.name.clone(),
        }
    }
}

impl From<VenueView> for VenueData {
    fn from(venue: VenueView) -> Self {
        let VenueView { id, name, href: _, address, room, online } = venue;
        Self { id: Some(id).filter(|id| !id.is_empty()), name, room, address, online }
    }
}

/// How one joins from afar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OnlineData {
    /// The address; absent when the link is sent after enrolling, or is private.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Something to read, watch or bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResourceData {
    /// Its name.
    pub title: String,
    /// Where it is; absent for a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl ResourceData {
    pub(super) fn all(edition: &Edition<'_>, resources: &[crate::model::Resource]) -> Vec<Self> {
        let views = ResourceView::all(edition, resources).into_iter();
        views
            .map(|ResourceView { title, href }| Self {
                title,
                url: href.map(|href| edition.addresses.absolute_href(&href)),
            })
            .collect()
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImageData {
    /// Its address.
    pub url: String,
    /// What it shows; empty for decoration.
    pub alt: String,
}

impl ImageData {
    pub(super) fn new(edition: &Edition<'_>, image: &crate::model::Image, folder: &str) -> Self {
        let view = edition.image(image, folder);
        Self { url: edition.addresses.absolute_href(&view.src), alt: view.alt }
    }
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactData {
    /// The ID of someone in `people.json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Name of the person or office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Electronic mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl ContactData {
    /// The contact of an offering; the catalog's when it has none.
    pub(super) fn of_offering(edition: &Edition<'_>, offering: &Offering) -> Option<Self> {
        let own = offering.contact.as_ref();
        let person = own.and_then(|contact| match contact {
            Contact::Person(id) => Some(id.value.to_string()),
            Contact::Card(_) => None,
        });
        let view = own.and_then(|contact| ContactView::new(edition, contact));
        match view {
            Some(view) => Some(Self { person, ..Self::from_view(edition, view) }),
            None => Self::of_catalog(edition),
        }
    }

    /// The catalog's own contact.
    pub(super) fn of_catalog(edition: &Edition<'_>) -> Option<Self> {
        let card: Option<&ContactCard> = edition.settings().contact.as_ref();
        card.and_then(|_| ContactView::of_catalog(edition))
            .map(|view| Self::from_view(edition, view))
    }

    fn from_view(edition: &Edition<'_>, view: ContactView) -> Self {
        let ContactView { name, href, email, phone, tel: _ } = view;
        let url = href.map(|href| edition.addresses.absolute_href(&href));
        Self { person: None, name, email, phone, url }
    }
}

/// Credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditData {
    /// The ID of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `Act 48`
    pub name: String,
    /// How much, in hundredths of the unit, so that sums are exact.
    pub hundredths: u32,
    /// `hours`
    pub unit: String,
    /// Not yet approved.
    pub pending: bool,
    /// All of it: `6.5 hours of Act 45 (pending)`.
    pub text: String,
}

impl CreditData {
    pub(super) fn all(edition: &Edition<'_>, awards: &[crate::model::CreditAward]) -> Vec<Self> {
        awards.iter().map(|award| Self::new(edition, award)).collect()
    }

    pub(super) fn new(edition: &Edition<'_>, award: &crate::model::CreditAward) -> Self {
        let CreditView { id, name, amount: _, hundredths, unit, pending, text } =
            CreditView::new(edition, award);
        Self { kind: id, name, hundredths, unit, pending, text }
    }
}

/// How one gets a seat, as staff wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnrollData {
    /// Where to enroll or apply.
    pub url: String,
    /// The words of the button.
    pub label: String,
    /// A sentence that stays true: `Enrollment: November 1 to December 1, 2026`.
    pub window: String,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<MomentData>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes: Option<MomentData>,
    /// The earlier deadline, when it was extended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<MomentData>,
    /// Several deadlines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RoundData>,
    /// No deadline.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rolling: bool,
    /// Seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Set by staff: `full`, `waitlist`, `closed`. It wins over the dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// The address of the waitlist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waitlist: Option<String>,
    /// Anything else worth knowing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One of several deadlines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundData {
    /// `First round`
    pub label: String,
    /// Its deadline.
    pub closes: MomentData,
}

impl EnrollData {
    pub(super) fn new(edition: &Edition<'_>, offering: &Offering, enroll: &Enrollment) -> Self {
        let absolute = |url: &Spanned<_>| edition.addresses.absolute_url(&url.value);
        let rounds = enroll.rounds.iter().map(|round| RoundData {
            label: round.label.clone(),
            closes: MomentData::new(edition, round.closes.value),
        });
        Self {
            url: absolute(&enroll.url),
            label: label(offering, enroll),
            window: window_of(edition, enroll),
            opens: MomentData::of(edition, enroll.opens.as_ref()),
            closes: MomentData::of(edition, enroll.closes.as_ref()),
            was: MomentData::of(edition, enroll.was.as_ref()),
            rounds: rounds.collect(),
            rolling: enroll.rolling,
            capacity: enroll.capacity.as_ref().map(|capacity| capacity.value),
            status: enroll.status.as_ref().map(|status| match status.value {
                EnrollmentStatus::Full => "full",
                EnrollmentStatus::Waitlist => "waitlist",
                EnrollmentStatus::Closed => "closed",
            }),
            waitlist: enroll.waitlist.as_ref().map(absolute),
            note: enroll.note.clone(),
        }
    }
}
