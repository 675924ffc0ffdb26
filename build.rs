//! Lists the files that the binary carries: the default theme for `src/theme/embedded.rs`, and the
//! page of every check for `src/cli/explain.rs`.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    embed("themes/district", "include_bytes", "district.rs")?;
    embed("docs/checks", "include_str", "checks.rs")
}

/// Writes a list of path and content of every file below a folder.
fn embed(folder: &str, include: &str, list_name: &str) -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join(folder);
    let mut files = Vec::new();
    collect(&folder, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        let path = file.display().to_string();
        list.push_str(&format!("    ({name:?}, {include}!({path:?})),\n"));
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(list_name), list)?;
    Ok(())
}

/// Every file below a folder that is not hidden.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        println!("cargo::rerun-if-changed={}", path.display());
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
