//! What the desk knows about single metrics and about itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use convex_core::catalog::{Metric, Provider};
use convex_core::compare::{Horizon, change_over, leg_figures, year_figures};
use convex_core::figure::{Figure, Figures};
use convex_core::freshness::Freshness;
use convex_core::{Basis, Day, Series, SeriesId};

use convex_store::{SeriesSummary, Store, Stored};

use super::{Desk, Error};

/// One metric with everything its page shows.
#[derive(Clone, Debug)]
pub struct MetricView {
    /// What it is.
    pub metric: Arc<Metric>,
    /// Its observations.
    pub series: Series,
    /// The same with payouts added back, if stored.
    pub total_return: Option<Series>,
    /// Who supplied the observations.
    pub provider: Option<Provider>,
    /// Figures of the leg, without a prefix.
    pub figures: Figures,
    /// How old it is.
    pub freshness: Freshness,
    /// Whether the data are simulated.
    pub sample: bool,
    /// What a reader must know about where its values come from.
    pub warnings: Vec<String>,
}

impl MetricView {
    /// The observations on a basis, if they are stored on it; else as they are.
    pub fn on(&self, basis: Basis) -> (&Series, Basis) {
        match (&self.total_return, basis) {
            (Some(total), Basis::TotalReturn) if !total.is_empty() => (total, Basis::TotalReturn),
            _ => (&self.series, self.metric.basis),
        }
    }
}

/// One line of the list of metrics.
#[derive(Clone, Debug)]
pub struct MetricRow {
    /// What it is.
    pub metric: Arc<Metric>,
    /// Its last observation.
    pub last: Option<(Day, f64)>,
    /// Number of observations.
    pub n: usize,
    /// First day.
    pub first: Option<Day>,
    /// Change from the observation before the last.
    pub change_1obs: Figure,
    /// How old it is.
    pub freshness: Freshness,
    /// Who supplied the observations.
    pub provider: Option<Provider>,
}

/// Everything the list of metrics depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OverviewKey {
    sample: bool,
    newest: i64,
    series: usize,
    today: Day,
}

/// What the program knows about itself.
#[derive(Clone, Debug)]
pub struct Status {
    /// Whether the sample market is served.
    pub sample: bool,
    /// Stored series.
    pub series: usize,
    /// Stored observations (latest state).
    pub observations: usize,
    /// Where they are.
    pub database: String,
    /// Version of the program.
    pub version: &'static str,
}

impl Desk {
    /// One metric, as typed.
    pub async fn metric(&self, typed: &str, as_of: Option<Day>) -> Result<MetricView, Error> {
        self.supply().await?;
        let metric = self.resolve(typed).await?;
        let (store, sample) = self.current().await;
        let stored = store.load(&SeriesId::price(&metric.id)).await?;
        let provider = stored.as_ref().and_then(|stored| Provider::from_key(&stored.provider));
        let cut = |series: Series| match as_of {
            Some(day) => convex_core::align::public_by(&metric, &series, day),
            None => series,
        };
        let series = stored.map_or_else(Series::empty, |stored| cut(stored.series));
        let total_return = store.load(&SeriesId::total_return(&metric.id)).await?.map(|stored| cut(stored.series));
        let mut figures = leg_figures("", &metric, &series);
        figures.extend(year_figures("", &metric, &series, total_return.as_ref()));
        let freshness = self.age(&metric, series.last().map(|(day, _)| day), as_of);
        let warnings = if as_of.is_none() { self.warnings(&[&metric]).await? } else { Vec::new() };
        Ok(MetricView { metric, series, total_return, provider, figures, freshness, sample, warnings })
    }

    /// Every metric of the catalogue in its order, then every stored series the catalogue does not know.
    pub async fn overview(&self) -> Result<Arc<Vec<MetricRow>>, Error> {
        self.supply().await?;
        let (store, _) = self.current().await;
        let list = store.list().await?;
        let key = self.key_of(&list).await;
        // Ages change by the minute, and the rows only with the data.
        let minute = self.now().as_second() / 60;
        let rows = async {
            let load = async { self.rows(store, &list).await.map(Arc::new) };
            let rows =
                self.rows.try_get_with(key.clone(), load).await.map_err(|error: Arc<Error>| Error::Shared(error))?;
            let aged = |row: &MetricRow| MetricRow { freshness: self.age_of(&row.metric, row.last), ..row.clone() };
            Ok(Arc::new(rows.iter().map(aged).collect()))
        };
        let aged = self.overviews.try_get_with((key.clone(), minute), rows).await;
        aged.map_err(|error: Arc<Error>| Error::Shared(error))
    }

    fn age_of(&self, metric: &Metric, last: Option<(Day, f64)>) -> Freshness {
        self.age(metric, last.map(|(day, _)| day), None)
    }

    /// What everything about all series depends on.
    pub(super) async fn overview_key(&self) -> Result<OverviewKey, Error> {
        let (store, _) = self.current().await;
        let list = store.list().await?;
        Ok(self.key_of(&list).await)
    }

    async fn key_of(&self, list: &[SeriesSummary]) -> OverviewKey {
        let newest = list.iter().map(|summary| summary.version).max().unwrap_or(0);
        OverviewKey { sample: self.is_sample().await, newest, series: list.len(), today: self.today() }
    }

    async fn rows(&self, store: &Store, list: &[SeriesSummary]) -> Result<Vec<MetricRow>, Error> {
        let ids: Vec<SeriesId> = list.iter().map(|one| one.id.clone()).filter(|id| id.basis == Basis::Price).collect();
        let loaded = store.load_many(&ids).await?;
        let mut stored: BTreeMap<String, Stored> =
            ids.into_iter().zip(loaded).filter_map(|(id, stored)| Some((id.metric, stored?))).collect();
        let row = |metric, stored| row(metric, stored, |metric, last| self.age_of(metric, last));
        let known = self.catalog().metrics().map(|metric| row(Arc::clone(metric), stored.remove(&metric.id)));
        let mut rows: Vec<MetricRow> = known.collect();
        rows.extend(stored.into_iter().map(|(id, stored)| row(Arc::new(Metric::uncatalogued(&id)), Some(stored))));
        Ok(rows)
    }

    /// What the program knows about itself.
    pub async fn status(&self) -> Result<Status, Error> {
        let (store, sample) = self.current().await;
        let list = store.list().await?;
        Ok(Status {
            sample,
            series: list.len(),
            observations: list.iter().map(|summary| summary.n).sum(),
            database: store.path().display().to_string(),
            version: env!("CARGO_PKG_VERSION"),
        })
    }
}

fn row(
    metric: Arc<Metric>,
    stored: Option<Stored>,
    age: impl Fn(&Metric, Option<(Day, f64)>) -> Freshness,
) -> MetricRow {
    let provider = stored.as_ref().and_then(|stored| Provider::from_key(&stored.provider));
    let series = stored.map_or_else(Series::empty, |stored| stored.series);
    let change_1obs = change_over(Horizon::Observation, &metric, &series);
    let freshness = age(&metric, series.last());
    let first = series.first().map(|(day, _)| day);
    MetricRow { last: series.last(), n: series.len(), first, change_1obs, freshness, provider, metric }
}
