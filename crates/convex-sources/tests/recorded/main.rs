//! Every recorded answer of a provider gives the right values or the right failure, and so do answers of the same kinds: cut
//! off, with other line ends, with a byte-order mark. The recordings are no part of the project; without them the tests
//! say so and pass.

#![expect(clippy::unwrap_used, reason = "tests")]

mod bls;
mod cboe;
mod coingecko;
mod crypto;
mod ecb;
mod eia;
mod fred;
mod keyed;
mod recording;
mod streams;
mod treasury;
mod yahoo;
