//! Every pair of a screen equals its own comparison: daily, seven days a week, weekly on other weekdays, monthly.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::sync::Arc;

use convex_core::catalog::{Cadence, ChangeKind, Metric, PairKind};
use convex_core::compare::{Leg, Options, References, compare};
use convex_core::figure::Figures;
use convex_core::screen::{
    Control, GapState, Member, Question, Ranked, RankedPair, Ranking, Remembered, Share, Stopped, Window, correlations,
    odds, on_every_thread, rank, rank_pairs, rank_share, row, test, test_again,
};
use convex_core::{Basis, Day, Series};

/// A generator that gives the same digits everywhere.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / 2f64.powi(31)
    }

    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn last_day() -> Day {
    "2025-12-31".parse().unwrap()
}

/// A walk over every day of `years`, of which `keeps` says which days are observed.
fn walk(id: &str, years: i32, share: f64, cadence: Cadence, keeps: impl Fn(Day, &mut Random) -> bool) -> Member {
    let seed = id.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let (mut own, mut common) = (Random(seed), Random(99));
    let (mut days, mut values, mut level) = (Vec::new(), Vec::new(), 4.0_f64);
    for day in (0..years * 365).rev().map(|back| last_day() - back) {
        level += 0.01 * (share * common.normal() + own.normal());
        if keeps(day, &mut own) {
            days.push(day);
            values.push(level.exp());
        }
    }
    let metric = Metric { cadence, ..Metric::uncatalogued(id) };
    Member { metric: Arc::new(metric), series: Series::new(days, values).unwrap() }
}

fn is_weekday(day: Day) -> bool {
    !day.is_weekend()
}

/// Days of every kind, in the order of their ids.
fn members() -> Vec<Member> {
    let weekday = |number: i8| move |day: Day, _: &mut Random| day.weekday().to_monday_one_offset() == number;
    let daily = |id: &str, share: f64| walk(id, 24, share, Cadence::Daily, |day, _| is_weekday(day));
    let mut rate = daily("d-rate", 0.4);
    rate.metric = Arc::new(Metric { change: ChangeKind::Difference, ..rate.metric.as_ref().clone() });
    let mut fallen = daily("d-fallen", 0.4);
    let values =
        fallen.series.iter().enumerate().map(|(at, (_, value))| if at == 900 { -1.0 } else { value }).collect();
    fallen.series = Series::new(fallen.series.days().to_vec(), values).unwrap();
    let mut all = vec![
        daily("d-one", 1.0),
        daily("d-two", 0.7),
        rate,
        fallen,
        walk("d-holes", 24, 0.8, Cadence::Daily, |day, random| is_weekday(day) && random.uniform() > 0.03),
        walk("d-late", 2, 0.8, Cadence::Daily, |day, _| is_weekday(day)),
        walk("d-ended", 24, 0.8, Cadence::Daily, |day, _| is_weekday(day) && day < last_day() - 100),
        walk("d-seven", 23, 0.8, Cadence::RealTime, |_, _| true),
        walk("w-friday", 24, 0.8, Cadence::Weekly, weekday(5)),
        walk("w-friday-too", 8, 0.8, Cadence::Weekly, weekday(5)),
        walk("w-wednesday", 9, 0.8, Cadence::Weekly, weekday(3)),
        walk("m-first", 30, 0.8, Cadence::Monthly, |day, _| day.date().day() == 1),
        walk("m-other", 29, 0.8, Cadence::Monthly, |day, _| day.date().day() == 1),
        walk("m-end", 29, 0.8, Cadence::Monthly, |day, _| day.end_of_month() == day),
    ];
    all.sort_by(|one, other| one.metric.id.cmp(&other.metric.id));
    all
}

fn leg(member: &Member) -> Leg {
    let (metric, series) = (Arc::clone(&member.metric), member.series.clone());
    Leg { metric, series, provider: None, version: 1, total_return: None }
}

fn figures_of(a: &Member, b: &Member) -> Figures {
    let options = Options {
        kind: PairKind::CrossAsset,
        pair: None,
        as_of: None,
        basis: Basis::Price,
        sample: false,
        references: References::default(),
    };
    compare(leg(a), leg(b), options).figures
}

fn count(figure: Option<f64>) -> Option<u64> {
    figure.map(|count| count as u64)
}

fn close(found: Option<f64>, expected: Option<f64>, what: &str) {
    match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{what}: {found} against {expected}");
        }
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

