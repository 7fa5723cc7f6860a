//! Figures of a comparison made from chosen series: what they are, and what they are when something is missing.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "helpers of tests; counts and one computation made twice are exact"
)]

use std::sync::Arc;

use convex_core::catalog::{Catalog, PairKind, Provider};
use convex_core::compare::{Comparison, Leg, MORE_STATES, Options, References, TotalReturn, compare, provenance};
use convex_core::figure::{Unavailable, Value};
use convex_core::{Basis, Day, Series};
use convex_stats::cointegration::{Shift, gregory_hansen, johansen, johansen_lag};

/// Weekdays from 2 January 2015 on.
fn weekdays(n: usize) -> Vec<Day> {
    let first: Day = "2015-01-02".parse().unwrap();
    (0..).map(|at| first + at).filter(|day| !day.is_weekend()).take(n).collect()
}

/// A walk of the same digits on every machine.
fn walk(n: usize, factor: u64, start: f64, step: f64) -> Vec<f64> {
    let mut level = start.ln();
    (1..=n as u64)
        .map(|t| {
            level += step * (((t * t * t) % factor) as f64 / factor as f64 - 0.5);
            level.exp()
        })
        .collect()
}

fn series(values: Vec<f64>) -> Series {
    Series::new(weekdays(values.len()), values).unwrap()
}

fn leg(id: &str, series: Series, total: Option<Series>) -> Leg {
    let total_return = total.map(|series| TotalReturn { series, provider: Some(Provider::File), version: 7 });
    let metric = Arc::clone(Catalog::builtin().resolve(id).unwrap());
    Leg { metric, series, provider: Some(Provider::File), version: 3, total_return }
}

fn set_beside(a: Leg, b: Leg, as_of: Option<Day>, references: References) -> Comparison {
    let (basis, kind) = (Basis::Price, PairKind::Peer);
    compare(a, b, Options { kind, pair: None, as_of, basis, sample: false, references })
}

const N: usize = 1_500;

fn prices() -> [Series; 2] {
    let (a, own) = (walk(N, 1_009, 100.0, 0.02), walk(N, 997, 1.0, 0.02));
    let b = a.iter().zip(&own).map(|(a, own)| a * own).collect();
    [series(a), series(b)]
}

/// The same prices with a payout of so much a year added back.
fn with_payouts(price: &Series, a_year: f64) -> Series {
    let first = price.days()[0];
    let grown = price.iter().map(|(day, value)| value * (1.0 + a_year).powf(f64::from(day - first) / 365.25));
    Series::new(price.days().to_vec(), grown.collect()).unwrap()
}

fn reason(comparison: &Comparison, name: &str) -> Unavailable {
    comparison.figures.get(name).unwrap_or_else(|| panic!("no {name}")).clone().unwrap_err()
}

#[test]
fn total_return_needs_both_legs_and_leaves_prices_alone() {
    let [a, b] = prices();
    let none = || References::default();
    let plain = set_beside(leg("dia", a.clone(), None), leg("iwm", b.clone(), None), None, none());
    let one =
        set_beside(leg("dia", a.clone(), Some(with_payouts(&a, 0.02))), leg("iwm", b.clone(), None), None, none());
    let tr = |series: &Series, paid| Some(with_payouts(series, paid));
    let both = set_beside(leg("dia", a.clone(), tr(&a, 0.03)), leg("iwm", b.clone(), tr(&b, 0.01)), None, none());
    assert_eq!(reason(&plain, "total_return"), Unavailable::Needs("total return of DIA and IWM".to_owned()));
    assert_eq!(reason(&one, "total_return.unit_root.log_ratio.adf_p").to_string(), "needs total return of IWM");
    assert!(one.warnings.iter().any(|warning| warning.starts_with("price only: ")), "{:?}", one.warnings);
    assert!(!both.warnings.iter().any(|warning| warning.contains("price only")), "{:?}", both.warnings);
    // Leadership, ranks and the cycle are asked of the long run only: on total return where there is one.
    let long_run = ["total_return", "ranking", "cycles", "bull_bear", "late_cycle", "haven"];
    let is_long_run = |name: &str| {
        long_run.iter().any(|group| name.starts_with(group))
            || name.contains(".ranking")
            || name.contains(".growth_total")
    };
    for (name, figure) in plain.figures.iter().filter(|(name, _)| !is_long_run(name)) {
        assert_eq!(Some(figure), both.figures.get(name), "{name}");
    }
    // Growth of (1 + r) on total return over that on price is what was added: 1.03 and 1.01 times the price's.
    let years = f64::from(a.days()[N - 1] - a.days()[0]) / 365.25;
    let growth = |series: &Series| (series.values()[N - 1] / series.values()[0]).powf(1.0 / years);
    let expected = 0.03 * growth(&a) - 0.01 * growth(&b);
    assert!((both.figures.number("total_return.yield_gap").unwrap() - expected).abs() < 1e-12);
    let ratio = both.figures.number("total_return.ratio.value").unwrap();
    let price = both.figures.number("ratio.value").unwrap();
    assert!((ratio / price - (1.03_f64 / 1.01).powf(years)).abs() < 1e-9);
}

