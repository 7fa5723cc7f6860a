//! The value axis of a panel.

/// Values from the bottom to the top of a panel so many pixels high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ValueAxis {
    low: f64,
    high: f64,
    height: f64,
    scale: Scale,
}

/// Which distances on an axis are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Equal differences.
    #[default]
    Linear,
    /// Equal ratios; only where all values are positive.
    Log,
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

/// A round value to label, and the decimals it needs.
pub(super) type Tick = (f64, usize);

impl Bounds {
    pub(super) const NONE: Self = Self { floor: f64::NEG_INFINITY, ceiling: f64::INFINITY, least_span: 0.0 };
}

impl ValueAxis {
    /// An axis that holds all finite values, with a little air; `None` if there is no value.
    pub(super) fn fit(values: impl Iterator<Item = f64>, bounds: Bounds, height: f64) -> Option<Self> {
        let (low, high) = ends(values)?;
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
        Some(Self { low, high, height, scale: Scale::Linear })
    }

    /// The same with equal ratios at equal distances; `None` too if a value is not positive.
    pub(super) fn fit_log(values: impl Iterator<Item = f64>, height: f64) -> Option<Self> {
        let (low, high) = ends(values).filter(|(low, _)| *low > 0.0)?;
        let (low, high) = (low.log10(), high.log10());
        let half = (high - low).max(1e-3) * 0.54;
        let middle = f64::midpoint(low, high);
        Some(Self { low: middle - half, high: middle + half, height, scale: Scale::Log })
    }

    /// Pixels from the top.
    pub(super) fn y(self, value: f64) -> f64 {
        let place = match self.scale {
            Scale::Linear => value,
            Scale::Log => value.max(f64::MIN_POSITIVE).log10(),
        };
        (self.high - place) / (self.high - self.low) * self.height
    }

    /// The values at the bottom and at the top.
    pub(super) fn range(self) -> (f64, f64) {
        match self.scale {
            Scale::Linear => (self.low, self.high),
            Scale::Log => (10f64.powf(self.low), 10f64.powf(self.high)),
        }
    }

    pub(super) fn scale(self) -> Scale {
        self.scale
    }

    /// Round values to label, lowest first.
    pub(super) fn ticks(self) -> Vec<Tick> {
        let (low, high) = self.range();
        match self.scale {
            Scale::Log if high / low > 6.0 => log_ticks(low, high, self.most()),
            _ => linear_ticks(low, high, self.most()),
        }
    }

    /// About how many labels have room.
    fn most(self) -> f64 {
        (self.height / 34.0).clamp(2.0, 7.0)
    }
}

fn ends(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.filter(|value| value.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    (low <= high).then_some((low, high))
}

fn linear_ticks(low: f64, high: f64, about: f64) -> Vec<Tick> {
    // A step somewhat smaller than asked for is nearer than the next larger one.
    let step = round_step((high - low) / about * 0.85);
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let digits = -step.log10().floor();
    // A step of 2.5 shows a digit more than one of 2.
    let is_half = (step * 10f64.powf(digits) - 2.5).abs() < 1e-9;
    let decimals = (digits + f64::from(u8::from(is_half))).max(0.0) as usize;
    (0..=(last - first).max(0.0) as usize).map(|k| ((first + k as f64) * step, decimals)).collect()
}

/// 1, 2 and 5 times powers of ten, or the powers alone where those are too many.
fn log_ticks(low: f64, high: f64, about: f64) -> Vec<Tick> {
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let at = |steps: &'static [f64]| {
        let all = powers.clone().flat_map(move |power| steps.iter().map(move |step| (step * 10f64.powi(power), power)));
        all.filter(|(value, _)| (low..=high).contains(value))
            .map(|(value, power)| (value, usize::try_from(-power).unwrap_or_default()))
            .collect::<Vec<Tick>>()
    };
    let choices: [&[f64]; 3] = [&[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let fits = choices.map(at).into_iter().find(|ticks| ticks.len() as f64 <= about + 1.0);
    fits.unwrap_or_else(|| at(&[1.0]))
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

    fn ticks(low: f64, high: f64, bounds: Bounds) -> Vec<Tick> {
        ValueAxis::fit([low, high].into_iter(), bounds, 200.0).unwrap().ticks()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(ticks(78.0, 117.0, Bounds::NONE), [(80.0, 0), (90.0, 0), (100.0, 0), (110.0, 0)]);
        let falls = ticks(-0.38, 0.0, Bounds { ceiling: 0.0, ..Bounds::NONE });
        assert!(falls.last().unwrap().0.abs() < 1e-12, "{falls:?}");
        let found = ticks(1.84, 2.18, Bounds::NONE);
        assert!(found.len() == 3 && found.iter().all(|(_, decimals)| *decimals == 1), "{found:?}");
    }

    #[test]
    fn a_log_axis_has_round_labels_and_equal_ratios() {
        let axis = ValueAxis::fit_log([8.0, 900.0].into_iter(), 208.0).unwrap();
        let values: Vec<f64> = axis.ticks().into_iter().map(|(value, _)| value).collect();
        assert_eq!(values, [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
        assert!(((axis.y(10.0) - axis.y(100.0)) - (axis.y(20.0) - axis.y(200.0))).abs() < 1e-9);
        let small = ValueAxis::fit_log([0.02, 0.3].into_iter(), 136.0).unwrap().ticks();
        assert_eq!(small, [(0.02, 2), (0.05, 2), (0.1, 1), (0.2, 1)]);
        let narrow = ValueAxis::fit_log([90.0, 120.0].into_iter(), 208.0).unwrap().ticks();
        assert!((narrow.first().unwrap().0 - 90.0).abs() < 1e-9, "{narrow:?}");
        assert_eq!(ValueAxis::fit_log([0.0, 1.0].into_iter(), 208.0), None);
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
        assert!(!axis.ticks().is_empty());
        let ticks = ValueAxis::fit([0.0].into_iter(), Bounds::NONE, 100.0).unwrap().ticks();
        assert!(ticks.iter().any(|(value, decimals)| *value == 0.0 && *decimals <= 2), "{ticks:?}");
        assert_eq!(ValueAxis::fit(std::iter::empty(), Bounds::NONE, 100.0), None);
        assert!(!ValueAxis::fit_log([5.0].into_iter(), 100.0).unwrap().ticks().is_empty());
    }
}
