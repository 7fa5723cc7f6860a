//! Any messages of a stream, one a line: values are finite and about what was asked for.

#![no_main]

use convex_core::catalog::Provider;
use convex_sources::registry;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let feeds = [(Provider::Coinbase, ["BTC-USD", "ETH-USD"]), (Provider::Kraken, ["XBTUSD", "ETHUSD"])];
    for (provider, symbols) in feeds {
        let mut feed = registry::feed(provider, &symbols).expect("a provider that can be listened to");
        for message in text.lines() {
            let Ok(heard) = feed.read(message, Timestamp::UNIX_EPOCH) else { break };
            assert!(heard.quotes.iter().all(|quote| quote.value.is_finite() && symbols.contains(&&*quote.symbol)));
        }
    }
});
