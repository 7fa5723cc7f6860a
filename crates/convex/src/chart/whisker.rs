//! Estimates as dots with their intervals as bars, several on one axis.

use std::fmt::Write;

use super::value_axis::{Bounds, ValueAxis};
use crate::format;

const WIDTH: f64 = 160.0;
const EDGE: f64 = 6.0;

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
    let (low, high) = extent(estimates, references);
    let x = |value: f64| EDGE + (value - low) / (high - low) * (WIDTH - 2.0 * EDGE);
    estimates
        .iter()
        .map(|estimate| {
            let mut svg = format!(
                "<svg class=\"whisk\" viewBox=\"0 0 {WIDTH} 16\" width=\"{WIDTH}\" height=\"16\" aria-hidden=\"true\">\
                 <path class=\"axis\" d=\"M{EDGE} 8H{}\"/>",
                WIDTH - EDGE
            );
            for reference in references {
                let _ = write!(svg, "<path class=\"ref\" d=\"M{:.1} 1V15\"/>", x(*reference));
            }
            if let Some(Whisker { value, interval }) = estimate {
                if let Some((from, to)) = interval {
                    let _ = write!(svg, "<path class=\"bar\" d=\"M{:.1} 8H{:.1}\"/>", x(*from), x(*to));
                }
                let _ = write!(svg, "<circle class=\"dot\" cx=\"{:.1}\" cy=\"8\" r=\"3.6\"/>", x(*value));
            }
            svg.push_str("</svg>");
            svg
        })
        .collect()
}

/// The axis under those drawings: its ends and the reference values.
pub fn whisker_axis(estimates: &[Option<Whisker>], references: &[f64]) -> String {
    let (low, high) = extent(estimates, references);
    let x = |value: f64| EDGE + (value - low) / (high - low) * (WIDTH - 2.0 * EDGE);
    let mut svg = format!(
        "<svg class=\"whisk\" viewBox=\"0 0 {WIDTH} 12\" width=\"{WIDTH}\" height=\"12\" aria-hidden=\"true\">"
    );
    let mut taken: Vec<f64> = Vec::new();
    for value in references.iter().copied().chain([low, high]) {
        let at = x(value);
        if taken.iter().all(|other| (at - other).abs() > 24.0) {
            let anchor = if at < 14.0 { "from" } else if at > WIDTH - 14.0 { "to" } else { "mid" };
            let at = if anchor == "from" { 0.0 } else if anchor == "to" { WIDTH } else { at };
            let _ = write!(svg, "<text class=\"tick {anchor}\" x=\"{at:.1}\" y=\"10\">{}</text>", round_text(value));
            taken.push(x(value));
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Round ends that hold every dot, bar and reference.
fn extent(estimates: &[Option<Whisker>], references: &[f64]) -> (f64, f64) {
    let bars = estimates.iter().flatten().flat_map(|whisker| {
        let (low, high) = whisker.interval.unwrap_or((whisker.value, whisker.value));
        [whisker.value, low, high]
    });
    let Some(axis) = ValueAxis::fit(bars.chain(references.iter().copied()), Bounds::NONE, 200.0) else {
        return (0.0, 1.0);
    };
    let (ticks, _) = axis.ticks();
    let (Some(first), Some(last)) = (ticks.first(), ticks.last()) else { return (0.0, 1.0) };
    let step = if ticks.len() > 1 { ticks[1] - ticks[0] } else { first.abs().max(1.0) };
    let low = if axis.holds(first - step * 0.04) { first - step } else { *first };
    let high = if axis.holds(last + step * 0.04) { last + step } else { *last };
    (low, high)
}

fn round_text(value: f64) -> String {
    let text = format::fixed(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_holds_bars_and_references() {
        let one = Some(Whisker { value: 0.77, interval: Some((0.70, 0.83)) });
        let (low, high) = extent(&[one, None], &[0.0]);
        assert!(low <= 0.0 && (0.83..=1.01).contains(&high), "{low} {high}");
        let drawn = whiskers(&[one, None], &[0.0]);
        assert_eq!(drawn.len(), 2);
        assert!(drawn[0].contains("class=\"dot\"") && !drawn[1].contains("class=\"dot\""));
        assert!(whisker_axis(&[one], &[0.0]).contains(">0</text>"));
    }

    #[test]
    fn nothing_to_draw_is_an_empty_axis() {
        assert_eq!(extent(&[], &[]), (0.0, 1.0));
        assert_eq!(whiskers(&[None], &[]).len(), 1);
    }
}
