//! Two states, calm and wild, that a series moves between unseen.

mod filter;
mod fit;

pub use fit::{Switching, switching};
