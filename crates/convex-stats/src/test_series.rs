//! Series for tests.

/// Independent values with mean about 0 and standard deviation 1/2, nearly normal.
pub(crate) fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 2f64.powi(31) - 0.5
    };
    (0..n).map(|_| draw() + draw() + draw()).collect()
}
