//! Statistics of every trailing window of a series.
//!
//! Each result stands for the window that ends at its place: the first for values 0 to window - 1.

mod beta;
mod correlation;
mod moments;
mod sliding;

pub use beta::{WindowSlope, rolling_slope};
pub use correlation::{WindowCorrelation, rolling_correlation};
pub use moments::{WindowMoments, rolling_moments};
