//! Answers made up for the tests, in the shape of the real ones.

use serde_json::{Value, json};

use super::Yahoo;
use crate::testing::Answer;

const EVENING: &str = "2026-01-06T22:00:00Z";

/// Two sessions of a fund, 2026-01-05 and 2026-01-06, with a split and a payout.
fn fund() -> Value {
    json!({"chart": {"error": null, "result": [{
        "meta": {
            "symbol": "ACME", "currency": "USD", "exchangeName": "PCX", "instrumentType": "ETF",
            "exchangeTimezoneName": "America/New_York", "regularMarketPrice": 51.5, "regularMarketTime": 1_767_733_201,
            "priceHint": 2, "dataGranularity": "1d",
            "currentTradingPeriod": {"regular": {"start": 1_767_709_800, "end": 1_767_733_200}}
        },
        "timestamp": [1_767_623_400, 1_767_709_800],
        "events": {
            "dividends": {"1767709800": {"amount": 0.25, "date": 1_767_709_800}},
            "splits": {"1767623400": {"date": 1_767_623_400, "numerator": 2, "denominator": 1, "splitRatio": "2:1"}}
        },
        "indicators": {
            "quote": [{
                "open": [50.0, 51.0], "high": [50.5, 52.0], "low": [49.5, 50.5],
                "close": [50.130_001_068_115_234, 51.5], "volume": [1000, 1100]
            }],
            "adjclose": [{"adjclose": [49.880_001_068_115_234, 51.5]}]
        }
    }]}})
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut body = fund();
    change(&mut body["chart"]["result"][0]);
    body.to_string()
}

fn check(received: &str, body: &str, expected: &[&str]) {
    assert_eq!(Answer::history(&["ACME"], received).told(&Yahoo, body), expected.join("\n"));
}

const PRICE: &str = "ACME price splits: 2026-01-05=50.13 2026-01-06=51.5 split 2026-01-05x2 payout 2026-01-06=0.25";
const TOTAL: &str = "ACME total return splits-and-dividends: 2026-01-05=49.88 2026-01-06=51.5 split 2026-01-05x2 \
                     payout 2026-01-06=0.25";
const NOW: &str = "ACME now 51.5 2026-01-06T21:00:01Z";

#[test]
fn price_and_total_return_are_two_columns() {
    check(EVENING, &fund().to_string(), &[PRICE, TOTAL, NOW]);
    let candles = &Answer::history(&["ACME"], EVENING).read(&Yahoo, &fund().to_string()).unwrap().columns[0].candles;
    assert_eq!(
        (candles.len(), candles[1].open, candles[1].high, candles[1].low),
        (2, Some(51.0), Some(52.0), Some(50.5))
    );
}

#[test]
fn the_running_session_is_not_a_close() {
    let price = "ACME price splits: 2026-01-05=50.13 split 2026-01-05x2 payout 2026-01-06=0.25";
    let total = "ACME total return splits-and-dividends: 2026-01-05=49.88 split 2026-01-05x2 payout 2026-01-06=0.25";
    check("2026-01-06T20:59:59Z", &fund().to_string(), &[price, total, NOW]);
    check("2026-01-06T21:14:59Z", &fund().to_string(), &[price, total, NOW]);
    check("2026-01-06T21:15:00Z", &fund().to_string(), &[PRICE, TOTAL, NOW]);
    // A short day ends when the answer says.
    let short = changed(|chart| chart["meta"]["currentTradingPeriod"]["regular"]["end"] = json!(1_767_722_400));
    check("2026-01-06T18:15:00Z", &short, &[PRICE, TOTAL, NOW]);
    // Without a session in the answer the usual close counts.
    let silent = changed(|chart| chart["meta"]["currentTradingPeriod"] = Value::Null);
    check("2026-01-06T21:14:59Z", &silent, &[price, total, NOW]);
    check("2026-01-06T21:15:00Z", &silent, &[PRICE, TOTAL, NOW]);
}

