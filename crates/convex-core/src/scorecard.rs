//! The record of forecasts: coverage, scores against benchmarks, calibration.

use std::collections::BTreeMap;

use convex_stats::Interval;
use convex_stats::long_run::half_width;
use convex_stats::score::compare;

use crate::Day;
use crate::forecast::Score;

/// How a set of forecasts did.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Forecasts settled.
    pub n: usize,
    /// Days on which they were made.
    pub days: usize,
    /// First and last of those days.
    pub span: (Day, Day),
    /// Share inside the bands of 50, 80 and 95 %; the interval treats the forecasts of one day as one, by equal-weighted cosines.
    pub coverage: [(f64, Option<Interval>); 3],
    /// Mean CRPS, over the size of a usual change.
    pub crps: f64,
    /// The CRPS as a share of that of the walk with constant volatility, less one: negative is better.
    pub against_steady: f64,
    /// Likewise for the walk with the volatility of the moment.
    pub against_walk: f64,
    /// Interval of the difference to the walk with constant volatility, on the same scale.
    pub against_steady_95: Option<Interval>,
    /// p-value of equal CRPS (Diebold and Mariano) against the walk with constant volatility.
    pub p_steady: Option<f64>,
    /// Mean pinball loss of the seven quantiles, over the same size.
    pub pinball: f64,
    /// Share of outcomes in each tenth of the forecast distributions; 0.1 each is calibrated.
    pub tenths: [f64; 10],
    /// Share of forecasts for which a model was shown rather than a benchmark.
    pub model_shown: f64,
}

/// The card of some scores; `None` without any.
pub fn card<'s>(scores: impl IntoIterator<Item = &'s Score>) -> Option<Card> {
    let mut days: BTreeMap<Day, Vec<&Score>> = BTreeMap::new();
    for score in scores {
        days.entry(score.made).or_default().push(score);
    }
    let (first, last) = (*days.keys().next()?, *days.keys().next_back()?);
    let all = || days.values().flatten();
    let n = all().count();
    let mean = |of: &dyn Fn(&Score) -> f64| all().map(|score| of(score)).sum::<f64>() / n as f64;
    let daily = |of: &dyn Fn(&Score) -> f64| -> Vec<f64> {
        // Weighed by how many forecasts the day has, so that the mean over days is the mean over forecasts.
        let usual = n as f64 / days.len() as f64;
        days.values().map(|scores| scores.iter().map(|score| of(score)).sum::<f64>() / usual).collect()
    };
    let coverage = [0, 1, 2].map(|band: usize| {
        let inside = move |score: &Score| f64::from(u8::from(score.inside()[band]));
        let share = mean(&inside);
        let interval = half_width(&daily(&move |score: &Score| inside(score) - share)).ok();
        (share, interval.map(|half| Interval { low: (share - half).max(0.0), high: (share + half).min(1.0) }))
    });
    let (crps, steady, walk) =
        (mean(&|score| score.crps), mean(&|score| score.crps_steady), mean(&|score| score.crps_walk));
    let differences = daily(&|score| (score.crps - score.crps_steady) / steady);
    let longest = all().map(|score| score.settled - score.made).max().unwrap_or(7);
    let lag = (longest / 7 + 1).max(1) as usize;
    let against_steady = crps / steady - 1.0;
    let half = half_width(&differences).ok();
    let mut tenths = [0.0; 10];
    for score in all() {
        tenths[((score.below * 10.0) as usize).min(9)] += 1.0 / n as f64;
    }
    Some(Card {
        n,
        days: days.len(),
        span: (first, last),
        coverage,
        crps,
        against_steady,
        against_walk: crps / walk - 1.0,
        against_steady_95: half.map(|half| Interval::around(against_steady, half)),
        p_steady: compare(&differences, lag).ok().map(|found| found.p),
        pinball: mean(&|score| score.pinball),
        tenths,
        model_shown: mean(&|score| f64::from(u8::from(!score.method.is_benchmark()))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::Method;

    fn score(at: i32, below: f64, crps: f64) -> Score {
        let made = Day::from_epoch_days(at).unwrap();
        let under = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975].map(|level| below <= level);
        Score {
            made,
            settled: made + 7,
            horizon: 5,
            method: Method::Ewma,
            below,
            under,
            crps,
            crps_walk: 0.6,
            crps_steady: 0.5,
            pinball: 0.1,
        }
    }

    #[test]
    fn shares_and_skill_are_those_of_the_forecasts() {
        let scores: Vec<Score> =
            (0..200).map(|at| score(at, (f64::from(at % 20) + 0.5) / 20.0, 0.4 + f64::from(at % 3) * 0.05)).collect();
        let found = card(&scores).unwrap();
        assert_eq!((found.n, found.days), (200, 200));
        assert!((found.coverage[1].0 - 0.8).abs() < 1e-12 && found.coverage[1].1.unwrap().contains(0.8));
        assert!((found.coverage[0].0 - 0.5).abs() < 1e-12);
        assert!(found.tenths.iter().all(|share| (share - 0.1).abs() < 1e-12));
        assert!((found.against_steady + 0.1).abs() < 0.01 && found.p_steady.unwrap() < 0.01);
        assert!(card(&[]).is_none());
    }

    #[test]
    fn forecasts_of_one_day_count_as_one_for_the_interval() {
        let alone: Vec<Score> = (0..100).map(|at| score(at, f64::from(at * at % 100) / 100.0, 0.4)).collect();
        let thrice: Vec<Score> = alone.iter().flat_map(|score| [score.clone(), score.clone(), score.clone()]).collect();
        let (alone, thrice) = (card(&alone).unwrap(), card(&thrice).unwrap());
        let width = |card: &Card| card.coverage[1].1.unwrap().width();
        assert!((width(&alone) - width(&thrice)).abs() < 1e-9);
    }
}
