//! The stream of events as readers get it, over real connections.

mod live_support;

use std::time::Duration;

use convex::live::{Close, Limits, Plan, start};
use convex_core::catalog::Provider;
use live_support::{Message, Reader, Site, metric, until};
use serde_json::json;

fn brief(message: &Message) -> (&str, &str) {
    (message.event.as_str(), message.data["series"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_stream_begins_with_the_latest_values_and_the_right_headers() {
    let site = Site::new(Limits::default()).await;
    let close = Close { day: "2026-08-08".parse().unwrap(), value: 64_000.0, usual: Some(0.03) };
    site.live().closed(&metric("btc"), 7, close);
    site.quote(Provider::Coinbase, "BTC-USD", 65_083.67);
    let answer = site.ask("", &[("accept-encoding", "gzip, br, zstd"), ("accept", "text/event-stream")]).await;
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some("text/event-stream; charset=utf-8"));
    assert_eq!(header("cache-control").as_deref(), Some("no-cache, no-transform"));
    assert_eq!(header("x-accel-buffering").as_deref(), Some("no"));
    assert_eq!(header("content-encoding"), None);
    assert!(header("content-security-policy").is_some());

    let hello = Reader::new(answer).next().await.unwrap();
    assert!((2_000..7_000).contains(&hello.retry.unwrap()), "{hello:?}");
    assert_eq!((hello.event.as_str(), hello.id), ("hello", Some(site.live().bus().newest())));
    assert_eq!(
        hello.data,
        json!({
            "now": "2026-08-09T21:05:48.250Z",
            "sample": false,
            "resumed": false,
            "quotes": [{
                "series": "btc",
                "value": 65_083.67,
                "text": "65,083.67",
                "unit": "USD",
                "at": "2026-08-09T21:05:48.250Z",
                "time": "21:05:48 UTC",
                "received": "2026-08-09T21:05:48.250Z",
                "source": "coinbase",
                "source_name": "Coinbase",
                "delayed_minutes": 0,
                "change": 65_083.67 / 64_000.0 - 1.0,
                "change_text": "+1.69 %",
                "close": { "day": "2026-08-08", "value": 64_000.0 },
                "sample": false
            }]
        })
    );
}

#[tokio::test]
async fn a_reader_hears_of_what_it_asked_for() {
    let site = Site::new(Limits::default()).await;
    let check = async |query: &str, expected: &[&str]| {
        let (mut reader, _) = site.read(query, None).await;
        for series in ["btc", "eth", "dia", "gold", "xauusd"] {
            site.tell(series);
        }
        for series in expected {
            assert_eq!(brief(&reader.event().await), ("freshness", *series), "{query}");
        }
        site.live().serve(!site.live().is_sample());
        assert_eq!(reader.event().await.event, "market", "{query}");
    };
    check("?series=btc", &["btc"]).await;
    check("?series=bitcoin,ETH", &["btc", "eth"]).await;
    check("?series=dia&series=eth", &["eth", "dia"]).await;
    check("?pair=dia-vs-btc&other=1", &["btc", "dia"]).await;
    // Spot is the live value of the fix.
    check("?series=gold", &["gold", "xauusd"]).await;
    check("", &["btc", "eth", "dia", "gold", "xauusd"]).await;
}

#[tokio::test]
async fn one_who_comes_back_gets_what_it_missed() {
    let site = Site::new(Limits::default()).await;
    let first = site.tell("btc");
    site.tell("eth");
    site.tell("btc");
    let (mut reader, hello) = site.read("?series=btc", Some(first)).await;
    assert_eq!((hello.event.as_str(), &hello.data["resumed"]), ("hello", &json!(true)));
    let missed = reader.event().await;
    assert_eq!((brief(&missed), missed.id), (("freshness", "btc"), Some(first + 2)));
    site.tell("btc");
    assert_eq!(reader.event().await.id, Some(first + 3));
}

#[tokio::test]
async fn one_whose_last_event_is_not_known_is_told_to_begin_again() {
    let site = Site::new(Limits::default()).await;
    site.quote(Provider::Coinbase, "BTC-USD", 65_000.0);
    for last in [0, 5, u64::MAX] {
        let (_, greeting) = site.read("", Some(last)).await;
        assert_eq!((greeting.event.as_str(), &greeting.data["resumed"]), ("resync", &json!(false)), "{last}");
        assert_eq!(greeting.data["quotes"][0]["series"], "btc");
    }
    let answer = site.ask("", &[("last-event-id", "not a number")]).await;
    assert_eq!(Reader::new(answer).next().await.unwrap().event, "resync");
}

#[tokio::test]
async fn a_reader_that_lags_is_told_to_begin_again_and_goes_on() {
    let site = Site::new(Limits::default()).await;
    site.quote(Provider::Coinbase, "BTC-USD", 65_000.0);
    let (mut reader, _) = site.read("?series=btc", None).await;
    // The server's own tasks get no turn in between.
    let newest = (0..5_000).fold(0, |_, _| site.tell("btc"));
    let resync = reader.event().await;
    assert_eq!((resync.event.as_str(), resync.id), ("resync", Some(newest)));
    assert_eq!(resync.data["quotes"][0]["value"], 65_000.0);
    site.tell("btc");
    assert_eq!(reader.event().await.id, Some(newest + 1));
}

#[tokio::test]
async fn of_several_values_a_slow_reader_gets_the_last() {
    let site = Site::new(Limits::default()).await;
    let (mut reader, _) = site.read("", None).await;
    let value = |value: f64| {
        site.quote(Provider::Coinbase, "BTC-USD", value);
        convex::live::Event::Quoted(site.live().latest("btc").unwrap().into())
    };
    for event in [value(65_000.0), value(65_001.0), value(65_002.0)] {
        site.live().bus().publish(event);
    }
    site.tell("eth");
    let (one, other) = (reader.event().await, reader.event().await);
    assert_eq!((brief(&one), one.data["value"].as_f64()), (("quote", "btc"), Some(65_002.0)));
    assert_eq!(brief(&other), ("freshness", "eth"));
}

#[tokio::test]
async fn a_silent_stream_says_that_it_is_still_there() {
    let site = Site::new(Limits { keep_alive: Duration::from_millis(5), ..Limits::default() }).await;
    let (mut reader, _) = site.read("", None).await;
    for _ in 0..3 {
        assert_eq!(reader.next().await.unwrap().comment.as_deref(), Some("still here"));
    }
    site.tell("btc");
    assert_eq!(brief(&reader.event().await), ("freshness", "btc"));
}

#[tokio::test]
async fn there_is_an_end_to_streams_and_places_come_free_again() {
    let site = Site::new(Limits { readers: 3, per_address: 2, ..Limits::default() }).await;
    let refused = async |headers: &[(&str, &str)], status: u16, kind: &str| {
        let answer = site.ask("", headers).await;
        assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (status, "30"));
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(problem["type"], kind);
    };
    let first = site.read("", None).await;
    let _second = site.read("", None).await;
    refused(&[], 429, "/problems/too-many").await;
    let _third = site.ask("", &[("x-forwarded-for", "192.0.2.1")]).await;
    refused(&[("x-forwarded-for", "192.0.2.2")], 503, "/problems/busy").await;
    drop(first);
    until("a place comes free", || site.live().readers().count() == 2).await;
    assert_eq!(site.ask("", &[]).await.status(), 200);
}

#[tokio::test]
async fn what_cannot_be_streamed_is_a_problem() {
    let site = Site::new(Limits::default()).await;
    let many = format!("?series={}", vec!["btc"; 101].join(","));
    for (query, status, kind) in [
        ("?series=bitcoyn", 404, "/problems/unknown-metric"),
        ("?series=", 400, "/problems/bad-request"),
        ("?series=,,", 400, "/problems/bad-request"),
        ("?pair=dia", 400, "/problems/bad-request"),
        ("?pair=dia-vs-", 400, "/problems/bad-request"),
        ("?pair=dia-vs-nothing-like-it", 404, "/problems/unknown-metric"),
        ("?series=%FF%00", 404, "/problems/unknown-metric"),
        (many.as_str(), 400, "/problems/bad-request"),
    ] {
        let answer = site.ask(query, &[]).await;
        assert_eq!(answer.status().as_u16(), status, "{query}");
        let problem: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert_eq!(problem["type"], kind, "{query}");
    }
    assert_eq!(site.live().readers().count(), 0);
}

#[tokio::test]
async fn stopping_ends_streams() {
    let site = Site::new(Limits::default()).await;
    let running = start(&site.desk, Plan::new(Vec::new())).await;
    let (mut reader, _) = site.read("?series=btc", None).await;
    site.tell("btc");
    running.stop().await;
    assert_eq!(brief(&reader.event().await), ("freshness", "btc"));
    assert_eq!(reader.next().await, None);
    until("all places are free", || site.live().readers().count() == 0).await;
}
