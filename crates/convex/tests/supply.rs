//! Where series come from, over days of simulated time: providers that fall behind, give less, refuse, restate, differ.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod world;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use convex::clock::Clock;
use convex::config::{Config, Doors};
use convex::desk::Desk;
use convex::fetch::{Fetcher, Jitter};
use convex::ingest::collect::{Collector, Report, SecondLook, Wanted, second_look};
use convex_core::catalog::Catalog;
use convex_core::{Day, Series, SeriesId};
use convex_store::{Store, Switch};
use indicatif::ProgressBar;
use jiff::Timestamp;
use serde_json::Value as Json;
use tempfile::TempDir;
use tower::ServiceExt;
use world::{Mode, Quirk, World};

/// An installation among providers on loopback, in simulated time.
struct Setting {
    world: Arc<World>,
    clock: Clock,
    store: Store,
    doors: Doors,
    fetcher: Fetcher,
    _folder: TempDir,
}

impl Setting {
    async fn new(start: &str) -> Self {
        let clock = Clock::simulated(start.parse().unwrap());
        let world = World::start(clock).await;
        let folder = tempfile::tempdir().unwrap();
        let config = Config::parse(&world.configuration(""), "convex.toml").unwrap();
        let doors = Doors::open(&config.sources, |_| None).unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("convex.db").display())).await.unwrap();
        let fetcher = Fetcher::new(store.clone(), doors.clone(), clock, Jitter::seeded(7)).unwrap();
        Self { world, clock, store, doors, fetcher, _folder: folder }
    }

    /// Looks for one metric at an instant; `whole` asks for all its history.
    async fn look(&self, at: &str, id: &str, whole: bool) -> Report {
        self.clock.sleep_until(at.parse::<Timestamp>().unwrap()).await;
        let (store, fetcher, doors) = (&self.store, &self.fetcher, &self.doors);
        let collector = Collector { store, fetcher, doors, progress: ProgressBar::hidden() };
        let metrics = vec![Arc::clone(Catalog::builtin().resolve(id).unwrap())];
        collector.collect(&Wanted { metrics, since: None, whole }).await.unwrap()
    }

    async fn series(&self, id: &SeriesId) -> Series {
        self.store.load(id).await.unwrap().unwrap().series
    }

    /// The last stored day, and who supplied it.
    async fn last(&self, id: &str) -> (String, String) {
        let stored = self.store.load(&SeriesId::price(id)).await.unwrap().unwrap();
        (stored.series.last().unwrap().0.to_string(), stored.provider)
    }

    async fn get(&self, path: &str) -> String {
        let desk = Desk::new(Catalog::builtin(), self.store.clone(), None, self.clock).through(self.doors.clone());
        let router = convex::web::router(Arc::new(desk));
        let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        String::from_utf8(to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec()).unwrap()
    }

    async fn json(&self, path: &str) -> Json {
        serde_json::from_str(&self.get(path).await).unwrap()
    }

    /// What `/api/v1/status` says of a series.
    async fn supply(&self, id: &str) -> Json {
        let status = self.json("/api/v1/status").await;
        status["supply"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
    }

    /// What it says of a provider.
    async fn provider(&self, id: &str) -> Json {
        let status = self.json("/api/v1/status").await;
        status["providers"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn until(last: &str) -> Quirk {
    Quirk { until: Some(day(last)), ..Quirk::default() }
}

#[tokio::test]
async fn the_next_provider_steps_in_for_one_that_is_two_sessions_behind_and_steps_back() {
    let setting = Setting::new("2025-03-04T12:00:00Z").await;
    setting.look("2025-03-04T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-03".to_owned(), "yahoo".to_owned()));
    setting.world.quirk("yahoo", until("2025-03-03"));
    // One session missing is waited for.
    setting.look("2025-03-05T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-03".to_owned(), "yahoo".to_owned()));
    setting.look("2025-03-06T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-05".to_owned(), "cboe".to_owned()));
    // While the first choice stands still, the other goes on without waiting for two more.
    setting.look("2025-03-07T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-06".to_owned(), "cboe".to_owned()));
    // It has caught up: one session missing is waited for again, and then comes from it.
    setting.world.quirk("yahoo", until("2025-03-06"));
    setting.look("2025-03-08T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-06".to_owned(), "cboe".to_owned()));
    setting.world.quirk("yahoo", Quirk::default());
    setting.look("2025-03-09T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-07".to_owned(), "yahoo".to_owned()));

    let id = SeriesId::price("dia");
    let switches: Vec<Switch> = setting.store.switches(Some(&id)).await.unwrap();
    let reasons: Vec<_> = switches.iter().map(|one| (one.to.as_str(), one.reason.as_str())).collect();
    assert_eq!(
        reasons,
        [
            ("cboe", "Yahoo Finance: 2 observations behind: its last is of 2025-03-03"),
            ("yahoo", "Yahoo Finance is the first choice of those that can be asked"),
        ]
    );
    let supply = setting.supply("dia").await;
    assert_eq!(supply["switches"][0]["from"], "yahoo");
    assert_eq!(supply["switches"][0]["at"], "2025-03-06T12:00:00Z");
    let page = setting.get("/status").await;
    assert!(page.contains("From Cboe on 6 Mar 2025 12:00 UTC after Yahoo Finance"), "{page}");

    // Every value is the market's, whoever brought it.
    let sources = &Catalog::builtin().resolve("dia").unwrap().sources;
    let yahoo = sources.iter().find(|one| one.provider.key() == "yahoo").unwrap();
    let truth = setting.world.would_serve(yahoo, setting.clock.now());
    let stored: Vec<(Day, f64)> = setting.series(&id).await.iter().collect();
    assert_eq!(stored, truth);
}

