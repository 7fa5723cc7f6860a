//! An hour of simulated time in which the providers do everything but answer: nothing is lost, doubled or called fresh.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/provider/mod.rs"]
mod provider;
mod world;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use convex::clock::Clock;
use convex::config::{Config, Doors};
use convex::desk::Desk;
use convex::fetch::{Fetcher, Jitter};
use convex::ingest::collect::{Collector, Report, Wanted};
use convex_core::SeriesId;
use convex_core::catalog::{Catalog, Metric, Provider};
use convex_core::freshness::AgeState;
use convex_store::{SeriesSummary, Store};
use indicatif::ProgressBar;
use jiff::Timestamp;
use provider::{Fault, ProviderServer, Reply, Routes};
use world::World;

/// On a Friday before the close, with the values of Thursday.
const BEFORE: &str = "2025-03-07T20:30:00Z";
/// By the end of this hour Friday's closes are overdue.
const FAULTS: &str = "2025-03-07T22:30:00Z";
const AFTER: &str = "2025-03-08T16:00:00Z";

/// The seed legs, and one of each other provider that answers without a key.
const METRICS: [&str; 10] = ["dia", "iwm", "rsp", "qqq", "vixcls", "gold", "btc", "dgs10", "eurusd", "bamlh0a0hym2"];
const PROVIDERS: [&str; 8] = ["yahoo", "cboe", "lbma", "coinbase", "kraken", "treasury", "fred", "ecb"];

/// Each provider is a server of its own, so that one that is left alone does not shield the others.
async fn servers(world: &Arc<World>) -> BTreeMap<&'static str, ProviderServer> {
    let mut servers = BTreeMap::new();
    for name in PROVIDERS {
        let world = Arc::clone(world);
        let answer = move |seen: &provider::Seen| match world.body(&format!("/{name}{}", seen.target)) {
            Some((kind, body)) => Reply::new(200, kind, body),
            None => Reply::new(404, "text/plain", "not found"),
        };
        servers.insert(name, ProviderServer::start(Routes::new().otherwise(answer)).await);
    }
    servers
}

fn configuration(servers: &BTreeMap<&'static str, ProviderServer>) -> String {
    let mut text = String::new();
    for provider in Provider::ALL.iter().filter(|one| !matches!(one, Provider::Sample | Provider::File)) {
        let _ = match servers.get(provider.key()) {
            Some(server) => {
                writeln!(text, "[sources.{}]\nbase_url = \"{}\"\ntimeout_ms = 300", provider.key(), server.url())
            }
            None => writeln!(text, "[sources.{}]\nenabled = false", provider.key()),
        };
    }
    text
}

fn metrics() -> Vec<Arc<Metric>> {
    METRICS.iter().map(|id| Arc::clone(Catalog::builtin().metric(id).unwrap())).collect()
}

async fn collect(store: &Store, fetcher: &Fetcher, doors: &Doors) -> Report {
    let collector = Collector { store, fetcher, doors, progress: ProgressBar::hidden() };
    collector.collect(&Wanted { metrics: metrics(), since: None, whole: false }).await.unwrap()
}

/// What is stored, values and versions.
async fn state(store: &Store) -> Vec<SeriesSummary> {
    let found = store.check().await.unwrap();
    assert_eq!(found.problems, [], "the database is whole");
    store.list().await.unwrap()
}

#[tokio::test]
async fn an_hour_of_faults_leaves_nothing_behind_but_its_record() {
    let clock = Clock::simulated(BEFORE.parse().unwrap());
    let world = World::start(clock).await;
    let servers = servers(&world).await;
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let doors = Doors::open(&Config::parse(&configuration(&servers), "x").unwrap().sources, |_| None).unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("hour.db").display())).await.unwrap();
    let fetcher = Fetcher::new(store.clone(), doors.clone(), clock, Jitter::seeded(3)).unwrap();
    let report = collect(&store, &fetcher, &doors).await;
    assert!(!report.failed(), "{:?}", report.metrics.iter().map(ToString::to_string).collect::<Vec<_>>());
    let before = state(&store).await;

    clock.sleep_until(FAULTS.parse::<Timestamp>().unwrap()).await;
    let began = clock.now();
    for (slot, _) in Fault::ALL.iter().enumerate() {
        for (place, server) in servers.values().enumerate() {
            server.set_fault(Some(Fault::ALL[(slot + 4 * place) % Fault::ALL.len()]));
        }
        let report = collect(&store, &fetcher, &doors).await;
        assert_eq!(report.new_values(), 0, "slot {slot}");
        clock.sleep_until(began + Duration::from_mins(2) * (slot as u32 + 1)).await;
    }
    assert!(clock.now().duration_since(began).as_mins() >= 60);
    assert_eq!(state(&store).await, before, "no row came, went or changed");
    let desk = Desk::new(Catalog::builtin(), store.clone(), None, clock);
    let rows = desk.overview().await.unwrap();
    for id in ["dia", "iwm", "rsp", "qqq", "vixcls"] {
        let row = rows.iter().find(|row| row.metric.id == id).unwrap();
        assert_eq!((row.freshness.state, row.freshness.missed), (AgeState::Late, 1), "{id} lacks Friday");
        assert!(row.last.is_some_and(|(day, _)| day.to_string() == "2025-03-06"), "{id} keeps Thursday");
    }
    let health = store.health().await.unwrap();
    assert!(health.iter().all(|one| one.last_success.is_none_or(|at| at < began)), "no fault passed for an answer");
    let outcomes = store.outcomes(clock.today()).await.unwrap();
    let mut classes: Vec<&str> = outcomes.iter().map(|one| one.class.as_str()).collect();
    classes.sort_unstable();
    classes.dedup();
    println!("{classes:?}");
    for class in [
        "blocked",
        "cut-off",
        "empty",
        "malformed",
        "rate-limited",
        "restricted",
        "timed-out",
        "too-large",
        "unavailable",
        "wrong-kind",
    ] {
        assert!(classes.contains(&class), "{class} was counted: {classes:?}");
    }
    let sent: usize = servers.values().map(|server| server.log().len()).sum();
    println!("{sent} requests");

    for server in servers.values() {
        server.set_fault(None);
    }
    clock.sleep_until(AFTER.parse::<Timestamp>().unwrap()).await;
    let report = collect(&store, &fetcher, &doors).await;
    assert!(!report.failed(), "{:?}", report.metrics.iter().map(ToString::to_string).collect::<Vec<_>>());
    state(&store).await;
    for metric in metrics() {
        let stored = store.load(&SeriesId::price(&metric.id)).await.unwrap().unwrap();
        let source = metric.sources.iter().find(|one| one.provider.key() == stored.provider).unwrap();
        let truth = world.would_serve(source, clock.now());
        assert_eq!(stored.series.len(), truth.len(), "{}", metric.id);
        for ((day, value), (expected, close)) in stored.series.iter().zip(truth) {
            assert!(day == expected && (value - close).abs() <= 1e-6 * close.abs(), "{} on {day}", metric.id);
        }
    }
    assert_eq!(store.quarantined(None, None).await.unwrap(), [], "nothing honest was held back");
}
