//! A world of providers on loopback: invented markets that go on with the clock, spoken in each provider's own format.
//!
//! Nothing of a day is served before its provider would have it. A [`Mode`] makes all of them fail.
#![allow(dead_code, reason = "not every test that includes this module uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod formats;
mod market;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use convex::clock::Clock;
use convex_core::Day;
use convex_sources::{KeyNeed, registry};
use tokio::net::TcpListener;

pub(crate) use market::Market;

/// How the providers behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As they should.
    Well,
    /// 503 without a word.
    Down,
    /// 429, one of four bodies in turn.
    Crowded,
    /// A page of HTML with status 200.
    Html,
    /// Bodies that end in the middle.
    CutOff,
    /// Well-formed answers without an observation.
    Empty,
    /// 451: not in this place, for legal reasons.
    Restricted,
}

/// What is odd about one provider.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quirk {
    /// How it behaves, whatever the others do.
    pub(crate) mode: Option<Mode>,
    /// First day it still has.
    pub(crate) from: Option<Day>,
    /// Last day it has.
    pub(crate) until: Option<Day>,
    /// One day with so many times its value.
    pub(crate) spike: Option<(Day, f64)>,
    /// All its values are so many times the others'.
    pub(crate) factor: Option<f64>,
    /// Payouts, as a share of the price, that it takes off the past: day, share, and from when it says so.
    pub(crate) payouts: Vec<(Day, f64, Option<Day>)>,
}

/// The providers' side.
#[derive(Debug)]
pub(crate) struct World {
    clock: Clock,
    pub(crate) market: Market,
    mode: Mutex<Mode>,
    quirks: Mutex<BTreeMap<String, Quirk>>,
    /// Every request: when, and its path with the query.
    pub(crate) log: Mutex<Vec<(jiff::Timestamp, String)>>,
    address: String,
}

impl World {
    /// Starts to answer on a free port of loopback.
    pub(crate) async fn start(clock: Clock) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let world = Arc::new(Self {
            clock,
            market: Market::new(),
            mode: Mutex::new(Mode::Well),
            quirks: Mutex::default(),
            log: Mutex::default(),
            address,
        });
        let app = Router::new().fallback(answer).with_state(Arc::clone(&world));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        world
    }

    /// A configuration that sends every source here.
    pub(crate) fn configuration(&self, quota: &str) -> String {
        let mut text = String::new();
        for provider in convex_core::catalog::Provider::ALL {
            if !matches!(provider.key(), "file" | "sample") {
                let _ = writeln!(
                    text,
                    "[sources.{}]\nbase_url = \"{}/{}\"\n{quota}",
                    provider.key(),
                    self.address,
                    provider.key()
                );
            }
        }
        text
    }

    pub(crate) fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    /// Makes one provider odd, or as it should be again.
    pub(crate) fn quirk(&self, provider: &str, quirk: Quirk) {
        self.quirks.lock().unwrap().insert(provider.to_owned(), quirk);
    }

    /// Whether a source of the catalogue has anything here.
    pub(crate) fn serves(&self, reference: &convex_core::catalog::SourceRef) -> bool {
        formats::known_at(&self.market, reference, self.clock.now()).is_some_and(|known| !known.is_empty())
            && registry::source(reference.provider).is_some_and(|source| source.policy().key != KeyNeed::Required)
    }

    /// What a source of the catalogue would say at an instant.
    pub(crate) fn would_serve(
        &self,
        reference: &convex_core::catalog::SourceRef,
        at: jiff::Timestamp,
    ) -> Vec<(Day, f64)> {
        formats::known_at(&self.market, reference, at).unwrap_or_default()
    }

    /// The answer to a path with its query, as it should be.
    pub(crate) fn body(&self, path: &str) -> Option<(&'static str, String)> {
        formats::serve(&self.market, path, self.clock.now(), false, &Quirk::default())
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> usize {
        self.log.lock().unwrap().len()
    }
}

async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let now = world.clock.now();
    let path = request.uri().path_and_query().map_or("/", |all| all.as_str()).to_owned();
    let count = {
        let mut log = world.log.lock().unwrap();
        log.push((now, path.clone()));
        log.len()
    };
    let conditional = request.headers().get(header::IF_NONE_MATCH).cloned();
    let provider = path.split('/').nth(1).unwrap_or_default();
    let quirk = world.quirks.lock().unwrap().get(provider).cloned().unwrap_or_default();
    let mode = quirk.mode.unwrap_or(*world.mode.lock().unwrap());
    let served = formats::serve(&world.market, &path, now, mode == Mode::Empty, &quirk);
    match (mode, served) {
        (Mode::Restricted, _) => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS.into_response(),
        (Mode::Down, _) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        (Mode::Crowded, _) => crowded(count),
        (Mode::Html, _) => {
            ([(header::CONTENT_TYPE, "text/html")], "<!doctype html><html><title>Just a moment</title></html>")
                .into_response()
        }
        (_, None) => (StatusCode::NOT_FOUND, "<html><body>not here</body></html>").into_response(),
        (Mode::CutOff, Some((kind, body))) => {
            // The length promises more than comes.
            let half = body.len() / 2;
            let stream = futures_util::stream::iter([Ok(body[..half].to_owned()), Err(std::io::Error::other("gone"))]);
            Response::builder()
                .header(header::CONTENT_TYPE, kind)
                .header(header::CONTENT_LENGTH, body.len())
                .body(Body::from_stream(stream))
                .unwrap()
        }
        (_, Some((kind, body))) => {
            let etag = format!("\"{:x}\"", fnv(&body));
            if conditional.is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
                return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
            }
            ([(header::CONTENT_TYPE, kind.to_owned()), (header::ETAG, etag)], body).into_response()
        }
    }
}

fn crowded(count: usize) -> Response {
    let bodies = [
        "{\"status\":{\"error_code\":429,\"error_message\":\"too many\"}}",
        "error code: 1015",
        "<html><body>Too Many Requests</body></html>",
        "Too Many Requests",
    ];
    (StatusCode::TOO_MANY_REQUESTS, bodies[count % 4]).into_response()
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
