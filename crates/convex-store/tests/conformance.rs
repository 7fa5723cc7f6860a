//! One story that every engine must tell: writing, revising, looking back, forgetting.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use convex_core::{Day, Series, SeriesId};
use convex_store::{Appended, Batch, Store, StoreError, Write};
use jiff::Timestamp;

#[tokio::test]
async fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("story.db").display())).await.unwrap();
    story(&store).await;
    store.close().await;
}

async fn story(store: &Store) {
    begins_empty(store).await;
    writes_and_reads(store).await;
    keeps_what_was_known(store).await;
    lets_the_last_write_win(store).await;
    refuses_wholesale_change(store).await;
    keeps_bases_apart(store).await;
    reads_many_at_once(store).await;
    forgets(store).await;
    let found = store.check().await.unwrap();
    assert_eq!((found.series, found.problems), (3, vec![]));
}

async fn begins_empty(store: &Store) {
    assert!(!store.has_observations().await.unwrap());
    assert_eq!(store.list().await.unwrap(), []);
    assert_eq!(store.load(&dia()).await.unwrap(), None);
    assert_eq!(store.load_known_at(&dia(), instant(9)).await.unwrap(), None);
    assert_eq!(store.forget(&dia()).await.unwrap(), None);
    let nothing = append(store, 1, &dia(), &Series::empty()).await;
    assert_eq!((nothing.new, nothing.version), (0, 0));
    assert!(!store.has_observations().await.unwrap());
}

async fn writes_and_reads(store: &Store) {
    let first = append(store, 10, &dia(), &series(&[(2, 1.5), (3, 2.5), (6, 3.5)])).await;
    assert_eq!((first.new, first.changed, first.unchanged), (3, 0, 0));
    let stored = store.load(&dia()).await.unwrap().unwrap();
    assert_eq!(stored.series, series(&[(2, 1.5), (3, 2.5), (6, 3.5)]));
    assert_eq!((stored.version, stored.provider.as_str(), stored.changed_at), (first.version, "file", instant(10)));

    let again = append(store, 20, &dia(), &series(&[(2, 1.5), (3, 2.5)])).await;
    assert_eq!((again.new, again.changed, again.unchanged, again.version), (0, 0, 2, first.version));
    assert_eq!(store.load(&dia()).await.unwrap().unwrap(), stored);

    let list = store.list().await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].n, list[0].first, list[0].last), (3, day(2), day(6)));
    assert_eq!((list[0].version, list[0].provider.as_str()), (first.version, "file"));
    assert!(store.has_observations().await.unwrap());
}

async fn keeps_what_was_known(store: &Store) {
    let before = store.load(&dia()).await.unwrap().unwrap();
    let write = Write::new("yahoo", instant(30));
    let revised = series(&[(3, 2.75), (7, 4.5)]);
    let appended = &store.append(&write, &[Batch { id: &dia(), observations: &revised }]).await.unwrap()[0];
    assert_eq!((appended.new, appended.changed, appended.unchanged), (1, 1, 0));
    assert!(appended.version > before.version);

    let now = store.load(&dia()).await.unwrap().unwrap();
    assert_eq!(now.series, series(&[(2, 1.5), (3, 2.75), (6, 3.5), (7, 4.5)]));
    assert_eq!(now.provider, "yahoo");

    let then = store.load_known_at(&dia(), instant(29)).await.unwrap().unwrap();
    assert_eq!((then.series, then.provider, then.changed_at), (before.series, "file".to_owned(), instant(10)));
    assert_eq!(store.load_known_at(&dia(), instant(30)).await.unwrap().unwrap(), now);
    assert_eq!(store.load_known_at(&dia(), instant(9)).await.unwrap(), None);
}

