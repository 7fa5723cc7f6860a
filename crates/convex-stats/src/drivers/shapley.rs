//! The share of each regressor in what all of them explain.

use crate::least_squares::Cholesky;

/// Shapley shares of R^2 from inner products of the regressors (lower triangle), those with y, and the square of y, all of
/// deviations from means.
pub(super) fn shapley_shares(products: &[Vec<f64>], with_y: &[f64], square: f64) -> Vec<f64> {
    let count = with_y.len();
    let explained: Vec<f64> = (0..1_usize << count).map(|set| explained(set, products, with_y) / square).collect();
    let weights = weights(count);
    let share = |one: usize| {
        let without = (0..1_usize << count).filter(|set| set >> one & 1 == 0);
        without.map(|set| weights[set.count_ones() as usize] * (explained[set | 1 << one] - explained[set])).sum()
    };
    (0..count).map(share).collect()
}

/// For each size of a set, the chance that in a random order just this set comes before a given regressor outside it:
/// size! (count - size - 1)! / count!.
fn weights(count: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / count as f64; count];
    for size in 1..count {
        weights[size] = weights[size - 1] * size as f64 / (count - size) as f64;
    }
    weights
}

/// Sum of squares of y that the regressors in `set` (a bit for each) explain.
fn explained(set: usize, products: &[Vec<f64>], with_y: &[f64]) -> f64 {
    let members: Vec<usize> = (0..with_y.len()).filter(|one| set >> one & 1 == 1).collect();
    let row = |place: usize| members[..=place].iter().map(|other| products[members[place]][*other]).collect();
    let right: Vec<f64> = members.iter().map(|one| with_y[*one]).collect();
    let z = Cholesky::of((0..members.len()).map(row).collect()).explained(&right);
    z.iter().map(|z| z * z).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_one_over_all_sets() {
        assert_eq!(weights(3), [1.0 / 3.0, 1.0 / 6.0, 1.0 / 3.0]);
        assert_eq!(weights(1), [1.0]);
    }

    #[test]
    fn unrelated_regressors_share_what_they_explain_alone() {
        let products = [vec![2.0], vec![0.0, 4.0]];
        let shares = shapley_shares(&products, &[1.0, 2.0], 10.0);
        assert!((shares[0] - 0.05).abs() < 1e-15 && (shares[1] - 0.1).abs() < 1e-15);
    }

    #[test]
    fn twins_share_equally() {
        let products = [vec![1.0], vec![0.5, 1.0]];
        let shares = shapley_shares(&products, &[0.6, 0.6], 1.0);
        assert!((shares[0] - shares[1]).abs() < 1e-15);
        assert!((shares[0] + shares[1] - 0.48).abs() < 1e-15);
    }
}
