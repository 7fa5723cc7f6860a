//! Approximate p-values of Dickey-Fuller statistics.

#![expect(clippy::doc_markdown, reason = "a surname has a capital inside")]

use std::sync::LazyLock;

use crate::normal;
use crate::tables::rows;

/// A response surface: below `least` the p-value is 0, above `most` 1, else a polynomial on the normal scale, of which
/// there are two, meeting near `star`.
struct Surface {
    star: f64,
    least: f64,
    most: f64,
    small: [f64; 3],
    large: [f64; 4],
}

/// One surface for each number of series, from one.
static SURFACES: LazyLock<Vec<Surface>> = LazyLock::new(|| {
    let of = |row: [f64; 11]| {
        let [_, star, least, most, s0, s1, s2, l0, l1, l2, l3] = row;
        Surface { star, least, most, small: [s0, s1, s2], large: [l0, l1, l2, l3] }
    };
    rows(include_str!("../tables/mackinnon_1994_constant.txt")).into_iter().map(of).collect()
});

/// Chance of a statistic at most this under the null, for regressions with a constant on `series` series (1 to 6; the
/// test of one series is 1, residuals of one series on another 2). MacKinnon (1994).
pub(crate) fn mackinnon_p(statistic: f64, series: usize) -> f64 {
    let surface = &SURFACES[series - 1];
    if statistic > surface.most {
        return 1.0;
    }
    if statistic < surface.least {
        return 0.0;
    }
    let coefficients: &[f64] = if statistic <= surface.star { &surface.small } else { &surface.large };
    normal::below(coefficients.iter().rev().fold(0.0, |total, coefficient| total * statistic + coefficient))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces_run_from_no_chance_to_certainty() {
        for series in 1..=6 {
            assert_eq!(mackinnon_p(-40.0, series), 0.0);
            assert_eq!(mackinnon_p(3.0, series), 1.0);
            let p: Vec<f64> = (-60..5).map(|tenth| mackinnon_p(f64::from(tenth) / 10.0, series)).collect();
            assert!(p.windows(2).all(|pair| pair[0] <= pair[1] + 1e-3), "{series}: {p:?}");
        }
    }

    #[test]
    fn published_five_percent_values_have_that_p() {
        // Asymptotic critical values of MacKinnon (2010), an independent run of the same experiment.
        for (series, critical) in [(1, -2.861_54), (2, -3.336_13), (3, -3.740_66)] {
            assert!((mackinnon_p(critical, series) - 0.05).abs() < 2e-3);
        }
    }
}
