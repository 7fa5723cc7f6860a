//! Who supplies a metric, and on what terms.

use super::vocabulary::vocabulary;

/// A provider and the name under which it knows the metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRef {
    /// Name of the provider.
    pub provider: Provider,
    /// Its symbol for the metric.
    pub symbol: String,
}

/// Providers Convex can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    /// Federal Reserve Bank of St. Louis.
    Fred,
    /// Cboe Global Markets; an index has a leading underscore (`_VIX`), a fund has none.
    Cboe,
    /// Yahoo Finance.
    Yahoo,
    /// `CoinGecko`.
    Coingecko,
    /// Coinbase Exchange.
    Coinbase,
    /// Kraken.
    Kraken,
    /// gold-api.com.
    GoldApi,
    /// London Bullion Market Association.
    Lbma,
    /// US Treasury; the symbol is the heading of a column of its par yield curve (`10 Yr`).
    Treasury,
    /// US Bureau of Labor Statistics.
    Bls,
    /// US Energy Information Administration.
    Eia,
    /// European Central Bank.
    Ecb,
    /// Tiingo.
    Tiingo,
    /// Alpha Vantage.
    AlphaVantage,
    /// Twelve Data.
    TwelveData,
    /// A file imported by the operator.
    File,
    /// The simulated sample market.
    Sample,
}

vocabulary!(Provider, "provider", {
    Fred => "fred", "FRED";
    Cboe => "cboe", "Cboe";
    Yahoo => "yahoo", "Yahoo Finance";
    Coingecko => "coingecko", "CoinGecko";
    Coinbase => "coinbase", "Coinbase";
    Kraken => "kraken", "Kraken";
    GoldApi => "gold_api", "gold-api.com";
    Lbma => "lbma", "LBMA";
    Treasury => "treasury", "US Treasury";
    Bls => "bls", "US Bureau of Labor Statistics";
    Eia => "eia", "US Energy Information Administration";
    Ecb => "ecb", "European Central Bank";
    Tiingo => "tiingo", "Tiingo";
    AlphaVantage => "alpha_vantage", "Alpha Vantage";
    TwelveData => "twelve_data", "Twelve Data";
    File => "file", "imported file";
    Sample => "sample", "sample market";
});

impl Provider {
    /// The provider of that key, as configuration and stored rows spell it.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|provider| provider.key() == key)
    }

    /// The name a reader sees.
    pub fn name(self) -> &'static str {
        self.words()
    }

    /// The words the provider asks for, or what a reader must be told about its data.
    pub fn attribution(self) -> &'static str {
        match self {
            Self::Fred => {
                "This product uses the FRED® API but is not endorsed or certified by the Federal Reserve Bank of St. Louis."
            }
            Self::Cboe => "Cboe, delayed, for personal use. VIX® is a trademark of Cboe Exchange, Inc.",
            Self::Yahoo => "Yahoo Finance, for personal use; not to be redistributed.",
            Self::Coingecko => "Powered by CoinGecko.",
            Self::Coinbase => "Market data from Coinbase, for personal use.",
            Self::Kraken => "Market data from Kraken, for personal use.",
            Self::GoldApi => "Indicative spot price from gold-api.com.",
            Self::Lbma => {
                "LBMA Gold Price, administered by ICE Benchmark Administration; any use beyond viewing needs a licence."
            }
            Self::Treasury => "Source: US Department of the Treasury.",
            Self::Bls => {
                "Source: US Bureau of Labor Statistics. BLS.gov cannot vouch for the data or analyses derived from these data after the data have been retrieved from BLS.gov."
            }
            Self::Eia => "Source: US Energy Information Administration.",
            Self::Ecb => "Source: European Central Bank, euro foreign exchange reference rates.",
            Self::Tiingo => "Data from Tiingo, for personal use; not to be redistributed.",
            Self::AlphaVantage => "Data from Alpha Vantage, for personal use; not to be redistributed.",
            Self::TwelveData => "Data from Twelve Data, for personal use; not to be redistributed.",
            Self::File => "imported by the operator",
            Self::Sample => "Simulated by the sample market: not the prices of anything.",
        }
    }
}

/// What may be done with a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Licence {
    /// Free to use and pass on.
    Open,
    /// Free to pass on with the source named.
    Attribution,
    /// For the operator's own use.
    Personal,
    /// Not to be shown to others.
    Withheld,
}

vocabulary!(Licence, "licence", {
    Open => "open", "open data";
    Attribution => "attribution", "open with the source named";
    Personal => "personal", "personal use only";
    Withheld => "withheld", "terms unknown";
});

impl Licence {
    /// What the class allows, as a sentence without its full stop.
    pub fn terms(self) -> &'static str {
        match self {
            Self::Open => "free to use and to pass on",
            Self::Attribution => "free to use and to pass on if the source is named",
            Self::Personal => "for the operator's own use: shown on the operator's pages, not passed on to others",
            Self::Withheld => "terms unknown: kept to the operator's own machine",
        }
    }

    /// Whether values may leave the installation: in exports to others, in answers, in mail.
    pub fn may_be_passed_on(self) -> bool {
        matches!(self, Self::Open | Self::Attribution)
    }
}
