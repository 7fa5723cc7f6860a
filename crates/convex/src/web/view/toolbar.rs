//! The choices above the charts, as plain links that keep the rest of the address.

use convex_core::panel::Range;

use crate::web::address::{Settings, WINDOWS};

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Choice {
    pub(in crate::web) label: String,
    pub(in crate::web) href: String,
    pub(in crate::web) is_on: bool,
}

/// Ranges of days, for the page at `path`.
pub(in crate::web) fn ranges(path: &str, settings: Settings) -> Vec<Choice> {
    Range::ALL
        .into_iter()
        .map(|range| Choice {
            label: range.label().to_owned(),
            href: format!("{path}{}#charts", Settings { range, ..settings }.query()),
            is_on: range == settings.range,
        })
        .collect()
}

/// Windows of the rolling correlation, for the page at `path`.
pub(in crate::web) fn windows(path: &str, settings: Settings) -> Vec<Choice> {
    WINDOWS
        .into_iter()
        .map(|window| Choice {
            label: window.to_string(),
            href: format!("{path}{}#correlation", Settings { window, ..settings }.query()),
            is_on: window == settings.window,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_keeps_the_other_settings() {
        let settings = Settings { as_of: "2020-03-18".parse().ok(), window: 126, ..Settings::default() };
        let ranges = ranges("/compare/dia-vs-iwm", settings);
        assert_eq!(ranges.len(), 9);
        assert_eq!(ranges[0].href, "/compare/dia-vs-iwm?as_of=2020-03-18&range=1M&window=126#charts");
        assert_eq!(
            ranges.iter().filter(|choice| choice.is_on).map(|choice| choice.label.as_str()).collect::<Vec<_>>(),
            ["1Y"]
        );
        let windows = windows("/compare/dia-vs-iwm", settings);
        assert_eq!(windows[1].href, "/compare/dia-vs-iwm?as_of=2020-03-18#correlation");
        assert!(windows[2].is_on);
    }
}
