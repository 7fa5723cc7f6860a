//! Simulated catalogues of which everything is known.

use crate::market::{Law, Market, Random};

/// Series in a catalogue.
pub(crate) const SERIES: usize = 40;
/// Named pairs in it.
pub(crate) const PAIRS: usize = 60;

/// What is true of the last year of a catalogue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Truth {
    /// Nothing has changed.
    Calm,
    /// The first pairs, so many of them, were linked by 0.90; over the last 63 days by this instead.
    Broken(usize, f64),
    /// The first series, so many, have moved by so many of their own daily deviations over the last 21 days.
    Stretched(usize, f64),
}

impl Truth {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Calm => "nothing has changed".to_owned(),
            Self::Broken(pairs, link) => format!("{pairs} correlations fell to {link:.1}"),
            Self::Stretched(series, deviations) => format!("{series} series moved by {deviations:.0} deviations"),
        }
    }
}

/// Daily changes of every series, and the pairs.
pub(crate) struct Catalogue {
    pub(crate) changes: Vec<Vec<f64>>,
    pub(crate) pairs: Vec<(usize, usize)>,
}

impl Catalogue {
    /// One common factor, of a weight that differs from series to series, and clusters and fat tails common to all. The
    /// pairs are drawn with their legs shared, as those of a real catalogue are.
    pub(crate) fn new(law: Law, truth: Truth, days: usize, random: &mut Random) -> Self {
        let mut weights: Vec<f64> = (0..SERIES).map(|_| 0.3 + 0.65 * random.uniform()).collect();
        let mut pairs = Vec::with_capacity(PAIRS);
        while pairs.len() < PAIRS {
            let place = |random: &mut Random| (random.uniform() * SERIES as f64) as usize;
            let (a, b) = (place(random), place(random));
            if a != b && !pairs.contains(&(a, b)) && !pairs.contains(&(b, a)) {
                pairs.push((a, b));
            }
        }
        let (broken, late): (Vec<usize>, f64) = match truth {
            Truth::Broken(count, link) => (pairs[..count].iter().map(|(_, b)| *b).collect(), link / 0.90_f64.sqrt()),
            _ => (Vec::new(), 0.0),
        };
        if let Truth::Broken(count, _) = truth {
            for leg in pairs[..count].iter().flat_map(|(a, b)| [*a, *b]) {
                weights[leg] = 0.90_f64.sqrt();
            }
        }
        let mut market = Market::new(law, random);
        let mut changes = vec![Vec::new(); SERIES];
        for day in 0..days {
            let scale = market.scale(random);
            let factor = scale * random.normal();
            for (at, changes) in changes.iter_mut().enumerate() {
                let is_broken = broken.contains(&at) && day + 63 >= days;
                let weight: f64 = if is_broken { late } else { weights[at] };
                let mut change = weight * factor + (1.0 - weight * weight).sqrt() * scale * random.normal();
                if let Truth::Stretched(count, deviations) = truth {
                    change += if at < count && day + 21 >= days { deviations / 21.0 } else { 0.0 };
                }
                changes.push(change);
            }
            market.advance(factor);
        }
        Self { changes, pairs }
    }
}
