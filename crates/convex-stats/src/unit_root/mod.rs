//! Does a series wander without a level of its own?

mod adf;
mod dickey_fuller;
mod kpss;
mod mackinnon;

pub use adf::{Adf, adf};
pub use kpss::{Kpss, kpss};

pub(crate) use dickey_fuller::{Deterministic, dickey_fuller};
pub(crate) use mackinnon::mackinnon_p;

/// Observations a test of this module needs.
pub(crate) const LEAST: usize = 250;
