//! Only what has been taken in makes the next request conditional.

use convex::fetch::Answer;

use crate::provider::{ProviderServer, Reply, Routes};
use crate::setting::{GOOD, Setting};

#[tokio::test]
async fn asks_only_for_what_is_newer_once_it_has_been_taken_in() {
    let tagged = Reply::csv(GOOD).header("etag", "W/\"one\"").header("last-modified", "Thu, 19 Nov 2026 21:00:00 GMT");
    let server = ProviderServer::start(Routes::new().on("/X", tagged)).await;
    let setting = Setting::new(&server.url()).await;
    let first = setting.fetch("X").await.unwrap().fetched().unwrap();
    let second = setting.fetch("X").await.unwrap().fetched().unwrap();
    assert_eq!(server.log()[1].header("if-none-match"), None, "what was not taken in is asked for again");
    assert_ne!(first.payload, second.payload);

    setting.fetcher.confirm(&second).await.unwrap();
    let setting = setting.restarted();
    let Answer::NotModified { payload, .. } = setting.fetch("X").await.unwrap() else { panic!("nothing is new") };
    assert_eq!(payload, second.payload);
    let last = server.log().pop().unwrap();
    assert_eq!(last.header("if-none-match"), Some("W/\"one\""));
    assert_eq!(last.header("if-modified-since"), Some("Thu, 19 Nov 2026 21:00:00 GMT"));
    let health = setting.store.health_of("fred", "X", "history").await.unwrap().unwrap();
    assert_eq!((health.failures, health.last_success), (0, Some(setting.clock.now())));

    let longer = format!("{GOOD}2026-11-20,3.5\n");
    server.set("/X", Reply::csv(longer).header("etag", "\"two\""));
    let third = setting.fetch("X").await.unwrap().fetched().unwrap();
    assert_eq!(third.parsed.columns[0].points.len(), 3);
}

#[tokio::test]
async fn a_date_alone_is_enough_and_neither_is_fine() {
    let server = ProviderServer::start(Routes::new()).await;
    let setting = Setting::new(&server.url()).await;
    server.set("/X", Reply::csv(GOOD).header("last-modified", "Thu, 19 Nov 2026 21:00:00 GMT"));
    server.set("/Y", Reply::csv(GOOD));
    for (symbol, same) in [("X", true), ("Y", false)] {
        let fetched = setting.fetch(symbol).await.unwrap().fetched().unwrap();
        setting.fetcher.confirm(&fetched).await.unwrap();
        let again = setting.fetch(symbol).await.unwrap();
        assert_eq!(matches!(again, Answer::NotModified { .. }), same, "{symbol}");
    }
}

#[tokio::test]
async fn nothing_new_without_having_asked_is_no_answer() {
    let server = ProviderServer::start(Routes::new().on("/X", Reply::new(304, "", ""))).await;
    let setting = Setting::new(&server.url()).await;
    assert_eq!(setting.failure("X").await.class(), "protocol");
}

#[tokio::test]
async fn a_forgotten_series_is_fetched_whole_again() {
    use convex_store::{Batch, Write};
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD).header("etag", "\"one\""))).await;
    let setting = Setting::new(&server.url()).await;
    let fetched = setting.fetch("X").await.unwrap().fetched().unwrap();
    let points = &fetched.parsed.columns[0].points;
    let (days, values) = points.iter().map(|point| (point.day, point.value)).unzip();
    let series = convex_core::Series::new(days, values).unwrap();
    let id = convex_core::SeriesId::price("x");
    let write = Write { payload: Some(fetched.payload), ..Write::new("fred", fetched.received) };
    setting.store.append(&write, &[Batch { id: &id, observations: &series }]).await.unwrap();
    setting.fetcher.confirm(&fetched).await.unwrap();
    assert!(setting.fetch("X").await.unwrap().fetched().is_none());
    setting.store.forget(&id).await.unwrap();
    assert!(setting.fetch("X").await.unwrap().fetched().is_some());
}
