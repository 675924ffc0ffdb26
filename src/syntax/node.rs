//! YAML as a tree, made in one pass of `serde_yaml`; nodes are counted, not measured.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Error;

/// One value of the YAML, with the words of the source where they stand there as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'s> {
    /// Its number in the order of writing; keys count. `Span::node(file, id)` is its place.
    pub id: u32,
    /// What it is.
    pub kind: Kind<'s>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'s> {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`; `yes`, `no`, `on` and `off` are text.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number that is not whole, or too large to count with.
    Float(f64),
    /// Anything else that is neither list nor map.
    Text(Cow<'s, str>),
    /// A list.
    List(Vec<Node<'s>>),
    /// A map, in the order of writing. Of a key that is written twice, the first.
    Map(Vec<Entry<'s>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'s> {
    /// The key.
    pub key: Cow<'s, str>,
    /// The node of the key.
    pub key_id: u32,
    /// The value.
    pub value: Node<'s>,
}

/// What is wrong with a tree that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TreeFault {
    /// A key is written twice in one map: the nodes of the first and of another.
    Duplicate { name: String, first: u32, again: u32 },
    /// A key that is a list or a map.
    KeyIsNoName { key: u32 },
    /// `<<`.
    MergeKey { key: u32 },
}

/// A tree, what is wrong with it, and how many nodes it has.
pub(super) struct Tree<'s> {
    pub root: Node<'s>,
    pub faults: Vec<TreeFault>,
    #[cfg_attr(not(test), expect(dead_code, reason = "held against the event parser by a test"))]
    pub count: u32,
}

/// Reads one YAML document. The guard must have passed the text.
pub(super) fn tree(text: &str) -> Result<Tree<'_>, Error> {
    let mut builder = Builder { next: 0, faults: Vec::new() };
    let root = Seed(&mut builder).deserialize(serde_yaml::Deserializer::from_str(text))?;
    Ok(Tree { root, faults: builder.faults, count: builder.next })
}

struct Builder {
    next: u32,
    faults: Vec<TreeFault>,
}

struct Seed<'b>(&'b mut Builder);

impl Seed<'_> {
    fn node(self, kind: Kind<'_>) -> Node<'_> {
        let id = self.0.next;
        self.0.next += 1;
        Node { id, kind }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }

    fn visit_none<E>(self) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Null))
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Int(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        let kind = i64::try_from(value).map_or(Kind::Float(f64::INFINITY), Kind::Int);
        Ok(self.node(kind))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Float(f64::NEG_INFINITY)))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Float(f64::INFINITY)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Text(Cow::Owned(value.to_owned()))))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(self.node(Kind::Text(Cow::Borrowed(value))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let id = self.0.next;
        self.0.next += 1;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Seed(self.0))? {
            items.push(item);
        }
        Ok(Node { id, kind: Kind::List(items) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node<'de>, A::Error> {
        let builder = self.0;
        let id = builder.next;
        builder.next += 1;
        let mut entries = Vec::new();
        while let Some(key) = access.next_key_seed(Seed(builder))? {
            let value = access.next_value_seed(Seed(builder))?;
            let key_id = key.id;
            let name = match key.kind {
                Kind::Text(text) => text,
                Kind::Int(number) => Cow::Owned(number.to_string()),
                Kind::Float(number) => Cow::Owned(number.to_string()),
                Kind::Bool(word) => Cow::Owned(word.to_string()),
                Kind::Null => Cow::Borrowed(""),
                Kind::List(_) | Kind::Map(_) => {
                    builder.faults.push(TreeFault::KeyIsNoName { key: key_id });
                    continue;
                }
            };
            if name == "<<" {
                builder.faults.push(TreeFault::MergeKey { key: key_id });
                continue;
            }
            entries.push(Entry { key: name, key_id, value });
        }
        drop_duplicates(&mut entries, &mut builder.faults);
        Ok(Node { id, kind: Kind::Map(entries) })
    }
}

/// Keeps the first of every key. By sorting, so that a hostile map of thousands costs no more than
/// its size.
fn drop_duplicates(entries: &mut Vec<Entry<'_>>, faults: &mut Vec<TreeFault>) {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let key = |at: usize| entries.get(at).map(|entry| &entry.key);
    order.sort_by(|&a, &b| key(a).cmp(&key(b)).then(a.cmp(&b)));
    let mut again = Vec::new();
    for same in order.chunk_by(|&a, &b| key(a) == key(b)) {
        let [first, rest @ ..] = same else { continue };
        for &other in rest {
            if let (Some(first), Some(other)) = (entries.get(*first), entries.get(other)) {
                again.push((other.key_id, first.key_id, other.key.to_string()));
            }
        }
    }
    if again.is_empty() {
        return;
    }
    again.sort();
    let dropped: Vec<u32> = again.iter().map(|&(other, ..)| other).collect();
    faults.extend(again.into_iter().map(|(again, first, name)| TreeFault::Duplicate {
        name,
        first,
        again,
    }));
    entries.retain(|entry| dropped.binary_search(&entry.key_id).is_err());
}
