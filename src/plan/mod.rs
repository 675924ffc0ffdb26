//! Which files exist, and what each shows. No two tasks have one path.
//!
//! This is the last room that sees the catalog: what comes after it sees views alone.

mod asked;
mod calendars;
mod data;
mod facets;
mod links;
mod lists;
mod pages;
mod route;
mod task;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

pub use asked::AskedBy;
pub use links::{OutsideLink, outside_links};
pub use route::{OutputPath, folded};
pub use task::{Frame, NewsForm, Page, Prose, ServiceWorker, Sitemap, Subject, Task};

use crate::diag::Warned;
use crate::model::SitePath;
use crate::source::{Sources, Span};
use crate::theme::{Theme, fingerprinted};
use crate::view::address::{NEWS_AS_ATOM, NEWS_AS_JSON};
use crate::view::{
    Edition, ICON, ICONS, IconPicture, IconsView, MANIFEST, ManifestView, PICTURE_OF_SITE,
    PageView, Picture, PictureView, SearchData, SiteView, ThemeAddresses, TitlePicture,
    brand_styles, picture_path,
};
use pages::Maker;
use route::{Output, Outputs};

/// The folder of the site in which the data of each offering stands.
const OFFERING_DATA: &str = "/api/v1/offerings/";
/// The folder of the site in which the index of search stands.
const SEARCH: &str = "/search/index/";
/// The folder of the site in which the calendars of offerings stand.
const CALENDARS: &str = "/calendar/offering/";
/// The folder of the site in which the theme's files stand.
const ASSETS: &str = "/assets/";

/// Which files exist, and what each shows.
///
/// The paths are all known; the data of a page is made when it is asked for, so that the views of
/// a large catalog never exist all at once, and checking makes none.
pub struct SitePlan<'a> {
    /// What all pages have in common.
    pub frame: Frame,
    outputs: BTreeMap<OutputPath, Output<'a>>,
    maker: Maker<'a>,
}

impl SitePlan<'_> {
    /// Every path, in order.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.outputs.keys()
    }

    /// True when there is a file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.outputs.contains_key(path)
    }

    /// Where what a page shows is written; none for one that gathers from all entries.
    pub fn origin(&self, path: &str) -> Option<Span> {
        match self.outputs.get(path)? {
            Output::Page(route) => route.origin(self.maker.edition.settings()),
            _ => None,
        }
    }

    /// Every page whose content is written in one place, with that place.
    pub fn origins(&self) -> impl Iterator<Item = (&OutputPath, Span)> {
        let settings = self.maker.edition.settings();
        self.outputs.iter().filter_map(move |(path, output)| match output {
            Output::Page(route) => Some((path, route.origin(settings)?)),
            _ => None,
        })
    }

    /// Every page, in the order of the paths.
    pub fn pages(&self) -> impl Iterator<Item = &OutputPath> {
        let page =
            |(path, output): (_, &Output<'_>)| matches!(output, Output::Page(_)).then_some(path);
        self.outputs.iter().filter_map(page)
    }

    /// A page of each kind, so that each template of the theme is among them that has a page.
    pub fn samples(&self) -> impl Iterator<Item = &OutputPath> {
        let mut seen = HashSet::new();
        self.outputs.iter().filter_map(move |(path, output)| match output {
            Output::Page(route) => seen.insert(std::mem::discriminant(route)).then_some(path),
            _ => None,
        })
    }

    /// What the file at a path holds.
    pub fn task(&self, path: &str) -> Option<Task> {
        Some(match self.outputs.get(path)? {
            Output::Page(route) => Task::Page(Box::new(self.maker.page(route))),
            Output::Data(data) => self.maker.data(*data),
            Output::Calendar(calendar) => Task::Calendar(Box::new(self.maker.calendar(calendar))),
            Output::Picture(schedule) => {
                let picture = TitlePicture::of_offering(self.maker.edition, schedule);
                Task::Picture(Picture::Title(Box::new(picture)))
            }
            Output::News(form) => Task::News(self.maker.news(), *form),
            Output::Search(part) => Task::Search(self.maker.search(), *part),
            Output::ServiceWorker(worker) => {
                Task::ServiceWorker(self.maker.search(), Arc::clone(worker))
            }
            Output::Made(task) => task.clone(),
        })
    }
}

