//! The last events, numbered, and what a reader has missed of them.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::{Entry, Event};

/// Which events a reader wants.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// All.
    All,
    /// Those about some series, and those about all; sorted, each once.
    Series(Arc<[Arc<str>]>),
}

impl Filter {
    /// Events about these series.
    pub fn series<S: AsRef<str>>(ids: impl IntoIterator<Item = S>) -> Self {
        let mut ids: Vec<Arc<str>> = ids.into_iter().map(|id| Arc::from(id.as_ref())).collect();
        ids.sort_unstable();
        ids.dedup();
        Self::Series(ids.into())
    }

    /// Whether it lets an event through that is about `series`, or about all.
    pub fn wants(&self, series: Option<&str>) -> bool {
        match (self, series) {
            (Self::All, _) | (_, None) => true,
            (Self::Series(ids), Some(series)) => ids.binary_search_by(|id| id.as_ref().cmp(series)).is_ok(),
        }
    }
}

/// A bounded memory of events.
#[derive(Debug)]
pub(super) struct Ring {
    entries: VecDeque<Arc<Entry>>,
    capacity: usize,
    /// The number before that of the first event there ever was.
    base: u64,
    newest: u64,
    /// The last event forgotten of each series, and of all series together: what a reader of that series needs to have seen.
    forgotten: HashMap<Arc<str>, u64>,
    forgotten_of_all: u64,
    forgotten_of_any: u64,
}

/// What lies between a reader's last event and now.
#[derive(Debug)]
pub(super) enum Missed {
    /// These events, perhaps none.
    Events(Vec<Arc<Entry>>),
    /// More than is remembered, or the reader's last event is not one of ours.
    Unknown,
}

impl Ring {
    /// Remembers so many events; the first will have the number after `base`.
    pub(super) fn new(base: u64, capacity: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            capacity,
            base,
            newest: base,
            forgotten: HashMap::new(),
            forgotten_of_all: base,
            forgotten_of_any: base,
        }
    }

    /// Number of the newest event.
    pub(super) fn newest(&self) -> u64 {
        self.newest
    }

    pub(super) fn push(&mut self, event: Event) {
        if self.entries.len() == self.capacity
            && let Some(oldest) = self.entries.pop_front()
        {
            self.forget(&oldest);
        }
        self.newest += 1;
        self.entries.push_back(Arc::new(Entry::new(self.newest, event)));
    }

    fn forget(&mut self, entry: &Entry) {
        self.forgotten_of_any = entry.id;
        match entry.event.series() {
            None => self.forgotten_of_all = entry.id,
            Some(series) => match self.forgotten.get_mut(series) {
                Some(id) => *id = entry.id,
                None => drop(self.forgotten.insert(Arc::from(series), entry.id)),
            },
        }
    }

    /// What a reader has missed since the event of that number.
    pub(super) fn since(&self, seen: u64, filter: &Filter) -> Missed {
        if seen < self.base || seen > self.newest || seen < self.last_forgotten(filter) {
            return Missed::Unknown;
        }
        // Numbers have no gaps, so the place follows from the number.
        let unseen = (self.newest - seen).min(self.entries.len() as u64) as usize;
        let recent = self.entries.range(self.entries.len() - unseen..);
        Missed::Events(recent.filter(|entry| filter.wants(entry.event.series())).cloned().collect())
    }

    fn last_forgotten(&self, filter: &Filter) -> u64 {
        match filter {
            Filter::All => self.forgotten_of_any,
            Filter::Series(ids) => {
                let of_series = ids.iter().filter_map(|id| self.forgotten.get(id)).max();
                of_series.copied().unwrap_or(self.base).max(self.forgotten_of_all)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(series: &str) -> Event {
        Event::Freshness { series: Arc::from(series), state: "fresh" }
    }

    /// A ring of three after events about these series, numbered from 101.
    fn ring(series: &[&str]) -> Ring {
        let mut ring = Ring::new(100, 3);
        for series in series {
            ring.push(about(series));
        }
        ring
    }

    #[test]
    fn a_reader_gets_what_it_missed_or_is_told_that_it_cannot() {
        let check = |ring: &Ring, seen: u64, filter: &Filter, expected: Option<&[u64]>| {
            let found = match ring.since(seen, filter) {
                Missed::Events(entries) => Some(entries.iter().map(|entry| entry.id).collect::<Vec<_>>()),
                Missed::Unknown => None,
            };
            assert_eq!(found.as_deref(), expected, "since {seen} of {filter:?}");
        };
        let (all, a, b) = (Filter::All, Filter::series(["a"]), Filter::series(["b", "b"]));
        let young = ring(&["a", "b"]);
        check(&young, 100, &all, Some(&[101, 102]));
        check(&young, 101, &a, Some(&[]));
        check(&young, 102, &all, Some(&[]));
        check(&young, 99, &all, None);
        check(&young, 103, &a, None);

        let full = ring(&["a", "b", "b", "b", "b"]);
        check(&full, 102, &all, Some(&[103, 104, 105]));
        check(&full, 101, &all, None);
        // Nothing of a was lost since 101, though others were.
        check(&full, 101, &a, Some(&[]));
        check(&full, 100, &a, None);
        check(&full, 101, &b, None);
    }

    #[test]
    fn what_concerns_everyone_reaches_every_filter() {
        let mut ring = Ring::new(0, 2);
        ring.push(Event::MarketChanged { sample: false });
        assert!(matches!(ring.since(0, &Filter::series(["a"])), Missed::Events(entries) if entries.len() == 1));
        ring.push(about("b"));
        ring.push(about("b"));
        assert!(matches!(ring.since(0, &Filter::series(["a"])), Missed::Unknown));
        assert!(matches!(ring.since(1, &Filter::series(["a"])), Missed::Events(entries) if entries.is_empty()));
    }
}
