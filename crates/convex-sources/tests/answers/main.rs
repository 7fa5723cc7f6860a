//! What each provider's answers mean: small ones of every kind, written by hand, right and wrong.

#![expect(clippy::unwrap_used, reason = "tests")]

mod answer;
mod cboe;
mod fred;
