use convex_core::catalog::Provider;
use convex_sources::Purpose;

use crate::answer::{Asked, asked, history};

#[test]
fn the_file_behind_a_chart() {
    let asked = history(Provider::Fred, &["DGS10"]);
    let rows = &["DGS10 (none): 2026-01-02 4.19, 2026-01-06 4.18"];
    asked.check("observation_date,DGS10\n2026-01-01,\n2026-01-02,4.19\n2026-01-05,\n2026-01-06,4.18\n", rows);
    asked.check("DATE,DGS10\r\n2026-01-01,.\r\n2026-01-02,4.19\r\n2026-01-05,.\r\n2026-01-06,4.18\r\n", rows);
    asked.check("\u{feff}date,dgs10\n2026-01-06,4.18\n2026-01-02,4.19", rows);
    asked.check("observation_date,DGS10\n2026-01-02,\n", &["DGS10 (none):"]);
    asked.check("observation_date,DGS10\n", &["empty: no observation in the answer"]);
    asked.check("", &["empty: no observation in the answer"]);
    asked.check(
        "observation_date,DGS2\n2026-01-02,3.47\n",
        &["malformed: unreadable: no column \"DGS10\" among \"observation_date,DGS2\""],
    );
    asked.check(
        "observation_date,DGS10\n2026-01-02,4.19\n2026-02-02,4.2\n",
        &["DGS10 (none): 2026-01-02 4.19", "warning: DGS10: values after 2026-01-09 left out: 1, first 2026-02-02"],
    );
    asked.check(
        "observation_date,DGS10\n2026-01-02,4.19\n2026-01-05,1,234.5\n",
        &["malformed: unreadable: line 3: 3 cells, the header has 2"],
    );
}

#[test]
fn other_bodies_than_a_file() {
    let asked = history(Provider::Fred, &["DGS10"]);
    asked.check_bytes(b"PK\x03\x04....", &["wrong-kind: a ZIP archive instead of plain text: PK...."]);
    let page = "<!DOCTYPE html><html><head><title>Error - St. Louis Fed</title></head></html>";
    asked.clone().status(404).check(page, &[&format!("unknown-symbol: unknown there: 404 {page}")]);
    asked.check(page, &[&format!("wrong-kind: an HTML page instead of plain text: {page}")]);
    asked.clone().status(502).check("bad gateway", &["unavailable: the provider has trouble: 502 bad gateway"]);
    asked.status(429).check("", &["rate-limited: asked too often"]);
}

