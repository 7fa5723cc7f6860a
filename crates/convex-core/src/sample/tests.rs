use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::*;
use crate::SeriesId;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn whole(seed: u64) -> Vec<SampleSeries> {
    market(seed, first_day(), day("2025-12-31"))
}

fn series<'a>(market: &'a [SampleSeries], id: &str) -> &'a Series {
    &market.iter().find(|one| one.id == id).unwrap_or_else(|| panic!("no series {id}")).series
}

type Changes = BTreeMap<Day, (State, f64)>;

/// Changes of the logarithm (of the level for yields) between consecutive days, with the state of the later day, of
/// four markets.
static CHANGES: LazyLock<[HashMap<&str, Changes>; 4]> = LazyLock::new(|| {
    [1, 2, 3, 4].map(|seed| {
        let path: HashMap<Day, State> = states(seed, first_day(), day("2025-12-31")).into_iter().collect();
        whole(seed).into_iter().map(|one| (one.id, changes(one.id, &one.series, &path))).collect()
    })
});

fn changes(id: &str, series: &Series, path: &HashMap<Day, State>) -> Changes {
    let at = |value: f64| if id.starts_with("dgs") { value } else { value.ln() };
    series
        .iter()
        .zip(series.iter().skip(1))
        .filter_map(|((_, before), (day, now))| Some((day, (*path.get(&day)?, at(now) - at(before)))))
        .collect()
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mean_x, mean_y) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - mean_x, p.1 - mean_y)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// Changes of both on the days of one state, over the four markets.
fn together(state: State, a: &str, b: &str) -> Vec<(f64, f64)> {
    CHANGES
        .iter()
        .flat_map(|market| {
            let of_b = &market[b];
            market[a].iter().filter_map(move |(day, (at, x))| (*at == state).then_some((*x, of_b.get(day)?.1)))
        })
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_market_and_another_seed_another() {
    let (from, to) = (first_day(), day("2006-06-30"));
    assert_eq!(market(7, from, to), market(7, from, to));
    assert_ne!(series(&market(7, from, to), "iwm"), series(&market(8, from, to), "iwm"));
}

#[test]
fn a_later_end_only_adds() {
    let from = first_day();
    // Across a weekend, a month end and the release days of the month before.
    for offset in 0..18 {
        let to = day("2015-01-28") + offset;
        let (shorter, longer) = (market(7, from, to), market(7, from, to + 1));
        assert_eq!(shorter.len(), longer.len());
        for (short, long) in shorter.iter().zip(&longer) {
            assert_eq!(short.id, long.id);
            assert_eq!(short.series, long.series.until(short.series.last().unwrap().0), "{} to {to}", short.id);
            assert!(long.series.len() - short.series.len() <= 1, "{} grew by more than one", short.id);
        }
    }
}

#[test]
fn every_series_has_a_proper_name_and_days_within_the_span() {
    let (from, to) = (first_day(), day("2025-12-31"));
    let market = market(SEED, from, to);
    let needed = "dia iwm rsp qqq spy gold vixcls dgs10 dgs2 t10y2y bamlh0a0hym2 hyg tlt dtwexbgs wti btc cpiaucsl unrate icsa usrec \
                  dia.tr iwm.tr rsp.tr qqq.tr spy.tr hyg.tr tlt.tr";
    for id in needed.split_whitespace() {
        assert!(series(&market, id).len() > 250, "{id} is short");
    }
    let mut names: Vec<_> = market.iter().map(|one| one.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), market.len(), "two series of one name");
    for one in &market {
        assert_eq!(SeriesId::parse(one.id).unwrap().to_string(), one.id);
        let (first, last) = (one.series.days()[0], one.series.last().unwrap().0);
        assert!(from <= first && last <= to, "{}: {first} to {last}", one.id);
        match one.id {
            "btc" => assert!((last - first) as usize + 1 == one.series.len(), "a day of btc is missing"),
            "icsa" => assert!(one.series.days().windows(2).all(|pair| pair[1] - pair[0] == 7)),
            "unrate" | "cpiaucsl" | "usrec" => assert!(one.series.days().iter().all(|day| day.date().day() == 1)),
            id => {
                assert!(one.series.days().iter().all(|day| !day.is_weekend()), "{id} on a weekend");
                let a_year = one.series.len() as f64 / (f64::from(last - first) / 365.25);
                assert!((248.0..254.0).contains(&a_year), "{id} has {a_year:.1} sessions a year");
            }
        }
    }
    assert_ne!(series(&market, "gold").days(), series(&market, "spy").days(), "London keeps its own holidays");
}

