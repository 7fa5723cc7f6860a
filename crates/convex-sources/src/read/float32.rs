//! Numbers that went through 32 bits on their way.

/// The short number that was meant: 213.97999572753906 is what 213.98 looks like after 32 bits. Only a value that 32 bits
/// hold to within `tolerance` is taken for one of these; any other stays as it is.
///
/// Rounding to the decimals a venue quotes would be wrong: closes before a split have more of them (75.0875).
pub(crate) fn without_noise(value: f64, tolerance: f64) -> f64 {
    let narrow = value as f32;
    if !narrow.is_finite() || (f64::from(narrow) - value).abs() > tolerance {
        return value;
    }
    narrow.to_string().parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_goes_and_numbers_stay() {
        let check = |value: f64, tolerance: f64, expected: f64| {
            assert_eq!(without_noise(value, tolerance).to_bits(), expected.to_bits(), "{value}");
        };
        check(213.979_995_727_539_06, 0.0, 213.98);
        check(75.087_501_525_878_9, 0.0, 75.0875);
        check(-37.630_001_068_115_234, 0.0, -37.63);
        check(1.122_082_591_056_823_7, 0.0, 1.122_082_6);
        check(4_357.799_805, 5e-7, 4_357.8);
        for value in [213.98, 1.0436, 0.0, 136.0, 97_208.17, 4_357.81, 1e300, -1e-300, 5_420.089_670_847_457_5] {
            check(value, 0.0, value);
        }
    }
}
