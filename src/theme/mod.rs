//! Templates and assets as data: a folder of `themes/` over the default that the program carries.
//!
//! A theme has no code that runs here and asks for nothing: it is a set of files. What the project
//! has in `themes/NAME/` stands in front of the default theme, file by file, so that a project may
//! replace a single template and keep the rest.

mod compact;
mod embedded;
mod manifest;
mod names;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use manifest::Section;
pub use names::Names;

use crate::diag::{Code, Diagnostic, Warned, did_you_mean};
use crate::source::{Content, FileId, Sources, Spanned};

/// The theme that the program carries.
pub const DEFAULT: &str = "district";

/// A theme, read and put together.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Templates by their path below `templates/`: `offering.html`, `components/card.html`.
    pub templates: BTreeMap<String, Template>,
    /// Every file that the site serves, by its path below `assets/`, but for the style sheet.
    pub assets: BTreeMap<String, Arc<[u8]>>,
    /// All styles as one sheet. Its relative addresses are seen from `assets/`.
    pub styles: String,
    /// The folder of the scripts below `assets/`, with a slash at its end. Its name changes with
    /// any of them, so that scripts that name each other never come from two versions.
    pub scripts: String,
    /// The script that keeps the site for readers without a network, which the site serves from its
    /// root.
    pub service_worker: Arc<str>,
    /// The typefaces of pictures.
    pub picture_fonts: PictureFonts,
    /// The paths of the fonts to load early, below `assets/`: those that the base style names
    /// first.
    pub early_fonts: Vec<String>,
    /// The parts of the site that it leaves out.
    pub left_out: BTreeSet<Section>,
}

impl Theme {
    /// The names that its templates have in them.
    pub fn names(&self) -> Names<'_> {
        Names::new(&self.templates)
    }
}

/// The typefaces of pictures, as TrueType or OpenType.
#[derive(Clone, Debug)]
pub struct PictureFonts {
    /// For titles.
    pub heading: Arc<[u8]>,
    /// For everything else.
    pub text: Arc<[u8]>,
}

/// A template and where it comes from.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its text.
    pub text: Arc<str>,
    /// The project's file; none for one of the default theme.
    pub file: Option<FileId>,
}

/// The typeface of the titles on pictures.
const HEADING_FONT: &str = "pictures/heading.ttf";
/// The typeface of the other words on pictures.
const TEXT_FONT: &str = "pictures/text.ttf";

/// The folder of the theme's scripts.
const SCRIPTS: &str = "scripts/";
/// The one of them that is not served among the others.
const SERVICE_WORKER: &str = "scripts/service-worker.js";

/// One file of a theme, wherever it comes from.
struct ThemeFile<'a> {
    bytes: Cow<'a, [u8]>,
    file: Option<FileId>,
}

/// Puts the theme of this name together.
pub fn load(sources: &Sources, name: &Spanned<String>) -> Warned<Theme> {
    let mut diagnostics = Vec::new();
    let prefix = format!("themes/{}/", name.value);
    let mut files: BTreeMap<&str, ThemeFile<'_>> = embedded::FILES
        .iter()
        .map(|&(path, bytes)| (path, ThemeFile { bytes: Cow::Borrowed(bytes), file: None }))
        .collect();
    let mut own = 0;
    for (id, file) in sources.iter() {
        if let Some(path) = file.path.strip_prefix(prefix.as_str()) {
            own += 1;
            if matches!(file.content, Content::Unread(_)) {
                continue;
            }
            files.insert(path, ThemeFile { bytes: Cow::Borrowed(file.bytes()), file: Some(id) });
        }
    }
    if own == 0 && name.value != DEFAULT {
        diagnostics.push(unknown_theme(sources, name));
    }
    let mut theme = assemble(&name.value, &files, &mut diagnostics);
    if let Some(file) = files.get("theme.yaml").and_then(|file| file.file) {
        let read = manifest::left_out(sources, file);
        theme.left_out = read.value;
        diagnostics.extend(read.diagnostics);
    }
    Warned { value: theme, diagnostics }
}

fn unknown_theme(sources: &Sources, name: &Spanned<String>) -> Diagnostic {
    let folders = sources.iter().filter_map(|(_, file)| {
        file.path
            .strip_prefix("themes/")
            .and_then(|rest| rest.split_once('/'))
            .map(|(first, _)| first)
    });
    Diagnostic::new(Code::UnknownTheme, name.span, format!("there is no theme `{}`", name.value))
        .label("no folder of this name in `themes/`")
        .maybe_hint(did_you_mean(&name.value, folders.chain([DEFAULT])))
        .hint(format!("leave `theme` out to use the theme that comes with convene, `{DEFAULT}`"))
}

