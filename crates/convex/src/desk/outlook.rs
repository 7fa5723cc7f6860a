//! States of the market, episodes, shocks, odds and kept forecasts.

use std::collections::HashMap;
use std::sync::Arc;

use convex_core::align::align;
use convex_core::catalog::{Catalog, Metric};
use convex_core::change::changes_between;
use convex_core::event::{Assessment, EVENTS, assess, of_pair};
use convex_core::figure::Unavailable;
use convex_core::forecast::Target;
use convex_core::regime::{Appetite, History, InState, appetite, histories, pair_by_state};
use convex_core::scenario::{MetricInWindow, PairInWindow, Window, metric_in_window, pair_in_window};
use convex_core::shock::{Answer, Shock, shock};
use convex_core::{Basis, Day, Series, SeriesId};
use convex_store::Store;
use jiff::Timestamp;

use super::compute::on_pool;
use super::{Desk, Error};
use crate::outlook::{ForecastRecord, ScorecardRecord};

/// The five pairs that everything is shown for.
pub const SEEDS: [(&str, &str); 5] =
    [("dia", "iwm"), ("iwm", "vixcls"), ("rsp", "iwm"), ("gold", "iwm"), ("qqq", "iwm")];

/// Series the states, the index of appetite, the events and the shocks rest on.
const NEEDED: [&str; 22] = [
    "vixcls",
    "spy",
    "t10y2y",
    "dgs10",
    "bamlh0a0hym2",
    "icsa",
    "cpiaucsl",
    "usrec",
    "t10y3m",
    "unrate",
    "iwm",
    "hyg",
    "lqd",
    "xly",
    "xlp",
    "eem",
    "efa",
    "kre",
    "dia",
    "rsp",
    "qqq",
    "gold",
];

/// The states of the market, and what was different in them.
#[derive(Clone, Debug)]
pub struct Regimes {
    /// Each rule that has its series.
    pub histories: Vec<History>,
    /// The index of appetite for risk, or why there is none.
    pub appetite: Result<Appetite, Unavailable>,
    /// What each seed pair did: for each history, its states.
    pub pairs: Vec<PairStates>,
}

/// A pair in the states of each history.
#[derive(Clone, Debug)]
pub struct PairStates {
    /// First leg.
    pub a: Arc<Metric>,
    /// Second leg.
    pub b: Arc<Metric>,
    /// For each history, its states.
    pub states: Vec<Vec<InState>>,
}

/// A pair of legs, and what the two did in an episode.
pub type PairMove = (Arc<Metric>, Arc<Metric>, Result<PairInWindow, Unavailable>);

/// An episode with what happened in it.
#[derive(Clone, Debug)]
pub struct Episode {
    /// Which one.
    pub window: Window,
    /// Each stored metric.
    pub metrics: Vec<(Arc<Metric>, Result<MetricInWindow, Unavailable>)>,
    /// Each named pair.
    pub pairs: Vec<PairMove>,
}

/// The answers to a shock.
#[derive(Clone, Debug)]
pub struct Shocked {
    /// What was supposed.
    pub shock: Shock,
    /// Each target by its name, with its answers.
    pub answers: Vec<(String, Result<Answer, Unavailable>)>,
}

/// A kept forecast.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it says.
    pub record: ForecastRecord,
    /// When it was made.
    pub made: Timestamp,
}

impl Desk {
    /// The episodes that are told.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The states of the market.
    pub async fn regimes(&self) -> Result<Arc<Regimes>, Error> {
        let key = self.overview_key().await?;
        let catalog = self.catalog();
        let work = async {
            let stored = self.needed().await?;
            Ok::<_, Error>(on_pool(move || Arc::new(regimes(catalog, &stored))).await?)
        };
        self.regimes.try_get_with(key, work).await.map_err(Error::Shared)
    }

