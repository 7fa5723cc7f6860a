//! Forecasts, scenarios and states of the market, as pages show them.

pub(in crate::web) mod bands;
pub(in crate::web) mod datum;
pub(in crate::web) mod regime;
pub(in crate::web) mod scenario;
pub(in crate::web) mod scorecard;
