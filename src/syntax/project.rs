//! What every file of `content/` is, by its path alone.

use crate::diag::{Code, Diagnostic, Warned, nearest};
use crate::source::{CATALOG, Content, FileId, Sources, Span, Unread};

use super::encoding::unread;

/// The five collections of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// `offerings/`
    Offerings,
    /// `requirements/`
    Requirements,
    /// `people/`
    People,
    /// `places/`
    Places,
    /// `pages/`
    Pages,
}

impl Collection {
    /// Every collection.
    pub const ALL: [Self; 5] =
        [Self::Offerings, Self::Requirements, Self::People, Self::Places, Self::Pages];

    /// The name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Offerings => "offerings",
            Self::Requirements => "requirements",
            Self::People => "people",
            Self::Places => "places",
            Self::Pages => "pages",
        }
    }

    fn from_folder(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.folder() == name)
    }

    fn may_nest(self) -> bool {
        matches!(self, Self::Offerings | Self::Pages)
    }

    fn may_be_one_file(self) -> bool {
        matches!(self, Self::Requirements | Self::People | Self::Places)
    }

    fn has_assets(self) -> bool {
        matches!(self, Self::Offerings | Self::Pages | Self::People)
    }
}

/// A file that holds one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFile {
    /// The file.
    pub file: FileId,
    /// Of which collection.
    pub collection: Collection,
    /// The name of the file without its ending: the ID, if it is one.
    pub stem: String,
}

/// A file that is copied to the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    /// The file.
    pub file: FileId,
    /// Where on the site, not yet checked: `/files/map.pdf`, `/offerings/team.jpg`.
    pub path: String,
}

/// Every file of `content/`, sorted by what it is. Nothing has been read yet.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// `catalog.yaml`, unless it is missing.
    pub catalog: Option<FileId>,
    /// Files with one entry each, in the order of their paths.
    pub entries: Vec<EntryFile>,
    /// Files that hold a whole collection.
    pub collections: Vec<(Collection, FileId)>,
    /// Files that are copied.
    pub assets: Vec<AssetFile>,
}

/// The endings of files that may lie beside an entry.
const ASSETS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf"];

/// Says what every file of `content/` is, and reports those that are nothing.
pub fn parse(sources: &Sources) -> Warned<Project> {
    let mut project = Project::default();
    let mut diagnostics = Vec::new();
    for (file, source) in sources.iter() {
        let Some(path) = source.path.strip_prefix("content/") else { continue };
        if &*source.path == CATALOG && matches!(source.content, Content::Unread(Unread::Missing)) {
            continue;
        }
        if let Err((message, hint)) = place(&mut project, file, path) {
            let told = Diagnostic::new(Code::UnexpectedFile, Span::start_of(file), message);
            diagnostics.push(told.hint(hint));
        }
    }
    for asset in &project.assets {
        let source = sources.get(asset.file);
        if let Content::Unread(why) = &source.content {
            diagnostics.push(unread(asset.file, source, why));
        }
    }
    if project.catalog.is_none()
        && let Some(file) = sources.find(CATALOG)
    {
        let misnamed = ["content/catalog.yml", "content/Catalog.yaml", "content/catalog.md"]
            .into_iter()
            .find(|path| sources.find(path).is_some());
        let message =
            "`content/catalog.yaml` is missing: it names the catalog, its roles and kinds";
        let told = Diagnostic::new(Code::MissingCatalog, Span::start_of(file), message);
        diagnostics.push(match misnamed {
            Some(path) => told.hint(format!("rename `{path}` to `content/catalog.yaml`")),
            None => told.hint("`convene new catalog DIR` makes one to start from"),
        });
    }
    Warned { value: project, diagnostics }
}

type Misplaced = (String, String);

