//! All that is particular to `SQLite`: how it is opened, how the schema is brought up to date, and the two statements
//! that have no portable form. Everything else in this crate is SQL with `$1` placeholders.

mod connect;
mod insert;
mod schema;

pub(crate) use connect::{is_locked, reader, recover, writer};
pub(crate) use insert::insert_observations;
pub(crate) use schema::{SCHEMA, State, migrate, state};

/// Takes the write lock at once, so that what a transaction reads cannot change before it writes.
pub(crate) const BEGIN_WRITE: &str = "begin immediate";

/// Findings of the engine's own check; one row `ok` if there are none.
pub(crate) const INTEGRITY: &str = "select integrity_check from pragma_integrity_check";
