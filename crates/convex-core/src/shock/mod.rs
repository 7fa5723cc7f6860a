//! What followed moves like a supposed one: past windows nearest to it, and a regression, side by side.

mod answer;
mod supposed;

pub use answer::{Answer, Case, Regression, Shock, shock};
pub use supposed::{DRIVERS, Driver, Move};
