use serde_json::{Value, json};

use super::{PAGE, TwelveData};
use crate::testing::{Answer, HISTORY, urls};
use crate::{Access, Failure, KeyPlace, Payload, Purpose, Source, Want};

const EVENING: &str = "2026-01-06T22:00:00Z";

#[test]
fn one_symbol_a_request() {
    let addresses = |purpose| urls(&TwelveData, &["IWM", "XAU/USD"], purpose, Access::Key, EVENING);
    let history = "https://api.twelvedata.com/time_series?symbol=";
    assert_eq!(
        addresses(HISTORY),
        [
            format!("{history}IWM&interval=1day&outputsize=5000&adjust=splits"),
            format!("{history}XAU%2FUSD&interval=1day&outputsize=5000&adjust=splits"),
        ]
    );
    assert!(
        addresses(Purpose::History { since: Some("2026-01-02".parse().unwrap()) })[0]
            .ends_with("&start_date=2026-01-02")
    );
    assert_eq!(addresses(Purpose::Quote)[1], "https://api.twelvedata.com/quote?symbol=XAU%2FUSD");
    let want = |access| Want { symbols: &["IWM"], purpose: HISTORY, now: EVENING.parse().unwrap(), access };
    let key = TwelveData.requests(&want(Access::Key)).unwrap()[0].key;
    assert_eq!(key, KeyPlace::Header { name: "authorization", prefix: "apikey " });
    assert_eq!(TwelveData.requests(&want(Access::Keyless)), Err(Failure::KeyMissing));
}

fn body(symbol: &str, zone: &str, values: &Value) -> String {
    json!({"meta": {"symbol": symbol, "interval": "1day", "exchange_timezone": zone}, "values": values, "status": "ok"})
        .to_string()
}

#[test]
fn newest_first_as_text() {
    let check = |symbol: &str, received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&[symbol], received).told(&TwelveData, body), expected, "{body}");
    };
    let values = json!([{"datetime": "2026-01-06", "close": "51.5"}, {"datetime": "2026-01-05", "open": "50", "close": "50.125"}]);
    let fund = body("IWM", "America/New_York", &values);
    check("IWM", EVENING, &fund, "IWM price splits: 2026-01-05=50.125 2026-01-06=51.5");
    check("IWM", "2026-01-06T21:00:00Z", &fund, "IWM price splits: 2026-01-05=50.125");
    let gold = body("XAU/USD", "", &values);
    check("XAU/USD", EVENING, &gold, "XAU/USD price none: 2026-01-05=50.125");
    check("XAU/USD", "2026-01-07T00:00:00Z", &gold, "XAU/USD price none: 2026-01-05=50.125 2026-01-06=51.5");
    check("IWM", EVENING, &body("IWM", "", &json!([])), "empty: no observation in the answer");
    check("IWM", EVENING, &gold, "malformed: unreadable: an answer about \"XAU/USD\", asked was \"IWM\"");
    check(
        "IWM",
        EVENING,
        r#"{"meta":{"interval":"1min"},"values":[]}"#,
        "malformed: unreadable: values of 1min where days were asked for",
    );
    check("IWM", EVENING, r#"{"status":"ok"}"#, "malformed: unreadable: there are no values in the answer");
    check(
        "IWM",
        EVENING,
        r#"{"values":[{"datetime":"x","close":"1"}]}"#,
        "malformed: unreadable: \"x\" in value 0 is not a date",
    );
}

#[test]
fn a_full_page_has_one_before_it() {
    let day = |back: usize| convex_core::Day::from_epoch_days(20_459 - back as i32).unwrap().to_string();
    let full: Vec<Value> = (0..PAGE).map(|back| json!({"datetime": day(back), "close": "1"})).collect();
    let body = body("IWM", "America/New_York", &Value::Array(full));
    let first = Answer::history(&["IWM"], EVENING).read(&TwelveData, &body).unwrap();
    let next = first.next.unwrap();
    assert!(next.url.ends_with("&adjust=splits&end_date=2012-04-30"), "{}", next.url);
    // The same page again gets no older, and that is the end.
    let payload = Payload::ok(body.as_bytes(), EVENING.parse().unwrap());
    assert_eq!(TwelveData.parse(&next, &payload).unwrap().next, None);
    let since = Purpose::History { since: Some("2020-01-01".parse().unwrap()) };
    let enough = Answer { symbols: &["IWM"], purpose: since, status: 200, received: EVENING };
    assert_eq!(enough.read(&TwelveData, &body).unwrap().next, None);
}

#[test]
fn the_latest_price() {
    let check = |body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["XAU/USD"], EVENING).told(&TwelveData, body), expected, "{body}");
    };
    check(
        r#"{"symbol":"XAU/USD","close":"1234.5","timestamp":1767657600,"last_quote_at":1767736740,"is_market_open":true}"#,
        "XAU/USD now 1234.5 2026-01-06T21:59:00Z",
    );
    check(r#"{"symbol":"XAU/USD","close":"1234.5","timestamp":1767657600}"#, "XAU/USD now 1234.5 2026-01-06T00:00:00Z");
    check(r#"{"price":"1234.5"}"#, "XAU/USD now 1234.5 2026-01-06T22:00:00Z");
    check("{}", "empty: no observation in the answer");
}

#[test]
fn the_body_decides_before_the_status() {
    let check = |status: u16, code: u16, words: &str, expected: &str| {
        let body = json!({"code": code, "message": words, "status": "error"}).to_string();
        let answer = Answer::history(&["IWM"], EVENING).with_status(status);
        assert_eq!(answer.told(&TwelveData, &body), expected, "{words}");
    };
    let minute = "You have run out of API credits for the current minute. 12 API credits were used, with the current limit being 8.";
    check(200, 429, minute, "rate-limited: asked too often");
    check(429, 429, minute, "rate-limited: asked too often");
    check(
        200,
        429,
        "You have run out of API credits for the day.",
        "quota-spent: the allowance of this day is used up",
    );
    check(200, 401, "**apikey** parameter is incorrect", "key-refused: the key was refused: 401");
    check(
        200,
        403,
        "/x is available exclusively with pro plans",
        "beyond-plan: beyond the plan: IWM: /x is available exclusively with pro plans",
    );
    check(
        200,
        404,
        "**symbol** or **figi** parameter is missing or invalid",
        "unknown-symbol: unknown there: IWM: **symbol** or **figi** parameter is missing or invalid",
    );
    check(200, 400, "**symbol** not found: IWM", "unknown-symbol: unknown there: IWM: **symbol** not found: IWM");
    check(200, 400, "No data is available on the specified dates.", "empty: no observation in the answer");
    check(200, 400, "Invalid **interval**", "bad-request: the request was refused: IWM: Invalid **interval**");
    check(200, 500, "Internal error", "unavailable: the provider has trouble: IWM: Internal error");
    let text =
        Answer::history(&["IWM"], EVENING).told(&TwelveData, r#"{"code":"429","message":"minute","status":"error"}"#);
    assert_eq!(text, "rate-limited: asked too often");
}
