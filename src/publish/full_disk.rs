//! Every change to the disk refused in its turn: the old site stays whole, and the next run heals.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::refusals;
use super::{Protected, PublishError, publish};
use crate::build::Site;
use crate::model::SitePath;
use crate::plan::OutputPath;

type Files = BTreeMap<String, Vec<u8>>;

/// A site of so many pages, of which every third is like that of another generation.
fn generation(number: usize, pages: usize) -> Files {
    let page = |index: usize| {
        let text = if index.is_multiple_of(3) { "same".to_owned() } else { format!("{number}") };
        (format!("p{index}/index.html"), format!("{text} {index}").into_bytes())
    };
    let mut files: Files = (0..pages).map(page).collect();
    files.insert("index.html".to_owned(), format!("home {number}").into_bytes());
    files.insert(format!("only/{number}.json"), b"{}".to_vec());
    files
}

fn site(files: &Files) -> Site {
    let path = |path: &str| OutputPath::of(&SitePath::new(&format!("/{path}")).unwrap());
    let one = |(at, bytes): (&String, &Vec<u8>)| (path(at), Arc::from(bytes.as_slice()));
    Site { files: files.iter().map(one).collect(), ..Site::default() }
}

/// All files of a folder, but for those of somebody else.
fn tree(folder: &Path) -> Files {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let of = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
        (path.replace('\\', "/"), fs::read(entry.path()).unwrap())
    };
    files.map(of).collect()
}

struct Scene {
    folder: tempfile::TempDir,
    real: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let real = fs::canonicalize(folder.path()).unwrap();
        Self { folder, real }
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    fn publish(&self, files: &Files) -> Result<(), PublishError> {
        let protected = Protected { project: self.folder.path().join("project"), home: None };
        publish(&site(files), &self.output(), &protected).map(drop)
    }
}

/// Publishes a second site over a first one, with every change refused in its turn: that one alone,
/// or it and all that follow. `step` passes some turns over. Gives the number of runs that failed.
fn refuse_each(pages: usize, step: usize, all_that_follow: bool) -> usize {
    let (old, new) = (generation(1, pages), generation(2, pages));
    let theirs = (".well-known/token".to_owned(), b"theirs".to_vec());
    let with_theirs = |files: &Files| {
        let mut files = files.clone();
        files.extend([theirs.clone()]);
        files
    };
    let mut failed = 0;
    for refused in (0..).step_by(step) {
        let scene = Scene::new();
        scene.publish(&old).unwrap();
        fs::create_dir_all(scene.output().join(".well-known")).unwrap();
        fs::write(scene.output().join(&theirs.0), &theirs.1).unwrap();

        let end = if all_that_follow { usize::MAX } else { refused + 1 };
        refusals::plan(&scene.real, refused..end);
        let result = scene.publish(&new);
        let turns = refusals::end(&scene.real);
        let expected = if result.is_ok() { &new } else { &old };
        assert_eq!(tree(&scene.output()), with_theirs(expected), "turn {refused}: {result:?}");

        scene.publish(&new).unwrap_or_else(|error| panic!("turn {refused}: {error}"));
        assert_eq!(tree(&scene.output()), with_theirs(&new), "turn {refused}, healed");
        let mut left: Vec<_> =
            fs::read_dir(&scene.real).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".public.convene-lock", ".public.convene-manifest", "public"]);
        if turns <= refused {
            assert!(result.is_ok(), "nothing was refused");
            return failed;
        }
        failed += usize::from(result.is_err());
    }
    failed
}

#[test]
fn whatever_change_is_refused_the_site_is_whole() {
    let failed = refuse_each(9, 1, false);
    assert!(failed > 25, "only {failed} changes were refused");
}

#[test]
fn a_disk_that_stays_full_leaves_the_old_site() {
    let failed = refuse_each(9, 1, true);
    assert!(failed > 25, "only {failed} changes were refused");
}

#[test]
fn many_files_are_refused_as_few_are() {
    let failed = refuse_each(50, 7, true);
    assert!(failed > 15, "only {failed} changes were refused");
}
