//! How series are supplied: who is asked, how that goes, what is held back, where providers differ.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use convex_core::catalog::{Metric, Provider};
use convex_core::compare::Comparison;
use convex_core::freshness::Facts;
use convex_core::{Day, SeriesId};
use convex_store::{
    Disagreement, Health, OutcomeCount, Pause, Quarantined, Shortfall, Store, StoreError, Switch, Verdict,
};
use jiff::Timestamp;

use super::{Desk, Error};
use crate::clock::Clock;
use crate::format;

/// Days that outcomes are counted over, today among them.
const WEEK: i32 = 7;

/// Failures in a row, over at least so long a time, after which a refusal is not taken for a passing one.
const LASTING: (u32, Duration) = (3, Duration::from_hours(72));

/// Classes of failure by which a provider says that it does not give the series, or not to us.
const REFUSALS: [&str; 5] = ["key-refused", "blocked", "restricted", "beyond-plan", "gone"];

/// What the database knows of how series are supplied.
#[derive(Clone, Debug, Default)]
pub struct Supply {
    /// How asking goes, for every series that was ever asked for.
    pub health: Vec<Health>,
    /// Providers that are left alone for a while.
    pub pauses: Vec<Pause>,
    /// How requests of the last seven days ended.
    pub outcomes: Vec<OutcomeCount>,
    /// Changes of the provider of a series, oldest first.
    pub switches: Vec<Switch>,
    /// Values that wait for a decision.
    pub held: Vec<Quarantined>,
    /// Where a second provider says something else.
    pub disagreements: Vec<Disagreement>,
    /// Where a provider gives less history than is kept.
    pub shortfalls: Vec<Shortfall>,
}

/// Why nobody gives a series away any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who was asked last of those that refuse.
    pub provider: Provider,
    /// Since when.
    pub since: Timestamp,
    /// In the provider's words.
    pub words: String,
}

impl Supply {
    async fn read(store: &Store, today: Day) -> Result<Self, StoreError> {
        Ok(Self {
            health: store.health().await?,
            pauses: store.pauses().await?,
            outcomes: store.outcomes(today - (WEEK - 1)).await?,
            switches: store.switches(None).await?,
            held: store.quarantined(Some(Verdict::Held), None).await?,
            disagreements: store.disagreements(false).await?,
            shortfalls: store.shortfalls().await?,
        })
    }

    /// How asking for the closes of a metric goes at each of its providers, in the catalogue's order.
    fn closes<'a>(&'a self, metric: &'a Metric) -> impl Iterator<Item = (Provider, &'a Health)> {
        metric.sources.iter().filter_map(|source| {
            let is_it = |one: &&Health| {
                one.purpose == "history" && one.provider == source.provider.key() && one.symbol == source.symbol
            };
            Some((source.provider, self.health.iter().find(is_it)?))
        })
    }

    /// Who gave a metric's closes last: the provider last switched to, else the first that has answered.
    pub fn supplier(&self, metric: &Metric) -> Option<Provider> {
        let switched = self.switches.iter().rev().find(|switch| switch.series == SeriesId::price(&metric.id));
        let answered = || self.closes(metric).find(|(_, health)| health.last_success.is_some());
        match switched {
            Some(switch) => Provider::from_key(&switch.to),
            None => answered().map(|(provider, _)| provider),
        }
    }

    /// First day that the provider of a metric still gives, where that is later than what is kept.
    pub fn shortened(&self, metric: &Metric) -> Option<&Shortfall> {
        let supplier = self.supplier(metric)?;
        let is_it = |one: &&Shortfall| one.series == SeriesId::price(&metric.id) && one.provider == supplier.key();
        self.shortfalls.iter().find(is_it)
    }

    /// Why nobody gives a metric away, if a refusal has lasted and no other provider has stepped in since.
    pub fn refusal(&self, metric: &Metric) -> Option<Refusal> {
        let (least, length) = LASTING;
        let lasts = |one: &Health| {
            let since = one.since.filter(|_| one.class.as_deref().is_some_and(|class| REFUSALS.contains(&class)))?;
            let lasted = Duration::try_from(one.last_attempt.duration_since(since)).unwrap_or_default();
            (one.failures >= least && lasted >= length).then_some(since)
        };
        let (provider, health, since) =
            self.closes(metric).find_map(|(provider, health)| Some((provider, health, lasts(health)?)))?;
        let others_give = self.closes(metric).any(|(_, other)| other.last_success.is_some_and(|last| last >= since));
        let words = health.words.clone().unwrap_or_default();
        (!others_give).then_some(Refusal { provider, since, words })
    }

    /// What freshness is to know of a metric besides its observations and quotes.
    fn facts(&self, metric: &Metric) -> Facts {
        Facts {
            quoted: None,
            shortened: self.shortened(metric).map(|one| one.given_from),
            withheld: self.refusal(metric).is_some(),
        }
    }

    /// What a reader of a metric's values must know: sentences, lower case at the beginning.
    pub fn warnings(&self, metric: &Metric) -> Vec<String> {
        let name = |key: &str| Provider::from_key(key).map_or_else(|| key.to_owned(), |one| one.name().to_owned());
        let of = |id: &SeriesId| id.metric == metric.id;
        let differs = |one: &Disagreement| {
            format!(
                "{} says {} for {} on {}, and {} is stored: they differ by more than {} on {} of {}",
                name(&one.provider),
                format::level(one.other, metric.unit),
                metric.label,
                format::day(one.worst_day),
                format::level(one.value, metric.unit),
                tolerance(metric, one.tolerance),
                one.differing,
                format::plural(one.compared as usize, "day"),
            )
        };
        let mut warnings: Vec<String> = self.disagreements.iter().filter(|one| of(&one.series)).map(differs).collect();
        if let Some(one) = self.refusal(metric) {
            warnings.push(format!(
                "{} no longer gives {}, since {}: {}",
                one.provider.name(),
                metric.label,
                one.since.strftime("%-d %b %Y"),
                one.words
            ));
        }
        if let Some(one) = self.shortened(metric) {
            warnings.push(format!(
                "{} now gives {} from {} only: what is kept here goes back to {}",
                name(&one.provider),
                metric.label,
                format::day(one.given_from),
                format::day(one.kept_from)
            ));
        }
        warnings
    }
}

