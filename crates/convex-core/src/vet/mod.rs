//! Vetting: whether what a provider offers may be published.
//!
//! [`vet`] judges each value against what is known of the series and what its type allows. A value is accepted, perhaps with
//! a remark ([`Caution`]), or put into quarantine with a [`Reason`]; if too much of an offer is, none of it is published
//! ([`Verdict`]). Nothing is ever mended or filled in. [`cross_check`] compares two providers.

mod candle;
mod cross;
mod frozen;
mod judge;
mod offer;
mod order;
mod outcome;
mod pace;
mod reason;
mod rebase;
mod shrink;
mod splits;
mod values;

pub use cross::{CrossCheck, Disagreement, Tolerance, cross_check};
pub use judge::vet;
pub use offer::{Candle, Offer, Point, Split};
pub use outcome::{Quarantined, Shortened, Verdict, Vetted};
pub use reason::{Caution, Reason};

#[cfg(test)]
mod tests;
