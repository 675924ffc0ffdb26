//! Where everything stands on the site, and how a link to it is written.

use std::fmt::Display;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::{
    CohortId, KindId, NetworkId, OfferingId, PageId, PersonId, PlaceId, ProgramYear, RequirementId,
    RoleId, SitePath, TopicId, Url, YearMonth,
};

/// The site's own addresses: its origin and the path under which it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// `https://learning.example.org`
    origin: Arc<str>,
    /// `/leaders/`: a slash at both ends.
    root: Arc<str>,
}

impl Addresses {
    /// From the catalog's `url`. A missing final slash is added.
    pub fn new(url: &str) -> Self {
        let authority = url.find("://").map_or(0, |at| at + 3);
        let path = url[authority..].find('/').map_or(url.len(), |at| authority + at);
        let mut root = url[path..].trim_end_matches('/').to_owned();
        root.push('/');
        Self { origin: url[..path].into(), root: root.into() }
    }

    /// The path under which the site is served: `/leaders/`.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// Scheme and host: `https://learning.example.org`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A link to a path of the site.
    pub fn href(&self, path: &str) -> String {
        let mut href = String::with_capacity(self.root.len() + path.len());
        href.push_str(&self.root);
        for c in path.trim_start_matches('/').chars() {
            match c {
                ' ' => href.push_str("%20"),
                c => href.push(c),
            }
        }
        href
    }

    /// The absolute address of a path of the site.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.href(path))
    }

    /// The absolute address of a link as pages have it.
    pub fn absolute_href(&self, href: &str) -> String {
        if href.starts_with('/') { format!("{}{href}", self.origin) } else { href.to_owned() }
    }

    /// The absolute address of an address of the content.
    pub fn absolute_url(&self, url: &Url) -> String {
        match url {
            Url::Absolute(url) => url.to_string(),
            Url::Site { path, suffix } => format!("{}{suffix}", self.absolute(path.as_str())),
        }
    }

    /// The host of the site, without a port: `learning.example.org`.
    pub fn host(&self) -> &str {
        let authority = self.origin.split_once("://").map_or(&*self.origin, |(_, rest)| rest);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        match host.strip_prefix('[').and_then(|literal| literal.split_once(']')) {
            Some((literal, _)) => literal,
            None => host.split(':').next().unwrap_or(host),
        }
    }

    /// A link to an address of the content.
    pub fn url(&self, url: &Url) -> String {
        match url {
            Url::Absolute(url) => url.to_string(),
            Url::Site { path, suffix } => format!("{}{suffix}", self.href(path.as_str())),
        }
    }
}

/// The path of an entry's page: the collection's name, then the ID.
pub(super) fn page(collection: &str, id: impl Display) -> String {
    format!("/{collection}/{id}/")
}

/// The page of an offering.
pub fn offering_path(id: &OfferingId) -> String {
    page("offerings", id)
}

/// A role's year on one sheet.
pub fn sheet_path(id: &RoleId) -> String {
    page("print", id)
}

/// The page of a kind.
pub fn kind_path(id: &KindId) -> String {
    page("kinds", id)
}

/// The page of a role.
pub fn role_path(id: &RoleId) -> String {
    page("roles", id)
}

/// The page of a network.
pub fn network_path(id: &NetworkId) -> String {
    page("networks", id)
}

/// The page of a topic.
pub fn topic_path(id: &TopicId) -> String {
    page("topics", id)
}

/// The page of a person.
pub fn person_path(id: &PersonId) -> String {
    page("people", id)
}

/// The page of a place.
pub fn place_path(id: &PlaceId) -> String {
    page("places", id)
}

/// The page of a requirement.
pub fn requirement_path(id: &RequirementId) -> String {
    page("requirements", id)
}

/// A plain page.
pub fn plain_path(id: &PageId) -> String {
    page("pages", id)
}

/// A day of a month that has very many sessions.
pub fn day_path(date: Date) -> String {
    format!("/schedule/{date}/")
}

/// A month of the schedule.
pub fn month_path(month: YearMonth) -> String {
    page("schedule", month)
}

