//! What a private offering keeps to itself is published nowhere else.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Catalog, Cohort, Enrollment, Offering, Online, PlaceId, Session, Sessions, Url, Venue, When,
};
use crate::source::Span;

/// The shortest text that is looked for: a shorter one is found everywhere.
const SHORTEST: usize = 4;

/// Looks for join links and rooms of private offerings in every text that is shown, and for places
/// that only private offerings use.
pub(super) fn check(facts: &Facts<'_>) -> Vec<Diagnostic> {
    let catalog = facts.catalog;
    let secrets: Vec<Secret<'_>> = catalog
        .offerings
        .values()
        .filter(|offering| offering.private)
        .flat_map(|offering| secrets_of(offering))
        .collect();
    let mut diagnostics = private_places(catalog);
    if secrets.is_empty() {
        return diagnostics;
    }
    for (text, span_of) in texts(catalog) {
        for secret in &secrets {
            if let Some(at) = text.find(&secret.text) {
                diagnostics.push(leak(secret, span_of(at, secret.text.len())));
            }
        }
    }
    for (url, span) in addresses(catalog) {
        let shown = address(url);
        let same = secrets.iter().filter(|secret| secret.text == shown && secret.span != span);
        diagnostics.extend(same.map(|secret| leak(secret, span)));
    }
    diagnostics
}

/// Something that must not be shown.
struct Secret<'c> {
    text: String,
    what: &'static str,
    offering: &'c Offering,
    span: Span,
}

fn leak(secret: &Secret<'_>, span: Span) -> Diagnostic {
    let title = &secret.offering.title.value;
    Diagnostic::new(
        Code::PrivateLeak,
        span,
        format!("this would publish {} of the private offering \"{title}\"", secret.what),
    )
    .also(secret.span, "it is kept private here")
    .hint("remove it here; those who take part get it after they enroll")
}

fn secrets_of(offering: &Offering) -> Vec<Secret<'_>> {
    let mut secrets = Vec::new();
    for session in sessions(offering) {
        if let Some(online) = &session.online
            && let Online::Link(url) = &online.value
        {
            let text = address(url);
            secrets.push(Secret { text, what: "the join link", offering, span: online.span });
        }
        for venue in session.venues() {
            if let Venue::Text(text) = &venue.value
                && text.len() >= SHORTEST
            {
                secrets.push(Secret {
                    text: text.to_string(),
                    what: "the room",
                    offering,
                    span: venue.span,
                });
            }
        }
    }
    secrets.sort_by(|a, b| a.text.cmp(&b.text));
    secrets.dedup_by(|a, b| a.text == b.text);
    secrets
}

fn sessions(offering: &Offering) -> impl Iterator<Item = &Session> {
    offering.written_sessions().flat_map(|(_, session)| session.leaves())
}

fn address(url: &Url) -> String {
    match url {
        Url::Absolute(address) => address.to_string(),
        Url::Site { path, suffix } => format!("{path}{suffix}"),
    }
}

/// A place that only private offerings use would show their room or join link on a page of its own.
fn private_places(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut users: BTreeMap<&PlaceId, (Vec<&Offering>, bool)> = BTreeMap::new();
    for offering in catalog.offerings.values() {
        for venue in sessions(offering).flat_map(Session::venues) {
            if let Venue::Place(id) = &venue.value {
                let (private, public) = users.entry(id).or_default();
                if offering.private {
                    private.push(offering);
                } else {
                    *public = true;
                }
            }
        }
    }
    users
        .into_iter()
        .filter(|(_, (_, public))| !public)
        .filter_map(|(id, (private, _))| {
            let place = catalog.places.get(id)?;
            let offering = private.first()?;
            let shows = match (&place.room, &place.url) {
                (Some(_), _) => "the room",
                (None, Some(_)) if place.online => "the join link",
                _ => return None,
            };
            let title = &offering.title.value;
            let message = format!(
                "only the private offering \"{title}\" meets at this place, and its page would publish {shows}"
            );
            Some(
                Diagnostic::new(Code::PrivateLeak, place.name.span, message)
                    .also(offering.title.span, "the private offering")
                    .hint("delete this place, and write it in words in the session: `place: Room 12`")
                    .hint("what a private offering has in words is shown nowhere"),
            )
        })
        .collect()
}

