//! The wild bootstrap: every observation keeps its size and its day, and only its sign is drawn anew.
//!
//! Clusters of volatility and fat tails survive, so a test whose null distribution is made this way holds its size where
//! tests with asymptotic errors do not (Wu 1986; Liu 1988; Davidson and Flachaire 2008).

mod added_regressor;
mod signed_sums;
mod signs;

pub(crate) use added_regressor::added_regressor;
pub(crate) use signed_sums::signed_sums;
pub(crate) use signs::Signs;

/// Draws behind every wild-bootstrap p-value; none stops early.
pub const DRAWS: usize = 999;

/// Share of the sample and its draws that lie at or beyond what was seen: (1 + exceedances) / (draws + 1).
pub(crate) fn p_value(null: impl Iterator<Item = f64>, seen: f64) -> f64 {
    let (beyond, draws) =
        null.fold((0_usize, 0_usize), |(beyond, draws), draw| (beyond + usize::from(draw >= seen), draws + 1));
    (beyond + 1) as f64 / (draws + 1) as f64
}
