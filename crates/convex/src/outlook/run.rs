//! Making forecasts: one chain through history for each target, side by side.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use convex_core::align::public_by;
use convex_core::catalog::{Catalog, Metric};
use convex_core::forecast::{Chain, Options, Score, Target};
use convex_core::regime::histories;
use convex_core::{Basis, Day, Series, SeriesId};
use convex_store::{KeptForecast, KeptScorecard, Store};
use jiff::Timestamp;
use rayon::prelude::*;

use super::METHOD;
use super::cards::ScorecardRecord;
use super::live::settled;
use super::record::ForecastRecord;
use crate::desk::on_pool;

/// Tells how many targets are done, and of how many.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Something to forecast, loaded.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// `iwm`, or `dia-vs-iwm`.
    pub name: String,
    /// Days and levels.
    pub target: Target,
    /// The series it rests on with their versions.
    pub inputs: String,
}

/// What was made of it.
#[derive(Clone, Debug)]
pub struct Made {
    /// `iwm`, or `dia-vs-iwm`.
    pub name: String,
    /// Days and levels.
    pub target: Target,
    /// The forecast of the last day; `None` where there are too few observations or nothing moves.
    pub record: Option<ForecastRecord>,
    /// The record through history.
    pub scores: Vec<Score>,
}

impl Made {
    /// Whether it is the ratio or spread of two.
    pub fn is_pair(&self) -> bool {
        self.name.contains("-vs-")
    }
}

/// Every metric with observations and every named pair of them, or only the targets named; as known at the end of a day, if given.
pub async fn targets(
    store: &Store,
    catalog: &Catalog,
    only: &[String],
    as_of: Option<Day>,
) -> anyhow::Result<Vec<Wanted>> {
    let ids: Vec<SeriesId> =
        store.list().await?.into_iter().map(|summary| summary.id).filter(|id| id.basis == Basis::Price).collect();
    let mut stored: HashMap<String, (Arc<Metric>, Series, i64)> = HashMap::new();
    for (id, found) in ids.iter().zip(store.load_many(&ids).await?) {
        let Some(found) = found else { continue };
        let metric = catalog.metric(&id.metric).cloned().unwrap_or_else(|| Arc::new(Metric::uncatalogued(&id.metric)));
        let series = as_of.map_or_else(|| found.series.clone(), |day| public_by(&metric, &found.series, day));
        stored.insert(id.metric.clone(), (metric, series, found.version));
    }
    let single = |name: &str| {
        let (metric, series, version) = stored.get(name)?;
        Some(Wanted {
            name: name.to_owned(),
            target: Target::of_metric(metric, series),
            inputs: format!("{name} {version}"),
        })
    };
    let pair = |a: &str, b: &str| {
        let ((first, of_first, one), (second, of_second, other)) = (stored.get(a)?, stored.get(b)?);
        let target = Target::of_pair(first, of_first, second, of_second)?;
        Some(Wanted { name: format!("{a}-vs-{b}"), target, inputs: format!("{a} {one}, {b} {other}") })
    };
    if !only.is_empty() {
        let find = |typed: &String| {
            let id = |typed: &str| catalog.resolve(typed).map_or_else(|| typed.to_owned(), |metric| metric.id.clone());
            let found = match typed.split_once("-vs-") {
                Some((a, b)) => {
                    let (a, b) = catalog.canonical(&id(a), &id(b));
                    pair(&a, &b)
                }
                None => single(&id(typed)),
            };
            found.ok_or_else(|| {
                anyhow::anyhow!("nothing to forecast for \"{typed}\": give a stored series, or two as a-vs-b")
            })
        };
        return only.iter().map(find).collect();
    }
    let mut names: Vec<&String> = stored.keys().collect();
    names.sort_unstable();
    let mut wanted: Vec<Wanted> = names.into_iter().filter_map(|name| single(name)).collect();
    wanted.extend(catalog.pairs().filter_map(|named| pair(&named.a, &named.b)));
    Ok(wanted)
}