#[test]
fn the_interface() {
    let asked = history(Provider::Fred, &["UNRATE"]).with_key();
    asked.check(
        r#"{"count":3,"offset":0,"limit":100000,"observations":[
            {"realtime_start":"2026-01-09","realtime_end":"2026-01-09","date":"2025-09-01","value":"4.4"},
            {"realtime_start":"2026-01-09","realtime_end":"2026-01-09","date":"2025-10-01","value":"."},
            {"realtime_start":"2026-01-09","realtime_end":"2026-01-09","date":"2025-11-01","value":"4.6"}]}"#,
        &["UNRATE (none): 2025-09-01 4.4, 2025-11-01 4.6"],
    );
    asked.check(
        r#"{"limit":"2","offset":"4","count":"7","observations":[{"value":4.4,"date":"2025-09-01"},{"date":"2025-10-01","value":4.5}]}"#,
        &[
            "UNRATE (none): 2025-09-01 4.4, 2025-10-01 4.5",
            "next https://api.stlouisfed.org/fred/series/observations?series_id=UNRATE&file_type=json&limit=100000&offset=6",
        ],
    );
    asked.check(
        r#"{"count":9,"offset":0,"limit":100000,"observations":[{"date":"2025-09-01","value":"4.4"}]}"#,
        &["UNRATE (none): 2025-09-01 4.4", "warning: UNRATE: the answer speaks of 9 values and holds 1"],
    );
    asked.check(r#"{"count":0,"offset":0,"limit":100000,"observations":[]}"#, &["empty: no observation in the answer"]);
    asked.check(r#"{"seriess":[]}"#, &["malformed: unreadable: an answer without \"observations\""]);
    asked.check(
        r#"{"observations":[{"date":"2025-09-01","value":"4.4"}"#,
        &["malformed: unreadable: the answer ends early: EOF while parsing a list at line 1 column 52"],
    );
}

#[test]
fn refusals() {
    let asked = history(Provider::Fred, &["UNRATE"]).with_key();
    let refusal = |code: u16, words: &str| format!(r#"{{"error_code":{code},"error_message":"{words}"}}"#);
    asked.clone().status(400).check(
        &refusal(400, "Bad Request.  The value for variable api_key is not registered."),
        &["key-refused: the key was refused: Bad Request. The value for variable api_key is not registered."],
    );
    asked.clone().status(404).check(
        &refusal(404, "Not Found.  The series does not exist."),
        &["gone: no longer given: Not Found. The series does not exist."],
    );
    asked
        .status(429)
        .check(&refusal(429, "Too Many Requests.  Exceeded Rate Limit"), &["rate-limited: asked too often, wait 30 s"]);
}

fn vintages() -> Asked {
    asked(Provider::Fred, &["GDP"], Purpose::Vintages { since: None })
}

fn row(date: &str, from: &str, until: &str, value: &str) -> String {
    format!(r#"{{"date":"{date}","realtime_start":"{from}","realtime_end":"{until}","value":"{value}"}}"#)
}

#[test]
fn revisions() {
    let rows = [
        row("2025-01-01", "2025-04-30", "2025-05-28", "100.5"),
        row("2025-01-01", "2025-05-29", "9999-12-31", "101.25"),
        // Withdrawn and given again: known with the value of the time.
        row("2025-04-01", "2025-07-30", "2025-08-27", "102"),
        row("2025-04-01", "2025-08-28", "2025-09-24", "."),
        row("2025-04-01", "2025-09-25", "9999-12-31", "103"),
        // Withdrawn for good, or never given.
        row("2025-07-01", "2025-10-30", "2025-11-25", "104"),
        row("2025-07-01", "2025-11-26", "9999-12-31", "."),
        row("2025-10-01", "2026-01-07", "9999-12-31", "."),
    ];
    vintages().check(
        &format!(r#"{{"count":8,"offset":0,"limit":100000,"observations":[{}]}}"#, rows.join(",")),
        &[
            "GDP (none): 2025-01-01 100.5 known 2025-04-30, 2025-01-01 101.25 known 2025-05-29, \
             2025-04-01 102 known 2025-07-30, 2025-04-01 103 known 2025-09-25",
            "warning: GDP: values withdrawn for good left out: 1, first 2025-07-01",
        ],
    );
}

#[test]
fn a_page_of_revisions_ends_with_a_whole_day() {
    let rows = [
        row("2025-01-01", "2025-04-30", "9999-12-31", "100"),
        row("2025-04-01", "2025-07-30", "2025-08-27", "102"),
        row("2025-04-01", "2025-08-28", "2025-09-24", "103"),
    ];
    let url = "https://api.stlouisfed.org/fred/series/observations?series_id=GDP";
    vintages().at(url).check(
        &format!(r#"{{"count":8,"offset":3,"limit":3,"observations":[{}]}}"#, rows.join(",")),
        &["GDP (none): 2025-01-01 100 known 2025-04-30", &format!("next {url}&limit=100000&offset=4")],
    );
}

#[test]
fn many_revisions_are_asked_for_in_windows() {
    let words = "Bad Request.  There are 5090 vintage dates in the specified real-time period: 1776-07-04 to 9999-12-31. \
                 This exceeds the maximum number of vintage dates allowed for this file type (2000).";
    let refusal = format!(r#"{{"error_code":400,"error_message":"{words}"}}"#);
    let base = "https://api.stlouisfed.org/fred/series/observations?series_id=GDP&file_type=json&limit=100000";
    let next = format!("next {base}&realtime_start=1776-07-04&realtime_end=2005-12-31&offset=0");
    vintages().status(400).check(&refusal, &[&next]);
    let window = |start: &str, end: &str| vintages().at(&format!("{base}&realtime_start={start}&realtime_end={end}"));
    let next = format!("next {base}&realtime_start=2013-01-01&realtime_end=2019-12-31&offset=0");
    window("2006-01-01", "2012-12-31").check(r#"{"observations":[]}"#, &["GDP (none):", &next]);
    let carried_over = row("2019-12-30", "2020-01-01", "9999-12-31", "1.9");
    let new = row("2019-12-31", "2020-01-02", "9999-12-31", "1.92");
    window("2020-01-01", "9999-12-31").check(
        &format!(r#"{{"observations":[{carried_over},{new}]}}"#),
        &["GDP (none): 2019-12-31 1.92 known 2020-01-02"],
    );
    window("2006-01-01", "2012-12-31").status(400).check(
        &refusal,
        &["bad-request: the request was refused: Bad Request. There are 5090 vintage dates in the specified real-time period: 1776-07-04 to 9999-12-31. This exceeds the maximum number of vintage dates allowed for this file type (2000)."],
    );
}
