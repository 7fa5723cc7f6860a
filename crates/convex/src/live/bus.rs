//! From what happens to who wants to know.
//!
//! Readers hold no queue: the ring of recent events is the queue of all of them, and a reader is a place in it. An event
//! wakes only those whose filter lets it through, so its cost grows with the readers it concerns and not with all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use tokio::sync::Notify;

use super::ring::{Missed, Ring};
use super::{Entry, Event, Filter};

/// Events remembered, for readers who come back: some minutes of a busy market.
const REMEMBERED: usize = 4_096;

/// Hands events to readers.
#[derive(Clone, Debug)]
pub enum Bus {
    /// Within this process.
    Local(Arc<Local>),
}

/// A bus within one process.
#[derive(Debug)]
pub struct Local {
    ring: RwLock<Ring>,
    topics: Mutex<Topics>,
    closed: std::sync::atomic::AtomicBool,
}

/// Readers with the same filter wait at the same place.
#[derive(Debug)]
struct Topic {
    filter: Filter,
    woken: Notify,
}

#[derive(Debug, Default)]
struct Topics {
    by_filter: HashMap<Filter, Weak<Topic>>,
    by_series: HashMap<Arc<str>, Vec<Weak<Topic>>>,
    /// Those who want everything.
    of_all: Weak<Topic>,
    /// Filters at which those nobody has are looked for.
    sweep_at: usize,
}

/// A reader's place.
#[derive(Debug)]
pub struct Subscription {
    bus: Arc<Local>,
    topic: Arc<Topic>,
    seen: u64,
}

/// What a reader is told next.
#[derive(Debug)]
pub enum Next {
    /// Events, oldest first, at least one.
    Events(Vec<Arc<Entry>>),
    /// The reader was too slow: events were forgotten. It continues after the one of this number.
    Lagged(u64),
    /// The program stops.
    Closed,
}

impl Bus {
    /// A bus within this process. Numbers of events follow `base`: microseconds since 1970 keep them increasing across
    /// restarts, so that a reader of an earlier run is never taken for one of this run.
    pub fn local(base: u64) -> Self {
        Self::Local(Arc::new(Local {
            ring: RwLock::new(Ring::new(base, REMEMBERED)),
            topics: Mutex::default(),
            closed: false.into(),
        }))
    }

    /// Tells everyone concerned.
    pub fn publish(&self, event: Event) {
        let Self::Local(bus) = self;
        bus.publish(event);
    }

    /// Number of the newest event.
    pub fn newest(&self) -> u64 {
        let Self::Local(bus) = self;
        bus.ring.read().unwrap_or_else(PoisonError::into_inner).newest()
    }

    /// A reader of what happens from now on.
    pub fn subscribe(&self, filter: Filter) -> Subscription {
        let Self::Local(bus) = self;
        let topic = bus.topic(filter);
        Subscription { seen: self.newest(), bus: Arc::clone(bus), topic }
    }

    /// A reader who comes back after the event of that number; `None` if what was missed is not known.
    pub fn resume(&self, filter: Filter, seen: u64) -> Option<Subscription> {
        let Self::Local(bus) = self;
        let subscription = Subscription { seen, bus: Arc::clone(bus), topic: bus.topic(filter) };
        (!matches!(subscription.missed(), Missed::Unknown)).then_some(subscription)
    }

    /// Ends every reader's stream.
    pub fn close(&self) {
        let Self::Local(bus) = self;
        bus.closed.store(true, std::sync::atomic::Ordering::Release);
        let topics = bus.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.by_filter.values().filter_map(Weak::upgrade).for_each(|topic| topic.woken.notify_waiters());
    }
}

impl Local {
    fn publish(&self, event: Event) {
        let series = event.series().map(str::to_owned);
        self.ring.write().unwrap_or_else(PoisonError::into_inner).push(event);
        let concerned = self.topics.lock().unwrap_or_else(PoisonError::into_inner).concerned(series.as_deref());
        for topic in concerned {
            topic.woken.notify_waiters();
        }
    }

    fn topic(&self, filter: Filter) -> Arc<Topic> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).topic(filter)
    }
}

impl Topics {
    fn topic(&mut self, filter: Filter) -> Arc<Topic> {
        if let Some(topic) = self.by_filter.get(&filter).and_then(Weak::upgrade) {
            return topic;
        }
        self.sweep();
        let topic = Arc::new(Topic { filter: filter.clone(), woken: Notify::new() });
        match &filter {
            Filter::All => self.of_all = Arc::downgrade(&topic),
            Filter::Series(ids) => {
                for id in ids.iter() {
                    self.by_series.entry(Arc::clone(id)).or_default().push(Arc::downgrade(&topic));
                }
            }
        }
        self.by_filter.insert(filter, Arc::downgrade(&topic));
        topic
    }

