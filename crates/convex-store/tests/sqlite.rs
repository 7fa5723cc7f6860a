//! What holds for a `SQLite` file in particular: opening, damage, readers beside a writer, the views.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use convex_core::{Day, Series, SeriesId};
use convex_store::{Batch, Problem, Store, StoreError, Write};
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

#[tokio::test]
async fn refuses_what_it_cannot_open() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.db"), "date,close\n2025-01-02,1\n".repeat(100)).unwrap();
    let foreign = raw(&at("foreign.db"), true).await;
    sqlx::query("create table t (x)").execute(&foreign).await.unwrap();
    foreign.close().await;
    open(&at("newer.db")).await.close().await;
    let newer = raw(&at("newer.db"), false).await;
    sqlx::query("pragma user_version = 99").execute(&newer).await.unwrap();
    newer.close().await;

    let message = async |url: String| Store::open(&url).await.unwrap_err().to_string();
    assert_eq!(
        message("postgres://user:secret@host/db".to_owned()).await,
        "this version keeps its data in SQLite only: write sqlite://PATH instead of postgres://…"
    );
    assert_eq!(
        message("mysql://user:secret@host/db".to_owned()).await,
        "\"mysql://…\" does not name a database: write sqlite://PATH"
    );
    for url in ["convex.db", "sqlite://", "sqlite:convex.db", "sqlite://convex.db?mode=ro"] {
        assert_eq!(message(url.to_owned()).await, format!("\"{url}\" does not name a database: write sqlite://PATH"));
    }
    let named = |name: &str| (url(&at(name)), at(name).display().to_string());
    let (text, path) = named("text.db");
    let error = message(text).await;
    assert!(error.starts_with(&format!("cannot open the database {path}: ")), "{error}");
    assert!(error.ends_with("file is not a database"), "{error}");
    let (foreign, path) = named("foreign.db");
    let before = std::fs::read(at("foreign.db")).unwrap();
    assert_eq!(message(foreign).await, format!("{path} is a SQLite database of another program: name another file"));
    assert_eq!(std::fs::read(at("foreign.db")).unwrap(), before, "another program's file is left as it is");
    let (newer, path) = named("newer.db");
    let known = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap().count();
    assert_eq!(message(newer).await, format!("{path} has schema 99, this version knows {known}: use a newer convex"));
    let error = message(url(&at("text.db").join("below.db"))).await;
    assert!(error.starts_with("cannot create the folder "), "{error}");
}

#[tokio::test]
async fn makes_folders_and_keeps_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/folders/x.db");
    let store = open(&path).await;
    append(&store, 1, &id(), &line(5, 1.0)).await;
    store.close().await;
    assert!(!path.with_extension("db-wal").exists(), "a closed store is one file");
    let store = open(&path).await;
    assert_eq!(store.load(&id()).await.unwrap().unwrap().series, line(5, 1.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let openings: Vec<_> = (0..8)
        .map(|n| {
            let path = path.clone();
            tokio::spawn(async move {
                let store = open(&path).await;
                append(&store, n, &SeriesId::price(format!("s{n}")), &line(3, 1.0)).await;
            })
        })
        .collect();
    for opening in openings {
        opening.await.unwrap();
    }
    assert_eq!(open(&path).await.list().await.unwrap().len(), 8);
}

#[tokio::test]
async fn rows_and_packed_copy_agree_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("x.db")).await;
    let values = [
        0.1 + 0.2,
        f64::MIN_POSITIVE,
        5e-324,
        f64::MAX,
        -f64::MAX,
        1.0,
        9_007_199_254_740_993.0,
        -37.63,
        1e15,
        -0.0,
        1.0 / 3.0,
        9.223_372_036_854_776e18,
        4_503_599_627_370_497.5,
    ];
    let days = (0..values.len() as i32).map(|n| first() + n).collect();
    append(&store, 1, &id(), &Series::new(days, values.to_vec()).unwrap()).await;
    let bits = |series: &Series| series.values().iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let expected: Vec<_> = values.iter().map(|value| (value + 0.0).to_bits()).collect();
    assert_eq!(bits(&store.load(&id()).await.unwrap().unwrap().series), expected);
    assert_eq!(bits(&store.load_known_at(&id(), instant(1)).await.unwrap().unwrap().series), expected);
    assert_eq!(store.check().await.unwrap().problems, []);
}

#[tokio::test]
async fn finds_damage_and_repairs_what_can_be_derived() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let store = open(&path).await;
    let names = ["altered", "lost", "wrong-list", "bytes", "rowless", "whole"];
    for name in names {
        append(&store, 1, &SeriesId::price(name), &line(4, 1.0)).await;
        append(&store, 2, &SeriesId::price(name), &line(3, 2.0)).await;
    }
    let database = raw(&path, false).await;
    for damage in [
        "update packed set bytes = (select bytes from packed where series = 'whole') where series = 'bytes'",
        "delete from observations where series = 'altered' and known_from > 1700000001000000 and value > 3",
        "delete from packed where series = 'lost'",
        "update series set n = 17 where id = 'wrong-list'",
        "update packed set bytes = x'00' || bytes where series = 'bytes'",
        "delete from observations where series = 'rowless'",
    ] {
        assert!(sqlx::query(damage).execute(&database).await.unwrap().rows_affected() > 0, "{damage}");
    }
    let error = store.load(&SeriesId::price("bytes")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "series \"bytes\": the packed copy is of an unknown form; run convex doctor --repair"
    );

    let found = store.check().await.unwrap();
    assert_eq!(found.series, names.len());
    let derived = |name: &str, what: &str| Problem::Derived { series: SeriesId::price(name), what: what.to_owned() };
    assert_eq!(
        found.problems,
        [
            derived("altered", "the packed copy differs from the rows"),
            derived("bytes", "the packed copy is of an unknown form"),
            derived("lost", "it has rows but no packed copy"),
            derived("rowless", "the packed copy differs from the rows"),
            derived("wrong-list", "the list of series differs from the rows"),
        ]
    );

    let version = store.load(&SeriesId::price("altered")).await.unwrap().unwrap().version;
    assert_eq!(store.repair().await.unwrap().len(), 5);
    assert_eq!(store.check().await.unwrap().problems, []);
    assert!(store.load(&SeriesId::price("altered")).await.unwrap().unwrap().version > version);
    assert_eq!(store.load(&SeriesId::price("rowless")).await.unwrap(), None);
    assert_eq!(store.load(&SeriesId::price("bytes")).await.unwrap().unwrap().series.values(), [2.0, 3.0, 4.0, 4.0]);
}

