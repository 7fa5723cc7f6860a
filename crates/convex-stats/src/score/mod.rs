//! How good forecasts were: proper scores, calibration, and whether one of two was better.

mod comparison;
mod distribution;
mod event;

pub use comparison::{Comparison, compare};
pub use distribution::{crps_normal, crps_quantiles, normal_quantile, pinball};
pub use event::{Bin, brier, log_score, reliability};
