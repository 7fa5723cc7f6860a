//! Breaks of a mean (Bai and Perron).

use super::partition::Partitions;
use crate::Undefined;
use crate::interval::Interval;
use crate::long_run::{half_width, newey_west, newey_west_lag};
use crate::sample::{Deviations, mean};

/// Shortest segment as a share of the series.
const TRIMMING: f64 = 0.15;
/// Breaks beyond which the critical values do not go.
const MOST: usize = 5;
/// Observations the tests need.
const LEAST: usize = 100;
/// Critical values and where they come from.
const CRITICAL: &str = include_str!("bai_perron_2003.txt");
/// Level at which a further break is accepted.
const LEVEL: f64 = 0.05;

/// Breaks of the mean of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanBreaks {
    /// Observations.
    pub n: usize,
    /// Place of the first observation of every new mean.
    pub breaks: Vec<usize>,
    /// The stretches between breaks; one if there is none.
    pub segments: Vec<MeanSegment>,
    /// The tests of each further break, up to the first that finds none.
    pub tests: Vec<MeanBreakTest>,
}

/// A stretch of one mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanSegment {
    /// Place of its first observation.
    pub begin: usize,
    /// Place after its last.
    pub end: usize,
    /// Mean of its observations.
    pub mean: f64,
    /// Interval of the mean by equal-weighted cosines, the breaks taken as known.
    pub ewc_95: Interval,
}

/// The test of one more break.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanBreakTest {
    /// Breaks supposed.
    pub breaks: usize,
    /// Largest F, over the segments, of one more break.
    pub sup_f: f64,
    /// Place of the additional break.
    pub place: usize,
    /// Lags in the long-run variance there.
    pub lag: usize,
    /// Critical value at 5 %.
    pub critical_5: f64,
    /// Smallest of the tabulated levels 0.10, 0.05, 0.025, 0.01 at which the test rejects; the p-value is at most this.
    pub p_at_most: Option<f64>,
}

impl MeanBreakTest {
    /// What the test supposes.
    pub const NULL: &str = "the mean has the breaks found so far and no more";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "one of the stretches between them has a break of its mean";
}

/// Breaks of the mean of `values`, at most five, none closer to another or to an end than 15 % of the series.
///
/// 1. For a number of breaks, their places are those with the smallest sum of squares, by dynamic programming.
/// 2. One more break is accepted while sup-F(l + 1 | l) is above its 5 % value: in each segment between the l breaks the
///    place with the smallest sum of squares is tested by F = (difference of means)^2 / its variance, and the largest F
///    counts. The variance is that of least squares on a step, robust to heteroskedasticity and autocorrelation (Bartlett
///    weights over [`newey_west_lag`] lags of the segment, factor n / (n - 2)).
///
/// Needs 100 finite values that vary; none may be missing. Errors: [`Undefined::TooFew`], [`Undefined::Constant`]. Sources:
/// Bai and Perron (1998, 2003); critical values from their tables of 2003.
///
/// ```
/// let noise = |t: u64| (t * t * t % 1009) as f64 / 1009.0;
/// let values: Vec<f64> = (0..600).map(|t| noise(t) + if t < 250 { 0.0 } else { 0.4 }).collect();
/// let found = convex_stats::breaks::mean_breaks(&values).unwrap();
/// assert_eq!(found.breaks.len(), 1);
/// assert!(found.breaks[0].abs_diff(250) < 10 && found.tests[0].p_at_most == Some(0.01));
/// assert!((found.segments[1].mean - found.segments[0].mean - 0.4).abs() < 0.05);
/// ```
pub fn mean_breaks(values: &[f64]) -> Result<MeanBreaks, Undefined> {
    let n = values.len();
    Undefined::unless_enough(n, LEAST)?;
    let centred = Deviations::of_varying(values)?.values;
    let mut partitions = Partitions::of(&centred, (TRIMMING * n as f64) as usize);
    let (mut breaks, mut tests) = (Vec::new(), Vec::new());
    for (supposed, critical) in critical_values().into_iter().enumerate().take(MOST) {
        let segments = segments(&breaks, n);
        let splits = segments.filter_map(|(begin, end)| Some((begin, partitions.split(begin, end)?, end)));
        let steps =
            splits.map(|(begin, place, end)| step(&centred, begin, place, end)).collect::<Result<Vec<_>, _>>()?;
        let Some(best) = steps.into_iter().reduce(|best, next| if next.f > best.f { next } else { best }) else {
            break;
        };
        let rejected = critical.iter().filter(|(_, value)| best.f > *value).map(|(level, _)| *level);
        let p_at_most = rejected.reduce(f64::min);
        let critical_5 = critical.iter().find(|(level, _)| *level == LEVEL).map_or(f64::INFINITY, |(_, value)| *value);
        let Step { f: sup_f, place, lag } = best;
        tests.push(MeanBreakTest { breaks: supposed, sup_f, place, lag, critical_5, p_at_most });
        if sup_f <= critical_5 {
            break;
        }
        let Some(more) = partitions.breaks(supposed + 1) else { break };
        breaks = more;
    }
    let segment = |(begin, end): (usize, usize)| {
        let (own, half) = (mean(&values[begin..end]), half_width(&values[begin..end])?);
        Ok(MeanSegment { begin, end, mean: own, ewc_95: Interval::around(own, half) })
    };
    let segments = segments(&breaks, n).map(segment).collect::<Result<_, _>>()?;
    Ok(MeanBreaks { n, breaks, segments, tests })
}

