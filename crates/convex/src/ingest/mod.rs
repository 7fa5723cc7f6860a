//! How observations come into the database.

pub mod import;
mod name;

pub use name::{NamedSeries, named_series};
