//! Breaks of a variance (iterated cumulative sums of squares).

use std::ops::Range;

use super::mean::segments;
use crate::Undefined;
use crate::long_run::newey_west;
use crate::sample::{Deviations, mean};
use crate::sum::dot;

/// Observations a stretch needs to be tested.
const LEAST: usize = 30;
/// 0.95 quantile of the largest |Brownian bridge| (Kolmogorov 1933).
const CRITICAL_5: f64 = 1.358_099;
/// Rounds after which places that still move are taken as they are.
const ROUNDS: usize = 20;
/// Observations by which a place may move and still count as found again.
const NEAR: usize = 2;

/// Breaks of the variance of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct VarianceBreaks {
    /// Observations.
    pub n: usize,
    /// kappa-2 of the whole series, where its largest cumulative sum is.
    pub whole: VarianceBreak,
    /// The breaks, in the order of time.
    pub breaks: Vec<VarianceBreak>,
    /// The stretches between breaks; one if there is none.
    pub segments: Vec<VarianceSegment>,
}

/// A place where the variance may change, and its test within the stretch around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceBreak {
    /// Place of the first observation of the new variance.
    pub place: usize,
    /// Largest centred cumulative sum of squares over its long-run standard deviation.
    pub kappa_2: f64,
    /// Lags in that long-run variance.
    pub lag: usize,
    /// p-value of the test of this stretch alone.
    pub p: f64,
    /// p-value with so many lags that volatility may take months to calm down: a break that passes it too is not a cluster.
    pub p_persistent: f64,
}

impl VarianceBreak {
    /// What the test supposes.
    pub const NULL: &str = "the unconditional variance is constant; it may cluster";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "the unconditional variance changes at some place";
}

/// A stretch of one variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceSegment {
    /// Place of its first observation.
    pub begin: usize,
    /// Place after its last.
    pub end: usize,
    /// Standard deviation about the mean of the whole series (divisor: its length).
    pub stdev: f64,
}

/// Breaks of the unconditional variance of `values` by iterated cumulative sums of squares with the statistic kappa-2.
///
/// Over a stretch of T values e, less the mean of the whole series, with C(k) the sum of the first k squares,
/// kappa-2 = max over k of |C(k) - k C(T) / T| / sqrt(T w), w the long-run variance of e^2 (Bartlett weights, lags chosen by
/// the data after Newey and West 1994): fat tails and clustering are allowed for, as far as fourth moments exist. The 5 %
/// value is that of the largest |Brownian bridge|, 1.358. The search narrows from both sides (Inclan and Tiao 1994): the
/// first and the last break of a stretch, then what lies between; at the end every break is tested again between its
/// neighbours until none is lost or moves by more than two places.
///
/// Where volatility is as persistent as in daily markets (GARCH, 0.95 to 0.98 of it left the next day), 13 to 45 % of
/// samples without a break show one. Hence `p_persistent`, the same statistic with lags looked for three times as far: it
/// rejects 6 to 17 % of them at 1,500 observations and 6 to 9 % at 6,000, but hardly sees variance that comes back within
/// the sample.
///
/// Needs 30 finite values that vary; none may be missing. Errors: [`Undefined::TooFew`], [`Undefined::Constant`]. Source:
/// Sanso, Arago and Carrion (2004).
///
/// ```
/// let noise = |t: u64| (t * t * t % 1009) as f64 / 1009.0 - 0.5;
/// let values: Vec<f64> = (0..800).map(|t| noise(t) * if t < 500 { 1.0 } else { 3.0 }).collect();
/// let found = convex_stats::breaks::variance_breaks(&values).unwrap();
/// assert_eq!(found.breaks.len(), 1);
/// assert!(found.breaks[0].place.abs_diff(500) < 10 && found.breaks[0].p < 0.001);
/// assert!((found.segments[1].stdev / found.segments[0].stdev - 3.0).abs() < 0.3);
/// ```
pub fn variance_breaks(values: &[f64]) -> Result<VarianceBreaks, Undefined> {
    Undefined::unless_enough(values.len(), LEAST)?;
    let squares: Vec<f64> = Deviations::of_varying(values)?.values.iter().map(|value| value * value).collect();
    let n = squares.len();
    let whole = Stretch::of(&squares, 0..n).map(|stretch| stretch.test());
    let whole = whole.ok_or(Undefined::NotMeaningful("squared deviations do not vary"))?;
    let mut places = search(&squares);
    places.sort_unstable();
    places.dedup();
    let breaks = refine(&squares, places);
    let places: Vec<usize> = breaks.iter().map(|found| found.place).collect();
    let segment =
        |(begin, end): (usize, usize)| VarianceSegment { begin, end, stdev: mean(&squares[begin..end]).sqrt() };
    let segments = segments(&places, n).map(segment).collect();
    Ok(VarianceBreaks { n, whole, breaks, segments })
}