    /// The events that are followed, with their odds.
    pub async fn odds(&self) -> Result<Arc<Vec<Assessment>>, Error> {
        let key = self.overview_key().await?;
        let work = async {
            let stored = self.needed().await?;
            let work = move || {
                let assessed = EVENTS
                    .into_iter()
                    .filter_map(|event| Some(assess(event, &event.material(|id| stored.get(id), None)?)));
                Arc::new(assessed.collect::<Vec<_>>())
            };
            Ok::<_, Error>(on_pool(work).await?)
        };
        self.odds.try_get_with(key, work).await.map_err(Error::Shared)
    }

    /// The odds of a new one-year high and low of a pair's ratio; none where there is no ratio.
    pub async fn odds_of_pair(&self, a: &Arc<Metric>, b: &Arc<Metric>) -> Result<Arc<Vec<Assessment>>, Error> {
        let key = (self.overview_key().await?, format!("{}-vs-{}", a.id, b.id));
        let work = async {
            let (a, b) = (Arc::clone(a), Arc::clone(b));
            let (first, second) = (self.series(&a.id).await?, self.series(&b.id).await?);
            let work = move || {
                let ratio = Target::of_pair(&a, &first, &b, &second)
                    .and_then(|target| Series::new(target.days, target.levels).ok());
                let assessed = of_pair()
                    .into_iter()
                    .filter_map(|event| Some(assess(event, &event.material(|_| None, Some(ratio.as_ref()?))?)));
                Arc::new(assessed.collect::<Vec<_>>())
            };
            Ok::<_, Error>(on_pool(work).await?)
        };
        self.pair_odds.try_get_with(key, work).await.map_err(Error::Shared)
    }

    /// What every metric and named pair did in an episode; `None` if there is none of that id.
    pub async fn episode(&self, id: &str) -> Result<Option<Arc<Episode>>, Error> {
        let Some(window) = self.windows.iter().find(|window| window.id == id).cloned() else { return Ok(None) };
        let key = (self.overview_key().await?, window.id.clone());
        let catalog = self.catalog();
        let work = async {
            let (store, _) = self.current().await;
            let stored = all(store, catalog).await?;
            Ok::<_, Error>(on_pool(move || Arc::new(episode(catalog, window, &stored))).await?)
        };
        self.episodes.try_get_with(key, work).await.map(Some).map_err(Error::Shared)
    }

    /// What followed moves like a supposed one, for the seed legs and the ratios of the seed pairs.
    pub async fn shocked(&self, supposed: Shock) -> Result<Shocked, Error> {
        let catalog = self.catalog();
        let stored = self.needed().await?;
        let work = move || shocked(catalog, supposed, &stored);
        Ok(on_pool(work).await?)
    }

    /// The kept forecast of a target that rests on the newest day, up to a day if given.
    pub async fn forecast(&self, target: &str, until: Option<Day>) -> Result<Option<Kept>, Error> {
        let (store, _) = self.current().await;
        let found = store.latest_forecast(target, until).await?;
        Ok(found.and_then(|kept| Some(Kept { record: serde_json::from_str(&kept.body).ok()?, made: kept.made })))
    }

    /// Everything said of a target so far, oldest first.
    pub async fn forecasts_of(&self, target: &str) -> Result<Vec<Kept>, Error> {
        let (store, _) = self.current().await;
        let found = store.forecasts_of(target).await?.into_iter();
        Ok(found
            .filter_map(|kept| Some(Kept { record: serde_json::from_str(&kept.body).ok()?, made: kept.made }))
            .collect())
    }

    /// The targets that have a kept forecast, with the newest day of each.
    pub async fn forecast_targets(&self) -> Result<Vec<(String, Day)>, Error> {
        let (store, _) = self.current().await;
        Ok(store.forecast_targets().await?)
    }

    /// The newest scorecard, and when it was made.
    pub async fn scorecard(&self) -> Result<Option<(ScorecardRecord, Timestamp)>, Error> {
        let (store, _) = self.current().await;
        let found = store.latest_scorecard().await?;
        Ok(found.and_then(|kept| Some((serde_json::from_str(&kept.body).ok()?, kept.made))))
    }

