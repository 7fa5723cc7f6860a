//! How asking each provider goes, and what is left of its allowance.

use std::collections::BTreeMap;
use std::time::Duration;

use convex_core::catalog::{Metric, Provider};
use convex_sources::{KeyNeed, Window, registry};
use convex_store::Pause;
use jiff::Timestamp;

use super::{Desk, Error, Supply};
use crate::fetch::calendar_span;
use crate::ingest::collect::candidates;
use crate::ingest::snapshot::is_only_quoted;

/// How asking one provider goes.
#[derive(Clone, Debug)]
pub struct ProviderStatus {
    /// Who is asked.
    pub provider: Provider,
    /// Whether it is asked at all: turned on, and with a key where one is needed.
    pub enabled: bool,
    /// Series it was asked for, values within the day counted apart from closes.
    pub asked: usize,
    /// Of them, those without an answer at the last attempt.
    pub failing: usize,
    /// The last answer.
    pub last_success: Option<Timestamp>,
    /// The last failure and its class, also after it is over.
    pub last_failure: Option<(Timestamp, String)>,
    /// What is wrong now, in words, and since when.
    pub trouble: Option<(String, Option<Timestamp>)>,
    /// Until when it is left alone, and why.
    pub pause: Option<Pause>,
    /// Requests of today by class, the most frequent first.
    pub today: Vec<(String, u64)>,
    /// The same of the last seven days.
    pub week: Vec<(String, u64)>,
    /// What is left of its allowance.
    pub allowances: Vec<Allowance>,
}

/// Requests made and allowed in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The window.
    pub window: Window,
    /// Made.
    pub used: u32,
    /// Allowed.
    pub limit: u32,
}

/// How far the first fetch of all has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backfill {
    /// Series that were asked for.
    pub done: usize,
    /// Series that will be.
    pub of: usize,
}

impl Desk {
    /// How asking goes at every provider that is asked or ever was, in the catalogue's order of providers.
    pub async fn providers(&self) -> Result<Vec<ProviderStatus>, Error> {
        let supply = self.supply().await?;
        let used = self.used().await?;
        let mut found = Vec::new();
        for source in registry::SOURCES {
            let (provider, policy) = (source.provider(), source.policy());
            let door = self.doors().of(provider);
            let keyed = door.access().has_key();
            let enabled = door.enabled() && (policy.key != KeyNeed::Required || keyed);
            let was_asked = supply.health.iter().any(|one| one.provider == provider.key());
            let is_named = || self.catalog().metrics().any(|metric| names(metric, provider));
            let is_of_concern = was_asked || enabled && is_named();
            if !is_of_concern {
                continue;
            }
            let quota = door.quota(policy, keyed);
            let allowance = |window: Window| {
                let used = used.get(&(provider.key(), window)).copied().unwrap_or(0);
                quota.limit(window).map(|limit| Allowance { window, used, limit })
            };
            let allowances = Window::ALL.into_iter().filter_map(allowance).collect();
            found.push(self.provider_status(&supply, provider, enabled, allowances));
        }
        Ok(found)
    }

    fn provider_status(
        &self,
        supply: &Supply,
        provider: Provider,
        enabled: bool,
        allowances: Vec<Allowance>,
    ) -> ProviderStatus {
        let health = || supply.health.iter().filter(|one| one.provider == provider.key());
        let worst = health().filter(|one| one.failures > 0).max_by_key(|one| one.last_attempt);
        let now = self.now();
        ProviderStatus {
            provider,
            enabled,
            asked: health().count(),
            failing: health().filter(|one| one.failures > 0).count(),
            last_success: health().filter_map(|one| one.last_success).max(),
            last_failure: health().filter_map(|one| one.last_failure.clone()).max(),
            trouble: worst.map(|one| (one.words.clone().unwrap_or_default(), one.since)),
            pause: supply.pauses.iter().find(|one| one.provider == provider.key() && one.until > now).cloned(),
            today: counted(supply, provider, |day| day == self.today()),
            week: counted(supply, provider, |_| true),
            allowances,
        }
    }

    /// Requests made in each window that ends now.
    async fn used(&self) -> Result<BTreeMap<(&'static str, Window), u32>, Error> {
        let now = self.now();
        let mut used = BTreeMap::new();
        for window in Window::ALL {
            let rolling = match window {
                Window::Second => Some(Duration::from_secs(1)),
                Window::Minute => Some(Duration::from_mins(1)),
                Window::Hour => Some(Duration::from_hours(1)),
                Window::Day | Window::Month => None,
            };
            let counts = match rolling {
                Some(length) => self.store.spent_lately(now.checked_sub(length).unwrap_or(now)).await?,
                None => self.store.spent_in(window.word(), calendar_span(window, now).0).await?,
            };
            let known = |(key, count): (String, u32)| Some(((Provider::from_key(&key)?.key(), window), count));
            used.extend(counts.into_iter().filter_map(known));
        }
        Ok(used)
    }

    /// How far the first fetch of all has come; `None` once it is over, or if nobody fetches.
    pub async fn backfill(&self) -> Result<Option<Backfill>, Error> {
        let supply = self.supply().await?;
        let now = self.now();
        let first = supply.health.iter().filter(|one| one.purpose == "history").map(|one| one.last_attempt).min();
        let lately = supply.health.iter().map(|one| one.last_attempt).max();
        // Whoever has not asked for anything for an hour is not at work.
        let at_work = lately.is_some_and(|last| now.duration_since(last).as_secs() < 3_600);
        let (Some(_), true) = (first, at_work) else { return Ok(None) };
        let was_asked = |metric: &Metric| {
            let is_it = |one: &convex_store::Health| {
                let names = |source: &convex_core::catalog::SourceRef| {
                    source.provider.key() == one.provider && source.symbol == one.symbol
                };
                one.purpose == "history" && metric.sources.iter().any(names)
            };
            supply.health.iter().any(is_it)
        };
        let wanted = self.catalog().metrics().filter(|metric| {
            metric.discontinued.is_none()
                && !is_only_quoted(metric, now)
                && !candidates(metric, self.doors()).is_empty()
        });
        let (mut done, mut of) = (0, 0);
        for metric in wanted {
            of += 1;
            done += usize::from(was_asked(metric));
        }
        Ok((done < of).then_some(Backfill { done, of }))
    }
}

fn names(metric: &Metric, provider: Provider) -> bool {
    metric.sources.iter().any(|source| source.provider == provider)
}

/// Requests by class on some days, the most frequent first.
fn counted(supply: &Supply, provider: Provider, on: impl Fn(convex_core::Day) -> bool) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for one in supply.outcomes.iter().filter(|one| one.provider == provider.key() && on(one.day)) {
        *counts.entry(&one.class).or_default() += one.requests;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|(class, requests)| (class.to_owned(), requests)).collect();
    counts.sort_by(|(one, a), (other, b)| b.cmp(a).then(one.cmp(other)));
    counts
}
