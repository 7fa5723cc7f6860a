use super::AlphaVantage;
use crate::testing::{Answer, HISTORY, urls};
use crate::{Access, Failure, KeyPlace, Purpose, Source, Want};

const EVENING: &str = "2026-01-06T22:00:00Z";

#[test]
fn a_free_key_gets_the_last_hundred() {
    let history = |purpose, access| urls(&AlphaVantage, &["IWM"], purpose, access, EVENING).remove(0);
    let address = |size: &str| {
        format!(
            "https://www.alphavantage.co/query?function=TIME_SERIES_DAILY&symbol=IWM&outputsize={size}&datatype=json"
        )
    };
    assert_eq!(history(HISTORY, Access::Key), address("compact"));
    assert_eq!(history(HISTORY, Access::ProKey), address("full"));
    let since = |day: &str| Purpose::History { since: Some(day.parse().unwrap()) };
    assert_eq!(history(since("2025-12-01"), Access::ProKey), address("compact"));
    assert_eq!(history(since("2025-01-01"), Access::ProKey), address("full"));
    assert_eq!(
        history(Purpose::Quote, Access::Key),
        "https://www.alphavantage.co/query?function=GLOBAL_QUOTE&symbol=IWM&datatype=json"
    );
    let want = |access| Want { symbols: &["IWM"], purpose: HISTORY, now: EVENING.parse().unwrap(), access };
    assert_eq!(AlphaVantage.requests(&want(Access::Key)).unwrap()[0].key, KeyPlace::Query("apikey"));
    assert_eq!(AlphaVantage.requests(&want(Access::Keyless)), Err(Failure::KeyMissing));
}

#[test]
fn days_as_traded() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["IWM"], received).told(&AlphaVantage, body), expected, "{body}");
    };
    let body = r#"{"Meta Data":{"1. Information":"Daily","2. Symbol":"IWM","5. Time Zone":"US/Eastern"},
        "Time Series (Daily)":{"2026-01-06":{"1. open":"50","2. high":"52","3. low":"49","4. close":"51.5000","5. volume":"7"},
        "2026-01-05":{"4. close":"50.1250","1. open":"50"}}}"#;
    check(EVENING, body, "IWM price as-traded: 2026-01-05=50.125 2026-01-06=51.5");
    check("2026-01-06T20:00:00Z", body, "IWM price as-traded: 2026-01-05=50.125");
    check(EVENING, r#"{"Time Series (Daily)":{}}"#, "empty: no observation in the answer");
    check(EVENING, "{}", "empty: no observation in the answer");
    check(
        EVENING,
        r#"{"Time Series (1min)":{"2026-01-06 14:56:00":{"4. close":"1"}}}"#,
        "malformed: unreadable: \"Time Series (1min)\" where days were asked for",
    );
    check(
        EVENING,
        r#"{"Meta Data":{"2. Symbol":"SPY"},"Time Series (Daily)":{}}"#,
        "malformed: unreadable: an answer about \"SPY\", asked was \"IWM\"",
    );
    check(EVENING, r#"{"bestMatches":[]}"#, "malformed: unreadable: there is no time series in the answer");
    check(
        EVENING,
        r#"{"Time Series (Daily)":{"2026-01-05":{"4. close":"x"}}}"#,
        "malformed: unreadable: close: \"x\" is not a number",
    );
    check(
        EVENING,
        r#"{"Time Series (Daily)":{"5 January":{"4. close":"1"}}}"#,
        "malformed: unreadable: \"5 January\" is not a date",
    );
}

#[test]
fn the_latest_price() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["IWM"], received).told(&AlphaVantage, body), expected, "{body}");
    };
    let body = r#"{"Global Quote":{"01. symbol":"IWM","05. price":"51.5000","07. latest trading day":"2026-01-06","08. previous close":"50"}}"#;
    check(EVENING, body, "IWM now 51.5 2026-01-06T21:00:00Z -15m");
    check("2026-01-06T18:00:00Z", body, "IWM now 51.5 2026-01-06T18:00:00Z -15m");
    check(EVENING, r#"{"Global Quote":{}}"#, "unknown-symbol: unknown there: IWM");
    check(EVENING, r#"{"Global Quote":{"05. price":"1"}}"#, "malformed: unreadable: \"\" is not a date");
    check(
        EVENING,
        r#"{"Realtime Currency Exchange Rate":{"5. Exchange Rate":"1"}}"#,
        "malformed: unreadable: there is no quote in the answer",
    );
}

#[test]
fn sentences_with_status_200_are_refusals() {
    let check = |key: &str, words: &str, expected: &str| {
        let body = serde_json::json!({ key: words }).to_string();
        assert_eq!(Answer::history(&["IWM"], EVENING).told(&AlphaVantage, &body), expected, "{words}");
    };
    check(
        "Note",
        "Our standard API call frequency is 5 calls per minute and 500 calls per day.",
        "rate-limited: asked too often",
    );
    let day = "quota-spent: the allowance of this day is used up";
    check(
        "Information",
        "We have detected your API key as ABC123 and our standard API rate limit is 25 requests per day.",
        day,
    );
    check(
        "Information",
        "Please consider spreading out your free API requests more sparingly. … the free key rate limit \
          (25 requests per day) and instantly unlock all premium endpoints",
        day,
    );
    check(
        "Information",
        "Please consider spreading out your free API requests more sparingly (1 request per second). … (25 \
          requests per day)",
        "rate-limited: asked too often",
    );
    check(
        "Information",
        "Thank you for using Alpha Vantage! This is a premium endpoint, and ABC123 is your key as ABC123.",
        "beyond-plan: beyond the plan: Thank you for using Alpha Vantage! This is a premium endpoint, and ABC123 is your key as ….",
    );
    check(
        "Information",
        "The **demo** API key is for demo purposes only.",
        "key-refused: the key was refused: The **demo** API key is for demo purposes only.",
    );
    check(
        "Error Message",
        "Invalid API call. Please retry.",
        "unknown-symbol: unknown there: IWM: Invalid API call. Please retry.",
    );
    check(
        "Error Message",
        "the parameter apikey is invalid or missing.",
        "key-refused: the key was refused: the parameter apikey is invalid or missing.",
    );
}
