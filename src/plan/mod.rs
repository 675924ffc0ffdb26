//! Which files exist, and what each shows. No two tasks have one path.
//!
//! This is the last room that sees the catalog: what comes after it sees views alone.

mod links;
mod pages;
mod route;
mod task;

pub use route::OutputPath;
pub use task::{Page, Prose, SitePlan, Subject, Task};

use crate::diag::Warned;
use crate::model::SitePath;
use crate::source::Sources;
use crate::theme::{Theme, fingerprinted};
use crate::view::{Edition, PageView, SiteView, ThemeAddresses, brand_styles};
use route::{Claim, Outputs};

/// The folder of the site in which the theme's files stand.
const ASSETS: &str = "/assets/";

/// Decides what the site consists of, and reports paths that two entries want and links that lead
/// nowhere.
pub fn plan(edition: &Edition<'_>, theme: &Theme, sources: &Sources) -> Warned<SitePlan> {
    let mut outputs = Outputs::default();
    let theme_addresses = assets(edition, theme, &mut outputs);
    pages::add_all(edition, sources, &mut outputs);
    copies(edition, &mut outputs);
    pages::add_aliases(edition, &mut outputs);
    for_machines(edition, &mut outputs);
    let mut diagnostics = links::check(edition, sources, &outputs);
    let (tasks, collisions) = outputs.finish();
    diagnostics.extend(collisions);
    let value = SitePlan {
        site: SiteView::new(edition, theme_addresses),
        addresses: edition.addresses.clone(),
        html: edition.settings().html,
        outputs: tasks,
    };
    Warned { value, diagnostics }
}

/// The theme's files and the style sheet, each under a name that changes with its content.
fn assets(edition: &Edition<'_>, theme: &Theme, outputs: &mut Outputs) -> ThemeAddresses {
    let href = |name: &str| edition.addresses.href(&format!("{ASSETS}{name}"));
    let mut styles = theme.styles.clone();
    if let Some(brand) = brand_styles(&edition.settings().brand) {
        styles.push_str(&brand);
    }
    let stylesheet = fingerprinted("site.css", styles.as_bytes());
    add_own(outputs, &format!("{ASSETS}{stylesheet}"), Task::Text(styles));
    for (name, bytes) in &theme.assets {
        add_own(outputs, &format!("{ASSETS}{name}"), Task::Asset(bytes.clone()));
    }
    ThemeAddresses {
        stylesheet: href(&stylesheet),
        scripts: theme.scripts.iter().map(|name| href(name)).collect(),
        preload_fonts: theme.early_fonts.iter().map(|name| href(name)).collect(),
    }
}

/// The files that staff put into `content/files/` or beside an entry.
fn copies(edition: &Edition<'_>, outputs: &mut Outputs) {
    for file in &edition.catalog.files {
        let claim = Claim {
            what: format!("the file `{}`", file.path.as_str().trim_start_matches('/')),
            span: Some(crate::source::Span::start_of(file.file)),
            alias: false,
        };
        outputs.add(&file.path, Task::Copy(file.file), claim);
    }
}

/// What search engines and hosts read.
fn for_machines(edition: &Edition<'_>, outputs: &mut Outputs) {
    let addresses = &edition.addresses;
    let indexed = outputs.pages().filter(|page| page.page.indexed);
    let mut canonical: Vec<String> = indexed.map(|page| page.page.canonical.clone()).collect();
    canonical.sort();
    add_own(outputs, "/sitemap.xml", Task::Sitemap(canonical));
    let robots =
        format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", addresses.absolute("/sitemap.xml"));
    add_own(outputs, "/robots.txt", Task::Text(robots));
    add_own(outputs, "/_headers", Task::Text(headers(addresses.root())));
}

/// Security and cache headers in the form that static hosts read. The policy is the one that every
/// page also carries.
fn headers(root: &str) -> String {
    format!(
        "{root}*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'self'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n\n\
         {root}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// Nothing but the site itself: no inline script or style, no other origin.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'self'";

/// Plans a file that the program makes of itself. Its path is ours, so it is a safe one.
fn add_own(outputs: &mut Outputs, path: &str, task: Task) {
    if let Ok(path) = SitePath::new(path) {
        let what = format!("convene's own `{path}`");
        outputs.add(&path, task, Claim { what, span: None, alias: false });
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
        indexed: true,
    }
}
