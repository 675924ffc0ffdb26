//! Addresses of others that the content names: does each answer? The one room that asks a network,
//! and only when it was told to.
//!
//! It is polite: one request at a time for a host, with a pause between two; `HEAD`, and `GET` only
//! where that is refused; it says who asks, and waits as long as a host asks it to. It is bounded
//! in the number of addresses, in time, and in how many hosts are asked at once.

mod ask;
mod memory;
mod queue;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

pub use memory::Memory;

use crate::diag::{Code, Diagnostic};
use crate::plan::OutsideLink;

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is there; or somebody is, who wants to know who asks.
    There,
    /// It is there, and has moved for good to another address.
    Moved(String),
    /// It is not there. Why, as the end of a sentence: `it answers 404 Not Found`.
    Gone(String),
}

/// How far to go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// At most so many addresses are asked; enrollment first, then in the order of the content.
    pub addresses: usize,
    /// How many hosts are asked at once.
    pub at_once: usize,
    /// How long one request may take.
    pub request: Duration,
    /// How long all of them may take.
    pub all: Duration,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// The longest that is waited because a host asks for it.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            addresses: 2_000,
            at_once: 8,
            request: Duration::from_secs(15),
            all: Duration::from_mins(5),
            pause: Duration::from_millis(250),
            wait: Duration::from_secs(30),
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The answer for every address that was asked, or is remembered.
    pub answers: BTreeMap<Arc<str>, Answer>,
    /// How many addresses were asked just now.
    pub asked: usize,
    /// How many were not, because there were too many, or no time was left.
    pub left: usize,
}

/// Asks every address once, unless `memory` knows the answer. New answers go into `memory`, as of
/// `now`, in seconds since 1970.
pub fn ask(links: &[OutsideLink], memory: &mut Memory, now: i64, limits: &Limits) -> Outcome {
    let mut outcome = Outcome::default();
    let mut unknown: Vec<Arc<str>> = Vec::new();
    let (enrollment, others): (Vec<_>, Vec<_>) = links.iter().partition(|link| link.enrollment);
    for link in enrollment.into_iter().chain(others) {
        if outcome.answers.contains_key(&link.url) || unknown.contains(&link.url) {
            continue;
        }
        match memory.answer(&link.url, now) {
            Some(answer) => drop(outcome.answers.insert(Arc::clone(&link.url), answer)),
            None => unknown.push(Arc::clone(&link.url)),
        }
    }
    let most = unknown.len().min(limits.addresses);
    for (url, answer) in queue::ask_all(&unknown[..most], limits) {
        memory.remember(&url, &answer, now);
        outcome.asked += 1;
        outcome.answers.insert(url, answer);
    }
    outcome.left = unknown.len() - outcome.asked;
    outcome
}

/// What is wrong with the addresses, each at its own place.
pub fn judge(links: &[OutsideLink], outcome: &Outcome) -> Vec<Diagnostic> {
    let told = |link: &OutsideLink| {
        let (code, message, hint) = match outcome.answers.get(&link.url)? {
            Answer::There => return None,
            Answer::Moved(to) => (
                Code::LinkMoved,
                "this address has moved for good".to_owned(),
                format!("write `{to}`"),
            ),
            Answer::Gone(why) => (
                Code::LinkUnreachable,
                format!("{} leads nowhere: {why}", name(link)),
                "open it in a browser; mend it, or remove it".to_owned(),
            ),
        };
        Some(Diagnostic::new(code, link.span, message).hint(hint))
    };
    links.iter().filter_map(told).collect()
}

fn name(link: &OutsideLink) -> &'static str {
    if link.enrollment { "the enrollment link" } else { "this link" }
}
