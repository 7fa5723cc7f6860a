//! `[sources.NAME]`: how a provider is asked.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::path::PathBuf;

use convex_core::catalog::Provider;
use convex_sources::{Quota, Window};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::base_url::BaseUrl;

/// What the file says of each provider it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(pub BTreeMap<Provider, SourceConfig>);

/// What the file says of one provider. What it leaves out is as the provider's own terms have it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct SourceConfig {
    /// Whether it is asked at all.
    pub enabled: bool,
    /// Stands in for scheme, host and port of its addresses.
    pub base_url: Option<BaseUrl>,
    /// The same for its sockets.
    pub ws_base_url: Option<BaseUrl>,
    /// File that holds the key, relative to the configuration file.
    pub api_key_file: Option<PathBuf>,
    /// Plan the key belongs to.
    pub plan: Plan,
    /// Requests allowed, where they differ from the provider's published limits.
    pub quota: QuotaConfig,
    /// Milliseconds for a whole answer, where they are not the usual ones.
    pub timeout_ms: Option<NonZeroU32>,
}

impl Default for SourceConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            base_url: None,
            ws_base_url: None,
            api_key_file: None,
            plan: Plan::default(),
            quota: QuotaConfig::default(),
            timeout_ms: None,
        }
    }
}

/// Plan a key belongs to.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// The free or ordinary plan.
    #[default]
    Free,
    /// The paid plan, where it has an address of its own (`CoinGecko`).
    Pro,
}

/// Requests allowed. A window that is left out keeps the provider's limit; one that is given replaces it.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct QuotaConfig {
    /// In any second.
    pub per_second: Option<u32>,
    /// In any minute.
    pub per_minute: Option<u32>,
    /// In any hour.
    pub per_hour: Option<u32>,
    /// From midnight to midnight UTC.
    pub per_day: Option<u32>,
    /// In a calendar month UTC.
    pub per_month: Option<u32>,
}

impl QuotaConfig {
    /// The provider's limits with the operator's in their place.
    pub fn over(&self, published: Quota) -> Quota {
        Quota {
            per_second: self.per_second.or(published.per_second),
            per_minute: self.per_minute.or(published.per_minute),
            per_hour: self.per_hour.or(published.per_hour),
            per_day: self.per_day.or(published.per_day),
            per_month: self.per_month.or(published.per_month),
        }
    }

    /// The limits given, shortest window first.
    pub fn given(&self) -> Vec<(Window, u32)> {
        let quota = self.over(Quota::UNLIMITED);
        Window::ALL.into_iter().filter_map(|window| Some((window, quota.limit(window)?))).collect()
    }
}

impl<'de> Deserialize<'de> for Sources {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ByName)
    }
}

/// The name of a provider as a key of the table, so that a wrong one is reported where it stands.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Name(Provider);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        configurable().find(|provider| provider.key() == name).map(Name).ok_or_else(|| {
            let known: Vec<&str> = configurable().map(Provider::key).collect();
            D::Error::custom(format!("unknown source \"{name}\", there are {}", known.join(", ")))
        })
    }
}

/// Providers that have a place in the file.
pub fn configurable() -> impl Iterator<Item = Provider> {
    Provider::ALL.iter().copied().filter(|provider| *provider != Provider::Sample)
}

struct ByName;

impl<'de> Visitor<'de> for ByName {
    type Value = Sources;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tables like [sources.fred]")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sources, A::Error> {
        let mut sources = BTreeMap::new();
        while let Some(Name(provider)) = map.next_key()? {
            sources.insert(provider, map.next_value()?);
        }
        Ok(Sources(sources))
    }
}
