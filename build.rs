//! Lists the files that the binary carries: the default theme for `src/theme/embedded.rs`, and the
//! page of every check for `src/cli/explain.rs`.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    embed("themes/district", "include_bytes", "district.rs")?;
    embed("docs/checks", "include_str", "checks.rs")?;
    name_the_renderer()
}

/// Names the program by what it is compiled from, so that what one version remembers is never
/// believed by another. The same sources have the same name, whoever compiles them.
fn name_the_renderer() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for part in ["src", "themes/district"] {
        collect(&folder.join(part), &mut files)?;
    }
    files.extend(["Cargo.toml", "Cargo.lock"].map(|name| folder.join(name)));
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files.iter().filter(|file| file.exists()) {
        println!("cargo::rerun-if-changed={}", file.display());
        hasher.update(file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.update(blake3::hash(&fs::read(file)?).as_bytes());
    }
    println!("cargo::rustc-env=CONVENE_RENDERER={}", hasher.finalize().to_hex());
    Ok(())
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
