//! Pictures that stand for a page where somebody shares it, and the icons of the site: the words on
//! them and their colours. `render` draws them.

use serde::Serialize;

use super::offering::dates;
use super::palette::{PictureColors, picture_colors};
use super::{Addresses, Edition};
use crate::model::OfferingId;
use crate::schedule::OfferingSchedule;

/// The width of a title picture, in pixels: what most programs that show previews ask for.
pub const PICTURE_WIDTH: u32 = 1200;
/// Its height.
pub const PICTURE_HEIGHT: u32 = 630;

/// The title picture of every page that has none of its own.
pub const PICTURE_OF_SITE: &str = "/pictures/site.png";
/// The icon, as lines.
pub const ICON: &str = "/icon.svg";
/// The icon for a phone's home screen.
pub const TOUCH_ICON: &str = "/apple-touch-icon.png";
/// What a browser needs to know to put the site among the programs of a device.
pub const MANIFEST: &str = "/site.webmanifest";
/// The icons as points, with their width.
pub const ICONS: [(&str, u32); 3] =
    [("/icon-192.png", 192), ("/icon-512.png", 512), (TOUCH_ICON, 180)];

/// The path of the title picture of an offering.
pub fn picture_path(id: &OfferingId) -> String {
    format!("/pictures/offerings/{id}.png")
}

/// A picture that stands for a page.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    /// Its absolute address.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// The icons of the site.
#[derive(Clone, Debug, Serialize)]
pub struct IconsView {
    /// As lines: the catalog's logo if it is such a file, else the initials of its title.
    pub svg: String,
    /// For a phone's home screen.
    pub touch: String,
    /// The manifest.
    pub manifest: String,
    /// The colour of the browser's own frame: `#12493b`.
    pub color: String,
}

/// What is to be drawn.
#[derive(Clone, Debug)]
pub enum Picture {
    /// A title picture.
    Title(Box<TitlePicture>),
    /// The initials on a square of so many pixels.
    Icon(IconPicture, u32),
    /// The same as lines.
    IconShape(IconPicture),
}

/// The words of a title picture.
#[derive(Clone, Debug)]
pub struct TitlePicture {
    /// Above the title.
    pub above: String,
    /// The title.
    pub title: String,
    /// Below the title.
    pub below: String,
    /// Its colours.
    pub colors: PictureColors,
}

/// The letters of an icon.
#[derive(Clone, Debug)]
pub struct IconPicture {
    /// One or two letters.
    pub initials: String,
    /// Its colours.
    pub colors: PictureColors,
}

impl PictureView {
    /// The picture of the site.
    pub fn of_site(edition: &Edition<'_>) -> Self {
        let settings = edition.settings();
        let alt = format!("{}. {}", settings.title, settings.organization);
        Self::new(edition, PICTURE_OF_SITE, alt)
    }

    /// The picture of an offering.
    pub fn of_offering(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let offering = schedule.offering;
        let kind = edition.kind_link(&offering.kind.value).title.clone();
        let alt = format!("{}. {kind}, {}", offering.title.value, dates(schedule));
        Self::new(edition, &picture_path(&offering.id), alt)
    }

    fn new(edition: &Edition<'_>, path: &str, alt: String) -> Self {
        let url = edition.addresses.absolute(path);
        Self { url, alt, width: PICTURE_WIDTH, height: PICTURE_HEIGHT }
    }
}

impl TitlePicture {
    /// The picture of the site.
    pub fn of_site(edition: &Edition<'_>) -> Self {
        let settings = edition.settings();
        let year = edition.years().into_iter().find(|year| *year == edition.year);
        Self {
            above: settings.organization.clone(),
            title: settings.title.clone(),
            below: year.map_or_else(String::new, |year| format!("Program year {year}")),
            colors: picture_colors(&settings.brand),
        }
    }

    /// The picture of an offering.
    pub fn of_offering(edition: &Edition<'_>, schedule: &OfferingSchedule<'_>) -> Self {
        let settings = edition.settings();
        let offering = schedule.offering;
        let off = offering.cancelled.is_some();
        let when = if off { "Cancelled".to_owned() } else { dates(schedule) };
        let kind = edition.kind_link(&offering.kind.value).title.clone();
        Self {
            above: settings.title.clone(),
            title: offering.title.value.clone(),
            below: format!("{kind} · {when}"),
            colors: picture_colors(&settings.brand),
        }
    }
}