#[test]
fn a_leg_that_pays_nothing_is_its_own_total_return() {
    let [a, b] = prices();
    let total = Some(with_payouts(&b, 0.02));
    let gold = set_beside(leg("gold", a.clone(), None), leg("iwm", b.clone(), total), None, References::default());
    assert_eq!(gold.figures.number("total_return.n_common"), Some(N as f64));
    let coins = set_beside(leg("gold", a.clone(), None), leg("btc", b.clone(), None), None, References::default());
    assert!(matches!(reason(&coins, "total_return"), Unavailable::NotMeaningful(_)));
    let signal = set_beside(leg("iwm", b.clone(), Some(b)), leg("vixcls", a, None), None, References::default());
    assert_eq!(reason(&signal, "total_return"), Unavailable::Needs("total return of VIX".to_owned()));
}

#[test]
fn total_return_is_cut_at_the_day_asked_for() {
    let [a, b] = prices();
    let day = a.days()[1_200];
    let tr = |series: &Series, paid| Some(with_payouts(series, paid));
    let cut = set_beside(
        leg("dia", a.clone(), tr(&a, 0.03)),
        leg("iwm", b.clone(), tr(&b, 0.01)),
        Some(day),
        References::default(),
    );
    assert_eq!(cut.figures.estimate("total_return.n_common").unwrap().to, day);
}

#[test]
fn weeks_and_months_beside_days() {
    let [a, b] = prices();
    let found = set_beside(leg("dia", a.clone(), None), leg("iwm", b.clone(), None), None, References::default());
    // The last common day of each week to Friday; the last of all is a Thursday, so its week is left out.
    let fridays: Vec<usize> = (0..N).filter(|at| a.days()[*at].weekday().to_monday_zero_offset() == 4).collect();
    assert_eq!(found.figures.number("weekly.n"), Some(fridays.len() as f64 - 1.0));
    let moves = |series: &Series| -> Vec<f64> {
        fridays.windows(2).map(|week| (series.values()[week[1]] / series.values()[week[0]]).ln()).collect()
    };
    let expected = convex_stats::regression::slope(&moves(&a), &moves(&b), 20).unwrap();
    assert!((found.figures.number("weekly.beta").unwrap() - expected.beta).abs() < 1e-12);
    let interval = found.figures.estimate("weekly.beta_ewc_95").unwrap().interval.unwrap();
    assert!((interval.low - expected.ewc_95.low).abs() < 1e-12 && (interval.high - expected.ewc_95.high).abs() < 1e-12);
    assert!(found.figures.number("monthly.n").unwrap() >= 66.0);

    let monthly = |factor| {
        let days: Vec<Day> = (0..240).map(|at| Day::new(2000 + at / 12, (at % 12 + 1) as i8, 1).unwrap()).collect();
        Series::new(days, walk(240, factor, 100.0, 0.02)).unwrap()
    };
    let releases =
        set_beside(leg("cpiaucsl", monthly(97), None), leg("unrate", monthly(89), None), None, References::default());
    assert!(matches!(reason(&releases, "monthly.spearman"), Unavailable::NotMeaningful(_)));
}

#[test]
fn the_gap_free_of_beta_knows_nothing_beforehand() {
    let [a, b] = prices();
    let until = |n: usize| {
        let cut = |series: &Series| series.until(series.days()[n]);
        set_beside(leg("dia", cut(&a), None), leg("iwm", cut(&b), None), None, References::default())
    };
    let (early, late) = (until(1_000), until(1_001));
    let value = |found: &Comparison| found.figures.number("beta_neutral.value").unwrap();
    // The last step is a less beta b with the beta of the 252 changes before it.
    let changes = &late.changes;
    let before = changes.a.len() - 1;
    let window = before - 252..before;
    let beta = convex_stats::regression::slope(&changes.a[window.clone()], &changes.b[window], 252).unwrap().beta;
    let step = changes.a[before] - beta * changes.b[before];
    assert!((value(&late) - value(&early) - step).abs() < 1e-12);
    let mixed = set_beside(leg("dia", a, None), leg("dgs10", b, None), None, References::default());
    assert!(matches!(reason(&mixed, "beta_neutral.value"), Unavailable::NotMeaningful(_)));
}

