//! The lists of past days stay as they were made.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use convex_store::{KeptScreen, KeptTest, Store};
use jiff::Timestamp;

fn list(day: &str, made: i64, p_family: f64) -> KeptScreen {
    let test = |question: &str, p_family: f64| KeptTest {
        a: "dia".to_owned(),
        b: "iwm".to_owned(),
        question: question.to_owned(),
        last: day.parse().unwrap(),
        statistic: 3.25,
        p: 0.001,
        p_family,
        q: 0.2,
    };
    KeptScreen {
        day: day.parse().unwrap(),
        method: "one".to_owned(),
        made: Timestamp::from_second(made).unwrap(),
        tests: 2,
        worlds: 1_000,
        kept: vec![test("divergence", p_family), test("move", 0.5)],
    }
}

#[tokio::test]
async fn a_day_is_kept_once_and_cannot_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("screens.db").display());
    let store = Store::open(&url).await.unwrap();
    assert!(store.keep_screen(&list("2025-12-30", 10, 0.04)).await.unwrap());
    assert!(store.keep_screen(&list("2025-12-31", 20, 0.06)).await.unwrap());
    assert!(!store.keep_screen(&list("2025-12-30", 30, 0.99)).await.unwrap());
    let days: Vec<String> = store.kept_screens("one").await.unwrap().iter().map(|(day, _)| day.to_string()).collect();
    assert_eq!(days, ["2025-12-30", "2025-12-31"]);
    let alarms = store.kept_alarms("one", "divergence", 0.05).await.unwrap();
    assert_eq!(alarms.len(), 1);
    assert_eq!(
        (alarms[0].made, &alarms[0].test),
        (Timestamp::from_second(10).unwrap(), &list("2025-12-30", 10, 0.04).kept[0])
    );
    assert!(store.kept_alarms("two", "divergence", 0.05).await.unwrap().is_empty());
    store.close().await;
}
