//! Estimates as dots with their intervals as bars, several on one axis.

use std::fmt::Write;

use super::value_axis::round_step;
use crate::format;

/// Room left and right of the axis, in per cent of the width.
const EDGE: f64 = 4.0;

/// One estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Whisker {
    /// Where the dot stands.
    pub value: f64,
    /// From where to where the bar goes.
    pub interval: Option<(f64, f64)>,
}

/// One drawing for each estimate, all on the axis that holds them and the reference values.
pub fn whiskers(estimates: &[Option<Whisker>], references: &[f64]) -> Vec<String> {
    let axis = Axis::of(estimates, references);
    estimates
        .iter()
        .map(|estimate| {
            let mut svg = format!(
                "<svg class=\"whisk\" height=\"16\" aria-hidden=\"true\">\
                 <line class=\"axis\" x1=\"{EDGE}%\" x2=\"{}%\" y1=\"8\" y2=\"8\"/>",
                100.0 - EDGE
            );
            for reference in references {
                let x = axis.x(*reference);
                let _ = write!(svg, "<line class=\"ref\" x1=\"{x:.1}%\" x2=\"{x:.1}%\" y1=\"1\" y2=\"15\"/>");
            }
            if let Some(Whisker { value, interval }) = estimate {
                if let Some((from, to)) = interval {
                    let (from, to) = (axis.x(*from), axis.x(*to));
                    let _ = write!(svg, "<line class=\"bar\" x1=\"{from:.1}%\" x2=\"{to:.1}%\" y1=\"8\" y2=\"8\"/>");
                }
                let _ = write!(svg, "<circle class=\"dot\" cx=\"{:.1}%\" cy=\"8\" r=\"3.6\"/>", axis.x(*value));
            }
            svg.push_str("</svg>");
            svg
        })
        .collect()
}

/// The labels under those drawings: the reference values, then the ends of the axis where there is room.
pub fn whisker_axis(estimates: &[Option<Whisker>], references: &[f64]) -> String {
    let axis = Axis::of(estimates, references);
    let mut svg = "<svg class=\"whisk\" height=\"12\" aria-hidden=\"true\">".to_owned();
    let mut taken: Vec<f64> = Vec::new();
    for value in references.iter().copied().chain([axis.low, axis.high]) {
        let x = axis.x(value);
        if taken.iter().all(|other| (x - other).abs() > 20.0) {
            let _ = write!(svg, "<text class=\"tick mid\" x=\"{x:.1}%\" y=\"10\">{}</text>", round_text(value));
            taken.push(x);
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Round ends that hold every dot, bar and reference.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn of(estimates: &[Option<Whisker>], references: &[f64]) -> Self {
        let bars = estimates.iter().flatten().flat_map(|whisker| {
            let (low, high) = whisker.interval.unwrap_or((whisker.value, whisker.value));
            [whisker.value, low, high]
        });
        let (low, high) = bars
            .chain(references.iter().copied())
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Self { low: 0.0, high: 1.0 };
        }
        let step = round_step((high - low) / 4.0);
        let (first, last) = ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step);
        Self { low: first, high: if last > first { last } else { first + step } }
    }

    /// Where a value stands, in per cent of the width.
    fn x(self, value: f64) -> f64 {
        EDGE + (value - self.low) / (self.high - self.low) * (100.0 - 2.0 * EDGE)
    }
}

fn round_text(value: f64) -> String {
    let decimals = if value != 0.0 && value.abs() < 0.1 { 4 } else { 2 };
    let text = format::fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_bars_and_references() {
        let at = |value: f64, low: f64, high: f64| Some(Whisker { value, interval: Some((low, high)) });
        let check = |estimates: &[Option<Whisker>], references: &[f64], low: f64, high: f64| {
            let axis = Axis::of(estimates, references);
            assert!((axis.low - low).abs() < 1e-9 && (axis.high - high).abs() < 1e-9, "{axis:?}");
        };
        check(&[at(0.77, 0.70, 0.83), None], &[0.0], 0.0, 1.0);
        check(&[at(0.76, 0.71, 0.82)], &[1.0], 0.7, 1.0);
        check(&[at(0.45, 0.42, 0.49), at(0.64, 0.5, 0.77)], &[0.0, 1.0], 0.0, 1.0);
        check(&[Some(Whisker { value: -0.51, interval: None })], &[-2.0, 0.0, 2.0], -2.0, 2.0);
        check(&[], &[], 0.0, 1.0);
        check(&[at(1.0, 1.0, 1.0)], &[1.0], 1.0, 2.0);
    }

    #[test]
    fn nothing_to_draw_is_an_empty_axis() {
        let one = Some(Whisker { value: 0.77, interval: Some((0.70, 0.83)) });
        let drawn = whiskers(&[one, None], &[0.0]);
        assert!(drawn[0].contains("class=\"dot\"") && !drawn[1].contains("class=\"dot\""));
        assert!(whisker_axis(&[one], &[0.0]).contains(">0</text>"));
    }
}
