//! The tests of one page judged together, so that many questions do not find something by chance.
//!
//! Lead, stress, bend, asymmetry, reversal, stationarity and breaks form one family under Holm's step-down at 5 %. The
//! existence and size of the link is description and stays out: mixed into one family with certain rejections, a third of
//! pages without any effect would show one.

use crate::figure::{Estimate, Figures};

/// Share of pages without any effect that may show one.
pub(super) const LEVEL: f64 = 0.05;

/// The tests of the family, by the figure that holds their p-value.
const TESTS: [&str; 17] = [
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

/// The tests of a page that could be made, with Holm's adjusted p-values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Family(Vec<(&'static str, f64)>);

impl Family {
    /// The family of a comparison.
    pub fn of(figures: &Figures) -> Self {
        // A test without a jump was made all the same.
        let unfound = |name: &str| name == "breaks.jumps.p" && figures.number("breaks.jumps.count") == Some(0.0);
        // Tests of the long run are those on total return where both legs have it, as the claims read them.
        let total = figures.estimate("total_return.n_common").is_some();
        let number = |name: &str| match figures.get(&format!("total_return.{name}")) {
            Some(found) if total => found.as_ref().ok().and_then(Estimate::as_number),
            _ => figures.number(name),
        };
        let p = |name: &str| number(name).or_else(|| unfound(name).then_some(1.0));
        Self(holm(TESTS.iter().filter_map(|name| Some((*name, p(name)?))).collect()))
    }

    /// How many tests were made.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The adjusted p-value of a test, if it was made.
    pub fn adjusted(&self, figure: &str) -> Option<f64> {
        self.0.iter().find(|(name, _)| *name == figure).map(|(_, p)| *p)
    }

    /// Whether a test passes within the family.
    pub fn passes(&self, figure: &str) -> bool {
        self.adjusted(figure).is_some_and(|p| p < LEVEL)
    }
}

/// Holm's (1979) adjusted p-values: the k-th smallest of m times m - k + 1, never falling, at most one.
fn holm(mut tests: Vec<(&'static str, f64)>) -> Vec<(&'static str, f64)> {
    tests.sort_by(|one, other| one.1.total_cmp(&other.1));
    let m = tests.len();
    let mut highest: f64 = 0.0;
    for (at, (_, p)) in tests.iter_mut().enumerate() {
        highest = highest.max(*p * (m - at) as f64).min(1.0);
        *p = highest;
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_down_as_holm_does() {
        let adjusted = holm(vec![("a", 0.04), ("b", 0.01), ("c", 0.03), ("d", 0.005)]);
        let names: Vec<&str> = adjusted.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["d", "b", "c", "a"]);
        let p: Vec<f64> = adjusted.iter().map(|(_, p)| (p * 1e12).round() / 1e12).collect();
        assert_eq!(p, [0.02, 0.03, 0.06, 0.06]);
    }
}
