//! How staff write dates, times and repeats: text to value, without places and messages of fields.

pub(super) mod date;
pub(super) mod repeat;
pub(super) mod time;
