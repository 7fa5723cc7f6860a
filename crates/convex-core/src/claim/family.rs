//! The tests of one page judged together, so that many questions do not find something by chance.
//!
//! Lead, stress, bend, asymmetry, reversal, stationarity and breaks form one family under Holm's step-down at 5 %. The
//! existence and size of the link is description and stays out: mixed into one family with certain rejections, a third of
//! pages without any effect would show one.

use crate::catalog::PairKind;
use crate::compare::Comparison;
use crate::figure::Estimate;

/// Share of pages without any effect that may show one.
const LEVEL: f64 = 0.05;

/// The tests of a page that could be made, each with its p-value and Holm's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family(Vec<Judged>);

/// A test of a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The figure that holds its p-value; on total return, where both legs have it, for tests of the long run.
    pub figure: &'static str,
    /// Its own p-value.
    pub p: f64,
    /// Holm's adjusted p-value.
    pub adjusted: f64,
}

impl Judged {
    /// Whether the test passes within the family.
    pub fn passes(&self) -> bool {
        self.adjusted < LEVEL
    }
}

impl Family {
    /// The tests a family may have, by the figure that holds their p-value. The last two are asked of cross-asset pairs.
    pub const TESTS: [&str; 17] = [
        "lead_lag.p_joint",
        "regimes.stress_minus_calm.p",
        "convexity.p_wild",
        "asymmetry.p_wild",
        "reversal.21.p",
        "reversal.63.p",
        "ranking.21.p",
        "ranking.63.p",
        "unit_root.log_ratio.adf_p",
        "unit_root.spread.adf_p",
        "variance_ratio.p_joint",
        "cointegration.p_either_way",
        "breaks.jumps.p",
        "breaks.variance.p",
        "cycles.p_longer",
        "tails.both_fall.p",
        "tails.a_rises_b_falls.p",
    ];

    /// The family of a comparison: the tests that its claims rest on.
    pub fn of(comparison: &Comparison) -> Self {
        let figures = &comparison.figures;
        // A test without a jump was made all the same.
        let unfound = |name: &str| name == "breaks.jumps.p" && figures.number("breaks.jumps.count") == Some(0.0);
        // Tests of the long run are those on total return where both legs have it, as the claims read them.
        let total = figures.estimate("total_return.n_common").is_some();
        let number = |name: &str| match figures.get(&format!("total_return.{name}")) {
            Some(found) if total => found.as_ref().ok().and_then(Estimate::as_number),
            _ => figures.number(name),
        };
        // On other pairs the tails are described, and nothing is concluded from them.
        let asked = |name: &&str| comparison.kind == PairKind::CrossAsset || !name.starts_with("tails.");
        let p = |name: &str| number(name).or_else(|| unfound(name).then_some(1.0));
        Self(holm(Self::TESTS.iter().filter(|name| asked(name)).filter_map(|name| Some((*name, p(name)?))).collect()))
    }

    /// The tests, the surest first.
    pub fn tests(&self) -> &[Judged] {
        &self.0
    }

    /// How many tests were made.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a test was made and passes within the family.
    pub fn passes(&self, figure: &str) -> bool {
        self.0.iter().any(|test| test.figure == figure && test.passes())
    }
}

/// Holm's (1979) adjusted p-values: the k-th smallest of m times m - k + 1, never falling, at most one.
fn holm(mut tests: Vec<(&'static str, f64)>) -> Vec<Judged> {
    tests.sort_by(|one, other| one.1.total_cmp(&other.1));
    let m = tests.len();
    let mut highest: f64 = 0.0;
    let judge = |(at, (figure, p)): (usize, (&'static str, f64))| {
        highest = highest.max(p * (m - at) as f64).min(1.0);
        Judged { figure, p, adjusted: highest }
    };
    tests.into_iter().enumerate().map(judge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_down_as_holm_does() {
        let adjusted = holm(vec![("a", 0.04), ("b", 0.01), ("c", 0.03), ("d", 0.005)]);
        let names: Vec<&str> = adjusted.iter().map(|test| test.figure).collect();
        assert_eq!(names, ["d", "b", "c", "a"]);
        let p: Vec<f64> = adjusted.iter().map(|test| (test.adjusted * 1e12).round() / 1e12).collect();
        assert_eq!(p, [0.02, 0.03, 0.06, 0.06]);
    }
}
