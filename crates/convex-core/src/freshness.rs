//! How old the last observation of a series is, against what its type leads one to expect.

use crate::Day;

/// Age of a series on a given day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The state a reader sees.
    pub state: AgeState,
    /// Day of the last observation; `None` if there is none.
    pub last: Option<Day>,
    /// Day on which the next observation was or is due; `None` where none is expected.
    pub due: Option<Day>,
    /// Calendar days from the last observation to the day of the look.
    pub days_old: i32,
    /// Observations that should have come since and have not.
    pub missed: usize,
}

/// The states of age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeState {
    /// Nothing is overdue.
    Fresh,
    /// One or two observations are overdue.
    Late,
    /// More are overdue.
    Stale,
    /// No further observation is expected.
    Discontinued,
    /// There is no observation at all.
    Empty,
}
