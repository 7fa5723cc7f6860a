//! `convex config`: what is configured, with keys struck out.

use std::collections::BTreeMap;
use std::fmt::Write;

use convex_core::catalog::Provider;
use convex_sources::{KeyNeed, Quota, Window, registry};
use serde::Serialize;

use super::open::Opened;
use super::{Format, Global, Outcome};
use crate::config::{
    Archive, Config, Door, Doors, KeyOrigin, LiveConfig, MailConfig, REDACTED, configurable, key_variable,
};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  convex config check        reads the file, the catalogue and the keys, and says what is wrong
  convex config show         prints what holds, defaults included; keys are shown as ***")]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Read everything that is configured, and say what is wrong
    Check,
    /// Print what holds, defaults included
    Show {
        /// `table` is the form of the file itself [default: table on a terminal, json into a pipe]
        #[arg(long)]
        format: Option<Format>,
    },
}

pub(super) fn run(global: &Global, args: &Args) -> anyhow::Result<Outcome> {
    let opened = Opened::new(global)?;
    let doors = opened.doors()?;
    match args.what {
        What::Check => print!("{}", checked(global, &opened, &doors)),
        What::Show { format } => {
            let shown = shown(&opened, &doors);
            match Format::or_default(format) {
                Format::Table => print!("{}", toml::to_string(&shown)?),
                Format::Json => println!("{}", serde_json::to_string_pretty(&shown)?),
            }
        }
    }
    Ok(Outcome::Done)
}

fn checked(global: &Global, opened: &Opened, doors: &Doors) -> String {
    let mut text = String::new();
    let file = match (&global.config, Config::default() == opened.config) {
        (Some(path), _) => path.display().to_string(),
        (None, false) => "convex.toml".to_owned(),
        (None, true) => "defaults".to_owned(),
    };
    let _ = writeln!(text, "configuration  {file}: read without mistakes");
    let (metrics, pairs) = (opened.catalog.metrics().len(), opened.catalog.pairs().len());
    let _ = writeln!(text, "catalogue      {metrics} metrics, {pairs} named pairs: read without mistakes");
    let _ = writeln!(text, "database       {}", opened.url);
    for provider in configurable() {
        if let Some(words) = told(provider, &doors.of(provider)) {
            let _ = writeln!(text, "{:<14} {words}", provider.key());
        }
    }
    text
}

/// What is worth saying about a source; `None` if it is asked without a key on its own terms.
fn told(provider: Provider, door: &Door) -> Option<String> {
    if !door.enabled() {
        return Some("switched off".to_owned());
    }
    let mut words = Vec::new();
    match (door.key_origin(), registry::source(provider).map(|source| source.policy().key)) {
        (Some(KeyOrigin::Environment), _) => words.push(format!("key from {}", key_variable(provider))),
        (Some(KeyOrigin::File), _) => {
            let path = door.config.api_key_file.as_deref().unwrap_or("".as_ref());
            words.push(format!("key from {}", path.display()));
            if others_can_read(path) {
                words.push("WARNING: everyone on this machine can read that file (chmod 600 helps)".to_owned());
            }
        }
        (None, Some(KeyNeed::Required)) => {
            words.push(format!("not asked: needs a key in {}", key_variable(provider)));
        }
        (None, _) => {}
    }
    let config = &door.config;
    words.extend(config.base_url.iter().map(|url| format!("at {url} instead of its own address")));
    words.extend(config.ws_base_url.iter().map(|url| format!("sockets at {url}")));
    words.extend(config.quota.given().into_iter().map(|(window, most)| format!("{most} requests a {}", window.word())));
    (!words.is_empty()).then(|| words.join("; "))
}

#[cfg(unix)]
fn others_can_read(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_: &std::path::Path) -> bool {
    false
}

/// What holds, in the form of the file; `key` and `key_from` are what the file cannot hold.
#[derive(Serialize)]
struct Shown {
    database: String,
    listen: String,
    catalog: Vec<String>,
    import: BTreeMap<&'static str, u64>,
    archive: Archive,
    live: LiveConfig,
    mail: MailConfig,
    sources: BTreeMap<&'static str, ShownSource>,
}

#[derive(Serialize)]
struct ShownSource {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ws_base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_from: Option<String>,
    quota: BTreeMap<String, u32>,
}

fn shown(opened: &Opened, doors: &Doors) -> Shown {
    let config = &opened.config;
    Shown {
        database: opened.url.clone(),
        listen: config.listen.clone().unwrap_or_else(|| super::serve::DEFAULT_LISTEN.to_owned()),
        catalog: config.catalog.iter().map(|path| path.display().to_string()).collect(),
        import: [("max_file_bytes", config.import.max_file_bytes)].into(),
        archive: config.archive,
        live: config.live.clone(),
        mail: config.mail.clone(),
        sources: configurable().map(|provider| (provider.key(), shown_source(provider, &doors.of(provider)))).collect(),
    }
}

fn shown_source(provider: Provider, door: &Door) -> ShownSource {
    let quota =
        registry::source(provider).map_or(Quota::UNLIMITED, |source| door.quota(source.policy(), door.key.is_some()));
    let limits =
        Window::ALL.into_iter().filter_map(|window| Some((format!("per_{}", window.word()), quota.limit(window)?)));
    let config = &door.config;
    ShownSource {
        enabled: config.enabled,
        base_url: config.base_url.as_ref().map(ToString::to_string),
        ws_base_url: config.ws_base_url.as_ref().map(ToString::to_string),
        api_key_file: config.api_key_file.as_ref().map(|path| path.display().to_string()),
        key: door.key.as_ref().map(|_| REDACTED),
        key_from: door.key_origin().map(|origin| match origin {
            KeyOrigin::Environment => key_variable(provider),
            KeyOrigin::File => "api_key_file".to_owned(),
        }),
        quota: limits.collect(),
    }
}
