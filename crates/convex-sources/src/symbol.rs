//! Symbols in requests and answers.

use crate::{Failure, Request};

/// A symbol of letters, digits and the marks named, fit to be one segment of a path: what a path cannot hold is encoded.
///
/// # Errors
/// [`Failure::UnknownSymbol`] for what cannot be a symbol.
pub(crate) fn segment(symbol: &str, marks: &str) -> Result<String, Failure> {
    let fits = |c: char| c.is_ascii_alphanumeric() || marks.contains(c);
    if symbol.is_empty() || symbol.len() > 40 || !symbol.chars().all(fits) || symbol.chars().all(|c| c == '.') {
        return Err(Failure::UnknownSymbol { detail: format!("\"{symbol}\" cannot be a symbol there") });
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._=".contains(c);
    Ok(symbol.chars().fold(String::new(), |mut encoded, c| {
        if plain(c) {
            encoded.push(c);
        } else {
            encoded.push_str(&format!("%{:02X}", u32::from(c)));
        }
        encoded
    }))
}

/// The symbol of a request about one.
///
/// # Errors
/// [`Failure::BadRequest`] if it is about none or several.
pub(crate) fn only_symbol(request: &Request) -> Result<&str, Failure> {
    match request.symbols.as_slice() {
        [symbol] => Ok(symbol),
        several => {
            Err(Failure::BadRequest { detail: format!("{} symbols where there is one to ask for", several.len()) })
        }
    }
}

/// Refuses an answer about another symbol than the one asked for, in whatever case; an answer that names none passes.
///
/// # Errors
/// [`Failure::Malformed`].
pub(crate) fn same_symbol(answered: Option<&str>, asked: &str) -> Result<(), Failure> {
    match answered {
        Some(answered) if !answered.eq_ignore_ascii_case(asked) => {
            Err(Failure::malformed(format!("an answer about \"{answered}\", asked was \"{asked}\"")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_stay_within_their_segment() {
        let check = |symbol: &str, expected: Option<&str>| {
            assert_eq!(segment(symbol, "^.=-").ok().as_deref(), expected, "{symbol}");
        };
        check("^VIX", Some("%5EVIX"));
        check("DX-Y.NYB", Some("DX-Y.NYB"));
        check("GC=F", Some("GC=F"));
        for symbol in ["", "..", "a/b", "a?b", "a b", "é", "a%2F", &"x".repeat(41)] {
            check(symbol, None);
        }
    }
}