fn assemble(
    name: &str,
    files: &BTreeMap<&str, ThemeFile<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Theme {
    let mut templates = BTreeMap::new();
    let mut assets: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
    let scripts = scripts_folder(files);
    let mut renamed = Vec::new();
    let mut service_worker: Arc<str> = Arc::default();
    for (&path, file) in files {
        if let Some(template) = path.strip_prefix("templates/") {
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => {
                    let template_file = Template { text: text.into(), file: file.file };
                    templates.insert(template.to_owned(), template_file);
                }
                Err(_) => diagnostics.extend(file.file.map(not_text)),
            }
        } else if path.starts_with("fonts/") || path.starts_with("images/") {
            let hashed = fingerprinted(path, &file.bytes);
            assets.insert(hashed.clone(), file.bytes.as_ref().into());
            renamed.push((path.to_owned(), hashed));
        } else if path == SERVICE_WORKER {
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => service_worker = compact::script(text).into(),
                Err(_) => diagnostics.extend(file.file.map(not_text)),
            }
        } else if let Some(name) = path.strip_prefix(SCRIPTS) {
            let sent: Arc<[u8]> = match std::str::from_utf8(&file.bytes) {
                Ok(text) => compact::script(text).into_bytes().into(),
                Err(_) => file.bytes.as_ref().into(),
            };
            assets.insert(format!("{scripts}{name}"), sent);
        }
    }
    let styles = stylesheet(files, &renamed, diagnostics);
    let early_fonts = early_fonts(files, &renamed);
    let font = |path: &str| files.get(path).map_or_else(Arc::default, |file| file.bytes[..].into());
    let picture_fonts = PictureFonts { heading: font(HEADING_FONT), text: font(TEXT_FONT) };
    Theme {
        name: name.to_owned(),
        templates,
        assets,
        styles,
        scripts,
        service_worker,
        picture_fonts,
        early_fonts,
        left_out: BTreeSet::new(),
    }
}

/// The typefaces of pictures that the program carries.
pub fn default_picture_fonts() -> PictureFonts {
    let carried = |path: &str| {
        let found = embedded::FILES.iter().find(|(one, _)| *one == path);
        found.map_or_else(Arc::default, |(_, bytes)| (*bytes).into())
    };
    PictureFonts { heading: carried(HEADING_FONT), text: carried(TEXT_FONT) }
}

/// One style sheet of all: `styles/layers.css` first, since it names the order of the layers, then
/// every other in the order of its path, which the layers make irrelevant.
fn stylesheet(
    files: &BTreeMap<&str, ThemeFile<'_>>,
    renamed: &[(String, String)],
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    const LAYERS: &str = "styles/layers.css";
    let first = files.get_key_value(LAYERS);
    let rest = files.iter().filter(|(path, _)| {
        path.starts_with("styles/") && path.ends_with(".css") && **path != LAYERS
    });
    let mut styles = String::new();
    for (_, file) in first.into_iter().chain(rest) {
        match std::str::from_utf8(&file.bytes) {
            Ok(text) => {
                styles.push_str(text.trim_start_matches('\u{feff}'));
                styles.push('\n');
            }
            Err(_) => diagnostics.extend(file.file.map(not_text)),
        }
    }
    for (plain, hashed) in renamed {
        styles = styles.replace(&format!("\"{plain}\""), &format!("\"{hashed}\""));
    }
    compact::css(&styles)
}

/// `scripts.1f2e3d4c/`: named for what is in it.
fn scripts_folder(files: &BTreeMap<&str, ThemeFile<'_>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with(SCRIPTS)) {
        hasher.update(path.as_bytes()).update(&[0]).update(blake3::hash(&file.bytes).as_bytes());
    }
    let hash = hasher.finalize().to_hex();
    format!("scripts.{}/", hash.get(..10).unwrap_or_default())
}

/// The fonts that `fonts/early.txt` lists, one name a line: those that the first screen needs.
fn early_fonts(files: &BTreeMap<&str, ThemeFile<'_>>, renamed: &[(String, String)]) -> Vec<String> {
    let Some(list) = files.get("fonts/early.txt") else { return Vec::new() };
    String::from_utf8_lossy(&list.bytes)
        .lines()
        .filter_map(|line| {
            let wanted = format!("fonts/{}", line.trim());
            renamed.iter().find(|(plain, _)| *plain == wanted).map(|(_, hashed)| hashed.clone())
        })
        .collect()
}

fn not_text(file: FileId) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidTheme,
        crate::source::Span::start_of(file),
        "this file of the theme is not UTF-8 text",
    )
    .hint("save it as UTF-8")
}

/// `site.css` as `site.1f2e3d4c.css`: a name that changes with the content, so that it may be kept
/// for ever.
pub fn fingerprinted(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = hash.get(..10).unwrap_or_default();
    match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{path}.{hash}"),
    }
}