/// Beginnings and ends of the stretches between breaks.
pub(super) fn segments(breaks: &[usize], n: usize) -> impl Iterator<Item = (usize, usize)> {
    let begins = std::iter::once(0).chain(breaks.iter().copied());
    begins.zip(breaks.iter().copied().chain([n]))
}

/// A difference of means and its test.
struct Step {
    f: f64,
    place: usize,
    lag: usize,
}

/// F of a step at `place` between `begin` and `end`.
fn step(values: &[f64], begin: usize, place: usize, end: usize) -> Result<Step, Undefined> {
    let (before, after) = (&values[begin..place], &values[place..end]);
    let (low, high) = (mean(before), mean(after));
    let influence = |values: &[f64], mean: f64, sign: f64| -> Vec<f64> {
        values.iter().map(|value| sign * (value - mean) / values.len() as f64).collect()
    };
    let score = [influence(before, low, -1.0), influence(after, high, 1.0)].concat();
    let (n, lag) = (score.len() as f64, newey_west_lag(score.len()));
    let variance = n * newey_west(&score, lag)? * n / (n - 2.0);
    if variance > 0.0 {
        Ok(Step { f: (high - low) * (high - low) / variance, place, lag })
    } else {
        Err(Undefined::NotMeaningful("a stretch between breaks does not vary"))
    }
}

/// For l = 0, 1, … breaks supposed, the tabulated levels with their critical values.
fn critical_values() -> Vec<Vec<(f64, f64)>> {
    let lines = CRITICAL.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| line.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>());
    let rows: Vec<Vec<f64>> = rows.collect();
    (1..=MOST).map(|column| rows.iter().map(|row| (row[0], row[column])).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn the_table_is_whole() {
        let table = critical_values();
        assert_eq!(table.len(), MOST);
        assert_eq!(table[0], [(0.10, 7.04), (0.05, 8.58), (0.025, 10.18), (0.01, 12.29)]);
        assert_eq!(table[4][3], (0.01, 15.76));
        for (fewer, more) in table.iter().zip(&table[1..]) {
            assert!(fewer.iter().zip(more).all(|(one, other)| one.0 == other.0 && one.1 < other.1));
        }
    }

    #[test]
    fn one_mean_has_no_break() {
        let found = mean_breaks(&noise(700, 3)).unwrap();
        assert_eq!((found.breaks.len(), found.segments.len(), found.tests.len()), (0, 1, 1));
        assert!(found.segments[0].ewc_95.contains(found.segments[0].mean));
        assert!(found.tests[0].p_at_most.is_none_or(|p| p > 0.05));
    }

    #[test]
    fn three_means_have_two_breaks() {
        let mut values = noise(900, 4);
        for value in &mut values[300..600] {
            *value += 0.6;
        }
        let found = mean_breaks(&values).unwrap();
        assert_eq!(found.breaks.len(), 2, "{found:?}");
        assert!(found.breaks[0].abs_diff(300) < 12 && found.breaks[1].abs_diff(600) < 12);
        assert_eq!(found.tests.iter().map(|test| test.breaks).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn refuses_too_few_constant_and_exact_steps() {
        assert_eq!(mean_breaks(&[1.0; 99]), Err(Undefined::TooFew { have: 99, need: 100 }));
        assert_eq!(mean_breaks(&[1.0; 100]), Err(Undefined::Constant));
        let step: Vec<f64> = (0..200).map(|t| f64::from(t / 100)).collect();
        assert!(matches!(mean_breaks(&step), Err(Undefined::NotMeaningful(_))));
    }
}
