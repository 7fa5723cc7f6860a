//! The one who asks.

use convex_core::catalog::Provider;
use convex_sources::{Access, Failure, Request, Source};
use convex_store::{Archived, PayloadId, Store, StoreError};

use super::answer::{Answer, FetchError, Fetched, Stop};
use super::asking::Asking;
use super::backoff::{self, Jitter};
use super::client::Clients;
use super::host::Hosts;
use super::record::{self, Ended};
use crate::clock::Clock;
use crate::config::{Door, Doors};

/// Asks providers. One serves a whole process; requests may run side by side.
#[derive(Debug)]
pub struct Fetcher {
    pub(super) store: Store,
    pub(super) doors: Doors,
    pub(super) clock: Clock,
    pub(super) jitter: Jitter,
    pub(super) clients: Clients,
    pub(super) hosts: Hosts,
}

impl Fetcher {
    /// A fetcher that counts, archives and records in a database.
    ///
    /// # Errors
    /// If secure connections cannot be set up on this machine.
    pub fn new(store: Store, doors: Doors, clock: Clock, jitter: Jitter) -> anyhow::Result<Self> {
        // The client's own error could say more only about addresses, and there are none yet.
        let clients = Clients::new().map_err(|error| anyhow::anyhow!("cannot set up secure connections: {error}"))?;
        Ok(Self { store, doors, clock, jitter, clients, hosts: Hosts::default() })
    }

    /// How a provider may be asked.
    pub fn door(&self, provider: Provider) -> Door {
        self.doors.of(provider)
    }

    /// What a request to a provider may rely on.
    pub fn access(&self, provider: Provider) -> Access {
        self.door(provider).access()
    }

    /// The clock it goes by.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Sends a request if it may be sent, waits where waiting is short, tries again where that helps, reads the answer
    /// and archives it. Records how it went.
    ///
    /// # Errors
    /// The provider's failure, or the database's.
    pub async fn fetch(&self, source: &'static dyn Source, request: &Request) -> Result<Answer, FetchError> {
        let provider = source.provider();
        if !self.door(provider).enabled() {
            return Err(Failure::NotServed.into());
        }
        let (result, outcomes) = match Asking::new(self, source, request).await {
            Ok(asking) => {
                let result = self.ask(&asking).await;
                (result, asking.outcomes())
            }
            Err(stop) => (Err(stop), Vec::new()),
        };
        let now = self.clock.now();
        let ended = Ended { provider, request, at: now, outcomes: &outcomes };
        match result {
            Ok(answer) => {
                ended.record(&self.store, None).await?;
                Ok(answer)
            }
            Err(Stop::Store(error)) => Err(error.into()),
            Err(Stop::Failed { failure, until }) => {
                let until = until.or_else(|| record::not_before(&failure, now));
                ended.record(&self.store, Some((&failure, until))).await?;
                Err(failure.into())
            }
        }
    }

    /// An archived answer; `None` if there is none of that number.
    ///
    /// # Errors
    /// The database's.
    pub async fn archived(&self, payload: PayloadId) -> Result<Option<Archived>, StoreError> {
        self.store.archived(payload).await
    }

    /// Says that an answer has been taken in: the next request for the same asks only for what is newer. Without this
    /// the whole is fetched again, so that nothing is lost if the process ends in between.
    pub async fn confirm(&self, fetched: &Fetched) -> Result<(), StoreError> {
        let Some(validator) = &fetched.validator else { return Ok(()) };
        self.store.remember_validator(fetched.provider, &fetched.url, validator, fetched.received).await
    }

    async fn ask(&self, asking: &Asking<'_>) -> Result<Answer, Stop> {
        for tries in 1.. {
            let failure = match asking.once().await {
                Ok(answer) => return Ok(answer),
                Err(Stop::Failed { failure, until: None }) => failure,
                Err(stop) => return Err(stop),
            };
            let Some(wait) = backoff::wait(&failure, tries, &self.jitter) else {
                let until = record::pause(&self.store, asking.provider(), &failure, self.clock.now()).await?;
                return Err(Stop::Failed { failure, until });
            };
            self.clock.sleep(wait).await;
        }
        unreachable!("tries end before numbers do")
    }
}
