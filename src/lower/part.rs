//! Small parts that several entries share: Markdown, pictures, materials, contacts, credit, and the
//! checks that an entry silences.

use std::sync::Arc;

use crate::diag::{Code, nearest};
use crate::model::{
    Audience, Contact, ContactCard, CreditAward, Image, Markdown, Resource, RoleId,
};
use crate::source::{Place, Span, Spanned};
use crate::syntax::{Kind, outline};

use super::fields::Fields;
use super::reader::{Value, shown};

impl Value<'_> {
    /// A Markdown text in a field.
    pub fn markdown(self) -> Option<Markdown> {
        let text = self.words("text")?;
        if text.trim().is_empty() {
            return None;
        }
        let outline = Arc::new(outline(&text));
        Some(Markdown { text: text.as_ref().into(), span: self.span(), outline })
    }

    /// A picture: `src` and `alt`.
    pub fn image(self) -> Option<Image> {
        let mut fields = self.fields("a picture", "src: team.jpg")?;
        let src = fields.need("src", "team.jpg").and_then(Value::spanned_text);
        let alt = fields.take("alt").and_then(|value| value.words("text"));
        fields.finish();
        let src = src?;
        if alt.is_none() {
            let told = self.fault(Code::ImageWithoutAlt, "this picture has no `alt`");
            self.report(told.hint(
                "say in `alt` what it shows, for people who cannot see it; `alt: \"\"` if it is \
                 decoration",
            ));
        }
        Some(Image { src, alt: Some(alt.unwrap_or_default().trim().to_owned()) })
    }

    /// Materials: each with a title and perhaps an address.
    pub fn resource(self) -> Option<Resource> {
        let mut fields = self.fields("a material", "title: Workbook")?;
        let title = fields.need("title", "Workbook").and_then(Value::text);
        let url = fields.take("url").and_then(Value::url);
        fields.finish();
        Some(Resource { title: title?, url })
    }

    /// Someone who is not among the catalog's people.
    pub fn contact_card(self) -> Option<ContactCard> {
        let mut fields = self.fields("a contact", "email: name@example.org")?;
        let card = ContactCard {
            name: fields.take("name").and_then(Value::text),
            email: fields.take("email").and_then(Value::email),
            phone: fields.take("phone").and_then(Value::text),
            url: fields.take("url").and_then(Value::url),
        };
        fields.finish();
        Some(card)
    }

    /// A person of the catalog, or someone else.
    pub fn contact(self) -> Option<Contact> {
        if self.is_map() {
            return self.contact_card().map(Contact::Card);
        }
        if self.written().is_some_and(|text| text.contains('@')) {
            let text = self.written().unwrap_or_default();
            let hint = format!("write it in a line of its own below: `email: {}`", shown(&text));
            self.wrong_type("the ID of a person, or a group of fields", hint);
            return None;
        }
        self.id().map(Contact::Person)
    }

    /// Credit of one kind. `pending` is taken where the format has it.
    pub fn credit_award(self, may_be_pending: bool) -> Option<CreditAward> {
        let mut fields = self.fields("credit", "type: act-48")?;
        let kind = fields.need("type", "act-48").and_then(Value::id);
        let hundredths = fields.need("amount", "6.5").and_then(Value::hundredths);
        let pending = if may_be_pending {
            fields.take("pending").and_then(Value::bool).unwrap_or_default()
        } else {
            false
        };
        fields.finish();
        Some(CreditAward { kind: kind?, hundredths: hundredths?, pending, span: self.span() })
    }

    /// A list of roles; `all` where the format takes it.
    pub fn audience(self) -> Option<Audience> {
        if let Kind::Text(text) = &self.node.kind {
            if text.trim() == "all" {
                return Some(Audience::All);
            }
            if text.trim().eq_ignore_ascii_case("all") {
                let message = format!("`{}` is not a list of roles", shown(text));
                self.report(self.fault(Code::UnknownWord, message).hint("did you mean `all`?"));
                return None;
            }
        }
        let items = self.items()?;
        if items.is_empty() {
            let message = format!("`{}` is empty", self.name);
            let told = self.fault(Code::MissingField, message);
            self.report(told.hint("name at least one role, or write `roles: all`"));
            return None;
        }
        let roles: Vec<Spanned<RoleId>> = items.into_iter().filter_map(Value::id).collect();
        (!roles.is_empty()).then_some(Audience::Roles(roles))
    }

    fn check_name(self) -> Option<Spanned<String>> {
        let written = self.words("the name of a check")?;
        let name = written.trim();
        if Code::from_name(name).is_some() {
            return Some(self.spanned(name.to_owned()));
        }
        let message = format!("there is no check `{}`", shown(name));
        let meant = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let hint = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the name that stands in brackets in its message".to_owned(),
        };
        self.report(self.fault(Code::UnknownWord, message).hint(hint));
        // What it was to silence is not told beside it.
        meant.map(|meant| self.spanned(meant.to_owned()))
    }
}

/// The field `allow` of an entry.
pub(super) fn allow(fields: &mut Fields<'_>) -> Vec<Spanned<String>> {
    fields.take("allow").map(|value| value.list(Value::check_name)).unwrap_or_default()
}

/// The Markdown of an entry: below the front matter, or in the field `body` of a YAML file.
pub(super) fn body(fields: &mut Fields<'_>) -> Option<Markdown> {
    let document = fields.reader().document;
    let Some(range) = document.body.clone() else {
        return fields.take("body").and_then(Value::markdown);
    };
    fields.elsewhere("body", "write the text below the line `---` that ends the fields");
    let text = document.body_text();
    if text.trim().is_empty() {
        return None;
    }
    let span = Span::bytes(document.file, range);
    Some(Markdown { text: text.into(), span, outline: Arc::new(outline(text)) })
}

/// The order in which two places of one file were written.
pub(super) fn order(span: Span) -> u32 {
    match span.place {
        Place::Node(at) | Place::Bytes { start: at, .. } => at,
    }
}
