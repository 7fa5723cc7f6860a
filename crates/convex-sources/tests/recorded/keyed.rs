use convex_core::Basis;
use convex_core::catalog::Provider;
use convex_sources::Purpose;

use crate::recording::{check, fails, points, price};

#[test]
fn tiingo() {
    let pairs = "crypto_price_history.json";
    let mut table = vec![
        points(pairs, "btcusd", 2, ("2019-05-01", "/0/priceData/0/close"), ("2019-05-02", "/0/priceData/1/close")),
        points(pairs, "fldcbtc", 2, ("2019-05-01", "/1/priceData/0/close"), ("2019-05-02", "/1/priceData/1/close")),
        price("crypto_top_of_book.json", "btcusd", "/0/topOfBookData/0/lastPrice", "2019-10-13T20:20:03.712Z")
            .with(&["fldcbtc"]),
        fails("crypto_metadata.json", "btcusd", "malformed"),
        // Bars of half an hour.
        fails("intraday_price.json", "GOOGL", "malformed"),
        fails("ticker_metadata.json", "GOOGL", "malformed"),
        fails("invalid_url.html", "GOOGL", "wrong-kind"),
        fails("valid_url.html", "GOOGL", "redirects"),
        points("ticker_price.json", "GOOGL", 1, ("2018-04-12", "/0/adjClose"), ("2018-04-12", "/0/adjClose"))
            .basis(Basis::TotalReturn),
    ];
    for (body, n, first, last) in [
        ("ticker_price.json", 1, "2018-04-12", "2018-04-12"),
        ("ticker_price_pandas_single.json", 1, "2018-06-08", "2018-06-08"),
        ("ticker_price_with_date.json", 2, "2015-01-02", "2015-01-05"),
        ("ticker_price_with_multiple_columns.json", 1, "2024-10-22", "2024-10-22"),
        ("ticker_price_pandas_daily_equivalent_requesting_json_or_csv.json", 10, "2018-01-05", "2018-01-19"),
        ("ticker_price_pandas_daily_metric_name.json", 10, "2018-01-05", "2018-01-19"),
        ("ticker_price_pandas_weekly.json", 3, "2018-01-05", "2018-01-19"),
        ("ticker_price_pandas_weekly_multiple_tickers.json", 3, "2018-01-05", "2018-01-19"),
        ("ticker_price_weekly.json", 3, "2018-01-05", "2018-01-19"),
    ] {
        table.push(points(body, "GOOGL", n, (first, "/0/close"), (last, &format!("/{}/close", n - 1))));
    }
    // Tables, where JSON is asked for.
    for body in [
        "ticker_price_pandas_daily_csv.csv",
        "ticker_price_pandas_daily_metric_name_csv.csv",
        "ticker_price_pandas_weekly_multiple_tickers_csv.csv",
        "ticker_price_with_date_csv.csv",
    ] {
        table.push(fails(body, "GOOGL", "wrong-kind"));
    }
    check(Provider::Tiingo, "tiingo", &table);
}

#[test]
fn alpha_vantage() {
    check(
        Provider::AlphaVantage,
        "alpha_vantage",
        &[
            fails("err_information_25_per_day.json", "IWM", "quota-spent"),
            fails("err_note_5_per_minute.json", "IWM", "rate-limited"),
            fails("err_information_25_per_day.json", "IWM", "quota-spent").purpose(Purpose::Quote),
            // Minutes, an exchange rate and a search.
            fails("mock_time_series.json", "MSFT", "malformed"),
            fails("mock_foreign_exchange.json", "BTC", "malformed").purpose(Purpose::Quote),
            fails("symbol_search.json", "BA", "malformed"),
        ],
    );
}

#[test]
fn twelve_data() {
    check(
        Provider::TwelveData,
        "twelve_data",
        &[
            fails("err_429_minute_credits.json", "IWM", "rate-limited"),
            fails("err_429_minute_credits.json", "IWM", "rate-limited").purpose(Purpose::Quote),
        ],
    );
}