    async fn needed(&self) -> Result<HashMap<&'static str, Series>, Error> {
        let (store, _) = self.current().await;
        let loaded = store.load_many(&NEEDED.map(SeriesId::price)).await?;
        Ok(NEEDED.into_iter().zip(loaded).filter_map(|(id, stored)| Some((id, stored?.series))).collect())
    }

    async fn series(&self, id: &str) -> Result<Series, Error> {
        let (store, _) = self.current().await;
        Ok(store.load(&SeriesId::price(id)).await?.map_or_else(Series::empty, |stored| stored.series))
    }
}

fn regimes(catalog: &Catalog, stored: &HashMap<&'static str, Series>) -> Regimes {
    let histories = histories(|id| stored.get(id));
    let pairs = SEEDS.iter().filter_map(|(a, b)| {
        let (a, b) = (catalog.metric(a)?, catalog.metric(b)?);
        let aligned = align(a, stored.get(a.id.as_str())?, b, stored.get(b.id.as_str())?);
        let changes = changes_between(a.change, b.change, &aligned);
        let states = histories.iter().map(|history| pair_by_state(&changes, history, [a, b])).collect();
        Some(PairStates { a: Arc::clone(a), b: Arc::clone(b), states })
    });
    Regimes { pairs: pairs.collect(), appetite: appetite(|id| stored.get(id)), histories }
}

/// Every stored series on its main basis, in the order of the catalogue.
async fn all(store: &Store, catalog: &Catalog) -> Result<Vec<(Arc<Metric>, Series)>, Error> {
    let ids: Vec<SeriesId> =
        store.list().await?.into_iter().map(|summary| summary.id).filter(|id| id.basis == Basis::Price).collect();
    let loaded = store.load_many(&ids).await?;
    let mut stored: HashMap<String, Series> =
        ids.into_iter().zip(loaded).filter_map(|(id, stored)| Some((id.metric, stored?.series))).collect();
    let known = catalog.metrics().filter_map(|metric| Some((Arc::clone(metric), stored.remove(&metric.id)?)));
    Ok(known.collect())
}

fn episode(catalog: &Catalog, window: Window, stored: &[(Arc<Metric>, Series)]) -> Episode {
    let find = |id: &str| stored.iter().find(|(metric, _)| metric.id == id);
    let pairs = catalog
        .pairs()
        .filter_map(|pair| {
            let ((a, first), (b, second)) = (find(&pair.a)?, find(&pair.b)?);
            let found = pair_in_window((a, first), (b, second), &window);
            Some((Arc::clone(a), Arc::clone(b), found))
        })
        .collect();
    let metrics = stored
        .iter()
        .filter(|(metric, _)| metric.cadence <= convex_core::catalog::Cadence::Weekly)
        .map(|(metric, series)| (Arc::clone(metric), metric_in_window(metric, series, &window)))
        .collect();
    Episode { window, metrics, pairs }
}

fn shocked(catalog: &Catalog, supposed: Shock, stored: &HashMap<&'static str, Series>) -> Shocked {
    let drivers: Option<Vec<&Series>> = supposed.moves.iter().map(|one| stored.get(one.driver.id)).collect();
    let legs = ["dia", "iwm", "rsp", "qqq", "gold", "vixcls", "dgs10", "bamlh0a0hym2"];
    let single = legs.iter().filter_map(|id| {
        let is_supposed = supposed.moves.iter().any(|one| one.driver.id == *id);
        let metric = catalog.metric(id).filter(|_| !is_supposed)?;
        Some(((*id).to_owned(), Target::of_metric(metric, stored.get(id)?)))
    });
    let pairs = SEEDS.iter().filter_map(|(a, b)| {
        let (first, second) = (catalog.metric(a)?, catalog.metric(b)?);
        let target = Target::of_pair(first, stored.get(a)?, second, stored.get(b)?)?;
        Some((format!("{a}-vs-{b}"), target))
    });
    let answers = single.chain(pairs).map(|(name, target)| {
        let answer = match &drivers {
            Some(drivers) => shock(&supposed, drivers, &target),
            None => {
                Err(Unavailable::Needs(supposed.moves.iter().map(|one| one.driver.id).collect::<Vec<_>>().join(", ")))
            }
        };
        (name, answer)
    });
    let answers = answers.collect();
    Shocked { shock: supposed, answers }
}
