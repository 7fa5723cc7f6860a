//! How far one series moves on the other's tail days.

use super::copula::Copula;
use super::{Benchmark, End, Pair, tail};
use crate::Undefined;
use crate::interval::Interval;
use crate::sample::mean;
use crate::score_test::ScoreTest;

/// Points at which the conditional distribution of a is taken.
const POINTS: usize = 24;
/// Step of the correlation for the slope of a benchmark.
const STEP: f64 = 0.005;
/// Largest correlation at which a conditional distribution is taken.
const LARGEST: f64 = 0.9999;

/// The slope of a on b over the days when b is in one of its tails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventSlope {
    /// Days with b in the tail.
    pub n: usize,
    /// sum (a - mean a)(b - mean b) / sum (b - mean b)^2 over those days, with the means of all days, so that the slope over
    /// all days is a weighted mean of the slopes over parts of them.
    pub slope: f64,
    /// Interval of the slope.
    pub ewc_95: Interval,
    /// Beside the normal copula, with the distributions of a and b themselves.
    pub normal: Benchmark,
    /// Beside the t copula, with the distributions of a and b themselves.
    pub t: Benchmark,
}

impl Pair<'_> {
    /// The slope over the days when b is at one end.
    ///
    /// The benchmark puts in the place of a on each event day its expectation given the rank of b, under the copula and
    /// with the sample's own distribution of a. The influence of an event day on the excess is what is left of a times
    /// b - mean b over its mean square; it moves with tau as the benchmark does.
    pub(super) fn event_slope(&self, end: End, normal: &Copula, t: &Copula) -> Result<EventSlope, Undefined> {
        let inside = tail(self.b, end)?;
        let (mean_a, mean_b, n) = (mean(self.a), mean(self.b), self.a.len() as f64);
        let days: Vec<usize> = (0..inside.len()).filter(|day| inside[*day]).collect();
        let away: Vec<f64> = days.iter().map(|day| self.b[*day] - mean_b).collect();
        let square: f64 = away.iter().map(|away| away * away).sum();
        if square <= 0.0 {
            return Err(Undefined::Constant);
        }
        let slope_of = |a: &dyn Fn(usize) -> f64| -> f64 {
            (0..days.len()).map(|event| a(event) * away[event]).sum::<f64>() / square
        };
        let slope = slope_of(&|event| self.a[days[event]] - mean_a);
        let beside = |copula: &Copula| {
            let share = |day: &usize| self.order_b.half_ranks[*day] as f64 / (2 * self.a.len()) as f64;
            let given: Vec<f64> = days.iter().map(|day| copula.margin.quantile(share(day))).collect();
            let expected = self.expectations(&given, copula);
            let value = slope_of(&|event| expected[event] - mean_a);
            let moved = |by: f64| {
                let correlation = (copula.correlation + by).clamp(-LARGEST, LARGEST);
                let expected = self.expectations(&given, &Copula { correlation, ..*copula });
                (correlation, slope_of(&|event| expected[event] - mean_a))
            };
            let (low, high) = (moved(-STEP), moved(STEP));
            let by_tau = (high.1 - low.1) / (high.0 - low.0) * self.correlation_by_tau();
            let mut excess: Vec<f64> = self.kendall.influence.iter().map(|tau| -by_tau * tau).collect();
            for (event, day) in days.iter().enumerate() {
                excess[*day] += (self.a[*day] - expected[event]) * away[event] * n / square;
            }
            Ok(Benchmark { value, excess: ScoreTest::of(slope - value, &excess, &self.cosines)? })
        };
        // The means of all days move the slope too.
        let (sum_a, sum_b) = (days.iter().map(|day| self.a[*day] - mean_a).sum::<f64>(), away.iter().sum::<f64>());
        let (by_mean_a, by_mean_b) = (-sum_b / square, (2.0 * slope * sum_b - sum_a) / square);
        let all = self.a.iter().zip(self.b);
        let mut influence: Vec<f64> = all.map(|(a, b)| by_mean_a * (a - mean_a) + by_mean_b * (b - mean_b)).collect();
        for (away, day) in away.iter().zip(&days) {
            influence[*day] += (self.a[*day] - mean_a - slope * away) * away * n / square;
        }
        let ewc_95 = Interval::around(slope, self.cosines.half_width(&influence));
        Ok(EventSlope { n: days.len(), slope, ewc_95, normal: beside(normal)?, t: beside(t)? })
    }

    /// Expectation of a where b is at each of these quantiles of the copula's margin: a's own quantiles at equally likely
    /// points of its conditional distribution.
    fn expectations(&self, given: &[f64], copula: &Copula) -> Vec<f64> {
        let (margin, r, n) = (copula.margin, copula.correlation, self.a.len());
        let conditional = margin.conditional();
        let points: Vec<f64> =
            (0..POINTS).map(|point| conditional.quantile((point as f64 + 0.5) / POINTS as f64)).collect();
        let expectation = |y: &f64| {
            let scale = margin.conditional_scale(*y, r);
            let value = |point: &f64| {
                let share = margin.below(r * y + scale * point);
                self.order_a.sorted[((share * n as f64) as usize).min(n - 1)]
            };
            points.iter().map(value).sum::<f64>() / POINTS as f64
        };
        given.iter().map(expectation).collect()
    }
}