#[test]
fn levels_are_plausible() {
    for seed in [SEED, 1, 2, 3] {
        for one in whole(seed) {
            let values = one.series.values();
            let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
            let bounds = match one.id {
                "vixcls" => 5.0..140.0,
                "dgs10" | "dgs2" => 0.0..9.0,
                "t10y2y" => -4.0..5.0,
                "bamlh0a0hym2" => 1.5..25.0,
                "unrate" => 2.5..14.0,
                "icsa" => 120_000.0..900_000.0,
                "cpiaucsl" => 170.0..400.0,
                "usrec" => 0.0..1.1,
                "dtwexbgs" => 70.0..160.0,
                "wti" => 8.0..350.0,
                // Walks know no bounds; the market everyone sees should still look like one.
                _ if seed == SEED => 20.0..100_000.0,
                _ => 0.01..f64::MAX,
            };
            assert!(bounds.contains(&low) && bounds.contains(&high), "{} of seed {seed}: {low} to {high}", one.id);
        }
    }
}

#[test]
fn correlations_of_each_state_are_the_known_ones() {
    let pairs = [
        ("dia", "iwm"),
        ("rsp", "iwm"),
        ("qqq", "iwm"),
        ("spy", "rsp"),
        ("vixcls", "spy"),
        ("iwm", "vixcls"),
        ("tlt", "dgs10"),
        ("tlt", "spy"),
        ("hyg", "spy"),
        ("gold", "iwm"),
        ("gold", "dtwexbgs"),
        ("wti", "spy"),
        ("dgs10", "dgs2"),
    ];
    for state in State::ALL {
        for (a, b) in pairs {
            let both = together(state, a, b);
            let (measured, known) = (correlation(&both), truth().correlation(state, a, b).unwrap());
            // Three standard errors under tails this fat, and what rounding and mean reversion take away.
            let allowed = 3.0 * (1.0 - known * known) * (4.0 / both.len() as f64).sqrt() + 0.025;
            assert!(
                (measured - known).abs() < allowed,
                "{a}/{b} {}: {measured:.3}, known {known:.3}, allowed {allowed:.3}, n {}",
                state.word(),
                both.len()
            );
        }
    }
}

#[test]
fn stress_tightens_the_links_between_shares() {
    for (a, b) in [("dia", "iwm"), ("rsp", "iwm"), ("qqq", "iwm"), ("hyg", "spy"), ("wti", "spy")] {
        let in_state = |state| correlation(&together(state, a, b));
        let (calm, stress) = (in_state(State::Calm), in_state(State::Stress));
        assert!(stress > calm + 0.05, "{a}/{b}: {calm:.3} in calm, {stress:.3} in stress");
        assert!(truth().correlation(State::Stress, a, b) > truth().correlation(State::Calm, a, b));
    }
    let fear = |state| correlation(&together(state, "iwm", "vixcls"));
    assert!(fear(State::Stress) < fear(State::Calm) - 0.02, "the VIX should be more opposed in stress");
}

#[test]
fn volatility_and_beta_are_the_known_ones() {
    for state in State::ALL {
        let both = together(state, "iwm.tr", "spy.tr");
        let (mean_x, mean_y) = both.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
        let n = both.len() as f64;
        let deviation = (both.iter().map(|p| (p.0 - mean_x / n).powi(2)).sum::<f64>() / n).sqrt();
        let known = truth().volatility(state, "iwm").unwrap();
        assert!((deviation / known - 1.0).abs() < 0.2, "{}: {deviation}, known {known}", state.word());
        let cross: f64 = both.iter().map(|p| (p.0 - mean_x / n) * (p.1 - mean_y / n)).sum();
        let beta = cross / both.iter().map(|p| (p.1 - mean_y / n).powi(2)).sum::<f64>();
        let known = truth().beta(state, "iwm", "spy").unwrap();
        assert!((beta / known - 1.0).abs() < 0.08, "{}: beta {beta}, known {known}", state.word());
    }
}

#[test]
fn tails_are_fat_and_volatility_clusters() {
    let market = whole(SEED);
    for id in ["dia", "iwm", "rsp", "qqq", "spy", "gold", "btc"] {
        let values = series(&market, id).values();
        let moves: Vec<f64> = values.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        let n = moves.len() as f64;
        let mean = moves.iter().sum::<f64>() / n;
        let moment = |power: i32| moves.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        let kurtosis = moment(4) / moment(2).powi(2);
        assert!(kurtosis > 4.0, "{id}: kurtosis {kurtosis:.2}");
        let sizes: Vec<_> = moves.iter().map(|x| (x - mean).abs()).collect();
        let lagged: Vec<_> = sizes.iter().copied().zip(sizes.iter().copied().skip(1)).collect();
        assert!(correlation(&lagged) > 0.1, "{id}: sizes of moves do not cluster");
    }
}

