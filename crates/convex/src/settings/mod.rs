//! What an address asks of a page or of the data behind it, and addresses that ask the same.

mod query;

use std::fmt::Write;

use convex_core::catalog::Catalog;
use convex_core::panel::{Options, Span};
use convex_core::{Basis, Day};

use crate::chart::Scale;

pub use query::{BadSetting, Query, shortened};

/// The part of an address that names a pair.
pub fn pair_slug(catalog: &Catalog, a: &str, b: &str) -> String {
    let (a, b) = catalog.canonical(a, b);
    format!("{a}-vs-{b}")
}

/// What the address of a comparison or of a metric says besides its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Nothing known only after this day is used.
    pub as_of: Option<Day>,
    /// Days the charts show.
    pub span: Span,
    /// Changes in the rolling correlation and slope.
    pub window: usize,
    /// What the charts leave out or add back.
    pub basis: Basis,
    /// Distances on the value axis of levels.
    pub scale: Scale,
    /// Whether the legs are shown the other way round.
    pub swap: bool,
}

/// Changes a rolling correlation may look back on.
pub const WINDOWS: [usize; 4] = [21, 63, 126, 252];

impl Default for Settings {
    fn default() -> Self {
        let Options { span, window, basis } = Options::default();
        Self { as_of: None, span, window, basis, scale: Scale::Linear, swap: false }
    }
}

impl Settings {
    /// What is asked of the charts.
    pub fn options(self) -> Options {
        Options { span: self.span, window: self.window, basis: self.basis }
    }

    /// Names and values of what is not as usual.
    pub fn fields(self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut fields = Vec::new();
        if let Some(day) = self.as_of {
            fields.push(("as_of", day.to_string()));
        }
        match self.span {
            span if span == usual.span => {}
            Span::Range(range) => fields.push(("range", range.label().to_owned())),
            Span::Days { from, to } => fields.extend([("from", from.to_string()), ("to", to.to_string())]),
        }
        if self.window != usual.window {
            fields.push(("window", self.window.to_string()));
        }
        if self.basis == Basis::TotalReturn {
            fields.push(("basis", "total_return".to_owned()));
        }
        if self.scale == Scale::Log {
            fields.push(("scale", "log".to_owned()));
        }
        if self.swap {
            fields.push(("swap", "1".to_owned()));
        }
        fields
    }

    /// The query string with its question mark, empty if all is as usual.
    pub fn query(self) -> String {
        let mut query = String::new();
        for (name, value) in self.fields() {
            let mark = if query.is_empty() { '?' } else { '&' };
            // Writing to a string cannot fail.
            let _ = write!(query, "{mark}{name}={value}");
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use convex_core::panel::Range;

    use super::*;

    #[test]
    fn only_what_is_unusual_is_written() {
        let check = |settings: Settings, expected: &str| assert_eq!(settings.query(), expected);
        let usual = Settings::default();
        let day = |text: &str| text.parse::<Day>().unwrap();
        check(usual, "");
        check(Settings { span: Span::Range(Range::Max), ..usual }, "?range=Max");
        let all = Settings {
            as_of: Some(day("2020-03-18")),
            span: Span::Range(Range::Month3),
            window: 126,
            basis: Basis::TotalReturn,
            scale: Scale::Log,
            swap: true,
        };
        check(all, "?as_of=2020-03-18&range=3M&window=126&basis=total_return&scale=log&swap=1");
        let own = Span::Days { from: day("2019-01-02"), to: day("2020-06-30") };
        check(Settings { span: own, ..usual }, "?from=2019-01-02&to=2020-06-30");
    }
}