/// What is tolerated: a difference where a series is measured by differences, else a share.
fn tolerance(metric: &Metric, tolerance: f64) -> String {
    match metric.change {
        convex_core::catalog::ChangeKind::Difference => format::significant(tolerance, 2),
        convex_core::catalog::ChangeKind::Log => format::percent(tolerance),
    }
}

/// The supply as it was read last, for whoever cannot wait for the database.
#[derive(Debug, Default)]
pub(super) struct LastRead(RwLock<Option<(Timestamp, Arc<Supply>)>>);

/// Answers within so short a time of each other come from one reading.
const HOLDS: Duration = Duration::from_secs(2);

impl LastRead {
    fn get(&self) -> Option<(Timestamp, Arc<Supply>)> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, at: Timestamp, supply: &Arc<Supply>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some((at, Arc::clone(supply)));
    }
}

impl Desk {
    /// How series are supplied, as the database knew it a moment ago at most.
    pub async fn supply(&self) -> Result<Arc<Supply>, Error> {
        let now = self.now();
        if let Some((at, supply)) = self.supply.get()
            && !matches!(self.clock, Clock::Fixed(_))
            && now.duration_since(at).unsigned_abs() < HOLDS
        {
            return Ok(supply);
        }
        let supply = Arc::new(Supply::read(&self.store, self.today()).await?);
        self.supply.put(now, &supply);
        Ok(supply)
    }

    /// What freshness is to know of a metric, by the last reading; nothing while simulated data are shown.
    pub(super) fn facts(&self, metric: &Metric) -> Facts {
        let quoted = self.live.quoted_at(&metric.id);
        let supply = self.supply.get().filter(|_| !self.may_be_sample());
        Facts { quoted, ..supply.map(|(_, supply)| supply.facts(metric)).unwrap_or_default() }
    }

    /// What a reader of a comparison must know about where its values come from; nothing for a past day.
    pub async fn warnings_of(&self, comparison: &Comparison) -> Result<Vec<String>, Error> {
        if comparison.requested_as_of.is_some() {
            return Ok(Vec::new());
        }
        self.warnings(&[&comparison.a.metric, &comparison.b.metric]).await
    }

    /// What a reader of these metrics must know about where their values come from.
    pub async fn warnings(&self, metrics: &[&Metric]) -> Result<Vec<String>, Error> {
        if self.is_sample().await {
            return Ok(Vec::new());
        }
        let supply = self.supply().await?;
        let mut seen: Vec<&str> = Vec::new();
        let mut warnings = Vec::new();
        for metric in metrics {
            if !seen.contains(&metric.id.as_str()) {
                seen.push(&metric.id);
                warnings.extend(supply.warnings(metric));
            }
        }
        Ok(warnings)
    }
}