/// Walks through the history of each target and makes its forecast.
pub async fn make(wanted: Vec<Wanted>, options: Options, progress: Progress) -> anyhow::Result<Vec<Made>> {
    let work = move || {
        let (total, done) = (wanted.len(), AtomicUsize::new(0));
        let one = |wanted: Wanted| {
            let mut chain = Chain::new(&wanted.target, options);
            chain.advance(&wanted.target);
            let forecast = chain.forecast(&wanted.target);
            let record =
                forecast.map(|forecast| ForecastRecord::of(&wanted.name, &wanted.inputs, &wanted.target, &forecast));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Made { name: wanted.name, target: wanted.target, record, scores: chain.scores().to_vec() }
        };
        wanted.into_par_iter().map(one).collect()
    };
    Ok(on_pool(work).await?)
}

/// Keeps what was made: each forecast once, and the scorecard of forecasts from `from` on. Says how many forecasts were new.
pub async fn keep(
    store: &Store,
    made: &[Made],
    from: Day,
    now: Timestamp,
) -> anyhow::Result<(usize, Option<ScorecardRecord>)> {
    let mut kept = Vec::new();
    let mut live = Vec::new();
    for made in made {
        for earlier in store.forecasts_of(&made.name).await? {
            let record: ForecastRecord = serde_json::from_str(&earlier.body)?;
            // Only what was said before its day came is a forecast.
            let scores =
                settled(&record, &made.target).into_iter().filter(|score| earlier.made < end_of(score.settled));
            live.extend(scores);
        }
        if let Some(record) = &made.record {
            kept.push(KeptForecast {
                target: made.name.clone(),
                day: record.made.parse()?,
                method: METHOD.to_owned(),
                made: now,
                inputs: record.inputs.clone(),
                body: serde_json::to_string(record)?,
            });
        }
    }
    let new = store.keep_forecasts(&kept).await?;
    let Some(newest) = close(store).await? else { return Ok((new, None)) };
    let needed = ["vixcls", "spy", "t10y2y", "dgs10", "bamlh0a0hym2", "icsa", "cpiaucsl", "usrec"];
    let ids = needed.map(SeriesId::price);
    let loaded: HashMap<&str, Series> = needed
        .into_iter()
        .zip(store.load_many(&ids).await?)
        .filter_map(|(id, stored)| Some((id, stored?.series)))
        .collect();
    let states = on_pool(move || histories(|id| loaded.get(id))).await?;
    let card = ScorecardRecord::of(made, &live, &states, from, Day::MAX);
    if let Some(card) = &card {
        let body = serde_json::to_string(card)?;
        store.keep_scorecard(&KeptScorecard { day: newest, method: METHOD.to_owned(), made: now, body }).await?;
    }
    Ok((new, card))
}

/// Makes and keeps forecasts if the market has closed since the last ones; says whether it did.
pub async fn after_close(store: &Store, catalog: &Catalog, now: Timestamp) -> anyhow::Result<bool> {
    let Some(newest) = close(store).await? else { return Ok(false) };
    // Where too little is stored for a scorecard, there may be forecasts without one.
    let scored = store.latest_scorecard().await?.is_some_and(|card| card.day >= newest);
    if scored || store.forecast_targets().await?.iter().any(|(_, day)| *day >= newest) {
        return Ok(false);
    }
    let wanted = targets(store, catalog, &[], None).await?;
    let made = make(wanted, Options::default(), Arc::new(|_, _| ())).await?;
    let from = Day::new(2008, 1, 1).unwrap_or(Day::MIN);
    let (new, _) = keep(store, &made, from, now).await?;
    tracing::info!(new, "forecasts kept after the close of {newest}");
    Ok(true)
}

/// The day of the last close: that of SPY, which most series follow, or the newest of all where it is not stored.
async fn close(store: &Store) -> anyhow::Result<Option<Day>> {
    let list = store.list().await?;
    let spy = list.iter().find(|summary| summary.id == SeriesId::price("spy")).map(|summary| summary.last);
    Ok(spy.or_else(|| list.iter().map(|summary| summary.last).max()))
}

fn end_of(day: Day) -> Timestamp {
    Timestamp::from_second(i64::from((day + 1).epoch_days()) * 86_400).unwrap_or(Timestamp::MAX)
}
