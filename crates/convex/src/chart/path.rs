//! Path data: relative steps on a fine whole-number grid, which keeps a page of charts small.

use std::fmt::Write;
use std::ops::Range;

use convex_core::Day;

use super::reduce::{extremes, pieces};
use super::time_axis::TimeAxis;
use super::value_axis::ValueAxis;

/// Grid steps across the width of a panel on a page, where it is stretched to the width there is.
pub(super) const ACROSS: f64 = 4_000.0;
/// Grid steps to a pixel of height.
pub(super) const PER_PIXEL: f64 = 4.0;
/// Buckets across the width; each keeps two points.
const BUCKETS: usize = 360;

/// From days and values to whole steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) time: TimeAxis,
    pub(super) axis: ValueAxis,
    /// Steps across the whole width.
    pub(super) across: f64,
}

impl Grid {
    /// The grid of a panel on a page.
    pub(super) fn of_page(time: TimeAxis, axis: ValueAxis) -> Self {
        Self { time, axis, across: ACROSS }
    }

    pub(super) fn x(&self, day: Day) -> i64 {
        (self.time.x(day) * self.across).round() as i64
    }

    fn y(&self, value: f64) -> i64 {
        (self.axis.y(value) * PER_PIXEL).round() as i64
    }
}

/// The path of a line.
pub(super) fn line(days: &[Day], values: &[f64], grid: Grid) -> String {
    let mut path = Path::default();
    for piece in pieces(days) {
        let buckets = share_of_buckets(&piece, days.len());
        for (k, at) in extremes(values, piece.clone(), buckets).into_iter().enumerate() {
            path.point(grid.x(days[at]), grid.y(values[at]), k == 0);
        }
        if piece.len() == 1 {
            // A lone observation is a dot: round line ends draw a step of no length.
            path.text.push_str("h0");
        }
    }
    path.text
}

/// The outline of a band between two lines.
pub(super) fn band(days: &[Day], low: &[f64], high: &[f64], grid: Grid) -> String {
    let mut path = Path::default();
    for piece in pieces(days) {
        let buckets = share_of_buckets(&piece, days.len());
        let there = extremes(high, piece.clone(), buckets);
        for (k, at) in there.into_iter().enumerate() {
            path.point(grid.x(days[at]), grid.y(high[at]), k == 0);
        }
        for at in extremes(low, piece, buckets).into_iter().rev() {
            path.point(grid.x(days[at]), grid.y(low[at]), false);
        }
        path.text.push('z');
    }
    path.text
}

fn share_of_buckets(piece: &Range<usize>, all: usize) -> usize {
    (BUCKETS * piece.len() / all.max(1)).max(2)
}

/// A path under construction, with the point it stands at.
#[derive(Default)]
struct Path {
    text: String,
    x: i64,
    y: i64,
}

impl Path {
    fn point(&mut self, x: i64, y: i64, starts: bool) {
        let (dx, dy) = (x - self.x, y - self.y);
        // Writing to a string cannot fail.
        let _ = if starts {
            write!(self.text, "M{x} {y}")
        } else if dx == 0 && dy == 0 {
            return;
        } else {
            let gap = if dy < 0 { "" } else { " " };
            write!(self.text, "l{dx}{gap}{dy}")
        };
        (self.x, self.y) = (x, y);
    }
}

#[cfg(test)]
mod tests {
    use super::super::value_axis::Bounds;
    use super::*;

    fn days(offsets: &[i32]) -> Vec<Day> {
        offsets.iter().map(|offset| Day::from_epoch_days(20_000 + offset).unwrap()).collect()
    }

    #[test]
    fn steps_are_relative_and_a_gap_moves_the_pen() {
        let days = days(&[0, 1, 2, 99, 100]);
        let values = [0.0, 1.0, 0.5, 0.0, 1.0];
        let time = TimeAxis::new(days[0], days[4]);
        let axis = ValueAxis::fit(values.into_iter(), Bounds::NONE, 108.0).unwrap();
        assert_eq!(line(&days, &values, Grid::of_page(time, axis)), "M0 416l40-400l40 200M3960 416l40-400");
    }

    #[test]
    fn a_lone_point_is_drawn() {
        let days = days(&[0]);
        let axis = ValueAxis::fit([3.0].into_iter(), Bounds::NONE, 100.0).unwrap();
        assert_eq!(line(&days, &[3.0], Grid::of_page(TimeAxis::new(days[0], days[0]), axis)), "M2000 200h0");
    }

    #[test]
    fn a_band_is_closed() {
        let days = days(&[0, 1]);
        let time = TimeAxis::new(days[0], days[1]);
        let axis = ValueAxis::fit([0.0, 1.0].into_iter(), Bounds::NONE, 108.0).unwrap();
        assert_eq!(band(&days, &[0.0, 0.0], &[1.0, 1.0], Grid::of_page(time, axis)), "M0 16l4000 0l0 400l-4000 0z");
    }

    #[test]
    fn a_long_history_is_reduced() {
        let many: Vec<i32> = (0..9_000).collect();
        let days = days(&many);
        let values: Vec<f64> = many.iter().map(|k| f64::from(k % 7)).collect();
        let time = TimeAxis::new(days[0], days[8_999]);
        let axis = ValueAxis::fit(values.iter().copied(), Bounds::NONE, 200.0).unwrap();
        let points = line(&days, &values, Grid::of_page(time, axis)).matches('l').count();
        assert!((640..=722).contains(&points), "{points}");
    }
}
