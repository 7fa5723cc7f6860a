use convex_core::Basis;
use convex_core::catalog::Provider;

use crate::recording::{Recording, check, fails, points, price};

/// Bars of a chart, on both bases: the first and the last by their place.
fn bars(body: &'static str, symbol: &'static str, n: usize, first: &'static str, last: &'static str) -> [Recording; 2] {
    let place = |array: &str, i: usize| format!("/chart/result/0/indicators/{array}/{i}");
    let both = |array| points(body, symbol, n, (first, &place(array, 0)), (last, &place(array, n - 1)));
    [both("quote/0/close"), both("adjclose/0/adjclose").basis(Basis::TotalReturn)]
}

const NOW: &str = "/chart/result/0/meta/regularMarketPrice";

#[test]
fn recorded_answers() {
    let split = "chart-AAPL-2020-08-31-to-2020-11-07.json";
    let year = "historical-via-chart-MSFT-dividends-2021-02-01-to-2022-01-31.csv.json";
    let pair = "chart-EURUSD=X-2020-01-01-to-2020-01-03.json";
    let mut table = vec![
        price(split, "AAPL", NOW, "2025-02-19T21:00:01Z"),
        price(pair, "EURUSD=X", NOW, "2025-02-20T11:46:42Z"),
        fails("chart-AAPL-2025-02-01-to-2025-02-02-includePrePost-false-interval-1m.json", "AAPL", "empty"),
        // The door itself, and other things behind it.
        fails("err_401_invalid_crumb.json", "BATS.L", "blocked"),
        fails("err_429_plain_text.txt", "AAPL", "rate-limited"),
        fails("err_historical-BEKE-2020-01-01-to-2020-01-03.txt", "BEKE", "empty"),
        fails("historical-BTC-USD-2020-01-01-to-2020-01-03.csv", "BTC-USD", "wrong-kind"),
        fails("historical-EURUSD=X-2020-01-01-to-2020-01-03.csv", "EURUSD=X", "wrong-kind"),
        fails("historical-QQQ-2020-01-01-to-2020-01-03.csv", "QQQ", "wrong-kind"),
        fails("quote-AAPL-BABA.json", "AAPL", "malformed"),
        fails("quote-ADH.json", "ADH", "malformed"),
        fails("quote-BTC-USD.json", "BTC-USD", "malformed"),
        fails("quote-EURUSD=X.json", "EURUSD=X", "malformed"),
        fails("quote-GC=F.json", "GC=F", "malformed"),
        fails("quote-QQQ.json", "QQQ", "malformed"),
        fails("quote-SIX.json", "SIX", "malformed"),
        fails("quote-^VXAPL.json", "^VXAPL", "malformed"),
        fails("search-AAPL.json", "AAPL", "malformed"),
    ];
    for (body, symbol) in [
        ("chart-BTC-USD-2020-01-01-to-2020-01-03.json", "BTC-USD"),
        ("historical-via-chart-BTC-USD-2020-01-01-to-2020-01-03.json", "BTC-USD"),
        (pair, "EURUSD=X"),
    ] {
        // Nothing is paid out, so there is one basis.
        let [closes, _] = bars(body, symbol, 3, "2020-01-01", "2020-01-03");
        table.push(closes);
        let [running, _] = bars(body, symbol, 2, "2020-01-01", "2020-01-02");
        table.push(running.received("2020-01-03T12:00:00Z"));
    }
    table.extend(bars(split, "AAPL", 49, "2020-08-31", "2020-11-06"));
    table.extend(bars(year, "MSFT", 252, "2021-02-01", "2022-01-28"));
    table.extend(bars("chart-AAPL.json", "AAPL", 1, "2022-02-22", "2022-02-22"));
    for (body, symbol) in [
        ("chart-AAPL-2020-01-01-to-2020-01-03.json", "AAPL"),
        ("chart-ABBV-2020-01-01-to-2020-01-03.json", "ABBV"),
        ("chart-AFRAF-2020-01-01-to-2020-01-03.json", "AFRAF"),
        ("chart-AMZN-2020-01-01-to-2020-01-03.json", "AMZN"),
        ("chart-AZT.OL-2020-01-01-to-2020-01-03.json", "AZT.OL"),
        ("chart-BABA-2020-01-01-to-2020-01-03.json", "BABA"),
        ("chart-CRON-2020-01-01-to-2020-01-03.json", "CRON"),
        ("chart-EPAC-2020-01-01-to-2020-01-03.json", "EPAC"),
        ("chart-GOOG-2020-01-01-to-2020-01-03.json", "GOOG"),
        ("chart-OCDO.L-2020-01-01-to-2020-01-03.json", "OCDO.L"),
        ("chart-ORSTED.CO-2020-01-01-to-2020-01-03.json", "ORSTED.CO"),
        ("chart-QQQ-2020-01-01-to-2020-01-03.json", "QQQ"),
        ("historical-via-chart-QQQ-2020-01-01-to-2020-01-03.json", "QQQ"),
        ("chart-WSKT.JK-2020-01-01-to-2020-01-03.json", "WSKT.JK"),
    ] {
        table.extend(bars(body, symbol, 1, "2020-01-02", "2020-01-02"));
    }
    check(Provider::Yahoo, "yahoo", &table);
}
