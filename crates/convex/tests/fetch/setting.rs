//! What the tests share: a source that reads `date,value` lines, a fetcher with simulated time, a database of its own.

use std::time::Duration;

use convex::clock::Clock;
use convex::config::{Config, Doors};
use convex::fetch::{Answer, FetchError, Fetcher, Jitter};
use convex_core::catalog::Provider;
use convex_sources::{
    Adjustment, Column, Failure, KeyNeed, Kind, Parsed, Payload, Point, Policy, Purpose, Quota, Request, Source, Want,
};
use convex_store::Store;
use jiff::Timestamp;
use tempfile::TempDir;

/// A source of lines `date,value`.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) provider: Provider,
    pub(crate) policy: Policy,
}

impl Source for Lines {
    fn provider(&self) -> Provider {
        self.provider
    }

    fn policy(&self) -> &'static Policy {
        Box::leak(Box::new(self.policy))
    }

    fn requests(&self, want: &Want<'_>) -> Result<Vec<Request>, Failure> {
        Ok(want.symbols.iter().map(|symbol| request(symbol)).collect())
    }

    fn parse(&self, request: &Request, payload: &Payload<'_>) -> Result<Parsed, Failure> {
        let text = payload.text(Kind::Text)?;
        let read = |line: &str| {
            let (day, value) = line.split_once(',')?;
            Some(Point::new(day.parse().ok()?, value.parse().ok()?))
        };
        let points: Option<Vec<Point>> = text.lines().skip(1).map(read).collect();
        let points = points.ok_or_else(|| Failure::malformed(text))?;
        if points.is_empty() {
            return Err(Failure::Empty);
        }
        Ok(Parsed { columns: vec![Column::closes(&request.symbols[0], Adjustment::None, points)], ..Parsed::default() })
    }
}

/// A source without limits, of FRED's hosts.
pub(crate) fn lines() -> &'static Lines {
    lines_with(Quota::UNLIMITED)
}

/// A source with limits.
pub(crate) fn lines_with(keyless: Quota) -> &'static Lines {
    let policy = Policy {
        serves: "invented values",
        terms: "https://example.invalid/terms",
        key: KeyNeed::Optional,
        keyless,
        keyed: keyless,
        batch: 1,
        timeout: Duration::from_secs(20),
        max_bytes: 100_000,
        http1_only: true,
        quote_every: None,
    };
    Box::leak(Box::new(Lines { provider: Provider::Fred, policy }))
}

/// A source without patience.
pub(crate) fn lines_in_haste() -> &'static Lines {
    let policy = Policy { timeout: Duration::from_millis(300), ..lines().policy };
    Box::leak(Box::new(Lines { provider: Provider::Fred, policy }))
}

/// A request for a series, at `/SYMBOL` of the source's host.
pub(crate) fn request(symbol: &str) -> Request {
    let since = None;
    Request::get(Purpose::History { since }, &[symbol], format!("https://fred.stlouisfed.org/{symbol}?id={symbol}"))
}

pub(crate) const GOOD: &str = "date,value\n2026-11-18,1.5\n2026-11-19,2.5\n";

/// A fetcher whose time is simulated.
pub(crate) struct Setting {
    pub(crate) fetcher: Fetcher,
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    /// Goes when the setting goes.
    _folder: TempDir,
    base: String,
}

impl Setting {
    /// A fetcher that asks a server on loopback instead of FRED.
    pub(crate) async fn new(base: &str) -> Self {
        Self::with_clock(base, Clock::simulated(noon())).await
    }

    pub(crate) async fn with_clock(base: &str, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("convex.db").display());
        let store = Store::open(&url).await.unwrap();
        let fetcher = fetcher(&store, clock, &format!("base_url = \"{base}\""));
        Self { fetcher, store, clock, _folder: folder, base: base.to_owned() }
    }

    /// The same database in a process that has just begun.
    pub(crate) fn restarted(self) -> Self {
        let fetcher = fetcher(&self.store, self.clock, &format!("base_url = \"{}\"", self.base));
        Self { fetcher, ..self }
    }

    /// Asks for a series without limits.
    pub(crate) async fn fetch(&self, symbol: &str) -> Result<Answer, FetchError> {
        self.fetcher.fetch(lines(), &request(symbol)).await
    }

    /// The failure of asking for a series.
    pub(crate) async fn failure(&self, symbol: &str) -> Failure {
        match self.fetch(symbol).await {
            Err(FetchError::Failed(failure)) => failure,
            other => panic!("{symbol} should fail: {other:?}"),
        }
    }
}

/// A fetcher with these lines of configuration for FRED.
pub(crate) fn fetcher(store: &Store, clock: Clock, settings: &str) -> Fetcher {
    let config = Config::parse(&format!("[sources.fred]\n{settings}\n"), "convex.toml").unwrap();
    let doors = Doors::open(&config.sources, |_| None).unwrap();
    Fetcher::new(store.clone(), doors, clock, Jitter::seeded(1)).unwrap()
}

pub(crate) fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}
