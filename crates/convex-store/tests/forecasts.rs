//! Forecasts are kept as they were made.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use convex_core::Day;
use convex_store::{KeptForecast, KeptScorecard, Store};
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

fn forecast(target: &str, day: &str, body: &str) -> KeptForecast {
    KeptForecast {
        target: target.to_owned(),
        day: day.parse::<Day>().unwrap(),
        method: "1".to_owned(),
        made: Timestamp::from_second(1_767_225_600).unwrap(),
        inputs: "iwm 3".to_owned(),
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn what_was_said_stays_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    let (first, later) = (forecast("iwm", "2025-12-30", "one"), forecast("iwm", "2025-12-31", "two"));
    assert_eq!(store.keep_forecasts(&[first.clone(), later.clone()]).await.unwrap(), 2);
    let other = KeptForecast { body: "another story".to_owned(), ..later.clone() };
    assert_eq!(store.keep_forecasts(&[other]).await.unwrap(), 0);
    assert_eq!(store.latest_forecast("iwm", None).await.unwrap(), Some(later.clone()));
    assert_eq!(store.latest_forecast("iwm", Some(first.day)).await.unwrap(), Some(first.clone()));
    assert_eq!(store.latest_forecast("dia", None).await.unwrap(), None);
    assert_eq!(store.forecasts_of("iwm").await.unwrap(), [first, later.clone()]);
    assert_eq!(store.forecast_targets().await.unwrap(), [("iwm".to_owned(), later.day)]);

    let card = KeptScorecard { day: later.day, method: "1".to_owned(), made: later.made, body: "card".to_owned() };
    store.keep_scorecard(&card).await.unwrap();
    assert_eq!(store.latest_scorecard().await.unwrap(), Some(card));

    let raw = SqlitePool::connect_with(SqliteConnectOptions::new().filename(&path)).await.unwrap();
    for text in [
        "update forecasts set body = 'x'",
        "delete from forecasts",
        "update scorecards set body = 'x'",
        "delete from scorecards",
    ] {
        let refused = sqlx::raw_sql(text).execute(&raw).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}
