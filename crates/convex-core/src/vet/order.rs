//! One value a day, in order, finite.

use super::judge::Bench;
use super::{Caution, Point, Reason};

/// The finite values in order of days, each day once. A day with two values has none.
pub(super) fn one_a_day(bench: &mut Bench<'_>) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(bench.offer.points.len());
    for point in bench.offer.points {
        if point.value.is_finite() {
            points.push(*point);
        } else {
            bench.refuse(*point, Reason::NotFinite);
        }
    }
    if let Some(pair) = points.windows(2).find(|pair| pair[0].day > pair[1].day) {
        bench.remark(pair[1].day, Caution::Disorder);
    }
    points.sort_by(|one, other| one.day.cmp(&other.day).then(one.value.total_cmp(&other.value)));
    let mut single = Vec::with_capacity(points.len());
    for same_day in points.chunk_by(|one, other| one.day == other.day) {
        let (first, last) = (same_day[0], same_day[same_day.len() - 1]);
        // Zero and minus zero are one value.
        if first.value < last.value {
            bench.refuse(first, Reason::Conflict { other: last.value });
            bench.refuse(last, Reason::Conflict { other: first.value });
            continue;
        }
        if same_day.len() > 1 {
            bench.remark(first.day, Caution::Repeated);
        }
        single.push(first);
    }
    single
}
