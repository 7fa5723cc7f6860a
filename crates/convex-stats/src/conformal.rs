//! Quantiles corrected by how often they were crossed.

/// A quantile whose working level follows its record: asked for the share `target`, it answers with the model's quantile
/// at `level`, which rises after values above it and falls after values below it (Gibbs and Candes 2021).
///
/// After T outcomes the share below differs from the target by at most about 1 / (rate T), whatever the series does.
///
/// ```
/// use convex_stats::conformal::Adaptive;
///
/// let mut tenth = Adaptive::new(0.1, 0.02);
/// for _ in 0..50 {
///     tenth.learn(true);
/// }
/// assert!(tenth.level() < 0.1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptive {
    target: f64,
    level: f64,
    rate: f64,
}

impl Adaptive {
    /// A quantile that starts at its target; `rate` is how far one outcome may move it.
    pub fn new(target: f64, rate: f64) -> Self {
        Self { target, level: target, rate }
    }

    /// The same with a working level of its own, as it was kept.
    pub fn resumed(target: f64, rate: f64, level: f64) -> Self {
        Self { target, level, rate }
    }

    /// The share asked for.
    pub fn target(&self) -> f64 {
        self.target
    }

    /// The level at which the model is read.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Takes in whether the value lay at or below the quantile given.
    ///
    /// The level stays on its own side of the middle, and within a tenth and ten times its target's distance from the end.
    pub fn learn(&mut self, below: bool) {
        let moved = self.level + self.rate * (self.target - f64::from(u8::from(below)));
        let (near, far) = if self.target <= 0.5 { (self.target, false) } else { (1.0 - self.target, true) };
        let (least, most) = (near / 10.0, (near * 10.0).min(if near < 0.45 { 0.48 } else { 0.7 }));
        self.level = if far { moved.clamp(1.0 - most, 1.0 - least) } else { moved.clamp(least, most) };
    }
}

/// The level at which to read the model for a share, from corrected quantiles in order: straight lines between the points
/// (0, 0), (target, level) of each and (1, 1).
///
/// ```
/// use convex_stats::conformal::{Adaptive, read_level};
///
/// let corrected = [Adaptive::new(0.25, 0.01), Adaptive::new(0.75, 0.01)];
/// assert!((read_level(&corrected, 0.4) - 0.4).abs() < 1e-15);
/// ```
pub fn read_level(corrected: &[Adaptive], share: f64) -> f64 {
    let (mut from, mut low) = (0.0, 0.0_f64);
    for quantile in corrected {
        let high = quantile.level.max(low);
        if share <= quantile.target {
            return low + (high - low) * (share - from) / (quantile.target - from);
        }
        (from, low) = (quantile.target, high);
    }
    low + (1.0 - low) * (share - from) / (1.0 - from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn a_model_too_narrow_is_widened_to_its_promise() {
        // The model says standard deviation 1/4; it is 1/2.
        let values = noise(20_000, 4);
        let mut tenth = Adaptive::new(0.1, 0.01);
        let mut below = 0;
        for value in &values {
            // Quantiles of a logistic law stand for the model's.
            let quantile = 0.2 * (tenth.level() / (1.0 - tenth.level())).ln();
            let crossed = *value <= quantile;
            below += usize::from(crossed);
            tenth.learn(crossed);
        }
        let share = below as f64 / values.len() as f64;
        assert!((share - 0.1).abs() < 0.005, "{share}");
        assert!(tenth.level() < 0.06);
    }

    #[test]
    fn levels_between_are_on_straight_lines_and_never_cross() {
        let mut low = Adaptive::new(0.1, 0.1);
        low.learn(false);
        let corrected = [low, Adaptive::new(0.5, 0.1)];
        assert!((low.level() - 0.11).abs() < 1e-15);
        assert!((read_level(&corrected, 0.05) - 0.055).abs() < 1e-15);
        assert!((read_level(&corrected, 0.3) - 0.305).abs() < 1e-15);
        assert!((read_level(&corrected, 0.75) - 0.75).abs() < 1e-15);
        let crossed = [Adaptive::resumed(0.4, 0.1, 0.6), Adaptive::new(0.5, 0.1)];
        assert!(read_level(&crossed, 0.45) >= read_level(&crossed, 0.4));
    }
}
