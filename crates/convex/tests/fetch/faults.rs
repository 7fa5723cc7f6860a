//! Every fault has a class, costs a bounded number of requests and bytes, and leaves nothing behind but its record.

use convex_sources::{Failure, Kind, Network};
use convex_store::Search;

use crate::log::Log;
use crate::provider::{Fault, ProviderServer, Reply, Routes, closed_port};
use crate::setting::{GOOD, Setting, lines, lines_in_haste, request};

#[tokio::test]
async fn every_fault_is_classified_counted_and_over_when_it_is_over() {
    let log = Log::start();
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD))).await;
    for fault in Fault::ALL {
        let setting = Setting::new(&server.url()).await;
        let (class, requests) = expected(fault);
        server.clear_log();
        server.set_fault(Some(fault));
        let before = server.sent();
        let source = if class == "timed-out" { lines_in_haste() } else { lines() };
        let error = setting.fetcher.fetch(source, &request("X")).await.unwrap_err();
        let failure = error.failure().unwrap();
        assert_eq!(failure.class(), class, "{fault:?}: {failure}");
        assert_eq!(server.log().len(), requests, "{fault:?}");
        assert!(server.sent() - before < 12_000_000, "{fault:?}: {} bytes were taken", server.sent() - before);

        let health = setting.store.health_of("fred", "X", "history").await.unwrap().unwrap();
        assert_eq!((health.failures, health.class.as_deref()), (1, Some(class)), "{fault:?}");
        assert_eq!(health.words, Some(failure.to_string()), "{fault:?}");
        assert_eq!(health.last_success, None);
        let counted: u64 =
            setting.store.outcomes(setting.clock.today() - 1).await.unwrap().iter().map(|o| o.requests).sum();
        assert_eq!(counted, requests as u64, "{fault:?}");
        let archive = setting.store.archive_list(&Search::default()).await.unwrap();
        assert!(
            archive.iter().all(|kept| kept.failure.as_deref() == Some(class) && kept.length <= 100_000),
            "{fault:?}"
        );

        let warnings = log.taken("WARN");
        assert_eq!(warnings.len(), 1, "{fault:?}: {warnings:?}");
        assert!(warnings[0].contains(&format!("FRED: {failure}")), "{fault:?}: {warnings:?}");
        // The same again is no news.
        let _ = setting.fetcher.fetch(source, &request("X")).await;
        assert_eq!(log.taken("WARN"), [""; 0], "{fault:?}");

        server.set_fault(None);
        setting.clock.sleep(std::time::Duration::from_hours(2)).await;
        let answer = setting.fetch("X").await.unwrap().fetched().unwrap();
        assert_eq!(answer.parsed.columns[0].points.len(), 2, "{fault:?}");
        let health = setting.store.health_of("fred", "X", "history").await.unwrap().unwrap();
        assert_eq!((health.failures, health.class), (0, None), "{fault:?}");
        assert_eq!(log.taken("INFO").len(), 1, "{fault:?}: its end is told once");
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_once_and_harms_nothing() {
    let log = Log::start();
    let skewed = Reply::csv(GOOD).header("date", "Sun, 22 Nov 2026 12:00:00 GMT");
    let server = ProviderServer::start(Routes::new().on("/X", skewed)).await;
    let setting = Setting::new(&server.url()).await;
    for _ in 0..3 {
        let fetched = setting.fetch("X").await.unwrap().fetched().unwrap();
        assert_eq!(fetched.received, setting.clock.now(), "our own clock counts");
        assert!(fetched.clock_ahead.unwrap().as_mins() > 47 * 60);
        setting.clock.sleep(std::time::Duration::from_secs(1)).await;
    }
    let warnings = log.taken("WARN");
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("172800 s ahead of this machine's: one of them is wrong"), "{warnings:?}");
    // A limit with a date is measured by the clock that named it.
    server.set_fault(Some(Fault::Dated429));
    setting.failure("X").await;
    let pause = setting.store.pause_of("fred").await.unwrap().unwrap();
    assert_eq!(pause.until.duration_since(setting.clock.now()).as_secs(), 180);
}

