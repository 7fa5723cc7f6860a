//! What becomes of a provider's value: shown, held, told to readers, put on a page.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::float_cmp, reason = "values are carried through as they came")]

mod live_support;

use std::sync::Arc;
use std::time::Duration;

use convex::clock::Clock;
use convex::desk::Desk;
use convex::live::{Close, Doubt, Event, Filter, Live, Next, Plan, Reception, Subscription, start};
use convex_core::catalog::{Catalog, Provider};
use convex_core::{Series, SeriesId};
use convex_sources::Quote;
use convex_store::{Batch, Store, Write};
use jiff::Timestamp;
use live_support::{HANGS, metric, now};
use tempfile::TempDir;
use tokio::time::{Instant, timeout};

fn live() -> Arc<Live> {
    Arc::new(Live::new(Catalog::builtin(), Clock::Fixed(now())))
}

fn quote(symbol: &str, value: f64, at: &str) -> Quote {
    Quote { symbol: symbol.to_owned(), value, at: at.parse().unwrap(), delayed_minutes: 0 }
}

fn close(day: &str, value: f64) -> Close {
    Close { day: day.parse().unwrap(), value, usual: Some(0.01) }
}

const AT: &str = "2026-08-09T21:05:47Z";

/// The values told next.
async fn told(reader: &mut Subscription) -> Vec<f64> {
    let Next::Events(entries) = timeout(HANGS, reader.next()).await.unwrap() else { panic!("events expected") };
    let value = |event: &Event| match event {
        Event::Quoted(value) => Some(value.value),
        _ => None,
    };
    entries.iter().filter_map(|entry| value(&entry.event)).collect()
}

#[tokio::test(start_paused = true)]
async fn readers_are_told_at_once_and_then_of_the_latest_after_a_pause() {
    let live = live();
    let mut reader = live.bus().subscribe(Filter::series(["btc"]));
    let began = Instant::now();
    for value in [100.0, 101.0, 102.0, 103.0] {
        assert_eq!(live.quote(Provider::Coinbase, &quote("BTC-USD", value, AT)), Reception::Shown);
    }
    assert_eq!(told(&mut reader).await, [100.0]);
    assert_eq!(began.elapsed(), Duration::ZERO);
    assert_eq!(told(&mut reader).await, [103.0]);
    assert_eq!(began.elapsed().as_millis(), 500);
    tokio::time::advance(Duration::from_secs(1)).await;
    live.quote(Provider::Coinbase, &quote("BTC-USD", 104.0, AT));
    assert_eq!(told(&mut reader).await, [104.0]);
    assert!(began.elapsed() < Duration::from_millis(1_502));
}

#[tokio::test]
async fn a_close_takes_the_place_of_values_before_it() {
    let (live, dia) = (live(), metric("dia"));
    live.expect(&dia, Provider::Yahoo, Duration::from_mins(1));
    live.quote(Provider::Yahoo, &quote("DIA", 480.0, "2026-08-07T19:59:00Z"));
    assert!(!live.closed(&dia, 5, close("2026-08-06", 478.0)), "the first is no news");
    assert_eq!(live.latest("dia").unwrap().change(), Some(480.0 / 478.0 - 1.0));
    assert!(live.closed(&dia, 6, close("2026-08-07", 479.0)));
    assert_eq!(live.latest("dia"), None);
    assert!(live.has_value("dia") && live.late_after("dia").is_some());
    assert!(!live.closed(&dia, 4, close("2026-08-05", 1.0)), "nor is an old one");
    live.quote(Provider::Yahoo, &quote("DIA", 481.0, "2026-08-07T20:00:01Z"));
    assert_eq!(live.latest("dia").unwrap().change(), Some(481.0 / 479.0 - 1.0));
}

#[tokio::test]
async fn spot_is_judged_by_the_fix_until_it_has_a_history() {
    let live = live();
    live.closed(&metric("gold"), 1, close("2026-08-07", 3_400.0));
    let spot = |value: f64| live.quote(Provider::GoldApi, &quote("XAU", value, AT));
    assert!(matches!(spot(34.0), Reception::Held(Doubt::TooFar(_))));
    assert_eq!(live.held()[0].0, "xauusd");
    assert_eq!(spot(3_410.0), Reception::Shown);
    assert_eq!(live.held(), []);
    assert_eq!(live.latest("xauusd").unwrap().change(), None, "a fix is not its close");
}

