//! One series described: moments, order, place of a value in its past, drawdowns.

mod drawdown;
mod moments;
mod order;
mod place;

pub use drawdown::{drawdowns, max_drawdown};
pub use moments::{excess_kurtosis, mean, skewness, stdev};
pub use order::{median, position_of_max, position_of_min, quantile};
pub use place::{percentile_of, range_position, share_positive, z_of_last};

pub(crate) use order::quantile_in_place;
