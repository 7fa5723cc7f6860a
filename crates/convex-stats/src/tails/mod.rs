//! Whether two series move together more in the tails than their correlation implies.

mod copula;
mod corner;
mod event;
mod margin;
mod order;

pub use corner::Corner;
pub use event::EventSlope;

use copula::Copula;
use margin::Margin;
use order::{Kendall, Order};

use crate::Undefined;
use crate::correlation::unless_identical;
use crate::describe::quantile_in_place;
use crate::long_run::Cosines;
use crate::sample::{Deviations, assert_paired};
use crate::score_test::ScoreTest;

/// Share of observations in a tail.
pub const SHARE: f64 = 0.05;

/// Pairs the figures need.
const LEAST: usize = 500;
/// Share of observations at a tail's edge or beyond above which equal values have swallowed the tail.
const SWALLOWED: f64 = 0.1;
/// Degrees of freedom tried; beyond the last the normal copula.
const DEGREES: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30];

/// Tails of a pair beside copulas of equal correlation.
#[derive(Clone, Debug, PartialEq)]
pub struct Tails {
    /// Pairs.
    pub n: usize,
    /// Kendall's rank correlation (tau-b).
    pub kendall: f64,
    /// Correlation of the copulas that have it: sin(pi tau / 2).
    pub correlation: f64,
    /// Degrees of freedom of the t copula that fits best; `None` if the normal copula does, which is then the benchmark.
    pub degrees_of_freedom: Option<u32>,
    /// Both in their lower tails.
    pub both_fall: Result<Corner, Undefined>,
    /// Both in their upper tails.
    pub both_rise: Result<Corner, Undefined>,
    /// a in its lower tail, b in its upper.
    pub a_falls_b_rises: Result<Corner, Undefined>,
    /// a in its upper tail, b in its lower.
    pub a_rises_b_falls: Result<Corner, Undefined>,
    /// Ratio of the likely corner where b falls less that where b rises, zero for every copula that is symmetric: of
    /// `both_fall` less `both_rise`, or under a negative tau of `a_rises_b_falls` less `a_falls_b_rises`.
    pub fall_less_rise: Result<ScoreTest, Undefined>,
    /// Slope of a on b on the days when b is in its lower tail.
    pub on_falls: Result<EventSlope, Undefined>,
    /// Slope of a on b on the days when b is in its upper tail.
    pub on_rises: Result<EventSlope, Undefined>,
}

/// What a copula of equal correlation has in the place of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Benchmark {
    /// The copula's own value.
    pub value: f64,
    /// The figure less that value.
    pub excess: ScoreTest,
}

impl Benchmark {
    /// What the test supposes.
    pub const NULL: &str = "the tails are those of the copula with the same rank correlation";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "the tails are more, or less, linked than that";
}

/// Which end of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// A pair with all that its figures share.
struct Pair<'a> {
    a: &'a [f64],
    b: &'a [f64],
    order_a: Order,
    order_b: Order,
    kendall: Kendall,
    cosines: Cosines,
}

