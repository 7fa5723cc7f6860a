//! Intervals of 95 %.

/// 0.975 quantile of the standard normal distribution.
pub(crate) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Bounds of a two-sided interval at the level 95 %: finite, `low` not above `high`.
///
/// ```
/// use convex_stats::Interval;
///
/// let interval = Interval { low: -0.2, high: 0.4 };
/// assert!(interval.contains(0.0));
/// assert!((interval.width() - 0.6).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound, in the unit of the estimate.
    pub low: f64,
    /// Upper bound, in the unit of the estimate.
    pub high: f64,
}

impl Interval {
    /// `estimate` less and plus `half`.
    ///
    /// ```
    /// use convex_stats::Interval;
    ///
    /// assert_eq!(Interval::around(1.0, 0.5), Interval { low: 0.5, high: 1.5 });
    /// ```
    pub fn around(estimate: f64, half: f64) -> Self {
        Self { low: estimate - half, high: estimate + half }
    }

    /// A correlation less and plus `half` on Fisher's z scale: tanh(atanh(r) -+ half).
    ///
    /// The interval never leaves [-1, 1] and always holds `correlation`.
    ///
    /// ```
    /// use convex_stats::Interval;
    ///
    /// let interval = Interval::around_correlation(0.9, 0.5);
    /// assert!(interval.high < 1.0 && 0.9 - interval.low > interval.high - 0.9);
    /// ```
    pub fn around_correlation(correlation: f64, half: f64) -> Self {
        let z = correlation.atanh();
        Self { low: (z - half).tanh().min(correlation), high: (z + half).tanh().max(correlation) }
    }

    /// Whether `value` lies inside, bounds included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Distance between the bounds.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}
