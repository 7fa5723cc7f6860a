//! Simulated weeks, or with `CONVEX_YEAR` a year, of the worker alone with its providers: outages, faults, holidays, quotas.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod world;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use convex::clock::{Clock, after};
use convex::config::{Config, Doors};
use convex::fetch::{Fetcher, Jitter};
use convex::ingest::worker::Worker;
use convex_core::SeriesId;
use convex_core::catalog::{Catalog, Provider};
use convex_sources::{KeyNeed, Window, registry};
use convex_store::Store;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use world::{Mode, World};

const START: &str = "2025-01-06T12:00:00Z";
const END: &str = "2025-02-17T12:00:00Z";
const END_OF_YEAR: &str = "2026-01-06T12:00:00Z";

/// What goes wrong, from when, for how many hours.
const TROUBLE: [(&str, u64, Mode); 12] = [
    ("2025-01-14T18:00:00Z", 9, Mode::Html),
    ("2025-01-20T00:00:00Z", 1, Mode::CutOff),
    ("2025-01-22T20:00:00Z", 30, Mode::Crowded),
    ("2025-01-28T12:00:00Z", 26, Mode::Empty),
    ("2025-02-03T00:00:00Z", 30, Mode::Down),
    ("2025-03-10T19:00:00Z", 6, Mode::Html),
    ("2025-04-14T12:00:00Z", 76, Mode::Crowded),
    ("2025-05-20T20:00:00Z", 3, Mode::CutOff),
    ("2025-06-02T06:00:00Z", 24, Mode::Empty),
    ("2025-07-03T16:00:00Z", 96, Mode::Down),
    ("2025-10-01T00:00:00Z", 1, Mode::CutOff),
    ("2025-12-24T00:00:00Z", 60, Mode::Html),
];

const ONLY: [&str; 11] =
    ["dia", "iwm", "vixcls", "gold", "btc", "dgs10", "unrate", "icsa", "bamlh0a0hym2", "eurusd", "gc"];

/// Resident memory of this process in megabytes, where the system tells.
fn megabytes() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: f64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096.0 / 1e6)
}

#[tokio::test(flavor = "current_thread")]
async fn alone_with_providers_that_fail() {
    let is_year = std::env::var("CONVEX_YEAR").is_ok();
    let (start, end): (Timestamp, Timestamp) =
        (START.parse().unwrap(), if is_year { END_OF_YEAR } else { END }.parse().unwrap());
    let clock = Clock::simulated(start);
    let world = World::start(clock).await;
    // A year of commits waits for no disk, where the system keeps a folder in memory.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let path = folder.path().join("convex.toml");
    std::fs::write(&path, world.configuration("")).unwrap();
    let config = Config::load(Some(&path)).unwrap();
    let doors = Doors::open(&config.sources, |_| None).unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("year.db").display())).await.unwrap();
    let fetcher = Fetcher::new(store.clone(), doors.clone(), clock, Jitter::seeded(7)).unwrap();
    let mut worker = Worker::new(store.clone(), Catalog::builtin(), fetcher, doors, Jitter::seeded(8));
    worker.lease = Duration::from_hours(6);
    // All series over a year take an hour: CONVEX_YEAR=all; or so many of the catalogue: CONVEX_YEAR=30. Those of ONLY have
    // every provider, calendar and cadence among them.
    worker.only = match std::env::var("CONVEX_YEAR").as_deref() {
        Ok("all") => Vec::new(),
        Ok(text) if text.parse::<usize>().is_ok() => first(text.parse().unwrap()),
        _ => ONLY.map(str::to_owned).to_vec(),
    };

    let only = worker.only.clone();
    let stop = CancellationToken::new();
    let trouble = Arc::clone(&world);
    let half_way = after(start, end.duration_since(start).unsigned_abs() / 2);
    let (memory, ended) = (Arc::new(std::sync::Mutex::new(None)), stop.clone());
    let at_half = Arc::clone(&memory);
    let weather = async move {
        let mut is_half = false;
        for (from, hours, mode) in TROUBLE {
            let from: Timestamp = from.parse().unwrap();
            if from > end {
                break;
            }
            if from > half_way && !is_half {
                clock.sleep_until(half_way).await;
                *at_half.lock().unwrap() = megabytes();
                is_half = true;
            }
            clock.sleep_until(from).await;
            trouble.set(mode);
            clock.sleep_until(after(from, Duration::from_hours(hours))).await;
            trouble.set(Mode::Well);
        }
        clock.sleep_until(end).await;
        ended.cancel();
    };
    let began = std::time::Instant::now();
    tokio::join!(worker.run(stop), weather);
    println!("{start} to {end} in {:.1} s, {} requests", began.elapsed().as_secs_f64(), world.requests());

    quotas_were_kept(&world);
    nothing_is_missing(&world, &store, end, &only).await;
    if let (Some(half), Some(now)) = (*memory.lock().unwrap(), megabytes()) {
        println!("memory: {half:.0} MB half way, {now:.0} MB at the end");
        assert!(now < half + 40.0, "memory grows: {half} MB, then {now} MB");
    }
    let held = store.quarantined(None, None).await.unwrap();
    assert!(held.is_empty(), "honest values were held back: {:?}", &held[..held.len().min(5)]);
}

