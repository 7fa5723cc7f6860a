//! The standard normal distribution.

use statrs::function::erf::erfc;

/// Chance that a standard normal variable is at most `z`.
pub(crate) fn below(z: f64) -> f64 {
    erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Chance that a standard normal variable is at least as far from zero as `z`.
pub(crate) fn beyond(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points() {
        assert!((below(1.959_963_984_540_054) - 0.975).abs() < 1e-10);
        assert!((beyond(-1.959_963_984_540_054) - 0.05).abs() < 1e-10);
        assert!((below(-10.0) / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-9);
    }
}
