//! What stands open at each provider: the file, the environment and the key files taken together.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use convex_core::catalog::Provider;
use convex_sources::{Access, Policy, Quota};
use url::Url;

use super::secret::Secret;
use super::sources::{Plan, SourceConfig, Sources, configurable};

/// How every provider may be asked by this installation.
#[derive(Clone, Debug, Default)]
pub struct Doors(BTreeMap<Provider, Door>);

/// How one provider may be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    /// What the file says.
    pub config: SourceConfig,
    /// The key, and where it was found.
    pub key: Option<(Secret, KeyOrigin)>,
}

/// Where a key was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrigin {
    /// In the environment.
    Environment,
    /// In a file.
    File,
}

impl Doors {
    /// Takes keys from the environment, else from their files.
    ///
    /// # Errors
    /// A key file that cannot be read, or a key that cannot be one; never shows it.
    pub fn open(sources: &Sources, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let doors = configurable().map(|provider| {
            let config = sources.0.get(&provider).cloned().unwrap_or_default();
            let key = key_of(provider, &config, &environment)?;
            Ok((provider, Door { config, key }))
        });
        Ok(Self(doors.collect::<anyhow::Result<_>>()?))
    }

    /// The door of a provider.
    pub fn of(&self, provider: Provider) -> Door {
        self.0.get(&provider).cloned().unwrap_or_default()
    }
}

impl Door {
    /// Whether the provider is asked at all.
    pub fn enabled(&self) -> bool {
        self.config.enabled
    }

    /// Where the key was found, if there is one.
    pub fn key_origin(&self) -> Option<KeyOrigin> {
        self.key.as_ref().map(|(_, origin)| *origin)
    }

    /// What a request may rely on.
    pub fn access(&self) -> Access {
        match (&self.key, self.config.plan) {
            (None, _) => Access::Keyless,
            (Some(_), Plan::Free) => Access::Key,
            (Some(_), Plan::Pro) => Access::ProKey,
        }
    }

    /// Requests allowed with a key or without: the provider's published limits, with the operator's in their place.
    pub fn quota(&self, policy: &Policy, keyed: bool) -> Quota {
        self.config.quota.over(if keyed { policy.keyed } else { policy.keyless })
    }

    /// Time for a whole answer: the operator's, else the usual one.
    pub fn timeout(&self, policy: &Policy) -> Duration {
        self.config.timeout_ms.map_or(policy.timeout, |most| Duration::from_millis(most.get().into()))
    }

    /// Where a socket is really opened.
    ///
    /// # Errors
    /// If the address cannot be read.
    pub fn socket(&self, url: &str) -> Result<Url, url::ParseError> {
        let url = Url::parse(url)?;
        Ok(self.config.ws_base_url.as_ref().map_or_else(|| url.clone(), |base| base.carry(&url)))
    }
}

/// Name of the variable that holds the key of a provider.
pub fn key_variable(provider: Provider) -> String {
    format!("CONVEX_{}_API_KEY", provider.key().to_uppercase())
}

fn key_of(
    provider: Provider,
    config: &SourceConfig,
    environment: &impl Fn(&str) -> Option<String>,
) -> anyhow::Result<Option<(Secret, KeyOrigin)>> {
    let variable = key_variable(provider);
    if let Some(text) = environment(&variable).filter(|text| !text.trim().is_empty()) {
        return match Secret::new(&text) {
            Ok(key) => Ok(Some((key, KeyOrigin::Environment))),
            Err(what) => bail!("the key in {variable} {what}"),
        };
    }
    let Some(path) = &config.api_key_file else { return Ok(None) };
    match Secret::new(&read_key(path)?) {
        Ok(key) => Ok(Some((key, KeyOrigin::File))),
        Err(what) => bail!("the key file {} {what}", path.display()),
    }
}

/// A key is short; a file that is not has been named by mistake.
const LONGEST_KEY: u64 = 4096;

fn read_key(path: &Path) -> anyhow::Result<String> {
    let describe = || format!("cannot read the key file {}", path.display());
    let length = std::fs::metadata(path).with_context(describe)?.len();
    if length > LONGEST_KEY {
        bail!("the key file {} has {length} bytes: that is no key", path.display());
    }
    std::fs::read_to_string(path).with_context(describe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_environment_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("convex.toml");
        std::fs::write(folder.path().join("fred.key"), "from-a-file\n").unwrap();
        std::fs::write(
            &path,
            "[sources.fred]\napi_key_file = \"fred.key\"\n[sources.coingecko]\nplan = \"pro\"\nquota = { per_minute = 5 }\n",
        )
        .unwrap();
        let config = Config::load(Some(&path)).unwrap();
        let doors = Doors::open(&config.sources, |_| None).unwrap();
        let (key, origin) = doors.of(Provider::Fred).key.unwrap();
        assert_eq!((key.reveal(), origin), ("from-a-file", KeyOrigin::File));
        assert_eq!(doors.of(Provider::Coingecko).access(), Access::Keyless);

        let doors = Doors::open(&config.sources, |name| Some(format!("key-of-{name}"))).unwrap();
        let (key, origin) = doors.of(Provider::Fred).key.unwrap();
        assert_eq!((key.reveal(), origin), ("key-of-CONVEX_FRED_API_KEY", KeyOrigin::Environment));
        assert_eq!(doors.of(Provider::Coingecko).access(), Access::ProKey);
        assert_eq!(doors.of(Provider::AlphaVantage).access(), Access::Key);
        assert!(doors.of(Provider::AlphaVantage).enabled());
        assert!(!format!("{doors:?}").contains("key-of-"), "a key is not shown");
    }

    #[test]
    fn a_key_that_cannot_be_one_is_named_and_not_shown() {
        let message = |path: &str, key: Option<&str>| {
            let config = SourceConfig { api_key_file: Some(path.into()), ..SourceConfig::default() };
            let sources = Sources([(Provider::Fred, config)].into());
            format!("{:#}", Doors::open(&sources, |_| key.map(str::to_owned)).unwrap_err())
        };
        assert!(message("/absent/key", None).starts_with("cannot read the key file /absent/key: "));
        assert_eq!(message("x", Some("se cret")), "the key in CONVEX_FRED_API_KEY holds characters that no key has");
    }
}
