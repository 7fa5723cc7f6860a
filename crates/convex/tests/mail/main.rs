//! Mail against a server that speaks SMTP, the pages around it, and what strangers try with them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod conversation;
mod feeds;
mod kill;
#[path = "../pages_support/mod.rs"]
mod pages_support;
mod server;
mod setting;
mod strangers;
#[path = "../support/mod.rs"]
mod support;
mod volume;
