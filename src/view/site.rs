//! What every page shows: the catalog's name, navigation, notices, contact.

use serde::Serialize;

use super::address::plain_path;
use super::{DateView, Edition, IconsView, NewsLinksView, PictureView, Shared};
use crate::model::{Contact, ContactCard, NoticeLevel, Url};
use crate::schedule::instant;

/// `site`: the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The catalog's name.
    pub title: String,
    /// Who publishes it.
    pub organization: String,
    /// One or two sentences; absent if none were written.
    pub description: Option<String>,
    /// BCP 47, for `<html lang>`.
    pub language: String,
    /// `rtl` or `ltr`, for `<html dir>`.
    pub direction: &'static str,
    /// The base path of every link, with a slash at both ends: `/leaders/`.
    pub root: String,
    /// Where the site is served, ending with a slash: `https://learning.example.org/leaders/`.
    pub url: String,
    /// The address of the style sheet.
    pub stylesheet: String,
    /// The address of the folder of the theme's scripts (ES modules), with a slash at its end.
    pub scripts: String,
    /// The addresses of the fonts that are worth loading early.
    pub preload_fonts: Vec<String>,
    /// The logo.
    pub logo: Option<ImageView>,
    /// The main navigation.
    pub menu: Vec<MenuView>,
    /// Notices in force, or to come.
    pub notices: Vec<NoticeView>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// What is new and what changed, for programs that follow it.
    pub news: NewsLinksView,
    /// Its icons.
    pub icons: IconsView,
    /// The kinds that have offerings this year.
    pub kinds: Vec<LinkView>,
    /// Roles.
    pub roles: Vec<LinkView>,
    /// Program years that have offerings, the latest first.
    pub years: Vec<LinkView>,
    /// The program year of the moment of building: `2026-27`.
    pub current_year: String,
    /// The name of the zone in which times are given: `Eastern Time`.
    pub zone_name: String,
    /// Its IANA name: `America/New_York`.
    pub zone: String,
    /// The day for which the site was built. No time: two builds on one day show the same.
    pub built: DateView,
    /// The instant at which that day began.
    pub built_at: String,
    /// The version of the program.
    pub generator: String,
}

/// `page`: what the frame of a page needs to know of it.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The heading, and the first part of the document's title.
    pub title: String,
    /// For search engines and previews.
    pub description: Option<String>,
    /// The path on the site without the base path: `/offerings/self-as-core/`.
    pub path: String,
    /// The absolute address.
    pub canonical: String,
    /// The part of the site: `home`, `offerings`, `schedule`, `requirements`, `years`, `people`,
    /// `places`, `kinds`, `roles`, `networks`, `topics`, `pages`, `none`. A [`MenuView`] with the
    /// same `section` is where the reader is.
    pub section: &'static str,
    /// The way from the home page, without this page.
    pub breadcrumbs: Vec<Crumb>,
    /// What stands for the page where somebody shares it.
    pub image: PictureView,
    /// What search engines read of it: JSON-LD, safe inside a `<script>`; empty if nothing.
    pub linked_data: String,
    /// False for pages that search engines should pass over.
    pub indexed: bool,
}

/// A step of the way from the home page.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// A link, which is cheap to clone: most lead to what many offerings name.
pub type LinkView = Shared<Link>;

/// Words and address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// The ID of what it leads to; empty for an outside address.
    pub id: String,
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct MenuView {
    /// Its words.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The part of the site that it leads to; see [`PageView::section`]. `pages` entries and
    /// outside links are compared by address.
    pub section: &'static str,
}

/// A banner.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// What it says.
    pub text: String,
    /// `info` or `warning`.
    pub level: &'static str,
    /// In force at the moment of building. One that is to come is in the page, too, hidden, for a
    /// script to show when its time has come.
    pub active: bool,
    /// From when, as an instant.
    pub from: Option<String>,
    /// Until when, as an instant.
    pub until: Option<String>,
}

/// Whom to ask.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// Name of the person or office.
    pub name: Option<String>,
    /// The page of the person, if they have one, or the written address.
    pub href: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Telephone as written.
    pub phone: Option<String>,
    /// Telephone for a `tel:` link: digits and a leading plus only.
    pub tel: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its address.
    pub src: String,
    /// What it shows; empty for decoration.
    pub alt: String,
}

/// The addresses of what the theme brings along.
#[derive(Clone, Debug, Default)]
pub struct ThemeAddresses {
    /// The style sheet.
    pub stylesheet: String,
    /// The folder of the scripts.
    pub scripts: String,
    /// Fonts to load early.
    pub preload_fonts: Vec<String>,
}

