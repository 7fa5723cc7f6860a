use serde_json::json;

use super::Tiingo;
use crate::testing::{Answer, HISTORY, urls};
use crate::{Access, Failure, KeyPlace, Purpose, Source, Want};

const EVENING: &str = "2026-01-07T22:00:00Z";

#[test]
fn addresses_and_where_the_key_goes() {
    let addresses = |symbols: &[&str], purpose| urls(&Tiingo, symbols, purpose, Access::Key, EVENING);
    assert_eq!(
        addresses(&["IWM", "btcusd"], HISTORY),
        [
            "https://api.tiingo.com/tiingo/daily/IWM/prices?startDate=1900-01-01&format=json&resampleFreq=daily",
            "https://api.tiingo.com/tiingo/crypto/prices?tickers=btcusd&startDate=1900-01-01&resampleFreq=1day&format=json",
        ]
    );
    let since = Purpose::History { since: Some("2026-01-02".parse().unwrap()) };
    assert!(addresses(&["IWM"], since)[0].contains("startDate=2026-01-02&"));
    assert_eq!(
        addresses(&["IWM", "btcusd", "DIA"], Purpose::Quote),
        ["https://api.tiingo.com/iex/?tickers=IWM%2CDIA", "https://api.tiingo.com/tiingo/crypto/top?tickers=btcusd"]
    );
    let want = |access| Want { symbols: &["IWM"], purpose: HISTORY, now: EVENING.parse().unwrap(), access };
    let key = Tiingo.requests(&want(Access::Key)).unwrap()[0].key;
    assert_eq!(key, KeyPlace::Header { name: "authorization", prefix: "Token " });
    assert_eq!(Tiingo.requests(&want(Access::Keyless)), Err(Failure::KeyMissing));
}

#[test]
fn the_price_column_undoes_splits_only() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["IWM"], received).told(&Tiingo, body), expected, "{body}");
    };
    let row = |date: &str, close: f64, adjusted: f64, cash: f64, split: f64| {
        json!({"date": date, "close": close, "open": close, "high": close, "low": close, "volume": 1,
               "adjClose": adjusted, "divCash": cash, "splitFactor": split})
    };
    let rows = json!([
        row("2026-01-02T00:00:00.000Z", 200.0, 99.5, 0.0, 1.0),
        row("2026-01-05T00:00:00.000Z", 101.0, 100.5, 0.0, 2.0),
        row("2026-01-06T00:00:00.000Z", 102.0, 102.0, 0.5, 1.0),
        row("2026-01-07T00:00:00.000Z", 103.0, 103.0, 0.0, 1.0),
    ]);
    let events = "split 2026-01-05x2 payout 2026-01-06=0.5";
    check(
        EVENING,
        &rows.to_string(),
        &format!(
            "IWM price splits: 2026-01-02=100 2026-01-05=101 2026-01-06=102 2026-01-07=103 {events}\n\
             IWM total return splits-and-dividends: 2026-01-02=99.5 2026-01-05=100.5 2026-01-06=102 2026-01-07=103 {events}"
        ),
    );
    check(
        "2026-01-07T20:30:00Z",
        &rows.to_string(),
        &format!(
            "IWM price splits: 2026-01-02=100 2026-01-05=101 2026-01-06=102 {events}\n\
             IWM total return splits-and-dividends: 2026-01-02=99.5 2026-01-05=100.5 2026-01-06=102 {events}"
        ),
    );
    let first = &Answer::history(&["IWM"], EVENING).read(&Tiingo, &rows.to_string()).unwrap().columns[0].candles[0];
    assert_eq!(first.open, Some(100.0));
    check(EVENING, r#"[{"date":"2026-01-06T00:00:00+00:00","close":"5.5"}]"#, "IWM price as-traded: 2026-01-06=5.5");
    check(EVENING, r#"[{"date":"2026-01-06","close":null}]"#, "empty: no observation in the answer");
    check(EVENING, "[]", "empty: no observation in the answer");
    check(EVENING, r#"[{"date":"soon","close":1}]"#, "malformed: unreadable: \"soon\" in row 0 is not a day");
    check(EVENING, r#"[{"close":1}]"#, "malformed: unreadable: missing field `date`");
}

#[test]
fn crypto_by_utc_day() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["btcusd"], received).told(&Tiingo, body), expected, "{body}");
    };
    let body = r#"[{"ticker":"btcusd","priceData":[{"date":"2026-01-05T00:00:00+00:00","close":100.5,"open":1},
                  {"date":"2026-01-06T00:00:00+00:00","close":101.5}],"exchangeData":{"X":[{"close":1}]}}]"#;
    check(EVENING, body, "btcusd price none: 2026-01-05=100.5 2026-01-06=101.5");
    check("2026-01-06T22:00:00Z", body, "btcusd price none: 2026-01-05=100.5");
    check(
        EVENING,
        r#"[{"ticker":"ethusd","priceData":[]}]"#,
        "unknown-symbol: unknown there: btcusd is not in the answer",
    );
    check(EVENING, r#"[{"ticker":"btcusd","priceData":[]}]"#, "empty: no observation in the answer");
    check(EVENING, r#"[{"ticker":"btcusd"}]"#, "malformed: unreadable: missing field `priceData`");
    check(
        EVENING,
        r#"[{"ticker":"btcusd","priceData":[{"date":"2026-01-05T04:00:00+00:00","close":1}]}]"#,
        "malformed: unreadable: \"2026-01-05T04:00:00+00:00\" in row 0 is not a day",
    );
}

#[test]
fn latest_prices() {
    let shares = r#"[{"ticker":"DIA","timestamp":"2026-01-07T16:00:00-05:00","tngoLast":50.5,"last":50},
                    {"ticker":"IWM","lastSaleTimestamp":"2026-01-07T20:59:58.5+00:00","tngoLast":null,"last":"20.5"}]"#;
    assert_eq!(
        Answer::quote(&["IWM", "DIA", "RSP"], EVENING).told(&Tiingo, shares),
        "IWM now 20.5 2026-01-07T20:59:58.5Z\nDIA now 50.5 2026-01-07T21:00:00Z\n! RSP has no price with a time"
    );
    let top = r#"[{"ticker":"btcusd","topOfBookData":[{"lastPrice":900.5,"lastSaleTimestamp":"2026-01-07T21:59:58+00:00"}]}]"#;
    assert_eq!(Answer::quote(&["btcusd"], EVENING).told(&Tiingo, top), "btcusd now 900.5 2026-01-07T21:59:58Z");
    assert_eq!(Answer::quote(&["IWM"], EVENING).told(&Tiingo, "[]"), "empty: no observation in the answer");
}

