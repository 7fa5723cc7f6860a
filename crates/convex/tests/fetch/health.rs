//! How asking goes is recorded for each series.

use std::time::Duration;

use crate::log::Log;
use crate::provider::{Fault, ProviderServer, Reply, Routes};
use crate::setting::{GOOD, Setting};

#[tokio::test]
async fn failures_in_a_row_are_counted_until_one_succeeds() {
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD)).on("/Y", Reply::csv(GOOD))).await;
    let setting = Setting::new(&server.url()).await;
    let health = async |symbol: &str| setting.store.health_of("fred", symbol, "history").await.unwrap().unwrap();
    setting.fetch("X").await.unwrap();
    let success = setting.clock.now();
    server.set_fault(Some(Fault::Html200));
    let mut first = None;
    for _ in 0..3 {
        setting.clock.sleep(Duration::from_hours(1)).await;
        first.get_or_insert(setting.clock.now());
        setting.failure("X").await;
    }
    let failing = health("X").await;
    assert_eq!((failing.failures, failing.since, failing.last_success), (3, first, Some(success)));
    assert_eq!(failing.class.as_deref(), Some("wrong-kind"));
    assert_eq!(failing.not_before, None, "the next regular time is as good as any");

    server.set_fault(Some(Fault::Json429));
    setting.failure("X").await;
    let limited = health("X").await;
    assert_eq!((limited.failures, limited.class.as_deref()), (4, Some("rate-limited")));
    assert_eq!(limited.not_before, Some(setting.clock.now() + Duration::from_secs(119)));

    server.set_fault(None);
    setting.clock.sleep(Duration::from_mins(5)).await;
    setting.fetch("X").await.unwrap();
    let well = health("X").await;
    assert_eq!((well.failures, well.since, well.words, well.not_before), (0, None, None, None));
    let outcomes = setting.store.outcomes(setting.clock.today()).await.unwrap();
    let counted: Vec<_> = outcomes.iter().map(|count| (count.class.as_str(), count.requests)).collect();
    assert_eq!(counted, [("ok", 2), ("rate-limited", 1), ("wrong-kind", 3)]);
}

#[tokio::test]
async fn the_log_tells_news_once() {
    let log = Log::start();
    let symbols = ["A", "B", "C"];
    let routes =
        symbols.iter().fold(Routes::new(), |routes, symbol| routes.on(&format!("/{symbol}"), Reply::csv(GOOD)));
    let server = ProviderServer::start(routes).await;
    let setting = Setting::new(&server.url()).await;
    for fault in [None, Some(Fault::Status500), Some(Fault::Status500), Some(Fault::Html200), None, None] {
        server.set_fault(fault);
        for symbol in symbols {
            let _ = setting.fetch(symbol).await;
            setting.clock.sleep(Duration::from_hours(2)).await;
        }
    }
    let lines = log.all();
    let lines: Vec<_> = lines
        .lines()
        .map(|line| line.split([',']).next().unwrap().split(" provider=").next().unwrap().trim())
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}
