//! What every command opens first: configuration, catalogue, database.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use convex_core::catalog::Catalog;
use convex_core::scenario::{self, Window};
use convex_store::Store;

use super::Global;
use crate::clock::Clock;
use crate::config::{Config, Doors};
use crate::desk::Desk;

/// Where observations are kept unless told otherwise.
const DEFAULT_DATABASE: &str = "sqlite://data/convex.db";

/// Configuration and catalogue, read; the database, named.
#[derive(Debug)]
pub(super) struct Opened {
    /// The configuration.
    pub(super) config: Config,
    /// The catalogue with the operator's own files.
    pub(super) catalog: &'static Catalog,
    /// Address of the database.
    pub(super) url: String,
}

impl Opened {
    /// Reads configuration and catalogue.
    pub(super) fn new(global: &Global) -> anyhow::Result<Self> {
        let config = Config::load(global.config.as_deref())?;
        let catalog = read_catalog(&config.catalog)?;
        let url = global.db.clone().or_else(|| config.database.clone()).unwrap_or_else(|| DEFAULT_DATABASE.to_owned());
        Ok(Self { config, catalog, url })
    }

    /// How each provider may be asked, with keys from the environment and from files.
    pub(super) fn doors(&self) -> anyhow::Result<Doors> {
        Doors::open(&self.config.sources, |name| std::env::var(name).ok())
    }

    /// Opens the database, creating and migrating it as needed.
    pub(super) async fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.url).await?)
    }

    /// The desk over the database alone.
    pub(super) async fn desk(&self) -> anyhow::Result<Desk> {
        let desk = Desk::new(self.catalog, self.store().await?, None, Clock::System);
        Ok(desk.through(self.doors()?).with_windows(self.windows()?))
    }

    /// Episodes of the operator's own.
    pub(super) fn windows(&self) -> anyhow::Result<Vec<Window>> {
        let mut windows: Vec<Window> = Vec::new();
        for file in &self.config.scenarios {
            let shown = file.display();
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the scenarios {shown}"))?;
            for window in scenario::read(&shown.to_string(), &text)? {
                if windows.iter().any(|other| other.id == window.id) {
                    bail!("{shown}: scenario \"{}\" is there already: use another id", window.id);
                }
                windows.push(window);
            }
        }
        Ok(windows)
    }

    /// Where visitors find the site: what the configuration says, else where it listens.
    pub(super) fn public_url(&self) -> String {
        let listen = || format!("http://{}", self.config.listen.as_deref().unwrap_or(super::serve::DEFAULT_LISTEN));
        self.config.public_url.clone().unwrap_or_else(listen).trim_end_matches('/').to_owned()
    }

    /// The address of the sample market's own database, beside the real one.
    pub(super) fn sample_url(&self) -> anyhow::Result<String> {
        let Some(path) = self.url.strip_prefix("sqlite://") else {
            bail!("the sample market needs a database of the form sqlite://PATH, not {}", self.url);
        };
        let path = Path::new(path.split('?').next().unwrap_or(path));
        Ok(format!("sqlite://{}", path.with_extension("sample.db").display()))
    }
}

fn read_catalog(files: &[PathBuf]) -> anyhow::Result<&'static Catalog> {
    if files.is_empty() {
        return Ok(Catalog::builtin());
    }
    let mut texts = Vec::new();
    for file in files {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("cannot read the catalogue {}", file.display()))?;
        texts.push((file.display().to_string(), text));
    }
    match Catalog::with_user_files(texts) {
        // One catalogue for as long as the program runs.
        Ok(catalog) => Ok(Box::leak(Box::new(catalog))),
        Err(mistakes) => {
            let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            bail!("the catalogue has mistakes\n{}", lines.join("\n"))
        }
    }
}
