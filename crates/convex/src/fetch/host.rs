//! What this process knows of each host: whether it fails, how many requests are on their way, whose clock is wrong.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use convex_sources::Failure;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::breaker::Breaker;

/// Requests to one host at a time.
const AT_A_TIME: usize = 4;

/// Hosts that were asked, by name and port.
#[derive(Debug, Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Host>>);

#[derive(Debug)]
struct Host {
    breaker: Breaker,
    turns: Arc<Semaphore>,
    clock_is_wrong: bool,
}

impl Default for Host {
    fn default() -> Self {
        Self { breaker: Breaker::default(), turns: Arc::new(Semaphore::new(AT_A_TIME)), clock_is_wrong: false }
    }
}

impl Hosts {
    /// Whether the host may be asked. If so, the permission must be given an outcome, or it counts as none.
    pub(super) fn admit(&self, host: &str, now: Timestamp) -> Result<Permission<'_>, (Failure, Timestamp)> {
        self.with(host, |host| host.breaker.admit(now))?;
        Ok(Permission { hosts: self, host: host.to_owned(), decided: false })
    }

    /// Whose turn it is.
    pub(super) fn turns(&self, host: &str) -> Arc<Semaphore> {
        self.with(host, |host| Arc::clone(&host.turns))
    }

    /// Notes whether the host's clock differs from ours. Says whether that is news.
    pub(super) fn note_clock(&self, host: &str, wrong: bool) -> bool {
        self.with(host, |host| std::mem::replace(&mut host.clock_is_wrong, wrong) != wrong)
    }

    fn with<T>(&self, name: &str, act: impl FnOnce(&mut Host) -> T) -> T {
        let mut hosts: MutexGuard<'_, _> = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !hosts.contains_key(name) {
            hosts.insert(name.to_owned(), Host::default());
        }
        hosts.get_mut(name).map(act).expect("it was put in just now")
    }
}

/// Leave to ask a host once.
#[derive(Debug)]
pub(super) struct Permission<'a> {
    hosts: &'a Hosts,
    host: String,
    decided: bool,
}

impl Permission<'_> {
    /// A whole answer came.
    pub(super) fn succeeded(mut self) {
        self.decided = true;
        self.hosts.with(&self.host, |host| host.breaker.succeed());
    }

    /// The host failed.
    pub(super) fn failed(mut self, why: &Failure, now: Timestamp) {
        self.decided = true;
        self.hosts.with(&self.host, |host| host.breaker.fail(why, now));
    }
}

impl Drop for Permission<'_> {
    fn drop(&mut self) {
        if !self.decided {
            self.hosts.with(&self.host, |host| host.breaker.give_up());
        }
    }
}
