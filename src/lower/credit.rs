//! Credit.

use super::fields::Fields;
use super::reader::Reader;
use super::scalar::id;
use crate::diag::Code;
use crate::model::CreditAward;
use crate::syntax::{Node, Value};

/// `type`, `amount` and `pending`.
pub(super) fn award(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<CreditAward> {
    let example = format!("{field}: [{{ type: act-48, amount: 6 }}]");
    let span = reader.span(node);
    let mut fields = Fields::open(reader, field, "credit", node, &example)?;
    let kind = fields.required("type", "act-48", id);
    let amount = fields.required("amount", "6", hundredths);
    let pending = fields.optional("pending", Reader::truth).unwrap_or(false);
    fields.finish();
    Some(CreditAward { kind: kind?, hundredths: amount?.value, pending, span })
}

/// A number with at most two decimals, in hundredths.
fn hundredths(reader: &mut Reader<'_>, field: &str, node: &Node) -> Option<u32> {
    let written = match node.value {
        Value::Whole(_) | Value::Number(_) => {
            reader.document().as_written(node).unwrap_or_default()
        }
        _ => return reader.wrong_type(field, node, "a number", &format!("{field}: 6.5")),
    };
    let amount = parse(&written);
    if amount.is_none() {
        let message = format!("`{field}` cannot be `{written}`");
        let hint = "write a number above 0 with at most two decimals, such as 6 or 6.5";
        return reader.fault(Code::InvalidNumber, node, message, hint);
    }
    amount
}

fn parse(written: &str) -> Option<u32> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 5 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let amount: u32 = format!("{whole}{part:0<2}").parse().ok()?;
    (amount > 0).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_are_exact() {
        assert_eq!(parse("6"), Some(600));
        assert_eq!(parse("6.5"), Some(650));
        assert_eq!(parse("0.25"), Some(25));
        for text in ["0", "-1", "1e3", "6.555", "", "1_000", "999999"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
