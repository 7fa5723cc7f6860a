//! The choices above the charts, as plain links that keep the rest of the address.

use convex_core::panel::{Range, Span};
use convex_core::{Basis, Day};

use crate::chart::Scale;
use crate::settings::{Settings, WINDOWS};

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Choice {
    pub(in crate::web) label: String,
    pub(in crate::web) href: String,
    pub(in crate::web) is_on: bool,
    /// What the label is short for.
    pub(in crate::web) title: String,
}

/// Choices of which one holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct Group {
    /// What is chosen, for those who do not see the row.
    pub(in crate::web) name: &'static str,
    /// A word before the choices, or nothing.
    pub(in crate::web) word: &'static str,
    pub(in crate::web) choices: Vec<Choice>,
}

/// Ranges of days, for the page at `path`.
pub(in crate::web) fn ranges(path: &str, settings: Settings) -> Vec<Choice> {
    let choice = |range: Range| {
        let span = Span::Range(range);
        let title = range_words(range).to_owned();
        Choice { title, ..choice(path, range.label(), Settings { span, ..settings }, settings) }
    };
    Range::ALL.into_iter().map(choice).collect()
}

/// The other choices of a page: window and basis only where the page has them.
pub(in crate::web) fn groups(path: &str, settings: Settings, windows: bool, bases: bool) -> Vec<Group> {
    let mut groups = Vec::new();
    if bases {
        let of = |label, basis| choice(path, label, Settings { basis, ..settings }, settings);
        let choices = vec![of("price", Basis::Price), of("total return", Basis::TotalReturn)];
        groups.push(Group { name: "Payouts left out or added back", word: "", choices });
    }
    let of = |label, scale| choice(path, label, Settings { scale, ..settings }, settings);
    let choices = vec![of("linear", Scale::Linear), of("log", Scale::Log)];
    groups.push(Group { name: "Scale of levels", word: "", choices });
    if windows {
        let of = |window: usize| {
            let title = format!("{window} changes in the rolling correlation and beta");
            Choice { title, ..choice(path, &window.to_string(), Settings { window, ..settings }, settings) }
        };
        let choices = WINDOWS.into_iter().map(of).collect();
        groups.push(Group { name: "Changes in the rolling correlation and beta", word: "window", choices });
    }
    groups
}

/// The days of the form for a range of one's own: those asked for, else those shown.
pub(in crate::web) fn own_days(settings: Settings, shown: Option<(Day, Day)>) -> [String; 2] {
    let text = |day: Day| if day == Day::MIN || day == Day::MAX { String::new() } else { day.to_string() };
    match (settings.span, shown) {
        (Span::Days { from, to }, _) | (Span::Range(_), Some((from, to))) => [text(from), text(to)],
        (Span::Range(_), None) => Default::default(),
    }
}

fn choice(path: &str, label: &str, to: Settings, now: Settings) -> Choice {
    let href = format!("{path}{}#charts", to.query());
    Choice { label: label.to_owned(), href, is_on: to == now, title: String::new() }
}

fn range_words(range: Range) -> &'static str {
    match range {
        Range::Month1 => "one month",
        Range::Month3 => "three months",
        Range::Month6 => "six months",
        Range::YearToDate => "since the end of last year",
        Range::Year1 => "one year",
        Range::Year3 => "three years",
        Range::Year5 => "five years",
        Range::Year10 => "ten years",
        Range::Max => "all history",
    }
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
        let on: Vec<&str> = ranges.iter().filter(|choice| choice.is_on).map(|choice| choice.label.as_str()).collect();
        assert_eq!(on, ["1Y"]);
        let groups = groups("/compare/dia-vs-iwm", settings, true, true);
        assert_eq!(groups.iter().map(|group| group.choices.len()).collect::<Vec<_>>(), [2, 2, 4]);
        assert_eq!(
            groups[0].choices[1].href,
            "/compare/dia-vs-iwm?as_of=2020-03-18&window=126&basis=total_return#charts"
        );
        assert_eq!(groups[2].choices[1].href, "/compare/dia-vs-iwm?as_of=2020-03-18#charts");
        assert!(groups[2].choices[2].is_on);
    }

    #[test]
    fn with_days_of_ones_own_no_range_is_on() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let span = Span::Days { from: day("2019-01-02"), to: Day::MAX };
        let settings = Settings { span, ..Settings::default() };
        assert!(ranges("/x", settings).iter().all(|choice| !choice.is_on));
        assert_eq!(own_days(settings, None), ["2019-01-02".to_owned(), String::new()]);
        let shown = Some((day("2024-12-31"), day("2025-12-31")));
        assert_eq!(own_days(Settings::default(), shown), ["2024-12-31", "2025-12-31"]);
    }
}
