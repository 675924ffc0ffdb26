//! What templates see: plain, serializable values. A documented contract with themes.
//!
//! A template gets data and nothing else: words that are ready to show, addresses that already
//! stand under the site's base path, and machine-readable forms (`iso`) beside them. It never
//! computes a date or looks anything up. Fields may be added in a minor version; none is renamed
//! or removed without a new [`VERSION`].
//!
//! Every template sees three names: `site` ([`SiteView`]), `page` ([`PageView`]) and `view` (the
//! value that belongs to the page's type, below). Pages with Markdown also see `prose`, a map from
//! a name to ready HTML.
//!
//! What costs something to gather is gathered where a template asks for it: a field whose name
//! stands in no template of a page, nor in what these extend, include or use, may be empty or not
//! there. A template that makes up names (`view[name]`) may ask for any field, and gets all.
//!
//! Headings in Markdown have anchors of letters, digits and hyphens. So that no page has an anchor
//! twice, every `id` that a template writes has a dot or an underscore in it: `session.2`,
//! `page_main`.
//!
//! | template | `view` | `prose` |
//! | --- | --- | --- |
//! | `home.html` | [`HomeView`] | |
//! | `offerings.html` | [`OfferingsView`] | |
//! | `offering.html` | [`OfferingView`] | `body`, `eligibility`, `access-ID` for each place's access notes |
//! | `facet.html` (kinds, roles, networks, topics) | [`FacetView`] | |
//! | `facets.html` (the index of one facet) | [`FacetsView`] | |
//! | `person.html` | [`PersonView`] | `body` |
//! | `place.html` | [`PlaceView`] | `body`, `accessibility` |
//! | `requirement.html` | [`RequirementView`] | `body` |
//! | `schedule.html` | [`ScheduleView`] | |
//! | `month.html` | [`MonthView`] | |
//! | `day.html` (of a month with very many sessions) | [`DayView`] | |
//! | `year.html` | [`YearView`] | |
//! | `plan.html` | [`PlanView`] | |
//! | `print.html` | [`PrintView`] | |
//! | `sheet.html` | [`SheetView`] | |
//! | `search.html` | [`SearchView`] | |
//! | `page.html` | [`PlainView`] | `body` |
//! | `not_found.html` | [`PlainView`] | |
//! | `offline.html` (what a reader without a network gets for a page that is not kept) | [`PlainView`] | |
//! | `redirect.html` | [`RedirectView`] | |

pub mod address;
mod agenda;
mod asked;
mod change;
mod data;
mod calendar;
mod date;
mod edition;
mod enrollment;
mod finder;
mod linked;
mod links;
mod news;
mod offering;
mod pages;
mod palette;
mod part;
mod picture;
mod plan;
mod print;
mod requirement;
mod search;
mod session;
mod shared;
mod site;
mod steps;

pub use address::Addresses;
pub use agenda::{
    Agenda, AgendaDay, AgendaEntry, AgendaMonth, CalendarCell, Facets, Item, UndatedEntry,
};
pub use asked::Asked;
pub use calendar::{
    AccessNotes, AddToCalendarView, CalendarEvent, CalendarFile, DayLinksView, EventSpan,
    EventStatus, FeedView, FeedWords, Listed, NamedFeedView, Paragraph, ZoneYears,
    enrollment_events, events, has_event_file, is_listed, zone_name,
};
pub use change::ChangeView;
pub use data::{
    AttendanceData, CatalogData, ClosedData, CohortData, ContactData, CountsData, CreditData,
    DATA_VERSION, DataFile, EnrollData, FilesData, ImageData, MeetingData, MomentData, NoticeData,
    OfferingData, OfferingFile, OfferingsFile, OnlineData, PeopleFile, PersonData, PlaceData,
    PlacesFile, RequirementData, RequirementsFile, ResourceData, RoundData, RuleData, SCHEMAS,
    SessionData, SessionsFile, TeamData, TermData, VenueData, schema_path, schema_text,
    session_table,
};
pub use date::{DateView, MomentView, MonthName};
pub use edition::{Edition, beside};
pub use enrollment::{EnrollView, RoundView, StateView, WayView};
pub use finder::{FilterView, FinderView, OptionView};
pub use linked::{About, linked_data};
pub use news::{NewsEntry, NewsFile, NewsLinksView};
pub use offering::{
    CardGroup, CardView, ChoiceView, CohortView, CreditView, OfferingView, ResourceView, Tag,
    place_ids,
};
pub use pages::{
    DayView, FacetEntry, FacetView, FacetWords, FacetsView, HomeView, MonthView, OfferingState,
    OfferingsView, PersonCard, PersonView, PlaceView, PlainView, RedirectView, ScheduleView,
    YearView,
};
pub use palette::{PictureColors, brand_styles};
pub use part::{EACH, LONG, PagerView, Part};
pub use picture::{
    ICON, ICONS, IconPicture, IconsView, MANIFEST, ManifestView, PICTURE_HEIGHT, PICTURE_OF_SITE,
    PICTURE_WIDTH, Picture, PictureView, TitlePicture, picture_path,
};
pub use plan::{PlanView, RoleRules, RuleView};
pub use print::{CodeView, PrintView, PrintedKind, PrintedLink, PrintedOffering, SheetView};
pub use requirement::{RequirementCard, RequirementView, sentence};
pub use search::{CHUNK, SearchData, SearchEntry, SearchFiles, SearchPart, SearchView, Shown};
pub use session::{MeetingView, OnlineView, SessionView, VenueView};
pub use shared::{Shared, to_value};
pub use site::{
    ContactView, Crumb, ImageView, Link, LinkView, MenuView, NoticeView, PageView, SiteView,
    ThemeAddresses,
};
pub use steps::{StepView, StepsView, Tense, steps};

/// The version of this contract; `theme.yaml` names the one that it was written for.
pub const VERSION: u32 = 1;
