//! What a template may take: so much output, so much time. Loops without an end are not known by
//! their looks; so whoever has a clock watches the pages that are being made, and stops one.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// No page is larger, in bytes. The whole catalog on paper has some 3 kB an offering.
pub(super) const MAX_PAGE: usize = 512 << 20;

/// The pages that are being made at this moment, in this process.
static IN_PROGRESS: Mutex<Vec<Arc<InProgress>>> = Mutex::new(Vec::new());

/// A page that is being made.
#[derive(Debug)]
pub struct InProgress {
    /// Which one of all: no two have the same number.
    pub number: u64,
    /// The template that is filled.
    pub template: &'static str,
    /// The path of the page on the site.
    pub page: String,
    stopped: AtomicBool,
}

impl InProgress {
    /// Asks it to end, and it does when it next writes something: with a diagnostic, and no page.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// True when it was asked to end.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// The pages that are being made.
pub fn in_progress() -> Vec<Arc<InProgress>> {
    IN_PROGRESS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// A page in the list, until this is dropped.
pub(super) struct Listed(pub(super) Arc<InProgress>);

impl Listed {
    /// Puts a page on the list.
    pub(super) fn new(template: &'static str, page: &str) -> Self {
        static NUMBERS: AtomicU64 = AtomicU64::new(0);
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let page = page.to_owned();
        let one = Arc::new(InProgress { number, template, page, stopped: AtomicBool::new(false) });
        IN_PROGRESS.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&one));
        Self(one)
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        let mut all = IN_PROGRESS.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.number != self.0.number);
    }
}

/// How a template ran away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RanAway {
    /// It wrote more than a page may have.
    TooLarge,
    /// Whoever watches has lost patience.
    TooLong,
}

/// The bytes of a page, as long as its template is within bounds.
pub(super) struct Bounded<'p> {
    bytes: Vec<u8>,
    page: &'p InProgress,
    most: usize,
    ran_away: &'p OnceLock<RanAway>,
}

impl<'p> Bounded<'p> {
    /// An empty page. How its template ran away will be in `ran_away`.
    pub(super) fn new(page: &'p InProgress, most: usize, ran_away: &'p OnceLock<RanAway>) -> Self {
        Self { bytes: Vec::with_capacity(64 * 1024), page, most, ran_away }
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        let why = if self.bytes.len() + more.len() > self.most {
            RanAway::TooLarge
        } else if self.page.is_stopped() {
            RanAway::TooLong
        } else {
            self.bytes.extend_from_slice(more);
            return Ok(more.len());
        };
        let _ = self.ran_away.set(why);
        Err(io::ErrorKind::Other.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::sync::OnceLock;

    use super::{Bounded, Listed, RanAway, in_progress};

    #[test]
    fn a_page_has_a_size_that_it_may_not_pass() {
        let (listed, ran_away) = (Listed::new("home.html", "/"), OnceLock::new());
        let mut page = Bounded::new(&listed.0, 10, &ran_away);
        page.write_all(b"0123456789").unwrap();
        page.write_all(b"").unwrap();
        page.write_all(b"x").unwrap_err();
        assert_eq!(ran_away.get(), Some(&RanAway::TooLarge));
        assert_eq!(page.into_bytes(), b"0123456789");
    }

    #[test]
    fn a_page_ends_when_it_is_asked_to() {
        let (listed, ran_away) = (Listed::new("page.html", "/a/"), OnceLock::new());
        let mut page = Bounded::new(&listed.0, 10, &ran_away);
        page.write_all(b"0").unwrap();
        let all = in_progress();
        let one = all.iter().find(|one| one.number == listed.0.number).unwrap();
        assert_eq!((one.template, one.page.as_str()), ("page.html", "/a/"));
        one.stop();
        page.write_all(b"1").unwrap_err();
        assert_eq!(ran_away.get(), Some(&RanAway::TooLong));
        drop(listed);
        assert!(!in_progress().iter().any(|other| other.number == one.number));
    }
}
