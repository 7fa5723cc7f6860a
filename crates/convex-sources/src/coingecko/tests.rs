use super::Coingecko;
use crate::testing::{Answer, HISTORY, urls};
use crate::{Access, Failure, KeyPlace, Purpose, Source, Want};

const NOON: &str = "2026-01-06T12:00:00Z";

#[test]
fn hosts_keys_and_reach() {
    let addresses = |purpose, access| urls(&Coingecko, &["bitcoin", "pax-gold"], purpose, access, NOON);
    let chart = "/market_chart?vs_currency=usd&days=";
    let keyless = addresses(HISTORY, Access::Keyless);
    assert_eq!(keyless[0], format!("https://api.coingecko.com/api/v3/coins/bitcoin{chart}365&interval=daily"));
    assert_eq!(keyless[1], format!("https://api.coingecko.com/api/v3/coins/pax-gold{chart}365&interval=daily"));
    assert_eq!(
        addresses(HISTORY, Access::ProKey)[0],
        format!("https://pro-api.coingecko.com/api/v3/coins/bitcoin{chart}max&interval=daily")
    );
    let since = Purpose::History { since: Some("2026-01-04".parse().unwrap()) };
    assert!(addresses(since, Access::Key)[0].contains("days=4&"));
    let long_ago = Purpose::History { since: Some("2020-01-04".parse().unwrap()) };
    assert!(addresses(long_ago, Access::Key)[0].contains("days=365&"));
    assert_eq!(
        addresses(Purpose::Quote, Access::Keyless),
        ["https://api.coingecko.com/api/v3/simple/price?ids=bitcoin%2Cpax-gold&vs_currencies=usd\
          &include_last_updated_at=true"]
    );
    let key = |access| {
        let want = Want { symbols: &["bitcoin"], purpose: HISTORY, now: NOON.parse().unwrap(), access };
        Coingecko.requests(&want).unwrap()[0].key
    };
    assert_eq!(key(Access::Keyless), KeyPlace::Nowhere);
    assert_eq!(key(Access::Key), KeyPlace::Header { name: "x-cg-demo-api-key", prefix: "" });
    assert_eq!(key(Access::ProKey), KeyPlace::Header { name: "x-cg-pro-api-key", prefix: "" });
    let impossible = Want { symbols: &["a/b"], purpose: HISTORY, now: NOON.parse().unwrap(), access: Access::Key };
    assert!(matches!(Coingecko.requests(&impossible), Err(Failure::UnknownSymbol { .. })));
}

#[test]
fn a_snapshot_at_midnight_is_the_close_of_the_day_before() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["bitcoin"], received).told(&Coingecko, body), expected, "{body}");
    };
    // 2026-01-05 00:00, 2026-01-06 00:00, 2026-01-06 12:00.
    let chart = r#"{"prices":[[1767571200000,100.5],[1767657600000,101.25],[1767700800000,99]],"market_caps":[[1767571200000,null]]}"#;
    let lines = "bitcoin price none: 2026-01-04=100.5 2026-01-05=101.25\nbitcoin now 99 2026-01-06T12:00:00Z";
    check(NOON, chart, lines);
    let behind = "bitcoin price none: 2026-01-04=100.5\nbitcoin now 99 2026-01-06T12:00:00Z";
    check("2026-01-05T23:59:59Z", chart, behind);
    check(
        NOON,
        r#"{"prices":[["1767657600000","101.25"],[1767571200000,100.5],[1767571260000,null]]}"#,
        "bitcoin price none: 2026-01-04=100.5 2026-01-05=101.25",
    );
    check(NOON, r#"{"prices":[[1767657601500,101.25]]}"#, "bitcoin price none: 2026-01-05=101.25");
    check(NOON, r#"{"prices":[]}"#, "empty: no observation in the answer");
    check(NOON, r#"{"prices":[[1767571200000,null]]}"#, "empty: no observation in the answer");
    let hours = r#"{"prices":[[1767571200000,1],[1767574800000,2],[1767578400000,3],[1767582000000,4]]}"#;
    check(NOON, hours, "malformed: unreadable: 2 prices stand between midnights: they are not daily");
    check(NOON, r#"{"prices":[[null,1]]}"#, "malformed: unreadable: price 0 has no time");
    check(NOON, r#"{"id":"bitcoin"}"#, "malformed: unreadable: missing field `prices`");
}

#[test]
fn latest_prices_of_several() {
    let check = |body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["bitcoin", "ethereum"], NOON).told(&Coingecko, body), expected, "{body}");
    };
    let both = r#"{"ethereum":{"usd":30.5,"last_updated_at":1767700740},"bitcoin":{"usd":"900","last_updated_at":1767700741}}"#;
    check(both, "bitcoin now 900 2026-01-06T11:59:01Z\nethereum now 30.5 2026-01-06T11:59:00Z");
    check(r#"{"bitcoin":{"usd":900}}"#, "bitcoin now 900 2026-01-06T12:00:00Z\n! ethereum is unknown there");
    check("{}", "unknown-symbol: unknown there: bitcoin, ethereum");
    check(r#"{"bitcoin":{}}"#, "empty: no observation in the answer");
    check("[]", "malformed: unreadable: the answer is not an object of prices by id");
    check(r#"{"bitcoin":{"usd":"dear"}}"#, "malformed: unreadable: \"dear\" is not a number");
    let status = r#"{"status":{"usd":0.5,"last_updated_at":1767700740}}"#;
    assert_eq!(Answer::quote(&["status"], NOON).told(&Coingecko, status), "status now 0.5 2026-01-06T11:59:00Z");
}

#[test]
fn refusals_have_a_class() {
    let check = |status: u16, body: &str, expected: &str| {
        let answer = Answer::quote(&["bitcoin"], NOON).with_status(status);
        assert_eq!(answer.told(&Coingecko, body), expected, "{status} {body}");
    };
    let code = |code: i64| format!(r#"{{"status":{{"error_code":{code},"error_message":"words"}}}}"#);
    check(429, &code(429), "rate-limited: asked too often");
    check(200, &code(429), "rate-limited: asked too often");
    check(429, "error code: 1015", "rate-limited: asked too often");
    check(200, "error code: 1015", "rate-limited: asked too often");
    check(429, "<html>slow down</html>", "rate-limited: asked too often");
    check(403, "error code: 1020", "blocked: turned away: error code: 1020");
    let nested = r#"{"error":{"status":{"error_code":10012,"error_message":"past 365 days"}}}"#;
    check(401, nested, "beyond-plan: beyond the plan: 10012 past 365 days");
    check(401, &code(10_002), "key-missing: a key is needed");
    check(401, &code(10_005), "beyond-plan: beyond the plan: 10005 words");
    check(400, &code(10_010), "key-refused: the key was refused: 10010 words");
    check(400, &code(10_011), "key-refused: the key was refused: 10011 words");
    check(
        429,
        r#"{"error_code":10006,"error_message":"monthly limit reached"}"#,
        "quota-spent: the allowance of this month is used up",
    );
    check(404, r#"{"error":"coin not found"}"#, "unknown-symbol: unknown there: coin not found");
    check(422, r#"{"error":"Missing parameter ids"}"#, "bad-request: the request was refused: Missing parameter ids");
    check(
        500,
        r#"{"status":500,"error":"Internal Server Error"}"#,
        "unavailable: the provider has trouble: 500 Internal Server Error",
    );
    check(503, "<html></html>", "unavailable: the provider has trouble: 503 <html></html>");
    check(
        200,
        "{\"bitcoin\":{\"usd\":",
        "malformed: unreadable: the answer ends early: EOF while parsing a value at line 1 column 18",
    );
}
