//! Forecasts, scenarios and states of the market as the program makes, keeps and tells them.

mod cards;
mod live;
mod record;
mod run;

pub use cards::{CardRecord, LineRecord, ScorecardRecord};
pub use live::settled;
pub use record::{BandRecord, ForecastRecord, HorizonRecord};
pub use run::{Made, Progress, Wanted, after_close, keep, make, targets};

/// By what rules forecasts are made; a change of them is a new name.
pub const METHOD: &str = "forecast-1";
