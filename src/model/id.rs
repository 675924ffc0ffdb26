//! IDs: what one entry calls another. Each collection has a type of its own.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

/// The ID of a `T`: lower-case ASCII letters, digits and hyphens, not empty.
pub struct Id<T> {
    text: Arc<str>,
    of: PhantomData<fn() -> T>,
}

/// True for a text that may be an ID.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

impl<T> Id<T> {
    /// The ID, if the text is one by [`is_id`].
    pub fn new(text: &str) -> Option<Self> {
        is_id(text).then(|| Self { text: text.into(), of: PhantomData })
    }

    /// The text of the ID.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self { text: Arc::clone(&self.text), of: PhantomData }
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> std::borrow::Borrow<str> for Id<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.text)
    }
}

/// The ID of an [`Offering`](super::Offering).
pub type OfferingId = Id<super::Offering>;
/// The ID of a [`Session`](super::Session), unique in its offering or cohort.
pub type SessionId = Id<super::Session>;
/// The ID of a [`Cohort`](super::Cohort), unique in its offering.
pub type CohortId = Id<super::Cohort>;
/// The ID of a [`Person`](super::Person).
pub type PersonId = Id<super::Person>;
/// The ID of a [`Place`](super::Place).
pub type PlaceId = Id<super::Place>;
/// The ID of a [`Page`](super::Page).
pub type PageId = Id<super::Page>;
/// The ID of a [`Requirement`](super::Requirement).
pub type RequirementId = Id<super::Requirement>;
/// The ID of a [`Kind`](super::Kind).
pub type KindId = Id<super::Kind>;
/// The ID of a [`Role`](super::Role).
pub type RoleId = Id<super::Role>;
/// The ID of a [`Network`](super::Network).
pub type NetworkId = Id<super::Network>;
/// The ID of a [`Topic`](super::Topic).
pub type TopicId = Id<super::Topic>;
/// The ID of a [`CreditKind`](super::CreditKind).
pub type CreditId = Id<super::CreditKind>;
