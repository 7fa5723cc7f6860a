//! What each provider's answers mean: small ones of every kind, written by hand, right and wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

mod answer;
mod bls;
mod cboe;
mod ecb;
mod eia;
mod file;
mod fred;
mod treasury;
