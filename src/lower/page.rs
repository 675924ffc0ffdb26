//! Plain pages.

use crate::model::{Page, PageId};

use super::part::{allow, body};
use super::reader::Value;

pub(super) fn page(value: Value<'_>, id: PageId) -> Option<Page> {
    let mut fields = value.fields("a page", "title: Help")?;
    let title = fields.need("title", "Help").and_then(Value::spanned_text);
    let page = Page {
        span: value.span(),
        title: title.unwrap_or_else(|| value.spanned(id.to_string())),
        summary: fields.take("summary").and_then(Value::text),
        menu: fields.take("menu").and_then(Value::bool).unwrap_or_default(),
        allow: allow(&mut fields),
        body: body(&mut fields),
        id,
    };
    fields.finish();
    Some(page)
}
