//! Links within the site that lead nowhere: no page, no file, no heading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::route::Outputs;
use crate::diag::{Code, Diagnostic, did_you_mean, nearest};
use crate::model::{
    Enrollment, HtmlPolicy, LinkTarget, Markdown, Offering, Sessions, SitePath, Url,
};
use crate::source::{FileId, Sources, Span};
use crate::view::address::{
    entry_page, offering_path, person_path, place_path, plain_path, requirement_path,
};
use crate::view::{Edition, beside};

/// Follows every link that the content makes to the site itself.
pub(super) fn check(
    edition: &Edition<'_>,
    sources: &Sources,
    outputs: &Outputs,
) -> Vec<Diagnostic> {
    let map = Map {
        outputs,
        headings: headings(edition),
        paths: outputs.paths(),
        unread: unread(edition),
        hidden: hidden(edition),
    };
    let mut diagnostics = Vec::new();
    for text in texts(edition) {
        for link in &text.outline.links {
            let span = text.place(&link.range);
            match &link.target {
                LinkTarget::Url(url) => diagnostics.extend(map.follow(url, span)),
                LinkTarget::Anchor(anchor) => {
                    diagnostics.extend(own_anchor(text, anchor, span));
                }
                LinkTarget::Beside(file) => {
                    diagnostics.extend(map.find_beside(sources, span, file));
                }
                LinkTarget::Entry { file, anchor } => {
                    diagnostics.extend(map.find_entry(sources, span, file, anchor));
                }
                LinkTarget::Invalid => {}
            }
        }
        for picture in &text.outline.images {
            let span = text.place(&picture.range);
            match &picture.source {
                LinkTarget::Url(Url::Absolute(url)) => diagnostics.push(foreign(url, span)),
                LinkTarget::Url(url) => diagnostics.extend(map.follow(url, span)),
                LinkTarget::Beside(file) | LinkTarget::Entry { file, .. } => {
                    diagnostics.extend(map.find_beside(sources, span, file));
                }
                LinkTarget::Anchor(_) | LinkTarget::Invalid => {}
            }
        }
    }
    if edition.settings().html == HtmlPolicy::Sanitize {
        for text in texts(edition) {
            for one in &text.outline.in_html {
                let span = text.place(&one.range);
                diagnostics.extend(match &one.target {
                    LinkTarget::Url(url) => map.follow(url, span),
                    LinkTarget::Anchor(anchor) => own_anchor(text, anchor, span),
                    LinkTarget::Beside(file) => map.find_beside(sources, span, file),
                    LinkTarget::Entry { file, anchor } => {
                        map.find_entry(sources, span, file, anchor)
                    }
                    LinkTarget::Invalid => None,
                });
            }
        }
    }
    for (url, span) in addresses(edition) {
        diagnostics.extend(map.follow(url, span));
    }
    for image in images(edition) {
        let (src, span) = (&image.value, image.span);
        match SitePath::new(src) {
            Ok(path) => diagnostics.extend(map.find(&path, span)),
            Err(_) => diagnostics.extend(map.find_beside(sources, span, src)),
        }
    }
    if let Some(logo) = &edition.settings().brand.logo {
        diagnostics.extend(map.find(&logo.value, logo.span));
    }
    diagnostics
}

/// An address of another site, where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideLink {
    /// The address: `http` or `https`.
    pub url: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// People enroll there.
    pub enrollment: bool,
}