#[test]
fn every_pair_equals_its_own_comparison() {
    let members = members();
    let n = members.len();
    let found = rank(&members, Ranking::Gap, usize::MAX, true, Control::default()).unwrap();
    assert_eq!((found.pairs, found.ranked + found.ended + found.short), (n * (n - 1) / 2, n * (n - 1) / 2));
    let by_correlation = rank(&members, Ranking::Correlation, usize::MAX, true, Control::default()).unwrap();
    assert!(by_correlation.largest.len() > 60, "{}", by_correlation.largest.len());
    let pairs =
        on_every_thread(&by_correlation.largest, |pair| (*pair, figures_of(&members[pair.a], &members[pair.b])));
    for (pair, expected) in pairs {
        let what = format!("{} with {}", members[pair.a].metric.id, members[pair.b].metric.id);
        let number = |name: &str| expected.number(name);
        assert_eq!(Some(u64::from(pair.found.all.n)), count(number("returns.n")), "{what}");
        for (link, window) in [(pair.found.quarter, "90d"), (pair.found.year, "252obs"), (pair.found.all, "all")] {
            close(link.pearson(), number(&format!("correlation.{window}.pearson")), &format!("{what} r {window}"));
            close(link.beta(), number(&format!("beta.{window}.beta")), &format!("{what} beta {window}"));
            if let Some(n) = count(number(&format!("correlation.{window}.n"))) {
                assert_eq!(u64::from(link.n), n, "{what} {window}");
            }
        }
        let listed = row(&members, pair.a, pair.b, true);
        for (name, figure) in listed.figures.iter() {
            // What only a screen has, and the gap of rates, which their page measures otherwise.
            if let Some(theirs) = expected.get(name).filter(|theirs| theirs.is_ok()) {
                let (ours, theirs) = (figure.as_ref().unwrap(), theirs.as_ref().unwrap());
                close(ours.as_number(), theirs.as_number(), &format!("{what} {name}"));
                if name.starts_with("correlation") {
                    assert_eq!((ours.n, ours.from, ours.to), (theirs.n, theirs.from, theirs.to), "{what} {name}");
                }
            }
        }
    }
    for pair in &found.largest {
        let listed = row(&members, pair.a, pair.b, false);
        close(Some(pair.effect), listed.figures.number("divergence.z"), "z");
        assert_eq!(listed.as_of, Some(pair.last));
    }
}

#[test]
fn chosen_pairs_are_ranked_as_among_all() {
    let members = members();
    let all = rank(&members, Ranking::Change, usize::MAX, true, Control::default()).unwrap();
    let chosen: Vec<(usize, usize)> = all.largest.iter().map(|pair| (pair.b, pair.a)).collect();
    let few = rank_pairs(&members, &chosen, Ranking::Change, usize::MAX);
    assert_eq!(few.largest.len(), all.largest.len());
    for (one, other) in few.largest.iter().zip(&all.largest) {
        assert_eq!((one.a, one.b, one.last), (other.a, other.b, other.last));
        assert!((one.effect - other.effect).abs() < 1e-9);
    }
    let top = rank(&members, Ranking::Change, 5, true, Control::default()).unwrap();
    // What is not asked for is not a number, and equals nothing.
    assert_eq!(format!("{:?}", top.largest), format!("{:?}", &all.largest[..5]));
}

#[test]
fn ended_pairs_are_left_out_unless_wanted() {
    let members = members();
    let ended = members.iter().position(|member| member.metric.id == "d-ended").unwrap();
    let has = |ended_too: bool| {
        let found = rank(&members, Ranking::Correlation, usize::MAX, ended_too, Control::default()).unwrap();
        (found.largest.iter().any(|pair| pair.a == ended || pair.b == ended), found.ended)
    };
    assert!(has(true).0 && !has(false).0 && has(false).1 > 5);
}

#[test]
fn a_screen_can_be_stopped_and_tells_how_far_it_is() {
    let members = members();
    let stopped = Control { stop: &|| true, ..Control::default() };
    assert_eq!(rank(&members, Ranking::Change, 5, true, stopped), Err(Stopped));
    assert!(test(&members, &[(0, 1)], 10, stopped).is_err());
    let seen = std::sync::Mutex::new(Vec::new());
    let told = |done: usize, total: usize| seen.lock().unwrap().push((done, total));
    rank(&members, Ranking::Change, 5, true, Control { progress: &told, ..Control::default() }).unwrap();
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    let total = seen.len();
    assert!(total > 3 && seen.iter().enumerate().all(|(at, (done, of))| (*done, *of) == (at + 1, total)));
}

