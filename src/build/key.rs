//! What a build is made from, in 32 bytes.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{Now, Options};
use crate::source::{Content, SourceFile, Sources};

/// The program, by all that it was compiled from.
const RENDERER: &str = env!("CONVENE_RENDERER");

/// Two builds with one key give the same diagnostics and the same files, byte by byte, as long as
/// the moment is one for which the first of them holds ([`Draft::holds`](super::Draft::holds)).
/// There is none while a file could not be read: nobody knows what is in it the next time.
pub fn key(sources: &Sources, options: &Options) -> Option<[u8; 32]> {
    // Every field by its name, so that a new one cannot be forgotten.
    let Options { now, drafts, future, strict } = options;
    let local = match now {
        Now::Instant(_) => String::new(),
        Now::Local(moment) => moment.to_string(),
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(RENDERER.as_bytes());
    hasher.update(&[u8::from(*drafts), u8::from(*future), u8::from(*strict)]);
    hasher.update(&(local.len() as u64).to_le_bytes()).update(local.as_bytes());
    let files: Vec<&SourceFile> = sources.iter().map(|(_, file)| file).collect();
    let known: Vec<Option<blake3::Hash>> = files.into_par_iter().map(of_file).collect();
    for hash in known {
        hasher.update(hash?.as_bytes());
    }
    Some(*hasher.finalize().as_bytes())
}

fn of_file(file: &SourceFile) -> Option<blake3::Hash> {
    let (kind, bytes) = match &file.content {
        Content::Text(text) => (0, text.as_bytes()),
        Content::Binary(bytes) => (1, &**bytes),
        Content::Unread(_) => return None,
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[kind]).update(&(file.path.len() as u64).to_le_bytes());
    hasher.update(file.path.as_bytes()).update(bytes);
    Some(hasher.finalize())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::key;
    use crate::build::{Now, Options};
    use crate::source::Sources;

    #[test]
    fn whatever_a_build_depends_on_changes_its_key() {
        let options = Options {
            now: Now::Instant("2026-11-25T12:00:00Z".parse().unwrap()),
            drafts: false,
            future: false,
            strict: false,
        };
        let local = Now::Local("2026-11-25T12:00:00".parse().unwrap());
        let of = |files: &[(&str, &str)], options: &Options| {
            key(&Sources::from_texts(files.iter().copied()), options).unwrap()
        };
        let files = [("content/catalog.yaml", "title: A"), ("content/offerings/a.md", "b")];
        let moved = [("content/catalog.yaml", "title: A"), ("content/offerings/ab.md", "")];
        let edited = [("content/catalog.yaml", "title: A"), ("content/offerings/a.md", "c")];
        let keys = BTreeSet::from([
            of(&files, &options),
            of(&moved, &options),
            of(&edited, &options),
            of(&files[..1], &options),
            of(&files, &Options { drafts: true, ..options.clone() }),
            of(&files, &Options { future: true, ..options.clone() }),
            of(&files, &Options { strict: true, ..options.clone() }),
            of(&files, &Options { now: local, ..options.clone() }),
        ]);
        assert_eq!(keys.len(), 8);
        let later = Now::Instant("2026-11-25T13:00:00Z".parse().unwrap());
        assert_eq!(of(&files, &options), of(&files, &Options { now: later, ..options.clone() }));
    }

    #[test]
    fn what_could_not_be_read_has_no_key() {
        let options = Options {
            now: Now::Instant("2026-11-25T12:00:00Z".parse().unwrap()),
            drafts: false,
            future: false,
            strict: false,
        };
        assert_eq!(key(&Sources::default(), &options), None, "the catalog is missing");
    }
}
