//! The lowest point of a smooth function.

/// Where a function is lowest, as far as the search saw.
#[derive(Clone, Debug)]
pub(crate) struct Lowest {
    /// The point.
    pub(crate) at: Vec<f64>,
    /// The value there.
    pub(crate) value: f64,
}

/// Steps before a search is given up.
const STEPS: usize = 200;
/// Relative fall below which a step found nothing; two in a row end the search.
const SMALL: f64 = 1e-12;

/// Minimum by the method of Broyden, Fletcher, Goldfarb and Shanno with backtracking (Nocedal and Wright 2006, ch. 6).
///
/// `function` writes its gradient into the second argument. A value that is not finite counts as a wall.
pub(crate) fn minimise(start: &[f64], mut function: impl FnMut(&[f64], &mut [f64]) -> f64) -> Lowest {
    let k = start.len();
    let mut at = start.to_vec();
    let mut gradient = vec![0.0; k];
    let mut value = function(&at, &mut gradient);
    let mut inverse = identity(k);
    let (mut next, mut next_gradient) = (at.clone(), gradient.clone());
    let mut quiet = 0;
    let mut fresh = true;
    for _ in 0..STEPS {
        let mut direction: Vec<f64> = inverse.iter().map(|row| -inner(row, &gradient)).collect();
        let mut slope = inner(&direction, &gradient);
        if slope >= 0.0 || !slope.is_finite() {
            inverse = identity(k);
            fresh = true;
            direction = gradient.iter().map(|g| -g).collect();
            slope = inner(&direction, &gradient);
        }
        if slope.abs() < 1e-18 {
            break;
        }
        // The first step has no idea of scale: keep it short.
        let mut length = if fresh { (0.5 / inner(&direction, &direction).sqrt()).min(1.0) } else { 1.0 };
        let mut found = None;
        for _ in 0..40 {
            for i in 0..k {
                next[i] = at[i] + length * direction[i];
            }
            let candidate = function(&next, &mut next_gradient);
            if candidate.is_finite() && candidate <= value + 1e-4 * length * slope {
                found = Some(candidate);
                break;
            }
            length *= 0.4;
        }
        let Some(lower) = found else {
            if fresh {
                break;
            }
            inverse = identity(k);
            fresh = true;
            continue;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(to, from)| to - from).collect();
        let turn: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(to, from)| to - from).collect();
        update(&mut inverse, &step, &turn, fresh);
        fresh = false;
        quiet = if value - lower <= SMALL * value.abs() { quiet + 1 } else { 0 };
        at.copy_from_slice(&next);
        gradient.copy_from_slice(&next_gradient);
        value = lower;
        if quiet >= 2 {
            break;
        }
    }
    Lowest { at, value }
}

fn update(inverse: &mut [Vec<f64>], step: &[f64], turn: &[f64], fresh: bool) {
    let k = step.len();
    let curvature = inner(step, turn);
    if curvature <= 1e-14 * (inner(step, step) * inner(turn, turn)).sqrt() {
        return;
    }
    if fresh {
        let scale = curvature / inner(turn, turn);
        for (i, row) in inverse.iter_mut().enumerate() {
            row[i] = scale;
        }
    }
    let carried: Vec<f64> = inverse.iter().map(|row| inner(row, turn)).collect();
    let factor = (1.0 + inner(turn, &carried) / curvature) / curvature;
    for i in 0..k {
        for j in 0..k {
            inverse[i][j] += factor * step[i] * step[j] - (carried[i] * step[j] + step[i] * carried[j]) / curvature;
        }
    }
}

fn identity(k: usize) -> Vec<Vec<f64>> {
    (0..k).map(|i| (0..k).map(|j| f64::from(u8::from(i == j))).collect()).collect()
}

fn inner(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_end_of_the_banana() {
        let found = minimise(&[-1.2, 1.0], |x, gradient| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            gradient[0] = -2.0 * a - 400.0 * x[0] * b;
            gradient[1] = 200.0 * b;
            a * a + 100.0 * b * b
        });
        assert!(found.value < 1e-12 && (found.at[0] - 1.0).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn walls_are_not_crossed() {
        let found = minimise(&[2.0], |x, gradient| {
            gradient[0] = 1.0 - 1.0 / x[0];
            x[0] - x[0].ln()
        });
        assert!((found.at[0] - 1.0).abs() < 1e-5);
    }
}