impl IconPicture {
    /// The icon of the site.
    pub fn new(edition: &Edition<'_>) -> Self {
        let settings = edition.settings();
        let initials = initials(&settings.title);
        Self { initials, colors: picture_colors(&settings.brand) }
    }
}

/// The first letters of the first two words that begin with a letter or a digit.
fn initials(title: &str) -> String {
    let words = title.split_whitespace();
    let firsts = words.filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    firsts.take(2).flat_map(char::to_uppercase).collect()
}

impl IconsView {
    /// Where the icons are.
    pub fn new(edition: &Edition<'_>) -> Self {
        let settings = edition.settings();
        let addresses = &edition.addresses;
        let logo = settings.brand.logo.as_ref().map(|logo| logo.value.as_str());
        let is_shape = |logo: &&str| logo.to_ascii_lowercase().ends_with(".svg");
        Self {
            svg: addresses.href(logo.filter(is_shape).unwrap_or(ICON)),
            touch: addresses.href(TOUCH_ICON),
            manifest: addresses.href(MANIFEST),
            color: picture_colors(&settings.brand).ground.to_string(),
        }
    }
}

/// The manifest of the site (W3C Web Application Manifest).
#[derive(Clone, Debug, Serialize)]
pub struct ManifestView {
    name: String,
    short_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    id: String,
    start_url: String,
    scope: String,
    display: &'static str,
    lang: String,
    dir: &'static str,
    theme_color: String,
    background_color: String,
    icons: Vec<ManifestIcon>,
}

#[derive(Clone, Debug, Serialize)]
struct ManifestIcon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    media_type: &'static str,
    purpose: &'static str,
}

impl ManifestView {
    /// The manifest.
    pub fn new(edition: &Edition<'_>, icons: &IconsView) -> Self {
        let settings = edition.settings();
        let addresses: &Addresses = &edition.addresses;
        let root = addresses.root().to_owned();
        let shape = ManifestIcon {
            src: icons.svg.clone(),
            sizes: "any".to_owned(),
            media_type: "image/svg+xml",
            purpose: "any",
        };
        // The letters stand well within the circle that a mask keeps.
        let points = ICONS.iter().filter(|(path, _)| *path != TOUCH_ICON);
        let points = points.map(|(path, width)| ManifestIcon {
            src: addresses.href(path),
            sizes: format!("{width}x{width}"),
            media_type: "image/png",
            purpose: "any maskable",
        });
        Self {
            short_name: short_name(&settings.title),
            name: settings.title.clone(),
            description: settings.description.clone(),
            id: root.clone(),
            start_url: root.clone(),
            scope: root,
            display: "minimal-ui",
            dir: super::site::direction(&settings.language),
            lang: settings.language.clone(),
            theme_color: icons.color.clone(),
            background_color: "#ffffff".to_owned(),
            icons: std::iter::once(shape).chain(points).collect(),
        }
    }
}

impl ManifestView {
    /// The text of the file.
    pub fn to_json(&self) -> String {
        // It has text keys and no numbers, so there is nothing that could not be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// As much of a title, in whole words, as fits below an icon.
fn short_name(title: &str) -> String {
    const ROOM: usize = 14;
    let mut short = String::new();
    for word in title.split_whitespace() {
        if !short.is_empty() && short.chars().count() + 1 + word.chars().count() > ROOM {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{initials, short_name};

    #[test]
    fn a_title_in_short() {
        assert_eq!(initials("Professional Learning for Leaders"), "PL");
        assert_eq!(initials("“Écoles” – 2026"), "É2");
        assert_eq!(initials("–"), "");
        assert_eq!(short_name("Professional Learning for Leaders"), "Professional");
        assert_eq!(short_name("Learning 2026-27"), "Learning");
        assert_eq!(short_name("Our Year"), "Our Year");
    }
}
