//! What many pages show alike: made once, and turned into a template's value once.

use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

/// A view that stands on many pages. To write it into the data of another page costs nothing: a
/// template's value is shared, not copied.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    view: Arc<T>,
    value: Value,
}

impl<T: Serialize> Shared<T> {
    /// Makes a view one that is shared.
    pub fn new(view: T) -> Self {
        Self { value: Value::from_serializable(&view), view: Arc::new(view) }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}

impl<T> Serialize for Shared<T> {
    // Inside of another value the ready one is taken as it is (tera, `Value::from_serializable`).
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.view == other.view
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: PartialOrd> PartialOrd for Shared<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.view.partial_cmp(&other.view)
    }
}

impl<T: Ord> Ord for Shared<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.view.cmp(&other.view)
    }
}
