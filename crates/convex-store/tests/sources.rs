//! What the store keeps about providers: answers, counts, health, held values, quotes, leases.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use convex_core::{Day, Series, SeriesId};
use convex_store::{
    Attempt, Batch, Disagreement, Failed, Limit, NewPayload, Pause, Problem, Search, Shortfall, Spend, StateChange,
    Store, StoredQuote, Suspect, Switch, Validator, Verdict, Write,
};
use jiff::Timestamp;
use tempfile::TempDir;

async fn store() -> (Store, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
    (store, folder)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn payload<'a>(symbols: &'a [String], second: i64, body: &'a [u8]) -> NewPayload<'a> {
    NewPayload {
        provider: "fred",
        purpose: "history",
        since: Some(day("2026-01-02")),
        symbols,
        method: "GET",
        url: "https://fred.example/x",
        via: Some("http://127.0.0.1:1"),
        request_body: None,
        fetched_at: at(second),
        status: 200,
        content_type: Some("text/csv"),
        failure: None,
        body,
    }
}

#[tokio::test]
async fn answers_come_back_and_equal_bodies_are_kept_once() {
    let (store, folder) = store().await;
    let (one, two) = (["A".to_owned()], ["A".to_owned(), "B,C".to_owned()]);
    let large = b"date,value\n".repeat(100_000);
    let first = store.archive(&payload(&one, 1, &large)).await.unwrap();
    let second = store.archive(&payload(&two, 2, &large)).await.unwrap();
    let third = store.archive(&NewPayload { failure: Some("empty"), ..payload(&one, 3, b"") }).await.unwrap();
    let back = store.archived(second).await.unwrap().unwrap();
    assert_eq!((back.body, back.summary.symbols), (large, two.to_vec()));
    assert_eq!((back.summary.since, back.summary.fetched_at), (Some(day("2026-01-02")), at(2)));
    assert_eq!(back.summary.via.as_deref(), Some("http://127.0.0.1:1"));
    assert_eq!(store.archived(third).await.unwrap().unwrap().body, b"");
    assert_eq!(store.archived(convex_store::PayloadId::new(99)).await.unwrap(), None);

    let ids = async |search: Search| -> Vec<_> {
        store.archive_list(&search).await.unwrap().into_iter().map(|kept| kept.id).collect()
    };
    let all = Search::default;
    assert_eq!(ids(all()).await, [first, second, third]);
    assert_eq!(ids(Search { symbol: Some("B,C".to_owned()), ..all() }).await, [second]);
    assert_eq!(ids(Search { provider: Some("cboe".to_owned()), ..all() }).await, []);
    assert_eq!(ids(Search { purpose: Some("quote".to_owned()), ..all() }).await, []);
    assert_eq!(ids(Search { from: Some(at(2)), until: Some(at(3)), ..all() }).await, [second]);
    assert_eq!(ids(Search { after: Some(first), limit: 1, ..all() }).await, [second]);
    assert_eq!(store.last_archived("fred", "A", "history").await.unwrap().unwrap().id, second);
    assert_eq!(store.last_archived("fred", "Z", "history").await.unwrap(), None);
    let size = std::fs::metadata(folder.path().join("x.db-wal")).unwrap().len();
    assert!(size < 500_000, "a body of 1.1 MB is kept once and compressed: {size}");
}

#[tokio::test]
async fn answers_go_when_nothing_rests_on_them() {
    let (store, _folder) = store().await;
    let symbols = ["A".to_owned()];
    let quote = |second, body| NewPayload { purpose: "quote", ..payload(&symbols, second, body) };
    let (free, used, recognised, held) = (
        store.archive(&quote(1, b"1")).await.unwrap(),
        store.archive(&quote(2, b"2")).await.unwrap(),
        store.archive(&quote(3, b"3")).await.unwrap(),
        store.archive(&quote(4, b"4")).await.unwrap(),
    );
    let failed = store.archive(&NewPayload { failure: Some("empty"), ..payload(&symbols, 5, b"1") }).await.unwrap();
    let good = store.archive(&payload(&symbols, 6, b"6")).await.unwrap();
    let late = store.archive(&quote(100, b"7")).await.unwrap();
    let gold = SeriesId::price("gold");
    let series = Series::new(vec![day("2026-11-20")], vec![2.0]).unwrap();
    let write = Write { payload: Some(used), adjustment: Some("none"), ..Write::new("gold_api", at(9)) };
    store.append(&write, &[Batch { id: &gold, observations: &series }]).await.unwrap();
    let validator = Validator { etag: Some("x".to_owned()), last_modified: None, payload: recognised };
    store.remember_validator("fred", "https://fred.example/x", &validator, at(9)).await.unwrap();
    store.quarantine(&[Suspect { payload: Some(held), ..suspect(&gold) }]).await.unwrap();

    let quotes = store.prune_archive(Some("quote"), at(50)).await.unwrap();
    assert_eq!((quotes.payloads, quotes.bodies), (1, 0), "the failure still has the same body");
    let failures = store.prune_archive(None, at(50)).await.unwrap();
    assert_eq!((failures.payloads, failures.bodies), (1, 1));
    assert_eq!(store.archived(free).await.unwrap(), None);
    assert_eq!(store.archived(failed).await.unwrap(), None);
    for kept in [used, recognised, held, good, late] {
        assert!(store.archived(kept).await.unwrap().is_some(), "{kept}");
    }
    assert_eq!(store.validator("fred", "https://fred.example/x").await.unwrap(), Some(validator));
    assert_eq!(store.prune_validators(at(10)).await.unwrap(), 1);
    assert_eq!(store.validator("fred", "https://fred.example/x").await.unwrap(), None);
}

#[tokio::test]
async fn a_damaged_answer_is_found() {
    let (store, folder) = store().await;
    let symbols = ["A".to_owned()];
    let id = store.archive(&payload(&symbols, 1, b"date,value\n2026-11-20,1\n")).await.unwrap();
    assert_eq!(store.check().await.unwrap().problems, []);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("x.db"));
    let raw = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::query("update bodies set sha256 = zeroblob(32)").execute(&raw).await.unwrap();
    let problems = store.check().await.unwrap().problems;
    assert_eq!(problems, [Problem::Payload(id)]);
    assert_eq!(problems[0].to_string(), format!("answer {id} in the archive is damaged; restore a backup"));
    let error = store.archived(id).await.unwrap_err().to_string();
    assert_eq!(error, format!("answer {id} in the archive is damaged; run convex doctor"));
}