#[test]
fn nothing_later_than_the_day_asked_for_is_used() {
    let day = last_day() - 200;
    let (all, cut): (Vec<Member>, Vec<Member>) = members()
        .into_iter()
        .map(|member| {
            let cut = Member { series: member.series.until(day), ..member.clone() };
            (Member::as_of(Arc::clone(&member.metric), &member.series, Some(day)), cut)
        })
        .unzip();
    // A release of the day's own month is not known on the day: monthly series are cut by period end and lag.
    for (all, cut) in all.iter().zip(&cut).filter(|(all, _)| all.metric.cadence != Cadence::Monthly) {
        assert_eq!(all.series, cut.series);
    }
    assert!(all.iter().all(|member| member.series.last().is_none_or(|(last, _)| last <= day)));
    let pairs: Vec<(usize, usize)> = (1..6).map(|at| (0, at)).collect();
    let judged = |members: &[Member]| {
        let found = test(members, &pairs, 99, Control::default()).unwrap();
        found.pairs.iter().map(|pair| pair.tests.clone().map(Result::ok)).collect::<Vec<_>>()
    };
    assert_eq!(judged(&all), judged(&cut));
}

#[test]
fn a_broken_link_is_found_in_the_family_and_the_others_are_not() {
    let mut members: Vec<Member> =
        (0..8).map(|at| walk(&format!("s{at}"), 4, 2.5, Cadence::Daily, |day, _| is_weekday(day))).collect();
    let alone = walk("other", 4, 0.0, Cadence::Daily, |day, _| is_weekday(day));
    let broken: Vec<f64> = {
        let (own, other) = (members[1].series.values().to_vec(), alone.series.values());
        let from = own.len() - 64;
        (0..own.len()).map(|at| if at < from { own[at] } else { own[from] * other[at] / other[from] }).collect()
    };
    members[1].series = Series::new(members[1].series.days().to_vec(), broken).unwrap();
    let pairs = [(0, 1), (2, 3), (4, 5), (6, 7), (0, 4), (2, 6)];
    let found = test(&members, &pairs, 999, Control::default()).unwrap();
    assert_eq!((found.tests, found.worlds, found.pairs.len()), (18, 999, 6));
    let passes = |question: Question| -> Vec<(usize, usize)> {
        let passing = found.pairs.iter().filter(|pair| pair.test(question).unwrap().passes());
        passing.map(|pair| (pair.row.a, pair.row.b)).collect()
    };
    assert_eq!(passes(Question::Correlation), [(0, 1)]);
    let first = &found.pairs[0];
    assert_eq!((first.row.a, first.row.b), (0, 1));
    let judged = first.test(Question::Correlation).unwrap().judged;
    assert!(judged.p <= 0.002 && judged.p <= judged.p_family && judged.q < 0.05, "{judged:?}");
    assert!(first.row.figures.number("correlation.change.now").unwrap() < 0.5);
    // The same input gives the same draws, in whatever order the pairs come.
    let turned: Vec<(usize, usize)> = pairs.iter().rev().copied().collect();
    let again = test(&members, &turned, 999, Control::default()).unwrap();
    let all = |tested: &convex_core::screen::Tested| {
        tested.pairs.iter().map(|pair| pair.tests.clone().map(Result::ok)).collect::<Vec<_>>()
    };
    assert_eq!(all(&found), all(&again));
}

#[test]
fn odds_say_what_a_world_without_change_would_show() {
    let members: Vec<Member> =
        (0..12).map(|at| walk(&format!("s{at}"), 4, 1.0, Cadence::Daily, |day, _| is_weekday(day))).collect();
    let of = |by: Ranking, size: f64| odds(&members, by, size, 66).unwrap();
    for by in Ranking::ALL {
        assert!((of(by, 0.0).expected - 66.0).abs() < 1e-12);
        let (some, fewer) = (of(by, 0.1), of(by, 0.4));
        assert!(some.expected >= fewer.expected && fewer.low <= fewer.expected && fewer.expected <= fewer.high);
    }
    // Links are strong here, and a world without any shows none as strong.
    assert!(of(Ranking::Correlation, 0.45).expected < 0.5);
    // A walk is beyond two deviations on 15 % of days.
    let wide = of(Ranking::Gap, 2.0).expected / 66.0;
    assert!((0.08..0.25).contains(&wide), "{wide}");
}

#[test]
fn a_matrix_is_of_the_pairs_own_correlations() {
    let members = members();
    for window in Window::ALL {
        let matrix = correlations(&members, window);
        let mut order = matrix.order.clone();
        order.sort_unstable();
        assert_eq!(order, (0..members.len()).collect::<Vec<_>>());
        let one = members.iter().position(|member| member.metric.id == "d-one").unwrap();
        let two = members.iter().position(|member| member.metric.id == "d-seven").unwrap();
        let expected = figures_of(&members[one.min(two)], &members[one.max(two)]);
        let (r, interval) = matrix.cell(two, one).unwrap().pearson.clone().unwrap();
        let theirs = expected.estimate(&format!("correlation.{}.pearson", window.key())).unwrap();
        close(Some(r), theirs.as_number(), "r");
        close(Some(interval.low), theirs.interval.map(|interval| interval.low), "low");
        assert!(matrix.cell(one, one).is_none() && matrix.cell(one, 99).is_none());
    }
}

