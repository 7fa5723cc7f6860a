//! Aggregates of sliding windows without ever subtracting what leaves.

/// `merge` folded over each run of `window` consecutive items of `n`, in order; empty if there are fewer.
///
/// The items are cut into stretches of one window each. A window is the end of one stretch and the beginning of the next,
/// so two running aggregates, one from each side of the cut, give it in one merge: linear time, and none of the rounding
/// that builds up when old items are taken out again. `item(at, anchor)` is the item at `at` for windows that all hold the
/// position `anchor`, so that values can be measured from a near one.
pub(crate) fn sliding<T: Copy>(
    n: usize,
    window: usize,
    item: impl Fn(usize, usize) -> T,
    merge: impl Fn(T, T) -> T,
) -> Vec<T> {
    if window == 0 || n < window {
        return Vec::new();
    }
    let mut found = Vec::with_capacity(n - window + 1);
    let mut before = Vec::with_capacity(window);
    for cut in (0..n).step_by(window) {
        before.clear();
        // Aggregates that end just before the cut, the longest last; windows that begin at the cut itself need none.
        if let Some(first) = (cut + 1).checked_sub(window) {
            for at in (first..cut).rev() {
                before.push(before.last().map_or_else(|| item(at, cut), |later| merge(item(at, cut), *later)));
            }
        }
        let mut after = item(cut, cut);
        for at in cut..n.min(cut + window) {
            if at > cut {
                after = merge(after, item(at, cut));
            }
            let inside = at + 1 - cut;
            if inside == window {
                found.push(after);
            } else if let Some(earlier) = before.get(window - inside - 1) {
                found.push(merge(*earlier, after));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_hold_their_own_items_in_order() {
        for window in 1..=9 {
            // Decimal digits written one after the other show both content and order.
            let digit = |at: usize, anchor: usize| {
                assert!(at.abs_diff(anchor) < window);
                (at as u64 + 1, 10)
            };
            let joined = sliding(9, window, digit, |(a, p): (u64, u64), (b, q)| (a * q + b, p * q));
            let number = |first: u64| (first..first + window as u64).fold(0, |number, digit| number * 10 + digit);
            let expected: Vec<u64> = (1..=10 - window as u64).map(number).collect();
            assert_eq!(joined.into_iter().map(|(number, _)| number).collect::<Vec<_>>(), expected);
        }
        assert!(sliding(9, 10, |at, _| at, |a, _| a).is_empty());
        assert!(sliding(9, 0, |at, _| at, |a, _| a).is_empty());
    }
}
