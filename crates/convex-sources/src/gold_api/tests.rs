use super::GoldApi;
use crate::testing::{Answer, urls};
use crate::{Access, Failure, Purpose, Source, Want};

const NOON: &str = "2026-01-06T12:00:00Z";

#[test]
fn spot_of_the_moment_and_no_history() {
    assert_eq!(urls(&GoldApi, &["XAU"], Purpose::Quote, Access::Keyless, NOON), ["https://api.gold-api.com/price/XAU"]);
    let history = Purpose::History { since: None };
    let want = Want { symbols: &["XAU"], purpose: history, now: NOON.parse().unwrap(), access: Access::Keyless };
    assert_eq!(GoldApi.requests(&want), Err(Failure::NotServed));
    let check = |body: &str, expected: &str| {
        assert_eq!(Answer::quote(&["XAU"], NOON).told(&GoldApi, body), expected, "{body}");
    };
    check(
        r#"{"currency":"USD","name":"Gold","price":1234.300049,"symbol":"XAU","updatedAt":"2026-01-06T11:59:07Z","updatedAtReadable":"a few seconds ago"}"#,
        "XAU now 1234.3 2026-01-06T11:59:07Z",
    );
    check(r#"{"price":"1234.5","updatedAt":"2026-01-06T11:59:07Z"}"#, "XAU now 1234.5 2026-01-06T11:59:07Z");
    check(r#"{"price":null,"updatedAt":"2026-01-06T11:59:07Z"}"#, "empty: no observation in the answer");
    check(r#"{"price":0,"updatedAt":"2026-01-06T11:59:07Z"}"#, "malformed: unreadable: a price of 0");
    check(r#"{"price":1}"#, "malformed: unreadable: \"\" in updatedAt is not a moment");
    check(
        r#"{"price":1,"symbol":"XAG","updatedAt":"2026-01-06T11:59:07Z"}"#,
        "malformed: unreadable: an answer about \"XAG\", asked was \"XAU\"",
    );
    check(
        r#"{"price":1,"currency":"EUR","updatedAt":"2026-01-06T11:59:07Z"}"#,
        "malformed: unreadable: an answer about \"EUR\", asked was \"USD\"",
    );
}

#[test]
fn refusals_have_a_class() {
    let check = |status: u16, body: &str, expected: &str| {
        let answer = Answer::quote(&["XAU"], NOON).with_status(status);
        assert_eq!(answer.told(&GoldApi, body), expected, "{status} {body}");
    };
    check(404, r#"{"error":"Symbol not found"}"#, "unknown-symbol: unknown there: XAU: Symbol not found");
    check(200, r#"{"error":"Symbol not found"}"#, "unknown-symbol: unknown there: XAU: Symbol not found");
    check(429, r#"{"error":"Too many requests"}"#, "rate-limited: asked too often");
    check(200, "You've attempted too many requests. Please try again later.", "rate-limited: asked too often");
    check(503, "", "unavailable: the provider has trouble: 503");
    check(200, "", "empty: no observation in the answer");
}
