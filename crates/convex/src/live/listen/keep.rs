//! Keeps one provider's conversation going for as long as it is needed.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use convex_sources::Failure;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::converse::{Signal, converse};
use super::rest::chance;
use super::{MakeFeed, Rest, Speaker, Standing};
use crate::live::Live;

/// A conversation that lasted this long was a good one: the next failure is the first again.
const GOOD: Duration = Duration::from_mins(1);

/// What a keeper works with.
pub(super) struct Keeper {
    pub(super) live: Arc<Live>,
    pub(super) speaker: Speaker,
    pub(super) symbols: Vec<String>,
    pub(super) make: MakeFeed,
    pub(super) rest: Rest,
    /// Place in the order of providers.
    pub(super) place: usize,
    /// Who of the providers is down, shared by their keepers.
    pub(super) down: watch::Sender<Vec<bool>>,
}

impl Keeper {
    /// Works until told to stop.
    pub(super) async fn run(self, stop: CancellationToken) {
        // A conversation with its buffers is too large to lie on a stack.
        stop.run_until_cancelled(Box::pin(self.keep())).await;
    }

    async fn keep(&self) -> Infallible {
        let provider = self.speaker.provider;
        let (mut tries, mut silent_tries) = (0u32, 0u32);
        let mut needed = self.down.subscribe();
        loop {
            // The sender lives as long as this keeper, so waiting cannot fail.
            let _ = needed.wait_for(|down| self.is_needed(down)).await;
            let (started, mut heard) = (Instant::now(), false);
            let failure = tokio::select! {
                failure = self.once(&mut heard) => failure,
                _ = needed.wait_for(|down| !self.is_needed(down)) => {
                    self.live.ledger().stands(provider, Standing::Standby, self.live.now());
                    (tries, silent_tries) = (0, 0);
                    continue;
                }
            };
            tries = if started.elapsed() >= GOOD { 1 } else { tries.saturating_add(1) };
            silent_tries = if heard { 1 } else { silent_tries.saturating_add(1) };
            self.live.ledger().failed(provider, &failure, self.live.now());
            let pause = self.rest.pause(tries, &failure, chance());
            log(&failure, provider.key(), tries, pause);
            if self.rest.gives_way(silent_tries, &failure) {
                self.is_down(true);
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// One conversation, to its end.
    async fn once(&self, heard: &mut bool) -> Failure {
        let provider = self.speaker.provider;
        let symbols: Vec<&str> = self.symbols.iter().map(String::as_str).collect();
        let Some(mut feed) = (self.make)(provider, &symbols) else { return Failure::NotServed };
        self.live.ledger().stands(provider, Standing::Connecting, self.live.now());
        let mut on = |signal: Signal| match signal {
            Signal::Connected => self.live.ledger().stands(provider, Standing::Listening, self.live.now()),
            Signal::Heard(quotes) => {
                self.live.ledger().heard(provider, quotes.len(), self.live.now());
                if quotes.is_empty() {
                    return;
                }
                if !*heard {
                    *heard = true;
                    self.is_down(false);
                }
                for quote in &quotes {
                    self.live.quote(provider, quote);
                }
            }
        };
        converse(feed.as_mut(), self.speaker.base.as_ref(), &|| self.live.now(), &mut on).await
    }

    /// Whether all providers that come first are down.
    fn is_needed(&self, down: &[bool]) -> bool {
        down.iter().take(self.place).all(|is_down| *is_down)
    }

    fn is_down(&self, is_down: bool) {
        self.live.falls_silent(self.speaker.provider, is_down);
        self.down.send_if_modified(|all| match all.get_mut(self.place) {
            Some(known) if *known != is_down => {
                *known = is_down;
                true
            }
            _ => false,
        });
    }
}

/// The first failure in a row is worth a line; the others are counted.
fn log(failure: &Failure, provider: &'static str, tries: u32, pause: Duration) {
    if tries == 1 {
        tracing::warn!(provider, %failure, ?pause, "a live connection ended; it is made again");
    } else {
        tracing::debug!(provider, %failure, ?pause, tries, "a live connection failed again");
    }
}