impl SiteView {
    /// What every page shows.
    pub fn new(edition: &Edition<'_>, theme: ThemeAddresses) -> Self {
        let settings = edition.settings();
        let addresses = &edition.addresses;
        // The day has one name for its zone, whatever the hour.
        let now = edition.today_began().to_zoned_datetime(settings.timezone.clone());
        Self {
            title: settings.title.clone(),
            organization: settings.organization.clone(),
            description: settings.description.clone(),
            direction: direction(&settings.language),
            language: settings.language.clone(),
            root: addresses.root().to_owned(),
            url: addresses.absolute("/"),
            stylesheet: theme.stylesheet,
            scripts: theme.scripts,
            preload_fonts: theme.preload_fonts,
            logo: settings.brand.logo.as_ref().map(|logo| ImageView {
                src: addresses.href(logo.value.as_str()),
                alt: settings.brand.logo_alt.clone(),
            }),
            menu: menu(edition),
            notices: notices(edition),
            contact: ContactView::of_catalog(edition),
            news: NewsLinksView::new(edition),
            icons: IconsView::new(edition),
            kinds: kinds_in_use(edition),
            roles: edition.catalog.roles.keys().map(|id| edition.role_link(id)).collect(),
            years: edition.years().into_iter().map(|year| edition.year_link(year)).collect(),
            current_year: edition.year.to_string(),
            zone_name: zone_name(&now),
            zone: settings.timezone.iana_name().unwrap_or("UTC").to_owned(),
            built: DateView::new(edition.today),
            built_at: edition.today_began().to_string(),
            generator: concat!("convene ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// The built-in parts of the site, then pages that ask for it, then what the catalog adds.
fn menu(edition: &Edition<'_>) -> Vec<MenuView> {
    let catalog = edition.catalog;
    let mut menu = Vec::new();
    let mut add = |title: &str, path: &str, section| {
        menu.push(MenuView {
            title: title.to_owned(),
            href: edition.addresses.href(path),
            section,
        });
    };
    add("Offerings", "/offerings/", "offerings");
    add("Schedule", "/schedule/", "schedule");
    if !catalog.requirements.is_empty() {
        add("Requirements", "/requirements/", "requirements");
    }
    for page in catalog.pages.values().filter(|page| page.menu) {
        add(&page.title.value, &plain_path(&page.id), "pages");
    }
    for link in &edition.settings().menu {
        let href = edition.addresses.url(&link.url.value);
        menu.push(MenuView { title: link.title.clone(), href, section: "none" });
    }
    menu
}

fn notices(edition: &Edition<'_>) -> Vec<NoticeView> {
    let settings = edition.settings();
    settings
        .notices
        .iter()
        .filter_map(|notice| {
            let from = notice.from.as_ref().map(|from| instant(from.value, &settings.timezone));
            let until = notice.until.as_ref().map(|until| instant(until.value, &settings.timezone));
            if until.is_some_and(|until| until <= *edition.now) {
                return None;
            }
            Some(NoticeView {
                text: notice.text.clone(),
                level: match notice.level {
                    NoticeLevel::Info => "info",
                    NoticeLevel::Warning => "warning",
                },
                active: from.is_none_or(|from| from <= *edition.now),
                from: from.map(|from| from.to_string()),
                until: until.map(|until| until.to_string()),
            })
        })
        .collect()
}

fn kinds_in_use(edition: &Edition<'_>) -> Vec<LinkView> {
    let used: std::collections::BTreeSet<_> = edition
        .offerings
        .values()
        .filter(|schedule| schedule.year == Some(edition.year))
        .map(|schedule| &schedule.offering.kind.value)
        .collect();
    edition
        .catalog
        .kinds
        .keys()
        .filter(|id| used.contains(id))
        .map(|id| edition.kinds_link(id))
        .collect()
}

impl ContactView {
    /// Someone of the catalog's people, or someone in words.
    pub(super) fn new(edition: &Edition<'_>, contact: &Contact) -> Option<Self> {
        match contact {
            Contact::Person(id) => {
                let person = edition.catalog.people.get(&id.value)?;
                Some(Self {
                    name: Some(person.name.value.clone()),
                    href: Some(edition.person_link(&person.id).href.clone()),
                    email: person.email.clone(),
                    tel: person.phone.as_deref().and_then(tel),
                    phone: person.phone.clone(),
                })
            }
            Contact::Card(card) => Some(Self::of_card(edition, card)),
        }
    }

    /// The catalog's own contact.
    pub(super) fn of_catalog(edition: &Edition<'_>) -> Option<Self> {
        edition.settings().contact.as_ref().map(|card| Self::of_card(edition, card))
    }

    fn of_card(edition: &Edition<'_>, card: &ContactCard) -> Self {
        Self {
            name: card.name.clone(),
            href: card
                .url
                .as_ref()
                .map(|url: &crate::source::Spanned<Url>| edition.addresses.url(&url.value)),
            email: card.email.clone(),
            phone: card.phone.clone(),
            tel: card.phone.as_deref().and_then(tel),
        }
    }
}

/// The digits of a telephone number, with a leading plus; an extension is left to the reader.
pub(super) fn tel(phone: &str) -> Option<String> {
    let main = phone.split(['x', 'e', ';', ',']).next().unwrap_or(phone);
    let plus = if main.trim_start().starts_with('+') { "+" } else { "" };
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 3).then(|| format!("{plus}{digits}"))
}

/// Languages that are written from right to left, by their primary subtag.
pub(super) fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or(language);
    match primary {
        "ar" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

/// What people call the catalog's zone: `Eastern Time`; the zone's city where there is no such
/// name.
fn zone_name(now: &jiff::ZonedDateTime) -> String {
    let abbreviation = now.strftime("%Z").to_string();
    let name = match abbreviation.as_str() {
        "EST" | "EDT" => "Eastern Time",
        "CST" | "CDT" => "Central Time",
        "MST" | "MDT" => "Mountain Time",
        "PST" | "PDT" => "Pacific Time",
        "AKST" | "AKDT" => "Alaska Time",
        "HST" | "HDT" => "Hawaii Time",
        "UTC" => "UTC",
        _ => "",
    };
    if !name.is_empty() {
        return name.to_owned();
    }
    let iana = now.time_zone().iana_name().unwrap_or("UTC");
    format!("{} time", iana.rsplit('/').next().unwrap_or(iana).replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::tel;

    #[test]
    fn telephone_numbers_become_digits() {
        assert_eq!(tel("(215) 555-0123").as_deref(), Some("2155550123"));
        assert_eq!(tel("+1 215 555 0123 ext. 4").as_deref(), Some("+12155550123"));
        assert_eq!(tel("ask at the desk"), None);
    }
}
