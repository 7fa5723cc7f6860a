use jiff::Timestamp;

use super::*;
use crate::calendar::Kind;
use crate::catalog::{Catalog, Metric};
use crate::{Day, Series};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn metric(id: &str) -> &'static Metric {
    Catalog::builtin().metric(id).unwrap()
}

fn point(text: &str, value: f64) -> Point {
    Point { day: day(text), value }
}

fn evening(text: &str) -> Timestamp {
    format!("{text}T23:30:00Z").parse().unwrap()
}

/// Vets points of `id`, of which nothing is known, on the evening of 2025-06-20, and says the reasons in order of days.
fn reasons(id: &str, points: &[Point]) -> Vec<(String, &'static str)> {
    let vetted = vet(metric(id), &Series::empty(), &Offer::of(points, evening("2025-06-20")));
    vetted.quarantined.iter().map(|held| (held.point.day.to_string(), held.reason.key())).collect()
}

fn check(id: &str, points: &[Point], expected: &[(&str, &str)]) {
    let found = reasons(id, points);
    let found: Vec<(&str, &str)> = found.iter().map(|(day, reason)| (day.as_str(), *reason)).collect();
    assert_eq!(found, expected, "{id} {points:?}");
}

#[test]
fn each_value_by_itself() {
    check("iwm", &[point("2025-06-18", 210.0), point("2025-06-20", f64::NAN)], &[("2025-06-20", "not-finite")]);
    check("iwm", &[point("2025-06-23", 210.0)], &[("2025-06-23", "future")]);
    check("iwm", &[point("2025-06-18", 210.0), point("2025-06-18", 211.0)], &[("2025-06-18", "conflict"); 2]);
    check("iwm", &[point("2025-06-19", 210.0)], &[("2025-06-19", "no-session")]);
    check("iwm", &[point("2025-06-14", 210.0)], &[("2025-06-14", "no-session")]);
    // VIX is known to be published on that holiday, bitcoin on every day.
    check("vixcls", &[point("2025-06-19", 20.0)], &[]);
    check("btc", &[point("2025-06-14", 100_000.0)], &[]);
}

#[test]
fn a_holiday_with_values_is_remarked_where_it_is_known_to_happen() {
    let points = [point("2025-04-18", 29.0)];
    let vetted = vet(metric("vixcls"), &Series::empty(), &Offer::of(&points, evening("2025-06-20")));
    assert_eq!((vetted.accepted.len(), vetted.cautions[0].1), (1, Caution::OffDay { kind: Kind::Holiday }));
}

#[test]
fn an_impossible_candle_leaves_the_close() {
    // As in a file of Cboe's: the open lies far above the high.
    let points = [point("2006-02-08", 12.83), point("2006-02-09", 13.12)];
    let range =
        |text: &str, open, high, low| Candle { day: day(text), open: Some(open), high: Some(high), low: Some(low) };
    let candles = [range("2006-02-08", 41.6, 13.61, 12.76), range("2006-02-09", 12.8, 13.2, 12.6)];
    let offer = Offer { candles: &candles, ..Offer::of(&points, evening("2025-06-20")) };
    let vetted = vet(metric("vix_ohlc"), &Series::empty(), &offer);
    assert_eq!(vetted.accepted, points);
    assert_eq!(vetted.candles, candles[1..]);
    assert_eq!(vetted.cautions, [(day("2006-02-08"), Caution::Candle)]);
}

#[test]
fn a_shorter_history_is_marked_and_ours_is_kept() {
    let known: Vec<(Day, f64)> =
        ["2025-06-16", "2025-06-17", "2025-06-18"].into_iter().map(day).zip([1.0, 2.0, 3.0]).collect();
    let known =
        Series::new(known.iter().map(|(day, _)| *day).collect(), known.iter().map(|(_, v)| *v).collect()).unwrap();
    let points = [point("2025-06-18", 3.0), point("2025-06-20", 4.0)];
    let offer = Offer { whole: true, ..Offer::of(&points, evening("2025-06-20")) };
    let shortened = vet(metric("iwm"), &known, &offer).shortened.unwrap();
    assert_eq!(
        (shortened.kept_from, shortened.offered_from, shortened.missing),
        (day("2025-06-16"), Some(day("2025-06-18")), 2)
    );
    assert_eq!(
        shortened.words(),
        "the provider now gives values from 2025-06-18 only; those kept go back to 2025-06-16"
    );
    let part = Offer { whole: false, ..offer };
    assert_eq!(vet(metric("iwm"), &known, &part).shortened, None);
}

#[test]
fn two_providers() {
    let series = |values: &[f64]| {
        let days: Vec<Day> = (0..values.len() as i32).map(|step| day("2025-06-16") + step).collect();
        Series::new(days, values.to_vec()).unwrap()
    };
    let iwm = Tolerance::of(metric("iwm"));
    let agreed = cross_check(&series(&[200.0, 201.0]), &series(&[200.01, 201.0, 205.0]), iwm);
    assert!(agreed.agrees(), "{agreed:?}");
    assert_eq!(agreed.words(), "the two providers agree on 2 days from 2025-06-16 to 2025-06-17");
    let apart = cross_check(&series(&[200.0, 201.0, 202.0]), &series(&[200.0, 205.0, 203.0]), iwm);
    assert_eq!((apart.disagreements.len(), apart.largest.unwrap().second), (2, 205.0));
    assert_eq!(
        apart.words(),
        "the two providers disagree on 2 of 3 days from 2025-06-16 to 2025-06-18, most on 2025-06-17: 201 against 205"
    );
    let rate = Tolerance::of(metric("dgs10"));
    assert!(rate.allows(4.32, 4.33) && !rate.allows(4.32, 4.34));
    assert!(!cross_check(&series(&[]), &series(&[1.0]), rate).agrees());
}