#[test]
fn a_gap_is_told_as_it_stands() {
    let mut members: Vec<Member> =
        (0..2).map(|at| walk(&format!("s{at}"), 4, 3.0, Cadence::Daily, |day, _| is_weekday(day))).collect();
    let stretched = |from_end: usize, back_from: usize| {
        let n = members[0].series.len();
        let values = members[0].series.iter().enumerate().map(|(at, (_, value))| {
            let is_out = at + from_end >= n && at + back_from < n;
            value * (0.004 * ((at * at * 7 % 11) as f64 - 5.0) + if is_out { 0.5 } else { 0.0 }).exp()
        });
        Series::new(members[0].series.days().to_vec(), values.collect()).unwrap()
    };
    let (wide, back) = (stretched(10, 0), stretched(15, 5));
    members[1].series = wide;
    let state = row(&members, 1, 0, false);
    assert!(matches!(state.state, GapState::Wide { age: 9, .. }), "{:?}", state.state);
    assert_eq!(state.figures.number("divergence.age"), Some(9.0));
    members[1].series = back;
    let state = row(&members, 1, 0, false).state;
    assert!(matches!(state, GapState::Back { .. }), "{state:?}");
}

#[test]
fn a_new_close_draws_the_pairs_of_its_series_alone() {
    let mut members: Vec<Member> =
        (0..6).map(|at| walk(&format!("s{at}"), 6, 1.0, Cadence::Daily, |day, _| is_weekday(day))).collect();
    let pairs: Vec<(usize, usize)> = (0..6).flat_map(|j| (0..j).map(move |i| (i, j))).collect();
    let again =
        |members: &[Member], known: &Remembered| test_again(members, &pairs, 199, known, Control::default()).unwrap();
    // A Wednesday, so that the next close falls into the same week.
    assert_eq!(last_day().weekday().to_monday_one_offset(), 3);
    let (first, known) = again(&members, &Remembered::default());
    assert_eq!((first.drawn, known.len(), first.day), (15, 15, Some(last_day())));
    assert_eq!(again(&members, &known).0.drawn, 0);
    let series = &members[2].series;
    let (days, values) = (series.days().iter().copied(), series.values().iter().copied());
    let later = Series::new(days.chain([last_day() + 1]).collect(), values.chain([70.0]).collect()).unwrap();
    members[2].series = later;
    let (_, known) = again(&members, &known);
    members[4].series = {
        let series = &members[4].series;
        let (days, values) = (series.days().iter().copied(), series.values().iter().copied());
        Series::new(days.chain([last_day() + 1]).collect(), values.chain([50.0]).collect()).unwrap()
    };
    let (found, _) = again(&members, &known);
    // Only the pair of both has a new common day: others measure what they measured before.
    assert_eq!((found.drawn, found.day), (1, Some(last_day())));
    let (anew, _) = again(&members, &Remembered::default());
    let all = |tested: &convex_core::screen::Tested| {
        tested.pairs.iter().map(|pair| (pair.row.a, pair.row.b, pair.tests.clone().map(Result::ok))).collect::<Vec<_>>()
    };
    assert_eq!((anew.drawn, all(&anew)), (15, all(&found)));
}

#[test]
fn shares_of_the_pairs_make_up_the_whole() {
    let members: Vec<Member> = (0..600)
        .map(|at| {
            let cadence = if at % 150 == 149 { Cadence::Monthly } else { Cadence::Daily };
            let first = last_day() - 500 - at % 3;
            walk(&format!("s{at}"), 2, 1.0, cadence, move |day, _| {
                day >= first && if cadence == Cadence::Monthly { day.date().day() == 1 } else { is_weekday(day) }
            })
        })
        .collect();
    let whole = rank(&members, Ranking::Change, 30, false, Control::default()).unwrap();
    let share =
        |at: usize| rank_share(&members, Ranking::Change, 30, false, Share { at, of: 3 }, Control::default()).unwrap();
    let shares = [share(0), share(1), share(2)];
    let sum = |count: &dyn Fn(&Ranked) -> usize| shares.iter().map(count).sum::<usize>();
    assert_eq!((whole.pairs, sum(&|share| share.pairs)), (600 * 599 / 2, 600 * 599 / 2));
    assert_eq!(sum(&|share| share.ranked), whole.ranked);
    assert!(shares.iter().all(|share| share.pairs > 20_000));
    let mut largest: Vec<_> = shares.iter().flat_map(|share| share.largest.clone()).collect();
    largest.sort_by(|one, other| other.effect.abs().total_cmp(&one.effect.abs()));
    let named = |pairs: &[RankedPair]| pairs.iter().map(|pair| (pair.a, pair.b, pair.effect)).collect::<Vec<_>>();
    assert_eq!(named(&largest[..30]), named(&whole.largest));
}
