//! A `Document` to its noun: shape and types of one file, every fault gathered.
//!
//! A bad field drops that field; an entry that cannot be made whole still declares its ID, so that
//! errors do not cascade.