/// Tail dependence and event-day slopes of `a` and `b` at [`SHARE`] = 5 %, beside the normal copula and the t copula of
/// equal rank correlation.
///
/// - Copulas: correlation sin(pi tau / 2), which Kendall's tau determines for both; degrees of freedom of the t copula by
///   the largest likelihood of the mid-ranks over 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30 and normal (Genest, Ghoudi and
///   Rivest 1995; Demarta and `McNeil` 2005). Its values are integrals, not simulations: nothing is random.
/// - [`Corner`]: the share of b's tail days on which a is in its own tail.
/// - [`EventSlope`]: how far a moves per move of b on b's tail days.
///
/// Every figure and its excess over a benchmark have an interval by equal-weighted cosines from influence functions, that of
/// tau included ([`ScoreTest`]); the degrees of freedom are taken as found.
///
/// Needs 500 aligned finite pairs; a caller drops a pair where either is missing. Errors: [`Undefined::TooFew`],
/// [`Undefined::Constant`], [`Undefined::Identical`]. A figure of its own has an error of its own: fewer than five days in a
/// corner, or a tenth of all days at or beyond the edge of a tail because so many are equal.
///
/// # Panics
/// If the two slices differ in length.
///
/// ```
/// let wave = |m: u64, t: u64| (t * t * t % m) as f64 / m as f64 - 0.5;
/// let b: Vec<f64> = (0..1_000).map(|t| wave(1009, t)).collect();
/// let a: Vec<f64> = b.iter().zip(0..).map(|(b, t)| if *b < -0.4 { *b } else { wave(997, t) }).collect();
/// let found = convex_stats::tails::tails(&a, &b).unwrap();
/// let fall = found.both_fall.unwrap();
/// assert!(fall.ratio > 0.3 && fall.t.value < 0.2 && fall.t.excess.excludes_zero());
/// ```
pub fn tails(a: &[f64], b: &[f64]) -> Result<Tails, Undefined> {
    assert_paired(a, b);
    let n = a.len();
    Undefined::unless_enough(n, LEAST)?;
    Deviations::of_varying(a)?;
    Deviations::of_varying(b)?;
    let (order_a, order_b) = (Order::of(a), Order::of(b));
    let kendall = Kendall::of(&order_a, &order_b);
    let correlation = unless_identical((std::f64::consts::FRAC_PI_2 * kendall.tau).sin())?;
    let pair = Pair { a, b, order_a, order_b, kendall, cosines: Cosines::new(n)? };
    let (normal, t) = (Copula { margin: Margin::Normal, correlation }, pair.best_copula(correlation));
    let corner = |a: End, b: End| pair.corner(a, b, &normal, &t);
    let (both_fall, both_rise) = (corner(End::Low, End::Low), corner(End::High, End::High));
    let (a_falls, a_rises) = (corner(End::Low, End::High), corner(End::High, End::Low));
    let likely = if pair.kendall.tau < 0.0 { (&a_rises, &a_falls) } else { (&both_fall, &both_rise) };
    let fall_less_rise = match likely {
        (Ok(fall), Ok(rise)) => {
            let influence: Vec<f64> = fall.influence.iter().zip(&rise.influence).map(|(a, b)| a - b).collect();
            ScoreTest::of(fall.corner.ratio - rise.corner.ratio, &influence, &pair.cosines)
        }
        (Err(why), _) | (_, Err(why)) => Err(*why),
    };
    let plain = |found: Result<corner::Found, Undefined>| found.map(|found| found.corner);
    Ok(Tails {
        n,
        kendall: pair.kendall.tau,
        correlation,
        degrees_of_freedom: match t.margin {
            Margin::Normal => None,
            Margin::Student(df) => Some(df),
        },
        both_fall: plain(both_fall),
        both_rise: plain(both_rise),
        a_falls_b_rises: plain(a_falls),
        a_rises_b_falls: plain(a_rises),
        fall_less_rise,
        on_falls: pair.event_slope(End::Low, &normal, &t),
        on_rises: pair.event_slope(End::High, &normal, &t),
    })
}

impl Pair<'_> {
    /// The t copula of this correlation under which the ranks are likeliest, from few degrees of freedom on until two more
    /// do no better.
    fn best_copula(&self, correlation: f64) -> Copula {
        let half_ranks = || self.order_a.half_ranks.iter().copied().zip(self.order_b.half_ranks.iter().copied());
        let mut used = vec![false; 2 * self.a.len()];
        for (a, b) in half_ranks() {
            (used[a], used[b]) = (true, true);
        }
        let (mut best, mut most, mut worse) = (Margin::Normal, f64::NEG_INFINITY, 0);
        for margin in DEGREES.map(Margin::Student).into_iter().chain([Margin::Normal]) {
            let copula = Copula { margin, correlation };
            let likelihood = copula.log_likelihood(&margin.of_half_ranks(&used), half_ranks());
            if likelihood > most {
                (best, most, worse) = (margin, likelihood, 0);
            } else {
                worse += 1;
            }
            if worse == 2 {
                break;
            }
        }
        Copula { margin: best, correlation }
    }
}

