//! Maps from an ID to what it names: the catalog's vocabularies, and the cohorts of an offering.

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostic};
use crate::model::{CreditKind, Id, Kind, Network, Role, Topic};
use crate::source::Span;
use crate::syntax;

use super::id::id_fault;
use super::reader::{Reader, Value};

/// Reads a map from an ID to an entry, in the order of writing.
pub(super) fn entries<'a, I, T>(
    value: Value<'a>,
    example_id: &str,
    example: &str,
    mut read: impl FnMut(Value<'a>, &Id<I>, Span) -> Option<T>,
) -> IndexMap<Id<I>, T> {
    let mut found = IndexMap::new();
    let syntax::Kind::Map(written) = &value.node.kind else {
        let hint = format!(
            "write each as its ID with its fields below it: `{example_id}:`, then `{example}`"
        );
        value.wrong_type("a map from ID to entry", hint);
        return found;
    };
    for entry in written {
        let reader: &Reader<'_> = value.reader;
        let key = Span::node(reader.file(), entry.key_id);
        let item = Value { reader, name: &entry.key, node: &entry.value };
        let id = Id::new(&entry.key);
        if id.is_none() {
            let (message, hint) = id_fault(&entry.key);
            reader.report(Diagnostic::new(Code::InvalidId, key, message).hint(hint));
        }
        if !item.is_map() {
            let message = format!("`{}` needs fields of its own", entry.key);
            let told = Diagnostic::new(Code::WrongType, key, message);
            reader.report(told.hint(format!("write them indented below it, such as `{example}`")));
            continue;
        }
        // Read even under a bad ID, so that all its faults are told at once.
        let usable = id.is_some();
        let Some(id) = id.or_else(|| Id::new("unnamed")) else { continue };
        if let Some(item) = read(item, &id, key)
            && usable
        {
            found.insert(id, item);
        }
    }
    found
}

/// A name, and its plural if the noun has one.
fn plural(name: &str, written: Option<String>) -> String {
    written.unwrap_or_else(|| format!("{name}s"))
}

pub(super) fn kind<I>(value: Value<'_>, _: &Id<I>, _: Span) -> Option<Kind> {
    let mut fields = value.fields("a kind", "name: Series")?;
    let name = fields.need("name", "Series").and_then(Value::spanned_text);
    let written = fields.take("plural").and_then(Value::text);
    let description = fields.take("description").and_then(Value::text);
    fields.finish();
    let name = name.unwrap_or_else(|| value.spanned(value.name.to_owned()));
    Some(Kind { plural: plural(&name.value, written), name, description })
}

pub(super) fn role<I>(value: Value<'_>, _: &Id<I>, _: Span) -> Option<Role> {
    let mut fields = value.fields("a role", "name: Principal")?;
    let name = fields.need("name", "Principal").and_then(Value::spanned_text);
    let written = fields.take("plural").and_then(Value::text);
    fields.finish();
    let name = name.unwrap_or_else(|| value.spanned(value.name.to_owned()));
    Some(Role { plural: plural(&name.value, written), name })
}

pub(super) fn network<I>(value: Value<'_>, _: &Id<I>, _: Span) -> Option<Network> {
    let mut fields = value.fields("a network", "name: Network 1")?;
    let name = fields.need("name", "Network 1").and_then(Value::spanned_text);
    fields.finish();
    Some(Network { name: name.unwrap_or_else(|| value.spanned(value.name.to_owned())) })
}

pub(super) fn topic<I>(value: Value<'_>, _: &Id<I>, _: Span) -> Option<Topic> {
    let mut fields = value.fields("a topic", "name: Equity")?;
    let name = fields.need("name", "Equity").and_then(Value::spanned_text);
    let description = fields.take("description").and_then(Value::text);
    fields.finish();
    let name = name.unwrap_or_else(|| value.spanned(value.name.to_owned()));
    Some(Topic { name, description })
}

pub(super) fn credit<I>(value: Value<'_>, _: &Id<I>, _: Span) -> Option<CreditKind> {
    let mut fields = value.fields("a kind of credit", "name: Act 48")?;
    let name = fields.need("name", "Act 48").and_then(Value::spanned_text);
    let unit = fields.take("unit").and_then(Value::text);
    fields.finish();
    let name = name.unwrap_or_else(|| value.spanned(value.name.to_owned()));
    Some(CreditKind { name, unit: unit.unwrap_or_else(|| "hours".to_owned()) })
}
