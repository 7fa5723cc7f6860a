//! Whole answers and messages, made up for the tests.

use convex_core::catalog::Provider;
use convex_sources::Purpose;

/// A whole answer and what it answers.
pub(crate) struct Answer {
    pub provider: Provider,
    pub symbol: &'static str,
    pub purpose: Purpose,
    pub body: &'static str,
}

/// A message of a stream with one price.
pub(crate) struct Message {
    pub provider: Provider,
    pub symbol: &'static str,
    pub text: &'static str,
}

const fn history(provider: Provider, symbol: &'static str, body: &'static str) -> Answer {
    Answer { provider, symbol, purpose: Purpose::History { since: None }, body }
}

const fn quote(provider: Provider, symbol: &'static str, body: &'static str) -> Answer {
    Answer { provider, symbol, purpose: Purpose::Quote, body }
}

pub(crate) static ANSWERS: &[Answer] = &[
    history(Provider::Yahoo, "ACME", include_str!("../bodies/yahoo-chart.json")),
    quote(Provider::Yahoo, "ACME", include_str!("../bodies/yahoo-chart.json")),
    history(Provider::Coingecko, "acme", include_str!("../bodies/coingecko-chart.json")),
    quote(Provider::Coingecko, "acme", include_str!("../bodies/coingecko-price.json")),
    history(Provider::Coinbase, "ACME-USD", include_str!("../bodies/coinbase-candles.json")),
    quote(Provider::Coinbase, "ACME-USD", include_str!("../bodies/coinbase-ticker.json")),
    history(Provider::Kraken, "ACMEUSD", include_str!("../bodies/kraken-ohlc.json")),
    quote(Provider::Kraken, "ACMEUSD", include_str!("../bodies/kraken-ticker.json")),
    quote(Provider::GoldApi, "XAU", include_str!("../bodies/gold_api-price.json")),
    history(Provider::Lbma, "gold_pm", include_str!("../bodies/lbma-gold.json")),
    history(Provider::Tiingo, "ACME", include_str!("../bodies/tiingo-daily.json")),
    history(Provider::Tiingo, "acmeusd", include_str!("../bodies/tiingo-crypto.json")),
    quote(Provider::Tiingo, "ACME", include_str!("../bodies/tiingo-iex.json")),
    quote(Provider::Tiingo, "acmeusd", include_str!("../bodies/tiingo-top.json")),
    history(Provider::AlphaVantage, "ACME", include_str!("../bodies/alpha_vantage-daily.json")),
    quote(Provider::AlphaVantage, "ACME", include_str!("../bodies/alpha_vantage-quote.json")),
    history(Provider::TwelveData, "ACME", include_str!("../bodies/twelve_data-series.json")),
    quote(Provider::TwelveData, "ACME", include_str!("../bodies/twelve_data-quote.json")),
];

pub(crate) static MESSAGES: &[Message] = &[
    Message {
        provider: Provider::Coinbase,
        symbol: "ACME-USD",
        text: include_str!("../bodies/coinbase-ticker-message.json"),
    },
    Message {
        provider: Provider::Kraken,
        symbol: "ACMEUSD",
        text: include_str!("../bodies/kraken-ticker-message.json"),
    },
    Message { provider: Provider::Kraken, symbol: "ACMEUSD", text: include_str!("../bodies/kraken-trade-frame.json") },
];
