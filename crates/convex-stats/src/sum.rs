//! Sums in a fixed order that vector units can follow: fast, and the same bits on every machine.

use pulp::{Arch, NullaryFnOnce};

const LANES: usize = 8;
/// Values from which wider registers pay for finding out about them.
const LONG: usize = 256;

/// Sum of the values, 0 for none.
pub(crate) fn sum(values: &[f64]) -> f64 {
    sum_from(0.0, values)
}

/// Sum of the values less `centre`.
pub(crate) fn sum_from(centre: f64, values: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let chunks = values.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value - centre;
        }
    }
    lanes.iter().copied().chain(rest.iter().map(|value| value - centre)).fold(0.0, |total, value| total + value)
}

/// Sum of products of two slices of one length.
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    debug_assert_eq!(x.len(), y.len());
    let products = Products { x, y };
    // The same lanes in the same order, so the same bits; wider registers are worth asking for only where much is summed.
    if x.len() < LONG { products.call() } else { Arch::new().dispatch(products) }
}

struct Products<'a> {
    x: &'a [f64],
    y: &'a [f64],
}

impl NullaryFnOnce for Products<'_> {
    type Output = f64;

    #[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
    #[inline(always)]
    fn call(self) -> f64 {
        let mut lanes = [0.0; LANES];
        let (x_chunks, y_chunks) = (self.x.chunks_exact(LANES), self.y.chunks_exact(LANES));
        let rest = x_chunks.remainder().iter().zip(y_chunks.remainder());
        let rest = rest.fold(0.0, |total, (a, b)| total + a * b);
        for (a, b) in x_chunks.zip(y_chunks) {
            for lane in 0..LANES {
                lanes[lane] += a[lane] * b[lane];
            }
        }
        lanes.iter().fold(rest, |total, value| total + value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_every_length_are_exact_on_whole_numbers() {
        for n in 0..40_u32 {
            let values: Vec<f64> = (1..=n).map(f64::from).collect();
            assert_eq!(sum(&values), f64::from(n * (n + 1) / 2));
            assert_eq!(sum_from(1.0, &values), f64::from(n * (n + 1) / 2) - f64::from(n));
            assert_eq!(dot(&values, &values), f64::from(n * (n + 1) * (2 * n + 1) / 6));
        }
    }
}
