//! Equal-weighted cosines: the long-run variance behind every printed interval.

use std::f64::consts::PI;

use pulp::{Arch, NullaryFnOnce};

use super::student_975;
use crate::Undefined;
use crate::sum::{dot, sum};

/// Cosines advanced together: enough of them to keep wide vector units busy while one product is under way.
const LANES: usize = 16;
/// Terms after which the recurrence starts afresh, so that its error stays below 1e-12.
const STRETCH: usize = 64;

/// Degrees of freedom of the cosine estimate for `n` observations: max(4, floor(0.41 n^(2/3))), the size-optimal choice
/// of Lazarus, Lewis, Stock and Watson (2018).
///
/// The power is taken in floating point and may fall just below a whole number; 1,000 observations have 40, not 41.
///
/// ```
/// use convex_stats::long_run::degrees_of_freedom;
///
/// assert_eq!([20, 62, 252, 1_000, 6_437].map(degrees_of_freedom), [4, 6, 16, 40, 141]);
/// ```
pub fn degrees_of_freedom(n: usize) -> usize {
    ((0.41 * (n as f64).powf(2.0 / 3.0)) as usize).max(4)
}

/// Half width of the 95 % interval for the mean of `score`; [`Cosines::half_width`] for one series alone.
///
/// Errors: [`Undefined::TooFew`] below five values.
///
/// ```
/// let calm = [0.1, -0.1, 0.1, -0.1, 0.1, -0.1];
/// assert!(convex_stats::long_run::half_width(&calm).unwrap() < 0.1);
/// ```
pub fn half_width(score: &[f64]) -> Result<f64, Undefined> {
    Ok(Cosines::new(score.len())?.half_width(score))
}

/// The cosines for series of one length, to be shared by all scores of that length.
///
/// With nu = [`degrees_of_freedom`]`(n)` the long-run variance of a score s is the mean over j = 1 .. nu of the squares of
/// sqrt(2/n) sum over t = 1 .. n of s\[t\] cos(pi j (t - 1/2) / n), and
/// (mean - estimate) / sqrt(variance / n) is Student t with nu degrees of freedom (Mueller 2004; Lazarus, Lewis, Stock
/// and Watson 2018).
///
/// The cosines are folded about the middle of the sample and advanced by cos((k + 1) x) = 2 cos(x) cos(k x) -
/// cos((k - 1) x) from exact starting points, several frequencies at a time.
///
/// ```
/// use convex_stats::long_run::Cosines;
///
/// let cosines = Cosines::new(100).unwrap();
/// let alternating: Vec<f64> = (0..100).map(|t| if t % 2 == 0 { 1.0 } else { -1.0 }).collect();
/// let trending: Vec<f64> = (0..100).map(f64::from).collect();
/// assert!(cosines.long_run_variance(&alternating) < 0.1);
/// assert!(cosines.long_run_variance(&trending) > 800.0);
/// ```
#[derive(Clone, Debug)]
pub struct Cosines {
    n: usize,
    frequencies: usize,
    student: f64,
    groups: Vec<Group>,
}

/// Up to [`LANES`] frequencies of one parity.
#[derive(Clone, Debug)]
struct Group {
    odd: bool,
    used: usize,
    twice_step: [f64; LANES],
    starts: Vec<Start>,
}

/// Cosines at the first term of a stretch and at the term before it.
#[derive(Clone, Copy, Debug)]
struct Start {
    current: [f64; LANES],
    previous: [f64; LANES],
}

impl Cosines {
    /// Cosines for series of `n` values.
    ///
    /// Errors: [`Undefined::TooFew`] below five, where the four lowest cosines are not distinct.
    pub fn new(n: usize) -> Result<Self, Undefined> {
        Undefined::unless_enough(n, 5)?;
        let frequencies = degrees_of_freedom(n);
        let groups_of = |first: usize| {
            let same_parity: Vec<usize> = (first..=frequencies).step_by(2).collect();
            same_parity.chunks(LANES).map(|chunk| Group::new(n, chunk)).collect::<Vec<_>>()
        };
        let groups = [groups_of(1), groups_of(2)].concat();
        Ok(Self { n, frequencies, student: student_975(frequencies), groups })
    }

    /// Degrees of freedom of the estimate: the number of cosines.
    pub fn degrees_of_freedom(&self) -> usize {
        self.frequencies
    }

    /// Long-run variance of a score, in its squared unit; the score is centred first.
    ///
    /// # Panics
    /// If the score is not of the length the cosines are for.
    pub fn long_run_variance(&self, score: &[f64]) -> f64 {
        assert_eq!(score.len(), self.n, "cosines serve series of their own length");
        let (sums, differences) = self.fold(score);
        let mut square = 0.0;
        for group in &self.groups {
            let folded = if group.odd { &differences } else { &sums };
            let found = Arch::new().dispatch(Projection { group, folded });
            square += dot(&found[..group.used], &found[..group.used]);
        }
        square * 2.0 / self.n as f64 / self.frequencies as f64
    }

    /// Half width of the 95 % interval for the mean of a score: t(0.975, nu) sqrt(variance / n), in its unit.
    ///
    /// # Panics
    /// If the score is not of the length the cosines are for.
    pub fn half_width(&self, score: &[f64]) -> f64 {
        self.student * (self.long_run_variance(score) / self.n as f64).sqrt()
    }