#[test]
fn refusals_have_a_class() {
    let check = |status: u16, body: &str, expected: &str| {
        let answer = Answer::history(&["IWM"], EVENING).with_status(status);
        assert_eq!(answer.told(&Tiingo, body), expected, "{status} {body}");
    };
    check(404, r#"{"detail":"Not found."}"#, "unknown-symbol: unknown there: IWM: Not found.");
    check(
        404,
        "<!DOCTYPE html><html>404</html>",
        "wrong-kind: an HTML page instead of JSON: <!DOCTYPE html><html>404</html>",
    );
    check(401, r#"{"detail":"Invalid token."}"#, "key-refused: the key was refused: IWM: Invalid token.");
    check(403, r#"{"detail":"Please supply a token"}"#, "key-refused: the key was refused: IWM: Please supply a token");
    check(
        403,
        r#"{"detail":"You do not have permission to access this"}"#,
        "beyond-plan: beyond the plan: IWM: You do not have permission to access this",
    );
    check(429, "slow down", "rate-limited: asked too often");
    check(
        429,
        r#"{"detail":"Error: You have run over your hourly request allocation."}"#,
        "quota-spent: the allowance of this hour is used up",
    );
    check(
        200,
        "Error: You have run over your daily request allocation.",
        "quota-spent: the allowance of this day is used up",
    );
    check(
        200,
        r#"{"detail":"Error: You have run over your 500 symbol look up for this month."}"#,
        "quota-spent: the allowance of this month is used up",
    );
    check(302, "<HTML></HTML>", "redirects: sent in circles or to another host");
    check(200, "date,close\n2026-01-05,1", "wrong-kind: plain text instead of JSON: date,close 2026-01-05,1");
    check(502, "", "unavailable: the provider has trouble: 502");
}
