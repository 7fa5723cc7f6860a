//! Addresses of pages, written in one place.

use std::fmt::Write;

use convex_core::Day;
use convex_core::catalog::Catalog;
use convex_core::panel::Range;

/// The part of an address that names a pair.
pub(super) fn pair_slug(catalog: &Catalog, a: &str, b: &str) -> String {
    let (a, b) = catalog.canonical(a, b);
    format!("{a}-vs-{b}")
}

/// What the address of a comparison says besides the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// Nothing known only after this day is used.
    pub(super) as_of: Option<Day>,
    /// Days the charts show.
    pub(super) range: Range,
    /// Changes in the rolling correlation.
    pub(super) window: usize,
    /// Whether the legs are shown the other way round.
    pub(super) swap: bool,
}

/// Changes a rolling correlation may look back on.
pub(super) const WINDOWS: [usize; 4] = [21, 63, 126, 252];

impl Default for Settings {
    fn default() -> Self {
        Self { as_of: None, range: Range::Year1, window: 63, swap: false }
    }
}

impl Settings {
    /// The query string with its question mark, empty if all is as usual.
    pub(super) fn query(self) -> String {
        let usual = Self::default();
        let mut query = String::new();
        let mut add = |name: &str, value: &str| {
            let mark = if query.is_empty() { '?' } else { '&' };
            // Writing to a string cannot fail.
            let _ = write!(query, "{mark}{name}={value}");
        };
        if let Some(day) = self.as_of {
            add("as_of", &day.to_string());
        }
        if self.range != usual.range {
            add("range", self.range.label());
        }
        if self.window != usual.window {
            add("window", &self.window.to_string());
        }
        if self.swap {
            add("swap", "1");
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_unusual_is_written() {
        let check = |settings: Settings, expected: &str| assert_eq!(settings.query(), expected);
        let usual = Settings::default();
        check(usual, "");
        check(Settings { range: Range::Max, ..usual }, "?range=Max");
        let all = Settings { as_of: "2020-03-18".parse().ok(), range: Range::Month3, window: 126, swap: true };
        check(all, "?as_of=2020-03-18&range=3M&window=126&swap=1");
    }
}