fn place(project: &mut Project, file: FileId, path: &str) -> Result<(), Misplaced> {
    let parts: Vec<&str> = path.split('/').collect();
    let (folders, name) = match parts.as_slice() {
        [folders @ .., name] => (folders, *name),
        [] => return Ok(()),
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    match folders {
        [] => top_level(project, file, name, stem, ending),
        ["files", ..] => {
            project.assets.push(AssetFile { file, path: format!("/{path}") });
            Ok(())
        }
        [folder, below @ ..] => {
            let Some(collection) = Collection::from_folder(folder) else {
                let known = Collection::ALL.iter().map(|one| one.folder()).chain(["files"]);
                let hint = match nearest(folder, known) {
                    Some(meant) => format!("rename the folder to `content/{meant}/`"),
                    None => "move it to `content/files/`, from where it is copied to the site, or \
                             out of `content/`"
                        .to_owned(),
                };
                return Err((format!("there is no folder `{folder}` in a catalog"), hint));
            };
            if !below.is_empty() && !collection.may_nest() {
                return Err((
                    format!("`content/{folder}/` has no folders in it"),
                    format!("move the file to `content/{folder}/{name}`"),
                ));
            }
            in_collection(project, file, collection, path, stem, ending)
        }
    }
}

fn top_level(
    project: &mut Project,
    file: FileId,
    name: &str,
    stem: &str,
    ending: &str,
) -> Result<(), Misplaced> {
    if name == "catalog.yaml" {
        project.catalog = Some(file);
        return Ok(());
    }
    let collection = Collection::from_folder(stem);
    match (collection, ending) {
        (Some(collection), "yaml") if collection.may_be_one_file() => {
            project.collections.push((collection, file));
            Ok(())
        }
        (Some(_), "yaml" | "yml") if !collection.is_some_and(Collection::may_be_one_file) => Err((
            format!("`{stem}` cannot stand in one file"),
            format!("give each its own file, `content/{stem}/ID.md`"),
        )),
        (_, "yml") => Err((
            format!("the name `{name}` ends with `.yml`"),
            format!("rename it to `{stem}.yaml`"),
        )),
        (_, "md" | "yaml") => {
            let hint = match nearest(name, ["catalog.yaml", "people.yaml", "places.yaml"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "move it into the folder of its kind, such as `content/offerings/{name}` or \
                     `content/pages/{name}`"
                ),
            };
            Err((format!("no file of a catalog is named `content/{name}`"), hint))
        }
        _ => Err((
            format!("`{name}` stands directly in `content/`"),
            format!("move it to `content/files/{name}`, from where it is copied to the site"),
        )),
    }
}

fn in_collection(
    project: &mut Project,
    file: FileId,
    collection: Collection,
    path: &str,
    stem: &str,
    ending: &str,
) -> Result<(), Misplaced> {
    let folder = collection.folder();
    let name = path.rsplit('/').next().unwrap_or(path);
    match ending {
        "md" | "yaml" if !name.starts_with("~$") => {
            project.entries.push(EntryFile { file, collection, stem: stem.to_owned() });
            return Ok(());
        }
        _ if ASSETS.contains(&ending.to_ascii_lowercase().as_str()) => {
            if collection.has_assets() {
                project.assets.push(AssetFile { file, path: format!("/{path}") });
                return Ok(());
            }
            return Err((
                format!("`content/{folder}/` holds no pictures or documents"),
                format!("move it to `content/files/{name}`"),
            ));
        }
        _ => {}
    }
    let message = if ending.is_empty() {
        "the name of this file has no ending".to_owned()
    } else {
        format!("a file that ends with `.{ending}` is no entry of `content/{folder}/`")
    };
    let hint = match ending.to_ascii_lowercase().as_str() {
        _ if name.starts_with("~$") => {
            "Word keeps this file while a document is open: close it, or delete this file"
                .to_owned()
        }
        "bak" | "tmp" | "old" | "orig" | "db" | "ini" | "lnk" => {
            "it is left by another program: delete it".to_owned()
        }
        "yml" | "yaml" => format!("rename it to `{stem}.yaml`"),
        "md" | "markdown" | "mdown" | "mkd" | "txt" | "" => format!("rename it to `{stem}.md`"),
        "doc" | "docx" | "odt" | "rtf" | "pages" | "gdoc" | "html" | "htm" => {
            format!("copy its words into a plain text file named `{stem}.md`")
        }
        "csv" | "xlsx" | "xls" | "ics" => {
            "`convene import FILE` makes offerings of a table or a calendar".to_owned()
        }
        _ => "move it to `content/files/`, from where it is copied to the site".to_owned(),
    };
    Err((message, hint))
}
