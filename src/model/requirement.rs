//! What a role must complete.

use super::{CreditAward, Markdown, OfferingId, RequirementId};
use crate::source::{Span, Spanned};

/// What every person of some roles must complete.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The file's stem, or the key in `requirements.yaml`.
    pub id: RequirementId,
    /// The whole entry.
    pub span: Span,
    /// Its name.
    pub title: Spanned<String>,
    /// Who must.
    pub roles: super::Audience,
    /// How often.
    pub per: Period,
    /// What.
    pub rule: Rule,
    /// More about it.
    pub body: Option<Markdown>,
    /// Checks that this entry silences.
    pub allow: Vec<Spanned<String>>,
}

/// How often a requirement is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Period {
    /// Each program year.
    #[default]
    Year,
    /// Once.
    Once,
}

/// What a requirement asks for.
#[derive(Clone, Debug)]
pub enum Rule {
    /// Complete every one.
    All(Vec<Spanned<OfferingId>>),
    /// Complete so many of these.
    Choose {
        /// How many.
        count: Spanned<u32>,
        /// Of which.
        of: Vec<Spanned<OfferingId>>,
    },
    /// Reach this much credit.
    Credit(CreditAward),
}

impl Rule {
    /// The offerings that it names.
    pub fn offerings(&self) -> &[Spanned<OfferingId>] {
        match self {
            Self::All(offerings) | Self::Choose { of: offerings, .. } => offerings,
            Self::Credit(_) => &[],
        }
    }
}
