//! Where the time of a build goes: stage by stage, and by what kind of file is made.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// So many of the slowest files are named.
const SLOWEST: usize = 5;

/// What is measured while a build runs, from any thread.
#[derive(Debug, Default)]
pub struct Timings {
    measured: Mutex<Measured>,
}

/// What one file cost, or all files of a kind together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Made {
    /// To gather its data.
    pub gathered: Duration,
    /// To make it, its data included.
    pub took: Duration,
    /// How large it is.
    pub bytes: usize,
}

#[derive(Debug, Default)]
struct Measured {
    stages: Vec<(&'static str, Duration)>,
    kinds: BTreeMap<&'static str, (usize, Made)>,
    /// The slowest first.
    slowest: Vec<(Duration, String)>,
}

impl Timings {
    /// A stage is over.
    pub fn stage(&self, name: &'static str, took: Duration) {
        self.with(|measured| measured.stages.push((name, took)));
    }

    /// A file of a kind, such as `offering.html`, has been made.
    pub fn file(&self, path: &str, kind: &'static str, made: Made) {
        self.with(|measured| {
            let (count, all) = measured.kinds.entry(kind).or_default();
            *count += 1;
            all.gathered += made.gathered;
            all.took += made.took;
            all.bytes += made.bytes;
            let slowest = &mut measured.slowest;
            if slowest.last().is_none_or(|(least, _)| slowest.len() < SLOWEST || *least < made.took)
            {
                let at = slowest.partition_point(|(took, _)| *took >= made.took);
                slowest.insert(at, (made.took, path.to_owned()));
                slowest.truncate(SLOWEST);
            }
        });
    }

    /// Every stage, in the order in which they ended.
    pub fn stages(&self) -> Vec<(&'static str, Duration)> {
        self.with(|measured| measured.stages.clone())
    }

    /// Every kind of file, how many there are, and what all of them cost; the dearest first.
    pub fn kinds(&self) -> Vec<(&'static str, usize, Made)> {
        let mut kinds: Vec<_> = self.with(|measured| {
            measured.kinds.iter().map(|(name, (count, made))| (*name, *count, *made)).collect()
        });
        kinds.sort_by_key(|(name, _, made)| (std::cmp::Reverse(made.took), *name));
        kinds
    }

    /// The files that took longest, the slowest first.
    pub fn slowest(&self) -> Vec<(Duration, String)> {
        self.with(|measured| measured.slowest.clone())
    }

    fn with<R>(&self, look: impl FnOnce(&mut Measured) -> R) -> R {
        look(&mut self.measured.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Made, Timings};

    #[test]
    fn the_dearest_come_first() {
        let timings = Timings::default();
        for (path, kind, took) in [("a", "x", 1), ("b", "y", 9), ("c", "x", 3), ("d", "x", 2)] {
            let took = Duration::from_millis(took);
            timings.file(path, kind, Made { gathered: took / 2, took, bytes: 10 });
        }
        let kinds = timings.kinds();
        assert_eq!((kinds[0].0, kinds[0].1), ("y", 1));
        assert_eq!((kinds[1].0, kinds[1].1, kinds[1].2.bytes), ("x", 3, 30));
        let slowest: Vec<String> = timings.slowest().into_iter().map(|(_, path)| path).collect();
        assert_eq!(slowest, ["b", "c", "d", "a"]);
    }
}
