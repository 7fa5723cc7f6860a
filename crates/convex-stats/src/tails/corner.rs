//! How often one series is in its tail when the other is in its own.

use super::copula::Copula;
use super::{Benchmark, End, Pair, tail};
use crate::Undefined;
use crate::interval::Interval;
use crate::score_test::ScoreTest;

/// Observations in both tails below which a ratio has no error to speak of.
const LEAST: usize = 5;

/// One corner of a pair's joint distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// Observations with both in their tails.
    pub both: usize,
    /// Observations with a in its tail: those at the 5 % quantile or beyond.
    pub days_a: usize,
    /// Observations with b in its tail.
    pub days_b: usize,
    /// `both` / `days_b`: the share of b's tail days on which a is in its tail too. 0.05 if unrelated.
    pub ratio: f64,
    /// Interval of the ratio.
    pub ewc_95: Interval,
    /// Beside the normal copula.
    pub normal: Benchmark,
    /// Beside the t copula.
    pub t: Benchmark,
}

/// A corner with the influence of each observation on its ratio.
pub(super) struct Found {
    pub(super) corner: Corner,
    pub(super) influence: Vec<f64>,
}

impl Pair<'_> {
    /// The corner at two ends.
    ///
    /// With A, B the tails, p, q their shares and C the chance of both, the ratio is C / q. The edges are the sample's own, so
    /// the influence of an observation is (1(A and B) - C - dC/dp (1(A) - p) - dC/dq (1(B) - q)) / q, the slopes taken from
    /// the t copula (Schmidt and Stadtmueller 2006). A benchmark moves with the correlation and so with tau.
    pub(super) fn corner(&self, end_a: End, end_b: End, normal: &Copula, t: &Copula) -> Result<Found, Undefined> {
        let (in_a, in_b) = (tail(self.a, end_a)?, tail(self.b, end_b)?);
        let n = self.a.len() as f64;
        let count = |inside: &[bool]| inside.iter().filter(|inside| **inside).count();
        let (days_a, days_b) = (count(&in_a), count(&in_b));
        let both = in_a.iter().zip(&in_b).filter(|(a, b)| **a && **b).count();
        Undefined::unless_enough(both, LEAST)?;
        let (p, q, chance) = (days_a as f64 / n, days_b as f64 / n, both as f64 / n);
        let towards = |copula: &Copula| if end_a == end_b { *copula } else { copula.opposite() };
        let (by_a, by_b) = (towards(t).corner_by_first(p, q), towards(t).corner_by_first(q, p));
        let one = |inside: bool, share: f64| f64::from(u8::from(inside)) - share;
        let tails = || in_a.iter().zip(&in_b);
        let influence: Vec<f64> =
            tails().map(|(a, b)| (one(*a && *b, chance) - by_a * one(*a, p) - by_b * one(*b, q)) / q).collect();
        let ratio = chance / q;
        let beside = |copula: &Copula| {
            let toward = towards(copula);
            let value = toward.corner(p, q) / q;
            let sign = if end_a == end_b { 1.0 } else { -1.0 };
            let by_tau = sign * toward.corner_by_correlation(p, q) / q * self.correlation_by_tau();
            let days = influence.iter().zip(&self.kendall.influence);
            let excess: Vec<f64> = days.map(|(own, tau)| own - by_tau * tau).collect();
            Ok(Benchmark { value, excess: ScoreTest::of(ratio - value, &excess, &self.cosines)? })
        };
        let ewc_95 = Interval::around(ratio, self.cosines.half_width(&influence));
        let corner = Corner { both, days_a, days_b, ratio, ewc_95, normal: beside(normal)?, t: beside(t)? };
        Ok(Found { corner, influence })
    }

    /// Change of sin(pi tau / 2) with tau.
    pub(super) fn correlation_by_tau(&self) -> f64 {
        std::f64::consts::FRAC_PI_2 * (std::f64::consts::FRAC_PI_2 * self.kendall.tau).cos()
    }
}
