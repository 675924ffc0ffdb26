//! What browsers have fetched besides pages: pictures, styles, data. When one of these changes, a
//! page that is open may show what is old.

use std::collections::BTreeMap;

/// So many are remembered; above that, all that is known is that there are many.
const MOST: usize = 5_000;

/// Files by their path on the site, each in the version that was sent last.
#[derive(Default)]
pub(super) struct Fetched {
    files: BTreeMap<String, u64>,
    overflowed: bool,
}

impl Fetched {
    /// A file is sent. True when it was sent in another version before, which a page may show.
    pub(super) fn send(&mut self, path: &str, version: u64) -> bool {
        if self.files.len() >= MOST && !self.files.contains_key(path) {
            self.files.clear();
            self.overflowed = true;
        }
        self.files.insert(path.to_owned(), version).is_some_and(|before| before != version)
    }

    /// All of them, to compare. None when more were sent than could be remembered, which begins
    /// anew.
    pub(super) fn all(&mut self) -> Option<Vec<String>> {
        if std::mem::take(&mut self.overflowed) {
            self.files.clear();
            return None;
        }
        Some(self.files.keys().cloned().collect())
    }

    /// A file is now in this version, or gone. True when it is there and another than was sent.
    pub(super) fn compare(&mut self, path: &str, version: Option<u64>) -> bool {
        let Some(version) = version else {
            self.files.remove(path);
            return false;
        };
        self.files.get_mut(path).is_some_and(|sent| std::mem::replace(sent, version) != version)
    }

    /// No page is open that could show one of them.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Fetched, MOST};

    #[test]
    fn what_was_sent_is_told_once_when_it_changes() {
        let mut fetched = Fetched::default();
        assert!(!fetched.send("/a.png", 1));
        assert!(!fetched.send("/a.png", 1));
        assert_eq!(fetched.all(), Some(vec!["/a.png".to_owned()]));
        assert!(fetched.compare("/a.png", Some(2)));
        assert!(!fetched.compare("/a.png", Some(2)));
        assert!(!fetched.compare("/b.png", Some(2)), "nobody has it");
        // Another page fetched a newer one before the comparison came to it.
        assert!(fetched.send("/a.png", 3));
        assert!(!fetched.compare("/a.png", None));
        assert_eq!(fetched.all(), Some(vec![]));
    }

    #[test]
    fn of_too_many_it_is_known_that_there_are_many() {
        let mut fetched = Fetched::default();
        for number in 0..=MOST {
            fetched.send(&format!("/{number}"), 1);
        }
        assert_eq!(fetched.all(), None);
        assert_eq!(fetched.all(), Some(vec![]));
    }
}