#[test]
fn a_day_can_stand_twice() {
    let doubled = changed(|chart| {
        chart["timestamp"] = json!([1_767_623_400, 1_767_709_800, 1_767_733_201]);
        chart["indicators"] = json!({
            "quote": [{"close": [50.130_001_068_115_234, 51.0, 51.5], "high": [50.5, 52.0, 51.5], "low": [49.5, 50.5, null]}],
            "adjclose": [{"adjclose": [49.880_001_068_115_234, 51.0, 51.5]}]
        });
    });
    let warning = "! ACME: days with two different values: 1, first 2026-01-06";
    check(EVENING, &doubled, &[PRICE, TOTAL, NOW, warning]);
    let candles = &Answer::history(&["ACME"], EVENING).read(&Yahoo, &doubled).unwrap().columns[0].candles;
    assert_eq!((candles.len(), candles[1].open, candles[1].high, candles[1].low), (2, None, Some(52.0), Some(50.5)));
}

#[test]
fn bars_without_a_close_are_none() {
    let holes = changed(|chart| chart["indicators"]["quote"][0]["close"][0] = Value::Null);
    let price = "ACME price splits: 2026-01-06=51.5 split 2026-01-05x2 payout 2026-01-06=0.25";
    let total = "ACME total return splits-and-dividends: 2026-01-06=51.5 split 2026-01-05x2 payout 2026-01-06=0.25";
    check(EVENING, &holes, &[price, total, NOW]);
    let none = changed(|chart| chart["indicators"]["quote"][0]["close"] = json!([null, null]));
    check(EVENING, &none, &["empty: no observation in the answer"]);
    let weekend = changed(|chart| {
        chart.as_object_mut().unwrap().remove("timestamp");
        chart["indicators"] = json!({"quote": [{}]});
    });
    check(EVENING, &weekend, &["empty: no observation in the answer"]);
}

#[test]
fn numbers_may_be_text_and_rows_in_any_order() {
    let odd = changed(|chart| {
        chart["timestamp"] = json!(["1767709800", 1_767_623_400]);
        chart["indicators"]["quote"][0] = json!({"close": ["51.5", 50.130_001_068_115_234]});
        chart["indicators"]["adjclose"][0]["adjclose"] = json!(["51.5", "49.880001068115234"]);
        chart["events"]["splits"] = json!({"1767623400": {"splitRatio": "2:1"}, "x": {}});
    });
    check(EVENING, &odd, &[PRICE, TOTAL, NOW, "! the split \"x\" has no day or no ratio"]);
}

#[test]
fn an_index_pays_nothing_and_its_day_is_that_of_the_exchange() {
    // Monday 00:00 in London, in summer: still Sunday in UTC.
    let pair = json!({"chart": {"result": [{
        "meta": {"symbol": "EURUSD=X", "instrumentType": "CURRENCY", "exchangeTimezoneName": "Europe/London"},
        "timestamp": [1_783_292_400], "indicators": {"quote": [{"close": [1.25]}], "adjclose": [{"adjclose": [1.25]}]}
    }]}});
    let told = Answer::history(&["EURUSD=X"], "2026-07-08T00:00:00Z").told(&Yahoo, &pair.to_string());
    assert_eq!(told, "EURUSD=X price none: 2026-07-06=1.25");
    let told = Answer::history(&["EURUSD=X"], "2026-07-06T22:59:59Z").told(&Yahoo, &pair.to_string());
    assert_eq!(told, "EURUSD=X price none:", "the day has not ended in London");
}

