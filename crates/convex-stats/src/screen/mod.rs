//! Every pair of many series at once: correlations and slopes of all, fast, and equal to those of one pair alone.
//!
//! Series stand in columns over a [`Panel`] of rows (days, weeks, months). A pair is measured on the rows both have:
//! common rows first, then the changes between consecutive common rows, never filled forward. Four windows end at the last
//! common row: the last quarter (by row), the last 252 changes, all changes, and for the change of the correlation the last
//! 63 changes beside the 252 before them.
//!
//! What the matrix product computes. Column j holds the changes x\[d\] between j's own consecutive rows, at the row where they
//! end, and zero on rows it lacks. The product of two columns sums x\[d\] y\[d\] over the rows both have. Where both have the
//! same rows in a window, that is the sum over common changes, and nothing is left to do. Where one leg has a gap and the other
//! a row in it, the common change around the gap joins several changes of the other: the step over the gap times each of
//! them is added, which is a product of few rows, done for all columns of a block at once. Only where gaps of both legs fall
//! into one step is the step of the pair put right by itself. So the sums are those of the pair's common changes exactly.
//! Where so little variance is left that digits are lost, or a level has no logarithm, the pair is computed alone.

mod alone;
mod block;
mod change;
mod column;
mod common;
mod effect;
mod family;
mod fill;
mod gap;
mod panel;
mod product;
mod ragged;
mod rows;
mod strip;
mod sums;
mod tile;
mod worlds;

pub use alone::{alone, common_changes};
pub use change::{CorrelationChange, correlation_change};
pub use column::Column;
pub use effect::{Effect, effect_in_worlds};
pub use family::{Drawn, FamilyPair, Judged, NEEDS as FAMILY_NEEDS, Question, family_tests, judge};
pub use gap::gap_z;
pub use panel::{Panel, Tile};
pub use rows::Rows;
pub use worlds::{Calendar, Worlds};

/// Changes in the window that tells how two series move together now.
pub const NOW: usize = 63;
/// Changes just before those, with which they are compared.
pub const BEFORE: usize = 252;
/// Changes in the window of a year.
pub const YEAR: usize = 252;
/// Changes a correlation or a slope needs.
pub const LEAST: usize = 20;

/// What is found for a pair of columns. The first column is the one of the lower number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Common rows.
    pub rows: u32,
    /// The last of them.
    pub last: u32,
    /// Over the last quarter.
    pub quarter: Link,
    /// Over the last [`YEAR`] changes.
    pub year: Link,
    /// Over all changes.
    pub all: Link,
    /// Correlation of the last [`NOW`] changes less that of the [`BEFORE`] before them, on Fisher's z scale.
    change: f64,
    /// z of the last gap.
    gap: f64,
}

/// Two series in one window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Changes.
    pub n: u32,
    pearson: f64,
    beta: f64,
}

impl Link {
    /// Too few changes, or none that vary.
    pub(crate) const fn none(n: u32) -> Self {
        Self { n, pearson: f64::NAN, beta: f64::NAN }
    }

    /// Pearson's correlation; none with too few changes, a constant or identical legs.
    pub fn pearson(&self) -> Option<f64> {
        some(self.pearson)
    }

    /// Change of the first column with one unit of the second; none with too few changes or a constant leg.
    pub fn beta(&self) -> Option<f64> {
        some(self.beta)
    }
}

impl Found {
    /// Correlation of the last [`NOW`] changes less that of the [`BEFORE`] before them, on Fisher's z scale.
    pub fn change(&self) -> Option<f64> {
        some(self.change)
    }

    /// How far the difference of the levels is from its mean of 252 rows, in standard deviations ([`gap_z`]); none if it
    /// was not asked for.
    pub fn gap(&self) -> Option<f64> {
        some(self.gap)
    }
}

fn some(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}
