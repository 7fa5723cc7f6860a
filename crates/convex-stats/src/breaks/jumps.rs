//! Single changes too large for the volatility around them (Lee and Mykland).

use crate::Undefined;

/// Changes before a day from which its volatility is estimated: 16, Lee and Mykland's window for daily data, the day's own
/// included.
const BEFORE: usize = 15;
/// Observations the test needs.
const LEAST: usize = 60;
/// Tails of |L|, without jumps and with one volatility within the window.
const TAILS: &str = include_str!("lee_mykland_16.txt");
/// Distance between two points of the table.
const STEP: f64 = 0.25;
/// Family-wise level.
const LEVEL: f64 = 0.05;

/// Jumps in a series of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Jumps {
    /// Changes tested: those with a volatility before them.
    pub n: usize,
    /// Size of |L| that the largest of `n` changes without jumps passes with a chance of 5 %.
    pub limit_95: f64,
    /// The same by Lee and Mykland's limit for windows without end: far too low for daily data, kept for comparison.
    pub asymptotic_limit_95: f64,
    /// The changes beyond `limit_95`, in the order of time.
    pub jumps: Vec<Jump>,
}

/// One change beyond the limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// Its place in the series.
    pub place: usize,
    /// The change over the volatility before it, with its sign.
    pub l: f64,
    /// p-value over the whole series: the chance that the largest of `n` changes without jumps is as large.
    pub p: f64,
}

impl Jump {
    /// What the test supposes.
    pub const NULL: &str = "changes are normal with a volatility that holds for 16 observations; none is a jump";
    /// What it can show instead.
    pub const ALTERNATIVE: &str = "this change is too large for that volatility";
}

/// Jumps among `changes`: L = change / s, s^2 the mean over the 15 changes before it of the 14 products |r\[j\]||r\[j - 1\]|,
/// which a single jump within the window moves little.
///
/// Lee and Mykland (2008) compare |L| with the limit for windows of growing length, (C + 2.97 S), c = sqrt(2 / pi),
/// C = sqrt(2 log n) / c - (log pi + log log n) / (2 c sqrt(2 log n)), S = 1 / (c sqrt(2 log n)). With 16 daily
/// observations s is itself uncertain, and that limit names several changes in 25 years without a jump. So the tail of |L|
/// is taken exactly for this window (normal changes, one volatility): p = 1 - (1 - P(|L| > l))^n. Volatility that moves
/// within three weeks and fat tails still raise the rate of alarms.
///
/// A day after 15 changes whose products are all zero is not tested. Needs 60 finite changes; none may be missing. Errors:
/// [`Undefined::TooFew`], [`Undefined::Constant`] if no day can be tested.
///
/// ```
/// let mut changes: Vec<f64> = (0..500_u64).map(|t| (t * t * t % 1009) as f64 / 1009.0 - 0.5).collect();
/// changes[300] = -8.0;
/// let found = convex_stats::breaks::jumps(&changes).unwrap();
/// assert_eq!(found.jumps.len(), 1);
/// assert!(found.jumps[0].place == 300 && found.jumps[0].l < -15.0 && found.jumps[0].p < 0.001);
/// ```
pub fn jumps(changes: &[f64]) -> Result<Jumps, Undefined> {
    Undefined::unless_enough(changes.len(), LEAST)?;
    let statistics: Vec<(usize, f64)> = statistics(changes).collect();
    let n = statistics.len();
    if n == 0 {
        return Err(Undefined::Constant);
    }
    let tail = Tail::read();
    let limit_95 = tail.beyond_of(-(-LEVEL).ln_1p() / n as f64);
    let jump = |(place, l): (usize, f64)| Jump { place, l, p: -(n as f64 * (-tail.chance(l.abs())).ln_1p()).exp_m1() };
    let jumps = statistics.into_iter().filter(|(_, l)| l.abs() > limit_95).map(jump).collect();
    Ok(Jumps { n, limit_95, asymptotic_limit_95: asymptotic_limit(n), jumps })
}