/// Every address of another site of the web that the site shows, enrollment links marked. What is
/// over is left out: nobody mends it any more.
pub fn outside_links(edition: &Edition<'_>) -> Vec<OutsideLink> {
    let of_text = |text: &'_ Markdown| {
        let links = text.outline.links.iter();
        let link = |link: &crate::model::Link| match &link.target {
            LinkTarget::Url(url) => Some((url.clone(), text.place(&link.range))),
            _ => None,
        };
        links.filter_map(link).collect::<Vec<_>>()
    };
    let written = texts(edition).flat_map(of_text).map(|(url, span)| (url, span, false));
    let offerings = edition.offerings.values().map(|schedule| schedule.offering);
    let enrollment: BTreeSet<Span> =
        offerings.flat_map(enrollments).map(|enroll| enroll.url.span).collect();
    let fields = addresses(edition);
    let fields =
        fields.into_iter().map(|(url, span)| (url.clone(), span, enrollment.contains(&span)));
    let over: BTreeSet<FileId> = edition
        .offerings
        .values()
        .filter(|schedule| schedule.bounds().is_some_and(|bounds| bounds.ends <= *edition.now))
        .map(|schedule| schedule.offering.span.file)
        .collect();
    fields
        .chain(written)
        .filter(|(_, span, _)| !over.contains(&span.file))
        .filter_map(|(url, span, enrollment)| match url {
            Url::Absolute(url) if url.starts_with("http") => {
                Some(OutsideLink { url, span, enrollment })
            }
            _ => None,
        })
        .collect()
}

/// Where links may lead.
struct Map<'p> {
    outputs: &'p Outputs<'p>,
    headings: BTreeMap<String, BTreeSet<&'p str>>,
    paths: Vec<String>,
    /// Pages of entries that could not be read: they will be there when the entry is mended.
    unread: BTreeSet<String>,
    /// Pages of offerings that this edition leaves out.
    hidden: BTreeSet<String>,
}

impl Map<'_> {
    fn follow(&self, url: &Url, span: Span) -> Option<Diagnostic> {
        let Url::Site { path, suffix } = url else { return None };
        if let Some(missing) = self.find(path, span) {
            return Some(missing);
        }
        let (_, anchor) = suffix.split_once('#')?;
        let headings = self.headings.get(path.as_str())?;
        // What a template writes has a dot or an underscore in it, and is not known here.
        if anchor.is_empty() || anchor.contains(['.', '_']) || headings.contains(anchor) {
            return None;
        }
        let message = format!("the page `{path}` has no heading with the address `#{anchor}`");
        Some(anchor_fault(message, span, anchor, headings.iter().copied()))
    }

    fn find(&self, path: &SitePath, span: Span) -> Option<Diagnostic> {
        if self.outputs.has(path) || self.unread.contains(path.as_str()) {
            return None;
        }
        let with_slash = SitePath::new(&format!("{path}/")).ok();
        let is_hidden = self.hidden.contains(path.as_str());
        let hint = match with_slash.filter(|path| self.outputs.has(path)) {
            Some(path) => Some(format!("write `{path}`, with a slash at the end")),
            None if is_hidden => Some(
                "that offering is not shown now: see its `draft`, `publish` and `expire`"
                    .to_owned(),
            ),
            None => self.nearest(path.as_str()).map(|path| format!("did you mean `{path}`?")),
        };
        let hint = hint.unwrap_or_else(|| {
            "correct the address, or add what it leads to: `content/pages/help.md` is \
             `/pages/help/`, and `content/files/map.pdf` is `/files/map.pdf`"
                .to_owned()
        });
        Some(
            Diagnostic::new(
                Code::BrokenLink,
                span,
                format!("the site has no page or file `{path}`"),
            )
            .label("this leads nowhere")
            .hint(hint),
        )
    }

    /// The path that was most likely meant: the last name misspelt, or one before it. The page
    /// above is near in letters, but not what was meant.
    fn nearest(&self, path: &str) -> Option<&str> {
        let (parent, name) = parted(path);
        let paths = || self.paths.iter().map(String::as_str);
        let beside = paths().filter(|one| parted(one).0 == parent).map(|one| parted(one).1);
        if let Some(name) = nearest(name, beside) {
            return paths().find(|one| parted(one) == (parent, name));
        }
        let same_name = paths().filter(|one| parted(one).1 == name);
        nearest(path, same_name)
    }

    fn find_entry(
        &self,
        sources: &Sources,
        span: Span,
        file: &str,
        anchor: &str,
    ) -> Option<Diagnostic> {
        match entry_page(folder_of(sources, span), file) {
            Some(path) => self.follow(&Url::Site { path, suffix: anchor.into() }, span),
            None => Some(
                Diagnostic::new(Code::BrokenLink, span, format!("`{file}` is no file of an entry"))
                    .label("this leads nowhere")
                    .hint(
                        "write where the file is, seen from this one: `help.md` beside it, \
                         `../people/dana-reyes.md` one folder up and down again",
                    ),
            ),
        }
    }

    fn find_beside(&self, sources: &Sources, span: Span, file: &str) -> Option<Diagnostic> {
        let folder = folder_of(sources, span);
        let found = SitePath::new(&beside(folder, file)).is_ok_and(|path| self.outputs.has(&path));
        (!found).then(|| {
            Diagnostic::new(
                Code::BrokenLink,
                span,
                format!("there is no file `{file}` beside this entry"),
            )
            .label("this leads nowhere")
            .hint(format!(
                "put the file into `content{folder}`, or into `content/files/` and write `/files/{file}`"
            ))
            .hint("for a page of this site, write its address from the first slash on: `/pages/help/`")
        })
    }
}

