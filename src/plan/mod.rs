//! Which files exist, and what each shows. No two tasks have one path.

mod route;

pub use route::OutputPath;
