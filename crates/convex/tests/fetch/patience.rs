//! Trying again, waiting as told, and leaving alone who is in trouble.

use std::time::Duration;

use convex_sources::{Failure, Network};

use crate::provider::{Fault, ProviderServer, Reply, Routes, closed_port};
use crate::setting::{GOOD, Setting};

#[tokio::test]
async fn what_passes_is_tried_again() {
    let trouble = || Reply::new(502, "text/html", "<html>bad gateway</html>");
    let routes = Routes::new().script("/X", vec![trouble(), trouble(), trouble(), Reply::csv(GOOD)]);
    let server = ProviderServer::start(routes).await;
    let setting = Setting::new(&server.url()).await;
    let begun = setting.clock.now();
    setting.fetch("X").await.unwrap();
    assert_eq!(server.log().len(), 4);
    assert!(setting.clock.now() > begun, "it waited");
    assert!(setting.clock.now() < begun + Duration::from_secs(2 + 8 + 32));
    assert_eq!(setting.store.health_of("fred", "X", "history").await.unwrap().unwrap().failures, 0);
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_long_one_leaves_the_provider_alone() {
    let short = Reply::new(429, "", "").header("retry-after", "7");
    let routes = Routes::new().script("/X", vec![short, Reply::csv(GOOD)]).on("/Y", Reply::csv(GOOD));
    let server = ProviderServer::start(routes).await;
    let setting = Setting::new(&server.url()).await;
    let begun = setting.clock.now();
    setting.fetch("X").await.unwrap();
    let waited = setting.clock.now().duration_since(begun).unsigned_abs();
    assert!(waited >= Duration::from_secs(7) && waited < Duration::from_secs(9), "{waited:?}");

    server.set("/X", Reply::new(429, "", "").header("retry-after", "119"));
    assert_eq!(setting.failure("X").await, Failure::RateLimited { after: Some(Duration::from_secs(119)) });
    server.clear_log();
    // Another series, and another process: neither asks before the time has come.
    setting.clock.sleep(Duration::from_secs(100)).await;
    let setting = setting.restarted();
    assert_eq!(setting.failure("Y").await, Failure::RateLimited { after: Some(Duration::from_secs(19)) });
    assert_eq!(server.log().len(), 0);
    setting.clock.sleep(Duration::from_secs(20)).await;
    setting.fetch("Y").await.unwrap();
    assert_eq!(setting.store.pauses().await.unwrap(), []);
}

#[tokio::test]
async fn without_a_word_each_pause_is_longer() {
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD))).await;
    let setting = Setting::new(&server.url()).await;
    server.set_fault(Some(Fault::Plain429));
    for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
        setting.failure("X").await;
        let pause = setting.store.pauses().await.unwrap().remove(0);
        assert_eq!(pause.until, setting.clock.now() + Duration::from_mins(minutes));
        setting.clock.sleep_until(pause.until).await;
    }
    assert_eq!(server.log().len(), 8);
}

#[tokio::test]
async fn a_host_that_is_down_is_left_alone() {
    let setting = Setting::new(&closed_port().await).await;
    let connect = Failure::Network(Network::Connect);
    assert_eq!(setting.failure("X").await, connect);
    assert_eq!(setting.failure("X").await, connect);
    let attempts = async |class: &str| {
        let outcomes = setting.store.outcomes(setting.clock.today()).await.unwrap();
        outcomes.iter().filter(|count| count.class == class).map(|count| count.requests).sum::<u64>()
    };
    assert_eq!(attempts("connect").await, 5, "the fifth failure in a row ends it");
    for _ in 0..10 {
        assert_eq!(setting.failure("Y").await, connect);
    }
    assert_eq!(attempts("connect").await, 5);
    let health = setting.store.health_of("fred", "Y", "history").await.unwrap().unwrap();
    setting.clock.sleep_until(health.not_before.unwrap()).await;
    setting.failure("Y").await;
    assert_eq!(attempts("connect").await, 6, "a single request finds out whether it is back");
}

#[tokio::test]
async fn one_series_that_fails_does_not_stop_the_others() {
    let forbidden = Reply::new(403, "text/html", "<html>no</html>");
    let server = ProviderServer::start(Routes::new().on("/X", forbidden).on("/Y", Reply::csv(GOOD))).await;
    let setting = Setting::new(&server.url()).await;
    for _ in 0..20 {
        assert_eq!(setting.failure("X").await.class(), "blocked");
        setting.fetch("Y").await.unwrap();
    }
}
