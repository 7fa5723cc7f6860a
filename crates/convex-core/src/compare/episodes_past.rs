//! Where a value stands among everything before it.

/// Values in the order of time, of which more and more are known.
pub(super) struct Past {
    /// Rank of each value among all, from zero; equal values keep the order of time.
    ranks: Vec<usize>,
    /// The values in increasing order.
    ordered: Vec<f64>,
    /// Binary indexed tree of how many known values stand at each rank.
    tree: Vec<usize>,
    known: usize,
}

impl Past {
    /// Nothing of `values` is known yet; all are finite.
    pub(super) fn of(values: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
        let mut ranks = vec![0; values.len()];
        for (rank, place) in order.iter().enumerate() {
            ranks[*place] = rank;
        }
        let ordered = order.iter().map(|place| values[*place]).collect();
        Self { ranks, ordered, tree: vec![0; values.len() + 1], known: 0 }
    }

    /// How many are known.
    pub(super) fn known(&self) -> usize {
        self.known
    }

    /// The next value in time becomes known.
    pub(super) fn learn(&mut self) {
        let mut at = self.ranks[self.known] + 1;
        while at < self.tree.len() {
            self.tree[at] += 1;
            at += at & at.wrapping_neg();
        }
        self.known += 1;
    }

    /// Share of the known values below `value`, half of those equal counted.
    pub(super) fn share_below(&self, value: f64) -> f64 {
        let below = self.count(self.ordered.partition_point(|known| *known < value));
        let equal = self.count(self.ordered.partition_point(|known| *known <= value)) - below;
        (below as f64 + 0.5 * equal as f64) / self.known as f64
    }

    /// The smallest known value with at least this share of the known at or below it; something must be known.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let mut wanted = ((share * self.known as f64).ceil() as usize).clamp(1, self.known);
        let (mut at, mut step) = (0, (self.tree.len() - 1).next_power_of_two());
        while step > 0 {
            let next = at + step;
            if next < self.tree.len() && self.tree[next] < wanted {
                wanted -= self.tree[next];
                at = next;
            }
            step /= 2;
        }
        self.ordered[at]
    }

    /// Known values among the `first` smallest of all.
    fn count(&self, first: usize) -> usize {
        let (mut at, mut count) = (first, 0);
        while at > 0 {
            count += self.tree[at];
            at &= at - 1;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_sorting_what_is_known() {
        let values: Vec<f64> = (0..200_u32).map(|t| f64::from(t * t * 31 % 83)).collect();
        let mut past = Past::of(&values);
        for known in 1..=values.len() {
            past.learn();
            let mut sorted = values[..known].to_vec();
            sorted.sort_by(f64::total_cmp);
            let at = |share: f64| sorted[(share * known as f64).ceil().max(1.0) as usize - 1];
            assert_eq!(past.known(), known);
            assert_eq!((past.quantile(0.05), past.quantile(0.5)), (at(0.05), at(0.5)));
            let below = sorted.iter().filter(|value| **value < 40.0).count() as f64;
            let equal = sorted.iter().filter(|value| value.total_cmp(&40.0).is_eq()).count() as f64;
            assert!((past.share_below(40.0) - (below + equal / 2.0) / known as f64).abs() < 1e-12);
        }
    }
}