/// Candidates: the first and the last break of the series, of what lies between them, and so on.
fn search(squares: &[f64]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut stretch = 0..squares.len();
    while let Some(middle) = found(squares, stretch.clone()) {
        let (mut first, mut last) = (middle, middle);
        while let Some(earlier) = found(squares, stretch.start..first) {
            first = earlier;
        }
        while let Some(later) = found(squares, last..stretch.end) {
            last = later;
        }
        places.extend([first, last]);
        stretch = first..last;
    }
    places
}

/// Tests every place between its neighbours, until the places stay.
fn refine(squares: &[f64], mut places: Vec<usize>) -> Vec<VarianceBreak> {
    let mut breaks = Vec::new();
    for _ in 0..ROUNDS {
        let bounds = [&[0], places.as_slice(), &[squares.len()]].concat();
        let tested = bounds.windows(3).filter_map(|around| Some(Stretch::of(squares, around[0]..around[2])?.test()));
        breaks = tested.filter(|found| found.kappa_2 > CRITICAL_5).collect();
        breaks.dedup_by_key(|found: &mut VarianceBreak| found.place);
        let next: Vec<usize> = breaks.iter().map(|found| found.place).collect();
        let settled = next.len() == places.len() && next.iter().zip(&places).all(|(a, b)| a.abs_diff(*b) <= NEAR);
        places = next;
        if settled {
            break;
        }
    }
    breaks
}

/// The break of a stretch, if it has one.
fn found(squares: &[f64], stretch: Range<usize>) -> Option<usize> {
    let stretch = Stretch::of(squares, stretch)?;
    (stretch.kappa_2(stretch.lag()) > CRITICAL_5).then_some(stretch.place)
}

/// Squares of a stretch less their mean, and where their sum is farthest from zero.
struct Stretch {
    squares: Vec<f64>,
    largest: f64,
    place: usize,
}

impl Stretch {
    /// `None` if the stretch is short or its squares do not vary.
    fn of(squares: &[f64], stretch: Range<usize>) -> Option<Self> {
        if stretch.len() < LEAST {
            return None;
        }
        let begin = stretch.start;
        let squares = Deviations::of_varying(&squares[stretch]).ok()?.values;
        let (mut sum, mut largest, mut place) = (0.0, 0.0, begin);
        for (at, value) in squares.iter().enumerate() {
            sum += value;
            if f64::abs(sum) > largest {
                (largest, place) = (sum.abs(), begin + at + 1);
            }
        }
        Some(Self { squares, largest, place })
    }

    fn test(&self) -> VarianceBreak {
        let lag = self.lag();
        let kappa_2 = self.kappa_2(lag);
        let persistent = self.kappa_2(self.automatic_lag(12.0, self.squares.len() / 3));
        let p_persistent = beyond_bridge(persistent.min(kappa_2));
        VarianceBreak { place: self.place, kappa_2, lag, p: beyond_bridge(kappa_2), p_persistent }
    }

