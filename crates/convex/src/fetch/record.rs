//! Writing down what came and how the asking went; logged once when something changes, not each time it goes on.

use std::time::Duration;

use convex_core::catalog::Provider;
use convex_sources::{Failure, Request, Retry, Window};
use convex_store::{Attempt, Failed, NewPayload, Pause, PayloadId, StateChange, Store, StoreError};
use jiff::Timestamp;

use super::address::Target;
use super::exchange::Reply;
use super::quota::end;
use crate::clock::after;

/// Of a failure that says nothing about the series, so much is kept.
const KEPT_OF_FAILURE: usize = 64 << 10;

/// Archives an answer; `None` if there is nothing to keep.
pub(super) async fn archive(
    store: &Store,
    provider: Provider,
    request: &Request,
    target: &Target,
    reply: &Reply,
    failure: Option<&Failure>,
) -> Result<Option<PayloadId>, StoreError> {
    if reply.body.is_empty() && failure.is_some() {
        return Ok(None);
    }
    // A body of status 200 is kept whole even if it could not be read: a better parser may.
    let kept = if reply.status == 200 { reply.body.len() } else { reply.body.len().min(KEPT_OF_FAILURE) };
    let payload = NewPayload {
        provider: provider.key(),
        purpose: request.purpose.key(),
        since: request.purpose.since(),
        symbols: &request.symbols,
        method: match request.method {
            convex_sources::Method::Get => "GET",
            convex_sources::Method::Post => "POST",
        },
        url: &request.url,
        via: target.via.as_deref(),
        request_body: request.body.as_ref().map(|body| body.text.as_str()),
        fetched_at: reply.received,
        status: reply.status,
        content_type: reply.content_type.as_deref(),
        failure: failure.map(Failure::class),
        body: &reply.body[..kept],
    };
    store.archive(&payload).await.map(Some)
}

/// An asking that has ended, after its retries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ended<'a> {
    pub(super) provider: Provider,
    pub(super) request: &'a Request,
    pub(super) at: Timestamp,
    /// Classes of the requests that were sent.
    pub(super) outcomes: &'a [&'a str],
}

impl Ended<'_> {
    /// Records how it ended, and tells the log what changed by it.
    pub(super) async fn record(
        &self,
        store: &Store,
        failure: Option<(&Failure, Option<Timestamp>)>,
    ) -> Result<(), StoreError> {
        let words = failure.map(|(failure, _)| failure.to_string()).unwrap_or_default();
        let failed = failure.map(|(failure, not_before)| Failed { class: failure.class(), words: &words, not_before });
        let attempt = Attempt {
            provider: self.provider.key(),
            symbols: &self.request.symbols,
            purpose: self.request.purpose.key(),
            at: self.at,
            outcomes: self.outcomes,
            failure: failed,
        };
        let name = self.provider.name();
        for change in store.record_attempt(&attempt).await? {
            match change {
                StateChange::Fails => {
                    let symbols = shown(&self.request.symbols);
                    tracing::warn!(provider = self.provider.key(), %symbols, "{name}: {words}");
                }
                StateChange::Works { class, since, failures } => {
                    tracing::info!(provider = self.provider.key(), failures, "{name}: {class} is over, since {since}");
                }
            }
        }
        Ok(())
    }
}

/// Leaves a provider alone if that is what its answer calls for. Returns when asking for the same again may help.
pub(super) async fn pause(
    store: &Store,
    provider: Provider,
    failure: &Failure,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let failures = match failure {
        Failure::RateLimited { .. } | Failure::QuotaSpent { .. } => {
            store.pause_of(provider.key()).await?.map_or(0, |pause| pause.failures) + 1
        }
        _ => return Ok(None),
    };
    let until = match failure.retry() {
        // Without a word from the provider each pause is twice as long as the one before.
        Retry::After(length) if matches!(failure, Failure::RateLimited { after: None }) => {
            after(now, (length * 2_u32.pow((failures - 1).min(6))).min(Duration::from_hours(1)))
        }
        Retry::After(length) => after(now, length),
        // A month that is used up by the provider's word is looked at again the next day.
        Retry::NextWindow(window) => end(window.min(Window::Day), now),
        _ => return Ok(None),
    };
    let pause = Pause {
        provider: provider.key().to_owned(),
        until,
        class: failure.class().to_owned(),
        words: failure.to_string(),
        failures,
    };
    store.pause(&pause).await?;
    Ok(Some(until))
}

/// When asking again may help, by the failure alone.
pub(super) fn not_before(failure: &Failure, now: Timestamp) -> Option<Timestamp> {
    match failure.retry() {
        Retry::After(length) => Some(after(now, length)),
        Retry::NextWindow(window) => Some(end(window, now)),
        Retry::Soon | Retry::Regular | Retry::Never => None,
    }
}

fn shown(symbols: &[String]) -> String {
    match symbols {
        [] => String::new(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
