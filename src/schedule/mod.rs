//! Time: recurrence, program years, zones, clashes, and the state of enrollment at a moment.
//!
//! Pure calendar arithmetic on the model. The present moment is an argument.
