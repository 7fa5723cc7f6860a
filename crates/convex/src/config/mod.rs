//! `convex.toml`: an empty file is valid, an unknown key is an error that names its line.

mod archive;
mod base_url;
mod doors;
mod live;
mod mail;
mod secret;
mod sources;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

pub use archive::Archive;
pub use base_url::BaseUrl;
pub use doors::{Door, Doors, KeyOrigin, key_variable};
pub use live::LiveConfig;
pub use mail::MailConfig;
pub use secret::{REDACTED, Secret};
pub use sources::{Plan, QuotaConfig, SourceConfig, Sources, configurable};

/// Everything an operator can set in the file. Flags and `CONVEX_DB` win over it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where observations are kept: `sqlite://PATH`.
    pub database: Option<String>,
    /// Address the site listens on.
    pub listen: Option<String>,
    /// Where visitors find the site, as in `https://convex.example`: for addresses that others keep.
    pub public_url: Option<String>,
    /// Catalogue files that add or override metrics and pairs, relative to the configuration file.
    pub catalog: Vec<PathBuf>,
    /// Files with episodes of the operator's own, relative to the configuration file.
    pub scenarios: Vec<PathBuf>,
    /// Limits of `convex import`.
    pub import: Import,
    /// How each provider is asked.
    pub sources: Sources,
    /// Values within the day.
    pub live: LiveConfig,
    /// Answers of providers.
    pub archive: Archive,
    /// Mail.
    pub mail: MailConfig,
}

/// Limits of `convex import`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Import {
    /// Largest file that is read, in bytes.
    pub max_file_bytes: u64,
}

impl Default for Import {
    fn default() -> Self {
        Self { max_file_bytes: 2 * 1024 * 1024 * 1024 }
    }
}

impl Config {
    /// Reads the named file, or `convex.toml` in the working directory if it is there, or takes the defaults.
    pub fn load(named: Option<&Path>) -> anyhow::Result<Self> {
        let path = named.unwrap_or(Path::new("convex.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && named.is_none() => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read the configuration {}", path.display()));
            }
        };
        let mut config = Self::parse(&text, &path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for file in config.catalog.iter_mut().chain(&mut config.scenarios) {
            *file = folder.join(&*file);
        }
        for source in config.sources.0.values_mut() {
            source.api_key_file = source.api_key_file.take().map(|file| folder.join(file));
        }
        config.mail.beside(folder);
        Ok(config)
    }

    /// Reads a configuration from text; `file` is what messages call it.
    pub fn parse(text: &str, file: &str) -> anyhow::Result<Self> {
        toml::from_str(text).or_else(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text[..at.min(text.len())].matches('\n').count() + 1;
            bail!("{file}:{line}: {}", error.message())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_valid_and_an_unknown_key_names_its_line() {
        assert_eq!(Config::parse("", "convex.toml").unwrap(), Config::default());
        let error = Config::parse("database = \"sqlite://x.db\"\n\nlissen = \"x\"\n", "convex.toml").unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with("convex.toml:3: unknown field `lissen`"), "{message}");
        let nested = Config::parse("[import]\nmax_file_bytes = \"x\"\n", "c.toml").unwrap_err().to_string();
        assert!(nested.starts_with("c.toml:2: "), "{nested}");
    }

    #[test]
    fn a_mistake_about_a_source_names_its_line() {
        let check = |text: &str, expected: &str| {
            let error = Config::parse(text, "c.toml").unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check("\n[sources.freed]\nenabled = true\n", "c.toml:2: unknown source \"freed\", there are fred, cboe, yahoo");
        check("[sources.sample]\n", "c.toml:1: unknown source \"sample\"");
        check("[sources.fred]\n\napi_key = \"x\"\n", "c.toml:3: unknown field `api_key`, expected one of `enabled`");
        check("[sources.fred]\nquota = { per_week = 1 }\n", "c.toml:2: unknown field `per_week`, expected one of");
        check("[sources.fred.quota]\nper_day = -1\n", "c.toml:2: invalid value: integer `-1`");
        check("[sources.fred]\nbase_url = \"localhost\"\n", "c.toml:2: \"localhost\" is not an address: ");
        check("[sources.coingecko]\nplan = \"gold\"\n", "c.toml:2: unknown variant `gold`, expected `free` or `pro`");
    }

    #[test]
    fn catalogue_files_stand_beside_the_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        std::fs::write(&path, "catalog = [\"mine.toml\"]").unwrap();
        assert_eq!(Config::load(Some(&path)).unwrap().catalog, [folder.path().join("mine.toml")]);
        assert!(Config::load(Some(&folder.path().join("absent.toml"))).is_err());
    }
}
