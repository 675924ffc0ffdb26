//! The workflows that a new catalog gets, run as its host would run them: each command is one that
//! convene understands, in a repository with a change in it. And what holds for every workflow.
//!
//! `tests/run workflows` lets actionlint read them, too.

// The machines of these hosts run Linux.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml::Value;
use tempfile::TempDir;

const CONVENE: &str = env!("CARGO_BIN_EXE_convene");

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|_| panic!("{}", path.as_ref().display()))
}

/// A new catalog for a host, in a repository with two commits: the second moves a session.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new(host: &str) -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        let status = Command::new(CONVENE)
            .args(["new", "catalog", "catalog", "--quiet", "--ci", host])
            .current_dir(repository.folder.path())
            .env_remove("SOURCE_DATE_EPOCH")
            .status()
            .unwrap();
        assert!(status.success());
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.git(&["add", "."]);
        repository.git(&["commit", "--quiet", "--message=A catalog"]);
        let offering = repository.at("content/offerings/first-workshop.md");
        let text = read(&offering);
        fs::write(&offering, text.replacen("title: ", "title: Changed ", 1)).unwrap();
        repository.git(&["commit", "--quiet", "--all", "--message=Another title"]);
        repository
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("catalog").join(path)
    }

    fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let status = Command::new("git")
            .args(who)
            .args(arguments)
            .current_dir(self.at(""))
            .status()
            .expect("git is there");
        assert!(status.success(), "{arguments:?}");
    }

    /// Runs a script as a host does: what was built last is on the path, `gh` and `curl` are not
    /// the real ones.
    fn run(&self, script: &str, variables: &[(&str, &str)]) -> String {
        let tools = self.folder.path().join("tools");
        fs::create_dir_all(&tools).unwrap();
        let tool = |name: &str, text: &str| {
            use std::os::unix::fs::PermissionsExt as _;
            let path = tools.join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        };
        tool("convene", &format!("#!/bin/sh\nexec '{CONVENE}' \"$@\"\n"));
        tool("gh", "#!/bin/sh\necho gh \"$@\"\n");
        tool("curl", "#!/bin/sh\necho curl \"$@\"\n");
        let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script])
            .current_dir(self.at(""))
            .env("PATH", path)
            .env("RUNNER_TEMP", self.folder.path())
            .env("GITHUB_ENV", self.folder.path().join("env"))
            .env("GITHUB_STEP_SUMMARY", self.folder.path().join("summary"))
            .env_remove("SOURCE_DATE_EPOCH")
            .envs(self.variables())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{said}");
        said
    }

    /// What earlier steps set for later ones.
    fn variables(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.folder.path().join("env")).unwrap_or_default();
        let pairs = text.lines().filter_map(|line| line.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }
}

fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    let found = path.iter().try_fold(value, |value, name| value.get(*name));
    found.and_then(Value::as_str).unwrap_or_else(|| panic!("{path:?}"))
}

/// The scripts of a job's steps but for the one that installs convene.
fn scripts(workflow: &Value, job: &str) -> Vec<String> {
    let steps = workflow["jobs"][job]["steps"].as_sequence().expect("steps");
    let scripts = steps.iter().filter_map(|step| step.get("run")?.as_str());
    scripts.filter(|script| !script.contains("install-convene")).map(ToOwned::to_owned).collect()
}

#[test]
fn a_change_is_checked_previewed_and_told_on_github() {
    let repository = Repository::new("github");
    let workflow: Value =
        serde_yaml::from_str(&read(repository.at(".github/workflows/catalog.yml"))).unwrap();
    assert_eq!(text(&workflow, &["env", "CONVENE_VERSION"]), env!("CARGO_PKG_VERSION"));
    let mut said = String::new();
    for script in scripts(&workflow, "check") {
        let variables = [("NUMBER", "7"), ("GITHUB_REPOSITORY", "o/r")];
        said += &repository.run(&script, &variables);
    }
    assert!(said.contains("gh pr comment 7 --repo o/r"), "{said}");
    assert!(repository.at("preview/index.html").exists());
    let summary = read(repository.folder.path().join("summary"));
    assert!(summary.contains("Changed"), "{summary}");
    let epoch = repository.variables();
    assert!(epoch.iter().any(|(name, _)| name == "SOURCE_DATE_EPOCH"), "the commit's moment");
}

