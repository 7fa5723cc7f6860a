//! Names of pairs: `XBTUSD` and `XXBTZUSD` where one asks, `BTC/USD` on the second socket, `XBT/USD` on the first.

const QUOTED_IN: [&str; 9] = ["USDT", "USDC", "USD", "EUR", "GBP", "CAD", "JPY", "CHF", "AUD"];

/// The name on the second socket; `None` for what is no pair.
pub(super) fn on_socket(symbol: &str) -> Option<String> {
    let (base, quote) = parts(symbol)?;
    let base = match base {
        "XBT" => "BTC",
        "XDG" => "DOGE",
        other => other,
    };
    Some(format!("{base}/{quote}"))
}

/// Both sides, as written or by the letters of the classic names (`X` before a crypto asset, `Z` before money).
fn parts(symbol: &str) -> Option<(&str, &str)> {
    if let Some((base, quote)) = symbol.split_once('/') {
        return (!base.is_empty() && !quote.is_empty()).then_some((base, quote));
    }
    if let (8, Some(base), Some(quote)) = (symbol.len(), symbol.get(1..4), symbol.get(5..8))
        && symbol.starts_with('X')
        && symbol.get(4..5) == Some("Z")
    {
        return Some((base, quote));
    }
    QUOTED_IN.iter().find_map(|quote| {
        let base = symbol.strip_suffix(quote)?;
        (!base.is_empty()).then_some((base, *quote))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pair_has_three_names() {
        for (symbol, expected) in [
            ("XBTUSD", Some("BTC/USD")),
            ("ETHUSD", Some("ETH/USD")),
            ("PAXGUSD", Some("PAXG/USD")),
            ("XAUTUSD", Some("XAUT/USD")),
            ("XXBTZUSD", Some("BTC/USD")),
            ("XBT/USD", Some("BTC/USD")),
            ("XBTUSDT", Some("BTC/USDT")),
            ("XDGEUR", Some("DOGE/EUR")),
            ("USD", None),
            ("bitcoin", None),
            ("/USD", None),
            ("éééé", None),
        ] {
            assert_eq!(on_socket(symbol).as_deref(), expected, "{symbol}");
        }
    }
}
