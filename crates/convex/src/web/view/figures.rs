//! Picks figures of a comparison in the style their leg asks for.

use convex_core::catalog::Metric;
use convex_core::compare::{Comparison, GapKind};
use convex_core::figure::{Figures, Interval};

use crate::format::{Measure, Style, style};
use crate::web::shown::{Owner, Shown};

/// Reads the figures of one comparison.
#[derive(Clone, Copy, Debug)]
pub(in crate::web) struct Reader<'a> {
    comparison: &'a Comparison,
    /// The pair's address, where the page is about another one.
    other: Option<&'a str>,
}

/// Where an interval lies against a value of no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Side {
    /// Wholly above.
    Above,
    /// Wholly below.
    Below,
    /// Around it.
    Around,
}

impl<'a> Reader<'a> {
    /// Figures of the pair the page is about.
    pub(in crate::web) fn new(comparison: &'a Comparison) -> Self {
        Self { comparison, other: None }
    }

    /// Figures of a pair shown on a page about something else.
    pub(in crate::web) fn of_other(comparison: &'a Comparison, address: &'a str) -> Self {
        Self { comparison, other: Some(address) }
    }

    pub(in crate::web) fn show(self, name: &str) -> Shown {
        self.styled(name, self.style(name))
    }

    pub(in crate::web) fn styled(self, name: &str, style: Style) -> Shown {
        let owner = self.other.map_or(Owner::Page, |address| Owner::Pair(address.to_owned()));
        Shown::among(self.figures(), name, owner, style)
    }

    /// A change with one decimal, for tiles.
    pub(in crate::web) fn on_tile(self, name: &str) -> Shown {
        self.styled(name, self.style(name).on_tile())
    }

    /// Whether the figure is asked of this pair at all, computed or not.
    pub(in crate::web) fn is_asked(self, name: &str) -> bool {
        self.figures().get(name).is_some()
    }

    pub(in crate::web) fn has(self, name: &str) -> bool {
        self.figures().estimate(name).is_some()
    }

    pub(in crate::web) fn number(self, name: &str) -> Option<f64> {
        self.figures().number(name)
    }

    pub(in crate::web) fn interval(self, name: &str) -> Option<Interval> {
        self.figures().estimate(name)?.interval
    }

    /// On which side of `none` the interval of a figure lies.
    pub(in crate::web) fn side(self, name: &str, none: f64) -> Option<Side> {
        let Interval { low, high } = self.interval(name)?;
        Some(if low > none {
            Side::Above
        } else if high < none {
            Side::Below
        } else {
            Side::Around
        })
    }

    /// `ratio.` or `spread.` before the leaf; `None` where the pair has neither.
    pub(in crate::web) fn gap_name(self, leaf: &str) -> Option<String> {
        let group = match self.comparison.gap {
            GapKind::Ratio => "ratio",
            GapKind::Spread(_) => "spread",
            GapKind::None => return None,
        };
        Some(format!("{group}.{leaf}"))
    }

    fn figures(self) -> &'a Figures {
        &self.comparison.figures
    }

    /// The style a figure is read in.
    pub(in crate::web) fn style(self, name: &str) -> Style {
        style(name, self.comparison)
    }
}

/// Figures of one metric, named without a leg.
pub(in crate::web) fn of_metric(figures: &Figures, metric: &Metric, owner: &Owner, name: &str) -> Shown {
    Shown::among(figures, name, owner.clone(), Style::of(name, Measure::of(metric)))
}
