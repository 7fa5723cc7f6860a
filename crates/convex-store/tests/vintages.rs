//! What the world knew when, as a provider of revisions tells it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use convex_core::{Day, Series, SeriesId};
use convex_store::{Batch, Store, Vintage, Write};
use jiff::Timestamp;

fn at(day: &str) -> Timestamp {
    format!("{day}T00:00:00Z").parse().unwrap()
}

fn vintage(day: &str, value: f64, known: &str) -> Vintage {
    Vintage { day: day.parse().unwrap(), value, known_from: at(known) }
}

#[tokio::test]
async fn revisions_are_seen_as_of_their_day() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
    let gdp = SeriesId::price("gdp");
    let days: Vec<Day> = ["2025-01-01", "2025-04-01"].map(|day| day.parse().unwrap()).to_vec();
    let today = Series::new(days, vec![103.0, 110.0]).unwrap();
    let write = Write::new("fred", at("2026-11-20"));
    store.append(&write, &[Batch { id: &gdp, observations: &today }]).await.unwrap();
    let before = store.load(&gdp).await.unwrap().unwrap();

    let vintages = [
        vintage("2025-01-01", 100.0, "2025-04-30"),
        vintage("2025-01-01", 101.0, "2025-05-30"),
        vintage("2025-01-01", 101.0, "2025-06-30"),
        vintage("2025-01-01", 103.0, "2026-09-30"),
        vintage("2025-04-01", 110.0, "2025-07-30"),
        vintage("2025-04-01", f64::NAN, "2025-08-30"),
    ];
    assert_eq!(store.append_vintages(&write, &gdp, &vintages).await.unwrap(), 4, "the repeated value is no news");
    let known = async |day: &str| {
        let stored = store.load_known_at(&gdp, at(day)).await.unwrap();
        stored.map(|stored| stored.series.values().to_vec()).unwrap_or_default()
    };
    assert_eq!(known("2025-04-29").await, [] as [f64; 0]);
    assert_eq!(known("2025-05-29").await, [100.0]);
    assert_eq!(known("2025-07-30").await, [101.0, 110.0]);
    assert_eq!(known("2026-10-01").await, [103.0, 110.0]);
    let after = store.load(&gdp).await.unwrap().unwrap();
    assert_eq!((after.series, after.changed_at), (before.series, before.changed_at));
    assert!(after.version > before.version);

    assert_eq!(store.append_vintages(&write, &gdp, &vintages).await.unwrap(), 0, "the same again adds nothing");
    let other = [vintage("2025-01-01", 99.0, "2025-04-30")];
    assert_eq!(store.append_vintages(&write, &gdp, &other).await.unwrap(), 0, "no row is ever changed");
    let later = [vintage("2025-01-01", 104.0, "2026-12-30")];
    assert_eq!(store.append_vintages(&write, &gdp, &later).await.unwrap(), 1);
    assert_eq!(store.load(&gdp).await.unwrap().unwrap().series.values(), [104.0, 110.0]);
    assert_eq!(store.check().await.unwrap().problems, []);
}
