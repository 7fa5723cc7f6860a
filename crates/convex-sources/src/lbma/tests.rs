use super::Lbma;
use crate::Access;
use crate::testing::{Answer, HISTORY, urls};

#[test]
fn dollars_of_every_day() {
    assert_eq!(
        urls(&Lbma, &["gold_pm", "silver"], HISTORY, Access::Keyless, "2026-01-06T16:00:00Z"),
        ["https://prices.lbma.org.uk/json/gold_pm.json", "https://prices.lbma.org.uk/json/silver.json"]
    );
    let check = |received: &str, body: &str, expected: &str| {
        assert_eq!(Answer::history(&["gold_pm"], received).told(&Lbma, body), expected, "{body}");
    };
    let body = r#"[{"is_cms_locked":1,"d":"1968-04-01","v":[12.5,6.25,0]},{"d":"2026-01-05","v":[0,1,2]},
                  {"d":"2026-01-06","v":["44.5",null,2]},{"d":"2026-01-02","v":[null]},{"d":"2025-12-31","v":[]}]"#;
    check("2026-01-06T16:00:00Z", body, "gold_pm price none: 1968-04-01=12.5 2026-01-06=44.5");
    check("2026-01-05T23:00:00Z", body, "gold_pm price none: 1968-04-01=12.5");
    check("2026-01-06T16:00:00Z", "[]", "empty: no observation in the answer");
    check("2026-01-06T16:00:00Z", r#"[{"d":"2026-01-05","v":[0,0,0]}]"#, "empty: no observation in the answer");
    check(
        "2026-01-06T16:00:00Z",
        r#"[{"d":"5 January","v":[1]}]"#,
        "malformed: unreadable: \"5 January\" in row 0 is not a date",
    );
    check(
        "2026-01-06T16:00:00Z",
        r#"[{"d":"2026-01-05"}]"#,
        "malformed: unreadable: missing field `v` at line 1 column 19",
    );
}

#[test]
fn a_challenge_is_a_closed_door() {
    let check = |status: u16, body: &str, expected: &str| {
        let answer = Answer::history(&["gold_pm"], "2026-01-06T16:00:00Z").with_status(status);
        assert_eq!(answer.told(&Lbma, body), expected, "{status} {body}");
    };
    let page = "<!DOCTYPE html><html><title>Just a moment...</title></html>";
    check(200, page, "blocked: turned away: a page that asks for proof of a person");
    check(403, page, "blocked: turned away: 403 <!DOCTYPE html><html><title>Just a moment...</title></html>");
    check(404, "<html></html>", "unknown-symbol: unknown there: 404 <html></html>");
}