#[test]
fn what_is_on_main_is_published_on_github() {
    for (event, links) in [("push", false), ("schedule", true)] {
        let repository = Repository::new("github");
        let workflow: Value =
            serde_yaml::from_str(&read(repository.at(".github/workflows/catalog.yml"))).unwrap();
        for script in scripts(&workflow, "build") {
            repository.run(&script, &[("GITHUB_EVENT_NAME", event)]);
        }
        assert!(repository.at("public/index.html").exists());
        let epoch: i64 = repository.variables()[0].1.parse().unwrap();
        assert_eq!(epoch % 86_400 == 0, links, "{event}: {epoch}");
        let path = workflow["jobs"]["build"]["steps"].as_sequence().unwrap();
        let path = path.iter().find_map(|step| step.get("with")?.get("path")?.as_str());
        assert_eq!(path, Some("public"));
    }
}

#[test]
fn a_change_is_checked_previewed_and_told_on_gitlab() {
    let repository = Repository::new("gitlab");
    let pipeline: Value = serde_yaml::from_str(&read(repository.at(".gitlab-ci.yml"))).unwrap();
    // The parts of a job that GitLab's reference names.
    let known = [
        "stage",
        "rules",
        "script",
        "artifacts",
        "pages",
        "image",
        "interruptible",
        "before_script",
    ];
    let jobs = ["check", "pages", "links"];
    for (name, job) in pipeline.as_mapping().unwrap() {
        let name = name.as_str().unwrap();
        assert!(jobs.contains(&name) || ["workflow", "variables", "default"].contains(&name));
        if jobs.contains(&name) {
            for key in job.as_mapping().unwrap().keys() {
                assert!(known.contains(&key.as_str().unwrap()), "{name}: {key:?}");
            }
            assert!(job["rules"].as_sequence().is_some_and(|rules| !rules.is_empty()), "{name}");
        }
    }
    let script = |job: &str| {
        let lines = pipeline[job]["script"].as_sequence().unwrap();
        let lines: Vec<&str> =
            lines.iter().map(|line| line.as_str().expect("each line is a text")).collect();
        lines.join("\n")
    };
    let variables = [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD^1"),
        ("CONVENE_COMMENT_TOKEN", "secret"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ];
    let said = repository.run(&script("check"), &variables);
    assert!(said.contains("https://gitlab.example/api/v4/projects/3/merge_requests/7/notes"));
    assert!(read(repository.at("changes.md")).contains("Changed"));
    assert!(repository.at("preview/index.html").exists());
    for source in ["push", "schedule"] {
        repository.run(&script("pages"), &[("CI_PIPELINE_SOURCE", source)]);
        assert!(repository.at("public/index.html").exists());
    }
    assert_eq!(pipeline["pages"]["artifacts"]["paths"][0].as_str(), Some("public"));
}

#[test]
fn convene_is_installed_only_when_its_checksum_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let script = fs::canonicalize("src/cli/new/ci/install-convene").unwrap();
    let name = "convene-1.2.3-x86_64-unknown-linux-gnu";
    // A release: the archive, its checksums, and a `curl` that knows nothing else.
    let make = format!(
        "mkdir -p releases/{name} tools && printf '#!/bin/sh\\necho convene 1.2.3\\n' \
         >releases/{name}/convene && cd releases && tar -czf {name}.tar.gz {name} && \
         sha256sum {name}.tar.gz >SHA256SUMS && printf '%s' '#!/bin/sh\n\
         for last; do :; done\nwhile [ $# -gt 0 ]; do [ \"$1\" = --output ] && to=$2; shift; done\n\
         cp \"'\"$PWD\"'/${{last##*/}}\" \"$to\"\n' >../tools/curl && chmod 755 ../tools/curl && \
         printf '#!/bin/sh\\necho Linux-x86_64 | cut -d- -f$([ \"$1\" = -s ] && echo 1 || echo 2)\\n' \
         >../tools/uname && chmod 755 ../tools/uname"
    );
    let status = Command::new("bash").args(["-ec", &make]).current_dir(folder.path()).status();
    assert!(status.unwrap().success());
    let path = format!("{}:{}", at("tools").display(), std::env::var("PATH").unwrap());
    let install = |variables: &[(&str, &str)]| {
        let output = Command::new("sh")
            .arg(&script)
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("CONVENE_FOLDER", at("bin"))
            .env_remove("GITHUB_PATH")
            .env_remove("GH_TOKEN")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        (output.status.success(), said)
    };
    let where_from = ("CONVENE_REPOSITORY", "https://example.org/o/convene/");
    let version = ("CONVENE_VERSION", "1.2.3");
    for (variables, words) in [
        (vec![version], "CONVENE_REPOSITORY is not set"),
        (vec![where_from], "CONVENE_VERSION is not set"),
        (vec![version, ("CONVENE_REPOSITORY", "http://example.org")], "does not begin with https"),
        (vec![version, where_from, ("CONVENE_SHA256", &"0".repeat(64))], "the checksum is wrong"),
        (vec![("CONVENE_VERSION", "9.9.9"), where_from], ""),
    ] {
        let (done, said) = install(&variables);
        assert!(!done && said.contains(words), "{said}");
        assert!(!at("bin/convene").exists());
    }
    let (done, said) = install(&[version, where_from]);
    assert!(done && said.contains("convene 1.2.3"), "{said}");
    fs::remove_file(at("bin/convene")).unwrap();

    let archive = at("releases").join(format!("{name}.tar.gz"));
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    let (done, said) = install(&[version, where_from]);
    assert!(!done && said.contains("the checksum is wrong"), "{said}");
    assert!(!at("bin/convene").exists());
}

