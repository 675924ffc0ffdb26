//! Requirements.

use super::credit::award;
use super::fields::Fields;
use super::offering::audience;
use super::people::body;
use super::reader::{Reader, list_of, spanned};
use super::scalar::{check_name, id, text, word};
use crate::diag::{Code, Diagnostic};
use crate::model::{OfferingId, Period, Requirement, RequirementId, Rule};
use crate::source::Spanned;
use crate::syntax::Node;

/// A requirement.
pub(super) fn read(reader: &mut Reader<'_>, id: RequirementId, node: &Node) -> Option<Requirement> {
    let example = "title: Attend every convening";
    let mut fields = Fields::open(reader, id.as_str(), "a requirement", node, example)?;
    let span = fields.span();
    let title = fields.required("title", "Attend every convening", text);
    let roles = fields.required("roles", "[principal, assistant-principal]", audience);
    let per = fields.optional("per", word([("year", Period::Year), ("once", Period::Once)]));
    let rule = rule(&mut fields);
    let body = body(&mut fields);
    let allow = fields.list("allow", spanned(check_name));
    fields.finish();
    Some(Requirement {
        id,
        span,
        title: title?,
        roles: roles?.value,
        per: per.unwrap_or_default(),
        rule: rule?,
        body,
        allow,
    })
}

/// What it asks for: one of `all`, `choose` with `of`, `credit`.
fn rule(fields: &mut Fields<'_, '_, '_>) -> Option<Rule> {
    let offerings = list_of(spanned(id));
    let all: Option<Vec<Spanned<OfferingId>>> = fields.optional("all", &offerings);
    let choose = fields.placed("choose", Reader::positive);
    let of: Option<Vec<Spanned<OfferingId>>> = fields.optional("of", &offerings);
    let credit = fields.optional("credit", award);
    let kind = fields.one_of(&["all", "choose", "credit"], "a requirement asks for one thing");
    if kind != Some("choose") && fields.has("of") && !fields.has("choose") {
        fields.missing("choose", "1");
        return None;
    }
    match kind {
        Some("all") => Some(Rule::All(all?)),
        Some("choose") if !fields.has("of") => {
            fields.missing("of", "[self-as-core, micro-disruptions]");
            None
        }
        Some("choose") => Some(Rule::Choose { count: choose?, of: of? }),
        Some(_) => Some(Rule::Credit(credit?)),
        None => {
            let span = fields.span();
            fields.reader.report(
                Diagnostic::new(
                    Code::MissingField,
                    span,
                    "the requirement does not say what it asks for",
                )
                .hint("write `all:` and a list of offerings, or `choose: 1` and `of:` and a list")
                .hint("or write `credit:` with a `type` and an `amount`"),
            );
            None
        }
    }
}
