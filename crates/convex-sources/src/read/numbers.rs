//! Numbers as providers write them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A finite number with a decimal point, or `None` where the text says that there is none (`.`, `-`, `N/A`, nothing).
///
/// Separators of thousands are refused, for `1,234` may be either of two numbers; so is `4.`, which is how a number looks
/// that was cut off.
///
/// # Errors
/// [`NotANumber`].
pub(crate) fn number(text: &str) -> Result<Option<f64>, NotANumber> {
    let text = text.trim();
    if is_missing(text) {
        return Ok(None);
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) && !text.ends_with('.');
    match text.parse::<f64>() {
        Ok(value) if plain && value.is_finite() => Ok(Some(value)),
        _ => Err(NotANumber(text.chars().filter(|c| !c.is_control()).take(40).collect())),
    }
}

/// The text is neither a finite number nor a mark for a missing one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a number")]
pub(crate) struct NotANumber(pub String);

/// A member of JSON that is a number, a number as text, or missing in any of the ways providers have for it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Number(pub Option<f64>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

fn is_missing(text: &str) -> bool {
    ["", ".", "-", "--", "n/a", "na", "nan", "nd", "null", "none"].iter().any(|mark| text.eq_ignore_ascii_case(mark))
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a number as text, or null")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        if value.is_finite() { Ok(Number(Some(value))) } else { Err(E::invalid_value(Unexpected::Float(value), &self)) }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(Some(value as f64)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number(Some(value as f64)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        number(text).map(Number).map_err(E::custom)
    }

    fn visit_unit<E: Error>(self) -> Result<Number, E> {
        Ok(Number(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_written() {
        for (text, value) in [
            ("1", 1.0),
            (" -37.63 ", -37.63),
            ("+0.5", 0.5),
            (".25", 0.25),
            ("16.130000", 16.13),
            ("1e3", 1000.0),
            ("2.5E-2", 0.025),
        ] {
            assert_eq!(number(text), Ok(Some(value)), "{text}");
        }
        for text in ["", ".", "-", "--", " ", "N/A", "n/a", "NaN", "null", "None", "ND", "NA"] {
            assert_eq!(number(text), Ok(None), "{text}");
        }
        for text in
            ["1,234", "1 234", "1'234", "0x10", "inf", "-Infinity", "1e999", "4.", "1.2.3", "--1", "12a", "é", "e5"]
        {
            assert!(number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn members_of_json() {
        let read = |text: &str| serde_json::from_str::<Vec<Number>>(text);
        let values =
            read(r#"[1, -2.5, "3.25", "", ".", null, "NaN", 18446744073709551615]"#).expect("all of them read");
        let expected = [Some(1.0), Some(-2.5), Some(3.25), None, None, None, None, Some(18_446_744_073_709_551_615.0)];
        assert_eq!(values.iter().map(|number| number.0).collect::<Vec<_>>(), expected);
        for text in [r#"["1,234"]"#, "[true]", "[[]]", "[{}]", "[1e999]", r#"["inf"]"#] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    /// The value of the text, to the last bit: the JSON reader would round by its fast path otherwise.
    #[test]
    fn json_numbers_are_exact() {
        for text in
            ["122.416443616", "1.7976931348623157e308", "0.1000000000000000055511151231257827", "96.7654321012345"]
        {
            let read: Number = serde_json::from_str(text).expect("a number");
            assert_eq!(read.0, text.parse().ok(), "{text}");
        }
    }
}
