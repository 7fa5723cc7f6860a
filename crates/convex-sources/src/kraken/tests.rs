use super::{Conversation, Kraken};
use crate::testing::{Answer, HISTORY, heard, urls};
use crate::{Access, Feed, Purpose};

const NOON: &str = "2026-01-06T12:00:00Z";

#[test]
fn one_pair_a_request() {
    let addresses = |purpose| urls(&Kraken, &["XBTUSD"], purpose, Access::Keyless, NOON);
    assert_eq!(addresses(HISTORY), ["https://api.kraken.com/0/public/OHLC?pair=XBTUSD&interval=1440"]);
    assert_eq!(
        addresses(Purpose::History { since: Some("2026-01-02".parse().unwrap()) }),
        ["https://api.kraken.com/0/public/OHLC?pair=XBTUSD&interval=1440&since=1767225600"]
    );
    assert_eq!(addresses(Purpose::Quote), ["https://api.kraken.com/0/public/Ticker?pair=XBTUSD"]);
}

#[test]
fn the_last_candle_is_unfinished() {
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["XBTUSD"], received).told(&Kraken, body), expected, "{body}");
    };
    let rows = r#"[[1767484800,"99","100","98","99.5","99","1",5],[1767571200,"100","102","97","101","99","1",5],[1767657600,"101","103","98","102","99","1",5]]"#;
    let body = format!(r#"{{"error":[],"result":{{"XXBTZUSD":{rows},"last":1767571200}}}}"#);
    check(NOON, &body, "XBTUSD price none: 2026-01-04=99.5 2026-01-05=101");
    check("2026-01-08T00:00:00Z", &body, "XBTUSD price none: 2026-01-04=99.5 2026-01-05=101");
    check("2026-01-05T12:00:00Z", &body, "XBTUSD price none: 2026-01-04=99.5");
    let unsaid = format!(r#"{{"error":["WGeneral:Old"],"result":{{"BTC/USD":{rows}}}}}"#);
    check(NOON, &unsaid, "XBTUSD price none: 2026-01-04=99.5 2026-01-05=101\n! WGeneral:Old");
    check(NOON, r#"{"error":[],"result":{"XXBTZUSD":[],"last":0}}"#, "empty: no observation in the answer");
    check(NOON, r#"{"error":[],"result":{"last":0}}"#, "empty: no observation in the answer");
    check(NOON, r#"{"error":[],"result":{"A":[],"B":[]}}"#, "malformed: unreadable: 2 pairs where one was asked for");
    check(
        NOON,
        r#"{"error":[],"result":{"A":[[1767488400,1,1,1,1,1,1,1]]}}"#,
        "malformed: unreadable: candle 0 does not begin at midnight UTC: it is not daily",
    );
    check(
        NOON,
        r#"{"error":[],"result":{"A":[[1767484800,1]]}}"#,
        "malformed: unreadable: candle 0 has 2 values, 8 are usual",
    );
    check(NOON, r#"{"error":[]}"#, "malformed: unreadable: neither error nor result");
}

#[test]
fn the_latest_trade() {
    let check = |body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["XBTUSD"], NOON).told(&Kraken, body), expected, "{body}");
    };
    check(
        r#"{"error":[],"result":{"XXBTZUSD":{"a":["1","1","1"],"c":["900.5","0.1"],"o":"1"}}}"#,
        "XBTUSD now 900.5 2026-01-06T12:00:00Z",
    );
    check(r#"{"error":[],"result":{"XXBTZUSD":{"c":[]}}}"#, "empty: no observation in the answer");
    check(r#"{"error":[],"result":{"XXBTZUSD":{}}}"#, "malformed: unreadable: missing field `c`");
}

#[test]
fn refusals_stand_in_an_answer_of_success() {
    let check = |status: u16, words: &str, expected: &str| {
        let body = format!(r#"{{"error":["{words}"]}}"#);
        let answer = Answer::quote(&["XBTUSD"], NOON).with_status(status);
        assert_eq!(answer.told(&Kraken, &body), expected, "{words}");
    };
    check(200, "EGeneral:Too many requests", "rate-limited: asked too often");
    check(200, "EAPI:Rate limit exceeded", "rate-limited: asked too often");
    check(200, "EGeneral:Temporary lockout", "rate-limited: asked too often, wait 900 s");
    check(200, "EQuery:Unknown asset pair", "unknown-symbol: unknown there: XBTUSD: EQuery:Unknown asset pair");
    check(200, "EService:Unavailable", "unavailable: the provider has trouble: XBTUSD: EService:Unavailable");
    check(200, "EGeneral:Internal error", "unavailable: the provider has trouble: XBTUSD: EGeneral:Internal error");
    check(
        200,
        "EGeneral:Invalid arguments",
        "bad-request: the request was refused: XBTUSD: EGeneral:Invalid arguments",
    );
    check(403, "EGeneral:Permission denied", "key-refused: the key was refused: XBTUSD: EGeneral:Permission denied");
    let page = Answer::quote(&["XBTUSD"], NOON).with_status(520).told(&Kraken, "<html>520</html>");
    assert_eq!(page, "unavailable: the provider has trouble: 520 <html>520</html>");
}

fn conversation(message: &str) -> String {
    let mut feed = Conversation::about(&["XBTUSD", "ETHUSD"]);
    heard(&feed.read(message, NOON.parse().unwrap()))
}

#[test]
fn a_stream_of_trades() {
    assert_eq!(
        Conversation::about(&["XBTUSD", "ETHUSD"]).hello(),
        [r#"{"method":"subscribe","params":{"channel":"ticker","symbol":["BTC/USD","ETH/USD"]}}"#]
    );
    for (message, expected) in [
        (
            r#"{"channel":"ticker","type":"snapshot","data":[{"symbol":"BTC/USD","bid":1,"last":900.5,"volume":2}]}"#,
            "XBTUSD 900.5 2026-01-06T12:00:00Z",
        ),
        (
            r#"{"channel":"ticker","type":"update","data":[{"symbol":"ETH/USD","last":"30","timestamp":"2026-01-06T11:59:59.5Z"}]}"#,
            "ETHUSD 30 2026-01-06T11:59:59.5Z",
        ),
        (r#"{"channel":"ticker","type":"update","data":[{"symbol":"DOGE/USD","last":1}]}"#, ""),
        (r#"{"channel":"heartbeat"}"#, ""),
        (r#"{"channel":"status","type":"update","data":[{"system":"online","version":"2.0.0"}]}"#, ""),
        (r#"{"method":"subscribe","result":{"channel":"ticker","symbol":"BTC/USD"},"success":true}"#, ""),
        (
            r#"{"channel":"status","type":"update","data":[{"system":"maintenance"}]}"#,
            "unavailable: the provider has trouble: maintenance",
        ),
        (
            r#"{"error":"Currency pair not supported X/Y","method":"subscribe","success":false,"symbol":"X/Y"}"#,
            "unknown-symbol: unknown there: Currency pair not supported X/Y",
        ),
        (r#"{"channel":"ticker","data":{}}"#, "malformed: unreadable: ticker: invalid type: map, expected a sequence"),
        ("pong", "malformed: unreadable: expected value at line 1 column 1"),
    ] {
        assert_eq!(conversation(message), expected, "{message}");
    }
}

#[test]
fn frames_of_the_first_version_are_read_too() {
    for (message, expected) in [
        (
            r#"[337,[["900.0","1","1767700799.5","b","l",""],["900.5","1","1767700799.75","s","l",""]],"trade","XBT/USD"]"#,
            "XBTUSD 900.5 2026-01-06T11:59:59.75Z",
        ),
        (r#"[340,{"a":["1",1,"1"],"c":["30.5","1"]},"ticker","ETH/USD"]"#, "ETHUSD 30.5 2026-01-06T12:00:00Z"),
        (r#"[340,{"as":[["1","1","1"]]},"book-10","XBT/USD"]"#, ""),
        (r#"[337,[["1","1","1","b","l",""]],"trade","DOGE/EUR"]"#, ""),
        (r#"{"event":"heartbeat"}"#, ""),
        (r#"{"event":"systemStatus","status":"online"}"#, ""),
        (
            r#"{"event":"subscriptionStatus","status":"error","errorMessage":"Currency pair not supported"}"#,
            "unknown-symbol: unknown there: Currency pair not supported",
        ),
        ("[]", ""),
        (r#"[1,"trade"]"#, ""),
    ] {
        assert_eq!(conversation(message), expected, "{message}");
    }
}
