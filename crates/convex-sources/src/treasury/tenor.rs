//! Maturities, as the files spell them.

/// A time to maturity. Headings of one maturity differ between forms and years: `1 Mo`, `1.5 Month`, `BC_1_5MONTH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Tenor {
    tenths: u32,
    in_years: bool,
}

impl Tenor {
    /// Of the heading of a column: `10 Yr`.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let heading = heading.trim();
        Self::of(heading, '.')
    }

    /// Of the name of an element: `BC_10YEAR`. The one of 30 years that is only for display is none.
    pub(super) fn of_element(name: &str) -> Option<Self> {
        Self::of(name.strip_prefix("BC_")?, '_')
    }

    fn of(text: &str, point: char) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != point)?;
        let (number, unit) = text.split_at(end);
        let (whole, tenths) = number.split_once(point).unwrap_or((number, "0"));
        if whole.len() > 3 || tenths.len() != 1 {
            return None;
        }
        let tenths = whole.parse::<u32>().ok()? * 10 + tenths.parse::<u32>().ok()?;
        let in_years = match unit.trim().to_ascii_lowercase().as_str() {
            "yr" | "year" => true,
            "mo" | "month" => false,
            _ => return None,
        };
        Some(Self { tenths, in_years })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maturities_as_spelt() {
        for (heading, element) in [("10 Yr", "BC_10YEAR"), ("1 Mo", "BC_1MONTH"), ("1.5 Month", "BC_1_5MONTH")] {
            assert!(Tenor::of_heading(heading).is_some());
            assert_eq!(Tenor::of_heading(heading), Tenor::of_element(element));
        }
        assert_eq!(Tenor::of_heading("1.5 Mo"), Tenor::of_heading("1.5 month "));
        for text in ["Date", "", "Yr", "10", "10 Days", "1..5 Mo", ".5 Yr", "99999 Yr"] {
            assert_eq!(Tenor::of_heading(text), None, "{text}");
        }
        for name in ["BC_30YEARDISPLAY", "NEW_DATE", "BC_", "BC_CAT"] {
            assert_eq!(Tenor::of_element(name), None, "{name}");
        }
    }
}
