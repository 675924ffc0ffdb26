//! The program: arguments in, exit code out.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A build makes and drops millions of small values on all processors; with this it takes a quarter
/// less time than with the system's allocator (`docs/decisions/performance.md`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(convene::cli::run())
}