#[tokio::test]
async fn finds_a_damaged_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let store = open(&path).await;
    append(&store, 1, &id(), &line(20_000, 1.0)).await;
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let problems = open(&path).await.check().await.map(|found| found.problems);
    assert!(
        matches!(&problems, Err(StoreError::Database(_))) || !problems.as_ref().unwrap().is_empty(),
        "{problems:?}"
    );
}

#[tokio::test]
async fn writes_back_the_log_of_a_killed_process() {
    let folder = tempfile::tempdir().unwrap();
    let [live, left] = ["live.db", "left.db"].map(|name| folder.path().join(name));
    let store = open(&live).await;
    let long = line(40_000, 1.0);
    append(&store, 1, &id(), &long).await;
    // What the files are while a process is at work is what they are after it is killed.
    let log = |path: &Path| path.with_extension("db-wal");
    std::fs::copy(&live, &left).unwrap();
    let bytes = std::fs::copy(log(&live), log(&left)).unwrap();
    assert!(bytes > 1 << 20, "the log is long: {bytes}");
    let opened = open(&left).await;
    assert_eq!(std::fs::metadata(log(&left)).unwrap().len(), 0);
    assert_eq!(opened.load(&id()).await.unwrap().unwrap().series, long);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_never_see_half_a_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("x.db")).await;
    let ids = [SeriesId::price("a"), SeriesId::price("b")];
    let write = async |store: &Store, round: i32| {
        let observations = line(300, f64::from(round));
        let write = Write::new("file", instant(i64::from(round)));
        let batches = ids.each_ref().map(|id| Batch { id, observations: &observations });
        store.append(&write, &batches).await.unwrap();
    };
    write(&store, 0).await;
    let reader = tokio::spawn({
        let (store, ids) = (store.clone(), ids.clone());
        async move {
            let mut seen = 0.0;
            while seen < 40.0 {
                let many = store.load_many(&ids).await.unwrap();
                let [Some(a), Some(b)] = &many[..] else { panic!("both series are there") };
                assert_eq!(a.series, b.series, "two series of one transaction are of one moment");
                assert_eq!(a.series, line(300, a.series.values()[0]));
                assert!(a.series.values()[0] >= seen, "time goes forward");
                seen = a.series.values()[0];
            }
        }
    });
    for round in 1..=40 {
        write(&store, round).await;
    }
    reader.await.unwrap();
}

#[tokio::test]
async fn views_answer_in_plain_sql_and_rows_cannot_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let store = open(&path).await;
    append(&store, 1, &id(), &line(2, 1.0)).await;
    append(&store, 2, &id(), &line(1, 1.5)).await;
    let database = raw(&path, false).await;
    let rows = async |view: &str| -> Vec<(String, f64, String, String)> {
        let text =
            format!("select day, value, known_from, provider from {view} where series = 'dia' order by day, value");
        sqlx::query_as(sqlx::AssertSqlSafe(text)).fetch_all(&database).await.unwrap()
    };
    let row = |day: &str, value, second: &str| {
        (day.to_owned(), value, format!("2023-11-14T22:13:{second}Z"), "file".to_owned())
    };
    assert_eq!(rows("observations_latest").await, [row("2000-01-03", 1.5, "22.000"), row("2000-01-04", 2.0, "21.000")]);
    assert_eq!(rows("observations_history").await.len(), 3);
    let refused = sqlx::query("update observations set value = 3").execute(&database).await.unwrap_err();
    assert!(refused.to_string().contains("observations are append-only"), "{refused}");
}

fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

async fn open(path: &Path) -> Store {
    Store::open(&url(path)).await.unwrap()
}

/// The file without the store in between.
async fn raw(path: &Path, create: bool) -> SqlitePool {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(create);
    SqlitePool::connect_with(options).await.unwrap()
}

async fn append(store: &Store, known_from: i64, id: &SeriesId, observations: &Series) {
    let write = Write::new("file", instant(known_from));
    store.append(&write, &[Batch { id, observations }]).await.unwrap();
}

fn id() -> SeriesId {
    SeriesId::price("dia")
}

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn first() -> Day {
    Day::new(2000, 1, 3).unwrap()
}

/// So many consecutive days, the values rising by one from a start.
fn line(n: i32, start: f64) -> Series {
    let days = (0..n).map(|at| first() + at).collect();
    Series::new(days, (0..n).map(|at| start + f64::from(at)).collect()).unwrap()
}
