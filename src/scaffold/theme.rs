//! A new theme: a folder that stands over the one that the program carries.

use super::{NewFile, Refusal, Surroundings, id_of};
use crate::model::is_id;
use crate::theme::DEFAULT;

/// The files of a new theme.
///
/// # Errors
///
/// When its name is no ID, or there is a folder of this name.
pub fn theme(around: &Surroundings<'_>, name: &str) -> Result<Vec<NewFile>, Refusal> {
    if !is_id(name) {
        let refusal = Refusal::new(format!("`{name}` cannot be the name of a theme"));
        return Err(refusal.maybe_hint(id_of(name).map(|id| format!("did you mean `{id}`?"))));
    }
    if name == DEFAULT {
        return Err(Refusal::new(format!("`{DEFAULT}` is the theme that comes with convene"))
            .hint("choose another name, such as `our-look`"));
    }
    let folder = format!("themes/{name}");
    let inside = format!("{folder}/");
    if around.sources.iter().any(|(_, file)| file.path.starts_with(&inside)) {
        return Err(Refusal {
            taken: true,
            ..Refusal::new(format!("there is a folder `{folder}` already"))
                .hint("nothing is ever overwritten; choose another name")
        });
    }
    Ok(vec![NewFile::new(format!("{folder}/styles/site.css"), include_str!("texts/theme.css"))])
}
