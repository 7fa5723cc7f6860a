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

/// Two hundred sessions of IWM around 200 that end on 2025-06-18, moving by up to one percent.
fn quiet_market() -> Vec<Point> {
    let calendar = crate::calendar::Calendar::of(metric("iwm").calendar);
    let days: Vec<Day> = calendar.sessions(day("2024-09-03"), day("2025-06-18")).collect();
    let value = |step: usize| 200.0 * (1.0 + 0.01 * (step as f64 * 1.7).sin());
    days.into_iter().enumerate().map(|(step, day)| Point { day, value: value(step) }).collect()
}

fn series(points: &[Point]) -> Series {
    let (days, values) = points.iter().map(|point| (point.day, point.value)).unzip();
    Series::new(days, values).unwrap()
}

/// Vets values offered for the sessions from 2025-06-20 on, with the quiet market known.
fn next(values: &[f64], change: impl Fn(&mut Offer<'_>)) -> Vetted {
    let days = ["2025-06-20", "2025-06-23", "2025-06-24", "2025-06-25", "2025-06-26", "2025-06-27"];
    let points: Vec<Point> = days.iter().zip(values).map(|(day, value)| point(day, *value)).collect();
    let mut offer = Offer::of(&points, evening("2025-06-27"));
    change(&mut offer);
    vet(metric("iwm"), &series(&quiet_market()), &offer)
}

#[test]
fn a_jump_waits_for_confirmation() {
    let held = |vetted: &Vetted| vetted.quarantined.iter().map(|held| held.reason.key()).collect::<Vec<_>>();
    let alone = next(&[150.0], |_| ());
    assert_eq!((held(&alone), alone.publishable().len()), (vec!["jump"], 0));
    assert!(alone.quarantined[0].reason.may_be_confirmed());
    // The next value stays near it: it was a fall.
    let fall = next(&[150.0, 152.0], |_| ());
    assert_eq!((held(&fall), fall.accepted.len()), (vec![], 2));
    assert!(matches!(fall.cautions[0].1, Caution::ConfirmedByNext { .. }));
    // The next value is back: it was a slip.
    let slip = next(&[150.0, 199.0], |_| ());
    assert_eq!((held(&slip), slip.accepted.len()), (vec!["jump"], 1));
    // Another provider has it too.
    let second = series(&[point("2025-06-20", 150.1)]);
    let points = [point("2025-06-20", 150.0)];
    let offer = Offer { second: Some(&second), ..Offer::of(&points, evening("2025-06-20")) };
    let confirmed = vet(metric("iwm"), &series(&quiet_market()), &offer);
    assert!(matches!(confirmed.cautions[0].1, Caution::ConfirmedBySecond { .. }), "{confirmed:?}");
}

#[test]
fn a_split_nobody_announced() {
    for (factor, shares) in
        [(0.5, (2, 1)), (2.0, (1, 2)), (1.0 / 3.0, (3, 1)), (0.101, (10, 1)), (1.5, (2, 3)), (8.0, (1, 8))]
    {
        // Later values on the new level do not confirm it: they would be there after a split, too.
        let value = 200.0 * factor;
        let vetted = next(&[value, value * 1.002], |_| ());
        let reasons: Vec<&Reason> = vetted.quarantined.iter().map(|held| &held.reason).collect();
        assert!(
            matches!(reasons[..], [Reason::SplitLike { shares: found, .. }, _] if *found == shares),
            "{factor} {reasons:?}"
        );
    }
    let split = [Split { day: day("2025-06-20"), ratio: 2.0 }];
    let points = [point("2025-06-20", 100.0), point("2025-06-23", 100.5)];
    let offer = Offer { splits: &split, ..Offer::of(&points, evening("2025-06-23")) };
    assert_eq!(vet(metric("iwm"), &series(&quiet_market()), &offer).accepted, points);
}

#[test]
fn a_value_that_stands_still_while_the_market_moves() {
    let still = [199.0; 6];
    let vetted = next(&still, |_| ());
    let held: Vec<&str> = vetted.quarantined.iter().map(|held| held.reason.key()).collect();
    assert_eq!((vetted.accepted.len(), held), (4, vec!["frozen", "frozen"]));
    assert_eq!(
        vetted.quarantined[0].reason.words(),
        "the value has stood still for 5 days, since 2025-06-20, while the market moved"
    );
    // The market stood still as well: an old value is not a frozen one.
    let days: Vec<Point> =
        vetted.accepted.iter().chain(vetted.quarantined.iter().map(|held| &held.point)).copied().collect();
    let shut = series(&days);
    let points = days.clone();
    let offer = Offer { market: Some(&shut), ..Offer::of(&points, evening("2025-06-27")) };
    assert_eq!(vet(metric("iwm"), &series(&quiet_market()), &offer).quarantined, []);
    // Rates repeat themselves.
    let rate = vet(metric("dff"), &Series::empty(), &Offer::of(&points, evening("2025-06-27")));
    assert!(rate.quarantined.iter().all(|held| held.reason.key() != "frozen"));
}

#[test]
fn values_out_of_range() {
    check("dgs10", &[point("2025-06-18", 43.2)], &[("2025-06-18", "implausible")]);
    check("iwm", &[point("2025-06-18", 0.0)], &[("2025-06-18", "implausible")]);
    check("usrec", &[point("2025-05-01", 2.0)], &[("2025-05-01", "implausible")]);
    // Oil has been below zero.
    let crash = [point("2020-04-17", 18.27), point("2020-04-20", -37.63), point("2020-04-21", 10.01)];
    check("cl", &crash, &[]);
}

#[test]
fn too_much_in_doubt_refuses_the_whole() {
    let vetted = next(&[f64::NAN, 0.0, f64::INFINITY, 199.0, 200.0, 201.0], |_| ());
    assert_eq!(vetted.verdict, Verdict::Refuse { quarantined: 3, offered: 6 });
    assert_eq!((vetted.accepted.len(), vetted.publishable().len()), (3, 0));
    assert_eq!(vetted.verdict.words(), "3 of 6 values are doubtful, so none of them is published");
}

#[test]
fn the_past_restated_on_another_scale() {
    let known = quiet_market();
    let restated = |factor: f64| -> Vec<Point> {
        known
            .iter()
            .map(|point| Point { value: point.value * factor, ..*point })
            .chain([point("2025-06-20", 200.0 * factor)])
            .collect()
    };
    let vetted = |points: &[Point], splits: &[Split]| {
        vet(metric("iwm"), &series(&known), &Offer { splits, ..Offer::of(points, evening("2025-06-20")) })
    };
    let halves = restated(0.5);
    let unannounced = vetted(&halves, &[]);
    assert!(matches!(unannounced.verdict, Verdict::Rebased { factor } if (factor - 0.5).abs() < 1e-9));
    assert_eq!(unannounced.publishable(), []);
    let announced = vetted(&halves, &[Split { day: day("2025-06-20"), ratio: 2.0 }]);
    assert_eq!((announced.verdict, announced.publishable().len()), (Verdict::Publish, halves.len()));
    // A payout moves the adjusted past by a percent or so.
    let payout = vetted(&restated(0.99), &[]);
    assert_eq!((payout.verdict, payout.rebased.is_some(), payout.revised), (Verdict::Publish, true, known.len()));
}
