use convex_core::catalog::Provider;

use crate::answer::history;

#[test]
fn the_file_of_a_year() {
    let curve = history(Provider::Treasury, &["10 Yr", "3 Mo"]);
    let facts = &["10 Yr (none): 2026-01-05 4.17, 2026-01-06 4.18", "3 Mo (none): 2026-01-05 3.65"];
    curve.check(
        "Date,\"1 Mo\",\"1.5 Month\",\"3 Mo\",\"10 Yr\",\"30 Yr\"\n\
         01/06/2026,3.70,3.69,,4.18,4.86\n01/05/2026,3.72,3.70,3.65,4.17,4.84",
        facts,
    );
    // Another order, no quotation marks, a column nobody knows yet.
    curve.check("10 YR,Date,3 Mo,50 Yr\r\n4.17,01/05/2026,3.65,5.00\r\n4.18,01/06/2026,N/A,5.01\r\n", facts);
    curve.check(
        "Date,\"10 Yr\"\n01/06/2026,4.18\n01/05/2026,4.17",
        &["10 Yr (none): 2026-01-05 4.17, 2026-01-06 4.18", "warning: 3 Mo: not in this file"],
    );
    curve.check("Date,\"30 Yr\"\n01/06/2026,4.86\n", &["unknown-symbol: unknown there: 10 Yr, 3 Mo"]);
    curve.check("Date,\"10 Yr\"\n", &["empty: no observation in the answer"]);
    curve.check("\"10 Yr\"\n4.18\n", &["malformed: unreadable: no column \"Date\" among \"10 Yr\""]);
    curve.check(
        "Date,\"10 Yr\"\n01/06/2026,4.18\n01/05/2026,4.",
        &["malformed: unreadable: line 3: \"4.\" in column \"10 Yr\" is not a number"],
    );
    let page = "<!DOCTYPE html><html><body>Maintenance</body></html>";
    curve.check(page, &[&format!("wrong-kind: an HTML page instead of plain text: {page}")]);
}

#[test]
fn a_year_may_not_have_begun() {
    let address = history(Provider::Treasury, &["10 Yr"]);
    let year = address.clone().at("https://home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv/2026/all?x");
    year.check("Date,\"10 Yr\"\n", &["10 Yr (none):"]);
    year.clone().received("2026-01-02T12:00:00Z").status(404).check("<html>", &["10 Yr (none):"]);
    year.clone().received("2026-02-02T12:00:00Z").status(404).check("", &["unknown-symbol: unknown there: 404"]);
    year.check("", &["empty: no observation in the answer"]);
    address.clone().status(404).check("", &["unknown-symbol: unknown there: 404"]);
    address.check("Date,\"10 Yr\"\n", &["empty: no observation in the answer"]);
}

#[test]
fn a_day_before_its_quotes_is_left_out() {
    let curve = history(Provider::Treasury, &["10 Yr"]).received("2026-01-06T20:29:59Z");
    let file = "Date,\"10 Yr\"\n01/06/2026,4.18\n01/05/2026,4.17\n";
    let warning = "warning: 10 Yr: values after 2026-01-05 left out: 1, first 2026-01-06";
    curve.check(file, &["10 Yr (none): 2026-01-05 4.17", warning]);
    curve.received("2026-01-06T20:30:00Z").check(file, &["10 Yr (none): 2026-01-05 4.17, 2026-01-06 4.18"]);
}

#[test]
fn the_feed() {
    let curve = history(Provider::Treasury, &["10 Yr", "1.5 Month", "30 Yr"]);
    let feed = |entries: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xml:base=\"https://host/\" xmlns:d=\"d\" xmlns:m=\"m\">\n<title>x</title>{entries}</feed>"
        )
    };
    let entry = |properties: &str| {
        format!("<entry><content type=\"application/xml\"><m:properties>{properties}</m:properties></content></entry>")
    };
    let day = |day: &str| format!("<d:NEW_DATE m:type=\"Edm.DateTime\">{day}T00:00:00</d:NEW_DATE>\n");
    let entries = [
        entry(&format!(
            "{}<d:BC_1_5MONTH m:type=\"Edm.Double\">3.69</d:BC_1_5MONTH>\n<d:BC_10YEAR m:type=\"Edm.Double\">4.18</d:BC_10YEAR>\n\
             <d:BC_30YEAR m:null=\"true\" />\n<d:BC_30YEARDISPLAY m:type=\"Edm.Double\">4.86</d:BC_30YEARDISPLAY>",
            day("2026-01-06")
        )),
        entry(&format!("{}<d:BC_10YEAR>4.17</d:BC_10YEAR><d:BC_30YEAR>4.84</d:BC_30YEAR>", day("2026-01-05"))),
    ];
    curve.check(
        &feed(&entries.concat()),
        &[
            "10 Yr (none): 2026-01-05 4.17, 2026-01-06 4.18",
            "1.5 Month (none): 2026-01-06 3.69",
            "30 Yr (none): 2026-01-05 4.84",
        ],
    );
    // A holiday for which there only was a value for display.
    let holiday = format!("{}<d:BC_30YEARDISPLAY>0</d:BC_30YEARDISPLAY><d:BC_10YEAR/>", day("2026-01-01"));
    curve.check(&feed(&entry(&holiday)), &["empty: no observation in the answer"]);
    curve.check(&feed(""), &["empty: no observation in the answer"]);
    curve.check("<Error><Code>1</Code></Error>", &["malformed: unreadable: XML that is no feed"]);
    curve.check(&feed(&entry("<d:BC_10YEAR>4.17</d:BC_10YEAR>")), &["malformed: unreadable: \"\" is not a date"]);
    curve.check(
        &feed(&entry(&format!("{}<d:BC_10YEAR>4,17</d:BC_10YEAR>", day("2026-01-05")))),
        &["malformed: unreadable: 2026-01-05: \"4,17\" is not a number"],
    );
}
