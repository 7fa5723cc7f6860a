//! One conversation, from the greeting to its end.

use std::convert::Infallible;
use std::time::Duration;

use convex_sources::{Failure, Feed, Network, Quote};
use futures_util::{SinkExt, StreamExt};
use jiff::Timestamp;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::Message;

use super::connect::{Socket, connect, failure_of};
use crate::config::BaseUrl;

/// What a keeper hears of a conversation.
pub(super) enum Signal {
    /// Connected and greeted.
    Connected,
    /// A message was understood; these were in it, perhaps none.
    Heard(Vec<Quote>),
}

/// Connects, greets, and listens until something ends it. That is always a failure: a provider has no last word.
pub(super) async fn converse(
    feed: &mut dyn Feed,
    base: Option<&BaseUrl>,
    now: &(dyn Fn() -> Timestamp + Sync),
    on: &mut (dyn FnMut(Signal) + Send),
) -> Failure {
    match conversation(feed, base, now, on).await {
        Ok(never) => match never {},
        Err(failure) => failure,
    }
}

async fn conversation(
    feed: &mut dyn Feed,
    base: Option<&BaseUrl>,
    now: &(dyn Fn() -> Timestamp + Sync),
    on: &mut (dyn FnMut(Signal) + Send),
) -> Result<Infallible, Failure> {
    let mut socket = connect(feed.url(), base).await?;
    for message in feed.hello() {
        say(&mut socket, message, feed.patience()).await?;
    }
    on(Signal::Connected);
    let mut silent_at = Instant::now() + feed.patience();
    loop {
        // Pings are answered while reading, but they are no news: a provider that only pings is silent.
        let next = timeout_at(silent_at, socket.next()).await.map_err(|_| Failure::Network(Network::TimedOut))?;
        let message = next.ok_or(Failure::Network(Network::CutOff))?.map_err(|error| failure_of(&error))?;
        let text = match &message {
            Message::Text(text) => text.as_str(),
            Message::Binary(bytes) => {
                std::str::from_utf8(bytes).map_err(|_| Failure::malformed("a binary message that is not text"))?
            }
            Message::Close(_) => return Err(Failure::Network(Network::CutOff)),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => continue,
        };
        let heard = feed.read(text, now())?;
        silent_at = Instant::now() + feed.patience();
        on(Signal::Heard(heard.quotes));
        if let Some(reply) = heard.reply {
            say(&mut socket, reply, feed.patience()).await?;
        }
    }
}

async fn say(socket: &mut Socket, message: String, patience: Duration) -> Result<(), Failure> {
    match timeout(patience, socket.send(Message::text(message))).await {
        Ok(sent) => sent.map_err(|error| failure_of(&error)),
        Err(_) => Err(Failure::Network(Network::TimedOut)),
    }
}