/// So many series: those of `ONLY`, then in the order in which people look at them.
fn first(count: usize) -> Vec<String> {
    let mut ids = ONLY.map(str::to_owned).to_vec();
    for metric in convex::ingest::core_legs::in_order(Catalog::builtin()) {
        if ids.len() < count && !ids.contains(&metric.id) {
            ids.push(metric.id.clone());
        }
    }
    ids
}

/// No provider was asked more often than it allows, in any window.
fn quotas_were_kept(world: &World) {
    let log = world.log.lock().unwrap();
    let mut asked: BTreeMap<Provider, Vec<i64>> = BTreeMap::new();
    for (at, path) in log.iter() {
        let name = path.trim_start_matches('/').split('/').next().unwrap();
        asked.entry(Provider::from_key(name).unwrap()).or_default().push(at.as_millisecond());
    }
    for (provider, times) in asked {
        let policy = registry::source(provider).unwrap().policy();
        assert_ne!(policy.key, KeyNeed::Required, "{provider:?} was asked without its key");
        for (window, length) in
            [(Window::Second, 1_000), (Window::Minute, 60_000), (Window::Hour, 3_600_000), (Window::Day, 86_400_000)]
        {
            let Some(limit) = policy.keyless.limit(window) else { continue };
            let is_calendar = window == Window::Day;
            let most = if is_calendar {
                let mut days: BTreeMap<i64, usize> = BTreeMap::new();
                for at in &times {
                    *days.entry(at / length).or_default() += 1;
                }
                days.into_values().max().unwrap_or(0)
            } else {
                (0..times.len())
                    .map(|i| times[i..].iter().take_while(|&&at| at < times[i] + length).count())
                    .max()
                    .unwrap_or(0)
            };
            assert!(most <= limit as usize, "{provider:?}: {most} requests in a {}, {limit} allowed", window.word());
        }
        println!("{:<14} {} requests", provider.key(), times.len());
    }
}

/// Everything the providers would say at the end is stored, day by day, and nothing else.
async fn nothing_is_missing(world: &World, store: &Store, end: Timestamp, only: &[String]) {
    let mut compared = 0;
    let is_wanted = |id: &String| only.is_empty() || only.contains(id);
    for metric in Catalog::builtin().metrics().filter(|metric| is_wanted(&metric.id)) {
        let Some(stored) = store.load(&SeriesId::price(&metric.id)).await.unwrap() else {
            assert!(metric.sources.iter().all(|one| !world.serves(one)), "{} has nothing", metric.id);
            continue;
        };
        let provider = Provider::from_key(&stored.provider).unwrap();
        let reference = metric.sources.iter().find(|one| one.provider == provider).unwrap();
        let expected = world.would_serve(reference, end);
        let (first, last) = (expected.first().unwrap().0, expected.last().unwrap().0);
        let values: BTreeMap<_, _> = stored.series.iter().collect::<BTreeMap<_, _>>();
        for (day, value) in expected.iter().filter(|(day, _)| *day + 4 < last) {
            let found = values.get(day);
            assert!(
                found.is_some_and(|found| (found - value).abs() <= 1e-9 + 1e-6 * value.abs()),
                "{} on {day}: {found:?}, not {value}",
                metric.id
            );
            compared += 1;
        }
        assert!(values.keys().all(|day| *day >= first && *day <= last), "{} has days of its own", metric.id);
    }
    println!("{compared} values compared");
    assert!(compared > 2_000);
}
