//! The order of two series and their rank correlation by Kendall.

/// Where the values of a series stand among themselves.
pub(super) struct Order {
    /// Values by size.
    pub(super) sorted: Vec<f64>,
    /// Twice the mid-rank of each value less 1: its share is this over 2 n.
    pub(super) half_ranks: Vec<usize>,
    /// Place of each value's group of equals, by size.
    groups: Vec<usize>,
    /// Positions of the members of each group.
    members: Vec<Vec<usize>>,
}

impl Order {
    pub(super) fn of(values: &[f64]) -> Self {
        let n = values.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|one, other| values[*one].total_cmp(&values[*other]));
        let (mut half_ranks, mut groups, mut members) = (vec![0; n], vec![0; n], Vec::new());
        let mut begin = 0;
        for equal in order.chunk_by(|one, other| values[*one] >= values[*other]) {
            for place in equal {
                half_ranks[*place] = 2 * begin + equal.len();
                groups[*place] = members.len();
            }
            begin += equal.len();
            members.push(equal.to_vec());
        }
        Self { sorted: order.into_iter().map(|place| values[place]).collect(), half_ranks, groups, members }
    }

    /// Share of pairs of observations that are not equal.
    fn untied(&self) -> f64 {
        let n = self.sorted.len();
        let tied: usize = self.members.iter().map(|group| group.len() * (group.len() - 1)).sum();
        1.0 - tied as f64 / (n * (n - 1)) as f64
    }
}

/// Kendall's tau-b with the influence of each observation.
pub(super) struct Kendall {
    pub(super) tau: f64,
    pub(super) influence: Vec<f64>,
}

impl Kendall {
    /// tau = (concordant - discordant) / sqrt(pairs untied in a x pairs untied in b). The influence of an observation is
    /// twice the excess of its own share, concordant less discordant with the others, over the mean share. Counted in
    /// n log n steps.
    pub(super) fn of(a: &Order, b: &Order) -> Self {
        let n = a.sorted.len();
        let mut net = vec![0_i64; n];
        count(a.members.iter(), b, |place, lower, higher| net[place] += lower - higher);
        count(a.members.iter().rev(), b, |place, lower, higher| net[place] += higher - lower);
        let scale = (a.untied() * b.untied()).sqrt();
        let shares: Vec<f64> = net.iter().map(|net| *net as f64 / (n - 1) as f64 / scale).collect();
        let tau = shares.iter().sum::<f64>() / n as f64;
        Self { tau, influence: shares.iter().map(|share| 2.0 * (share - tau)).collect() }
    }
}

/// For each observation, in groups of one size of a: how many of the groups before are lower, and higher, in b.
fn count<'a>(groups: impl Iterator<Item = &'a Vec<usize>>, b: &Order, mut tell: impl FnMut(usize, i64, i64)) {
    // A tree of counts (Fenwick 1994): place k holds those of the groups it ends.
    let mut tree = vec![0_i64; b.members.len() + 1];
    let mut before = 0;
    let up_to = |tree: &[i64], group: usize| {
        let (mut sum, mut k) = (0, group);
        while k > 0 {
            sum += tree[k];
            k &= k - 1;
        }
        sum
    };
    for group in groups {
        for place in group {
            let own = b.groups[*place];
            tell(*place, up_to(&tree, own), before - up_to(&tree, own + 1));
        }
        for place in group {
            let mut k = b.groups[*place] + 1;
            while k < tree.len() {
                tree[k] += 1;
                k += k & k.wrapping_neg();
            }
        }
        before += group.len() as i64;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(a: &[f64], b: &[f64]) {
        let (x, y) = (Order::of(a), Order::of(b));
        let found = Kendall::of(&x, &y);
        let n = a.len();
        let sign = |x: f64, y: f64| f64::from(i8::from(x > y) - i8::from(x < y));
        let net = |t: usize| (0..n).map(|s| sign(a[t], a[s]) * sign(b[t], b[s])).sum::<f64>();
        let untied = |v: &[f64]| (0..n).map(|t| (0..n).filter(|s| v[t] != v[*s]).count()).sum::<usize>() as f64;
        let total: f64 = (0..n).map(net).sum();
        let expected = total / (untied(a) * untied(b)).sqrt();
        if expected.is_finite() {
            assert!((found.tau - expected).abs() < 1e-12, "{} against {expected}", found.tau);
            let scale = (n - 1) as f64 * (untied(a) * untied(b)).sqrt() / (n * (n - 1)) as f64;
            for (t, influence) in found.influence.iter().enumerate() {
                assert!((influence - 2.0 * (net(t) / scale - expected)).abs() < 1e-11);
            }
        }
    }

    proptest! {
        #[test]
        fn equals_the_count_of_pairs(pairs in prop::collection::vec((0..12_u8, 0..9_u8), 2..60)) {
            let (a, b): (Vec<f64>, Vec<f64>) = pairs.into_iter().map(|(a, b)| (f64::from(a), f64::from(b))).unzip();
            check(&a, &b);
        }
    }

    #[test]
    fn half_ranks_are_mid_ranks() {
        let order = Order::of(&[3.0, 1.0, 3.0, -2.0, 3.0]);
        assert_eq!(order.half_ranks, [7, 3, 7, 1, 7]);
        assert_eq!(order.sorted, [-2.0, 1.0, 3.0, 3.0, 3.0]);
        assert!((order.untied() - 0.7).abs() < 1e-15);
    }
}