#[test]
fn states_count_their_episodes_and_hedges_follow_them() {
    let [a, b] = prices();
    let mut references = References::default();
    let days = weekdays(N);
    // Calm, then wild, by 250 days.
    let vix: Vec<f64> = (0..N).map(|at| if at / 250 % 2 == 0 { 12.0 } else { 30.0 }).collect();
    references.put("vixcls", series(vix));
    references.put("t10y2y", series((0..N).map(|at| if at < 700 { 0.5 } else { -0.5 }).collect()));
    let found = set_beside(leg("dia", a, None), leg("iwm", b, None), None, references);
    let number = |name: &str| found.figures.number(name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!((number("regimes.vix_below_15.episodes"), number("regimes.vix_25_and_up.episodes")), (3.0, 3.0));
    assert_eq!((number("regimes.curve_inverted.n"), number("regimes.curve_inverted.episodes")), (799.0, 1.0));
    assert_eq!(number("hedge.in_vix_below_15.n") + number("hedge.in_vix_25_and_up.n"), number("hedge.n"));
    assert_eq!(reason(&found, "regimes.recession.pearson"), Unavailable::Needs("usrec".to_owned()));
    let parts = |side: &str, leaf: &str| number(&format!("regimes.stress_minus_calm.{side}{leaf}"));
    for (side, sigma) in [("", "log_sigma_b"), ("b_on_a.", "log_sigma_a")] {
        let sum = 2.0 * (parts(side, "log_beta") + parts(side, sigma) - parts(side, "log_sigma_residual"));
        assert!((parts(side, "log_odds") - sum).abs() < 1e-9);
    }
    assert!(found.figures.get("regimes.stress_minus_calm.forbes_rigobon").is_some());
    assert!(MORE_STATES.iter().all(|state| found.figures.get(&format!("regimes.{state}.episodes")).is_some()));
    assert_eq!(days.len(), N);
}

#[test]
fn common_paths_equal_the_statistics_behind_them() {
    let [a, b] = prices();
    let found = set_beside(leg("dia", a.clone(), None), leg("iwm", b.clone(), None), None, References::default());
    let logs = |series: &Series| series.values().iter().map(|value| value.ln()).collect::<Vec<f64>>();
    let lag = johansen_lag(&logs(&a), &logs(&b), 10).unwrap();
    let rank = johansen(&logs(&a), &logs(&b), lag).unwrap().ranks[0];
    assert_eq!(found.figures.number("johansen.none.trace"), Some(rank.trace));
    let broken = gregory_hansen(&logs(&a), &logs(&b), Shift::Regime).unwrap();
    assert_eq!(found.figures.number("gregory_hansen.regime.t"), Some(broken.statistic));
    let date = &found.figures.estimate("gregory_hansen.regime.break_date").unwrap().value;
    assert_eq!(*date, Value::Day(a.days()[broken.break_at]));
}

#[test]
fn a_printed_seed_makes_the_figure_again() {
    let [a, b] = prices();
    let tr = |series: &Series, paid| Some(with_payouts(series, paid));
    let found = set_beside(
        leg("dia", a.clone(), tr(&a, 0.03)),
        leg("iwm", b.clone(), tr(&b, 0.01)),
        None,
        References::default(),
    );
    for prefix in ["", "total_return."] {
        let rests_on = provenance(&found, &format!("{prefix}variance_ratio.p_joint"));
        let columns = &rests_on.aligned.columns;
        let ratio: Vec<f64> = columns[0].iter().zip(&columns[1]).map(|(a, b)| a.ln() - b.ln()).collect();
        let again = convex_stats::variance_ratio::variance_ratio(&ratio, rests_on.seed.unwrap()).unwrap();
        assert_eq!(found.figures.number(&format!("{prefix}variance_ratio.p_joint")), Some(again.p_joint));
        let version = if prefix.is_empty() { 3 } else { 7 };
        assert!(rests_on.legs.iter().all(|leg| leg.version == version));
    }
    for window in ["90d", "252obs", "all"] {
        let name = format!("correlation.{window}");
        let rests_on = provenance(&found, &format!("{name}.bootstrap_95"));
        let [x, y] = rests_on.aligned.columns.as_slice() else { panic!("two columns") };
        assert_eq!(found.figures.number(&format!("{name}.n")), Some(x.len() as f64));
        let again = convex_stats::correlation::correlation(x, y, 20, rests_on.seed.unwrap()).unwrap();
        let interval = found.figures.estimate(&format!("{name}.bootstrap_95")).unwrap().interval;
        assert_eq!(interval, Some(again.bootstrap_95));
    }
    let changes = provenance(&found, "convexity.p_wild");
    let [x, y] = changes.aligned.columns.as_slice() else { panic!("two columns") };
    let again = convex_stats::convexity::convexity(x, y, changes.seed.unwrap()).unwrap();
    assert_eq!(found.figures.number("convexity.p_wild"), Some(again.p_wild));
    let other = provenance(&found, "beta.all.beta");
    assert_eq!((other.seed, other.aligned.sha256()), (None, changes.aligned.sha256()));
    assert_eq!(provenance(&found, "drivers.vix.slope").references.len(), 6);
    assert_eq!(found.figures.nearest("beta.al.beta", 1), ["beta.all.beta"]);
}