#[test]
fn the_fix_hears_of_new_york_a_day_late() {
    let market = whole(SEED);
    let (gold, dollar) = (series(&market, "gold"), series(&market, "dtwexbgs"));
    let steps: Vec<_> =
        gold.iter().filter_map(|(day, g)| Some((g.ln(), dollar.days().binary_search(&day).ok()?))).collect();
    let mut same = Vec::new();
    let mut next = Vec::new();
    for three in steps.windows(3) {
        let of = |at: usize| dollar.values()[at].ln();
        let (yesterday, today) = (of(three[1].1) - of(three[0].1), of(three[2].1) - of(three[1].1));
        let move_of_gold = three[2].0 - three[1].0;
        same.push((move_of_gold, today));
        next.push((move_of_gold, yesterday));
    }
    assert!(correlation(&same) < -0.2 && correlation(&next) < -0.08, "{} {}", correlation(&same), correlation(&next));
    assert!(truth().correlation_next_day(State::Normal, "dtwexbgs", "gold").unwrap() < -0.15);
    assert_eq!(truth().correlation_next_day(State::Normal, "spy", "dia"), Some(0.0));
}

#[test]
fn payouts_lift_total_return_and_never_lower_it() {
    let market = whole(SEED);
    for id in ["dia", "iwm", "rsp", "qqq", "spy", "hyg", "tlt"] {
        let (price, total) = (series(&market, id), series(&market, &format!("{id}.tr")));
        assert_eq!(price.days(), total.days());
        assert_eq!(price.first(), total.first());
        let gains = |series: &Series| series.values().windows(2).map(|p| p[1] / p[0] - 1.0).collect::<Vec<_>>();
        let paid: Vec<f64> = gains(total).iter().zip(gains(price)).map(|(t, p)| t - p).collect();
        assert!(paid.iter().all(|more| *more > -1e-5), "{id}: total return fell behind");
        let payouts = paid.iter().filter(|more| **more > 1e-4).count();
        // Since January 2003, May 2003 (after the payout of March) and April 2007 (before that of its month).
        let expected = match id {
            "hyg" => 9 + 18 * 12,
            "tlt" => 23 * 12,
            "rsp" => 3 + 22 * 4,
            _ => 23 * 4,
        };
        assert_eq!(payouts, expected, "{id}");
    }
}

#[test]
fn the_path_of_states_visits_each_as_often_as_the_chain_says() {
    let path = states(SEED, first_day(), first_day() + 80_000);
    let truth = truth();
    assert!((truth.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for row in truth.transition() {
        assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    for state in State::ALL {
        let share = path.iter().filter(|(_, at)| *at == state).count() as f64 / path.len() as f64;
        assert!((share - truth.shares()[state.index()]).abs() < 0.05, "{}: {share}", state.word());
    }
    assert!(path.iter().all(|(day, _)| !day.is_weekend()));
}

#[test]
fn recessions_are_few_and_fall_into_stress() {
    let market = whole(SEED);
    let months = series(&market, "usrec");
    let in_recession: Vec<Day> = months.iter().filter(|(_, flag)| *flag > 0.5).map(|(day, _)| day).collect();
    let share = in_recession.len() as f64 / months.len() as f64;
    assert!((0.02..0.2).contains(&share), "{share}");
    for (day, state) in states(SEED, first_day(), day("2025-12-31")) {
        let first = day - (i32::from(day.date().day()) - 1);
        // A recession needs stress on half of its own days at least; calm has no place beside it.
        assert!(!in_recession.contains(&first) || state != State::Calm, "{day} is calm in a recession");
    }
}

#[test]
fn an_unknown_id_has_no_truth() {
    assert_eq!(truth().volatility(State::Calm, "nothing"), None);
    assert_eq!(truth().correlation(State::Calm, "spy", "nothing"), None);
    assert_eq!(truth().correlation(State::Calm, "spy.tr", "spy"), Some(1.0));
    assert_eq!(truth().ids().count(), 15);
}

#[test]
fn an_empty_span_is_an_empty_market() {
    for one in market(SEED, day("2020-01-02"), day("2020-01-01")) {
        assert!(one.series.is_empty(), "{}", one.id);
    }
}

#[test]
fn the_documented_correlations_are_the_parameters() {
    let page = include_str!("../../../../docs/sample-market.md");
    let mut rows = 0;
    for row in page.lines().filter(|line| line.contains(" / ") && line.starts_with('|')) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let (a, b) = cells[1].split_once(" / ").unwrap();
        for state in State::ALL {
            let known = truth().correlation(state, a, b).unwrap();
            let printed: f64 = cells[2 + state.index()].parse().unwrap();
            assert!((known - printed).abs() <= 0.0051, "{a}/{b} {}: {known}", state.word());
        }
        rows += 1;
    }
    assert_eq!(rows, 5);
    assert!(page.contains(&format!("seed {SEED}")));
}