    /// A cosine of even frequency is symmetric about the middle of the sample and one of odd frequency antisymmetric, so
    /// sums and differences of mirrored values, both less the mean, hold all there is to know.
    fn fold(&self, score: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mean = sum(score) / self.n as f64;
        let (front, back) = score.split_at(self.n / 2);
        let mirrored = || front.iter().zip(back.iter().rev());
        let mut sums: Vec<f64> = mirrored().map(|(a, b)| (a - mean) + (b - mean)).collect();
        let differences = mirrored().map(|(a, b)| a - b).collect();
        if self.n % 2 == 1 {
            sums.push(back[0] - mean);
        }
        (sums, differences)
    }
}

impl Group {
    fn new(n: usize, frequencies: &[usize]) -> Self {
        // pi j times / n in each lane, reduced in whole numbers first; lanes without a frequency stand still.
        let angles = |times: usize| {
            let mut lanes = [0.0; LANES];
            for (lane, j) in lanes.iter_mut().zip(frequencies) {
                *lane = PI * ((j * times) % (2 * n)) as f64 / n as f64;
            }
            lanes
        };
        let step = Rotation::by(angles(1));
        let stretch = Rotation::by(angles(STRETCH));
        let mut phase = Rotation::by(angles(1).map(|angle| angle / 2.0));
        let mut starts = Vec::with_capacity(n.div_ceil(2 * STRETCH));
        for _ in (0..n.div_ceil(2)).step_by(STRETCH) {
            starts.push(Start { current: phase.cosine, previous: phase.back(&step).cosine });
            phase = phase.forward(&stretch);
        }
        let twice_step = step.cosine.map(|cosine| 2.0 * cosine);
        Self { odd: frequencies[0] % 2 == 1, used: frequencies.len(), twice_step, starts }
    }
}

/// Sums of the folded values times each cosine of a group.
struct Projection<'a> {
    group: &'a Group,
    folded: &'a [f64],
}

impl NullaryFnOnce for Projection<'_> {
    type Output = [f64; LANES];

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> Self::Output {
        let Self { group, folded } = self;
        let mut total = [0.0; LANES];
        for (stretch, start) in folded.chunks(STRETCH).zip(&group.starts) {
            let Start { mut current, mut previous } = *start;
            for value in stretch {
                for lane in 0..LANES {
                    total[lane] += value * current[lane];
                    let next = group.twice_step[lane] * current[lane] - previous[lane];
                    previous[lane] = current[lane];
                    current[lane] = next;
                }
            }
        }
        total
    }
}

/// An angle in each lane, by its cosine and sine.
#[derive(Clone, Copy)]
struct Rotation {
    cosine: [f64; LANES],
    sine: [f64; LANES],
}

impl Rotation {
    fn by(angles: [f64; LANES]) -> Self {
        Self { cosine: angles.map(f64::cos), sine: angles.map(f64::sin) }
    }

    /// The sum of two angles.
    fn forward(&self, by: &Self) -> Self {
        let cosine = |lane: usize| self.cosine[lane] * by.cosine[lane] - self.sine[lane] * by.sine[lane];
        let sine = |lane: usize| self.sine[lane] * by.cosine[lane] + self.cosine[lane] * by.sine[lane];
        Self { cosine: std::array::from_fn(cosine), sine: std::array::from_fn(sine) }
    }

    /// The difference of two angles.
    fn back(&self, by: &Self) -> Self {
        self.forward(&Self { cosine: by.cosine, sine: by.sine.map(|sine| -sine) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn direct(score: &[f64]) -> f64 {
        let n = score.len() as f64;
        let mean = score.iter().sum::<f64>() / n;
        let nu = degrees_of_freedom(score.len());
        let square = |j: usize| {
            let cosine = |t: usize| (std::f64::consts::PI * j as f64 * (t as f64 + 0.5) / n).cos();
            let sum: f64 = score.iter().enumerate().map(|(t, s)| (s - mean) * cosine(t)).sum();
            sum * sum * 2.0 / n
        };
        (1..=nu).map(square).sum::<f64>() / nu as f64
    }

    fn check(score: &[f64]) {
        let (fast, slow) = (Cosines::new(score.len()).unwrap().long_run_variance(score), direct(score));
        assert!((fast - slow).abs() <= 1e-10 * slow + 1e-290, "{fast} against {slow} for {}", score.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn equals_the_direct_sum(score in prop::collection::vec(-10.0..10.0_f64, 5..700)) {
            check(&score);
        }
    }

    #[test]
    fn equals_the_direct_sum_on_long_and_hard_series() {
        for n in [6_437_usize, 6_438, 1_000, 127, 128, 129, 5] {
            let wave: Vec<f64> = (0..n).map(|t| ((t * t) as f64 * 0.37).sin() + 1e3).collect();
            let trend: Vec<f64> = (0..n).map(|t| t as f64).collect();
            let spike: Vec<f64> = (0..n).map(|t| if t == n / 3 { 1e6 } else { (t % 7) as f64 }).collect();
            for score in [wave, trend, spike] {
                check(&score);
            }
        }
    }

    #[test]
    fn refuses_lengths_it_cannot_serve() {
        assert_eq!(Cosines::new(4).unwrap_err(), Undefined::TooFew { have: 4, need: 5 });
        assert_eq!(Cosines::new(252).unwrap().degrees_of_freedom(), 16);
    }
}
