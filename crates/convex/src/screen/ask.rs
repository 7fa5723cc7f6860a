//! What an address asks of a screen.

use convex_core::screen::Ranking;

use crate::desk::{self, Desk, Scope, ScreenAsk};
use crate::settings::{BadSetting, Query, shortened};

/// Rows one answer or page may hold.
pub const MOST_ROWS: usize = 5_000;
/// Names an address may hold.
const MOST_NAMES: usize = 500;

/// Why an address asks for no screen.
#[derive(Debug, thiserror::Error)]
pub enum BadAsk {
    /// A setting is not understood.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A name means nothing, or the database failed.
    #[error(transparent)]
    Desk(#[from] desk::Error),
}

/// What the query asks of a screen: `by`, `top`, `as_of`, `ids`, `pairs`, `spearman`, `ended`. Names are resolved as typed.
pub async fn ask(desk: &Desk, query: &Query) -> Result<ScreenAsk, BadAsk> {
    let usual = ScreenAsk::default();
    let by = match query.get("by") {
        None => usual.by,
        Some(key) => Ranking::parse(key).ok_or_else(|| {
            let known = Ranking::ALL.map(Ranking::key).join(", ");
            BadSetting(format!("by: \"{}\" is none of {known}", shortened(key)))
        })?,
    };
    let top = query.count("top")?.unwrap_or(usual.top);
    if top > MOST_ROWS {
        let text =
            format!("top: at most {MOST_ROWS} rows are given at once; convex screen on the command line has no limit");
        return Err(BadSetting(text).into());
    }
    Ok(ScreenAsk {
        scope: scope(desk, query).await?,
        by,
        top,
        as_of: query.day("as_of")?,
        spearman: query.get("spearman") == Some("1"),
        ended: query.get("ended") == Some("1"),
        share: usual.share,
    })
}

async fn scope(desk: &Desk, query: &Query) -> Result<Scope, BadAsk> {
    if let Some(text) = query.get("pairs") {
        let mut pairs = Vec::new();
        for part in names("pairs", text)? {
            let (a, b) = part
                .split_once("-vs-")
                .or_else(|| part.split_once('/'))
                .ok_or_else(|| BadSetting(format!("pairs: \"{}\" is not of the form a-vs-b", shortened(part))))?;
            pairs.push((desk.resolve(a).await?.id.clone(), desk.resolve(b).await?.id.clone()));
        }
        return Ok(Scope::Pairs(pairs));
    }
    if let Some(text) = query.get("ids") {
        let mut ids = Vec::new();
        for part in names("ids", text)? {
            ids.push(desk.resolve(part).await?.id.clone());
        }
        return Ok(Scope::Series(ids));
    }
    Ok(Scope::Everything)
}

fn names<'a>(setting: &str, text: &'a str) -> Result<Vec<&'a str>, BadSetting> {
    let names: Vec<&str> = text.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > MOST_NAMES {
        return Err(BadSetting(format!(
            "{setting}: at most {MOST_NAMES} names; convex screen --list FILE takes any number"
        )));
    }
    Ok(names)
}
