//! Variance of a mean when neighbours in time resemble each other.
//!
//! Intervals rest on equal-weighted cosines ([`Cosines`]); [`newey_west`] is kept beside them for the standard errors
//! readers know.

mod cosines;
mod newey_west;
mod student;

pub use cosines::{Cosines, degrees_of_freedom, half_width};
pub use newey_west::{newey_west, newey_west_lag};
pub use student::student_975;
