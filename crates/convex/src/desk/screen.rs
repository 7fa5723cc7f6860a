//! Screens: every pair of the stored series, or a family of named ones, kept by the versions they came from.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use convex_core::catalog::Metric;
use convex_core::screen::{self, Control, Member, Odds, Ranked, Ranking, Row, Tested};
use convex_core::{Basis, Day, SeriesId};
use convex_store::Store;

use super::compute::{Stopping, on_pool};
use super::{Desk, Error};

/// Screens kept; each holds the figures of the pairs listed.
pub(super) const KEPT: u64 = 32;
/// Pairs of a list of series that are still tested as one family.
const MOST_TESTED: usize = 2_000;

/// Which pairs a screen is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every pair of every stored series; where tested, the named comparisons of the catalogue.
    #[default]
    Everything,
    /// Every pair of these series, by id.
    Series(Vec<String>),
    /// These pairs, by id.
    Pairs(Vec<(String, String)>),
}

/// What is asked of a screen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScreenAsk {
    /// Which pairs.
    pub scope: Scope,
    /// By what they are ranked.
    pub by: Ranking,
    /// Rows listed at most.
    pub top: usize,
    /// Nothing known only after this day is used.
    pub as_of: Option<Day>,
    /// Whether rank correlations are listed as well.
    pub spearman: bool,
    /// Whether pairs of which a leg ended are ranked too.
    pub ended: bool,
    /// The share of all pairs that is ranked.
    pub share: screen::Share,
}

impl Default for ScreenAsk {
    fn default() -> Self {
        let (scope, by) = (Scope::default(), Ranking::default());
        Self { scope, by, top: 50, as_of: None, spearman: false, ended: false, share: screen::Share::WHOLE }
    }
}

/// What every list says of itself.
#[derive(Clone, Debug)]
pub struct ScreenFrame {
    /// The series it was made of, by place.
    pub members: Vec<Arc<Metric>>,
    /// The day asked for, if one was.
    pub requested_as_of: Option<Day>,
    /// Whether the data are simulated.
    pub sample: bool,
}

/// The pairs of largest effect. Nothing here was tested.
#[derive(Clone, Debug)]
pub struct RankedScreen {
    /// What it was made of.
    pub frame: ScreenFrame,
    /// By what pairs are ranked.
    pub by: Ranking,
    /// The share of all pairs that was ranked.
    pub share: screen::Share,
    /// Counts, and the largest effects in order.
    pub ranked: Ranked,
    /// The figures of those listed, in the same order.
    pub rows: Vec<Row>,
    /// How many of such size a world without any change would show.
    pub odds: Option<Odds>,
}

/// A family of pairs, judged together.
#[derive(Clone, Debug)]
pub struct TestedScreen {
    /// What it was made of.
    pub frame: ScreenFrame,
    /// The tests.
    pub tested: Tested,
}

/// Everything a screen depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ScreenKey {
    sample: bool,
    newest: i64,
    series: usize,
    ask: ScreenAsk,
}

/// Tells how many parts are done, and of how many.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

impl Desk {
    /// The pairs of largest effect.
    pub async fn ranked_screen(&self, ask: ScreenAsk) -> Result<Arc<RankedScreen>, Error> {
        let (store, sample) = self.current().await;
        let key = self.screen_key(store, sample, &ask).await?;
        let work = async { self.rank_now(store, sample, ask, Arc::new(|_, _| ())).await.map(Arc::new) };
        self.rankings.try_get_with(key, work).await.map_err(Error::Shared)
    }

    /// The same, not kept, with news of how far it is.
    pub async fn ranked_screen_now(&self, ask: ScreenAsk, progress: Progress) -> Result<RankedScreen, Error> {
        let (store, sample) = self.current().await;
        self.rank_now(store, sample, ask, progress).await
    }

    /// The tested family of the catalogue as it was last made; if closes have come since, it is made anew meanwhile, for
    /// the next reader.
    pub async fn family_at_hand(self: &Arc<Self>) -> Result<Option<Arc<TestedScreen>>, Error> {
        let (store, sample) = self.current().await;
        let key = self.screen_key(store, sample, &ScreenAsk::default()).await?;
        if let Some(found) = self.families.get(&key).await {
            return Ok(Some(found));
        }
        if !self.making_family.swap(true, Ordering::Relaxed) {
            let desk = Arc::clone(self);
            tokio::spawn(async move {
                desk.make_family().await;
                desk.making_family.store(false, Ordering::Relaxed);
            });
        }
        let latest = self.latest_family.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(latest.filter(|latest| latest.frame.sample == sample))
    }

