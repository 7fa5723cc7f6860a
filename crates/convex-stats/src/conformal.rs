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

    /// The level kept: where it lies beyond what a model can be read at, [`Reading::stretch`] goes on.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Takes in whether the value lay at or below the quantile given.
    pub fn learn(&mut self, below: bool) {
        self.level += self.rate * (self.target - f64::from(u8::from(below)));
    }

    /// Distance of the target from the nearer end.
    fn tail(&self) -> f64 {
        self.target.min(1.0 - self.target)
    }

    /// Where to read the model: never nearer to an end than a fifth of the target's own distance, and then stretched.
    fn reading(&self) -> Reading {
        let least = self.tail() / 5.0;
        let inside = self.level.clamp(least, 1.0 - least);
        let missing = (self.level - inside).abs();
        let outwards = (self.level < inside) == (self.target < 0.5);
        Reading { level: inside, stretch: if outwards { 1.0 + missing / self.tail() } else { 1.0 } }
    }
}

/// Where to read a model, and by how much to stretch what is read away from the model's middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Level, inside 0 to 1.
    pub level: f64,
    /// 1, or more where no level of the model is far enough out.
    pub stretch: f64,
}

/// Where to read a model for a share, from corrected quantiles in order: straight lines between the points (0, 0),
/// (target, level) of each and (1, 1); beyond the outermost quantile its stretch holds.
///
/// ```
/// use convex_stats::conformal::{Adaptive, read};
///
/// let corrected = [Adaptive::new(0.25, 0.01), Adaptive::new(0.75, 0.01)];
/// assert!((read(&corrected, 0.4).level - 0.4).abs() < 1e-15);
/// ```
pub fn read(corrected: &[Adaptive], share: f64) -> Reading {
    let (mut from, mut low) =
        (0.0, Reading { level: 0.0, stretch: corrected.first().map_or(1.0, |q| q.reading().stretch) });
    for quantile in corrected {
        let reading = quantile.reading();
        let high = Reading { level: reading.level.max(low.level), ..reading };
        if share <= quantile.target {
            return low.towards(high, (share - from) / (quantile.target - from));
        }
        (from, low) = (quantile.target, high);
    }
    low.towards(Reading { level: 1.0, stretch: low.stretch }, (share - from) / (1.0 - from))
}

impl Reading {
    fn towards(self, other: Self, share: f64) -> Self {
        Self {
            level: self.level + (other.level - self.level) * share,
            stretch: self.stretch + (other.stretch - self.stretch) * share,
        }
    }
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
            let Reading { level, stretch } = read(&[tenth], 0.1);
            let quantile = 0.2 * stretch * (level / (1.0 - level)).ln();
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
        assert!((read(&corrected, 0.05).level - 0.055).abs() < 1e-15);
        assert!((read(&corrected, 0.3).level - 0.305).abs() < 1e-15);
        assert!((read(&corrected, 0.75).level - 0.75).abs() < 1e-15);
        let crossed = [Adaptive::resumed(0.4, 0.1, 0.6), Adaptive::new(0.5, 0.1)];
        assert!(read(&crossed, 0.45).level >= read(&crossed, 0.4).level);
    }
}
