//! A metric: one thing that is measured, and everything its type decides.

use super::{
    Available, Cadence, Category, ChangeKind, CloseTime, Licence, MetricUnit, OffDays, RiskSign, Role, SourceRef,
    TradingCalendar,
};
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
    /// What it is called in the middle of a sentence, always in the singular: `the 10-year yield`, `gold`, `DIA`.
    pub noun: String,
    /// What it measures and how, in a few sentences.
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
    /// When an observation can be had from its sources, if the usual rule does not fit.
    pub available: Option<Available>,
    /// Whether it is known to have values on days its calendar calls closed.
    pub off_days: OffDays,
    /// Lowest and highest plausible value, if the usual range of its unit does not fit.
    pub plausible: Option<(f64, f64)>,
    /// Change, in standard deviations of its own changes, beyond which a value waits for confirmation; if the usual does
    /// not fit.
    pub largest_change: Option<f64>,
    /// How many days in a row one value may stand while the market moves, if the usual number does not fit.
    pub frozen_after: Option<u16>,
    /// Currency of the value, if it is money.
    pub currency: Option<String>,
    /// Whether the main series leaves payouts out or adds them back.
    pub basis: Basis,
    /// Something tradable that stands in for it, where it cannot be bought itself (id of a metric or a plain name).
    pub proxy: Option<String>,
    /// Id of the metric whose values within the day are shown beside its close, where it has none itself: spot beside a fix.
    pub live: Option<String>,
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

impl Metric {
    /// A metric nobody described: a daily price, measured in log changes, not to be shown to others.
    ///
    /// ```
    /// use convex_core::catalog::{Category, Licence, Metric};
    /// let metric = Metric::uncatalogued("acme");
    /// assert_eq!((metric.short.as_str(), metric.catalogued), ("ACME", false));
    /// assert_eq!((metric.category, metric.licence), (Category::Uncatalogued, Licence::Withheld));
    /// ```
    #[must_use]
    pub fn uncatalogued(id: &str) -> Self {
        let label = id.to_uppercase();
        Self {
            id: id.to_owned(),
            aliases: Vec::new(),
            name: label.clone(),
            short: label.clone(),
            noun: label.clone(),
            label,
            definition:
                "Imported without a catalogue entry and read as a daily price: its unit, close and terms are not known."
                    .to_owned(),
            category: Category::Uncatalogued,
            cadence: Cadence::Daily,
            unit: MetricUnit::Index,
            change: ChangeKind::Log,
            role: Role::Investable,
            risk: RiskSign::None,
            calendar: TradingCalendar::Nyse,
            close: None,
            publication_lag_days: 0,
            available: None,
            off_days: OffDays::Any,
            plausible: None,
            largest_change: None,
            frozen_after: None,
            currency: None,
            basis: Basis::Price,
            proxy: None,
            live: None,
            sources: Vec::new(),
            licence: Licence::Withheld,
            started: None,
            discontinued: None,
            catalogued: false,
        }
    }
}

impl Metric {
    /// Whether holding it pays dividends or interest that its price leaves out.
    pub fn pays_out(&self) -> bool {
        let pays =
            self.category.is_equity() || matches!(self.category, Category::GovernmentBond | Category::CorporateBond);
        pays && self.role == Role::Investable && self.basis == Basis::Price
    }
}