    /// Makes the tested list of the newest day and keeps it; a failure is logged.
    pub async fn make_family(&self) {
        let (_, sample) = self.current().await;
        // The list of the day is kept as it is first made; a simulated market has no past worth keeping.
        let made = if sample {
            self.tested_screen(ScreenAsk::default()).await.map(|_| ())
        } else {
            self.keep_family(None).await.map(|_| ())
        };
        if let Err(error) = made {
            tracing::warn!(%error, "the tested family could not be computed");
        }
    }

    /// The tested family.
    pub async fn tested_screen(&self, ask: ScreenAsk) -> Result<Arc<TestedScreen>, Error> {
        let (store, sample) = self.current().await;
        // How many rows are shown, and in which order, changes no test.
        let ask = ScreenAsk { scope: ask.scope, as_of: ask.as_of, ..ScreenAsk::default() };
        let named = self.named(&ask.scope)?;
        let key = self.screen_key(store, sample, &ask).await?;
        let is_latest = ask == ScreenAsk::default();
        let work = async { self.test_now(store, sample, named, ask.as_of, is_latest).await.map(Arc::new) };
        let found = self.families.try_get_with(key, work).await.map_err(Error::Shared)?;
        if is_latest {
            *self.latest_family.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&found));
        }
        Ok(found)
    }

    async fn screen_key(&self, store: &Store, sample: bool, ask: &ScreenAsk) -> Result<ScreenKey, Error> {
        let list = store.list().await?;
        let newest = list.iter().map(|summary| summary.version).max().unwrap_or(0);
        Ok(ScreenKey { sample, newest, series: list.len(), ask: ask.clone() })
    }

    async fn rank_now(
        &self,
        store: &Store,
        sample: bool,
        ask: ScreenAsk,
        progress: Progress,
    ) -> Result<RankedScreen, Error> {
        let wanted = match &ask.scope {
            Scope::Everything => None,
            Scope::Series(ids) => Some(ids.clone()),
            Scope::Pairs(pairs) => Some(pairs.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect()),
        };
        let members = self.members(store, wanted.as_deref(), ask.as_of).await?;
        let (frame, share) = (frame_of(&members, ask.as_of, sample), ask.share);
        let catalog = self.catalog();
        let stop = Stop::default();
        let stopped = Arc::clone(&stop.0);
        let work = move || {
            let control = Control { progress: &*progress, stop: &|| stopped.load(Ordering::Relaxed) };
            let ranked = match &ask.scope {
                Scope::Pairs(pairs) => Ok(screen::rank_pairs(&members, &places(&members, pairs), ask.by, ask.top)),
                _ => screen::rank_share(&members, ask.by, ask.top, ask.ended, ask.share, control),
            }?;
            let row = |pair: &screen::RankedPair| {
                let (a, b) = (&members[pair.a].metric.id, &members[pair.b].metric.id);
                let is_turned = catalog.canonical(a, b).0 != *a;
                let (a, b) = if is_turned { (pair.b, pair.a) } else { (pair.a, pair.b) };
                screen::row(&members, a, b, ask.spearman)
            };
            let rows = screen::on_every_thread(&ranked.largest, row);
            let least = ranked.largest.last().map(|pair| pair.effect.abs());
            let whole = ask.share == screen::Share::WHOLE;
            let odds = least.filter(|_| whole).and_then(|least| screen::odds(&members, ask.by, least, ranked.ranked));
            Ok((ranked, rows, odds, ask.by))
        };
        let found: Result<_, screen::Stopped> = on_pool(work).await?;
        drop(stop);
        let (ranked, rows, odds, by) = found.map_err(|screen::Stopped| Stopping)?;
        Ok(RankedScreen { frame, by, share, ranked, rows, odds })
    }

    /// The pairs of a family, by id.
    pub(super) fn named(&self, scope: &Scope) -> Result<Vec<(String, String)>, Error> {
        Ok(match scope {
            Scope::Everything => self.catalog().pairs().map(|pair| (pair.a.clone(), pair.b.clone())).collect(),
            Scope::Pairs(pairs) if pairs.len() > MOST_TESTED => {
                return Err(Error::TooMany { pairs: pairs.len(), most: MOST_TESTED });
            }
            Scope::Pairs(pairs) => pairs.clone(),
            Scope::Series(ids) => {
                let pairs = ids.len() * ids.len().saturating_sub(1) / 2;
                if pairs > MOST_TESTED {
                    return Err(Error::TooMany { pairs, most: MOST_TESTED });
                }
                let each = |at: usize| ids[at + 1..].iter().map(move |other| self.catalog().canonical(&ids[at], other));
                (0..ids.len()).flat_map(each).collect()
            }
        })
    }

    async fn test_now(
        &self,
        store: &Store,
        sample: bool,
        named: Vec<(String, String)>,
        as_of: Option<Day>,
        is_latest: bool,
    ) -> Result<TestedScreen, Error> {
        let ids: Vec<String> = named.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
        let members = self.members(store, Some(&ids), as_of).await?;
        let frame = frame_of(&members, as_of, sample);
        let known = Arc::clone(&self.drawn.lock().unwrap_or_else(PoisonError::into_inner));
        let stop = Stop::default();
        let stopped = Arc::clone(&stop.0);
        let work = move || {
            let control = Control { stop: &|| stopped.load(Ordering::Relaxed), ..Control::default() };
            screen::test_again(&members, &places(&members, &named), screen::WORLDS, &known, control)
        };
        let (tested, drawn) = on_pool(work).await?.map_err(|screen::Stopped| Stopping)?;
        drop(stop);
        if is_latest {
            *self.drawn.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(drawn);
        }
        Ok(TestedScreen { frame, tested })
    }

    /// Ids of all stored series.
    pub async fn stored_ids(&self) -> Result<HashSet<String>, Error> {
        let (store, _) = self.current().await;
        let prices = store.list().await?.into_iter().map(|one| one.id).filter(|id| id.basis == Basis::Price);
        Ok(prices.map(|id| id.metric).collect())
    }

    /// The series with observations, by id, cut at the day asked for: all of them, or those of these ids.
    pub(super) async fn members(
        &self,
        store: &Store,
        wanted: Option<&[String]>,
        as_of: Option<Day>,
    ) -> Result<Vec<Member>, Error> {
        let mut ids: Vec<SeriesId> = match wanted {
            Some(ids) => ids.iter().map(SeriesId::price).collect(),
            None => store.list().await?.into_iter().map(|one| one.id).filter(|id| id.basis == Basis::Price).collect(),
        };
        ids.sort();
        ids.dedup();
        let loaded = store.load_many(&ids).await?;
        let member = |(id, stored): (SeriesId, Option<convex_store::Stored>)| {
            let metric = self.catalog().metric(&id.metric).cloned();
            let metric = metric.unwrap_or_else(|| Arc::new(Metric::uncatalogued(&id.metric)));
            let member = Member::as_of(metric, &stored?.series, as_of);
            (!member.series.is_empty()).then_some(member)
        };
        Ok(ids.into_iter().zip(loaded).filter_map(member).collect())
    }
}

pub(super) fn frame_of(members: &[Member], requested_as_of: Option<Day>, sample: bool) -> ScreenFrame {
    ScreenFrame { members: members.iter().map(|member| Arc::clone(&member.metric)).collect(), requested_as_of, sample }
}

/// Places of the legs of pairs, each pair once; a pair of which a leg has no observation is left out.
fn places(members: &[Member], pairs: &[(String, String)]) -> Vec<(usize, usize)> {
    let at: HashMap<&str, usize> =
        members.iter().enumerate().map(|(at, member)| (member.metric.id.as_str(), at)).collect();
    let mut seen = HashSet::new();
    let known = pairs.iter().filter_map(|(a, b)| Some((*at.get(a.as_str())?, *at.get(b.as_str())?)));
    known.filter(|(a, b)| a != b && seen.insert((*a.min(b), *a.max(b)))).collect()
}

/// Tells the mathematics to stop when nobody waits for the answer any more.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
