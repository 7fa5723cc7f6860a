//! The latest value of each metric, in memory: what pages show at the moment of rendering, and what readers are told after.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use convex_core::Day;
use convex_core::catalog::{Catalog, Metric, Provider};
use convex_sources::Quote;
use jiff::Timestamp;
use tokio::time::Instant;

use super::line::{Line, Telling};
use super::listen::Ledger;
use super::market::{Market, Switch};
use super::{Bus, Close, Doubt, Event, LiveValue, Readers, Reception};
use crate::clock::Clock;

/// Live values and the bus that tells of them.
#[derive(Debug)]
pub struct Live {
    clock: Clock,
    /// Metrics by provider and the provider's symbol.
    symbols: HashMap<(Provider, String), Arc<Metric>>,
    /// For a metric that is the live value of another: that other, whose closes judge it while it has none.
    fixes: HashMap<String, String>,
    bus: Bus,
    ledger: Ledger,
    readers: Readers,
    board: Mutex<Board>,
}

#[derive(Debug, Default)]
struct Board {
    /// Whether the sample market is shown.
    sample: bool,
    real: Market,
    simulated: Market,
}

impl Live {
    /// Nothing known yet.
    pub fn new(catalog: &Catalog, clock: Clock) -> Self {
        let mut symbols = HashMap::new();
        for metric in catalog.metrics() {
            for source in &metric.sources {
                symbols.entry((source.provider, source.symbol.clone())).or_insert_with(|| Arc::clone(metric));
            }
            symbols.entry((Provider::Sample, metric.id.clone())).or_insert_with(|| Arc::clone(metric));
        }
        let fixes = catalog.metrics().filter_map(|metric| Some((metric.live.clone()?, metric.id.clone()))).collect();
        let base = u64::try_from(clock.now().as_microsecond()).unwrap_or(0);
        Self {
            clock,
            symbols,
            fixes,
            bus: Bus::local(base),
            ledger: Ledger::default(),
            readers: Readers::default(),
            board: Mutex::default(),
        }
    }

    /// The bus.
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// How the providers that are listened to are doing.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Who reads along.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The moment now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Says that a provider's values of a metric will come about so often.
    pub fn expect(&self, metric: &Arc<Metric>, provider: Provider, every: Duration) {
        self.board().market_of(provider).line(metric).every = Some(every);
    }

    /// Takes a provider's value. The one way in, for what is listened to and for what is asked.
    pub fn quote(self: &Arc<Self>, provider: Provider, quote: &Quote) -> Reception {
        let Some(metric) = self.symbols.get(&(provider, quote.symbol.clone())) else { return Reception::Unknown };
        let now = self.clock.now();
        let fix = self.fixes.get(&metric.id).map(String::as_str);
        let mut board = self.board();
        let is_seen = board.sample == (provider == Provider::Sample);
        let market = board.market_of(provider);
        let was_held = market.get(&metric.id).is_some_and(|line| line.held.is_some());
        let reception = market.receive(metric, fix, (provider, quote), now);
        match reception {
            Reception::Shown if is_seen => {
                let telling = market.line(metric).when_to_tell(Instant::now());
                drop(board);
                self.tell(metric, telling);
            }
            Reception::Held(doubt) if !was_held => {
                let (series, provider, value) = (&metric.id, provider.key(), quote.value);
                tracing::warn!(%series, provider, value, %doubt, "a quote is held back until another provider confirms it");
            }
            _ => {}
        }
        reception
    }

    /// Notes that a provider cannot be reached, or can again.
    pub(super) fn falls_silent(&self, provider: Provider, is_silent: bool) {
        self.board().market_of(provider).falls_silent(provider, is_silent);
    }

    /// Takes the last close of a series of the data shown. A newer one than was known is told to readers, which it says.
    pub fn closed(&self, metric: &Arc<Metric>, version: i64, close: Close) -> bool {
        let is_news = self.board().shown().line(metric).closes(version, close);
        if is_news {
            self.changed(&metric.id, version, close.day, close.value);
        }
        is_news
    }

