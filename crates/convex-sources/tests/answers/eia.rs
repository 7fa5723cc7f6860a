use convex_core::catalog::Provider;

use crate::answer::history;

const PAGE: &str = "https://api.eia.gov/v2/petroleum/pri/spt/data/?facets%5Bseries%5D%5B%5D=RWTC";

#[test]
fn pages_of_rows() {
    let wti = history(Provider::Eia, &["RWTC"]);
    wti.check(
        r#"{"response":{"total":"3","dateFormat":"YYYY-MM-DD","frequency":"daily","data":[
            {"period":"2026-01-05","series":"RWTC","value":"58.32","units":"$/BBL"},
            {"period":"2026-01-05","series":"RWTC","value":58.32},
            {"period":"2020-04-20","series":"RWTC","value":-36.98},
            {"period":"2026-01-02","series":"RWTC","value":null}]},"apiVersion":"2.1.8"}"#,
        &["RWTC (none): 2020-04-20 -36.98, 2026-01-05 58.32"],
    );
    let rows = r#"{"period":"2026-01-02","value":"57.3"},{"period":"2026-01-05","value":"58.3"}"#;
    let page = wti.clone().at(&format!("{PAGE}&offset=2&length=2"));
    page.check(
        &format!(r#"{{"response":{{"total":5,"data":[{rows}]}}}}"#),
        &["RWTC (none): 2026-01-02 57.3, 2026-01-05 58.3", &format!("next {PAGE}&length=2&offset=4")],
    );
    page.check(
        &format!(r#"{{"response":{{"total":4,"data":[{rows}]}}}}"#),
        &["RWTC (none): 2026-01-02 57.3, 2026-01-05 58.3"],
    );
    page.check(r#"{"response":{"total":4,"data":[]}}"#, &[]);
    wti.check(
        &format!(r#"{{"response":{{"warnings":[{{"warning":"incomplete return"}}],"total":9,"data":[{rows}]}}}}"#),
        &[
            "RWTC (none): 2026-01-02 57.3, 2026-01-05 58.3",
            "warning: the answer speaks of 9 rows and ends after 2",
            "warning: {\"warning\":\"incomplete return\"}",
        ],
    );
}

#[test]
fn several_series_and_none() {
    let two = history(Provider::Eia, &["RWTC", "RBRTE"]);
    two.check(
        r#"{"response":{"total":2,"data":[{"period":"2026-01-05","series":"RBRTE","value":"61.9"},{"period":"2026-01-05","series":"RWTC","value":"58.3"}]}}"#,
        &["RWTC (none): 2026-01-05 58.3", "RBRTE (none): 2026-01-05 61.9"],
    );
    let wti = history(Provider::Eia, &["RWTC"]);
    let nothing = r#"{"response":{"total":"0","data":[]}}"#;
    wti.check(nothing, &["unknown-symbol: unknown there: RWTC: no row in all history"]);
    wti.clone().at(&format!("{PAGE}&start=2026-01-05")).check(nothing, &["empty: no observation in the answer"]);
    wti.check(
        r#"{"response":{"total":1,"data":[{"period":"2026-01-05","series":"RBRTE","value":"61.9"}]}}"#,
        &["malformed: unreadable: an answer about other series"],
    );
    wti.check(r#"{"response":{"total":1}}"#, &["malformed: unreadable: an answer without \"data\""]);
    wti.check(
        r#"{"response":{"total":1,"data":[{"period":"2026-01-05","value":"6"#,
        &["malformed: unreadable: the answer ends early: EOF while parsing a string at line 1 column 64"],
    );
}

#[test]
fn refusals() {
    let wti = history(Provider::Eia, &["RWTC"]);
    let coded = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#);
    wti.clone().status(403).check(&coded("API_KEY_MISSING"), &["key-missing: a key is needed"]);
    wti.clone().status(403).check(&coded("API_KEY_INVALID"), &["key-refused: the key was refused: words"]);
    wti.clone().status(429).check(&coded("OVER_RATE_LIMIT"), &["rate-limited: asked too often"]);
    wti.clone()
        .status(404)
        .check(r#"{"error":"Not found.","code":404}"#, &["bad-request: the request was refused: Not found."]);
    wti.check(r#"{"error":"invalid facet","code":400}"#, &["bad-request: the request was refused: invalid facet"]);
}
