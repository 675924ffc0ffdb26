//! How staff write dates, times and repeats: text to value, without places and messages of fields.

pub mod date;
pub mod repeat;
pub mod time;
