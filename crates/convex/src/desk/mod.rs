//! The desk: asks the store, calls the core on the mathematics pool, keeps answers by the versions they came from.
//!
//! Nothing is ever invalidated: a new observation makes a new version, and the old answer is simply no longer asked for.

mod compute;
mod correlations;
mod digest;
mod inputs;
mod kin;
mod ledger;
mod market;
mod outlook;
mod providers;
mod recent;
mod screen;
mod supply;
mod views;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use convex_core::catalog::{Catalog, Metric, Provider};
use convex_core::compare::{Comparison, Leg, Options, References, TotalReturn, compare};
use convex_core::freshness::{Freshness, Look, freshness};
use convex_core::panel::{self, Panels, Shading, panels};
use convex_core::{Basis, Day, Series, SeriesId};
use convex_store::Store;
use jiff::Timestamp;
use moka::future::Cache;

use crate::clock::Clock;
use crate::config::Doors;
use crate::live::Live;
use crate::mail::Mailer;

pub(crate) use compute::on_pool;
pub use correlations::{CorrelationScreen, MOST_SERIES};
pub use kin::{Kin, LINK};
pub use ledger::Ledger;
pub use market::write_sample_market;
pub use outlook::{Episode, Kept, PairMove, PairStates, Regimes, SEEDS, Shocked};
pub use providers::{Allowance, Backfill, ProviderStatus};
pub use screen::{Progress, RankedScreen, Scope, ScreenAsk, ScreenFrame, TestedScreen};
pub use supply::{Refusal, Supply};
pub use views::{MetricRow, MetricView, Status};

/// Comparisons kept; each holds a few hundred kilobytes.
const KEPT: u64 = 256;

/// Answers every question of pages, API and terminal.
#[derive(Debug)]
pub struct Desk {
    catalog: &'static Catalog,
    store: Store,
    sample: Option<Store>,
    /// Set once the first real observation was seen; it never goes back.
    real: AtomicBool,
    clock: Clock,
    live: Arc<Live>,
    comparisons: Cache<Key, Arc<Comparison>>,
    recent: Cache<Key, Arc<Comparison>>,
    panels: Cache<(Key, panel::Options), Option<Arc<Panels>>>,
    rows: Cache<views::OverviewKey, Arc<Vec<MetricRow>>>,
    /// The rows with ages of a minute.
    overviews: Cache<(views::OverviewKey, i64), Arc<Vec<MetricRow>>>,
    rankings: Cache<screen::ScreenKey, Arc<RankedScreen>>,
    families: Cache<screen::ScreenKey, Arc<TestedScreen>>,
    /// The tested family of the catalogue as it was last made, shown until a newer one is.
    latest_family: Mutex<Option<Arc<TestedScreen>>>,
    /// Whether a newer one is being made for the home page.
    making_family: AtomicBool,
    /// Pairs drawn for the last tested list, so that a new close draws those of its own series alone.
    drawn: Mutex<Arc<convex_core::screen::Remembered>>,
    matrices: Cache<MatrixKey, Arc<CorrelationScreen>>,
    ledgers: Cache<(bool, i64, usize), Arc<Ledger>>,
    kin: Cache<views::OverviewKey, Arc<Vec<Kin>>>,
    regimes: Cache<views::OverviewKey, Arc<Regimes>>,
    odds: Cache<views::OverviewKey, Arc<Vec<convex_core::event::Assessment>>>,
    pair_odds: Cache<(views::OverviewKey, String), Arc<Vec<convex_core::event::Assessment>>>,
    episodes: Cache<(views::OverviewKey, String), Arc<Episode>>,
    /// Episodes of the past that are told.
    windows: Vec<convex_core::scenario::Window>,
    /// Where visitors find the site, if the operator said so.
    public_url: Option<String>,
    /// How providers may be asked, for saying what is left of their allowances.
    doors: Doors,
    supply: supply::LastRead,
    /// Who sends mail, if anybody does.
    mailer: Option<Arc<Mailer>>,
}

/// Everything a matrix of correlations depends on.
type MatrixKey = (bool, i64, Vec<String>, convex_core::screen::Window, Option<Day>);

/// Everything a comparison depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    a: String,
    b: String,
    as_of: Option<Day>,
    sample: bool,
    /// Of the first leg, the second leg, and the newest reference series.
    versions: (i64, i64, i64),
    /// Of both legs with payouts added back.
    total_return: (i64, i64),
}

