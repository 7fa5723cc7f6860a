//! Where series come from: requests to make and pure parsers of what answers. Nothing here opens a file or a connection,
//! or reads a clock; whoever does the asking passes in what came and when.
//!
//! A provider is a [`Source`] (asked from time to time) and perhaps a [`Feed`] (listened to). [`registry`] lists them.

mod alpha_vantage;
mod bls;
mod cboe;
mod coinbase;
mod coingecko;
mod ecb;
mod eia;
mod failure;
mod feed;
pub mod file;
mod fred;
mod gold_api;
mod kraken;
mod lbma;
mod parsed;
mod payload;
mod policy;
mod read;
pub mod registry;
mod request;
mod source;
mod symbol;
#[cfg(test)]
mod testing;
mod tiingo;
mod treasury;
mod twelve_data;
mod yahoo;

pub use failure::{Failure, Kind, Network, Retry};
pub use feed::{Feed, Heard};
pub use parsed::{Adjustment, Candle, Column, Dividend, Parsed, Point, Quote, Split};
pub use payload::Payload;
pub use policy::{KeyNeed, Policy, Quota, Window};
pub use request::{Body, KeyPlace, Method, Purpose, Request};
pub use source::{Access, Source, Want};
