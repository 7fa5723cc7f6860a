//! Time that passes only by waiting.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::Notify;

/// Simulated time. Tasks that wait are woken in the order of their instants; nobody waits for real.
#[derive(Debug)]
pub struct Simulation {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    now: Timestamp,
    /// Who waits: until when, and a number to tell them apart.
    waiting: BTreeSet<(Timestamp, u64)>,
    numbers: u64,
    busy: usize,
}

/// Simulated time stands still while this is held.
#[derive(Debug)]
pub struct Busy {
    simulation: &'static Simulation,
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.simulation.state().busy -= 1;
        self.simulation.changed.notify_waiters();
    }
}

/// Tasks that were just woken get so many turns to wait again before time moves on.
const TURNS: usize = 8;

impl Simulation {
    pub(super) fn new(start: Timestamp) -> Self {
        let state = State { now: start, waiting: BTreeSet::new(), numbers: 0, busy: 0 };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.state().now
    }

    pub(super) fn busy(&'static self) -> Busy {
        self.state().busy += 1;
        Busy { simulation: self }
    }

    pub(super) async fn sleep_until(&self, instant: Timestamp) {
        let waiter = self.waiter(instant);
        loop {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            let changed = self.changed.notified();
            {
                let mut state = self.state();
                if state.busy == 0 && state.waiting.first() == Some(&waiter.place) {
                    state.now = state.now.max(instant);
                }
                if state.now >= instant {
                    return;
                }
            }
            changed.await;
        }
    }

    fn waiter(&self, instant: Timestamp) -> Waiter<'_> {
        let mut state = self.state();
        state.numbers += 1;
        let place = (instant, state.numbers);
        state.waiting.insert(place);
        Waiter { simulation: self, place }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who waits; gone from the list when dropped, so that a wait given up holds nobody back.
struct Waiter<'a> {
    simulation: &'a Simulation,
    place: (Timestamp, u64),
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.simulation.state().waiting.remove(&self.place);
        self.simulation.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::clock::Clock;

    fn start() -> Timestamp {
        "2026-01-01T00:00:00Z".parse().unwrap()
    }

    #[tokio::test]
    async fn a_year_passes_in_no_time_and_in_order() {
        let clock = Clock::simulated(start());
        let heard: Arc<Mutex<Vec<(u64, i64)>>> = Arc::default();
        let tasks = [7_u64, 24, 24 * 365].map(|hours| {
            let heard = Arc::clone(&heard);
            tokio::spawn(async move {
                while clock.now() < start() + Duration::from_hours(24 * 365) {
                    clock.sleep(Duration::from_hours(hours)).await;
                    heard.lock().unwrap().push((hours, clock.now().as_second()));
                }
            })
        });
        for task in tasks {
            task.await.unwrap();
        }
        let heard = heard.lock().unwrap();
        assert!(heard.windows(2).all(|pair| pair[0].1 <= pair[1].1), "time goes forward");
        for (hours, times) in [(7, 1252), (24, 365), (24 * 365, 1)] {
            assert_eq!(heard.iter().filter(|(at, _)| *at == hours).count(), times, "{hours}");
        }
    }

    #[tokio::test]
    async fn a_wait_given_up_holds_nobody_back() {
        let clock = Clock::simulated(start());
        tokio::select! {
            () = clock.sleep(Duration::from_secs(9)) => panic!("the shorter wait ends first"),
            () = clock.sleep(Duration::from_secs(5)) => {}
        }
        clock.sleep(Duration::from_secs(1)).await;
        assert_eq!(clock.now(), start() + Duration::from_secs(6));
    }

    #[tokio::test]
    async fn time_stands_still_while_somebody_is_at_work() {
        let clock = Clock::simulated(start());
        let busy = clock.busy();
        let sleeper = tokio::spawn(async move { clock.sleep(Duration::from_secs(1)).await });
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert_eq!(clock.now(), start());
        drop(busy);
        sleeper.await.unwrap();
        assert_eq!(clock.now(), start() + Duration::from_secs(1));
    }
}
