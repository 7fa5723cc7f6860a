use super::{Coinbase, Conversation};
use crate::testing::{Answer, HISTORY, heard, urls};
use crate::{Access, Feed, Purpose};

const NOON: &str = "2026-01-06T12:00:00Z";

#[test]
fn pages_of_three_hundred_days_from_the_oldest() {
    let since = |day: &str| Purpose::History { since: Some(day.parse().unwrap()) };
    let recent = urls(&Coinbase, &["BTC-USD"], since("2026-01-04"), Access::Keyless, NOON);
    assert_eq!(
        recent,
        ["https://api.exchange.coinbase.com/products/BTC-USD/candles?granularity=86400\
          &start=2026-01-04T00%3A00%3A00Z&end=2026-01-06T00%3A00%3A00Z"]
    );
    let two = urls(&Coinbase, &["BTC-USD"], since("2025-03-11"), Access::Keyless, NOON);
    assert!(two[0].ends_with("start=2025-03-11T00%3A00%3A00Z&end=2026-01-04T00%3A00%3A00Z"), "{two:?}");
    assert!(two[1].ends_with("start=2026-01-05T00%3A00%3A00Z&end=2026-01-06T00%3A00%3A00Z"), "{two:?}");
    assert_eq!(urls(&Coinbase, &["BTC-USD"], since("2025-03-12"), Access::Keyless, NOON).len(), 1);
    let all = urls(&Coinbase, &["BTC-USD", "ETH-USD"], HISTORY, Access::Keyless, NOON);
    assert_eq!(all.len(), 2 * 14);
    assert!(all[0].contains("start=2015-01-01T"));
    assert_eq!(
        urls(&Coinbase, &["BTC-USD"], Purpose::Quote, Access::Keyless, NOON),
        ["https://api.exchange.coinbase.com/products/BTC-USD/ticker"]
    );
}

#[test]
fn candles_have_the_low_before_the_high() {
    let check = |received: &str, body: &str, expected: &str| {
        let since = Purpose::History { since: Some("2026-01-05".parse().unwrap()) };
        let answer = Answer { symbols: &["BTC-USD"], purpose: since, status: 200, received };
        assert_eq!(answer.told(&Coinbase, body), expected, "{body}");
    };
    let rows = "[[1767657600,98,103,101,102,7.5],[1767571200,97,102,100,101,8]]";
    check(NOON, rows, "BTC-USD price none: 2026-01-05=101");
    check("2026-01-07T00:00:00Z", rows, "BTC-USD price none: 2026-01-05=101 2026-01-06=102");
    let strings =
        r#"{"candles":[{"start":"1767571200","low":"97","high":"102","open":"100","close":"101","volume":"8"}]}"#;
    check(NOON, strings, "BTC-USD price none: 2026-01-05=101");
    let candle = Answer::history(&["BTC-USD"], "2015-01-03T12:00:00Z")
        .read(&Coinbase, "[[1420156800,97,102,100,101,8]]")
        .unwrap()
        .columns[0]
        .candles[0];
    assert_eq!((candle.low, candle.high, candle.open), (Some(97.0), Some(102.0), Some(100.0)));
    check(NOON, "[[1767571200,97,102]]", "malformed: unreadable: candle 0 has 3 values, 6 are usual");
    check(
        NOON,
        "[[1767574800,1,1,1,1,1]]",
        "malformed: unreadable: candle 0 does not begin at midnight UTC: it is not daily",
    );
    check(NOON, "[]", "empty: no observation in the answer");
    check(NOON, "{}", "malformed: unreadable: invalid type: map, expected a sequence");
}

#[test]
fn a_page_before_the_first_trade_is_no_failure() {
    let first_of_many = Answer { symbols: &["ETH-USD"], purpose: HISTORY, status: 200, received: NOON };
    assert_eq!(first_of_many.told(&Coinbase, "[]"), "");
}

