//! Observations, append-only, in `SQLite`: what was known of each series, and from when.
//!
//! A [`Store`] is a handle that can be cloned. It never reads a clock: whoever writes says from when a value is known.

mod append;
mod check;
mod difference;
mod error;
mod forget;
mod list;
mod load;
mod packed;
mod sqlite;
mod store;

pub use append::{Appended, Batch, Write};
pub use check::{Integrity, Problem};
pub use error::StoreError;
pub use list::SeriesSummary;
pub use load::Stored;
pub use packed::Damaged;
pub use store::Store;