    /// The last close of a metric, if live values are measured by it.
    pub fn close(&self, id: &str) -> Option<Close> {
        self.board().shown().get(id)?.close
    }

    /// Tells readers that a series has new closes.
    pub fn changed(&self, series: &str, version: i64, day: Day, value: f64) {
        self.bus.publish(Event::SeriesChanged { series: Arc::from(series), version, day, value });
    }

    /// Tells readers that a series is of another age, or its market opened or closed; the same word twice is no news.
    pub fn freshness(&self, metric: &Arc<Metric>, state: &'static str) {
        let before = self.board().shown().line(metric).state.replace(state);
        if before.is_some_and(|before| before != state) {
            self.bus.publish(Event::Freshness { series: Arc::from(metric.id.as_str()), state });
        }
    }

    /// Which data are shown from now on: the sample market's or real ones.
    pub fn serve(&self, sample: bool) {
        let before = std::mem::replace(&mut self.board().sample, sample);
        if before != sample {
            self.bus.publish(Event::MarketChanged { sample });
        }
    }

    /// Whether simulated values are shown.
    pub fn is_sample(&self) -> bool {
        self.board().sample
    }

    /// The value to show of a metric now; none if a close has come since.
    pub fn latest(&self, id: &str) -> Option<LiveValue> {
        self.board().shown().get(id)?.current().cloned()
    }

    /// The moment of the last value, even if a close has come since.
    pub fn quoted_at(&self, id: &str) -> Option<Timestamp> {
        self.board().shown().get(id)?.shown.as_ref().map(|value| value.at)
    }

    /// Whether a value came at all, even if a close has come since.
    pub fn has_value(&self, id: &str) -> bool {
        self.board().shown().get(id).is_some_and(|line| line.shown.is_some())
    }

    /// Age beyond which a value of the metric is late; `None` if no values within the day are expected of it.
    pub fn late_after(&self, id: &str) -> Option<Duration> {
        let mut board = self.board();
        board.shown().get(id).filter(|line| line.is_live()).map(Line::late_after)
    }

    /// The state last told of a series.
    pub fn state(&self, id: &str) -> Option<&'static str> {
        self.board().shown().get(id)?.state
    }

    /// The metrics of which values within the day are expected or known, by id.
    pub fn metrics(&self) -> Vec<Arc<Metric>> {
        let mut board = self.board();
        board.shown().lines().filter(|line| line.is_live()).map(|line| Arc::clone(&line.metric)).collect()
    }

    /// The quotes that wait for a confirmation: of which metric, by whom, the value, and why.
    pub fn held(&self) -> Vec<(String, Provider, f64, Doubt)> {
        let mut board = self.board();
        let held = board.shown().lines().filter_map(|line| Some((line.metric.id.clone(), line.held?)));
        held.map(|(id, held)| (id, held.provider, held.value, held.doubt)).collect()
    }

    /// Changes of provider, oldest first.
    pub fn switches(&self) -> Vec<Switch> {
        self.board().shown().switches().cloned().collect()
    }

    /// Ends every reader's stream.
    pub fn stop(&self) {
        self.bus.close();
    }

    /// Tells readers of the latest value, now or when the pause is over.
    fn tell(self: &Arc<Self>, metric: &Arc<Metric>, telling: Telling) {
        match telling {
            Telling::Now => self.publish_latest(&metric.id),
            Telling::At(instant) => {
                let (live, id) = (Arc::clone(self), metric.id.clone());
                tokio::spawn(async move {
                    tokio::time::sleep_until(instant).await;
                    live.publish_latest(&id);
                });
            }
            Telling::Already => {}
        }
    }

    fn publish_latest(&self, id: &str) {
        let value = self.board().shown().get_mut(id).and_then(|line| line.tells(Instant::now()));
        if let Some(value) = value {
            self.bus.publish(Event::Quoted(Arc::new(value)));
        }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Board {
    fn shown(&mut self) -> &mut Market {
        if self.sample { &mut self.simulated } else { &mut self.real }
    }

    fn market_of(&mut self, provider: Provider) -> &mut Market {
        if provider == Provider::Sample { &mut self.simulated } else { &mut self.real }
    }
}
