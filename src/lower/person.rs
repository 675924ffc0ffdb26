//! People.

use crate::model::{Person, PersonId};

use super::part::{allow, body};
use super::reader::Value;

pub(super) fn person(value: Value<'_>, id: PersonId) -> Option<Person> {
    let mut fields = value.fields("a person", "name: Dana Reyes")?;
    let name = fields.need("name", "Dana Reyes").and_then(Value::spanned_text);
    let person = Person {
        span: value.span(),
        name: name.unwrap_or_else(|| value.spanned(id.to_string())),
        title: fields.take("title").and_then(Value::text),
        organization: fields.take("organization").and_then(Value::text),
        email: fields.take("email").and_then(Value::email),
        phone: fields.take("phone").and_then(Value::text),
        photo: fields.take("photo").and_then(Value::image),
        allow: allow(&mut fields),
        body: body(&mut fields),
        id,
    };
    fields.finish();
    Some(person)
}
