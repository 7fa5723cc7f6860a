//! Values by day, brought into the order that columns have.

use convex_core::Day;

use crate::{Candle, Point};

/// Sorts by day (and by day known). A day that stands twice with one value is one; with two, the one given last counts
/// and a warning says so.
pub(crate) fn ascending(mut points: Vec<Point>, symbol: &str, warnings: &mut Vec<String>) -> Vec<Point> {
    let key = |point: &Point| (point.day, point.known);
    if points.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])) {
        return points;
    }
    // Stable, so that of one day's values the last given is the last.
    points.sort_by_key(key);
    let mut twice: Option<(Point, usize)> = None;
    points.dedup_by(|later, kept| {
        let same = key(later) == key(kept);
        if same && later.value.to_bits() != kept.value.to_bits() {
            twice = Some((twice.map_or(*later, |(first, _)| first), twice.map_or(1, |(_, n)| n + 1)));
            *kept = *later;
        }
        same
    });
    if let Some((first, n)) = twice {
        warnings.push(format!("{symbol}: days with two different values: {n}, first {}", first.day));
    }
    points
}

/// Leaves out what lies after a day, with a warning.
pub(crate) fn until(mut points: Vec<Point>, last: Day, symbol: &str, warnings: &mut Vec<String>) -> Vec<Point> {
    let kept = points.iter().filter(|point| point.day <= last).count();
    if let Some(first) = points.iter().find(|point| point.day > last).map(|point| point.day) {
        let left_out = points.len() - kept;
        points.retain(|point| point.day <= last);
        warnings.push(format!("{symbol}: values after {last} left out: {left_out}, first {first}"));
    }
    points
}

/// The ranges by day; of a day that stands twice the one given last counts.
pub(crate) fn ranges_ascending(mut candles: Vec<Candle>) -> Vec<Candle> {
    candles.sort_by_key(|candle| candle.day);
    candles.dedup_by(|later, kept| {
        let same = later.day == kept.day;
        if same {
            *kept = *later;
        }
        same
    });
    candles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[(i32, f64)], expected: &[(i32, f64)], warned: Option<&str>) {
        let points = |rows: &[(i32, f64)]| -> Vec<Point> {
            rows.iter().filter_map(|&(day, v)| Some(Point::new(convex_core::Day::from_epoch_days(day)?, v))).collect()
        };
        let mut warnings = Vec::new();
        assert_eq!(ascending(points(rows), "x", &mut warnings), points(expected));
        assert_eq!(warnings.first().map(String::as_str), warned);
    }

    #[test]
    fn sorts_and_joins() {
        check(&[], &[], None);
        check(&[(2, 1.0), (1, 2.0), (0, 3.0)], &[(0, 3.0), (1, 2.0), (2, 1.0)], None);
        check(&[(1, 2.0), (1, 2.0), (0, 3.0)], &[(0, 3.0), (1, 2.0)], None);
        let words = "x: days with two different values: 2, first 1970-01-02";
        check(&[(1, 2.0), (0, 3.0), (1, 4.0), (5, 1.0), (5, 2.0)], &[(0, 3.0), (1, 4.0), (5, 2.0)], Some(words));
    }
}
