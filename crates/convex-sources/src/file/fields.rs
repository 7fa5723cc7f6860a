//! The cells of a line.

use super::Mistake;

/// Cells of a line, trimmed, without the quotation marks around them. A quoted cell may hold commas but no line end:
/// a mark that is never closed would otherwise swallow the rest of the file.
pub(super) struct Fields<'line> {
    rest: Option<&'line str>,
}

/// Takes a line apart.
pub(super) fn fields(line: &str) -> Fields<'_> {
    Fields { rest: Some(line) }
}

impl<'line> Iterator for Fields<'line> {
    type Item = Result<&'line str, Mistake>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        if let Some(quoted) = rest.trim_ascii_start().strip_prefix('"') {
            return Some(self.quoted(quoted));
        }
        let (field, rest) = match rest.as_bytes().iter().position(|byte| *byte == b',') {
            Some(comma) => (&rest[..comma], Some(&rest[comma + 1..])),
            None => (rest, None),
        };
        self.rest = rest;
        Some(Ok(field.trim_ascii()))
    }
}

impl<'line> Fields<'line> {
    fn quoted(&mut self, text: &'line str) -> Result<&'line str, Mistake> {
        let mut end = 0;
        loop {
            end += text[end..].find('"').ok_or(Mistake::Quotation)?;
            let after = &text[end + 1..];
            // A mark written twice stands for itself.
            if after.starts_with('"') {
                end += 2;
                continue;
            }
            let after = after.trim_ascii_start();
            self.rest = after.strip_prefix(',');
            return if after.is_empty() || self.rest.is_some() {
                Ok(text[..end].trim_ascii())
            } else {
                Err(Mistake::Quotation)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(line: &str) -> Result<Vec<&str>, String> {
        fields(line).collect::<Result<_, _>>().map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn splits_trims_and_unquotes() {
        for (line, cells) in [
            ("a,b", vec!["a", "b"]),
            (" a ,\tb ", vec!["a", "b"]),
            ("a,,", vec!["a", "", ""]),
            ("", vec![""]),
            ("\"a\",\"b\"", vec!["a", "b"]),
            ("\"1,234.5\", \"x\" ,c", vec!["1,234.5", "x", "c"]),
            ("\"say \"\"so\"\"\",b", vec!["say \"\"so\"\"", "b"]),
            ("\"\",b", vec!["", "b"]),
            ("a\"b,c", vec!["a\"b", "c"]),
            ("é,\"ü,\"", vec!["é", "ü,"]),
        ] {
            assert_eq!(all(line).as_ref(), Ok(&cells), "{line}");
        }
    }

    #[test]
    fn a_mark_that_is_not_closed_is_a_mistake() {
        for line in ["\"a", "a,\"b", "\"a\"b,c", "\"a\"\"", "\""] {
            assert_eq!(all(line), Err("a quotation mark is not closed".to_owned()), "{line}");
        }
    }
}
