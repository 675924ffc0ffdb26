//! Time: recurrence, program years, zones, clashes, and the state of enrollment at a moment.
//!
//! Pure calendar arithmetic on the model. The present moment is an argument.

mod enrollment;
mod milestones;
mod present;
mod recurrence;
mod timetable;
mod zone;

pub use enrollment::{CLOSING_SOON_DAYS, EnrollmentState, enrollment_state};
pub use milestones::{Milestone, Standing};
pub use present::Present;
pub use timetable::{
    Bounds, Group, Meeting, Occurs, OfferingSchedule, ScheduledSession, SortKey, Timetable,
    schedule_of, timetable,
};
pub use zone::{TimeFault, TimeFaultKind, instant, start_of_day};