#[tokio::test]
async fn simulated_and_real_values_never_meet() {
    let live = live();
    let mut reader = live.bus().subscribe(Filter::All);
    live.serve(true);
    assert_eq!(live.quote(Provider::Coinbase, &quote("BTC-USD", 65_000.0, AT)), Reception::Shown);
    assert_eq!(live.latest("btc"), None);
    assert_eq!(live.quote(Provider::Sample, &quote("btc", 47_000.0, AT)), Reception::Shown);
    assert!(live.latest("btc").unwrap().is_simulated());
    assert_eq!(told(&mut reader).await, [47_000.0]);
    live.serve(false);
    assert_eq!(live.latest("btc").unwrap().value, 65_000.0);
    assert_eq!(live.switches(), []);
}

#[test]
fn symbols_nobody_knows_are_no_values() {
    let live = live();
    assert_eq!(live.quote(Provider::Coinbase, &quote("DOGE-USD", 1.0, AT)), Reception::Unknown);
    assert_eq!(live.metrics(), []);
}

/// A desk over an empty database, with or without a sample market that has bitcoin.
async fn desk(with_sample: bool) -> (Arc<Desk>, Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let open =
        async |name: &str| Store::open(&format!("sqlite://{}", folder.path().join(name).display())).await.unwrap();
    let (store, sample) = (open("real.db").await, open("sample.db").await);
    append(&sample, "btc", "2026-08-08", 47_000.0, Provider::Sample).await;
    let desk = Desk::new(Catalog::builtin(), store.clone(), with_sample.then_some(sample), Clock::Fixed(now()));
    (Arc::new(desk), store, folder)
}

/// Thirty days up to a last one, around its value.
async fn append(store: &Store, id: &str, last: &str, value: f64, provider: Provider) {
    let last: convex_core::Day = last.parse().unwrap();
    let values = (0..30).map(|back| if back == 29 { value } else { value * (1.0 + 0.01 * f64::from(back % 3)) });
    let series = Series::new((0..30).map(|at| last - 29 + at).collect(), values.collect()).unwrap();
    let known_from: Timestamp = now();
    let write = Write::new(provider.key(), known_from);
    let id = SeriesId::price(id);
    store.append(&write, &[Batch { id: &id, observations: &series }]).await.unwrap();
}

#[tokio::test]
async fn new_closes_in_the_database_are_told_whoever_wrote_them() {
    let (desk, store, _folder) = desk(false).await;
    append(&store, "btc", "2026-08-07", 64_000.0, Provider::File).await;
    let running = start(&desk, Plan::new(Vec::new())).await;
    assert_eq!(desk.live().close("btc").unwrap().value, 64_000.0);
    let mut reader = desk.live().bus().subscribe(Filter::All);
    append(&store, "btc", "2026-08-08", 64_500.0, Provider::File).await;
    append(&store, "mine", "2026-08-08", 7.0, Provider::File).await;
    let mut told = Vec::new();
    while told.len() < 2 {
        let Next::Events(entries) = reader.next().await else { panic!("events expected") };
        told.extend(entries.iter().filter_map(|entry| match &entry.event {
            Event::SeriesChanged { series, day, value, .. } => Some((series.to_string(), day.to_string(), *value)),
            _ => None,
        }));
    }
    told.sort_by(|one, other| one.0.cmp(&other.0));
    let day = "2026-08-08".to_owned();
    assert_eq!(told, [("btc".to_owned(), day.clone(), 64_500.0), ("mine".to_owned(), day, 7.0)]);
    running.stop().await;
}

#[tokio::test]
async fn the_sample_market_moves_until_real_data_come_and_pages_are_told() {
    let (desk, store, _folder) = desk(true).await;
    let running = start(&desk, Plan::new(Vec::new())).await;
    let mut reader = desk.live().bus().subscribe(Filter::series(["btc"]));
    assert!((told(&mut reader).await[0] / 47_000.0 - 1.0).abs() < 0.01);
    append(&store, "btc", "2026-08-08", 64_500.0, Provider::File).await;
    loop {
        let Next::Events(entries) = reader.next().await else { panic!("events expected") };
        if entries.iter().any(|entry| entry.event == Event::MarketChanged { sample: false }) {
            break;
        }
    }
    assert_eq!(desk.live().latest("btc"), None);
    // The closes of the other market are read right after.
    let read = async {
        while desk.live().close("btc").is_none() {
            tokio::task::yield_now().await;
        }
    };
    timeout(HANGS, read).await.unwrap();
    assert_eq!(desk.live().close("btc").map(|close| close.value), Some(64_500.0));
    running.stop().await;
}
