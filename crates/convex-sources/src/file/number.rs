//! Numbers as files write them.

use super::Mistake;

/// Longest text that is repeated in a message.
const SHOWN: usize = 40;

/// A finite number with a decimal point; no thousands separators, for `1,234` may be either of two numbers.
pub(super) fn number(text: &str, column: &'static str) -> Result<f64, Mistake> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) if text.bytes().any(|byte| byte.is_ascii_digit()) => Err(Mistake::TooLarge { column, text: shown(text) }),
        Ok(_) => Err(Mistake::NotFinite { column, text: shown(text) }),
        Err(_) if text.is_empty() => Err(Mistake::Blank(column)),
        Err(_) => Err(Mistake::NotANumber { column, text: shown(text) }),
    }
}

fn shown(text: &str) -> String {
    text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
