use convex_core::catalog::Provider;

use crate::answer::history;

fn succeeded(messages: &str, series: &str) -> String {
    format!(
        r#"{{"status":"REQUEST_SUCCEEDED","responseTime":101,"message":[{messages}],"Results":{{"series":[{series}]}}}}"#
    )
}

fn row(year: &str, period: &str, value: &str) -> String {
    format!(r#"{{"year":"{year}","period":"{period}","periodName":"x","value":"{value}","footnotes":[{{}}]}}"#)
}

fn series(id: &str, rows: &[String]) -> String {
    format!(r#"{{"seriesID":"{id}","data":[{}]}}"#, rows.join(","))
}

#[test]
fn months_quarters_and_halves() {
    let rows =
        [row("2025", "M13", "4.2"), row("2025", "M11", "4.6"), row("2025", "M10", "-"), row("2025", "M09", "4.4")];
    let rate = history(Provider::Bls, &["LNS14000000"]);
    rate.check(&succeeded("", &series("LNS14000000", &rows)), &["LNS14000000 (none): 2025-09-01 4.4, 2025-11-01 4.6"]);
    let rows = [
        row("2025", "Q05", "9"),
        row("2025", "Q04", "2"),
        row("2025", "S02", "3"),
        row("2025", "S03", "9"),
        row("2024", "A01", "4"),
    ];
    rate.check(
        &succeeded("", &series("LNS14000000", &rows)),
        &["LNS14000000 (none): 2024-01-01 4, 2025-07-01 3, 2025-10-01 2"],
    );
    // Numbers as numbers, and the place of the series as a list.
    rate.check(
        r#"{"status":"REQUEST_SUCCEEDED","message":null,"Results":[{"series":[{"seriesID":"lns14000000","data":[{"year":2025,"period":"M09","value":4.4}]}]}]}"#,
        &["LNS14000000 (none): 2025-09-01 4.4"],
    );
    rate.check(
        &succeeded("", &series("LNS14000000", &[row("2025", "X01", "1")])),
        &["malformed: unreadable: \"X01\" is not a period"],
    );
    rate.check(
        &succeeded("", &series("LNS14000000", &[row("2025", "M01", "1,234")])),
        &["malformed: unreadable: \"1,234\" is not a number"],
    );
}

#[test]
fn several_series_and_unknown_ones() {
    let two = history(Provider::Bls, &["LNS14000000", "CUSR0000SA0"]);
    let rate = series("LNS14000000", &[row("2025", "M09", "4.4")]);
    let prices = series("CUSR0000SA0", &[row("2025", "M09", "324.4")]);
    two.check(
        &succeeded("", &format!("{prices},{rate}")),
        &["LNS14000000 (none): 2025-09-01 4.4", "CUSR0000SA0 (none): 2025-09-01 324.4"],
    );
    two.check(
        &succeeded(
            r#""Series does not exist for Series CUSR0000SA0""#,
            &format!("{rate},{}", series("CUSR0000SA0", &[])),
        ),
        &[
            "LNS14000000 (none): 2025-09-01 4.4",
            "warning: CUSR0000SA0: unknown to the BLS",
            "warning: Series does not exist for Series CUSR0000SA0",
        ],
    );
    history(Provider::Bls, &["NONE"]).check(
        &succeeded(r#""Invalid Series for Series NONE""#, &series("NONE", &[])),
        &["unknown-symbol: unknown there: NONE"],
    );
    history(Provider::Bls, &["LNS14000000"]).check(
        &succeeded(r#""No Data Available for Series LNS14000000 Year: 1913""#, &series("LNS14000000", &[])),
        &["LNS14000000 (none):"],
    );
}

#[test]
fn refusals() {
    let rate = history(Provider::Bls, &["LNS14000000"]);
    let refusal = |status: &str, message: &str| {
        format!(r#"{{"status":"{status}","responseTime":0,"message":["{message}"],"Results":[]}}"#)
    };
    for (message, fact) in [
        (
            "Request could not be serviced, as the daily threshold for total number of requests allocated to the user with registration key SECRET has been reached.",
            "quota-spent: the allowance of this day is used up",
        ),
        (
            "The key:SECRET provided by the User is invalid.",
            "key-refused: the key was refused: the BLS does not know this registration key",
        ),
        ("Your request exceeds the year limit.", "bad-request: the request was refused: REQUEST_NOT_PROCESSED"),
        ("We are unable to process your request.", "unavailable: the provider has trouble: REQUEST_NOT_PROCESSED"),
    ] {
        rate.check(&refusal("REQUEST_NOT_PROCESSED", message), &[fact]);
    }
    rate.check("{}", &["bad-request: the request was refused: no status in the answer"]);
    let page = "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>";
    rate.status(403).check(page, &[&format!("blocked: turned away: 403 {page}")]);
}