/// Place and L of each change that has a volatility before it.
fn statistics(changes: &[f64]) -> impl Iterator<Item = (usize, f64)> {
    changes.windows(BEFORE + 1).zip(BEFORE..).filter_map(|(window, place)| {
        let before = &window[..BEFORE];
        let products: f64 = before.iter().zip(&before[1..]).map(|(one, next)| (one * next).abs()).sum();
        let l = window[BEFORE] / (products / (BEFORE - 1) as f64).sqrt();
        (products > 0.0 && l.is_finite()).then_some((place, l))
    })
}

fn asymptotic_limit(n: usize) -> f64 {
    let c = (2.0 / std::f64::consts::PI).sqrt();
    let log = (n.max(2) as f64).ln();
    let root = (2.0 * log).sqrt();
    let gumbel = -(-(1.0 - LEVEL).ln()).ln();
    root / c - (std::f64::consts::PI.ln() + log.ln()) / (2.0 * c * root) + gumbel / (c * root)
}

/// log P(|L| > x) at x = 0, 0.25, 0.5, …; straight between points and beyond the last.
struct Tail(Vec<f64>);

impl Tail {
    fn read() -> Self {
        let lines = TAILS.lines().filter(|line| !line.starts_with('#'));
        Self(lines.filter_map(|line| line.split_whitespace().nth(1)?.parse().ok()).collect())
    }

    fn chance(&self, x: f64) -> f64 {
        let at = ((x / STEP) as usize).min(self.0.len() - 2);
        let between = x / STEP - at as f64;
        (self.0[at] + between * (self.0[at + 1] - self.0[at])).exp()
    }

    /// The x that |L| passes with this chance.
    fn beyond_of(&self, chance: f64) -> f64 {
        let log = chance.min(1.0).ln();
        let at = self.0.partition_point(|point| *point > log).clamp(1, self.0.len() - 1) - 1;
        STEP * (at as f64 + (log - self.0[at]) / (self.0[at + 1] - self.0[at]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_series::noise;

    #[test]
    fn the_table_falls_and_is_inverted() {
        let tail = Tail::read();
        assert_eq!(tail.0.len(), 97);
        assert!(tail.0[0] == 0.0 && tail.0.windows(2).all(|pair| pair[1] < pair[0]));
        for x in [0.1, 2.0, 9.37, 23.9, 30.0] {
            assert!((tail.beyond_of(tail.chance(x)) - x).abs() < 1e-9);
        }
    }

    #[test]
    fn a_quiet_series_has_no_jump() {
        let found = jumps(&noise(4_000, 7)).unwrap();
        assert_eq!((found.n, found.jumps.len()), (4_000 - 15, 0));
        assert!((found.asymptotic_limit_95 - 5.55).abs() < 0.05 && found.limit_95 > 8.5);
    }

    #[test]
    fn jumps_are_found_and_spare_what_follows() {
        let mut changes = noise(1_000, 8);
        changes[200] = 20.0;
        changes[206] = -20.0;
        let found = jumps(&changes).unwrap().jumps;
        assert_eq!(found.iter().map(|jump| jump.place).collect::<Vec<_>>(), [200, 206]);
        assert!(found[0].l > 0.0 && found[1].l < 0.0 && found[1].l.abs() < found[0].l.abs());
    }

    #[test]
    fn days_after_a_standstill_are_not_tested() {
        let mut changes = noise(200, 9);
        changes[50..100].fill(0.0);
        // Windows with one change beside zeros have no product either.
        assert_eq!(jumps(&changes).unwrap().n, 200 - 15 - (36 + 2));
        assert_eq!(jumps(&[0.0; 80]), Err(Undefined::Constant));
        assert_eq!(jumps(&[1.0; 59]), Err(Undefined::TooFew { have: 59, need: 60 }));
    }
}