#[tokio::test]
async fn requests_are_counted_and_refused() {
    let (store, _folder) = store().await;
    let rolling = |seconds, most| Limit::Rolling { span: Duration::from_secs(seconds), most };
    let today = |most| Limit::Calendar { word: "day", start: at(0), end: at(1_000), most };
    let limits = [rolling(1, 2), rolling(60, 3), today(5)];
    let check = async |second: i64, expected: Spend| {
        assert_eq!(store.spend("fred", at(second), &limits).await.unwrap(), expected, "at {second}");
    };
    check(0, Spend::Counted).await;
    check(0, Spend::Counted).await;
    check(0, Spend::Refused { limit: 0, until: at(1) }).await;
    check(1, Spend::Counted).await;
    check(2, Spend::Refused { limit: 1, until: at(60) }).await;
    assert_eq!(store.spend("cboe", at(2), &limits).await.unwrap(), Spend::Counted, "each provider by itself");
    check(60, Spend::Counted).await;
    check(61, Spend::Counted).await;
    check(122, Spend::Refused { limit: 2, until: at(1_000) }).await;
    assert_eq!(store.spent("fred", "day", at(0)).await.unwrap(), 5);
    let tomorrow = [Limit::Calendar { word: "day", start: at(1_000), end: at(2_000), most: 1 }];
    assert_eq!(store.spend("fred", at(1_000), &tomorrow).await.unwrap(), Spend::Counted);
    assert_eq!(store.spent("fred", "day", at(0)).await.unwrap(), 5, "yesterday is not forgotten at once");
    assert!(matches!(store.spend("fred", at(999), &limits).await.unwrap(), Spend::Refused { limit: 2, .. }));
    assert_eq!(
        store.spend("fred", at(5), &[rolling(60, 0)]).await.unwrap(),
        Spend::Refused { limit: 0, until: at(65) }
    );
}

