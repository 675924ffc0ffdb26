//! Git in a folder of a test, whatever the machine's own settings are.

use std::path::Path;
use std::process::Command;

/// Runs git in a folder, at noon of a day in New York.
#[track_caller]
pub fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Staff", "-c", "user.email=staff@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00-05:00"))
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
