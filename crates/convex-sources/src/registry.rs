//! The providers Convex speaks to.

use convex_core::catalog::Provider;

use crate::alpha_vantage::AlphaVantage;
use crate::bls::Bls;
use crate::cboe::Cboe;
use crate::coinbase::Coinbase;
use crate::coingecko::Coingecko;
use crate::ecb::Ecb;
use crate::eia::Eia;
use crate::file::FileAtAddress;
use crate::fred::Fred;
use crate::gold_api::GoldApi;
use crate::kraken::Kraken;
use crate::lbma::Lbma;
use crate::tiingo::Tiingo;
use crate::treasury::Treasury;
use crate::twelve_data::TwelveData;
use crate::yahoo::Yahoo;
use crate::{Feed, Source, coinbase, kraken};

/// The source of a provider; `None` for the sample market, which nobody is asked for.
pub fn source(provider: Provider) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.provider() == provider)
}

/// Every source, in the order of the documentation.
#[rustfmt::skip]
pub static SOURCES: &[&dyn Source] = &[
    &Fred,
    &Cboe,
    &Yahoo,
    &Coingecko,
    &Coinbase,
    &Kraken,
    &GoldApi,
    &Lbma,
    &Treasury,
    &Bls,
    &Eia,
    &Ecb,
    &Tiingo,
    &AlphaVantage,
    &TwelveData,
    &FileAtAddress,
];

/// A conversation with a provider that can be listened to, about some of its symbols; `None` for others.
pub fn feed(provider: Provider, symbols: &[&str]) -> Option<Box<dyn Feed>> {
    if symbols.is_empty() {
        return None;
    }
    match provider {
        Provider::Coinbase => Some(Box::new(coinbase::Conversation::about(symbols))),
        Provider::Kraken => Some(Box::new(kraken::Conversation::about(symbols))),
        _ => None,
    }
}