/// Why the desk has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No metric answers to that name.
    #[error("unknown metric \"{typed}\"{}", suggestion(nearest))]
    Unknown {
        /// What was typed.
        typed: String,
        /// Metrics with similar names, nearest first.
        nearest: Vec<Arc<Metric>>,
    },
    /// A list of series makes more pairs than one family can judge.
    #[error(
        "the list makes {pairs} pairs, and at most {most} are tested together: list pairs instead, or fewer series"
    )]
    TooMany {
        /// Pairs asked for.
        pairs: usize,
        /// Pairs a family may have.
        most: usize,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Store(#[from] convex_store::StoreError),
    /// The answer could not be computed: the program is stopping, or the computation panicked.
    #[error(transparent)]
    Stopped(#[from] compute::Stopping),
    /// The same failure, met by several requests at once.
    #[error(transparent)]
    Shared(Arc<Error>),
}

fn suggestion(nearest: &[Arc<Metric>]) -> String {
    if nearest.is_empty() {
        return "; convex metrics lists what there is".to_owned();
    }
    let ids: Vec<&str> = nearest.iter().map(|metric| metric.id.as_str()).collect();
    format!("; did you mean {}?", ids.join(", "))
}

impl Desk {
    /// A desk over a database, and over a sample market that is served while that database is empty.
    pub fn new(catalog: &'static Catalog, store: Store, sample: Option<Store>, clock: Clock) -> Self {
        Self {
            catalog,
            store,
            sample,
            real: AtomicBool::new(false),
            clock,
            live: Arc::new(Live::new(catalog, clock)),
            comparisons: Cache::new(KEPT),
            recent: Cache::new(16),
            panels: Cache::new(KEPT),
            rows: Cache::new(2),
            overviews: Cache::new(2),
            rankings: Cache::new(screen::KEPT),
            families: Cache::new(screen::KEPT),
            latest_family: Mutex::default(),
            making_family: AtomicBool::new(false),
            drawn: Mutex::default(),
            matrices: Cache::new(screen::KEPT),
            ledgers: Cache::new(2),
            kin: Cache::new(2),
            regimes: Cache::new(2),
            odds: Cache::new(2),
            pair_odds: Cache::new(KEPT),
            episodes: Cache::new(32),
            windows: convex_core::scenario::builtin(),
            public_url: None,
            doors: Doors::default(),
            supply: supply::LastRead::default(),
            mailer: None,
        }
    }

    /// The same desk, knowing where visitors find the site: `https://convex.example`.
    #[must_use]
    pub fn at(self, public_url: Option<String>) -> Self {
        Self { public_url: public_url.map(|url| url.trim_end_matches('/').to_owned()), ..self }
    }

    /// The same desk, knowing how the operator has providers asked.
    #[must_use]
    pub fn through(self, doors: Doors) -> Self {
        Self { doors, ..self }
    }

    /// How providers may be asked.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// The same desk, telling these episodes as well.
    #[must_use]
    pub fn with_windows(mut self, own: Vec<convex_core::scenario::Window>) -> Self {
        self.windows.extend(own);
        self
    }

    /// Where visitors find the site, without a slash at the end.
    pub fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// The catalogue.
    pub fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// The day now.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// The age of a metric whose last observation describes `last`: now, or as it was on a day.
    pub fn age(&self, metric: &Metric, last: Option<Day>, as_of: Option<Day>) -> Freshness {
        let look = as_of.map_or_else(|| Look::Now(self.now()), Look::AsOf);
        freshness(metric, last, look, self.facts(metric))
    }

    /// The ages of both legs of a comparison.
    pub fn ages(&self, comparison: &Comparison, as_of: Option<Day>) -> [Freshness; 2] {
        [&comparison.a, &comparison.b].map(|leg| self.age(&leg.metric, leg.series.last().map(|(day, _)| day), as_of))
    }

    /// The instant now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Values within the day, and the bus that tells of them.
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// Whether the sample market is served: there is one, and no real observation yet.
    pub async fn is_sample(&self) -> bool {
        if self.sample.is_none() || self.real.load(Ordering::Relaxed) {
            return false;
        }
        let real = self.store.has_observations().await.unwrap_or(true);
        self.real.store(real, Ordering::Relaxed);
        !real
    }

    /// Whether simulated data may be what is served: no real observation was seen yet.
    fn may_be_sample(&self) -> bool {
        self.sample.is_some() && !self.real.load(Ordering::Relaxed)
    }

    /// The database that is served now, and whether it is the sample market's.
    async fn current(&self) -> (&Store, bool) {
        match (&self.sample, self.is_sample().await) {
            (Some(sample), true) => (sample, true),
            _ => (&self.store, false),
        }
    }

    /// The metric a reader means: by id, alias or name in the catalogue, else a stored series of that id.
    pub async fn resolve(&self, typed: &str) -> Result<Arc<Metric>, Error> {
        if let Some(metric) = self.catalog.resolve(typed) {
            return Ok(Arc::clone(metric));
        }
        if let Ok(id) = SeriesId::parse(typed) {
            let (store, _) = self.current().await;
            if id.basis == Basis::Price && store.load(&id).await?.is_some() {
                return Ok(Arc::new(Metric::uncatalogued(&id.metric)));
            }
        }
        Err(Error::Unknown {
            typed: typed.to_owned(),
            nearest: self.catalog.nearest(typed, 5).into_iter().cloned().collect(),
        })
    }

    /// Compares two metrics as typed, in that order.
    pub async fn comparison(&self, a: &str, b: &str, as_of: Option<Day>) -> Result<Arc<Comparison>, Error> {
        let (a, b) = (self.resolve(a).await?, self.resolve(b).await?);
        self.comparison_of(&a, &b, as_of).await
    }

    /// Compares two metrics, in that order.
    pub async fn comparison_of(
        &self,
        a: &Arc<Metric>,
        b: &Arc<Metric>,
        as_of: Option<Day>,
    ) -> Result<Arc<Comparison>, Error> {
        self.supply().await?;
        let (store, sample) = self.current().await;
        let (leg_a, leg_b) = (load_leg(store, a).await?, load_leg(store, b).await?);
        let (references, reference_version) = load_references(store).await?;
        let key = Key {
            a: a.id.clone(),
            b: b.id.clone(),
            as_of,
            sample,
            versions: (leg_a.version, leg_b.version, reference_version),
            total_return: (total_return_version(&leg_a), total_return_version(&leg_b)),
        };
        let options = Options {
            kind: self.catalog.kind_of(a, b),
            pair: self.catalog.pair(&a.id, &b.id).cloned(),
            as_of,
            basis: Basis::Price,
            sample,
            references,
        };
        let work = compute::on_pool(move || Arc::new(compare(leg_a, leg_b, options)));
        self.comparisons.try_get_with(key, work).await.map_err(|stopped| Error::Stopped(*stopped))
    }

    /// What the charts of a comparison show; `None` if the legs share too few of the days asked for.
    pub async fn panels(
        &self,
        comparison: &Arc<Comparison>,
        options: panel::Options,
    ) -> Result<Option<Arc<Panels>>, Error> {
        let (store, _) = self.current().await;
        let (references, reference_version) = load_references(store).await?;
        let key = (Key::of(comparison, reference_version), options);
        let comparison = Arc::clone(comparison);
        let work = compute::on_pool(move || {
            let shading = Shading::of(&comparison.as_of.map_or_else(References::default, |day| references.until(day)));
            panels(&comparison, options, &shading).map(Arc::new)
        });
        self.panels.try_get_with(key, work).await.map_err(|stopped| Error::Stopped(*stopped))
    }
}

impl Desk {
    /// Recessions and times of fear up to a day.
    pub async fn shading(&self, to: Option<Day>) -> Result<Shading, Error> {
        let (store, _) = self.current().await;
        let (references, _) = load_references(store).await?;
        Ok(to.map(|day| Shading::of(&references.until(day))).unwrap_or_default())
    }
}

impl Key {
    fn of(comparison: &Comparison, reference_version: i64) -> Self {
        Self {
            a: comparison.a.metric.id.clone(),
            b: comparison.b.metric.id.clone(),
            as_of: comparison.requested_as_of,
            sample: comparison.sample,
            versions: (comparison.a.version, comparison.b.version, reference_version),
            total_return: (total_return_version(&comparison.a), total_return_version(&comparison.b)),
        }
    }
}

/// The reference series and the newest of their versions.
async fn load_references(store: &Store) -> Result<(References, i64), Error> {
    let ids = References::IDS.map(SeriesId::price);
    let (mut references, mut newest) = (References::default(), 0);
    for (id, stored) in References::IDS.into_iter().zip(store.load_many(&ids).await?) {
        if let Some(stored) = stored {
            newest = newest.max(stored.version);
            references.put(id, stored.series);
        }
    }
    Ok((references, newest))
}

async fn load_leg(store: &Store, metric: &Arc<Metric>) -> Result<Leg, Error> {
    let metric = Arc::clone(metric);
    let ids = [SeriesId::price(&metric.id), SeriesId::total_return(&metric.id)];
    let mut stored = store.load_many(&ids).await?.into_iter();
    let (price, total) = (stored.next().flatten(), stored.next().flatten());
    let total_return = total.map(|stored| TotalReturn {
        provider: Provider::from_key(&stored.provider),
        series: stored.series,
        version: stored.version,
    });
    Ok(match price {
        Some(stored) => Leg {
            metric,
            provider: Provider::from_key(&stored.provider),
            series: stored.series,
            version: stored.version,
            total_return,
        },
        None => Leg { metric, provider: None, series: Series::empty(), version: 0, total_return },
    })
}

fn total_return_version(leg: &Leg) -> i64 {
    leg.total_return.as_ref().map_or(0, |total| total.version)
}
