//! A compiler for program catalogs.
//!
//! Source: a folder of Markdown and YAML. Output: a static site, calendars and data. The data flows
//! one way, and each stage is a function from value to value:
//!
//! ```text
//! content/, themes/ ─ source ─► syntax ─► lower ─► Catalog ─ check ─► diagnostics
//!                                                     │
//!                                       theme, view ─ plan ─► SitePlan ─ render ─► Site ─ publish ─► public/
//!                                                                                   └──── serve ──► browser
//! ```
//!
//! [`build::build`] is that street on one screen; `ARCHITECTURE.md` is its map.
#![forbid(unsafe_code)]

pub mod source;
pub mod diag;
pub mod syntax;
pub mod model;
pub mod schema;
pub mod lower;
pub mod schedule;
pub mod check;
pub mod theme;
pub mod scaffold;
pub mod import;
pub mod view;
pub mod diff;
pub mod bulletin;
pub mod plan;
pub mod render;
pub mod build;
pub mod preview;
pub mod publish;
pub mod report;
pub mod outside;
pub mod serve;
pub mod cli;