#[tokio::test]
async fn a_clock_set_back_does_not_stop_asking_for_long() {
    let (store, _folder) = store().await;
    let limits = [Limit::Rolling { span: Duration::from_mins(1), most: 1 }];
    assert_eq!(store.spend("fred", at(1_000_000), &limits).await.unwrap(), Spend::Counted);
    assert_eq!(store.spend("fred", at(0), &limits).await.unwrap(), Spend::Counted);
}

#[tokio::test]
async fn news_about_a_provider_is_told_once() {
    let (store, _folder) = store().await;
    let (x, y) = (["X".to_owned()], ["Y".to_owned()]);
    let attempt = async |symbols: &[String], second: i64, class: Option<&str>| {
        let failure = class.map(|class| Failed { class, words: "words", not_before: Some(at(second + 60)) });
        let outcomes = &[class.unwrap_or("ok")];
        let attempt = Attempt { provider: "fred", symbols, purpose: "history", at: at(second), outcomes, failure };
        store.record_attempt(&attempt).await.unwrap()
    };
    assert_eq!(attempt(&x, 1, None).await, []);
    assert_eq!(attempt(&x, 2, Some("connect")).await, [StateChange::Fails]);
    assert_eq!(attempt(&x, 3, Some("connect")).await, []);
    assert_eq!(attempt(&y, 4, Some("connect")).await, [], "another series, the same trouble");
    assert_eq!(attempt(&x, 5, None).await, [], "it is not over for the other");
    let over = |since, failures| StateChange::Works { class: "connect".to_owned(), since: at(since), failures };
    assert_eq!(attempt(&y, 6, Some("empty")).await, [over(4, 1), StateChange::Fails]);
    assert_eq!(attempt(&y, 7, Some("empty")).await, []);
    let y = store.health_of("fred", "Y", "history").await.unwrap().unwrap();
    assert_eq!((y.failures, y.since, y.last_success), (3, Some(at(4)), None));
    assert_eq!((y.class.as_deref(), y.not_before), (Some("empty"), Some(at(67))));
    let x = store.health_of("fred", "X", "history").await.unwrap().unwrap();
    assert_eq!((x.failures, x.last_attempt, x.last_success, x.class), (0, at(5), Some(at(5)), None));
    assert_eq!(store.health().await.unwrap().len(), 2);
    assert_eq!(store.health_of("fred", "X", "quote").await.unwrap(), None);

    let today = day("2023-11-14");
    let counted = store.outcomes(today).await.unwrap();
    assert!(counted.iter().all(|count| count.day == today && count.provider == "fred"));
    let counted: Vec<_> = counted.iter().map(|count| (count.class.as_str(), count.requests)).collect();
    assert_eq!(counted, [("connect", 3), ("empty", 2), ("ok", 2)]);
    assert_eq!(store.outcomes(today + 1).await.unwrap(), []);
}

#[tokio::test]
async fn a_provider_is_left_alone_and_asked_again() {
    let (store, _folder) = store().await;
    let pause = |until, failures| Pause {
        provider: "fred".to_owned(),
        until: at(until),
        class: "rate-limited".to_owned(),
        words: "asked too often".to_owned(),
        failures,
    };
    assert_eq!(store.pause_of("fred").await.unwrap(), None);
    store.pause(&pause(60, 1)).await.unwrap();
    store.pause(&pause(120, 2)).await.unwrap();
    assert_eq!(store.pauses().await.unwrap(), [pause(120, 2)]);
    assert_eq!(store.pause_of("fred").await.unwrap(), Some(pause(120, 2)));
    store.end_pause("fred").await.unwrap();
    store.end_pause("nobody").await.unwrap();
    assert_eq!(store.pauses().await.unwrap(), []);
}

fn suspect(series: &SeriesId) -> Suspect<'_> {
    Suspect {
        series,
        day: day("2026-11-20"),
        value: 9.0,
        provider: "yahoo",
        adjustment: Some("splits"),
        payload: None,
        reason: "jump",
        words: "900 % above the day before",
        found_at: at(1),
    }
}

