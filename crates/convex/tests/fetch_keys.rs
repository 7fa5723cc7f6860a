//! A key goes to the provider and nowhere else: not into a log line, an error, a debug view, the archive or the database.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/provider/mod.rs"]
mod provider;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use convex::clock::Clock;
use convex::config::{Config, Doors};
use convex::fetch::{Fetcher, Jitter};
use convex_core::catalog::Provider;
use convex_sources::{
    Body, Failure, KeyNeed, KeyPlace, Kind, Method, Parsed, Payload, Policy, Purpose, Quota, Request, Source, Want,
};
use convex_store::{Search, Store};
use provider::{Fault, ProviderServer, Reply, Routes, Seen};

const KEY: &str = "k3y+that/must=never-show";
const ENCODED: &str = "k3y%2Bthat%2Fmust%3Dnever%2Dshow";

static POLICY: Policy = Policy {
    serves: "invented values",
    terms: "https://example.invalid/terms",
    key: KeyNeed::Required,
    keyless: Quota::UNLIMITED,
    keyed: Quota::UNLIMITED,
    batch: 1,
    timeout: Duration::from_secs(2),
    max_bytes: 100_000,
    http1_only: false,
    quote_every: None,
};

/// Refuses every answer, with as many of its words as a failure has room for.
#[derive(Debug)]
struct Refusing;

impl Source for Refusing {
    fn provider(&self) -> Provider {
        Provider::AlphaVantage
    }

    fn policy(&self) -> &'static Policy {
        &POLICY
    }

    fn requests(&self, _: &Want<'_>) -> Result<Vec<Request>, Failure> {
        Err(Failure::NotServed)
    }

    fn parse(&self, _: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let text = payload.text(Kind::Text)?;
        Err(Failure::malformed(text))
    }
}

fn requests() -> Vec<Request> {
    let get = |symbol: &str, key| {
        let url = format!("https://www.alphavantage.co/{symbol}?symbol={symbol}");
        Request::get(Purpose::Quote, &[symbol], url).with_key(key)
    };
    let header = |name, prefix| KeyPlace::Header { name, prefix };
    let body = Body { content_type: "application/json", text: "{\"a\":1}".to_owned() };
    let posted = get("posted", KeyPlace::JsonMember("registrationkey"));
    vec![
        get("query", KeyPlace::Query("apikey")),
        get("header", header("x-cg-demo-api-key", "")),
        get("token", header("authorization", "Token ")),
        Request { method: Method::Post, body: Some(body), ..posted },
    ]
}

/// Says the key back in every way there is.
fn echo(seen: &Seen) -> Reply {
    let query = seen.target.split_once('?').map_or("", |(_, query)| query);
    let text = format!("we have detected your key as {KEY} or {ENCODED}: {:?} {} {query}", seen.headers, seen.body);
    Reply::new(200, "text/plain", text).header("etag", KEY).header("content-language", KEY)
}

#[tokio::test]
async fn a_key_goes_to_the_provider_and_nowhere_else() {
    let log = capture_everything();
    let sent_on = |seen: &Seen| Reply::new(302, "", "").header("location", &seen.target.replace("/query", "/token"));
    let routes = Routes::new().made("/header", echo).made("/token", echo).made("/posted", echo).made("/query", sent_on);
    let server = ProviderServer::start(routes).await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("convex.db").display())).await.unwrap();
    std::fs::write(folder.path().join("key"), format!("{KEY}\n")).unwrap();
    let text = format!("[sources.alpha_vantage]\nbase_url = \"{}\"\napi_key_file = \"key\"\n", server.url());
    std::fs::write(folder.path().join("convex.toml"), text).unwrap();
    let config = Config::load(Some(&folder.path().join("convex.toml"))).unwrap();
    let doors = Doors::open(&config.sources, |_| None).unwrap();
    let clock = Clock::simulated("2026-11-20T12:00:00Z".parse().unwrap());
    let fetcher = Fetcher::new(store.clone(), doors, clock, Jitter::seeded(1)).unwrap();

    let mut shown = format!("{config:?} {fetcher:?} {:?}", fetcher.door(Provider::AlphaVantage));
    for request in requests() {
        let error = fetcher.fetch(&Refusing, &request).await.unwrap_err();
        assert_eq!(error.failure().unwrap().class(), "malformed");
        shown += &format!("{error} {error:?} {request:?}");
    }
    for fault in Fault::ALL {
        server.set_fault(Some(fault));
        let error = fetcher.fetch(&Refusing, &requests()[0]).await.unwrap_err();
        shown += &format!("{error} {error:?}");
        clock.sleep(Duration::from_hours(2)).await;
    }
    for archived in store.archive_list(&Search::default()).await.unwrap() {
        shown += &format!("{archived:?}");
        let body = store.archived(archived.id).await.unwrap().unwrap().body;
        shown += &String::from_utf8_lossy(&body);
    }
    shown += &format!("{:?}", store.health().await.unwrap());
    store.close().await;

    let keyed = server.log().iter().filter(|seen| is_keyed(seen)).count();
    assert!(keyed == server.log().len() && keyed > 40, "every request has its key: {keyed}");
    let log = log.lock().unwrap().clone();
    assert!(log.len() > 10_000, "the log is there: {} bytes", log.len());
    for (what, bytes) in [("a message", shown.into_bytes()), ("the log", log)] {
        assert_no_key(what, &bytes);
    }
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some() {
            assert_no_key(&path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
}

fn is_keyed(seen: &Seen) -> bool {
    seen.parameter("apikey").as_deref() == Some(KEY)
        || seen.header("x-cg-demo-api-key") == Some(KEY)
        || seen.header("authorization") == Some(&format!("Token {KEY}"))
        || seen.body == format!("{{\"a\":1,\"registrationkey\":\"{KEY}\"}}")
}

fn assert_no_key(what: &str, bytes: &[u8]) {
    for key in [KEY, ENCODED] {
        let at = bytes.windows(key.len()).position(|window| window == key.as_bytes());
        let beside = |at: usize| String::from_utf8_lossy(&bytes[at.saturating_sub(200)..at]).into_owned();
        assert!(at.is_none(), "{what} holds the key after: {}", at.map(beside).unwrap_or_default());
    }
}

/// Everything any crate logs, as chatty as it can be.
fn capture_everything() -> Arc<Mutex<Vec<u8>>> {
    let log: Arc<Mutex<Vec<u8>>> = Arc::default();
    let sink = Arc::clone(&log);
    tracing_subscriber::fmt()
        .with_max_level(tracing::level_filters::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || Sink(Arc::clone(&sink)))
        .init();
    log
}

struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn the_key_is_what_a_provider_would_get() {
    let encoded: String = url::form_urlencoded::byte_serialize(KEY.as_bytes()).collect();
    assert_eq!(encoded.replace('-', "%2D"), ENCODED);
}
