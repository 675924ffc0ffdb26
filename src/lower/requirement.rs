//! Requirements: what a role must complete.

use crate::diag::{Code, Diagnostic};
use crate::model::{Audience, OfferingId, Period, Requirement, RequirementId, Rule};
use crate::source::Spanned;
use crate::syntax::Kind;

use super::fields::Fields;
use super::part::{allow, body};
use super::reader::Value;

const PERIODS: &[(&str, Period)] = &[("year", Period::Year), ("once", Period::Once)];

pub(super) fn requirement(value: Value<'_>, id: RequirementId) -> Option<Requirement> {
    let mut fields = value.fields("a requirement", "title: One opportunity each year")?;
    let title = fields.need("title", "One opportunity each year").and_then(Value::spanned_text);
    let roles = fields.need("roles", "[principal]").and_then(Value::audience);
    let per = fields.take("per").and_then(|value| value.word(PERIODS)).unwrap_or_default();
    let rule = rule(&mut fields);
    let allow = allow(&mut fields);
    let body = body(&mut fields);
    fields.finish();
    Some(Requirement {
        span: value.span(),
        title: title.unwrap_or_else(|| value.spanned(id.to_string())),
        roles: roles.unwrap_or(Audience::All),
        per,
        // A rule that could not be read has been reported; an empty one asks for nothing.
        rule: rule.unwrap_or_else(|| Rule::All(Vec::new())),
        body,
        allow,
        id,
    })
}

fn rule(fields: &mut Fields<'_>) -> Option<Rule> {
    let hint = "a requirement has one rule: `all`, or `choose` with `of`, or `credit`";
    let all = fields.take("all");
    let choose = fields.take("choose");
    let of = fields.take("of");
    let credit = fields.take("credit");
    let chooses = if choose.is_some() { "choose" } else { "of" };
    let conflict = fields.exclude("all", chooses, hint)
        | fields.exclude("all", "credit", hint)
        | fields.exclude(chooses, "credit", hint);
    let all = all.and_then(offerings);
    let credit = credit.and_then(|value| value.credit_award(false));
    let count = choose.and_then(|value| value.whole(1));
    let choices = of.and_then(offerings);
    if conflict {
        return None;
    }
    let lacks = |present: Value<'_>, missing: &str, example: &str| {
        let message = format!("`{}` needs `{missing}` beside it", present.name);
        let told = present.fault(Code::FieldConflict, message);
        told.hint(format!("add it, such as `{missing}: {example}`"))
    };
    match (choose, of) {
        (Some(choose), None) => {
            let told = lacks(choose, "of", "[self-as-core, micro-disruptions]");
            fields.lack(&["of"], told);
        }
        (None, Some(of)) => {
            let told = lacks(of, "choose", "1");
            fields.lack(&["choose"], told);
        }
        (None, None) if fields.take("all").is_none() && fields.take("credit").is_none() => {
            let message = "a requirement needs a rule, and it is missing";
            let told = Diagnostic::new(Code::MissingField, fields.span(), message);
            let hint = "add `all: […]`, or `choose: 1` and `of: […]`, or `credit` with `type` and \
                        `amount`";
            fields.lack(&["all", "choose", "of", "credit"], told.hint(hint));
        }
        _ => {}
    }
    match (all, count.zip(choices), credit) {
        (Some(all), ..) => Some(Rule::All(all)),
        (_, Some((count, of)), _) => Some(Rule::Choose { count, of }),
        (_, _, Some(credit)) => Some(Rule::Credit(credit)),
        _ => None,
    }
}

fn offerings(value: Value<'_>) -> Option<Vec<Spanned<OfferingId>>> {
    if matches!(&value.node.kind, Kind::List(items) if items.is_empty()) {
        let told = value.fault(Code::MissingField, format!("`{}` is empty", value.name));
        value.report(
            told.hint(format!("name at least one offering: `{}: [self-as-core]`", value.name)),
        );
        return None;
    }
    let found = value.ids();
    (!found.is_empty()).then_some(found)
}
