//! A database of the first schema is brought up to date with everything in it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use convex_core::{Day, Series, SeriesId};
use convex_store::{Batch, Store, Write};
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

const FIRST: &str = include_str!("../migrations/sqlite/0001_observations.sql");

#[tokio::test]
async fn keeps_every_observation_and_takes_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let old = SqlitePool::connect_with(options.clone()).await.unwrap();
    sqlx::raw_sql(FIRST).execute(&old).await.unwrap();
    let packed = packed(&folder.path().join("other.db")).await;
    let rows = format!(
        "insert into providers (key, name) values (1, 'file');
         insert into observations (series, day, known_from, value, provider) values
             ('dia', 10959, 1700000000000000, 1.5, 1), ('dia', 10960, 1700000000000000, 2.0, 1),
             ('dia', 10960, 1700000001000000, 2.5, 1), ('dia', 10961, 1700000001000000, 3.5, 1);
         insert into series (id, created, version, n, first_day, last_day, changed_at, provider) values
             ('dia', 1700000000000000, 2, 3, 10959, 10961, 1700000001000000, 1);
         insert into packed (series, bytes) values ('dia', x'{packed}');
         update counters set value = 2;
         pragma user_version = 1;"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&old).await.unwrap();
    old.close().await;

    let store = Store::open(&format!("sqlite://{}", path.display())).await.unwrap();
    assert_eq!(store.check().await.unwrap().problems, []);
    let dia = SeriesId::price("dia");
    let stored = store.load(&dia).await.unwrap().unwrap();
    assert_eq!(stored.series.values(), [1.5, 2.5, 3.5]);
    assert_eq!((stored.provider.as_str(), stored.adjustment.as_deref()), ("file", None));
    let then = store.load_known_at(&dia, Timestamp::from_second(1_700_000_000).unwrap()).await.unwrap().unwrap();
    assert_eq!(then.series.values(), [1.5, 2.0]);
    assert_eq!(store.check().await.unwrap().problems, []);

    let next = Series::new(vec!["2000-01-06".parse::<Day>().unwrap()], vec![4.5]).unwrap();
    let write =
        Write { adjustment: Some("splits"), ..Write::new("yahoo", Timestamp::from_second(1_700_000_002).unwrap()) };
    store.append(&write, &[Batch { id: &dia, observations: &next }]).await.unwrap();
    let stored = store.load(&dia).await.unwrap().unwrap();
    assert_eq!(stored.series.values(), [1.5, 2.5, 3.5, 4.5]);
    assert_eq!((stored.provider.as_str(), stored.adjustment.as_deref()), ("yahoo", Some("splits")));

    let raw = SqlitePool::connect_with(options).await.unwrap();
    let rows: Vec<(String, String, Option<String>)> =
        sqlx::query_as("select day, provider, adjustment from observations_latest order by day")
            .fetch_all(&raw)
            .await
            .unwrap();
    let shown: Vec<_> = rows.iter().map(|(day, by, how)| (day.as_str(), by.as_str(), how.as_deref())).collect();
    let old = |day| (day, "file", None);
    let expected = [old("2000-01-03"), old("2000-01-04"), old("2000-01-05"), ("2000-01-06", "yahoo", Some("splits"))];
    assert_eq!(shown, expected);
}

/// The packed copy of 2000-01-03 to 2000-01-05, values 1.5, 2.5, 3.5; its form is the same in both schemas.
async fn packed(path: &std::path::Path) -> String {
    let url = format!("sqlite://{}", path.display());
    let store = Store::open(&url).await.unwrap();
    let days = ["2000-01-03", "2000-01-04", "2000-01-05"].map(|day| day.parse().unwrap()).to_vec();
    let series = Series::new(days, vec![1.5, 2.5, 3.5]).unwrap();
    let write = Write::new("file", Timestamp::from_second(1_700_000_000).unwrap());
    store.append(&write, &[Batch { id: &SeriesId::price("dia"), observations: &series }]).await.unwrap();
    store.close().await;
    let raw = SqlitePool::connect_with(SqliteConnectOptions::new().filename(path)).await.unwrap();
    let (packed,) = sqlx::query_as("select hex(bytes) from packed").fetch_one(&raw).await.unwrap();
    packed
}
