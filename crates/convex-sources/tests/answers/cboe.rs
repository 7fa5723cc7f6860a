use convex_core::catalog::Provider;

use crate::answer::{history, quote};

#[test]
fn files_of_indices() {
    let vix = history(Provider::Cboe, &["_VIX"]);
    vix.check(
        "DATE,OPEN,HIGH,LOW,CLOSE\n01/05/2026,15.000000,16.000000,14.500000,15.250000\n01/06/2026,15.300000,2.580000,14.900000,14.950000\n",
        &[
            "_VIX (none): 2026-01-05 15.25, 2026-01-06 14.95",
            "candles: 2026-01-05 15 16 14.5, 2026-01-06 15.3 2.58 14.9",
        ],
    );
    vix.check(
        "\u{feff}CLOSE,DATE,LOW\r\n14.95,1/6/2026,x\r\n15.25,1/5/2026,\r\n,1/7/2026,14\r\n",
        &["_VIX (none): 2026-01-05 15.25, 2026-01-06 14.95", "candles: 2026-01-05 - - -, 2026-01-06 - - -"],
    );
    history(Provider::Cboe, &["_VVIX"]).check("DATE,VVIX\n01/05/2026,91.250000\n", &["_VVIX (none): 2026-01-05 91.25"]);
    vix.check("DATE,ANOTHER NAME\n01/05/2026,91.250000\n", &["_VIX (none): 2026-01-05 91.25"]);
    vix.check(
        "DATE,OPEN,HIGH\n01/05/2026,1,2\n",
        &["malformed: unreadable: no column \"CLOSE\" or \"VIX\" among \"DATE,OPEN,HIGH\""],
    );
    vix.check(
        "DATE,VIX\n01/05/2026,15.250000\n01/06/2026,14.9",
        &["malformed: unreadable: line 3: the answer ends within a number"],
    );
    vix.check(
        "DATE,VIX\n2026-13-05,15\n",
        &["malformed: unreadable: line 2: \"2026-13-05\" in column \"DATE\" is not a date"],
    );
}

#[test]
fn a_running_day_is_left_out() {
    let file = "DATE,VIX\n01/08/2026,15.25\n01/09/2026,14.95\n";
    let vix = history(Provider::Cboe, &["_VIX"]);
    vix.clone().received("2026-01-09T21:14:00Z").check(file, &["_VIX (none): 2026-01-08 15.25"]);
    vix.received("2026-01-09T21:15:00Z").check(file, &["_VIX (none): 2026-01-08 15.25, 2026-01-09 14.95"]);
}

#[test]
fn refusals() {
    let vix = history(Provider::Cboe, &["_VIX"]);
    let missing = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code></Error>";
    vix.clone().status(403).check(missing, &["unknown-symbol: unknown there: _VIX"]);
    vix.clone().status(403).check("error code: 1020", &["blocked: turned away: 403 by the guard before the files"]);
    vix.check(
        "<html><body>Just a moment...</body></html>",
        &["blocked: turned away: a page that asks for proof of a person"],
    );
    vix.status(404).check("", &["unknown-symbol: unknown there: 404"]);
}

#[test]
fn charts_of_funds() {
    let dia = history(Provider::Cboe, &["DIA"]);
    let bars = r#"{"date":"2026-01-06","open":"484.100000","high":"486.000000","low":"482.5","close":"485.250000","volume":"0.0"},
        {"date":"2026-01-05","open":0,"high":null,"low":"","close":483.5}"#;
    let facts = &[
        "DIA (undocumented): 2026-01-05 483.5, 2026-01-06 485.25",
        "candles: 2026-01-05 0 - -, 2026-01-06 484.1 486 482.5",
    ];
    dia.check(&format!(r#"{{"timestamp":"2026-01-07 01:00:00","symbol":"DIA","data":[{bars}]}}"#), facts);
    dia.check(&format!(r#"{{"data":[{bars}]}}"#), facts);
    dia.check(
        &format!(r#"{{"symbol":"IWM","data":[{bars}]}}"#),
        &["malformed: unreadable: an answer about \"IWM\" instead of \"DIA\""],
    );
    dia.check(r#"{"symbol":"DIA","data":[]}"#, &["empty: no observation in the answer"]);
    dia.check(r#"{"symbol":"DIA"}"#, &["malformed: unreadable: a chart without \"data\""]);
    history(Provider::Cboe, &["_NDX"]).check(
        r#"{"symbol":"^NDX","data":[{"date":"2026-01-06","close":"25000.5"}]}"#,
        &["_NDX (none): 2026-01-06 25000.5", "candles: 2026-01-06 - - -"],
    );
}

#[test]
fn quotes_are_late() {
    let vix = quote(Provider::Cboe, "_VIX");
    let at = "2026-01-08T16:14:59";
    vix.check(
        &format!(r#"{{"timestamp":"2026-01-08 21:30:12","data":{{"symbol":"^VIX","current_price":15.38,"last_trade_time":"{at}"}}}}"#),
        &["_VIX is 15.38 at 2026-01-08T21:14:59Z, 15 minutes late"],
    );
    vix.check(
        &format!(r#"{{"data":{{"current_price":null,"last":"15.4","last_trade_time":"{at}"}}}}"#),
        &["_VIX is 15.4 at 2026-01-08T21:14:59Z, 15 minutes late"],
    );
    vix.check(
        &format!(r#"{{"data":{{"current_price":null,"close":15.4,"last_trade_time":"{at}"}}}}"#),
        &["empty: no observation in the answer"],
    );
    vix.check(r#"{"data":{"current_price":15.4}}"#, &["malformed: unreadable: a quote without \"last_trade_time\""]);
    vix.check("{}", &["malformed: unreadable: a quote without \"data\""]);
}
