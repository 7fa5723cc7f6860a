use convex_core::catalog::Provider;

use crate::recording::{Recording, check, fails, not_asked, points, price};

/// A price without a time: true when it came.
fn now(body: &'static str, id: &'static str, place: &'static str) -> Recording {
    price(body, id, place, "2027-01-01T12:00:00Z")
}

#[test]
fn recorded_answers() {
    let pair = "rotki_api_v3_simple_price_ids=bitcoin_2Cethereum_vs_currencies=eur.json";
    let three = "rotki_api_v3_simple_price_ids=bitcoin_2Cbinancecoin_2Cavalanche-2_vs_currenc.json";
    let daily = "ruby2021_daily_historical_prices_for_one_coin.json";
    let mut table = vec![
        // 00:00 on 2021-02-15 is the end of the day before, and the last point is the afternoon of 2021-05-15.
        points(daily, "bitcoin", 90, ("2021-02-14", "/prices/0/1"), ("2021-05-14", "/prices/89/1")),
        points(daily, "bitcoin", 89, ("2021-02-14", "/prices/0/1"), ("2021-05-13", "/prices/88/1"))
            .received("2021-05-14T14:40:00Z"),
        fails("ruby2021_hourly_historical_prices_for_one_coin.json", "bitcoin", "malformed"),
        fails("ruby2021_daily_historical_prices_for_one_coin_1.json", "bitcoin", "bad-request"),
        fails("ruby2021_hourly_historical_prices_for_one_coin_1.json", "bitcoin", "bad-request"),
        fails("err_10012_days_max.json", "bitcoin-cash", "beyond-plan"),
        fails("err_429_cloudflare_1015.txt", "bitcoin", "rate-limited"),
        fails("err_429_rate_limit.json", "ethereum", "rate-limited"),
        fails("ruby2021_ohlc_data_for_one_coin_in_the_last_7_days_1.json", "bitcoin", "unavailable"),
        // A currency that is unknown there.
        fails("ruby2021_btc_to_eth_exchange_rate.json", "bitcoin", "empty").purpose(convex_sources::Purpose::Quote),
        now("ruby2021_btc_to_eth_exchange_rate_2.json", "bitcoin", "/bitcoin/eth"),
        now("ruby2021_btc_to_usd_exchange_rate.json", "bitcoin", "/bitcoin/usd"),
        now("ruby2021_price_for_multiple_coins.json", "bitcoin", "/bitcoin/usd").with(&["ethereum"]),
        now("ruby2021_price_for_one_coin.json", "bitcoin", "/bitcoin/usd"),
        now("ruby2021_price_for_one_coin_in_a_different_currency.json", "bitcoin", "/bitcoin/myr"),
        now("ruby2021_simple_price_for_one_coin.json", "bitcoin", "/bitcoin/usd"),
        now("rotki_api_v3_simple_price_ids=1inch_vs_currencies=usd.json", "1inch", "/1inch/usd"),
        now(three, "bitcoin", "/bitcoin/eth").with(&["binancecoin"]),
        now(three, "avalanche-2", "/avalanche-2/eth"),
        now("rotki_api_v3_simple_price_ids=bitcoin_2Cdai_2Cbinancecoin_vs_currencies=eth.json", "dai", "/dai/eth"),
        now(pair, "bitcoin", "/bitcoin/eur"),
        now(pair, "ethereum", "/ethereum/eur"),
        now("rotki_api_v3_simple_price_ids=bitcoin_vs_currencies=eur.json", "bitcoin", "/bitcoin/eur"),
        now("rotki_api_v3_simple_price_ids=bitcoin_vs_currencies=usd.json", "bitcoin", "/bitcoin/usd"),
        now("rotki_api_v3_simple_price_ids=chainlink_vs_currencies=usd.json", "chainlink", "/chainlink/usd"),
        now("rotki_api_v3_simple_price_ids=ethereum-classic_2Caave_vs_currencies=usd.json", "aave", "/aave/usd"),
        now(
            "rotki_api_v3_simple_price_ids=ethereum_2Cyearn-finance_vs_currencies=usd.json",
            "ethereum",
            "/ethereum/usd",
        ),
        now("rotki_api_v3_simple_price_ids=ethereum_vs_currencies=btc.json", "ethereum", "/ethereum/btc"),
        now("rotki_api_v3_simple_price_ids=ethereum_vs_currencies=eur.json", "ethereum", "/ethereum/eur"),
        now("rotki_api_v3_simple_price_ids=ethereum_vs_currencies=usd.json", "ethereum", "/ethereum/usd"),
        now("rotki_api_v3_simple_price_ids=golem_vs_currencies=eur.json", "golem", "/golem/eur"),
        now(
            "rotki_api_v3_simple_price_ids=meteora_2Ccoinbase-wrapped-btc_vs_currencies=e.json",
            "meteora",
            "/meteora/eur",
        ),
        now(
            "rotki_api_v3_simple_price_ids=raiden-network_vs_currencies=eur.json",
            "raiden-network",
            "/raiden-network/eur",
        ),
        now("rotki_api_v3_simple_price_ids=rarible_vs_currencies=usd.json", "rarible", "/rarible/usd"),
        now("rotki_api_v3_simple_price_ids=solana_vs_currencies=eur.json", "solana", "/solana/eur"),
        now("rotki_api_v3_simple_price_ids=usd-coin_vs_currencies=eur.json", "usd-coin", "/usd-coin/eur"),
        now("rotki_api_v3_simple_price_ids=usd-coin_vs_currencies=usd.json", "usd-coin", "/usd-coin/usd"),
        now("rotki_api_v3_simple_price_ids=weth_vs_currencies=usd.json", "weth", "/weth/usd"),
        now(
            "rotki_api_v3_simple_price_ids=wrapped-steth_vs_currencies=usd.json",
            "wrapped-steth",
            "/wrapped-steth/usd",
        ),
        not_asked("ruby2021_price_for_multiple_coins_in_different_currencies.json"),
    ];
    // Without the parameters they need.
    for body in [
        "ruby2021_btc_to_eth_exchange_rate_1.json",
        "ruby2021_btc_to_usd_exchange_rate_1.json",
        "ruby2021_price_for_one_coin_1.json",
        "ruby2021_price_for_one_coin_in_a_different_currency_1.json",
        "ruby2021_market_data_for_a_coin_1.json",
        "ruby2021_market_data_for_a_coin_2.json",
        "ruby2021_market_data_for_multiple_coins_in_eth_1.json",
        "ruby2021_historical_price_for_one_coin_at_a_previous_date_1.json",
        "ruby2021_historical_price_for_one_coin_at_a_previous_date_2.json",
    ] {
        table.push(fails(body, "bitcoin", "bad-request"));
    }
    // Of other addresses.
    for body in [
        "rotki_api_v3_coins_binancecoin_history_date=29-10-2025_localization=false.json",
        "rotki_api_v3_coins_ethereum_history_date=01-01-2024_localization=false.json",
        "ruby2021_historical_price_for_one_coin_at_a_previous_date.json",
        "ruby2021_market_data_for_a_coin.json",
        "ruby2021_market_data_for_multiple_coins_in_eth.json",
        "ruby2021_ohlc_data_for_one_coin_in_the_last_7_days.json",
    ] {
        table.push(fails(body, "bitcoin", "malformed"));
    }
    check(Provider::Coingecko, "coingecko", &table);
}
