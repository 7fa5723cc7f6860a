//! One reader's stream, from the greeting to its end.

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::stream::{Stream, unfold};
use tokio::time::timeout;

use super::wire::{frame, greeting};
use crate::live::{Entry, Event, Filter, Live, Next, Place, Subscription};

/// Milliseconds a browser waits before it connects again: from two seconds on, spread over five, so that a restart does
/// not bring all readers at once.
const RETRY: (u64, u64) = (2_000, 5_000);

/// What says that a silent stream is still there.
const STILL_HERE: &[u8] = b": still here\n\n";

pub(super) struct Reader {
    live: Arc<Live>,
    filter: Filter,
    subscription: Subscription,
    keep_alive: Duration,
    first: Option<Bytes>,
    _place: Place,
}

impl Reader {
    /// A reader, who may have seen the event of a number before; zero is a number nothing ever had.
    pub(super) fn new(live: Arc<Live>, filter: Filter, last: Option<u64>, place: Place) -> Self {
        let resumed = last.and_then(|last| live.bus().resume(filter.clone(), last));
        let (name, is_resumed) = match (last, &resumed) {
            (Some(_), None) => ("resync", false),
            (_, Some(_)) => ("hello", true),
            (None, None) => ("hello", false),
        };
        let subscription = resumed.unwrap_or_else(|| live.bus().subscribe(filter.clone()));
        let retry = RETRY.0
            + subscription.seen().wrapping_mul(0x9e37_79b9).wrapping_add(live.readers().count() as u64 * 617) % RETRY.1;
        let hello = greeting(name, &live, &filter, subscription.seen(), is_resumed);
        let first = [format!("retry: {retry}\n").as_bytes(), &hello].concat();
        let keep_alive = live.readers().limits().keep_alive;
        Self { live, filter, subscription, keep_alive, first: Some(first.into()), _place: place }
    }

    /// The stream of what is sent, piece by piece.
    pub(super) fn frames(self) -> impl Stream<Item = Result<Bytes, Infallible>> + Send {
        unfold(self, |mut reader| async move {
            let frames = match reader.first.take() {
                Some(first) => first,
                None => reader.next().await?,
            };
            Some((Ok(frames), reader))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        match timeout(self.keep_alive, self.subscription.next()).await {
            Err(_) => Some(Bytes::from_static(STILL_HERE)),
            Ok(Next::Events(entries)) => Some(together(&entries)),
            Ok(Next::Lagged(seen)) => Some(greeting("resync", &self.live, &self.filter, seen, false)),
            Ok(Next::Closed) => None,
        }
    }
}

/// Several events as one piece; of the values of one series only the last, which is all a slow reader needs.
fn together(entries: &[Arc<Entry>]) -> Bytes {
    if let [entry] = entries {
        return entry.frame(frame);
    }
    let mut newer = HashSet::new();
    let mut kept: Vec<Bytes> = Vec::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        let is_superseded = match &entry.event {
            Event::Quoted(value) => !newer.insert(value.metric.id.as_str()),
            _ => false,
        };
        if !is_superseded {
            kept.push(entry.frame(frame));
        }
    }
    kept.reverse();
    kept.concat().into()
}
