//! How observations come into the database.

pub mod collect;
pub mod core_legs;
pub mod due;
pub mod import;
mod name;
pub mod replay;
pub mod snapshot;
pub mod terms;
pub mod worker;

pub use name::{NamedSeries, named_series};
