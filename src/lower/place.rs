//! Places.

use crate::model::{Place, PlaceId};

use super::part::{allow, body};
use super::reader::Value;

pub(super) fn place(value: Value<'_>, id: PlaceId) -> Option<Place> {
    let mut fields = value.fields("a place", "name: Convention Center")?;
    let name = fields.need("name", "Convention Center").and_then(Value::spanned_text);
    let place = Place {
        span: value.span(),
        name: name.unwrap_or_else(|| value.spanned(id.to_string())),
        address: fields.take("address").and_then(Value::text),
        room: fields.take("room").and_then(Value::text),
        url: fields.take("url").and_then(Value::url),
        online: fields.take("online").and_then(Value::bool).unwrap_or_default(),
        capacity: fields.take("capacity").and_then(|value| value.whole(1)),
        accessibility: fields.take("accessibility").and_then(Value::markdown),
        allow: allow(&mut fields),
        body: body(&mut fields),
        id,
    };
    fields.finish();
    Some(place)
}
