//! Simulated markets of which everything is known.
//!
//! Volatility follows a GARCH(1,1) common to all legs, fed by the first: h\[t + 1\] = 0.02 + 0.90 h\[t\] + 0.08 u\[t\]^2, so a
//! leg has variance 1. Shocks are normal or Student t common to the day, scaled to variance 1. Clusters and fat tails that
//! the legs share are what makes textbook errors fail.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Days thrown away before the first, so that volatility has forgotten where it began.
const BURN_IN: usize = 500;

/// Seeded random numbers.
pub(crate) struct Random {
    bits: Xoshiro256PlusPlus,
    spare: Option<f64>,
}

impl Random {
    /// The stream of one sample of one cell: it depends on the two alone.
    pub(crate) fn of(cell: &str, sample: u64) -> Self {
        // FNV-1a.
        let name = cell
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let seed = name ^ sample.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self { bits: Xoshiro256PlusPlus::seed_from_u64(seed), spare: None }
    }

    /// Between 0 and 1, both left out.
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits.next_u64() >> 12) as f64 + 0.5) / 2f64.powi(52)
    }

    /// Standard normal (Marsaglia's polar method).
    pub(crate) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 {
                let scale = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }

    /// Chi-square: half the degrees of freedom are exponentials, an odd one is a squared normal.
    fn chi_square(&mut self, degrees: u32) -> f64 {
        let product = (0..degrees / 2).fold(1.0, |product, _| product * self.uniform());
        let odd = if degrees % 2 == 1 { self.normal().powi(2) } else { 0.0 };
        odd - 2.0 * product.ln()
    }

    /// A seed for a statistic.
    pub(crate) fn seed(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.bits.fill_bytes(&mut seed);
        seed
    }
}

/// What the shocks of a day are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Law {
    /// Independent normal days.
    Independent,
    /// GARCH(1,1) with normal shocks.
    Normal,
    /// GARCH(1,1) with Student t shocks of so many degrees of freedom.
    Student(u32),
}

impl Law {
    /// In words.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Independent => "independent normal".to_owned(),
            Self::Normal => "GARCH normal".to_owned(),
            Self::Student(degrees) => format!("GARCH t({degrees})"),
        }
    }
}

/// A market that goes on day by day.
pub(crate) struct Market {
    law: Law,
    /// Variance of the day to come, known the day before.
    pub(crate) variance: f64,
}

impl Market {
    /// A market that has run long enough to forget its beginning.
    pub(crate) fn new(law: Law, random: &mut Random) -> Self {
        let mut market = Self { law, variance: 1.0 };
        if law != Law::Independent {
            for _ in 0..BURN_IN {
                market.day::<1>(random);
            }
        }
        market
    }

    /// Standard deviation common to the day's changes, so to speak its weather: clusters times the mixing of Student's t.
    pub(crate) fn scale(&mut self, random: &mut Random) -> f64 {
        let mixing = match self.law {
            Law::Student(degrees) => f64::from(degrees - 2) / random.chi_square(degrees),
            Law::Independent | Law::Normal => 1.0,
        };
        (self.variance * mixing).sqrt()
    }

    /// Uncorrelated changes of variance 1 on the next day.
    pub(crate) fn day<const LEGS: usize>(&mut self, random: &mut Random) -> [f64; LEGS] {
        let scale = self.scale(random);
        let changes: [f64; LEGS] = std::array::from_fn(|_| scale * random.normal());
        self.advance(changes[0]);
        changes
    }

    /// Volatility after a day on which the first leg changed by `first`.
    pub(crate) fn advance(&mut self, first: f64) {
        if self.law != Law::Independent {
            self.variance = 0.02 + 0.90 * self.variance + 0.08 * first * first;
        }
    }
}

/// Changes of two legs of variance 1, linked on the same day by `rho` and not otherwise.
pub(crate) fn pair(law: Law, rho: f64, n: usize, random: &mut Random) -> (Vec<f64>, Vec<f64>) {
    let mut market = Market::new(law, random);
    let own = (1.0 - rho * rho).sqrt();
    (0..n)
        .map(|_| {
            let [x, v] = market.day(random);
            (x, rho * x + own * v)
        })
        .unzip()
}

