//! What a walk-forward hedge took off the swings and off the worst days.

use super::{LEAST, WalkForward};
use crate::Undefined;
use crate::describe::quantile_in_place;
use crate::long_run::Cosines;
use crate::sample::mean;
use crate::score_test::ScoreTest;
use crate::sum::dot;

/// Share of blocks that count as the worst.
const WORST: f64 = 0.05;

/// The quality of a walk-forward hedge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hedge {
    /// Observations in a block.
    pub horizon: usize,
    /// Blocks judged.
    pub n: usize,
    /// Ratio for the block to come.
    pub ratio_now: f64,
    /// Share of the variance taken away: 1 - var(hedged) / var(unhedged), with the interval and test of the difference of
    /// the losses (unhedged - mean)^2 and (hedged - mean)^2. Below 0 the hedge added variance.
    pub variance_reduction: ScoreTest,
    /// Share of the expected shortfall taken away: 1 - ES(hedged) / ES(unhedged), ES the mean loss of the worst 5 %.
    pub es5_reduction: ScoreTest,
    /// Squared correlation over all blocks: the variance reduction a constant ratio chosen afterwards would have had.
    pub in_sample_r2: f64,
}

impl Hedge {
    /// What the tests suppose.
    pub const NULL: &str = "hedged and unhedged lose the same";
    /// What they can show instead.
    pub const ALTERNATIVE: &str = "the hedge takes away or adds";
}

impl WalkForward {
    /// Quality over all blocks.
    ///
    /// - Variance: V = 1 - var(h) / var(u). The loss difference of a block, `l_u - l_h` with l the squared deviation from
    ///   the mean, has mean V var(u); as a share of var(u), itself estimated, its influence on V is
    ///   ((1 - V) `l_u` - `l_h`) / mean `l_u`.
    /// - Expected shortfall: S = 1 - ES(h) / ES(u), ES the mean of -v over v at or below the 5 % quantile q. The
    ///   influence of v on ES is (q - v) 1(v <= q) / 0.05 - q - ES.
    ///
    /// Intervals and tests of zero from the influences by [`ScoreTest`]. Needs 60 blocks. Errors: [`Undefined::TooFew`];
    /// [`Undefined::NotMeaningful`] where the unhedged leg never loses, or without sampling error.
    ///
    /// For an example see [`WalkForward`].
    pub fn hedge(&self) -> Result<Hedge, Undefined> {
        self.judge(&(0..self.hedged.len()).collect::<Vec<usize>>())
    }

    /// Quality over the blocks in a state: those whose first observation has `mask`, which says for every observation of
    /// the series whether the state held, as known before that observation's change began.
    ///
    /// Means, variances and quantiles are those within the state; influences are zero outside it and taken over the whole
    /// timeline of blocks. Needs 60 blocks in the state. Errors: as [`WalkForward::hedge`].
    ///
    /// # Panics
    /// If the mask is shorter than the series.
    ///
    /// ```
    /// use convex_stats::hedge::WalkForward;
    ///
    /// let b: Vec<f64> = (0..900_u64).map(|t| (t * t * t % 1009) as f64 - 504.0).collect();
    /// let a: Vec<f64> = b.iter().zip(0_u64..).map(|(b, t)| 0.5 * b + (t * t * 7 % 97) as f64).collect();
    /// let late: Vec<bool> = (0..900).map(|t| t >= 800).collect();
    /// assert_eq!(WalkForward::new(&a, &b, 1).unwrap().hedge_in(&late).unwrap().n, 100);
    /// ```
    pub fn hedge_in(&self, mask: &[bool]) -> Result<Hedge, Undefined> {
        self.judge(&(0..self.hedged.len()).filter(|block| mask[self.begins[*block]]).collect::<Vec<usize>>())
    }

    fn judge(&self, blocks: &[usize]) -> Result<Hedge, Undefined> {
        let n = blocks.len();
        Undefined::unless_enough(n, LEAST)?;
        let cosines = Cosines::new(self.hedged.len())?;
        let of = |changes: &[f64]| blocks.iter().map(|block| changes[*block]).collect::<Vec<f64>>();
        let (unhedged, hedged) = (of(&self.unhedged), of(&self.hedged));
        let test = |without: &Loss, with: &Loss| -> Result<ScoreTest, Undefined> {
            if without.size <= 0.0 {
                return Err(Undefined::NotMeaningful("the unhedged leg loses nothing"));
            }
            let left = with.size / without.size;
            let share = self.hedged.len() as f64 / n as f64 / without.size;
            let mut whole = vec![0.0; self.hedged.len()];
            for (place, block) in blocks.iter().enumerate() {
                whole[*block] = share * (left * without.influence[place] - with.influence[place]);
            }
            ScoreTest::of(1.0 - left, &whole, &cosines)
        };
        Ok(Hedge {
            horizon: self.horizon,
            n,
            ratio_now: self.ratio_now,
            variance_reduction: test(&Loss::variance(&unhedged), &Loss::variance(&hedged))?,
            es5_reduction: test(&Loss::expected_shortfall(&unhedged), &Loss::expected_shortfall(&hedged))?,
            in_sample_r2: self.in_sample_r2,
        })
    }
}

/// A loss and the influence of each block on it.
struct Loss {
    size: f64,
    influence: Vec<f64>,
}

impl Loss {
    fn variance(changes: &[f64]) -> Self {
        let mean = mean(changes);
        let mut influence: Vec<f64> = changes.iter().map(|change| change - mean).collect();
        let size = dot(&influence, &influence) / changes.len() as f64;
        for deviation in &mut influence {
            *deviation = *deviation * *deviation - size;
        }
        Self { size, influence }
    }

    fn expected_shortfall(changes: &[f64]) -> Self {
        let limit = quantile_in_place(&mut changes.to_vec(), WORST);
        let worst = changes.iter().filter(|change| **change <= limit);
        let (count, sum) = worst.fold((0, 0.0), |(count, sum), change| (count + 1, sum + change));
        let size = -sum / f64::from(count);
        let influence = changes.iter().map(|change| (limit - change).max(0.0) / WORST - limit - size).collect();
        Self { size, influence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn a_leg_of_its_own_is_hedged_by_nothing() {
        let (a, b) = (noise(1_500, 1), noise(1_500, 2));
        let found = WalkForward::new(&a, &b, 1).unwrap().hedge().unwrap();
        assert!(!found.variance_reduction.excludes_zero() && found.variance_reduction.estimate < 0.0);
        assert!(found.in_sample_r2 < 0.01 && found.n == 1_500 - 252);
    }

    #[test]
    fn half_the_variance_and_the_losses_with_it() {
        let (b, own) = (noise(3_000, 1), noise(3_000, 2));
        let a: Vec<f64> = b.iter().zip(&own).map(|(b, own)| b + own).collect();
        for horizon in [1, 5, 21] {
            let found = WalkForward::new(&a, &b, horizon).unwrap().hedge().unwrap();
            assert!(found.variance_reduction.ewc_95.contains(0.5), "{found:?}");
            assert!(found.es5_reduction.ewc_95.contains(1.0 - 0.5_f64.sqrt()), "{found:?}");
        }
    }

    #[test]
    fn a_state_that_always_holds_is_the_whole() {
        let (a, b) = (noise(700, 1), noise(700, 2));
        let walk = WalkForward::new(&a, &b, 1).unwrap();
        assert_eq!(walk.hedge_in(&[true; 700]), walk.hedge());
        let few: Vec<bool> = (0..700).map(|day| day < 252 + 59).collect();
        assert_eq!(walk.hedge_in(&few), Err(Undefined::TooFew { have: 59, need: 60 }));
    }
}
