//! What many pages show alike: made once, and turned into a template's value once.

use std::cell::Cell;
use std::cmp::Ordering;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::Value;

use super::Asked;

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
        Self { value: to_value(&view), view: Arc::new(view) }
    }

    /// The same, with no field that templates do not ask for: there may be many of these.
    pub(super) fn asked(view: T, asked: &Asked) -> Self {
        let Self { view, value } = Self::new(view);
        if asked.is_everything() {
            return Self { view, value };
        }
        let mut fields = value.into_map().unwrap_or_default();
        fields.retain(|name, _| name.as_str().is_none_or(|name| asked.has(name)));
        Self { value: Value::from(fields), view }
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}

thread_local! {
    /// True while a template's value is made on this thread.
    static FOR_TEMPLATE: Cell<bool> = const { Cell::new(false) };
}

/// The value that a template sees of a view. What is shared in it is not made again.
pub fn to_value(view: &impl Serialize) -> Value {
    let before = FOR_TEMPLATE.replace(true);
    let value = Value::from_serializable(view);
    FOR_TEMPLATE.set(before);
    value
}

impl<T: Serialize> Serialize for Shared<T> {
    // Tera takes a value that stands in another as it is. Elsewhere, as in JSON, the view speaks
    // for itself: the fields of a value are in no order.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if FOR_TEMPLATE.get() {
            self.value.serialize(serializer)
        } else {
            self.view.serialize(serializer)
        }
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

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::{Asked, Shared, to_value};

    #[derive(Serialize)]
    struct Card {
        z: u8,
        a: u8,
        m: u8,
    }

    #[test]
    fn a_field_that_nobody_asks_for_takes_no_room() {
        let card = || Card { z: 1, a: 2, m: 3 };
        let asked = Asked::only(["a".to_owned(), "other".to_owned()].into());
        assert_eq!(to_value(&Shared::asked(card(), &asked)).as_map().unwrap().len(), 1);
        let everything = Shared::asked(card(), &Asked::EVERYTHING);
        assert_eq!(to_value(&everything).as_map().unwrap().len(), 3);
    }

    #[test]
    fn a_template_sees_the_ready_value_and_json_the_fields_in_order() {
        let shared = Shared::new(Card { z: 1, a: 2, m: 3 });
        let value = to_value(&[&shared, &shared]);
        let of = |index: usize| value.as_array().unwrap()[index].as_map().unwrap();
        assert!(std::ptr::eq(of(0), of(1)));
        assert_eq!(serde_json::to_string(&shared).unwrap(), r#"{"z":1,"a":2,"m":3}"#);
    }
}
