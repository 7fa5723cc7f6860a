//! Correlations of every pair of a few series, in an order in which what moves alike stands together.

use convex_stats::cluster::leaf_order;
use convex_stats::correlation::pearson_influence;
use convex_stats::screen::YEAR;
use convex_stats::{Interval, Undefined, long_run};
use rayon::prelude::*;

use super::Member;
use super::row::Together;
use crate::Day;
use crate::figure::Unavailable;

/// Changes a correlation is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Window {
    /// Those of the last 90 calendar days.
    #[default]
    Quarter,
    /// The last 252.
    Year,
    /// All of them.
    All,
}

impl Window {
    /// All windows, the shortest first.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Year, Self::All];

    /// The word for it in addresses and in names of figures.
    pub fn key(self) -> &'static str {
        match self {
            Self::Quarter => "90d",
            Self::Year => "252obs",
            Self::All => "all",
        }
    }

    /// The window of that key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|window| window.key() == key)
    }
}

/// One pair of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Pearson's correlation with its interval by equal-weighted cosines, or why there is none.
    pub pearson: Result<(f64, Interval), Unavailable>,
    /// Changes it is over.
    pub n: usize,
    /// First and last of the days they end on.
    pub span: Option<(Day, Day)>,
}

/// Correlations of every pair of a few series.
#[derive(Clone, Debug)]
pub struct CorrelationMatrix {
    /// Places of the members, what moves alike together.
    pub order: Vec<usize>,
    /// Correlations computed.
    pub computed: usize,
    members: usize,
    cells: Vec<Cell>,
}

impl CorrelationMatrix {
    /// The pair of two members, in either order; `None` for a member with itself.
    pub fn cell(&self, one: usize, other: usize) -> Option<&Cell> {
        let (i, j) = (one.min(other), one.max(other));
        (i != j && j < self.members).then(|| &self.cells[j * (j - 1) / 2 + i])
    }
}

/// The correlations of every pair of members. Each is that of the pair's own page.
pub fn correlations(members: &[Member], window: Window) -> CorrelationMatrix {
    let n = members.len();
    let pairs: Vec<(usize, usize)> = (0..n).flat_map(|j| (0..j).map(move |i| (i, j))).collect();
    let cells: Vec<Cell> = pairs.par_iter().map(|(i, j)| cell(&members[*i], &members[*j], window)).collect();
    let computed = cells.iter().filter(|cell| cell.pearson.is_ok()).count();
    let mut matrix = CorrelationMatrix { order: Vec::new(), computed, members: n, cells };
    // Distance of two standardised series: 0 if they move as one, largest if they move oppositely.
    let distance = |i: usize, j: usize| match matrix.cell(i, j).map(|cell| &cell.pearson) {
        Some(Ok((r, _))) => (2.0 * (1.0 - r)).max(0.0).sqrt(),
        Some(Err(Unavailable::Identical)) => 0.0,
        _ => f64::NAN,
    };
    matrix.order = leaf_order(n, distance);
    matrix
}

fn cell(a: &Member, b: &Member, window: Window) -> Cell {
    let together = Together::of(a, b);
    let changes = &together.changes;
    let n = changes.days.len();
    let (start, least) = match window {
        Window::Quarter => {
            (together.last.map_or(n, |last| changes.days.partition_point(|day| *day <= last - super::row::QUARTER)), 20)
        }
        Window::Year => (n.saturating_sub(YEAR), YEAR),
        Window::All => (0, 20),
    };
    let (x, y, days) = (&changes.a[start..], &changes.b[start..], &changes.days[start..]);
    let found = || -> Result<(f64, Interval), Undefined> {
        if x.len() < least {
            return Err(Undefined::TooFew { have: x.len(), need: least });
        }
        let influence = pearson_influence(x, y)?;
        let half = long_run::half_width(&influence.score)?;
        Ok((influence.correlation, Interval::around_correlation(influence.correlation, half)))
    };
    let span = days.first().zip(days.last()).map(|(first, last)| (*first, *last));
    Cell { pearson: found().map_err(Unavailable::from), n: x.len(), span }
}
