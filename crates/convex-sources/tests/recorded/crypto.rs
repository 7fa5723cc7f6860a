use convex_core::catalog::Provider;

use crate::recording::{check, fails, not_asked, price};

#[test]
fn kraken() {
    check(
        Provider::Kraken,
        "kraken",
        &[
            fails("err_200_too_many_requests.json", "XBTUSD", "rate-limited"),
            // Hours, where days are asked for.
            fails("ohlc_XBTUSDT_60.json", "XBTUSDT", "malformed"),
            not_asked("kraken_ws_KRAKEN.ws.48.jsonl").url("wss://ws.kraken.com"),
            not_asked("kraken_ws_KRAKEN.ws.50.jsonl").url("wss://ws.kraken.com"),
        ],
    );
}

#[test]
fn coinbase() {
    let frames = not_asked("coinbase_ws_COINBASE.ws.2.jsonl").url("wss://advanced-trade-ws.coinbase.com");
    check(Provider::Coinbase, "coinbase", &[frames]);
}

/// No provider of ours, but what such a door says is understood anywhere.
#[test]
fn doors_that_are_closed() {
    check(
        Provider::Kraken,
        "binance",
        &[
            fails("err_451_restricted_location.json", "XBTUSD", "restricted"),
            not_asked("binance_us_ws_BINANCE_US.ws.1.jsonl").url("wss://stream.binance.us"),
            not_asked("binance_ws_BINANCE.ws.1.jsonl").url("wss://stream.binance.com"),
        ],
    );
    check(Provider::Lbma, "stooq", &[fails("err_daily_hits.txt", "spy.us", "quota-spent")]);
    check(Provider::Lbma, "nasdaq_lbma", &[]);
}

#[test]
fn gold() {
    check(
        Provider::GoldApi,
        "gold_spot",
        &[
            price("goldapi_com_XAU.json", "XAU", "/price", "2026-08-19T09:37:07Z"),
            fails("goldprice_org_rate_limited.txt", "XAU", "rate-limited"),
        ],
    );
}