/// The archive of a program year.
pub fn year_path(year: ProgramYear) -> String {
    page("years", year)
}

/// A calendar to subscribe to, below its folder: `calendar_path("role", "principal")`.
pub fn calendar_path(sort: &str, id: impl Display) -> String {
    format!("/calendar/{sort}/{id}.ics")
}

/// The calendar of everything.
pub const CALENDAR_OF_ALL: &str = "/calendar/all.ics";

/// The calendar of the opening and the closing of enrollment.
pub const CALENDAR_OF_ENROLLMENT: &str = "/calendar/enrollment.ics";

/// The file with the days of one session: `/calendar/event/self-as-core/spring.2.ics`.
pub fn event_path(offering: &OfferingId, cohort: Option<&CohortId>, identity: &str) -> String {
    match cohort {
        Some(cohort) => format!("/calendar/event/{offering}/{cohort}.{identity}.ics"),
        None => format!("/calendar/event/{offering}/{identity}.ics"),
    }
}

/// What is new and what changed, as Atom.
pub const NEWS_AS_ATOM: &str = "/feed.atom";

/// The same as JSON Feed.
pub const NEWS_AS_JSON: &str = "/feed.json";

/// The folder of the data that other programs read.
pub const DATA: &str = "/api/v1/";

/// The data of an offering.
pub fn offering_data_path(id: impl Display) -> String {
    format!("{DATA}offerings/{id}.json")
}

/// The page of an entry, by its file as seen from the folder of another: `../people/dana.md` in
/// `/offerings/2026-27/`. None when no entry can be there.
pub fn entry_page(folder: &str, file: &str) -> Option<SitePath> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let (collection, stem) = (*parts.first()?, parts.last()?.strip_suffix(".md")?);
    let has_entries =
        matches!(collection, "offerings" | "requirements" | "people" | "places" | "pages");
    (has_entries && parts.len() > 1).then(|| SitePath::new(&page(collection, stem)).ok()).flatten()
}

/// A file that lies in `content/` beside an entry or below `files/`: the same path on the site.
pub fn file_path(source: &str) -> Option<SitePath> {
    let relative = source.strip_prefix("content")?;
    SitePath::new(relative).ok()
}

#[cfg(test)]
mod tests {
    use super::Addresses;
    use crate::model::Url;

    #[test]
    fn an_entry_is_found_by_its_file() {
        let page = |folder, file| super::entry_page(folder, file).map(|path| path.to_string());
        assert_eq!(page("/pages/", "help.md").unwrap(), "/pages/help/");
        assert_eq!(page("/pages/more/", "./even/help.md").unwrap(), "/pages/help/");
        assert_eq!(page("/offerings/2026-27/", "../../people/dana.md").unwrap(), "/people/dana/");
        for file in ["../README.md", "../../../x.md", "../files/x.md", "../pages.md"] {
            assert_eq!(page("/pages/", file), None, "{file}");
        }
    }

    #[test]
    fn links_stand_under_the_base_path() {
        for url in ["https://example.org/learning/", "https://example.org/learning"] {
            let addresses = Addresses::new(url);
            assert_eq!(addresses.root(), "/learning/");
            assert_eq!(addresses.href("/pages/help/"), "/learning/pages/help/");
            assert_eq!(addresses.absolute("/"), "https://example.org/learning/");
        }
        let bare = Addresses::new("https://example.org");
        assert_eq!(bare.href("/a b/"), "/a%20b/");
        let url = Url::parse("/pages/help/?a=b#top").unwrap();
        assert_eq!(bare.url(&url), "/pages/help/?a=b#top");
        assert_eq!(bare.absolute_url(&url), "https://example.org/pages/help/?a=b#top");
    }

    #[test]
    fn the_host_has_no_port() {
        for (url, host) in [
            ("https://example.org/learn/", "example.org"),
            ("http://localhost:8080/", "localhost"),
            ("http://[::1]:80/", "::1"),
        ] {
            assert_eq!(Addresses::new(url).host(), host);
        }
    }
}
