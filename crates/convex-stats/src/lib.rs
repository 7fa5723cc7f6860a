//! Statistics for comparing two series, with intervals that keep their promise under fat tails and clustering.
//!
//! Numbers in, numbers out: slices of `f64` go in, typed results come out. Nothing here knows a date, reads a file or
//! draws randomness that the caller did not seed, so equal input gives equal output wherever it runs.
//!
//! Three rules hold everywhere:
//!
//! - **Missing data**: there are none. A caller drops a pair when either leg is missing, then asks; every value is finite.
//! - **Undefined**: a statistic without a value is a [`Undefined`], never a NaN and never a panic.
//! - **Lengths**: two slices that must be of one length and are not are a mistake of the program, and panic.

#![cfg_attr(test, expect(clippy::float_cmp, reason = "tests compare numbers that are exact by construction"))]

pub mod asymmetry;
pub mod autoregression;
pub mod bootstrap;
pub mod breaks;
pub mod cluster;
pub mod cointegration;
pub mod conditional;
pub mod conformal;
pub mod convexity;
pub mod correlation;
pub mod describe;
pub mod divergence;
pub mod drivers;
mod error;
mod factor;
pub mod half_life;
pub mod hedge;
pub mod interval;
mod lagged;
pub mod lead_lag;
mod least_squares;
pub mod logistic;
pub mod long_run;
mod minimise;
pub mod multiple;
pub mod nearest;
mod normal;
pub mod proportion;
pub mod regression;
pub mod reversal;
pub mod reversion;
pub mod rolling;
mod sample;
pub mod score;
pub mod score_test;
pub mod screen;
pub mod share;
pub mod simulation;
mod stretches;
mod sum;
pub mod switching;
mod tables;
pub mod tails;
#[cfg(test)]
mod test_series;
pub mod tracking_error;
pub mod unit_root;
pub mod variance_ratio;
pub mod volatility;
pub mod volatility_ratio;
pub mod wild;

pub use error::Undefined;
pub use interval::Interval;
