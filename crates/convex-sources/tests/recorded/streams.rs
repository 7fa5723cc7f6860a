//! Recorded sockets, played to our conversations.

use std::path::Path;

use convex_core::catalog::Provider;
use convex_sources::{Failure, Feed, Quote, registry};
use jiff::Timestamp;
use serde_json::Value;

/// Messages of a recording with the moments they came; `None` if it is not there.
fn messages(file: &str) -> Option<Vec<(Timestamp, String)>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/providers").join(file);
    let Ok(lines) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there", file.display());
        return None;
    };
    let frames = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let received = frames.filter(|frame| frame["t"] == "recv").map(|frame| {
        let at = Timestamp::from_millisecond((frame["ts"].as_f64().unwrap() * 1e3) as i64).unwrap();
        (at, frame["data"].as_str().unwrap().to_owned())
    });
    Some(received.collect())
}

fn renumbered(message: &str, number: usize) -> String {
    let mut message: Value = serde_json::from_str(message).unwrap();
    if message["sequence_num"].is_number() {
        message["sequence_num"] = number.into();
    }
    message.to_string()
}

#[test]
fn coinbase_as_recorded_ends_at_the_frames_left_out() {
    let Some(messages) = messages("coinbase/coinbase_ws_COINBASE.ws.2.jsonl") else { return };
    let mut feed = registry::feed(Provider::Coinbase, &["BTC-USD", "ETH-USD"]).unwrap();
    let mut quotes = Vec::new();
    let end = messages.iter().enumerate().find_map(|(i, (at, message))| match feed.read(message, *at) {
        Ok(heard) => {
            quotes.extend(heard.quotes);
            None
        }
        Err(failure) => Some((i, failure)),
    });
    let (number, failure) = end.unwrap();
    // The thirteenth frame (number 12) is followed by number 14, which is still heard.
    assert_eq!(number, 14, "{failure}");
    assert_eq!(failure, Failure::Unavailable { detail: "message 13 was due and 14 came".to_owned() });
    let expected: Vec<Quote> = messages[..14].iter().flat_map(|(_, message)| tickers(message)).collect();
    assert!(expected.len() >= 2);
    assert_eq!(quotes, expected);
}

/// The prices in a message of the channel, read without our conversation.
fn tickers(message: &str) -> Vec<Quote> {
    let message: Value = serde_json::from_str(message).unwrap();
    if message["channel"] != "ticker" {
        return Vec::new();
    }
    let at: Timestamp = message["timestamp"].as_str().unwrap().parse().unwrap();
    let tickers = message["events"].as_array().unwrap().iter().flat_map(|event| event["tickers"].as_array().unwrap());
    let quote = |ticker: &Value| Quote {
        symbol: ticker["product_id"].as_str().unwrap().to_owned(),
        value: ticker["price"].as_str().unwrap().parse().unwrap(),
        at,
        delayed_minutes: 0,
    };
    tickers.map(quote).collect()
}

#[test]
fn coinbase_without_gaps_is_heard_to_the_end() {
    let Some(messages) = messages("coinbase/coinbase_ws_COINBASE.ws.2.jsonl") else { return };
    let play = |products: &[&str]| {
        let mut feed = registry::feed(Provider::Coinbase, products).unwrap();
        let heard =
            messages.iter().enumerate().map(|(i, (at, message))| feed.read(&renumbered(message, i), *at).unwrap());
        heard.flat_map(|heard| heard.quotes).collect::<Vec<_>>()
    };
    let quotes = play(&["BTC-USD", "ETH-USD"]);
    let expected: Vec<Quote> = messages.iter().flat_map(|(_, message)| tickers(message)).collect();
    assert_eq!(quotes.len(), 25, "a price in each message about prices");
    assert_eq!(quotes, expected);
    let bitcoin: Vec<Quote> = expected.into_iter().filter(|quote| quote.symbol == "BTC-USD").collect();
    assert_eq!(play(&["BTC-USD"]), bitcoin);
    assert!(play(&["DOGE-USD"]).is_empty());
}

#[test]
fn kraken_of_the_first_version() {
    let play = |file: &str, pairs: &[&str]| -> Option<Vec<(f64, Timestamp)>> {
        let messages = messages(file)?;
        let mut feed = registry::feed(Provider::Kraken, pairs).unwrap();
        let mut read = |(at, message): &(Timestamp, String)| feed.read(message, *at).unwrap().quotes;
        Some(messages.iter().flat_map(&mut read).map(|quote| (quote.value, quote.at)).collect())
    };
    let trades = "kraken/kraken_ws_KRAKEN.ws.48.jsonl";
    let Some(monero) = play(trades, &["XMRUSD"]) else { return };
    let frames = messages(trades).unwrap();
    let frames = frames.iter().map(|(_, message)| serde_json::from_str::<Value>(message).unwrap());
    let expected: Vec<(f64, String)> = frames
        .filter(|frame| frame[3] == "XMR/USD")
        // Of several trades in a frame the last one counts.
        .map(|frame| frame[1].as_array().unwrap().last().unwrap().clone())
        .map(|trade| (trade[0].as_str().unwrap().parse().unwrap(), trade[2].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(monero.len(), 3);
    for ((value, at), (price, seconds)) in monero.iter().zip(&expected) {
        assert_eq!(value.to_bits(), price.to_bits());
        let (whole, parts) = seconds.split_once('.').unwrap();
        assert_eq!(at.as_second().to_string(), whole);
        assert_eq!(format!("{:06}", at.subsec_nanosecond() / 1000), parts);
    }
    assert_eq!(play(trades, &["XBTUSD"]), Some(Vec::new()));
    // Books of orders have no price in them that was paid.
    assert_eq!(play("kraken/kraken_ws_KRAKEN.ws.50.jsonl", &["OMGUSD"]), Some(Vec::new()));
}

/// Only messages that are whole mean something.
#[test]
fn cut_messages_are_mistakes() {
    for (provider, file, symbol) in [
        (Provider::Coinbase, "coinbase/coinbase_ws_COINBASE.ws.2.jsonl", "BTC-USD"),
        (Provider::Kraken, "kraken/kraken_ws_KRAKEN.ws.48.jsonl", "XMRUSD"),
    ] {
        for (at, message) in messages(file).unwrap_or_default().iter().take(30) {
            for cut in (0..message.len()).step_by(message.len() / 40 + 1) {
                let mut feed: Box<dyn Feed> = registry::feed(provider, &[symbol]).unwrap();
                assert!(feed.read(&message[..cut], *at).is_err(), "{}", &message[..cut]);
            }
        }
    }
}
