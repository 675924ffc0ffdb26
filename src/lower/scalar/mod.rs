//! Scalars: how each is written, and what to say when it is not.

mod color;
mod date;
mod id;
mod moment;
mod text;
mod time;
mod word;

pub(super) use color::color;
pub(super) use date::parse_weekday;
pub(super) use date::{date, month, program_year, season, weekday, year_start};
pub(super) use id::{check_name, id, id_of_key};
pub(super) use moment::{closing, opening};
pub(super) use text::{email, language, short_text, text, timezone};
pub(super) use time::time_range;
pub(super) use word::word;
