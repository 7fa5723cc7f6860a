//! A metric: one thing that is measured, and everything its type decides.

use serde::Deserialize;

use crate::{Basis, Day};

/// One entry of the catalogue. Its types decide transforms, formats, permitted charts and permitted questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Canonical id: lower-case letters, digits, `_` and `-`, at most 40 characters; the address and the file name.
    pub id: String,
    /// Other names it answers to (tickers, provider ids, everyday names), lower case.
    pub aliases: Vec<String>,
    /// Full name.
    pub name: String,
    /// Name for titles and tiles, with the ticker in brackets where there is one: `Dow Jones (DIA)`.
    pub short: String,
    /// Shortest label, for charts and table heads: `DIA`, `VIX`, `Gold`.
    pub label: String,
    /// What it measures and how, in one or two sentences.
    pub definition: String,
    /// Family of things it belongs to.
    pub category: Category,
    /// How often a new observation is expected.
    pub cadence: Cadence,
    /// Unit of its values.
    pub unit: MetricUnit,
    /// How a change of it is measured.
    pub change: ChangeKind,
    /// What one can do with it.
    pub role: Role,
    /// Which way it goes when appetite for risk rises.
    pub risk: RiskSign,
    /// Days on which it is observed.
    pub calendar: TradingCalendar,
    /// When and where the day's value is fixed; `None` for releases.
    pub close: Option<CloseTime>,
    /// Days from the end of the period an observation describes to the day it is published.
    pub publication_lag_days: u16,
    /// Currency of the value, if it is money.
    pub currency: Option<String>,
    /// Whether the main series leaves payouts out or adds them back.
    pub basis: Basis,
    /// Something tradable that stands in for it, where it cannot be bought itself (id of a metric or a plain name).
    pub proxy: Option<String>,
    /// Providers in the order they are asked.
    pub sources: Vec<SourceRef>,
    /// What may be done with the values.
    pub licence: Licence,
    /// First day it existed, if known.
    pub started: Option<Day>,
    /// Last day it was published, if it no longer is.
    pub discontinued: Option<Day>,
    /// `false` for a metric the catalogue does not know (imported under an unknown id).
    pub catalogued: bool,
}

/// Families of metrics; two metrics of one category are peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Broad equity index or a fund on one.
    EquityIndex,
    /// Sector of an equity market.
    EquitySector,
    /// Implied volatility.
    Volatility,
    /// Precious metal.
    PreciousMetal,
    /// Industrial metal.
    IndustrialMetal,
    /// Oil, gas and funds on them.
    Energy,
    /// Government bond fund.
    GovernmentBond,
    /// Corporate bond fund.
    CorporateBond,
    /// Credit spread.
    CreditSpread,
    /// Interest rate or government bond yield.
    InterestRate,
    /// Slope of the yield curve.
    YieldCurve,
    /// Expected inflation from market prices.
    InflationExpectation,
    /// Currency or currency index.
    Currency,
    /// Crypto asset.
    Crypto,
    /// Price index or inflation release.
    Inflation,
    /// Labour market release.
    LabourMarket,
    /// State of the business cycle.
    BusinessCycle,
    /// Index of financial conditions or stress.
    FinancialConditions,
    /// Balance sheet of a central bank.
    CentralBank,
    /// Imported without a catalogue entry.
    Uncatalogued,
}

/// How often a new observation is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Streaming.
    RealTime,
    /// Minutes late.
    Delayed,
    /// Once a session.
    Daily,
    /// Once a week.
    Weekly,
    /// Once a month.
    Monthly,
}

/// Unit of a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum MetricUnit {
    /// US dollars (a share, an ounce, a barrel, a coin: see `per` in the definition).
    #[serde(rename = "USD")]
    Usd,
    /// US dollars in millions.
    #[serde(rename = "USD millions")]
    UsdMillions,
    /// Japanese yen (for one US dollar).
    #[serde(rename = "JPY")]
    Jpy,
    /// Index points.
    #[serde(rename = "index")]
    Index,
    /// Percent a year, or percent of a whole.
    #[serde(rename = "percent")]
    Percent,
    /// Percentage points (a difference of two percentages).
    #[serde(rename = "points")]
    Points,
    /// A number of things.
    #[serde(rename = "count")]
    Count,
    /// Zero or one.
    #[serde(rename = "flag")]
    Flag,
}

/// How a change is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Logarithm of the ratio: prices, indices, volatility indices, counts.
    Log,
    /// Difference in its own unit: yields, spreads, rates, diffusion indices.
    Difference,
}

/// What one can do with a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Can be bought and held.
    Investable,
    /// An index on things that can be bought.
    Index,
    /// An interest rate.
    Rate,
    /// A difference of rates.
    Spread,
    /// Says something, cannot be bought (VIX).
    Signal,
    /// An amount that moves (a balance sheet).
    Flow,
    /// A statistical release.
    Macro,
}

/// Which way a metric goes when appetite for risk rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskSign {
    /// Up.
    On,
    /// Down.
    Off,
    /// Neither.
    None,
}

/// Days on which a metric is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TradingCalendar {
    /// New York Stock Exchange.
    Nyse,
    /// Cboe index publication (also some NYSE holidays).
    Cboe,
    /// CME futures.
    Cme,
    /// ICE futures.
    Ice,
    /// London bullion market.
    London,
    /// TARGET2, the euro area's settlement days.
    Target,
    /// US government bond market and Federal Reserve business days.
    UsGovernment,
    /// Every day.
    SevenDay,
    /// Weekly or monthly release.
    Release,
}

/// When and where the day's value is fixed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseTime {
    /// Local wall-clock time, `HH:MM`.
    pub time: String,
    /// IANA time zone.
    pub zone: String,
}

/// A provider and the name under which it knows the metric.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// Name of the provider.
    pub provider: Provider,
    /// Its symbol for the metric.
    pub symbol: String,
}

/// Providers Convex can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Federal Reserve Bank of St. Louis.
    Fred,
    /// Cboe Global Markets.
    Cboe,
    /// Yahoo Finance.
    Yahoo,
    /// CoinGecko.
    Coingecko,
    /// Coinbase Exchange.
    Coinbase,
    /// Kraken.
    Kraken,
    /// gold-api.com.
    GoldApi,
    /// London Bullion Market Association.
    Lbma,
    /// US Treasury.
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

/// What may be done with a metric's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
