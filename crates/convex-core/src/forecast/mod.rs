//! Bands for what comes next, and their record.
//!
//! Shocks of the past, scaled to the volatility of the moment, are drawn into paths; the quantiles of where they end are
//! corrected by how often such quantiles were crossed before. What does not beat a driftless walk is replaced by it. All of
//! it is one chain through time: the forecast of a day rests on what was known that day, and recomputing it from data cut
//! there gives the same bytes.

mod chain;
mod choice;
mod distribution;
mod fit;
mod make;
mod target;
mod track;

#[cfg(test)]
mod tests;

pub use chain::{Chain, Options};
pub use choice::Choice;
pub use distribution::{GRID, TARGETS};
pub use fit::Method;
pub use make::{Band, Forecast, Outlook};
pub use target::{Law, Pace, Target};
pub use track::Score;
