//! A new requirement.

use super::{NewFile, Refusal, Surroundings, fill, named};
use crate::model::{Audience, Id};
use crate::syntax::{Collection, scalar};

/// What is known of a new requirement.
#[derive(Clone, Debug)]
pub struct NewRequirement {
    /// Its title.
    pub title: String,
    /// Its ID; made of the title if none is given.
    pub id: Option<String>,
    /// Whom it binds; those who may attend what it names if none is given.
    pub roles: Vec<String>,
    /// What it asks for.
    pub rule: NewRule,
}

/// What a requirement asks for, by the IDs of offerings.
#[derive(Clone, Debug)]
pub enum NewRule {
    /// Every one of them.
    All(Vec<String>),
    /// So many of them.
    Choose(u32, Vec<String>),
}

/// The file of a new requirement.
///
/// # Errors
///
/// When its ID is taken, it names an offering or role that the catalog does not have, or asks for
/// more than there is.
pub fn requirement(around: &Surroundings<'_>, new: &NewRequirement) -> Result<NewFile, Refusal> {
    let catalog = &around.catalog;
    let id = around.free_id(Collection::Requirements, new.id.as_deref(), &new.title)?;
    let known: Vec<&str> = catalog.offerings.keys().map(Id::as_str).collect();
    let (NewRule::All(offerings) | NewRule::Choose(_, offerings)) = &new.rule;
    if offerings.is_empty() {
        let refusal = Refusal::new("a requirement names the offerings that it asks for");
        return Err(match known.first() {
            Some(first) => refusal
                .hint(format!("name them: `--all {first}`, or `--choose 1 --of {first}`"))
                .hint(format!("the catalog has {}", known.join(", "))),
            None => refusal.hint("make one first: `convene new offering TITLE`"),
        });
    }
    for offering in offerings {
        named("offering", offering, &known)?;
    }
    let list = |field: &str| {
        let items: String = offerings.iter().map(|id| format!("\n  - {id}")).collect();
        format!("{field}:{items}")
    };
    let rule = match &new.rule {
        NewRule::All(_) => list("all"),
        NewRule::Choose(count, _) if *count as usize > offerings.len() || *count == 0 => {
            let message =
                format!("{count} are to be chosen, and {} named in `--of`", offerings.len());
            return Err(Refusal::new(message).hint("name more of them, or choose fewer"));
        }
        NewRule::Choose(count, _) => format!("choose: {count}\n{}", list("of")),
    };
    let all_roles: Vec<&str> = catalog.roles.keys().map(Id::as_str).collect();
    let roles = if new.roles.is_empty() {
        attending(around, offerings)
    } else {
        around.roles(&new.roles)?
    };
    let text = fill(
        include_str!("texts/requirement.md"),
        &[
            ("rule", &rule),
            ("id", &id),
            ("title", &scalar(&new.title)),
            ("all-roles", &all_roles.join(", ")),
            ("roles", &roles),
        ],
    );
    Ok(NewFile::new(format!("content/requirements/{id}.md"), text))
}

/// The roles that may attend every one of the offerings.
fn attending(around: &Surroundings<'_>, offerings: &[String]) -> String {
    let catalog = &around.catalog;
    let audiences: Vec<&Audience> = offerings
        .iter()
        .filter_map(|id| catalog.offerings.get(id.as_str()))
        .map(|offering| &offering.roles)
        .collect();
    let roles = catalog.roles.keys().filter(|role| audiences.iter().all(|all| all.includes(role)));
    let roles: Vec<&str> = roles.map(Id::as_str).collect();
    if roles.is_empty() || roles.len() == catalog.roles.len() {
        "all".to_owned()
    } else {
        format!("[{}]", roles.join(", "))
    }
}
