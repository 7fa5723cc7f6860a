//! A line the size of a word.

use super::path::{ACROSS, Grid, PER_PIXEL};
use super::time_axis::TimeAxis;
use super::value_axis::{Bounds, ValueAxis};
use super::{escape, path};
use convex_core::Day;

const HEIGHT: f64 = 40.0;

/// A sparkline; empty for fewer than two values. `label` says what is drawn.
pub fn sparkline(days: &[Day], values: &[f64], class: &str, label: &str) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    let Some(axis) = ValueAxis::fit(values.iter().copied(), Bounds::NONE, HEIGHT) else { return String::new() };
    if days.len() < 2 {
        return String::new();
    }
    let path = path::line(days, values, Grid::of_page(TimeAxis::new(*first, *last), axis));
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {ACROSS} {}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">\
         <path class=\"{class}\" d=\"{path}\"/></svg>",
        HEIGHT * PER_PIXEL,
        escape(label),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_two_values_and_not_one() {
        let days: Vec<Day> = ["2025-12-30", "2025-12-31"].map(|text| text.parse().unwrap()).to_vec();
        assert_eq!(sparkline(&days[..1], &[1.0], "a", ""), "");
        let svg = sparkline(&days, &[1.0, 2.0], "a", "A & B");
        assert!(svg.contains("d=\"M0 ") && svg.contains("A &amp; B"), "{svg}");
    }
}
