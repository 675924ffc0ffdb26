//! YAML as a tree. Nodes are numbered in the order in which they are written, keys included, so
//! that a number names a place without anybody computing one.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its number, from 0.
    pub id: u32,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing: `~`, `null`, or no value at all.
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number. As a text it is read again as it was written.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Fields, in the order in which they are written.
    Map(Vec<Entry>),
}

/// A field: its name and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name as written.
    pub name: String,
    /// The number of the name's node.
    pub name_id: u32,
    /// The value.
    pub node: Node,
}

impl Value {
    /// What it is, in words: `a list`.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Bool(_) => "`true` or `false`",
            Self::Whole(_) | Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a group of fields",
        }
    }
}

/// Reads the only document of a text.
///
/// The text has passed the guard: no aliases, no tags, no deep nesting.
///
/// # Errors
///
/// When it is not YAML, or more than one document.
pub(super) fn parse(text: &str) -> Result<Node, serde_yaml::Error> {
    let mut next = 0;
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(document) = documents.next() else {
        return Ok(Node { id: 0, value: Value::Nothing });
    };
    let node = Numbering { next: &mut next }.deserialize(document)?;
    if let Some(second) = documents.next() {
        // Reading on finds out what is the matter with the rest.
        serde::de::IgnoredAny::deserialize(second)?;
        return Err(serde::de::Error::custom(super::faults::SECOND_DOCUMENT));
    }
    Ok(node)
}

/// Makes nodes and counts them.
struct Numbering<'n> {
    next: &'n mut u32,
}

impl Numbering<'_> {
    fn number(&mut self) -> u32 {
        let id = *self.next;
        *self.next = id.saturating_add(1);
        id
    }

    fn inner(&mut self) -> Numbering<'_> {
        Numbering { next: self.next }
    }
}

impl<'de> DeserializeSeed<'de> for Numbering<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<Node, D::Error> {
        let id = self.number();
        let value = deserializer.deserialize_any(self)?;
        Ok(Node { id, value })
    }
}

impl<'de> Visitor<'de> for Numbering<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| huge(), Value::Whole))
    }

    fn visit_i128<E>(self, _value: i128) -> Result<Value, E> {
        Ok(huge())
    }

    fn visit_u128<E>(self, _value: u128) -> Result<Value, E> {
        Ok(huge())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = items.next_element_seed(self.inner())? {
            list.push(node);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = fields.next_key_seed(self.inner())? {
            let node = fields.next_value_seed(self.inner())?;
            entries.push(Entry { name: name(&key.value), name_id: key.id, node });
        }
        Ok(Value::Map(entries))
    }
}

/// A number beyond every field: no reader accepts it, and as a text it is read as written.
fn huge() -> Value {
    Value::Number(f64::INFINITY)
}

/// The name of a field. `2026:` and `true:` are names, too; lists and maps are none, and no field
/// has the name that stands for them.
fn name(key: &Value) -> String {
    match key {
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Nothing => "null".to_owned(),
        Value::List(_) | Value::Map(_) => "?".to_owned(),
    }
}