#[tokio::test]
async fn held_values_stay_out_until_released() {
    let (store, _folder) = store().await;
    let (dia, iwm) = (SeriesId::price("dia"), SeriesId::price("iwm"));
    let ten = Suspect { value: 10.0, ..suspect(&dia) };
    assert_eq!(store.quarantine(&[suspect(&dia), suspect(&iwm), ten]).await.unwrap(), [Verdict::Held; 3]);
    assert_eq!(store.load(&dia).await.unwrap(), None);
    let held = store.quarantined(Some(Verdict::Held), None).await.unwrap();
    assert_eq!(held.len(), 3);
    assert_eq!((held[0].series.clone(), held[0].value, held[0].reason.as_str()), (dia.clone(), 9.0, "jump"));
    let (nine, ten_id, of_iwm) = (held[0].id, held[1].id, held[2].id);

    let released = store.release(nine, at(5)).await.unwrap().unwrap();
    assert_eq!((released.id.clone(), released.new), (dia.clone(), 1));
    let stored = store.load(&dia).await.unwrap().unwrap();
    assert_eq!((stored.series.values(), stored.changed_at), (&[9.0][..], at(5)));
    assert_eq!((stored.provider.as_str(), stored.adjustment.as_deref()), ("yahoo", Some("splits")));
    assert_eq!(store.release(nine, at(6)).await.unwrap(), None, "it is released already");
    assert_eq!(store.release(777, at(6)).await.unwrap(), None);

    assert!(store.dismiss(ten_id, at(7)).await.unwrap());
    assert!(!store.dismiss(ten_id, at(8)).await.unwrap());
    assert!(!store.dismiss(nine, at(8)).await.unwrap());
    let again = store.quarantine(&[suspect(&dia), ten, suspect(&iwm)]).await.unwrap();
    assert_eq!(again, [Verdict::Released, Verdict::Dismissed, Verdict::Held], "what comes again keeps its verdict");
    assert_eq!(store.quarantined(None, Some(&dia)).await.unwrap().len(), 2);
    assert_eq!(store.quarantined(Some(Verdict::Held), None).await.unwrap().len(), 1);
    assert_eq!(store.release(ten_id, at(9)).await.unwrap().unwrap().changed, 1, "a dismissal can be taken back");

    store.forget(&dia).await.unwrap();
    assert_eq!(store.quarantined(None, None).await.unwrap()[0].id, of_iwm);
    assert_eq!(store.check().await.unwrap().problems, []);
}

#[tokio::test]
async fn switches_and_disagreements() {
    let (store, _folder) = store().await;
    let dia = SeriesId::price("dia");
    let switch = |second, from: Option<&str>, to: &str| Switch {
        series: dia.clone(),
        at: at(second),
        from: from.map(str::to_owned),
        to: to.to_owned(),
        reason: "yahoo has failed since yesterday".to_owned(),
    };
    let both = [switch(1, None, "yahoo"), switch(2, Some("yahoo"), "cboe")];
    for switch in &both {
        store.record_switch(switch).await.unwrap();
    }
    assert_eq!(store.switches(Some(&dia)).await.unwrap(), both);
    assert_eq!(store.switches(Some(&SeriesId::price("iwm"))).await.unwrap(), []);

    let found = |found, checked, differing| Disagreement {
        series: dia.clone(),
        provider: "cboe".to_owned(),
        found_at: at(found),
        checked_at: at(checked),
        compared: 250,
        differing,
        worst_day: day("2026-11-19"),
        value: 100.0,
        other: 101.0,
        tolerance: 0.001,
        resolved_at: None,
    };
    assert!(store.record_disagreement(&found(1, 1, 1)).await.unwrap());
    assert!(!store.record_disagreement(&found(2, 2, 3)).await.unwrap(), "it goes on");
    assert_eq!(store.disagreements(false).await.unwrap(), [found(1, 2, 3)]);
    assert!(store.resolve_disagreement(&dia, "cboe", at(3)).await.unwrap());
    assert!(!store.resolve_disagreement(&dia, "cboe", at(4)).await.unwrap());
    assert_eq!(store.disagreements(false).await.unwrap(), []);
    assert!(store.record_disagreement(&found(5, 5, 1)).await.unwrap());
    let resolved = Disagreement { resolved_at: Some(at(3)), ..found(1, 2, 3) };
    assert_eq!(store.disagreements(true).await.unwrap(), [resolved, found(5, 5, 1)]);
}

