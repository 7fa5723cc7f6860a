//! A site on a real port, and readers of its streams.

#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    dead_code,
    reason = "a part of tests: what is not as expected must fail them"
)]

pub mod provider;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use convex::clock::Clock;
use convex::desk::Desk;
use convex::live::{Event, Limits, Live};
use convex::web::router;
use convex_core::catalog::{Catalog, Metric, Provider};
use convex_sources::Quote;
use convex_store::Store;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// Nothing here takes so long unless it hangs.
pub const HANGS: Duration = Duration::from_secs(20);

pub const NOW: &str = "2026-08-09T21:05:48.25Z";

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub struct Site {
    pub url: String,
    pub desk: Arc<Desk>,
    _folder: TempDir,
}

impl Site {
    /// Over an empty database, at a standing clock.
    pub async fn new(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
        let desk = Arc::new(Desk::new(Catalog::builtin(), store, None, Clock::Fixed(now())));
        desk.live().readers().limit(limits);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = router(Arc::clone(&desk)).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { url, desk, _folder: folder }
    }

    pub fn live(&self) -> &Arc<Live> {
        self.desk.live()
    }

    /// Tells of a change of state, which is told at once and as often as wanted.
    pub fn tell(&self, series: &str) -> u64 {
        self.live().bus().publish(Event::Freshness { series: Arc::from(series), state: "fresh" });
        self.live().bus().newest()
    }

    pub fn quote(&self, provider: Provider, symbol: &str, value: f64) {
        let quote = Quote { symbol: symbol.to_owned(), value, at: now(), delayed_minutes: 0 };
        self.live().quote(provider, &quote);
    }

    pub async fn ask(&self, query: &str, headers: &[(&str, &str)]) -> reqwest::Response {
        let mut request = reqwest::Client::new().get(format!("{}/api/v1/stream{query}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        timeout(HANGS, request.send()).await.unwrap().unwrap()
    }

    /// Opens a stream, and reads its greeting.
    pub async fn read(&self, query: &str, last: Option<u64>) -> (Reader, Message) {
        let last = last.map(|last| last.to_string());
        let headers: Vec<(&str, &str)> = last.iter().map(|last| ("last-event-id", last.as_str())).collect();
        let answer = self.ask(query, &headers).await;
        assert_eq!(answer.status(), 200, "{query}");
        let mut reader = Reader::new(answer);
        let greeting = reader.next().await.unwrap();
        (reader, greeting)
    }
}

pub fn metric(id: &str) -> Arc<Metric> {
    Arc::clone(Catalog::builtin().metric(id).unwrap())
}

/// One reader of a stream.
pub struct Reader {
    bytes: Pin<Box<dyn Stream<Item = Result<Vec<u8>, reqwest::Error>>>>,
    text: String,
}

/// What stands between two empty lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub id: Option<u64>,
    pub event: String,
    pub data: Value,
    pub retry: Option<u64>,
    pub comment: Option<String>,
}

impl Reader {
    pub fn new(answer: reqwest::Response) -> Self {
        let bytes = answer.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec()));
        Self { bytes: Box::pin(bytes), text: String::new() }
    }

    /// The next message; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Message> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let (message, rest) = (parse(message), rest.to_owned());
                self.text = rest;
                return Some(message);
            }
            let more = timeout(HANGS, self.bytes.next()).await.unwrap()?.unwrap();
            self.text.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    /// The next message that is not a sign of life.
    pub async fn event(&mut self) -> Message {
        loop {
            let message = self.next().await.unwrap();
            if message.comment.is_none() {
                return message;
            }
        }
    }
}

fn parse(text: &str) -> Message {
    let mut message = Message { id: None, event: String::new(), data: Value::Null, retry: None, comment: None };
    for line in text.lines() {
        match line.split_once(": ").unwrap() {
            ("", comment) => message.comment = Some(comment.to_owned()),
            ("id", id) => message.id = Some(id.parse().unwrap()),
            ("event", event) => event.clone_into(&mut message.event),
            ("data", data) => message.data = serde_json::from_str(data).unwrap(),
            ("retry", retry) => message.retry = Some(retry.parse().unwrap()),
            (field, _) => panic!("unknown field {field}"),
        }
    }
    message
}

/// Waits for what other tasks bring about.
pub async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    assert!(timeout(HANGS, waiting).await.is_ok(), "never: {what}");
}