#[test]
fn what_is_not_about_days_or_another_symbol_is_refused() {
    let other = changed(|chart| chart["meta"]["symbol"] = json!("OTHER"));
    check(EVENING, &other, &["malformed: unreadable: an answer about \"OTHER\", asked was \"ACME\""]);
    let weeks = changed(|chart| chart["meta"]["dataGranularity"] = json!("1wk"));
    check(EVENING, &weeks, &["malformed: unreadable: bars of 1wk where days were asked for"]);
    let short = changed(|chart| chart["indicators"]["quote"][0]["close"] = json!([1.0]));
    check(EVENING, &short, &["malformed: unreadable: 2 timestamps and 1 of close"]);
    let bare = changed(|chart| chart["indicators"] = json!({"quote": [{}]}));
    check(EVENING, &bare, &["malformed: unreadable: 2 timestamps and no close"]);
    let nowhere = changed(|chart| chart["meta"]["exchangeTimezoneName"] = Value::Null);
    check(EVENING, &nowhere, &["malformed: unreadable: \"\" in exchangeTimezoneName is not a time zone"]);
    check(EVENING, r#"{"quoteResponse":{"result":[]}}"#, &["malformed: unreadable: there is no `chart` in the answer"]);
    let csv = "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-05,1,1,1,1,1,1";
    let words =
        "wrong-kind: plain text instead of JSON: Date,Open,High,Low,Close,Adj Close,Volume 2026-01-05,1,1,1,1,1,1";
    check(EVENING, csv, &[words]);
}

#[test]
fn the_latest_price() {
    let told = |body: &str| Answer::quote(&["ACME"], EVENING).told(&Yahoo, body);
    assert_eq!(told(&fund().to_string()), NOW);
    assert_eq!(told(&changed(|chart| chart["timestamp"] = Value::Null)), NOW);
    assert_eq!(told(&changed(|chart| chart["meta"]["exchangeName"] = json!("CMX"))), format!("{NOW} -10m"));
    let none = changed(|chart| chart["meta"]["regularMarketPrice"] = Value::Null);
    assert_eq!(told(&none), "empty: no observation in the answer");
}

#[test]
fn refusals_have_a_class() {
    let check = |status: u16, body: &str, expected: &str| {
        assert_eq!(
            Answer::history(&["ACME"], EVENING).with_status(status).told(&Yahoo, body),
            expected,
            "{status} {body}"
        );
    };
    let error = |code: &str, words: &str| {
        json!({"chart": {"result": null, "error": {"code": code, "description": words}}}).to_string()
    };
    let unknown = error("Not Found", "No data found, symbol may be delisted");
    check(404, &unknown, "unknown-symbol: unknown there: ACME: Not Found: No data found, symbol may be delisted");
    check(200, &unknown, "unknown-symbol: unknown there: ACME: Not Found: No data found, symbol may be delisted");
    check(404, r#"{"chart":{"result":[],"error":null}}"#, "unknown-symbol: unknown there: ACME");
    check(200, r#"{"chart":{"result":[],"error":null}}"#, "empty: no observation in the answer");
    let window = "Data doesn't exist for startDate = 1767225600, endDate = 1767312000";
    check(400, &error("Bad Request", window), "empty: no observation in the answer");
    check(
        422,
        &error("Unprocessable Entity", "too long a range"),
        "bad-request: the request was refused: ACME: Unprocessable Entity: too long a range",
    );
    let crumb = r#"{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}"#;
    check(401, crumb, "blocked: turned away: ACME: Unauthorized: Invalid Crumb");
    check(403, "Forbidden", "blocked: turned away: 403 Forbidden");
    check(429, "Too Many Requests", "rate-limited: asked too often");
    check(200, "Edge: Too Many Requests", "rate-limited: asked too often");
    check(999, "<html>Unable to process request at this time</html>", "rate-limited: asked too often");
    check(500, &error("internal-error", "x"), "unavailable: the provider has trouble: ACME: internal-error: x");
    check(502, "<html>Bad Gateway</html>", "unavailable: the provider has trouble: 502 <html>Bad Gateway</html>");
    check(302, "", "redirects: sent in circles or to another host");
    check(
        200,
        "<!DOCTYPE html><html>please agree</html>",
        "wrong-kind: an HTML page instead of JSON: <!DOCTYPE html><html>please agree</html>",
    );
    check(200, "", "empty: no observation in the answer");
}
