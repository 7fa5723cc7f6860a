//! Past cases nearest to a supposed one.

use crate::Undefined;
use crate::least_squares::{Cholesky, inner_products};
use crate::sample::Deviations;

/// Squared Mahalanobis distance of each case from `target`: differences weighed by the inverse covariance of all cases,
/// so that correlated moves are not counted twice (Mahalanobis 1936).
///
/// `columns` holds one list for each thing that moves. Needs 30 cases, varying and not collinear. Errors:
/// [`Undefined::TooFew`], [`Undefined::Constant`], [`Undefined::NotMeaningful`] if one column follows from the others.
///
/// # Panics
/// If columns and target differ in number, or columns in length.
///
/// ```
/// let column: Vec<f64> = (0..100).map(f64::from).collect();
/// let found = convex_stats::nearest::distances(&[column], &[98.0]).unwrap();
/// assert!(found[98] == 0.0 && found[99] < found[90]);
/// ```
pub fn distances(columns: &[Vec<f64>], target: &[f64]) -> Result<Vec<f64>, Undefined> {
    assert_eq!(columns.len(), target.len(), "the target has a value for each column");
    let n = columns.first().map_or(0, Vec::len);
    Undefined::unless_enough(n, 30)?;
    let deviations = columns.iter().map(|column| Deviations::of_varying(column)).collect::<Result<Vec<_>, _>>()?;
    let values: Vec<&[f64]> = deviations.iter().map(|column| column.values.as_slice()).collect();
    let cholesky = Cholesky::of(inner_products(&values));
    if !cholesky.is_full() {
        return Err(Undefined::NotMeaningful("one move follows from the others"));
    }
    let distance = |case: usize| {
        let away: Vec<f64> = columns.iter().zip(target).map(|(column, target)| column[case] - target).collect();
        let z = cholesky.explained(&away);
        z.iter().map(|z| z * z).sum::<f64>() * (n as f64 - 1.0)
    };
    Ok((0..n).map(distance).collect())
}

/// The nearest cases first, none closer than `apart` places to one already taken, at most `most`.
///
/// ```
/// let distances = [3.0, 1.0, 0.9, 5.0, 2.0];
/// assert_eq!(convex_stats::nearest::apart(&distances, 2, 3), [2, 4, 0]);
/// ```
pub fn apart(distances: &[f64], apart: usize, most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..distances.len()).collect();
    order.sort_by(|one, other| distances[*one].total_cmp(&distances[*other]));
    let mut taken: Vec<usize> = Vec::new();
    for case in order {
        if taken.len() == most {
            break;
        }
        if taken.iter().all(|other| case.abs_diff(*other) >= apart) {
            taken.push(case);
        }
    }
    taken
}
