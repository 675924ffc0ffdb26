//! Who is asked when: several hosts at once, each by one request at a time.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::ask::{Next, Request, agent};
use super::{Answer, Limits};

/// A request that waits for its turn.
struct Waiting {
    /// Which address it belongs to.
    address: usize,
    request: Request,
    not_before: Instant,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Waiting>,
    /// When a host may be asked again; none while it is being asked.
    hosts: BTreeMap<String, Option<Instant>>,
    answers: BTreeMap<usize, Answer>,
    under_way: usize,
}

/// Asks all addresses, in order as far as hosts allow. What no time was left for is not among the
/// answers.
pub(super) fn ask_all(addresses: &[Arc<str>], limits: &Limits) -> Vec<(Arc<str>, Answer)> {
    let begun = Instant::now();
    let mut state = State::default();
    for (address, url) in addresses.iter().enumerate() {
        if let Some(request) = Request::new(url) {
            state.waiting.push_back(Waiting { address, request, not_before: begun });
        }
    }
    let (state, changed) = (Mutex::new(state), Condvar::new());
    let agent = agent(limits.request);
    thread::scope(|scope| {
        for _ in 0..limits.at_once.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(one) = next(&state, &changed, begun + limits.all) {
                    let host = one.request.host();
                    let came = one.request.send(&agent, limits.wait);
                    let mut state = lock(&state);
                    let now = Instant::now();
                    state.under_way -= 1;
                    state.hosts.insert(host, Some(now + limits.pause));
                    match came {
                        Next::Done(answer) => drop(state.answers.insert(one.address, answer)),
                        Next::Ask(request, after) => {
                            let address = one.address;
                            let not_before = now + after;
                            state.waiting.push_front(Waiting { address, request, not_before });
                        }
                    }
                    changed.notify_all();
                }
            });
        }
    });
    let answers = state.into_inner().unwrap_or_else(PoisonError::into_inner).answers;
    answers.into_iter().map(|(address, answer)| (Arc::clone(&addresses[address]), answer)).collect()
}

/// The first request whose host is free. None when there is nothing more to do, or no more time.
fn next(state: &Mutex<State>, changed: &Condvar, deadline: Instant) -> Option<Waiting> {
    let mut state = lock(state);
    loop {
        let now = Instant::now();
        if now >= deadline || (state.waiting.is_empty() && state.under_way == 0) {
            return None;
        }
        let is_free = |waiting: &Waiting| {
            let host = state.hosts.get(&waiting.request.host());
            let free = host.is_none_or(|free| free.is_some_and(|free| free <= now));
            free && waiting.not_before <= now
        };
        if let Some(at) = state.waiting.iter().position(is_free)
            && let Some(one) = state.waiting.remove(at)
        {
            state.hosts.insert(one.request.host(), None);
            state.under_way += 1;
            return Some(one);
        }
        let waited = changed.wait_timeout(state, Duration::from_millis(50));
        state = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
