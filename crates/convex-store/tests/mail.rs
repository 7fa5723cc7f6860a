//! Readers, the outbox and the ledger of alerts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use convex_core::Day;
use convex_core::alert::Watch;
use convex_store::{NewMessage, OutboxCounts, Stepped, Store, StoredRule, Wishes};
use jiff::Timestamp;
use tempfile::TempDir;

const LEASE: Duration = Duration::from_secs(30);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
    (folder, store)
}

fn message(key: &str) -> NewMessage {
    let (address, kind, content) = ("a@example.org".to_owned(), "digest".to_owned(), "x".to_owned());
    NewMessage { key: key.to_owned(), subscriber: None, address, kind, content, due: at(0) }
}

#[tokio::test]
async fn a_key_is_queued_once_and_claimed_by_one_process() {
    let (_folder, store) = store().await;
    let three = ["one", "two", "three"].map(message);
    assert_eq!(store.queue(&three).await.unwrap(), 3);
    assert_eq!(store.queue(&three).await.unwrap(), 0);
    let first = store.claim("p", at(1), LEASE, 2).await.unwrap();
    let second = store.claim("q", at(1), LEASE, 9).await.unwrap();
    let keys = |claimed: &[convex_store::Message]| claimed.iter().map(|one| one.new.key.clone()).collect::<Vec<_>>();
    assert_eq!((keys(&first), keys(&second)), (vec!["one".into(), "two".into()], vec!["three".into()]));
    assert!(!store.mark_sending(first[0].id, "q").await.unwrap(), "another’s claim");
    assert!(store.mark_sending(first[0].id, "p").await.unwrap());
    assert!(store.mark_sent(first[0].id, "p", at(2)).await.unwrap());
    store.mark_failed(first[1].id, "p", Some(at(60)), "451 later").await.unwrap();
    store.mark_failed(second[0].id, "q", None, "550 no such user").await.unwrap();
    let counts = store.outbox().await.unwrap();
    assert_eq!(counts, OutboxCounts { sent: 1, waiting: 1, dead: 1, ..OutboxCounts::default() });
    assert_eq!(store.dead_letters(9).await.unwrap()[0].trouble.as_deref(), Some("550 no such user"));
    assert!(store.claim("p", at(59), LEASE, 9).await.unwrap().is_empty());
    assert_eq!(store.claim("p", at(60), LEASE, 9).await.unwrap()[0].tries, 2);
}

#[tokio::test]
async fn a_dead_process_leaves_its_claims_and_never_sends_twice() {
    let (_folder, store) = store().await;
    store.queue(&["one", "two"].map(message)).await.unwrap();
    let claimed = store.claim("p", at(0), LEASE, 9).await.unwrap();
    store.mark_sending(claimed[0].id, "p").await.unwrap();
    assert!(store.claim("q", at(29), LEASE, 9).await.unwrap().is_empty());
    let again = store.claim("q", at(30), LEASE, 9).await.unwrap();
    assert_eq!(again.iter().map(|one| one.new.key.as_str()).collect::<Vec<_>>(), ["two"]);
    assert!(!store.mark_sent(claimed[1].id, "p", at(31)).await.unwrap(), "the claim was lost");
    assert_eq!(store.outbox().await.unwrap().unconfirmed, 1);
}

#[tokio::test]
async fn a_reader_is_one_row_and_goes_without_a_trace() {
    let (_folder, store) = store().await;
    let wishes = Wishes { pairs: vec!["dia-vs-iwm".into()], hour: 9, ..Wishes::default() };
    let reader = store.ask_for_mail("a@example.org", &wishes, at(0)).await.unwrap();
    let again = store.ask_for_mail("a@example.org", &Wishes::default(), at(5)).await.unwrap();
    assert_eq!((again.id, &again.wishes), (reader.id, &wishes), "a stranger changes nothing");
    assert!(store.confirmed_subscribers().await.unwrap().is_empty());
    assert!(store.confirm(reader.id, at(6)).await.unwrap() && !store.confirm(reader.id, at(7)).await.unwrap());
    let rule = rule(reader.id);
    let id = store.keep_rule(&rule, at(8)).await.unwrap();
    assert_eq!(store.keep_rule(&rule, at(9)).await.unwrap(), id);
    let day: Day = "2025-01-02".parse().unwrap();
    let step = Stepped {
        rule: id,
        watch: Watch { seen: Some(day), armed: false, ..Watch::default() },
        fired: vec![(day, "2.10".into(), "queued".into())],
    };
    let mail = NewMessage { subscriber: Some(reader.id), ..message("alert 1") };
    for _ in 0..2 {
        store.keep_steps(std::slice::from_ref(&step), std::slice::from_ref(&mail), at(10)).await.unwrap();
    }
    assert_eq!(store.firings(reader.id, 9).await.unwrap().len(), 1);
    assert_eq!(store.queued_alerts(day).await.unwrap(), [(reader.id, day)]);
    assert_eq!(store.rules(None).await.unwrap()[0].watch, step.watch);
    assert!(store.erase_subscriber(reader.id).await.unwrap());
    assert!(
        store.rules(Some(reader.id)).await.unwrap().is_empty() && store.firings(reader.id, 9).await.unwrap().is_empty()
    );
    assert_eq!(store.outbox().await.unwrap(), OutboxCounts::default());
    assert!(store.subscriber(reader.id).await.unwrap().is_none());
}

fn rule(subscriber: i64) -> StoredRule {
    let (text, channel) = ("dia-vs-iwm: ratio.z_1y above 2".to_owned(), "mail".to_owned());
    StoredRule { id: 0, subscriber: Some(subscriber), text, channel, target: String::new(), watch: Watch::default() }
}

#[tokio::test]
async fn the_first_digest_of_a_day_stays() {
    let (_folder, store) = store().await;
    let day: Day = "2025-01-02".parse().unwrap();
    assert_eq!(store.keep_digest(day, "first", at(0)).await.unwrap(), "first");
    assert_eq!(store.keep_digest(day, "second", at(1)).await.unwrap(), "first");
    assert_eq!(store.digest(day).await.unwrap(), Some((at(0), "first".to_owned())));
    assert_eq!(store.secret("links", b"one").await.unwrap(), b"one");
    assert_eq!(store.secret("links", b"two").await.unwrap(), b"one");
}

#[tokio::test]
async fn nothing_goes_to_a_suppressed_address() {
    let (_folder, store) = store().await;
    store.queue(&[message("one")]).await.unwrap();
    store.suppress(b"hash", "a@example.org", "bounced", at(0)).await.unwrap();
    assert!(store.is_suppressed(b"hash").await.unwrap() && !store.is_suppressed(b"other").await.unwrap());
    assert!(store.claim("p", at(9), LEASE, 9).await.unwrap().is_empty());
}