/// A picture of another site: every reader's browser would tell that site of its reader.
fn foreign(url: &str, span: Span) -> Diagnostic {
    let name = url.split(['?', '#']).next().and_then(|path| path.rsplit('/').next());
    let name = name.filter(|name| name.contains('.')).unwrap_or("picture.jpg");
    Diagnostic::new(Code::InvalidUrl, span, "this picture is on another site")
        .label("a page asks no other site for anything")
        .hint(format!("put the picture into `content/files/`, and write `/files/{name}`"))
}

/// The folder of the content in which a file lies: `/offerings/2026-27/`.
fn folder_of(sources: &Sources, span: Span) -> &str {
    let path = &sources.get(span.file).path;
    let relative = path.strip_prefix("content").unwrap_or(path);
    relative.rfind('/').map_or("/", |slash| &relative[..=slash])
}

fn own_anchor(text: &Markdown, anchor: &str, span: Span) -> Option<Diagnostic> {
    let headings = || text.outline.headings.iter().map(|heading| heading.id.as_str());
    if anchor.is_empty() || anchor.contains(['.', '_']) || headings().any(|id| id == anchor) {
        return None;
    }
    let message = format!("this page has no heading with the address `#{anchor}`");
    Some(anchor_fault(message, span, anchor, headings()))
}

fn anchor_fault<'a>(
    message: String,
    span: Span,
    anchor: &str,
    headings: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let hint = did_you_mean(anchor, headings.clone()).unwrap_or_else(|| {
        let some: Vec<String> = headings.take(3).map(|id| format!("`#{id}`")).collect();
        if some.is_empty() {
            format!("it has no headings: remove `#{anchor}`")
        } else {
            format!("its headings have addresses such as {}", some.join(", "))
        }
    });
    Diagnostic::new(Code::BrokenAnchor, span, message)
        .label("this leads to the top of the page")
        .hint(hint)
}

/// The pages of entries that exist, but could not be read.
fn unread(edition: &Edition<'_>) -> BTreeSet<String> {
    let broken = &edition.catalog.broken;
    let offerings = broken.offerings.iter().map(offering_path);
    let people = broken.people.iter().map(person_path);
    let places = broken.places.iter().map(place_path);
    let pages = broken.pages.iter().map(plain_path);
    let rules = broken.requirements.iter().map(requirement_path);
    offerings.chain(people).chain(places).chain(pages).chain(rules).collect()
}

/// The pages of drafts, and of offerings that are to come or over.
fn hidden(edition: &Edition<'_>) -> BTreeSet<String> {
    let all = edition.catalog.offerings.keys();
    all.filter(|id| !edition.offerings.contains_key(*id)).map(offering_path).collect()
}

/// A path as what lies above it and its last name: `/pages/` and `help/`.
fn parted(path: &str) -> (&str, &str) {
    let bare = path.strip_suffix('/').unwrap_or(path);
    path.split_at(bare.rfind('/').map_or(0, |slash| slash + 1))
}

