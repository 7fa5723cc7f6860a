//! An order in which what is alike stands together.

/// Order of n things by average linkage: the two nearest groups are joined again and again, the distance of two groups is
/// the mean over their members, and the sides of a join are turned so that the nearer ends meet (Bar-Joseph and others 2001
/// in spirit; greedy, not optimal).
///
/// `distance(i, j)` is symmetric; what has no distance counts as infinitely far. Time grows with the cube of n.
///
/// ```
/// let at = [0.0_f64, 10.0, 0.1, 10.2, 0.3];
/// let order = convex_stats::cluster::leaf_order(5, |i, j| (at[i] - at[j]).abs());
/// let place = |one: usize| order.iter().position(|other| *other == one).unwrap();
/// assert!(place(1).abs_diff(place(3)) == 1 && place(0).abs_diff(place(2)) == 1);
/// ```
pub fn leaf_order(n: usize, distance: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let far = |i: usize, j: usize| {
        let found = distance(i, j);
        if found.is_finite() { found } else { f64::MAX / n.pow(2).max(1) as f64 }
    };
    let mut groups: Vec<Vec<usize>> = (0..n).map(|at| vec![at]).collect();
    let mean = |one: &[usize], other: &[usize]| {
        let sum: f64 = one.iter().flat_map(|i| other.iter().map(move |j| (*i, *j))).map(|(i, j)| far(i, j)).sum();
        sum / (one.len() * other.len()) as f64
    };
    let mut between: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { f64::INFINITY } else { far(i, j) }).collect()).collect();
    while groups.len() > 1 {
        let (mut i, mut j, mut nearest) = (0, 1, f64::INFINITY);
        for (one, row) in between.iter().enumerate() {
            for (other, apart) in row.iter().enumerate().skip(one + 1) {
                if *apart < nearest {
                    (i, j, nearest) = (one, other, *apart);
                }
            }
        }
        let (right, left) = (groups.swap_remove(j), &mut groups[i]);
        between.swap_remove(j);
        for row in &mut between {
            row.swap_remove(j);
        }
        join(left, right, &far);
        for other in (0..groups.len()).filter(|other| *other != i) {
            let apart = mean(&groups[i], &groups[other]);
            (between[i][other], between[other][i]) = (apart, apart);
        }
    }
    groups.pop().unwrap_or_default()
}

/// Puts two groups beside each other with their nearest ends in the middle.
fn join(left: &mut Vec<usize>, mut right: Vec<usize>, far: &impl Fn(usize, usize) -> f64) {
    let ends = |group: &[usize]| (group[0], group[group.len() - 1]);
    let ((a, b), (c, d)) = (ends(left), ends(&right));
    let meets = [far(b, c), far(b, d), far(a, c), far(a, d)];
    let nearest = (0..4).min_by(|one, other| meets[*one].total_cmp(&meets[*other])).unwrap_or(0);
    if nearest >= 2 {
        left.reverse();
    }
    if nearest % 2 == 1 {
        right.reverse();
    }
    left.append(&mut right);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line_come_back_in_order() {
        let at = [7.0_f64, 1.0, 4.0, 2.2, 5.5, 9.0];
        let mut order = leaf_order(6, |i, j| (at[i] - at[j]).abs());
        if at[order[0]] > at[order[5]] {
            order.reverse();
        }
        assert_eq!(order, [1, 3, 2, 4, 0, 5]);
    }

    #[test]
    fn serves_few_and_those_without_a_distance() {
        assert!(leaf_order(0, |_, _| 0.0).is_empty());
        assert_eq!(leaf_order(1, |_, _| 0.0), [0]);
        let mut order = leaf_order(4, |i, j| if i == 3 || j == 3 { f64::NAN } else { 1.0 });
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3]);
    }
}
