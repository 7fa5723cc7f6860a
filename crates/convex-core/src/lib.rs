//! Series, catalogue, alignment and comparison: pure functions of values. Nothing here reads a clock, a file or a socket.

mod basis;
pub mod catalog;
pub mod compare;
mod day;
pub mod figure;
pub mod freshness;
pub mod panel;
mod series;

pub use basis::{BadId, Basis, SeriesId, is_metric_id};
pub use day::{Day, NotADay};
pub use series::{Malformed, Series};