/// The headings of every page that shows a body.
fn headings<'a>(edition: &Edition<'a>) -> BTreeMap<String, BTreeSet<&'a str>> {
    let catalog = edition.catalog;
    let shown = edition.offerings.values().map(|s| s.offering);
    let offerings = shown.map(|offering| (offering_path(&offering.id), offering.body.as_ref()));
    let people = catalog.people.values().map(|p| (person_path(&p.id), p.body.as_ref()));
    let places = catalog.places.values().map(|p| (place_path(&p.id), p.body.as_ref()));
    let pages = catalog.pages.values().map(|p| (plain_path(&p.id), p.body.as_ref()));
    let rules = catalog.requirements.values().map(|r| (requirement_path(&r.id), r.body.as_ref()));
    let all = offerings.chain(people).chain(places).chain(pages).chain(rules);
    all.map(|(path, body)| {
        let ids = body.into_iter().flat_map(|text| &text.outline.headings);
        (path, ids.map(|heading| heading.id.as_str()).collect())
    })
    .collect()
}

/// Every Markdown text that the site shows.
fn texts<'a>(edition: &'a Edition<'_>) -> impl Iterator<Item = &'a Markdown> {
    let catalog = edition.catalog;
    let offerings = edition.offerings.values().map(|s| s.offering);
    let of_offerings = offerings.flat_map(|o| o.body.iter().chain(&o.eligibility));
    let people = catalog.people.values().filter_map(|person| person.body.as_ref());
    let places = catalog.places.values().flat_map(|p| p.body.iter().chain(&p.accessibility));
    let pages = catalog.pages.values().filter_map(|page| page.body.as_ref());
    let rules = catalog.requirements.values().filter_map(|rule| rule.body.as_ref());
    of_offerings.chain(people).chain(places).chain(pages).chain(rules)
}

/// Every address that a field holds.
fn addresses<'a>(edition: &'a Edition<'_>) -> Vec<(&'a Url, Span)> {
    let catalog = edition.catalog;
    let settings = &catalog.settings;
    let mut all: Vec<(&Url, Span)> = Vec::new();
    all.extend(settings.menu.iter().map(|link| (&link.url.value, link.url.span)));
    all.extend(
        settings
            .contact
            .iter()
            .filter_map(|card| card.url.as_ref())
            .map(|url| (&url.value, url.span)),
    );
    for schedule in edition.offerings.values() {
        let offering = schedule.offering;
        let sessions: Vec<_> =
            offering.written_sessions().flat_map(|(_, session)| session.leaves()).collect();
        for enroll in enrollments(offering) {
            all.push((&enroll.url.value, enroll.url.span));
            all.extend(enroll.waitlist.iter().map(|url| (&url.value, url.span)));
        }
        let materials =
            offering.materials.iter().chain(sessions.iter().flat_map(|session| &session.materials));
        all.extend(materials.filter_map(|one| one.url.as_ref()).map(|url| (&url.value, url.span)));
        all.extend(
            sessions.iter().filter_map(|s| s.recording.as_ref()).map(|url| (&url.value, url.span)),
        );
        if let Some(crate::model::Contact::Card(card)) = &offering.contact {
            all.extend(card.url.iter().map(|url| (&url.value, url.span)));
        }
    }
    all.extend(
        catalog
            .places
            .values()
            .filter_map(|place| place.url.as_ref())
            .map(|url| (&url.value, url.span)),
    );
    all
}

/// The ways into an offering: its own, those of its cohorts, those of its sessions.
fn enrollments(offering: &Offering) -> impl Iterator<Item = &Enrollment> {
    let cohorts = match &offering.sessions {
        Sessions::Cohorts(cohorts) => Some(cohorts.values()),
        Sessions::Single(_) => None,
    };
    let sessions = offering.written_sessions().flat_map(|(_, session)| session.leaves());
    offering
        .enroll
        .iter()
        .chain(cohorts.into_iter().flatten().filter_map(|cohort| cohort.enroll.as_ref()))
        .chain(sessions.filter_map(|session| session.enroll.as_deref()))
}

/// Every picture that a field names.
fn images<'a>(
    edition: &'a Edition<'_>,
) -> impl Iterator<Item = &'a crate::source::Spanned<String>> {
    let offerings = edition.offerings.values().filter_map(|s| s.offering.image.as_ref());
    let people = edition.catalog.people.values().filter_map(|person| person.photo.as_ref());
    offerings.chain(people).map(|image| &image.src)
}
