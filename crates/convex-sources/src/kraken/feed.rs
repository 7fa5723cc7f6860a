//! The stream of trades, version 2 of the socket; the frames of version 1 are read too.

use std::time::Duration;

use convex_core::catalog::Provider;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{old_feed, pair::on_socket};
use crate::failure::beginning;
use crate::read::body::says;
use crate::read::days::moment;
use crate::read::json::json as read_json;
use crate::read::numbers::Number;
use crate::{Failure, Feed, Heard, Quote};

/// One connection's conversation.
#[derive(Debug)]
pub(crate) struct Conversation {
    /// The name on the socket and the one it was asked by.
    pairs: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Message {
    channel: Option<String>,
    error: Option<String>,
    #[serde(default)]
    data: Value,
}

#[derive(Deserialize)]
struct Ticker {
    symbol: String,
    #[serde(default)]
    last: Number,
    timestamp: Option<String>,
}

impl Conversation {
    /// A conversation about some pairs.
    pub(crate) fn about(symbols: &[&str]) -> Self {
        let pairs = symbols.iter().filter_map(|&symbol| Some((on_socket(symbol)?, symbol.to_owned())));
        Self { pairs: pairs.collect() }
    }

    fn asked(&self, on_the_socket: &str) -> Option<&str> {
        let name = on_socket(on_the_socket)?;
        self.pairs.iter().find(|(pair, _)| *pair == name).map(|(_, symbol)| symbol.as_str())
    }

    fn quotes(&self, data: Value, at: Timestamp) -> Result<Vec<Quote>, Failure> {
        let tickers: Vec<Ticker> =
            serde_json::from_value(data).map_err(|error| Failure::malformed(format!("ticker: {error}")))?;
        let quote = |ticker: Ticker| {
            let at = ticker.timestamp.and_then(|text| moment(&text, &TimeZone::UTC)).unwrap_or(at);
            let symbol = self.asked(&ticker.symbol)?.to_owned();
            Some(Quote { symbol, value: ticker.last.0?, at, delayed_minutes: 0 })
        };
        Ok(tickers.into_iter().filter_map(quote).collect())
    }
}

impl Feed for Conversation {
    fn provider(&self) -> Provider {
        Provider::Kraken
    }

    fn url(&self) -> &'static str {
        "wss://ws.kraken.com/v2"
    }

    fn hello(&self) -> Vec<String> {
        let pairs: Vec<&str> = self.pairs.iter().map(|(pair, _)| pair.as_str()).collect();
        vec![json!({"method": "subscribe", "params": {"channel": "ticker", "symbol": pairs}}).to_string()]
    }

    fn read(&mut self, message: &str, at: Timestamp) -> Result<Heard, Failure> {
        let body: Value = read_json(message)?;
        if body.is_array() || body["event"].is_string() {
            let Some((pair, trade)) = old_feed::read(&body)? else { return Ok(Heard::default()) };
            let quote = self.asked(pair).map(|symbol| Quote {
                symbol: symbol.to_owned(),
                value: trade.price,
                at: trade.at.unwrap_or(at),
                delayed_minutes: 0,
            });
            return Ok(Heard { quotes: quote.into_iter().collect(), reply: None });
        }
        let message: Message =
            serde_json::from_value(body).map_err(|error| Failure::malformed(format!("a message: {error}")))?;
        if let Some(error) = message.error {
            return Err(refusal(&error));
        }
        match message.channel.as_deref() {
            Some("ticker") => Ok(Heard { quotes: self.quotes(message.data, at)?, reply: None }),
            Some("status") => match message.data[0]["system"].as_str() {
                Some(system @ ("maintenance" | "reconnecting")) => {
                    Err(Failure::Unavailable { detail: system.to_owned() })
                }
                _ => Ok(Heard::default()),
            },
            _ => Ok(Heard::default()),
        }
    }

    /// A heartbeat comes every second in which nothing else does.
    fn patience(&self) -> Duration {
        Duration::from_secs(15)
    }
}

/// The class of a refusal in words.
pub(super) fn refusal(words: &str) -> Failure {
    let detail = beginning(words.as_bytes());
    match words {
        _ if says(words, &["rate limit", "too many"]) => Failure::RateLimited { after: None },
        _ if says(words, &["not supported", "unknown asset", "unknown pair"]) => Failure::UnknownSymbol { detail },
        _ if says(words, &["unavailable", "internal error", "maintenance"]) => Failure::Unavailable { detail },
        _ => Failure::BadRequest { detail },
    }
}