/// Class of a fault, and the requests it costs: four for what may pass by itself, else one.
fn expected(fault: Fault) -> (&'static str, usize) {
    match fault {
        Fault::Json429
        | Fault::Cloudflare429
        | Fault::Html429
        | Fault::Plain429
        | Fault::Dated429
        | Fault::Status503 => ("rate-limited", 1),
        Fault::Legal451 => ("restricted", 1),
        Fault::Status500 | Fault::Status502 => ("unavailable", 4),
        Fault::Status204 | Fault::EmptyBody => ("empty", 1),
        Fault::Status403 | Fault::ProofOfWork => ("blocked", 1),
        Fault::Html200 | Fault::Zip | Fault::WrongType => ("wrong-kind", 1),
        Fault::Truncated | Fault::ChunksCut | Fault::Reset | Fault::Hangup => ("cut-off", 4),
        Fault::SlowDrip | Fault::Silence => ("timed-out", 4),
        // Six requests a try: the first and five that it is sent on.
        Fault::RedirectLoop => ("redirects", 24),
        Fault::RedirectElsewhere => ("redirects", 4),
        Fault::Endless | Fault::Gigabytes | Fault::GzipBomb => ("too-large", 1),
        Fault::BadGzip => ("encoding", 4),
        Fault::BadUtf8 => ("malformed", 1),
        Fault::NotHttp => ("protocol", 4),
    }
}

#[tokio::test]
async fn nobody_there() {
    let check = async |base: &str, expected: Network| {
        let setting = Setting::new(base).await;
        assert_eq!(setting.failure("X").await, Failure::Network(expected), "{base}");
    };
    check(&closed_port().await, Network::Connect).await;
    check("http://nope.invalid", Network::Name).await;
    // A server that does not speak the secure protocol.
    let server = ProviderServer::start(Routes::new()).await;
    check(&server.url().replace("http:", "https:"), Network::Tls).await;
}

#[tokio::test]
async fn words_say_what_came() {
    let server = ProviderServer::start(Routes::new()).await;
    let setting = Setting::new(&server.url()).await;
    server.set("/X", Reply::new(200, "text/csv", "<html><body>Down for maintenance</body></html>"));
    let found = Failure::WrongKind {
        expected: Kind::Text,
        found: Kind::Html,
        detail: "<html><body>Down for maintenance</body></html>".to_owned(),
    };
    assert_eq!(setting.failure("X").await, found);
    server.set("/X", Reply::new(500, "text/plain", "  oh\n no "));
    assert_eq!(setting.failure("X").await.to_string(), "the provider has trouble: 500 oh no");
    assert_eq!(setting.failure("absent").await.class(), "unknown-symbol");
}

#[tokio::test]
async fn good_answers_in_other_wrappings() {
    let server = ProviderServer::start(Routes::new()).await;
    let setting = Setting::new(&server.url()).await;
    let check = async |reply: Reply| {
        server.set("/X", reply);
        let fetched = setting.fetch("X").await.unwrap().fetched().unwrap();
        assert_eq!(fetched.parsed.columns[0].points.len(), 2);
        assert_eq!(setting.store.archived(fetched.payload).await.unwrap().unwrap().body, GOOD.as_bytes());
    };
    check(Reply::csv(GOOD)).await;
    check(Reply::csv(GOOD).gzip()).await;
    check(Reply::csv(GOOD).delivered(crate::provider::Delivery::Chunked)).await;
    check(Reply::csv(GOOD).gzip().delivered(crate::provider::Delivery::Chunked)).await;
    check(Reply::new(200, "application/octet-stream", GOOD)).await;
    check(Reply::new(200, "", GOOD)).await;
}
