//! Limits hold: in any second, minute and hour, across processes and restarts, for a year.

use std::time::Duration;

use convex::clock::Clock;
use convex_sources::{Failure, Quota, Window};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::provider::{ProviderServer, Reply, Routes, Seen};
use crate::setting::{GOOD, Setting, fetcher, lines_with, noon, request};

async fn server(clock: Clock) -> ProviderServer {
    let routes = Routes::new().on("/X", Reply::csv(GOOD));
    ProviderServer::start_at("127.0.0.1:0", routes, move || clock.now()).await
}

/// The most requests that any span of this length holds.
fn most_in_any(log: &[Seen], span: Duration) -> usize {
    let times: Vec<Timestamp> = log.iter().map(|seen| seen.at).collect();
    let within = |at: usize| times[at..].iter().take_while(|later| **later < times[at] + span).count();
    (0..times.len()).map(within).max().unwrap_or(0)
}

#[tokio::test]
async fn short_windows_are_waited_for() {
    let clock = Clock::simulated(noon());
    let server = server(clock).await;
    let setting = Setting::with_clock(&server.url(), clock).await;
    let source = lines_with(Quota { per_second: Some(2), per_minute: Some(30), ..Quota::UNLIMITED });
    for _ in 0..100 {
        setting.fetcher.fetch(source, &request("X")).await.unwrap();
    }
    let log = server.log();
    assert_eq!(log.len(), 100);
    assert_eq!(most_in_any(&log, Duration::from_secs(1)), 2);
    assert_eq!(most_in_any(&log, Duration::from_mins(1)), 30);
    let took = log[99].at.duration_since(log[0].at).unsigned_abs();
    assert!(took < Duration::from_secs(200), "no longer than it must: {took:?}");
}

#[tokio::test]
async fn two_processes_share_one_allowance() {
    let clock = Clock::simulated(noon());
    let server = server(clock).await;
    let setting = Setting::with_clock(&server.url(), clock).await;
    let other = fetcher(&setting.store, clock, &format!("base_url = \"{}\"", server.url()));
    let source = lines_with(Quota { per_second: Some(2), ..Quota::UNLIMITED });
    let (asked, also) = (request("X"), request("X"));
    let ask = async |fetcher: &convex::fetch::Fetcher, request| {
        for _ in 0..20 {
            fetcher.fetch(source, request).await.unwrap();
        }
    };
    tokio::join!(ask(&setting.fetcher, &asked), ask(&other, &also));
    assert_eq!(server.log().len(), 40);
    assert_eq!(most_in_any(&server.log(), Duration::from_secs(1)), 2);
}

#[tokio::test]
async fn a_day_that_is_used_up_is_used_up_after_a_restart() {
    let clock = Clock::simulated(noon());
    let server = server(clock).await;
    let setting = Setting::with_clock(&server.url(), clock).await;
    let source = lines_with(Quota { per_day: Some(3), ..Quota::UNLIMITED });
    for _ in 0..3 {
        setting.fetcher.fetch(source, &request("X")).await.unwrap();
    }
    let setting = setting.restarted();
    let error = setting.fetcher.fetch(source, &request("X")).await.unwrap_err();
    assert_eq!(error.failure(), Some(&Failure::QuotaSpent { window: Window::Day }));
    assert_eq!(server.log().len(), 3);
    let health = setting.store.health_of("fred", "X", "history").await.unwrap().unwrap();
    assert_eq!(health.not_before, Some("2026-11-21T00:00:00Z".parse().unwrap()));
    clock.sleep_until(health.not_before.unwrap()).await;
    setting.fetcher.fetch(source, &request("X")).await.unwrap();
}

#[tokio::test]
async fn the_operators_limits_replace_the_providers() {
    let clock = Clock::simulated(noon());
    let server = server(clock).await;
    let setting = Setting::with_clock(&server.url(), clock).await;
    let fetcher =
        fetcher(&setting.store, clock, &format!("base_url = \"{}\"\nquota = {{ per_hour = 4 }}", server.url()));
    let source = lines_with(Quota { per_hour: Some(100), per_day: Some(5), ..Quota::UNLIMITED });
    let ask = async || fetcher.fetch(source, &request("X")).await.map(|_| ()).map_err(|error| error.failure().cloned());
    for _ in 0..4 {
        ask().await.unwrap();
    }
    assert_eq!(ask().await, Err(Some(Failure::QuotaSpent { window: Window::Hour })));
    clock.sleep(Duration::from_mins(62)).await;
    ask().await.unwrap();
    assert_eq!(ask().await, Err(Some(Failure::QuotaSpent { window: Window::Day })), "the others stay");
}

#[tokio::test]
async fn a_year_without_anyone_looking() {
    let clock = Clock::simulated("2027-01-01T00:00:00Z".parse().unwrap());
    let server = server(clock).await;
    let setting = Setting::with_clock(&server.url(), clock).await;
    let quota =
        Quota { per_minute: Some(1), per_hour: Some(2), per_day: Some(6), per_month: Some(120), ..Quota::UNLIMITED };
    let source = lines_with(quota);
    let end: Timestamp = "2028-01-01T00:00:00Z".parse().unwrap();
    while clock.now() < end {
        for _ in 0..2 {
            let _ = setting.fetcher.fetch(source, &request("X")).await;
        }
        clock.sleep(Duration::from_hours(6)).await;
    }
    let log = server.log();
    let most_of = |length: usize| {
        let mut counts = std::collections::BTreeMap::new();
        for seen in &log {
            let day = seen.at.to_zoned(TimeZone::UTC).date().to_string();
            *counts.entry(day[..length].to_owned()).or_insert(0) += 1;
        }
        (counts.len(), counts.into_values().max().unwrap())
    };
    assert_eq!(most_of(7), (12, 120), "a month's allowance is used and not exceeded");
    assert!(most_of(10).1 <= 6);
    assert!(most_in_any(&log, Duration::from_hours(1)) <= 2);
    assert!(most_in_any(&log, Duration::from_mins(1)) <= 1);
}
