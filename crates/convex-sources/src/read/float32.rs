//! Numbers that went through 32 bits on their way.

/// The short number that was meant: 12.34000015258789 is what 12.34 looks like after 32 bits. Only a value that 32 bits
/// hold to within `tolerance` is taken for one of these; any other stays as it is.
///
/// Rounding to the decimals a venue quotes would be wrong: closes before a split have more of them.
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
        check(12.340_000_152_587_89, 0.0, 12.34);
        check(-3.210_000_038_146_972_7, 0.0, -3.21);
        check(1.234_567_761_421_203_6, 0.0, 1.234_567_8);
        check(1_234.300_049, 5e-7, 1_234.3);
        for value in [12.34, 1.0625, 0.0, 136.0, 98_765.43, 1_234.31, 1e300, -1e-300, 1_234.567_890_123_456_7] {
            check(value, 0.0, value);
        }
    }
}