/// Decides what the site consists of, and reports paths that two entries want and links that lead
/// nowhere.
pub fn plan<'a>(
    edition: &'a Edition<'a>,
    theme: &Theme,
    asked: AskedBy,
    sources: &'a Sources,
) -> Warned<SitePlan<'a>> {
    let maker = Maker::new(edition, sources, asked);
    let mut outputs = Outputs::without(theme.left_out.clone());
    let theme_addresses = assets(edition, theme, &mut outputs);
    pages::add_all(&maker, &mut outputs);
    calendars::add_all(&maker, &mut outputs);
    copies(edition, &mut outputs);
    data::add_all(&maker, &mut outputs);
    search(edition, theme, &theme_addresses, &mut outputs);
    for (path, form) in [(NEWS_AS_ATOM, NewsForm::Atom), (NEWS_AS_JSON, NewsForm::Json)] {
        add_own(&mut outputs, path, Output::News(form));
    }
    pictures(edition, &mut outputs);
    pages::add_aliases(edition, &mut outputs);
    for_machines(edition, &mut outputs);
    let mut diagnostics = links::check(edition, sources, &outputs);
    let (outputs, collisions) = outputs.finish();
    diagnostics.extend(collisions);
    let frame = Frame {
        site: SiteView::new(edition, theme_addresses),
        addresses: edition.addresses.clone(),
        html: edition.settings().html,
    };
    Warned { value: SitePlan { frame, outputs, maker }, diagnostics }
}

/// The theme's files and the style sheet, each under a name that changes with its content.
fn assets(edition: &Edition<'_>, theme: &Theme, outputs: &mut Outputs<'_>) -> ThemeAddresses {
    let href = |name: &str| edition.addresses.href(&format!("{ASSETS}{name}"));
    let mut styles = theme.styles.clone();
    if let Some(brand) = brand_styles(&edition.settings().brand) {
        styles.push_str(&brand);
    }
    let stylesheet = fingerprinted("site.css", styles.as_bytes());
    add_own(outputs, &format!("{ASSETS}{stylesheet}"), Output::Made(Task::Text(styles.into())));
    for (name, bytes) in &theme.assets {
        add_own(outputs, &format!("{ASSETS}{name}"), Output::Made(Task::Asset(bytes.clone())));
    }
    ThemeAddresses {
        stylesheet: href(&stylesheet),
        scripts: href(&theme.scripts),
        preload_fonts: theme.early_fonts.iter().map(|name| href(name)).collect(),
    }
}

/// The files that staff put into `content/files/` or beside an entry.
fn copies(edition: &Edition<'_>, outputs: &mut Outputs<'_>) {
    for file in &edition.catalog.files {
        outputs.add(&file.path, Output::Made(Task::Copy(file.file)));
    }
}

/// The index of search, and what keeps it and the site for readers without a network.
fn search(
    edition: &Edition<'_>,
    theme: &Theme,
    addresses: &ThemeAddresses,
    outputs: &mut Outputs<'_>,
) {
    let href = |path: &str| edition.addresses.href(path);
    for part in SearchData::parts(SearchData::count(edition)) {
        add_own(outputs, &format!("{SEARCH}{}", part.name()), Output::Search(part));
    }
    let mut kept = vec![href(pages::OFFLINE), href(pages::SEARCH.1), addresses.stylesheet.clone()];
    kept.extend(addresses.preload_fonts.iter().cloned());
    let scripts = theme.assets.keys().filter(|name| name.starts_with(&theme.scripts));
    kept.extend(scripts.map(|name| href(&format!("{ASSETS}{name}"))));
    kept.extend(edition.settings().brand.logo.iter().map(|logo| href(logo.value.as_str())));
    let worker = ServiceWorker { script: Arc::clone(&theme.service_worker), kept };
    add_own(outputs, "/service-worker.js", Output::ServiceWorker(Arc::new(worker)));
}

/// The pictures that stand for pages, the icons and the manifest that names them.
fn pictures<'a>(edition: &Edition<'a>, outputs: &mut Outputs<'a>) {
    let mut add = |path: &str, task: Task| add_own(outputs, path, Output::Made(task));
    let title = Picture::Title(Box::new(TitlePicture::of_site(edition)));
    add(PICTURE_OF_SITE, Task::Picture(title));
    let icon = IconPicture::new(edition);
    add(ICON, Task::Picture(Picture::IconShape(icon.clone())));
    for (path, size) in ICONS {
        add(path, Task::Picture(Picture::Icon(icon.clone(), size)));
    }
    let manifest = ManifestView::new(edition, &IconsView::new(edition));
    add(MANIFEST, Task::Text(manifest.to_json().into()));
    for (id, &schedule) in &edition.offerings {
        add_own(outputs, &picture_path(id), Output::Picture(schedule));
    }
}

