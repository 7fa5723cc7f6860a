//! How large cross-correlations get when neither series leads.

use super::LAGS;
use crate::wild::{Signs, signed_sums};

/// In each draw the largest |cross-correlation| of each side, over lags 1 to 20: where y follows x, where x follows y.
#[derive(Clone, Debug)]
pub(super) struct Tops {
    pub(super) a_leads: Vec<f64>,
    pub(super) b_leads: Vec<f64>,
}

impl Tops {
    /// Draws flip each day's pair by one sign, which leaves the same-day product and every square as they are and makes
    /// products across days sum to nothing on average: a lag-k sum is a sum of observed products under products of signs.
    pub(super) fn draw(x: &[f64], y: &[f64], scale: f64, draws: usize, seed: [u8; 32]) -> Self {
        let n = x.len();
        let signs = Signs::draw(n, draws, seed);
        let mut tops = Self { a_leads: vec![0.0; draws], b_leads: vec![0.0; draws] };
        let (mut x_first, mut y_first) = (Vec::with_capacity(n), Vec::with_capacity(n));
        for lag in 1..=LAGS {
            products(&mut x_first, x, &y[lag..]);
            products(&mut y_first, y, &x[lag..]);
            let sums = signed_sums(&signs, lag, [[&x_first, &y_first]]);
            for (draw, [[x_sum, y_sum]]) in sums.into_iter().enumerate() {
                tops.a_leads[draw] = tops.a_leads[draw].max(x_sum.abs());
                tops.b_leads[draw] = tops.b_leads[draw].max(y_sum.abs());
            }
        }
        for top in tops.a_leads.iter_mut().chain(&mut tops.b_leads) {
            *top /= scale;
        }
        tops
    }

    /// The larger of the two sides in each draw.
    pub(super) fn either(&self) -> impl Iterator<Item = f64> {
        self.a_leads.iter().zip(&self.b_leads).map(|(a, b)| a.max(*b))
    }
}

fn products(into: &mut Vec<f64>, first: &[f64], later: &[f64]) {
    into.clear();
    into.extend(first.iter().zip(later).map(|(first, later)| first * later));
}
