//! Answers are archived with where they came from, and can be read again.

use std::time::Duration;

use convex::config::Archive;
use convex::fetch::{archived_request, reread, tidy_archive};
use convex_sources::{Purpose, Request};
use convex_store::Search;

use crate::provider::{ProviderServer, Reply, Routes};
use crate::setting::{GOOD, Setting, lines, request};

#[tokio::test]
async fn an_answer_can_be_read_again() {
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD))).await;
    let setting = Setting::new(&server.url()).await;
    let fetched = setting.fetch("X").await.unwrap().fetched().unwrap();
    let archived = setting.store.archived(fetched.payload).await.unwrap().unwrap();
    let kept = &archived.summary;
    assert_eq!(kept.url, "https://fred.stlouisfed.org/X?id=X");
    assert_eq!(kept.via, Some(server.url()));
    assert_eq!((kept.status, kept.content_type.as_deref(), kept.failure.as_deref()), (200, Some("text/csv"), None));
    assert_eq!((kept.fetched_at, kept.length), (setting.clock.now(), GOOD.len() as u64));
    assert_eq!(archived_request(kept).unwrap(), request("X"));
    assert_eq!(reread(lines(), &archived).unwrap(), fetched.parsed);

    let again = setting.fetch("X").await.unwrap().fetched().unwrap();
    assert_ne!(again.payload, fetched.payload, "each answer is kept");
    let list = setting.store.archive_list(&Search { symbol: Some("X".to_owned()), ..Search::default() }).await.unwrap();
    assert_eq!(list.len(), 2);
    assert_eq!(list[0].sha256, list[1].sha256);
}

#[tokio::test]
async fn what_could_not_be_read_is_kept_whole_for_a_better_parser() {
    let unread = format!("date,value\n{}", "2026-11-18;1,5\n".repeat(6_000));
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(unread.as_bytes()))).await;
    let setting = Setting::new(&server.url()).await;
    assert_eq!(setting.failure("X").await.class(), "malformed");
    let page = format!("<html>{}</html>", "so sorry ".repeat(10_000));
    server.set("/X", Reply::new(404, "text/html", page.as_bytes()));
    assert_eq!(setting.failure("X").await.class(), "unknown-symbol");
    let list = setting.store.archive_list(&Search::default()).await.unwrap();
    assert_eq!(list.iter().map(|kept| kept.length).collect::<Vec<_>>(), [unread.len() as u64, 64 << 10]);
    let whole = setting.store.archived(list[0].id).await.unwrap().unwrap();
    assert_eq!(whole.body, unread.as_bytes());
    assert_eq!(reread(lines(), &whole).unwrap_err().class(), "malformed");
}

#[tokio::test]
async fn answers_that_nothing_rests_on_go_after_a_while() {
    let server = ProviderServer::start(Routes::new().on("/X", Reply::csv(GOOD))).await;
    let setting = Setting::new(&server.url()).await;
    let quote = Request { purpose: Purpose::Quote, ..request("X") };
    setting.fetcher.fetch(lines(), &quote).await.unwrap();
    setting.fetch("X").await.unwrap();
    server.set("/X", Reply::new(404, "text/plain", "gone"));
    setting.failure("X").await;
    let kept_after = async |days: u64| {
        let now = setting.clock.now() + Duration::from_hours(24 * days + 1);
        tidy_archive(&setting.store, Archive::default(), now).await.unwrap();
        setting.store.archive_list(&Search::default()).await.unwrap().len()
    };
    assert_eq!(kept_after(6).await, 3);
    assert_eq!(kept_after(7).await, 2);
    assert_eq!(kept_after(30).await, 1, "a good answer of history stays");
}