#[tokio::test]
async fn a_provider_of_another_basis_does_not_step_in() {
    let setting = Setting::new("2025-03-04T12:00:00Z").await;
    setting.look("2025-03-04T12:00:00Z", "dia", false).await;
    setting.world.quirk("yahoo", until("2025-03-03"));
    setting.world.quirk("cboe", Quirk { factor: Some(1.01), ..Quirk::default() });
    let report = setting.look("2025-03-07T12:00:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await, ("2025-03-03".to_owned(), "yahoo".to_owned()));
    assert!(!report.failed(), "{}", report.metrics[0]);
    let words = report.metrics[0].to_string();
    assert!(words.contains("nothing new at Yahoo Finance") && words.contains("no split is announced"), "{words}");
    assert_eq!(setting.store.switches(None).await.unwrap(), []);
    assert_eq!(setting.supply("dia").await["age"]["state"], "stale");
}

#[tokio::test]
async fn history_that_begins_later_is_kept_and_said_until_it_is_back() {
    let setting = Setting::new("2025-06-12T12:00:00Z").await;
    setting.look("2025-06-12T12:00:00Z", "hy-oas", false).await;
    let before = setting.series(&SeriesId::price("bamlh0a0hym2")).await;
    setting.world.quirk("fred", Quirk { from: Some(day("2025-01-02")), ..Quirk::default() });
    setting.look("2025-06-12T13:00:00Z", "hy-oas", true).await;
    assert_eq!(setting.series(&SeriesId::price("bamlh0a0hym2")).await, before, "what is kept stays");
    let metric = setting.json("/api/v1/metrics/hy-oas").await;
    assert_eq!(
        (metric["age"]["state"].as_str(), &metric["age"]["shortened_from"]),
        (Some("shortened upstream"), &"2025-01-02".into())
    );
    assert_eq!(metric["figures"]["value"]["age"], "shortened upstream", "figures carry it");
    for path in ["/status", "/metrics/bamlh0a0hym2"] {
        let page = setting.get(path).await;
        assert!(page.contains("hortened upstream") && page.contains("from 2 Jan 2025 only"), "{path}");
    }
    setting.world.quirk("fred", Quirk::default());
    setting.look("2025-06-12T14:00:00Z", "hy-oas", true).await;
    assert_eq!(setting.store.shortfalls().await.unwrap(), []);
    assert_eq!(setting.supply("bamlh0a0hym2").await["warnings"], Json::Array(Vec::new()));
}

#[tokio::test]
async fn a_refusal_that_lasts_is_a_state_and_one_that_passes_is_not() {
    let setting = Setting::new("2025-06-12T12:00:00Z").await;
    setting.look("2025-06-12T12:00:00Z", "hy-oas", false).await;
    setting.world.quirk("fred", Quirk { mode: Some(Mode::Restricted), ..Quirk::default() });
    for hour in ["12T15", "13T12", "14T12"] {
        setting.look(&format!("2025-06-{hour}:00:00Z"), "hy-oas", false).await;
    }
    assert_ne!(setting.supply("bamlh0a0hym2").await["age"]["state"], "withheld", "two days are not for ever");
    setting.look("2025-06-15T16:00:00Z", "hy-oas", false).await;
    let supply = setting.supply("bamlh0a0hym2").await;
    assert_eq!(supply["age"]["state"], "withheld");
    let words = supply["warnings"][0].as_str().unwrap();
    assert!(words.contains("no longer gives") && words.contains("since 12 Jun 2025: not served from here"), "{words}");
    let fred = setting.provider("fred").await;
    assert_eq!((&fred["last_failure"]["class"], &fred["today"]["restricted"]), (&"restricted".into(), &1.into()));
    assert_eq!((&fred["week"]["restricted"], &fred["week"]["ok"]), (&4.into(), &1.into()));
    assert_eq!(fred["last_success"], "2025-06-12T12:00:00Z");
    let comparison = setting.json("/api/v1/compare/hy-oas-vs-vix").await;
    assert!(comparison["warnings"].to_string().contains("no longer gives"), "{}", comparison["warnings"]);
    assert_eq!(
        (&comparison["ages"]["a"]["state"], &comparison["ages"]["both"]),
        (&"withheld".into(), &"nothing stored".into())
    );

    setting.world.quirk("fred", Quirk::default());
    setting.look("2025-06-16T16:00:00Z", "hy-oas", false).await;
    assert_eq!(setting.supply("bamlh0a0hym2").await["age"]["state"], "fresh");
    assert_eq!(setting.provider("fred").await["last_failure"]["class"], "restricted", "what is over is remembered");
}

#[tokio::test]
async fn a_payout_too_small_to_show_restates_total_return_all_the_same() {
    // A payout on the day it is made, and one that the provider tells four days late.
    for (told, looks) in [(None, 1), (Some(day("2025-03-10")), 0)] {
        let setting = Setting::new("2025-03-03T12:00:00Z").await;
        let payouts = vec![(day("2025-03-06"), 0.0004, told)];
        setting.world.quirk("yahoo", Quirk { payouts, ..Quirk::default() });
        for date in 3..=14 {
            setting.look(&format!("2025-03-{date:02}T23:00:00Z"), "dia", false).await;
        }
        let price = setting.series(&SeriesId::price("dia")).await;
        let total = setting.series(&SeriesId::total_return("dia")).await;
        assert_eq!(price.days(), total.days());
        let ratio = |at: &str| {
            let at = price.days().binary_search(&day(at)).unwrap();
            total.values()[at] / price.values()[at]
        };
        // Across the payout the total return gains what the price loses; elsewhere they move as one.
        let gain = ratio("2025-03-14") / ratio("2025-01-03") - 1.0;
        assert!((gain - 0.0004 / 0.9996).abs() < 2e-6, "told {told:?}: {gain}");
        for date in ["2024-01-02", "2025-02-18", "2025-03-05"] {
            assert!((ratio(date) / ratio("2025-01-03") - 1.0).abs() < 2e-6, "told {told:?}, {date}");
        }
        for date in ["2025-03-06", "2025-03-07", "2025-03-11"] {
            assert!((ratio(date) / ratio("2025-03-14") - 1.0).abs() < 2e-6, "told {told:?}, {date}");
        }
        let log = setting.world.log.lock().unwrap().clone();
        let whole = log.iter().filter(|(_, path)| path.contains("period1=0&") || path.contains("period1=-")).count();
        assert!(whole > looks, "all history was asked for: {log:?}");
    }
}

#[tokio::test]
async fn held_values_and_disagreements_are_seen_wherever_the_series_is() {
    let setting = Setting::new("2025-03-04T23:30:00Z").await;
    setting.look("2025-03-04T23:30:00Z", "dia", false).await;
    setting.look("2025-03-04T23:30:00Z", "iwm", false).await;
    setting.world.quirk("yahoo", Quirk { spike: Some((day("2025-03-05"), 10.0)), ..Quirk::default() });
    setting.look("2025-03-05T23:30:00Z", "dia", false).await;
    assert_eq!(setting.last("dia").await.0, "2025-03-04", "ten times the price is no close");
    let held = &setting.supply("dia").await["held"];
    assert_eq!((&held[0]["day"], &held[0]["source"]), (&"2025-03-05".into(), &"yahoo".into()), "{held}");
    assert!(!held[0]["words"].as_str().unwrap().is_empty());
    let page = setting.get("/status").await;
    assert!(page.contains("Held back:") && page.contains("for 5 Mar 2025 from Yahoo Finance"), "{page}");

    setting.world.quirk("cboe", Quirk { factor: Some(1.02), ..Quirk::default() });
    let dia = Catalog::builtin().resolve("dia").unwrap();
    let look = second_look(&setting.store, &setting.fetcher, &setting.doors, dia).await.unwrap();
    assert!(matches!(look, SecondLook::Differs(_)), "{look:?}");
    let supply = setting.supply("dia").await;
    assert_eq!(supply["disagreements"][0]["source"], "cboe");
    for path in ["/compare/dia-vs-iwm", "/metrics/dia", "/status", "/api/v1/metrics/dia", "/api/v1/compare/iwm-vs-dia"]
    {
        let body = setting.get(path).await;
        assert!(body.contains("Cboe says") && body.contains("they differ by more than 0.2"), "{path}");
    }
    assert!(!setting.get("/metrics/iwm").await.contains("Cboe says"));

    setting.world.quirk("cboe", Quirk::default());
    let look = second_look(&setting.store, &setting.fetcher, &setting.doors, dia).await.unwrap();
    assert!(matches!(look, SecondLook::Agrees { .. }), "{look:?}");
    assert!(!setting.get("/compare/dia-vs-iwm").await.contains("Cboe says"));
}

#[tokio::test]
async fn the_first_fetch_of_all_is_seen_to_come_along() {
    let setting = Setting::new("2025-03-04T23:30:00Z").await;
    assert_eq!(setting.json("/api/v1/status").await["backfill"], Json::Null, "nobody has begun");
    setting.look("2025-03-04T23:30:00Z", "dia", false).await;
    let backfill = &setting.json("/api/v1/status").await["backfill"];
    assert_eq!(backfill["done"], 1);
    let of = backfill["of"].as_u64().unwrap();
    assert!(of > 50, "{backfill}");
    for path in ["/", "/status"] {
        assert!(
            setting.get(path).await.contains(&format!("<progress id=\"backfill\" max=\"{of}\" value=\"1\">")),
            "{path}"
        );
    }
    // Whoever has not asked for two hours is not at work.
    setting.clock.sleep_until("2025-03-05T01:30:00Z".parse::<Timestamp>().unwrap()).await;
    assert_eq!(setting.json("/api/v1/status").await["backfill"], Json::Null);
}

#[tokio::test]
async fn providers_are_seen_with_what_they_did_and_what_is_left_of_their_allowance() {
    let setting = Setting::new("2025-03-04T23:30:00Z").await;
    setting.look("2025-03-04T23:30:00Z", "dia", false).await;
    setting.world.quirk("yahoo", Quirk { mode: Some(Mode::Crowded), ..Quirk::default() });
    setting.look("2025-03-04T23:30:10Z", "iwm", false).await;
    let yahoo = setting.provider("yahoo").await;
    assert_eq!((&yahoo["series_asked"], &yahoo["series_failing"]), (&2.into(), &1.into()));
    assert_eq!((&yahoo["today"]["ok"], &yahoo["today"]["rate-limited"]), (&1.into(), &1.into()));
    assert_eq!(yahoo["paused"]["class"], "rate-limited");
    let hour = yahoo["allowances"].as_array().unwrap().iter().find(|one| one["window"] == "hour").unwrap();
    assert_eq!((&hour["used"], &hour["limit"], &hour["left"]), (&2.into(), &1200.into(), &1198.into()));
    for path in ["/status", "/sources"] {
        let page = setting.get(path).await;
        for words in [
            "left alone for a while",
            "1 of 2 series without an answer",
            "1 ok, 1 rate-limited",
            "1,198 of 1,200 left this hour",
            "Last failure",
        ] {
            assert!(page.contains(words), "{path} lacks {words}");
        }
    }
}
