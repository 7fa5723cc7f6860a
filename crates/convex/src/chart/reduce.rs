//! From observations to the points worth drawing: cut at gaps, then the extremes of each bucket.

use std::ops::Range;

use convex_core::Day;

/// Pieces of a line without a gap: a step longer than ten days, or than two and a half usual steps, breaks it.
pub(super) fn pieces(days: &[Day]) -> Vec<Range<usize>> {
    let mut steps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(1);
    let longest = (usual * 5 / 2).max(10);
    let mut start = 0;
    let mut pieces = Vec::new();
    for at in 1..=days.len() {
        if at == days.len() || days[at] - days[at - 1] > longest {
            pieces.push(start..at);
            start = at;
        }
    }
    pieces
}

/// Positions to draw of a piece: all, or first, last and the lowest and highest of each of so many buckets.
pub(super) fn extremes(values: &[f64], piece: Range<usize>, buckets: usize) -> Vec<usize> {
    if piece.len() <= buckets * 2 {
        return piece.collect();
    }
    let mut kept = Vec::with_capacity(buckets * 2 + 2);
    kept.push(piece.start);
    for bucket in 0..buckets {
        let from = piece.start + piece.len() * bucket / buckets;
        let to = piece.start + piece.len() * (bucket + 1) / buckets;
        let by_value = |x: &usize, y: &usize| values[*x].total_cmp(&values[*y]);
        let (Some(low), Some(high)) = ((from..to).min_by(by_value), (from..to).max_by(by_value)) else { continue };
        kept.extend([low.min(high), low.max(high)]);
    }
    kept.push(piece.end - 1);
    kept.dedup();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(offsets: &[i32]) -> Vec<Day> {
        offsets.iter().map(|offset| Day::from_epoch_days(20_000 + offset).unwrap()).collect()
    }

    #[test]
    fn a_gap_breaks_the_line() {
        assert_eq!(pieces(&days(&[0, 1, 4, 14, 25, 26])), vec![0..4, 4..6]);
        assert_eq!(
            pieces(&days(&[0, 31, 59, 90, 151, 181])),
            vec![0..6],
            "a month left out of a monthly series is bridged"
        );
        assert_eq!(pieces(&days(&[0, 31, 59, 90, 181, 212])), vec![0..4, 4..6]);
        assert_eq!(pieces(&days(&[7])), vec![0..1]);
        assert_eq!(pieces(&[]), Vec::<Range<usize>>::new());
    }

    #[test]
    fn extremes_survive() {
        let mut values: Vec<f64> = (0..10_000).map(|k| f64::from(k % 17)).collect();
        values[4_321] = 99.0;
        values[8_765] = -99.0;
        let kept = extremes(&values, 0..values.len(), 400);
        assert!(kept.len() <= 802);
        assert!(kept.contains(&4_321) && kept.contains(&8_765) && kept.contains(&0) && kept.contains(&9_999));
        assert!(kept.is_sorted());
    }
}