#[tokio::test]
async fn quotes_are_few_and_recent() {
    let (store, _folder) = store().await;
    let quote = |series: &str, second, value| StoredQuote {
        series: SeriesId::price(series),
        at: at(second),
        value,
        provider: "coinbase".to_owned(),
        received: at(second + 1),
        delayed_minutes: 15,
    };
    let keep = Duration::from_secs(100);
    assert_eq!(store.put_quotes(&[quote("btc", 1, 10.0), quote("eth", 1, 1.0)], keep).await.unwrap(), 2);
    assert_eq!(store.put_quotes(&[quote("btc", 50, 11.0), quote("btc", 50, 11.5)], keep).await.unwrap(), 1);
    assert_eq!(store.put_quotes(&[quote("btc", 20, 10.5)], keep).await.unwrap(), 0, "an older one is no news");
    let btc = SeriesId::price("btc");
    assert_eq!(store.latest_quotes().await.unwrap(), [quote("btc", 50, 11.5), quote("eth", 1, 1.0)]);
    assert_eq!(store.quote_at(&btc, at(49)).await.unwrap(), Some(quote("btc", 20, 10.5)));
    assert_eq!(store.quote_at(&btc, at(0)).await.unwrap(), None);
    assert_eq!(store.quotes_since(&btc, at(20)).await.unwrap().len(), 2);
    store.put_quotes(&[quote("btc", 125, 12.0)], keep).await.unwrap();
    let left: Vec<_> = store.quotes_since(&btc, at(0)).await.unwrap().into_iter().map(|quote| quote.value).collect();
    assert_eq!(left, [11.5, 12.0]);
}

#[tokio::test]
async fn a_lease_has_one_holder_and_runs_out() {
    let (store, _folder) = store().await;
    let minute = Duration::from_mins(1);
    let take = async |holder: &str, second| store.take_lease("worker", holder, at(second), minute).await.unwrap();
    assert_eq!(take("one", 0).await.holder, "one");
    assert_eq!(take("two", 59).await.holder, "one");
    assert_eq!(take("one", 30).await.until, at(90), "the holder renews");
    assert_eq!(take("two", 89).await.until, at(90));
    assert_eq!(store.lease("worker", at(89)).await.unwrap().unwrap().holder, "one");
    assert_eq!(store.lease("worker", at(90)).await.unwrap(), None);
    let taken = take("two", 90).await;
    assert_eq!((taken.holder.as_str(), taken.until), ("two", at(150)), "a dead holder's lease runs out");
    assert!(!store.release_lease("worker", "one").await.unwrap());
    assert!(store.release_lease("worker", "two").await.unwrap());
    assert_eq!(take("one", 91).await.holder, "one");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_one_of_many_takes_a_lease() {
    let (store, _folder) = store().await;
    let takers = (0..16).map(|n| {
        let store = store.clone();
        tokio::spawn(async move {
            let holder = format!("holder {n}");
            store.take_lease("worker", &holder, at(0), Duration::from_secs(1)).await.unwrap().holder == holder
        })
    });
    let mut holders = 0;
    for taker in takers.collect::<Vec<_>>() {
        holders += i32::from(taker.await.unwrap());
    }
    assert_eq!(holders, 1);
}

#[tokio::test]
async fn what_a_provider_has_ceased_to_give_is_known_until_it_gives_it_again() {
    let (store, _folder) = store().await;
    let id = SeriesId::price("dia");
    let found = |given: &str, found, checked| Shortfall {
        series: id.clone(),
        provider: "fred".to_owned(),
        kept_from: day("1996-12-31"),
        given_from: day(given),
        found_at: at(found),
        checked_at: at(checked),
    };
    assert!(store.record_shortfall(&found("2023-04-01", 1, 1)).await.unwrap());
    assert!(!store.record_shortfall(&found("2023-05-01", 2, 2)).await.unwrap(), "it goes on");
    assert_eq!(store.shortfalls().await.unwrap(), [found("2023-05-01", 1, 2)]);
    assert!(!store.end_shortfall(&id, "cboe").await.unwrap(), "another provider's word says nothing of this one");
    assert!(store.end_shortfall(&id, "fred").await.unwrap());
    assert_eq!(store.shortfalls().await.unwrap(), []);
}
