//! Fetching, against a server on loopback that answers as told and goes wrong in every known way.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod archive;
mod conditional;
mod faults;
mod health;
mod log;
mod patience;
#[path = "../support/provider/mod.rs"]
mod provider;
mod quota;
mod redirects;
mod setting;
