//! Resampling in blocks, for intervals of statistics whose neighbours in time depend on each other.

mod block_length;
mod pair_sums;
mod stationary;

pub use block_length::{optimal_block_length, pair_block_length};
pub use pair_sums::correlation_interval;
pub use stationary::{Block, StationaryBootstrap};

pub(crate) use pair_sums::correlation_interval_of;