#[test]
fn the_latest_trade() {
    let check = |body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["BTC-USD"], NOON).told(&Coinbase, body), expected, "{body}");
    };
    let ticker =
        r#"{"trade_id":1,"price":"900.25","size":"0.1","time":"2026-01-06T11:59:59.123456789Z","bid":"1","ask":"2"}"#;
    check(ticker, "BTC-USD now 900.25 2026-01-06T11:59:59.123456789Z");
    check(r#"{"price":null,"time":"2026-01-06T11:59:59Z"}"#, "empty: no observation in the answer");
    check(r#"{"price":"1","time":"soon"}"#, "malformed: unreadable: \"soon\" in time is not a moment");
    check(r#"{"price":"1"}"#, "malformed: unreadable: missing field `time`");
}

#[test]
fn refusals_have_a_class() {
    let check = |status: u16, body: &str, expected: &str| {
        let answer = Answer::quote(&["BTC-USD"], NOON).with_status(status);
        assert_eq!(answer.told(&Coinbase, body), expected, "{status} {body}");
    };
    check(404, r#"{"message":"NotFound"}"#, "unknown-symbol: unknown there: BTC-USD: NotFound");
    check(200, r#"{"message":"NotFound"}"#, "unknown-symbol: unknown there: BTC-USD: NotFound");
    check(429, r#"{"message":"Public rate limit exceeded"}"#, "rate-limited: asked too often");
    check(403, r#"{"message":"Forbidden"}"#, "blocked: turned away: BTC-USD: Forbidden");
    check(
        400,
        r#"{"message":"granularity too small"}"#,
        "bad-request: the request was refused: BTC-USD: granularity too small",
    );
    check(
        503,
        r#"{"message":"Service Unavailable"}"#,
        "unavailable: the provider has trouble: BTC-USD: Service Unavailable",
    );
    check(451, "x", "restricted: not served from here for legal reasons");
    check(200, "<html>Just a moment...</html>", "blocked: turned away: a page that asks for proof of a person");
}

/// What a conversation makes of messages: prices, or why it ended.
fn conversation(messages: &[&str]) -> Vec<String> {
    let mut feed = Conversation::about(&["BTC-USD", "ETH-USD"]);
    let at = NOON.parse().unwrap();
    messages.iter().map(|message| heard(&feed.read(message, at))).collect()
}

fn ticker(number: u32, product: &str, price: &str) -> String {
    format!(
        r#"{{"channel":"ticker","timestamp":"2026-01-06T11:59:59.5Z","sequence_num":{number},
            "events":[{{"type":"update","tickers":[{{"type":"ticker","product_id":"{product}","price":"{price}"}}]}}]}}"#
    )
}

#[test]
fn a_stream_is_heard_until_a_number_is_missing() {
    let hello = Conversation::about(&["BTC-USD"]).hello();
    assert_eq!(hello[1], r#"{"type":"subscribe","product_ids":["BTC-USD"],"channel":"ticker"}"#);
    let messages = [
        r#"{"channel":"subscriptions","timestamp":"2026-01-06T11:59:59Z","sequence_num":0,"events":[{"subscriptions":{}}]}"#,
        &ticker(1, "BTC-USD", "900.5"),
        r#"{"channel":"heartbeats","timestamp":"x","sequence_num":2,"events":[{"heartbeat_counter":1}]}"#,
        &ticker(3, "DOGE-USD", "1"),
        &ticker(5, "ETH-USD", "30"),
        &ticker(6, "ETH-USD", "31"),
    ];
    assert_eq!(
        conversation(&messages),
        [
            "",
            "BTC-USD 900.5 2026-01-06T11:59:59.5Z",
            "",
            "",
            "ETH-USD 30 2026-01-06T11:59:59.5Z",
            "unavailable: the provider has trouble: message 4 was due and 5 came",
        ]
    );
}

#[test]
fn a_stream_can_refuse() {
    let refused = |message: &str| conversation(&[message]).remove(0);
    assert_eq!(
        refused(r#"{"type":"error","message":"X-Y is not a valid product"}"#),
        "unknown-symbol: unknown there: BTC-USD, ETH-USD: X-Y is not a valid product"
    );
    assert_eq!(refused(r#"{"type":"error","message":"rate limit exceeded"}"#), "rate-limited: asked too often");
    assert!(refused("{").starts_with("malformed:"));
    assert_eq!(refused(r#"{"channel":"ticker","events":[{"tickers":[{"product_id":"BTC-USD","price":null}]}]}"#), "");
}