async fn lets_the_last_write_win(store: &Store) {
    let appended = append(store, 5, &dia(), &series(&[(3, 2.8)])).await;
    assert_eq!(appended.changed, 1);
    let now = store.load(&dia()).await.unwrap().unwrap();
    assert_eq!(now.series.at_or_before(day(3)), Some((day(3), 2.8)));
    assert!(now.changed_at > instant(30), "a clock that went back must not hide the write");
    assert_eq!(store.load_known_at(&dia(), now.changed_at).await.unwrap().unwrap(), now);
}

async fn refuses_wholesale_change(store: &Store) {
    let before = store.load(&dia()).await.unwrap().unwrap();
    let write = Write { may_change: Some(0.25), ..Write::new("file", instant(40)) };
    let (fresh, doubled) = (series(&[(2, 7.0)]), series(&[(2, 3.0), (3, 5.6), (6, 3.5), (9, 1.0)]));
    let batches =
        [Batch { id: &SeriesId::price("iwm"), observations: &fresh }, Batch { id: &dia(), observations: &doubled }];
    let error = store.append(&write, &batches).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::TooManyChanged { series, changed: 2, known: 3 } if *series == dia()),
        "{error}"
    );
    assert_eq!(store.load(&dia()).await.unwrap().unwrap(), before);
    assert_eq!(store.load(&SeriesId::price("iwm")).await.unwrap(), None, "one refused batch leaves out the others");

    let write = Write { may_change: Some(2.0 / 3.0), ..write };
    let appended = store.append(&write, &batches).await.unwrap();
    assert_eq!((appended[0].new, appended[1].changed, appended[1].new), (1, 2, 1));
    assert!(appended[1].version > appended[0].version);
}

async fn keeps_bases_apart(store: &Store) {
    let before = store.load(&dia()).await.unwrap().unwrap();
    append(store, 50, &SeriesId::total_return("dia"), &series(&[(2, 0.9)])).await;
    assert_eq!(store.load(&dia()).await.unwrap().unwrap(), before);
    let adjusted = store.load(&SeriesId::total_return("dia")).await.unwrap().unwrap();
    assert_eq!(adjusted.series, series(&[(2, 0.9)]));
}

async fn reads_many_at_once(store: &Store) {
    let ids = [SeriesId::price("qqq"), SeriesId::total_return("dia"), dia(), SeriesId::price("iwm"), dia()];
    let many = store.load_many(&ids).await.unwrap();
    assert_eq!(many.len(), ids.len());
    for (id, found) in ids.iter().zip(many) {
        assert_eq!(found, store.load(id).await.unwrap(), "{id}");
    }
    let missing: Vec<_> = (0..1_200).map(|n| SeriesId::price(format!("absent{n}"))).collect();
    assert_eq!(store.load_many(&missing).await.unwrap(), vec![None; 1_200]);
    assert_eq!(store.load_many(&[]).await.unwrap(), []);
}

async fn forgets(store: &Store) {
    let iwm = SeriesId::price("iwm");
    let before = store.load(&iwm).await.unwrap().unwrap();
    assert_eq!(store.forget(&iwm).await.unwrap(), Some(1));
    assert_eq!(store.load(&iwm).await.unwrap(), None);
    assert_eq!(store.load_known_at(&iwm, instant(1_000)).await.unwrap(), None);
    let again = append(store, 60, &iwm, &before.series).await;
    assert!(again.version > before.version, "a version is never used twice");
}

async fn append(store: &Store, known_from: i64, id: &SeriesId, observations: &Series) -> Appended {
    let write = Write::new("file", instant(known_from));
    store.append(&write, &[Batch { id, observations }]).await.unwrap().remove(0)
}

fn dia() -> SeriesId {
    SeriesId::price("dia")
}

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn day(of_january: i32) -> Day {
    Day::new(2025, 1, of_january as i8).unwrap()
}

fn series(rows: &[(i32, f64)]) -> Series {
    let days = rows.iter().map(|(at, _)| day(*at)).collect();
    Series::new(days, rows.iter().map(|(_, value)| *value).collect()).unwrap()
}