/// The workflows of this repository, and the one that a new catalog gets.
fn workflows() -> Vec<PathBuf> {
    let ours = fs::read_dir(".github/workflows").unwrap().map(|entry| entry.unwrap().path());
    ours.chain([PathBuf::from("src/cli/new/ci/github.yml")]).collect()
}

#[test]
fn actions_are_pinned_by_commit() {
    let mut pins = std::collections::BTreeMap::new();
    for path in workflows() {
        for line in read(&path).lines().filter(|line| line.contains("uses:")) {
            let (_, used) = line.split_once("uses:").unwrap();
            let (action, version) = used.trim().split_once(" # v").expect(line);
            let (name, commit) = action.split_once('@').expect(line);
            assert!(name.starts_with("actions/"), "{line}: only the host's own");
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{line}");
            assert_eq!(version.split('.').count(), 3, "{line}");
            // One version of each, everywhere.
            let first = pins.entry(name.to_owned()).or_insert_with(|| commit.to_owned());
            assert_eq!(first, commit, "{line}");
        }
    }
    assert!(pins.len() >= 6, "{pins:?}");
}

#[test]
fn no_workflow_may_do_more_than_it_has_to() {
    for path in workflows() {
        let name = path.display();
        let text = read(&path);
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        let all = serde_yaml::to_string(&workflow["permissions"]).unwrap();
        assert_eq!(all.trim(), "contents: read", "{name}");
        for (job, body) in workflow["jobs"].as_mapping().unwrap() {
            let job = job.as_str().unwrap();
            assert!(body.get("timeout-minutes").is_some(), "{name}: {job}");
            let more = body.get("permissions").and_then(Value::as_mapping);
            let writes: Vec<&str> = more
                .into_iter()
                .flatten()
                .filter(|(_, right)| right.as_str() == Some("write"))
                .filter_map(|(what, _)| what.as_str())
                .collect();
            let allowed: &[&str] = match job {
                "check" => &["pull-requests"],
                "publish" => &["pages", "id-token"],
                "release" => &["contents", "id-token", "attestations"],
                _ => &[],
            };
            assert_eq!(writes, allowed, "{name}: {job}");
        }
        // A text of somebody else's is never part of a script, and never meets a right to write.
        assert!(!text.contains("pull_request_target"), "{name}");
        for script in text.lines().filter(|line| line.trim_start().starts_with("run:")) {
            assert!(!script.contains("${{"), "{name}: {script}");
        }
        let checkouts = text.matches("actions/checkout@").count();
        assert_eq!(text.matches("persist-credentials: false").count(), checkouts, "{name}");
    }
}
