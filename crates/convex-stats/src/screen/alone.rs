//! One pair by itself, from its own common rows: what every faster way must equal.

use super::common::Common;
use super::gap::gap_z;
use super::sums::change_of;
use super::{BEFORE, Column, Found, LEAST, Link, NOW, YEAR};
use crate::correlation::pearson;
use crate::sample::Deviations;
use crate::sum::dot;

/// Changes of two columns between consecutive common rows, and the row each ends at. A change from or to a level that is
/// not a number is left out.
///
/// ```
/// use convex_stats::screen::{Column, common_changes};
///
/// let a = Column::new(5, [(0, 1.0), (1, 3.0), (2, 6.0), (4, 10.0)]);
/// let b = Column::new(5, [(0, 0.0), (2, 1.0), (3, 5.0), (4, 3.0)]);
/// assert_eq!(common_changes(&a, &b), (vec![2, 4], vec![5.0, 4.0], vec![1.0, 2.0]));
/// ```
pub fn common_changes(a: &Column, b: &Column) -> (Vec<usize>, Vec<f64>, Vec<f64>) {
    let rows = a.rows().shared(b.rows());
    let mut found = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for pair in rows.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (moved_a, moved_b) = (a.level(to) - a.level(from), b.level(to) - b.level(from));
        if moved_a.is_finite() && moved_b.is_finite() {
            found.0.push(to);
            found.1.push(moved_a);
            found.2.push(moved_b);
        }
    }
    found
}

/// What is found for a pair of columns of one panel, its gap included; `quarters` says of each row which is the last a
/// quarter before it.
///
/// # Panics
/// If there are fewer `quarters` than rows.
pub fn alone(quarters: &[Option<u32>], a: &Column, b: &Column) -> Found {
    let common = Common::of(a.rows(), b.rows());
    let (ends, x, y) = common_changes(a, b);
    let last = common.last().unwrap_or(0);
    let n = ends.len();
    let opens = quarters.get(last).copied().flatten();
    let quarter = opens.map_or(0, |row| ends.partition_point(|end| *end <= row as usize));
    let from = |start: usize, least: usize| link(&x[start..], &y[start..], least);
    Found {
        rows: common.count() as u32,
        last: last as u32,
        quarter: from(quarter, LEAST),
        year: from(n.saturating_sub(YEAR), YEAR),
        all: from(0, LEAST),
        change: change(&x, &y),
        gap: gap_z(a, b).unwrap_or(f64::NAN),
    }
}

fn link(x: &[f64], y: &[f64], least: usize) -> Link {
    let n = x.len() as u32;
    if x.len() < least {
        return Link::none(n);
    }
    match (Deviations::of_varying(x), Deviations::of_varying(y)) {
        (Ok(a), Ok(b)) => Link {
            n,
            pearson: pearson(x, y).and_then(crate::correlation::unless_identical).unwrap_or(f64::NAN),
            beta: dot(&a.values, &b.values) / b.square,
        },
        _ => Link::none(n),
    }
}

fn change(x: &[f64], y: &[f64]) -> f64 {
    let Some(start) = x.len().checked_sub(NOW + BEFORE) else { return f64::NAN };
    let at = start + BEFORE;
    change_of(link(&x[at..], &y[at..], NOW).pearson, link(&x[start..at], &y[start..at], BEFORE).pearson)
}
