//! What a private offering keeps to itself is published nowhere else.

use std::collections::BTreeMap;

use super::Facts;
use crate::diag::{Code, Diagnostic};
use crate::model::{Catalog, Offering, Online, PlaceId, Session, Url, Venue};
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
        .flat_map(secrets_of)
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
    for offering in catalog.offerings.values().filter(|offering| !offering.private) {
        for session in sessions(offering) {
            let Some(online) = &session.online else { continue };
            let Online::Link(url) = &online.value else { continue };
            let shown = address(url);
            diagnostics.extend(
                secrets.iter().filter(|secret| secret.text == shown).map(|s| leak(s, online.span)),
            );
        }
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
        let of_offering = [&offering.commitment, &offering.dates, &offering.cost];
        let notes = offering.enroll.iter().map(|enroll| &enroll.note);
        for text in of_offering.into_iter().chain(notes).flatten() {
            texts.push((text, Box::new(|_, _| offering.title.span)));
        }
        for session in sessions(offering) {
            let enroll_note = session.enroll.as_ref().and_then(|enroll| enroll.note.as_ref());
            let own = [&session.title, &session.note, &session.reason].into_iter().flatten();
            for text in own.chain(enroll_note) {
                texts.push((text, Box::new(|_, _| session.span)));
            }
        }
    }
    for notice in &catalog.settings.notices {
        texts.push((&notice.text, Box::new(|_, _| notice.span)));
    }
    texts
}