/// Which observations lie in a tail.
fn tail(values: &[f64], end: End) -> Result<Vec<bool>, Undefined> {
    let edge = |share: f64| quantile_in_place(&mut values.to_vec(), share);
    let (low, high) = (edge(SHARE), edge(1.0 - SHARE));
    let inside: Vec<bool> = match end {
        End::Low => values.iter().map(|value| *value <= low).collect(),
        End::High => values.iter().map(|value| *value >= high).collect(),
    };
    let days = inside.iter().filter(|inside| **inside).count();
    if days as f64 > SWALLOWED * values.len() as f64 {
        return Err(Undefined::NotMeaningful("too many equal values at the edge of a tail"));
    }
    Ok(inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn normal_pairs_have_normal_tails() {
        let (b, own) = (noise(6_000, 1), noise(6_000, 2));
        let a: Vec<f64> = b.iter().zip(&own).map(|(b, own)| 0.8 * b + 0.6 * own).collect();
        let found = tails(&a, &b).unwrap();
        assert!((found.correlation - 0.8).abs() < 0.02);
        assert!(found.degrees_of_freedom.is_none_or(|df| df >= 20));
        for corner in [&found.both_fall, &found.both_rise] {
            let corner = corner.as_ref().unwrap();
            assert!(corner.ewc_95.contains(corner.normal.value), "{corner:?}");
            assert_eq!(corner.days_b, 300);
        }
        for slope in [&found.on_falls, &found.on_rises] {
            assert!(!slope.as_ref().unwrap().normal.excess.excludes_zero(), "{slope:?}");
            assert!((slope.as_ref().unwrap().slope - 0.8).abs() < 0.05);
        }
        assert!(matches!(found.a_falls_b_rises, Err(Undefined::TooFew { .. })));
        assert!(!found.fall_less_rise.unwrap().excludes_zero());
    }

    #[test]
    fn a_common_scale_is_seen_as_degrees_of_freedom() {
        let (b, own, shock) = (noise(6_000, 1), noise(6_000, 2), noise(24_000, 3));
        let scale = |t: usize| (shock[4 * t..4 * t + 4].iter().map(|s| s * s).sum::<f64>()).sqrt();
        let b: Vec<f64> = b.iter().enumerate().map(|(t, b)| b / scale(t)).collect();
        let a: Vec<f64> = (0..6_000).map(|t| 0.5 * b[t] + 0.9 * own[t] / scale(t)).collect();
        let found = tails(&a, &b).unwrap();
        assert!(matches!(found.degrees_of_freedom, Some(3..=5)), "{found:?}");
        let fall = found.both_fall.unwrap();
        assert!(fall.normal.excess.excludes_zero() && !fall.t.excess.excludes_zero(), "{fall:?}");
        assert!(found.a_falls_b_rises.unwrap().normal.excess.estimate > 0.0);
    }

    #[test]
    fn exchanging_signs_exchanges_ends() {
        let (b, own) = (noise(1_500, 5), noise(1_500, 6));
        let a: Vec<f64> = b.iter().zip(&own).map(|(b, own)| b + own).collect();
        let turned: Vec<f64> = a.iter().map(|a| -a).collect();
        let (one, other) = (tails(&a, &b).unwrap(), tails(&turned, &b).unwrap());
        assert!((one.correlation + other.correlation).abs() < 1e-12);
        let (fall, mixed) = (one.both_fall.unwrap(), other.a_rises_b_falls.unwrap());
        assert_eq!((fall.both, fall.ratio), (mixed.both, mixed.ratio));
        assert!((fall.t.value - mixed.t.value).abs() < 1e-9);
        let (less, turned_less) = (one.fall_less_rise.unwrap(), other.fall_less_rise.unwrap());
        assert!((less.estimate - turned_less.estimate).abs() < 1e-12);
        let (slope, against) = (one.on_falls.unwrap(), other.on_falls.unwrap());
        assert!((slope.slope + against.slope).abs() < 1e-12);
        assert!((slope.t.value + against.t.value).abs() < 2e-3);
    }

    #[test]
    fn refuses_what_has_no_tail() {
        let (a, b) = (noise(600, 1), noise(600, 2));
        assert_eq!(tails(&a[..499], &b[..499]), Err(Undefined::TooFew { have: 499, need: 500 }));
        assert_eq!(tails(&a, &[1.0; 600]), Err(Undefined::Constant));
        assert_eq!(tails(&a, &a), Err(Undefined::Identical));
        let steps: Vec<f64> = b.iter().map(|b| if *b > 0.9 { 1.0 } else { 0.0 }).collect();
        let found = tails(&a, &steps).unwrap();
        assert!(matches!(found.both_fall, Err(Undefined::NotMeaningful(_))));
        assert!(matches!(found.on_falls, Err(Undefined::NotMeaningful(_))));
    }
}
