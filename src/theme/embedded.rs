//! The default theme, carried in the binary: the files of `themes/district`.

/// Path below the theme's folder, and content, in the order of the paths.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/district.rs"));
