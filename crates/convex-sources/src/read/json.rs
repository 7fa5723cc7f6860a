//! JSON bodies.

use serde::Deserialize;
use serde_json::error::Category;

use crate::Failure;

/// Reads a whole body. What stands behind the value is a mistake, and so is an end before it.
///
/// # Errors
/// [`Failure::Malformed`], with line and column.
pub(crate) fn json<'body, T: Deserialize<'body>>(text: &'body str) -> Result<T, Failure> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Failure::malformed(match error.classify() {
            Category::Eof => format!("the answer ends early: {error}"),
            _ => error.to_string(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_bodies_only() {
        assert_eq!(json::<Vec<u8>>("\u{feff} [1,2]\r\n"), Ok(vec![1, 2]));
        let words = |text| json::<Vec<u8>>(text).expect_err(text).to_string();
        assert_eq!(words("[1,"), "unreadable: the answer ends early: EOF while parsing a value at line 1 column 3");
        assert_eq!(words("[1] [2]"), "unreadable: trailing characters at line 1 column 5");
    }
}