    /// kappa-2 with so many lags; zero if they leave no variance.
    fn kappa_2(&self, lag: usize) -> f64 {
        let variance = newey_west(&self.squares, lag).unwrap_or(0.0);
        if variance > 0.0 { self.largest / (self.squares.len() as f64 * variance).sqrt() } else { 0.0 }
    }

    /// Lags for kappa-2: chosen by the data, at most 12 (T / 100)^(1/4).
    fn lag(&self) -> usize {
        self.automatic_lag(4.0, (12.0 * (self.squares.len() as f64 / 100.0).powf(0.25)) as usize)
    }

    /// Newey and West's (1994) choice for Bartlett weights: floor(1.1447 (s1 / s0)^(2/3) T^(1/3)), with s0 and s1 sums of
    /// autocovariances, plain and weighted by lag, over `constant` (T / 100)^(2/9) lags (they give 4 and 12).
    fn automatic_lag(&self, constant: f64, most: usize) -> usize {
        let n = self.squares.len();
        let most = most.min(n / 3);
        let looked_at = ((constant * (n as f64 / 100.0).powf(2.0 / 9.0)) as usize).min(most);
        let covariance = |lag: usize| dot(&self.squares[lag..], &self.squares[..n - lag]);
        let around: Vec<f64> = (1..=looked_at).map(covariance).collect();
        let plain = covariance(0) + 2.0 * around.iter().sum::<f64>();
        let weighted = 2.0 * around.iter().zip(1..).map(|(covariance, lag)| covariance * f64::from(lag)).sum::<f64>();
        let lag = 1.1447 * (weighted / plain).powi(2).cbrt() * (n as f64).cbrt();
        // A lag that is no number, where s0 is zero, becomes the most.
        if lag < most as f64 { lag as usize } else { most }
    }
}

/// Chance that the largest |Brownian bridge| is beyond `x`: 2 sum over k of (-1)^(k + 1) exp(-2 k^2 x^2).
fn beyond_bridge(x: f64) -> f64 {
    if x < 0.3 {
        // Nearer to 1 than a number can say, and the series converges slowly.
        return 1.0;
    }
    let term = |k: i32| f64::from(2 * (k % 2) - 1) * (-2.0 * f64::from(k * k) * x * x).exp();
    (2.0 * (1..=20).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn the_bridge_has_its_quantiles() {
        assert!((beyond_bridge(CRITICAL_5) - 0.05).abs() < 1e-6);
        assert!((beyond_bridge(1.627_624) - 0.01).abs() < 1e-6);
        assert!((beyond_bridge(0.3) - 1.0).abs() < 1e-4);
        assert_eq!(beyond_bridge(0.0), 1.0);
    }

    #[test]
    fn one_variance_has_no_break() {
        let found = variance_breaks(&noise(1_500, 3)).unwrap();
        assert!(found.breaks.is_empty() && found.segments.len() == 1 && found.whole.p > 0.05);
    }

    #[test]
    fn a_wild_middle_has_two_breaks() {
        let mut values = noise(1_500, 4);
        for value in &mut values[500..900] {
            *value *= 2.0;
        }
        let found = variance_breaks(&values).unwrap();
        assert_eq!(found.breaks.len(), 2, "{found:?}");
        assert!(found.breaks[0].place.abs_diff(500) < 15 && found.breaks[1].place.abs_diff(900) < 15);
        assert!((found.segments[1].stdev / found.segments[2].stdev - 2.0).abs() < 0.25);
    }

    #[test]
    fn refuses_too_few_constant_and_constant_squares() {
        assert_eq!(variance_breaks(&[1.0; 29]), Err(Undefined::TooFew { have: 29, need: 30 }));
        assert_eq!(variance_breaks(&[1.0; 30]), Err(Undefined::Constant));
        let flips: Vec<f64> = (0..40).map(|t| if t % 2 == 0 { 1.0 } else { -1.0 }).collect();
        assert!(matches!(variance_breaks(&flips), Err(Undefined::NotMeaningful(_))));
    }
}