    /// Forgets filters nobody has any more, whenever their number has doubled.
    fn sweep(&mut self) {
        if self.by_filter.len() < self.sweep_at.max(64) {
            return;
        }
        self.by_filter.retain(|_, topic| topic.strong_count() > 0);
        self.by_series.retain(|_, topics| {
            topics.retain(|topic| topic.strong_count() > 0);
            !topics.is_empty()
        });
        self.sweep_at = 2 * self.by_filter.len();
    }

    fn concerned(&self, series: Option<&str>) -> Vec<Arc<Topic>> {
        match series {
            None => self.by_filter.values().filter_map(Weak::upgrade).collect(),
            Some(series) => {
                let of_series = self.by_series.get(series).into_iter().flatten();
                of_series.chain([&self.of_all]).filter_map(Weak::upgrade).collect()
            }
        }
    }
}

impl Subscription {
    /// Waits for what comes next.
    pub async fn next(&mut self) -> Next {
        let topic = Arc::clone(&self.topic);
        loop {
            // Made before the look, so that what happens in between wakes it.
            let woken = topic.woken.notified();
            if let Some(next) = self.look() {
                return next;
            }
            woken.await;
        }
    }

    /// Number of the last event handed out.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    fn look(&mut self) -> Option<Next> {
        match self.missed() {
            Missed::Events(entries) => {
                if let Some(last) = entries.last() {
                    self.seen = last.id;
                    return Some(Next::Events(entries));
                }
                self.bus.closed.load(std::sync::atomic::Ordering::Acquire).then_some(Next::Closed)
            }
            Missed::Unknown => {
                self.seen = self.bus.ring.read().unwrap_or_else(PoisonError::into_inner).newest();
                Some(Next::Lagged(self.seen))
            }
        }
    }

    fn missed(&self) -> Missed {
        self.bus.ring.read().unwrap_or_else(PoisonError::into_inner).since(self.seen, &self.topic.filter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(series: &str) -> Event {
        Event::Freshness { series: Arc::from(series), state: "fresh" }
    }

    fn ids(next: Next) -> Vec<u64> {
        match next {
            Next::Events(entries) => entries.iter().map(|entry| entry.id).collect(),
            other => panic!("events expected, not {other:?}"),
        }
    }

    #[tokio::test]
    async fn a_reader_hears_of_its_series_and_of_no_other() {
        let bus = Bus::local(10);
        let (mut a, mut all) = (bus.subscribe(Filter::series(["a"])), bus.subscribe(Filter::All));
        bus.publish(about("b"));
        bus.publish(about("a"));
        assert_eq!(ids(a.next().await), [12]);
        assert_eq!(ids(all.next().await), [11, 12]);
        assert_eq!(a.seen(), 12);
    }

    #[tokio::test]
    async fn a_waiting_reader_wakes() {
        let bus = Bus::local(0);
        let mut reader = bus.subscribe(Filter::series(["a"]));
        let waiting = tokio::spawn(async move { reader.next().await });
        tokio::task::yield_now().await;
        bus.publish(about("a"));
        assert_eq!(ids(waiting.await.unwrap()), [1]);
    }

    #[tokio::test]
    async fn one_who_comes_back_gets_what_it_missed_and_a_stranger_is_told() {
        let bus = Bus::local(0);
        (0..3).for_each(|_| bus.publish(about("a")));
        assert_eq!(ids(bus.resume(Filter::All, 1).unwrap().next().await), [2, 3]);
        assert!(bus.resume(Filter::All, 4).is_none());
    }

    #[tokio::test]
    async fn one_who_sleeps_too_long_is_told_once() {
        let bus = Bus::local(0);
        let mut reader = bus.subscribe(Filter::series(["a"]));
        (0..=REMEMBERED + 1).for_each(|_| bus.publish(about("a")));
        let newest = bus.newest();
        assert!(matches!(reader.next().await, Next::Lagged(seen) if seen == newest));
        bus.publish(about("a"));
        assert_eq!(ids(reader.next().await), [newest + 1]);
    }

    #[tokio::test]
    async fn closing_ends_every_reader_after_what_it_has_not_seen() {
        let bus = Bus::local(0);
        let (mut a, mut b) = (bus.subscribe(Filter::series(["a"])), bus.subscribe(Filter::series(["b"])));
        bus.publish(about("a"));
        bus.close();
        assert_eq!(ids(a.next().await), [1]);
        assert!(matches!(a.next().await, Next::Closed));
        assert!(matches!(b.next().await, Next::Closed));
    }

    #[test]
    fn filters_nobody_has_are_forgotten() {
        let bus = Bus::local(0);
        for at in 0..10_000 {
            drop(bus.subscribe(Filter::series([format!("s{at}")])));
        }
        let Bus::Local(local) = &bus;
        let topics = local.topics.lock().unwrap();
        assert!(topics.by_filter.len() < 100 && topics.by_series.len() < 100, "{}", topics.by_filter.len());
    }
}
