//! One step of a conditional variance.

/// The variance of the next change from the last one: h' = omega + alpha e^2 + beta h, e being the change less its mean.
///
/// Exponential weighting is the case omega = 0, alpha + beta = 1.
///
/// ```
/// use convex_stats::volatility::Recursion;
///
/// let steady = Recursion { omega: 0.1, alpha: 0.05, beta: 0.85 };
/// assert!((steady.next(1.0, 1.0) - 1.0).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recursion {
    /// What is added each step, in the squared unit of a change.
    pub omega: f64,
    /// Weight of the last squared change.
    pub alpha: f64,
    /// Weight of the last variance.
    pub beta: f64,
}

impl Recursion {
    /// Exponential weighting with the decay factor `decay`.
    pub fn exponential(decay: f64) -> Self {
        Self { omega: 0.0, alpha: 1.0 - decay, beta: decay }
    }

    /// The variance after a change of size `change` in a state of variance `variance`.
    pub fn next(&self, variance: f64, change: f64) -> f64 {
        self.omega + self.alpha * change * change + self.beta * variance
    }

    /// The variance expected before each change, and last the one before the change yet to come: one more than there are
    /// changes. It begins with the exponentially weighted square of the first 75 changes, as `arch` does; `floor` bounds it
    /// from below, so that a series that stood still for months has no shock of infinite size.
    pub fn path(&self, changes: &[f64], floor: f64) -> Vec<f64> {
        let mut variance = (self.omega + (self.alpha + self.beta) * backcast(changes)).max(floor);
        let mut path = Vec::with_capacity(changes.len() + 1);
        path.push(variance);
        for change in changes {
            variance = self.next(variance, *change).max(floor);
            path.push(variance);
        }
        path
    }
}

/// Exponentially weighted mean square of the first changes, the earliest weighing most: what stands for the time before.
pub(super) fn backcast(changes: &[f64]) -> f64 {
    let (mut weight, mut weights, mut total) = (1.0, 0.0, 0.0);
    for change in changes.iter().take(75) {
        total += weight * change * change;
        weights += weight;
        weight *= 0.94;
    }
    if weights > 0.0 { total / weights } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_variance_for_the_change_to_come() {
        let path = Recursion::exponential(0.94).path(&[2.0, 0.0], 0.0);
        let start = 4.0 / 1.94;
        assert!((path[0] - start).abs() < 1e-15 && (path[1] - (0.24 + 0.94 * start)).abs() < 1e-15);
        assert_eq!(path.len(), 3);
        assert_eq!(Recursion::exponential(0.94).path(&[0.0; 4], 1e-6), [1e-6; 5]);
    }
}