/// Where a byte range of a text stands.
type Locate<'c> = Box<dyn Fn(usize, usize) -> Span + 'c>;

fn always<'c>(span: Span) -> Locate<'c> {
    Box::new(move |_, _| span)
}

fn note_of(enroll: &Enrollment) -> Option<(&str, Locate<'_>)> {
    Some((enroll.note.as_deref()?, always(enroll.span)))
}

fn cohorts(offering: &Offering) -> impl Iterator<Item = &Cohort> {
    let cohorts = match &offering.sessions {
        Sessions::Cohorts(cohorts) => Some(cohorts.values()),
        Sessions::Single(_) => None,
    };
    cohorts.into_iter().flatten()
}

/// Every address of an offering that is shown. Those by which one joins a private one, and its
/// recordings, are not.
fn addresses(catalog: &Catalog) -> Vec<(&Url, Span)> {
    let mut found = Vec::new();
    for offering in catalog.offerings.values() {
        let of_sessions = || sessions(offering);
        let enrollments = offering
            .enroll
            .iter()
            .chain(cohorts(offering).filter_map(|cohort| cohort.enroll.as_ref()))
            .chain(of_sessions().filter_map(|session| session.enroll.as_deref()));
        for enroll in enrollments {
            found.push((&enroll.url.value, enroll.url.span));
            found.extend(enroll.waitlist.iter().map(|url| (&url.value, url.span)));
        }
        let materials = offering.materials.iter().chain(of_sessions().flat_map(|s| &s.materials));
        found
            .extend(materials.filter_map(|one| one.url.as_ref()).map(|url| (&url.value, url.span)));
        if offering.private {
            continue;
        }
        for session in of_sessions() {
            if let Some(online) = &session.online
                && let Online::Link(url) = &online.value
            {
                found.push((url, online.span));
            }
            found.extend(session.recording.iter().map(|url| (&url.value, url.span)));
        }
    }
    found
}

/// Every text that is shown, with the way to find a place in it.
fn texts(catalog: &Catalog) -> Vec<(&str, Locate<'_>)> {
    let mut texts: Vec<(&str, Locate<'_>)> = Vec::new();
    let eligibility =
        catalog.offerings.values().filter_map(|offering| offering.eligibility.as_ref());
    let access = catalog.places.values().filter_map(|place| place.accessibility.as_ref());
    for markdown in catalog.bodies().chain(eligibility).chain(access) {
        let locate = move |at: usize, length: usize| markdown.place(&(at..at + length));
        texts.push((&markdown.text, Box::new(locate)));
    }
    for offering in catalog.offerings.values() {
        texts.push((&offering.summary.value, Box::new(|_, _| offering.summary.span)));
        texts.push((&offering.title.value, Box::new(|_, _| offering.title.span)));
        let of_offering = [&offering.commitment, &offering.dates, &offering.cost];
        let lists = offering.outcomes.iter().chain(&offering.hosts);
        for text in of_offering.into_iter().flatten().chain(lists) {
            texts.push((&text.value, Box::new(|_, _| text.span)));
        }
        texts.extend(offering.enroll.iter().filter_map(note_of));
        if let Some(cancelled) = &offering.cancelled {
            let note = cancelled.note.iter();
            texts.extend(note.map(|note| (note.as_str(), always(cancelled.span))));
        }
        for cohort in cohorts(offering) {
            texts.push((&cohort.title.value, always(cohort.title.span)));
            texts.extend(cohort.note.iter().map(|note| (note.as_str(), always(cohort.span))));
            texts.extend(cohort.enroll.iter().filter_map(note_of));
        }
        for session in sessions(offering) {
            let own = [&session.title, &session.note, &session.reason].into_iter().flatten();
            let set_later = match &session.when {
                When::Unset(text) => Some(text),
                _ => None,
            };
            for text in own.chain(set_later) {
                texts.push((text, Box::new(|_, _| session.span)));
            }
            texts.extend(session.enroll.as_deref().into_iter().filter_map(note_of));
        }
    }
    for notice in &catalog.settings.notices {
        texts.push((&notice.text, Box::new(|_, _| notice.span)));
    }
    texts
}
