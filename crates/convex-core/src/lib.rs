//! Series, catalogue, alignment and comparison: pure functions of values. Nothing here reads a clock, a file or a socket.

pub mod alert;
pub mod align;
mod basis;
pub mod calendar;
pub mod catalog;
pub mod change;
pub mod claim;
pub mod compare;
mod day;
pub mod digest;
pub mod event;
pub mod figure;
pub mod forecast;
pub mod freshness;
pub mod panel;
pub mod regime;
pub mod sample;
pub mod scenario;
pub mod scorecard;
pub mod screen;
pub mod seed;
mod series;
pub mod shock;
pub mod state;
pub mod vet;
pub mod weekly;

pub use basis::{BadId, Basis, SeriesId, is_metric_id};
pub use day::{Day, NotADay};
pub use series::{Malformed, Series};
