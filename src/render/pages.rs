//! Pages, by Tera templates that see a task's data and nothing else.

use std::sync::{Arc, OnceLock};

use tera::{Context, ErrorKind, Tera, Value};

use super::bounds::{Bounded, Listed, MAX_PAGE, RanAway};
use super::markdown;
use super::picture::Painter;
use crate::diag::{Code, Diagnostic, Warned};
use crate::model::{LinkTarget, SitePath};
use crate::plan::{Frame, Page, Prose, Subject};
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;
use crate::view::address::entry_page;
use crate::view::{Picture, SiteView, beside, to_value};

/// The templates of a theme, ready to be filled.
pub struct Engine {
    tera: Tera,
    theme: Theme,
    painter: Option<Painter>,
    /// Where a fault is reported that has no file of the project: `catalog.yaml`, which names the
    /// theme.
    fallback: FileId,
    /// The first template that ran away: no further page is made.
    spent: OnceLock<Diagnostic>,
}

impl Engine {
    /// Compiles the templates of a theme. Faults in them are reported, all of them.
    pub fn new(theme: &Theme, site: &SiteView, sources: &Sources, catalog: FileId) -> Warned<Self> {
        let mut tera = Tera::new();
        let texts = theme.templates.iter().map(|(name, template)| (name.as_str(), &*template.text));
        let added = tera.add_raw_templates(texts);
        tera.global_context().insert_value("site", to_value(site));
        let policy = Value::normal_string(crate::plan::CONTENT_SECURITY_POLICY);
        tera.global_context().insert_value("content_security_policy", policy);
        let painter = Painter::new(&theme.picture_fonts);
        let can_draw = painter.is_some();
        let theme = theme.clone();
        let engine = Self { tera, theme, painter, fallback: catalog, spent: OnceLock::new() };
        let theme = &engine.theme;
        let mut diagnostics: Vec<Diagnostic> =
            added.err().map(|error| engine.fault(&error, None)).into_iter().collect();
        if diagnostics.is_empty() {
            let missing =
                Subject::TEMPLATES.iter().filter(|name| !engine.tera.contains_template(name));
            diagnostics.extend(missing.map(|name| {
                let message = format!("the theme `{}` has no template `{name}`", theme.name);
                Diagnostic::new(Code::InvalidTheme, Span::start_of(catalog), message)
                    .hint(format!("add `themes/{}/templates/{name}`", theme.name))
            }));
        }
        if !can_draw {
            let message = format!("the typefaces of pictures of `{}` cannot be read", theme.name);
            diagnostics.push(
                Diagnostic::new(Code::InvalidTheme, Span::start_of(catalog), message).hint(
                    "`pictures/heading.ttf` and `pictures/text.ttf` are TrueType or OpenType",
                ),
            );
        }
        debug_assert!(catalog.index() < sources.len());
        Warned { value: engine, diagnostics }
    }

    /// A picture as the bytes of its file.
    pub fn draw(&self, picture: &Picture) -> Vec<u8> {
        self.painter.as_ref().map(|painter| painter.draw(picture)).unwrap_or_default()
    }

    /// A page as HTML.
    ///
    /// # Errors
    ///
    /// When the template asks for what the view does not have, or runs away.
    pub fn render(&self, frame: &Frame, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        let template = page.view.template();
        let mut context = Context::new();
        context.insert_value("page", to_value(&page.page));
        context.insert_value("view", to_value(&page.view));
        let prose: std::collections::BTreeMap<String, Value> = page
            .prose
            .iter()
            .map(|(name, prose)| (name.clone(), Value::safe_string(&html(frame, prose))))
            .collect();
        context.insert_value("prose", Value::from(prose));
        if let Some(fault) = self.spent.get() {
            return Err(fault.clone());
        }
        let (listed, ran_away) = (Listed::new(template, &page.page.path), OnceLock::new());
        let mut bytes = Bounded::new(&listed.0, MAX_PAGE, &ran_away);
        let filled = self.tera.render_to(template, &context, &mut bytes);
        match (filled, ran_away.get()) {
            (Ok(()), _) => Ok(bytes.into_bytes()),
            (Err(_), Some(why)) => {
                let fault = self.run_away(template, *why, &page.page.path);
                Err(self.spent.get_or_init(|| fault).clone())
            }
            (Err(error), None) => Err(self.fault(&error, Some((template, &page.page.path)))),
        }
    }

    /// A template that went out of bounds.
    fn run_away(&self, template: &str, why: RanAway, page: &str) -> Diagnostic {
        let what = match why {
            RanAway::TooLarge => format!("makes a page of more than {} MiB", MAX_PAGE >> 20),
            RanAway::TooLong => "does not come to an end".to_owned(),
        };
        let file = self.theme.templates.get(template).and_then(|template| template.file);
        let message = format!("the template `{template}` {what}");
        Diagnostic::new(Code::InvalidTheme, Span::start_of(file.unwrap_or(self.fallback)), message)
            .hint("look for a loop in a loop, in it or in what it includes")
            .hint(while_making(page))
    }

    /// What Tera says, as a diagnostic at the template's own line when the project has the file.
    fn fault(&self, error: &tera::Error, page: Option<(&str, &str)>) -> Diagnostic {
        let file = |name: &str| self.theme.templates.get(name).and_then(|template| template.file);
        let (words, span, template) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = file(report.filename())
                    .map(|file| Span::bytes(file, report.span().range.clone()));
                (report.message().to_owned(), span, Some(report.filename()))
            }
            ErrorKind::CircularInclude { tpl, include_chain: chain }
            | ErrorKind::CircularExtend { tpl, inheritance_chain: chain } => {
                let names: Vec<_> = chain.iter().map(|name| format!("`{name}`")).collect();
                let words = format!("it comes back to itself by way of {}", names.join(", "));
                (words, file(tpl).map(Span::start_of), Some(tpl.as_str()))
            }
            kind => {
                let name = page.map(|(template, _)| template);
                (kind.to_string(), name.and_then(file).map(Span::start_of), name)
            }
        };
        let message = match template {
            Some(name) => format!("the template `{name}` cannot be used: {words}"),
            None => format!("the templates of the theme cannot be used: {words}"),
        };
        let span = span.unwrap_or_else(|| Span::start_of(self.fallback));
        let hint = page.map(|(_, page)| while_making(page));
        Diagnostic::new(Code::InvalidTheme, span, message).maybe_hint(hint)
    }
}

fn while_making(page: &str) -> String {
    format!("it was found while the page `{page}` was made")
}

/// A Markdown text as HTML, its links under the base path.
fn html(frame: &Frame, prose: &Prose) -> String {
    let addresses = frame.addresses.clone();
    let (folder, prefix) = (prose.folder.clone(), prose.prefix.clone());
    let link = move |target: &LinkTarget| match target {
        LinkTarget::Url(url) => Some(addresses.url(url)),
        LinkTarget::Anchor(anchor) => Some(format!("#{prefix}{anchor}")),
        LinkTarget::Beside(file) => {
            let path = SitePath::new(&beside(&folder, file)).ok()?;
            Some(addresses.href(path.as_str()))
        }
        LinkTarget::Entry { file, anchor } => {
            let path = entry_page(&folder, file)?;
            Some(format!("{}{anchor}", addresses.href(path.as_str())))
        }
        LinkTarget::Invalid => None,
    };
    let setting = markdown::Setting {
        under: prose.under,
        prefix: &prose.prefix,
        html: frame.html,
        link: Arc::new(link),
    };
    markdown::html(&prose.markdown, &setting)
}