/// What search engines and hosts read.
fn for_machines(edition: &Edition<'_>, outputs: &mut Outputs<'_>) {
    let addresses = &edition.addresses;
    let listed = outputs.pages().filter(|(_, listed)| *listed);
    let mut canonical: Vec<String> = listed.map(|(path, _)| addresses.absolute(&path)).collect();
    canonical.sort();
    for (path, sitemap) in sitemaps(canonical, MOST_IN_SITEMAP, |path| addresses.absolute(path)) {
        add_own(outputs, &path, Output::Made(Task::Sitemap(sitemap)));
    }
    let robots =
        format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", addresses.absolute("/sitemap.xml"));
    add_own(outputs, "/robots.txt", Output::Made(Task::Text(robots.into())));
    add_own(outputs, "/_headers", Output::Made(Task::Text(headers(addresses.root()).into())));
}

/// A sitemap has no more addresses (sitemaps.org), and with addresses of less than a thousand
/// characters no more than the 50 MiB that it may have.
const MOST_IN_SITEMAP: usize = 50_000;

/// One sitemap, or several with an index of them at its address.
fn sitemaps(
    pages: Vec<String>,
    most: usize,
    absolute: impl Fn(&str) -> String,
) -> Vec<(String, Sitemap)> {
    let at = "/sitemap.xml".to_owned();
    if pages.len() <= most {
        return vec![(at, Sitemap::Pages(pages.into()))];
    }
    let parts = pages.chunks(most).zip(1..);
    let mut all: Vec<_> = parts
        .map(|(part, number)| (format!("/sitemap-{number}.xml"), Sitemap::Pages(part.into())))
        .collect();
    let index = all.iter().map(|(path, _)| absolute(path)).collect();
    all.push((at, Sitemap::Index(index)));
    all
}

/// Security and cache headers in the form that static hosts read. The policy is the one that every
/// page also carries; what staff put into `files/` runs no script, whatever it is.
fn headers(root: &str) -> String {
    format!(
        "{root}*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'self'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n\n\
         {root}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         {root}service-worker.js\n  Cache-Control: no-cache\n\n\
         {root}calendar/*\n  Content-Type: text/calendar; charset=utf-8\n\n\
         {root}feed.atom\n  Content-Type: application/atom+xml; charset=utf-8\n\n\
         {root}feed.json\n  Content-Type: application/feed+json; charset=utf-8\n\n\
         {root}api/*\n  Access-Control-Allow-Origin: *\n\n\
         {root}files/*\n  Content-Security-Policy: script-src 'none'\n"
    )
}

/// Nothing but the site itself: no inline script or style, no other origin.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; \
     manifest-src 'self'; base-uri 'none'; \
     form-action 'self'";

/// Plans a file that the program makes of itself. Its path is ours, so it is a safe one.
fn add_own<'a>(outputs: &mut Outputs<'a>, path: &str, output: Output<'a>) {
    if let Ok(path) = SitePath::new(path) {
        outputs.add(&path, output);
    }
}

/// What the frame of a page shows.
fn frame(
    edition: &Edition<'_>,
    path: &str,
    title: &str,
    description: Option<String>,
    section: &'static str,
    breadcrumbs: &[(&str, &str)],
) -> PageView {
    PageView {
        title: title.to_owned(),
        description,
        path: path.to_owned(),
        canonical: edition.addresses.absolute(path),
        section,
        breadcrumbs: breadcrumbs
            .iter()
            .map(|(title, path)| crate::view::Crumb {
                title: (*title).to_owned(),
                href: edition.addresses.href(path),
            })
            .collect(),
        image: PictureView::of_site(edition),
        linked_data: String::new(),
        indexed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Sitemap, sitemaps};

    #[test]
    fn very_many_pages_have_several_sitemaps_and_an_index() {
        let pages = |numbers: std::ops::Range<u8>| -> Vec<String> {
            numbers.map(|number| format!("https://example.org/{number}/")).collect()
        };
        let absolute = |path: &str| format!("https://example.org{path}");
        let one = sitemaps(pages(0..3), 3, absolute);
        assert_eq!(one, [("/sitemap.xml".to_owned(), Sitemap::Pages(pages(0..3).into()))]);
        let several = sitemaps(pages(0..7), 3, absolute);
        let parts = [(1, 0..3), (2, 3..6), (3, 6..7)];
        for ((number, numbers), found) in parts.into_iter().zip(&several) {
            let path = format!("/sitemap-{number}.xml");
            assert_eq!(*found, (path, Sitemap::Pages(pages(numbers).into())));
        }
        let index = (1..=3).map(|number| format!("https://example.org/sitemap-{number}.xml"));
        let index = ("/sitemap.xml".to_owned(), Sitemap::Index(index.collect()));
        assert_eq!(several.get(3..), Some(&[index][..]));
    }
}
