//! Many tests judged together.

/// Tests in columns: what was seen, and the same in resamples of a world where no null hypothesis is false. Larger is
/// further from the null; all tests are on one scale, and a resample is the same world for every test.
#[derive(Clone, Debug)]
pub struct Resampled {
    /// What was seen.
    pub seen: f64,
    /// What each resample showed.
    pub drawn: Vec<f64>,
}

/// Adjusted p-values of the step-down of Romano and Wolf (2005, 2016), in the order of the tests.
///
/// The largest is set beside the largest of all in each resample, the next beside the largest of the others, and so on; no
/// p is below the one before. Rejecting where p is at most alpha makes any false rejection at all in at most a share alpha
/// of worlds, however the tests depend on each other, as far as the resamples depend as they do. (1 + resamples at least as
/// large) / (1 + resamples); none without tests.
///
/// # Panics
/// If the tests differ in their number of resamples.
///
/// ```
/// use convex_stats::multiple::{Resampled, romano_wolf};
///
/// let drawn = |shift: u32| (0..99_u32).map(|at| f64::from((at + shift) % 99)).collect::<Vec<f64>>();
/// let tests = [Resampled { seen: 200.0, drawn: drawn(0) }, Resampled { seen: 50.0, drawn: drawn(40) }];
/// let p = romano_wolf(&tests);
/// assert_eq!(p[0], 0.01);
/// assert_eq!(p[1], 0.5);
/// ```
pub fn romano_wolf(tests: &[Resampled]) -> Vec<f64> {
    let Some(first) = tests.first() else { return Vec::new() };
    let draws = first.drawn.len();
    assert!(tests.iter().all(|test| test.drawn.len() == draws), "every test is resampled in the same worlds");
    let mut order: Vec<usize> = (0..tests.len()).collect();
    order.sort_by(|one, other| tests[*other].seen.total_cmp(&tests[*one].seen));
    // From the smallest up, the largest so far in each world is the largest of those that remain at that step.
    let mut largest = vec![f64::NEG_INFINITY; draws];
    let mut p = vec![0.0; tests.len()];
    for at in order.iter().rev() {
        let test = &tests[*at];
        largest.iter_mut().zip(&test.drawn).for_each(|(largest, drawn)| *largest = largest.max(*drawn));
        let as_large = largest.iter().filter(|largest| **largest >= test.seen).count();
        p[*at] = (1 + as_large) as f64 / (1 + draws) as f64;
    }
    let mut highest: f64 = 0.0;
    for at in order {
        highest = highest.max(p[at]);
        p[at] = highest;
    }
    p
}

/// Adjusted p-values of Benjamini and Yekutieli (2001), in the order of the tests: rejecting where they are at most alpha
/// keeps the expected share of false ones among the rejected at alpha under any dependence.
///
/// The k-th smallest of m is p m (1 + 1/2 + ... + 1/m) / k, never above a later one, at most 1.
///
/// ```
/// let q = convex_stats::multiple::benjamini_yekutieli(&[0.001, 0.5, 0.02]);
/// assert!((q[0] - 0.001 * 3.0 * (1.0 + 0.5 + 1.0 / 3.0)).abs() < 1e-15);
/// assert_eq!(q[1], 0.5_f64 * (11.0 / 6.0));
/// ```
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    let m = p.len() as f64;
    let harmonic: f64 = (1..=p.len()).map(|k| 1.0 / k as f64).sum();
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|one, other| p[*other].total_cmp(&p[*one]));
    let mut q = vec![0.0; p.len()];
    let mut lowest: f64 = 1.0;
    for (behind, at) in order.into_iter().enumerate() {
        lowest = lowest.min(p[at] * m * harmonic / (p.len() - behind) as f64);
        q[at] = lowest;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn no_test_gains_from_company_and_equal_tests_cost_nothing() {
        let drawn: Vec<Vec<f64>> = (0..20).map(|at| noise(999, at)).collect();
        let tests: Vec<Resampled> = drawn
            .iter()
            .enumerate()
            .map(|(at, drawn)| Resampled { seen: 0.1 * at as f64, drawn: drawn.clone() })
            .collect();
        let together = romano_wolf(&tests);
        for (test, p) in tests.iter().zip(&together) {
            assert!(*p >= romano_wolf(std::slice::from_ref(test))[0]);
        }
        assert!(together.windows(2).all(|pair| pair[0] >= pair[1]));
        let copies = vec![tests[15].clone(); 20];
        assert_eq!(romano_wolf(&copies)[3], romano_wolf(&copies[..1])[0]);
    }

    #[test]
    fn equals_known_values() {
        // statsmodels 0.15.0, multipletests(p, method="fdr_by").
        let q = benjamini_yekutieli(&[0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]);
        let known = [
            0.021_742_857_142_857_14,
            0.086_971_428_571_428_57,
            0.182_64,
            0.182_64,
            0.182_64,
            0.217_428_571_428_571_42,
        ];
        for (found, known) in q.iter().zip(known) {
            assert!((found - known).abs() < 1e-12, "{q:?}");
        }
        assert!(romano_wolf(&[]).is_empty() && benjamini_yekutieli(&[]).is_empty());
    }
}