/// Running sums: levels of a walk with these changes.
pub(crate) fn walk(changes: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let step = |at: &mut f64, change: f64| {
        *at += change;
        Some(*at)
    };
    changes.into_iter().scan(0.0, step).collect()
}

/// A gap that closes by half in `half_life` days, with changes of `law`.
pub(crate) fn returning_gap(law: Law, half_life: f64, n: usize, random: &mut Random) -> Vec<f64> {
    let phi = (-std::f64::consts::LN_2 / half_life).exp();
    let mut market = Market::new(law, random);
    let mut at = 0.0;
    let days = (0..n + BURN_IN).map(|_| {
        let [change] = market.day(random);
        at = phi * at + change;
        at
    });
    days.skip(BURN_IN).collect()
}

/// A pair and the states its days are in, which are known the day before.
pub(crate) struct Stated {
    /// Changes of the first leg.
    pub(crate) a: Vec<f64>,
    /// Changes of the second.
    pub(crate) b: Vec<f64>,
    /// Days of stress.
    pub(crate) stress: Vec<bool>,
    /// Calm days.
    pub(crate) calm: Vec<bool>,
}

/// A pair whose correlation is `calm` but `stress` on days of stress. A third series tells the states: half the day's own
/// volatility, known the day before, half a slow wave of its own; its highest fifth is stress and its lowest two fifths
/// are calm.
pub(crate) fn stated(law: Law, calm: f64, stress: f64, n: usize, random: &mut Random) -> Stated {
    let mut market = Market::new(law, random);
    let mut wave = 2.0 * random.normal();
    // The series depends on the first leg alone, so its order can be known before the second is made.
    let (fear, days): (Vec<f64>, Vec<[f64; 2]>) = (0..n)
        .map(|_| {
            wave = 0.98 * wave + 0.4 * random.normal();
            (market.variance.ln() + 0.3 * wave, market.day(random))
        })
        .unzip();
    let [in_stress, in_calm] = states(&fear);
    let linked = |([x, v], in_stress): (&[f64; 2], &bool)| {
        let rho: f64 = if *in_stress { stress } else { calm };
        (*x, rho * x + (1.0 - rho * rho).sqrt() * v)
    };
    let (a, b) = days.iter().zip(&in_stress).map(linked).unzip();
    Stated { a, b, stress: in_stress, calm: in_calm }
}

/// Days of stress and calm days: the highest fifth of a series, and its lowest two fifths.
fn states(fear: &[f64]) -> [Vec<bool>; 2] {
    let mut ordered = fear.to_vec();
    ordered.sort_by(f64::total_cmp);
    let (low, high) = (ordered[fear.len() * 2 / 5], ordered[fear.len() * 4 / 5]);
    [fear.iter().map(|fear| *fear >= high).collect(), fear.iter().map(|fear| *fear < low).collect()]
}

/// A pair of which the second leg is twice as wild on days of stress: a = slope b + what is left, whose variance 0.51 has
/// clusters of its own. Slope and rest are multiplied by these factors on days of stress.
pub(crate) fn wilder(law: Law, [slope, rest]: [f64; 2], n: usize, random: &mut Random) -> Stated {
    let (mut market, mut own) = (Market::new(law, random), Market::new(law, random));
    let mut wave = 2.0 * random.normal();
    let (fear, days): (Vec<f64>, Vec<[f64; 2]>) = (0..n)
        .map(|_| {
            wave = 0.98 * wave + 0.4 * random.normal();
            let fear = market.variance.ln() + 0.3 * wave;
            let ([b], [left]) = (market.day(random), own.day(random));
            (fear, [b, 0.51_f64.sqrt() * left])
        })
        .unzip();
    let [in_stress, in_calm] = states(&fear);
    let legs = |([b, left], in_stress): (&[f64; 2], &bool)| {
        let by = |factor: f64| if *in_stress { factor } else { 1.0 };
        let b = by(2.0) * b;
        (0.7 * by(slope) * b + by(rest) * left, b)
    };
    let (a, b) = days.iter().zip(&in_stress).map(legs).unzip();
    Stated { a, b, stress: in_stress, calm: in_calm }
}
