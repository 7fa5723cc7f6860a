//! The value axis of a panel.

/// Values from the bottom to the top of a panel so many pixels high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueAxis {
    low: f64,
    high: f64,
    height: f64,
}

/// What bounds a value axis besides the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    /// The axis never shows less than this.
    pub(super) floor: f64,
    /// The axis never shows more than this.
    pub(super) ceiling: f64,
    /// The axis spans at least this much.
    pub(super) least_span: f64,
}

impl Bounds {
    pub(super) const NONE: Self = Self { floor: f64::NEG_INFINITY, ceiling: f64::INFINITY, least_span: 0.0 };
}

impl ValueAxis {
    /// An axis that holds all finite values, with a little air; `None` if there is no value.
    pub(super) fn fit(values: impl Iterator<Item = f64>, bounds: Bounds, height: f64) -> Option<Self> {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return None;
        }
        // A line at zero has no size of its own to go by.
        let size = Some(low.abs().max(high.abs())).filter(|size| *size > 1e-9).unwrap_or(100.0);
        let span = (high - low).max(bounds.least_span).max(size * 1e-3);
        let middle = f64::midpoint(low, high);
        let half = span * 0.54;
        let (mut low, mut high) = (middle - half, middle + half);
        // A bound moves the axis rather than cutting it, so that the least span holds.
        if high > bounds.ceiling {
            (low, high) = ((low - (high - bounds.ceiling)).min(middle), bounds.ceiling);
        }
        if low < bounds.floor {
            (low, high) = (bounds.floor, (high + (bounds.floor - low)).min(bounds.ceiling));
        }
        Some(Self { low, high, height })
    }

    /// Pixels from the top.
    pub(super) fn y(self, value: f64) -> f64 {
        (self.high - value) / (self.high - self.low) * self.height
    }

    /// Round values to label, lowest first, and the decimals they need.
    pub(super) fn ticks(self) -> (Vec<f64>, usize) {
        let about = (self.height / 34.0).clamp(2.0, 7.0);
        // A step somewhat smaller than asked for is nearer than the next larger one.
        let step = round_step((self.high - self.low) / about * 0.85);
        let first = (self.low / step - 1e-9).ceil();
        let last = (self.high / step + 1e-9).floor();
        let ticks = (0..=(last - first).max(0.0) as usize).map(|k| (first + k as f64) * step).collect();
        let digits = -step.log10().floor();
        // A step of 2.5 shows a digit more than one of 2.
        let is_half = (step * 10f64.powf(digits) - 2.5).abs() < 1e-9;
        (ticks, (digits + f64::from(u8::from(is_half))).max(0.0) as usize)
    }
}

/// The smallest round step that is not smaller than a rough one: 1, 2, 2.5 or 5 times a power of ten.
pub(super) fn round_step(rough: f64) -> f64 {
    let rough = if rough.is_finite() && rough > 0.0 { rough } else { 1.0 };
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0].map(|round| round * power).into_iter().find(|step| *step >= rough * 0.999);
    step.unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(low: f64, high: f64, bounds: Bounds) -> (Vec<f64>, usize) {
        ValueAxis::fit([low, high].into_iter(), bounds, 200.0).unwrap().ticks()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(78.0, 117.0, Bounds::NONE), (vec![80.0, 90.0, 100.0, 110.0], 0));
        assert_eq!(ticks(-0.38, 0.0, Bounds { ceiling: 0.0, ..Bounds::NONE }).0.last(), Some(&0.0));
        let (values, decimals) = ticks(1.84, 2.18, Bounds::NONE);
        assert_eq!((values.len(), decimals), (3, 1), "{values:?}");
    }

    #[test]
    fn a_bound_keeps_the_span() {
        let bounds = Bounds { floor: -1.0, ceiling: 1.0, least_span: 0.4 };
        let axis = ValueAxis::fit([0.97, 0.99].into_iter(), bounds, 100.0).unwrap();
        let holds = |value: f64| (-1e-9..=100.0 + 1e-9).contains(&axis.y(value));
        assert!(holds(1.0) && holds(0.6) && !holds(0.4));
    }

    #[test]
    fn a_constant_has_an_axis() {
        let axis = ValueAxis::fit([5.0, 5.0].into_iter(), Bounds::NONE, 100.0).unwrap();
        assert!((axis.y(5.0) - 50.0).abs() < 1e-9);
        assert!(!axis.ticks().0.is_empty());
        let (ticks, decimals) = ValueAxis::fit([0.0].into_iter(), Bounds::NONE, 100.0).unwrap().ticks();
        assert!(ticks.contains(&0.0) && decimals <= 2, "{ticks:?}");
        assert_eq!(ValueAxis::fit(std::iter::empty(), Bounds::NONE, 100.0), None);
    }
}
