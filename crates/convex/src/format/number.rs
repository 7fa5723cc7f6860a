//! Numbers with thousands separators, a true minus and a stated number of digits.

/// The minus sign of typography (U+2212), as wide as a plus.
pub const MINUS: char = '\u{2212}';

/// A number with so many decimals; never a negative zero.
///
/// ```
/// use convex::format::fixed;
/// assert_eq!(fixed(-1234.567, 2), "−1,234.57");
/// assert_eq!(fixed(-0.001, 2), "0.00");
/// ```
pub fn fixed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::with_capacity(digits.len() + 4);
    if value < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(rest);
    text
}

/// The same with a plus before what rises; what rounds to zero has no sign.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && !is_zero { format!("+{text}") } else { text }
}

/// At least so many significant digits, all digits before the point kept.
///
/// ```
/// use convex::format::significant;
/// assert_eq!(significant(1.9523, 4), "1.952");
/// assert_eq!(significant(0.061238, 4), "0.06124");
/// assert_eq!(significant(25_462.56, 4), "25,463");
/// ```
pub fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 {
        return fixed(0.0, (digits - 1).max(0) as usize);
    }
    let before_point = value.abs().log10().floor() as i32 + 1;
    fixed(value, (digits - before_point).clamp(0, 12) as usize)
}

/// A price or index level: at least four significant digits and two decimals, up to one hundred thousand.
///
/// ```
/// use convex::format::price;
/// assert_eq!(price(480.57), "480.57");
/// assert_eq!(price(1.1745), "1.1745");
/// assert_eq!(price(3.85), "3.85");
/// assert_eq!(price(104_233.4), "104,233");
/// ```
pub fn price(value: f64) -> String {
    match value.abs() {
        size if size >= 100_000.0 => fixed(value, 0),
        size if size >= 10.0 => fixed(value, 2),
        size if size >= 1.0 || size == 0.0 => trimmed(&fixed(value, 4)),
        _ => trimmed(&significant(value, 4)),
    }
}

/// A share of one as a percentage: two decimals, one from a hundred per cent on.
pub fn percent(fraction: f64) -> String {
    format!("{} %", fixed(fraction * 100.0, percent_decimals(fraction)))
}

/// A change as a percentage, with its sign.
pub fn signed_percent(fraction: f64) -> String {
    format!("{} %", signed(fraction * 100.0, percent_decimals(fraction)))
}

/// A number of things.
pub fn count(number: usize) -> String {
    fixed(number as f64, 0)
}

fn percent_decimals(fraction: f64) -> usize {
    // 0.99996 is printed as 100.0 %, not as 100.00 %.
    if (fraction.abs() * 1e4).round() >= 1e4 { 1 } else { 2 }
}

/// Cuts zeros at the end, down to two decimals.
fn trimmed(text: &str) -> String {
    let Some(point) = text.find('.') else { return text.to_owned() };
    let shortest = (point + 3).min(text.len());
    let (kept, tail) = text.split_at(shortest);
    format!("{kept}{}", tail.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_read() {
        let table: &[(String, &str)] = &[
            (fixed(0.0, 2), "0.00"),
            (fixed(-0.004, 2), "0.00"),
            (fixed(-0.006, 2), "−0.01"),
            (fixed(999.999, 2), "1,000.00"),
            (fixed(1_234_567.0, 0), "1,234,567"),
            (fixed(-12.0, 0), "−12"),
            (signed(0.87, 2), "+0.87"),
            (signed(-0.87, 2), "−0.87"),
            (signed(0.001, 2), "0.00"),
            (significant(0.0, 4), "0.000"),
            (significant(19.523, 4), "19.52"),
            (significant(-0.123_45, 4), "−0.1235"),
            (price(246.16), "246.16"),
            (price(14.95), "14.95"),
            (price(25_462.56), "25,462.56"),
            (price(-37.63), "−37.63"),
            (price(0.0), "0.00"),
            (price(0.5), "0.50"),
            (price(0.012_345), "0.01235"),
            (price(6_640_618.0), "6,640,618"),
            (percent(0.114_541), "11.45 %"),
            (percent(1.345_67), "134.6 %"),
            (percent(0.999_96), "100.0 %"),
            (signed_percent(-0.006_245), "−0.62 %"),
            (signed_percent(0.129_424), "+12.94 %"),
            (signed_percent(0.0), "0.00 %"),
            (count(6_437), "6,437"),
        ];
        for (text, expected) in table {
            assert_eq!(text, expected);
        }
    }
}
