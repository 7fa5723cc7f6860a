//! The providers Convex speaks to.

use convex_core::catalog::Provider;

use crate::cboe::Cboe;
use crate::fred::Fred;
use crate::{Feed, Source};

/// The source of a provider; `None` for what is not asked over the network (files, the sample market).
pub fn source(provider: Provider) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.provider() == provider)
}

/// Every source, in the order of the documentation.
#[rustfmt::skip]
pub static SOURCES: &[&dyn Source] = &[
    &Fred,
    &Cboe,
];

/// A conversation with a provider that can be listened to, about some of its symbols; `None` for others.
pub fn feed(provider: Provider, symbols: &[&str]) -> Option<Box<dyn Feed>> {
    let _ = (provider, symbols);
    None
}
