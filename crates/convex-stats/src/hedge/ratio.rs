//! The slope of one series on another in every window of fixed length.

/// Sums over part of a window, of deviations from the values at an anchor.
#[derive(Clone, Copy, Default)]
struct Sums {
    a: f64,
    b: f64,
    ab: f64,
    bb: f64,
}

impl Sums {
    fn with(self, a: f64, b: f64) -> Self {
        Self { a: self.a + a, b: self.b + b, ab: self.ab + a * b, bb: self.bb + b * b }
    }

    fn and(self, other: Self) -> Self {
        Self { a: self.a + other.a, b: self.b + other.b, ab: self.ab + other.ab, bb: self.bb + other.bb }
    }

    /// Covariance over variance of b; `None` where b does not vary.
    fn slope(self, window: usize) -> Option<f64> {
        let n = window as f64;
        let (covariance, variance) = (self.ab - self.a * self.b / n, self.bb - self.b * self.b / n);
        (variance > f64::EPSILON * self.bb).then(|| covariance / variance)
    }
}

/// Slope of `a` on `b` over the `window` observations up to each place, from place `window` - 1 on; `None` where b is
/// constant.
///
/// Windows are put together from the end of one stretch and the beginning of the next, so nothing is ever subtracted
/// that went in before: time linear in n, and an outlier is forgotten when it leaves.
pub(super) fn rolling_slopes(a: &[f64], b: &[f64], window: usize) -> Vec<Option<f64>> {
    let n = a.len();
    let mut slopes = Vec::with_capacity((n + 1).saturating_sub(window));
    let mut before: Vec<Sums> = Vec::with_capacity(window);
    for cut in (0..n).step_by(window.max(1)) {
        let from = |place: usize| (a[place] - a[cut], b[place] - b[cut]);
        before.clear();
        before.push(Sums::default());
        if let Some(first) = (cut + 1).checked_sub(window) {
            for place in (first..cut).rev() {
                let (a, b) = from(place);
                before.push(before[before.len() - 1].with(a, b));
            }
        }
        let mut after = Sums::default();
        for (inside, place) in (1..=window).zip(cut..n) {
            let (a, b) = from(place);
            after = after.with(a, b);
            if let Some(earlier) = before.get(window - inside) {
                slopes.push(earlier.and(after).slope(window));
            }
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regression::slope;
    use crate::test_series::noise;

    fn check(a: &[f64], b: &[f64], window: usize) {
        let slopes = rolling_slopes(a, b, window);
        assert_eq!(slopes.len(), a.len() - window + 1);
        for (first, found) in slopes.into_iter().enumerate() {
            let own = slope(&a[first..first + window], &b[first..first + window], 5);
            let expected = own.ok().map(|line| line.beta);
            match (found, expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-11 * expected.abs().max(1.0)),
                (found, expected) => assert_eq!(found.is_some(), expected.is_some()),
            }
        }
    }

    #[test]
    fn equal_the_slope_of_each_window_by_itself() {
        let (mut a, mut b) = (noise(900, 1), noise(900, 2));
        check(&a, &b, 252);
        check(&a[..300], &b[..300], 7);
        check(&a[..60], &b[..60], 60);
        b[200..600].fill(0.3);
        a[100] = 1e4;
        check(&a, &b, 40);
    }

    #[test]
    fn short_series_have_no_window() {
        assert!(rolling_slopes(&[1.0, 2.0], &[1.0, 3.0], 3).is_empty());
    }
}
