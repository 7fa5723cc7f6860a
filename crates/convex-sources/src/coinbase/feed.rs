//! The stream of trades: the channels `ticker` and `heartbeats` of one socket.

use std::time::Duration;

use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::json;

use super::refusal::refusal;
use crate::read::days::moment;
use crate::read::json::json as read_json;
use crate::read::numbers::Number;
use crate::{Failure, Feed, Heard, Quote};

/// One connection's conversation.
#[derive(Debug)]
pub(crate) struct Conversation {
    products: Vec<String>,
    expected: Option<u64>,
    broken: Option<Failure>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(rename = "message")]
    words: Option<String>,
    channel: Option<String>,
    timestamp: Option<String>,
    sequence_num: Option<u64>,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    tickers: Vec<Ticker>,
}

#[derive(Deserialize)]
struct Ticker {
    product_id: String,
    #[serde(default)]
    price: Number,
}

impl Conversation {
    /// A conversation about some products.
    pub(crate) fn about(products: &[&str]) -> Self {
        let products = products.iter().map(|&product| product.to_owned()).collect();
        Self { products, expected: None, broken: None }
    }

    /// Every message of a connection has the next number. After a gap something was lost; what the message itself says is
    /// still true, so it is heard and the conversation ends with the next.
    fn count(&mut self, number: u64) {
        if let Some(expected) = self.expected.filter(|&expected| expected != number) {
            let detail = format!("message {expected} was due and {number} came");
            self.broken = Some(Failure::Unavailable { detail });
        }
        self.expected = number.checked_add(1);
    }
}

impl Feed for Conversation {
    fn provider(&self) -> Provider {
        Provider::Coinbase
    }

    fn url(&self) -> &'static str {
        "wss://advanced-trade-ws.coinbase.com"
    }

    /// Heartbeats keep a quiet connection open and tell a dead one from a quiet one.
    fn hello(&self) -> Vec<String> {
        ["heartbeats", "ticker"]
            .iter()
            .map(|channel| json!({"type": "subscribe", "product_ids": self.products, "channel": channel}).to_string())
            .collect()
    }

    fn read(&mut self, message: &str, at: Timestamp) -> Result<Heard, Failure> {
        if let Some(failure) = self.broken.take() {
            return Err(failure);
        }
        let message: Message = read_json(message)?;
        if message.kind.as_deref() == Some("error") {
            return Err(refusal(&message.words.unwrap_or_default(), None, &self.products.join(", ")));
        }
        if let Some(number) = message.sequence_num {
            self.count(number);
        }
        let mut heard = Heard::default();
        if message.channel.as_deref() == Some("ticker") {
            let at = message.timestamp.and_then(|text| moment(&text, &TimeZone::UTC)).unwrap_or(at);
            for ticker in message.events.into_iter().flat_map(|event| event.tickers) {
                let (Some(value), true) = (ticker.price.0, self.products.contains(&ticker.product_id)) else {
                    continue;
                };
                heard.quotes.push(Quote { symbol: ticker.product_id, value, at, delayed_minutes: 0 });
            }
        }
        Ok(heard)
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(15)
    }
}
